// A Map of limited size keeps what was set last.

import { expect, it } from "vitest";
import { BoundedMap } from "../../src/lib/bounded-map.ts";

const KEYS = ["a", "b", "c", "d"];
const keysIn = (map: Pick<BoundedMap<string, unknown>, "has">) => KEYS.filter((key) => map.has(key));

it("drops what was set longest ago", () => {
  const map = new BoundedMap<string, number>(3);
  for (const [index, key] of KEYS.entries()) map.set(key, index);
  expect(keysIn(map)).toEqual(["b", "c", "d"]);
  map.set("b", 7);
  map.set("a", 8);
  expect(keysIn(map)).toEqual(["a", "b", "d"]);
  expect(map.get("b")).toBe(7);
});

it("is bounded by what the values weigh, also after some were replaced or deleted", () => {
  const map = new BoundedMap<string, string>(10, (value) => value.length);
  map.set("a", "12345");
  map.set("b", "12345");
  map.set("a", "1");
  map.set("c", "1234");
  expect(keysIn(map)).toEqual(["a", "b", "c"]);
  map.delete("b");
  map.delete("b");
  map.set("d", "12345");
  expect(keysIn(map)).toEqual(["a", "c", "d"]);
  map.clear();
  map.set("b", "1234567890");
  expect(keysIn(map)).toEqual(["b"]);
});

it("keeps a value that weighs more than the limit until the next one comes", () => {
  const map = new BoundedMap<string, string>(3, (value) => value.length);
  map.set("a", "12345");
  expect(keysIn(map)).toEqual(["a"]);
  map.set("b", "1");
  expect(keysIn(map)).toEqual(["b"]);
});
