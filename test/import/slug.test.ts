// Names for folders and addresses out of any script.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slugOf } from "../../src/import/slug.ts";
import { check } from "../../src/lib/problem.ts";
import { slugField } from "../../src/lib/text.ts";

describe("a slug", () => {
  it.each([
    ["Über die Straße: 5 Wege", "uber-die-strasse-5-wege"],
    ["Don’t stop — not now", "dont-stop-not-now"],
    ["Русские корабли", "russkie-korabli"],
    ["서울 항구", "seoul-hanggu"],
    ["深圳", "shenzhen"],
    ["C++ & C#", "c-c"],
    ["../../etc/passwd", "etc-passwd"],
    ["***", ""],
    ["CON", "con-1"],
    ["nul", "nul-1"],
    ["Com1", "com1-1"],
    ["Con Air", "con-air"],
    ["a".repeat(200), "a".repeat(80)],
    [
      `${"harbour ".repeat(20)}`,
      "harbour-harbour-harbour-harbour-harbour-harbour-harbour-harbour-harbour-harbour",
    ],
  ])("%s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is one that the model takes, or nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        const slug = slugOf(name);
        expect(slug === "" || check(slugField, slug).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
