// What somebody types as a link's address.

import { expect, it } from "vitest";
import { addressOf } from "../../src/desk/editor/link-address.ts";

it.each([
  ["https://a.example/x?y=1#z", "https://a.example/x?y=1#z"],
  ["http://localhost:8787/articles/a", "http://localhost:8787/articles/a"],
  [" a.example/x ", "https://a.example/x"],
  ["a.example:8080", "https://a.example:8080"],
  ["/articles/a", "/articles/a"],
  ["#notes", "#notes"],
  ["desk@a.example", "mailto:desk@a.example"],
  ["mailto:desk@a.example", "mailto:desk@a.example"],
  ["tel:+82-2-555", "tel:+82-2-555"],
  ["", undefined],
  ["two words", undefined],
  ["word", undefined],
  ["https://", undefined],
  ["javascript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["JAVASCRIPT://a.example/%0aalert(1)", undefined],
])("%j links to %j", (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});
