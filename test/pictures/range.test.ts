// One range of bytes (RFC 9110 §14.1.2), and everything that is ignored.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRange } from "../../src/pictures/routes.ts";

describe("of ten bytes", () => {
  it.each([
    ["bytes=0-3", 0, 4],
    ["bytes=9-9", 9, 1],
    ["bytes=2-", 2, 8],
    ["bytes=0-99", 0, 10],
    ["bytes=-3", 7, 3],
    ["bytes=-99", 0, 10],
    [" bytes=0-0 ", 0, 1],
  ])("%s is %i and %i bytes", (header, offset, length) => {
    expect(parseRange(header, 10)).toEqual({ offset, length });
  });

  it.each(["bytes=10-", "bytes=10-20", "bytes=99-", "bytes=-0"])("%s can't be given", (header) => {
    expect(parseRange(header, 10)).toBe("unsatisfiable");
  });

  it.each([
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=3-2",
    "bytes=0-1,3-4",
    "bytes=a-b",
    "bytes=1.5-2",
    "bytes=--1",
    "bytes = 0-1",
    "items=0-1",
    `bytes=0-${"9".repeat(30)}`,
  ])("%j is ignored", (header) => {
    expect(parseRange(header, 10)).toBeUndefined();
  });
});

it("of no bytes nothing can be given", () => {
  expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(parseRange("bytes=-5", 0)).toBe("unsatisfiable");
});

it("a range always lies within the bytes", () => {
  const edge = fc.option(fc.nat(30), { nil: "" });
  fc.assert(
    fc.property(edge, edge, fc.nat(20), (first, last, size) => {
      const range = parseRange(`bytes=${first}-${last}`, size);
      if (range === undefined || range === "unsatisfiable") return;
      expect(range.length).toBeGreaterThan(0);
      expect(range.offset + range.length).toBeLessThanOrEqual(size);
    }),
  );
});
