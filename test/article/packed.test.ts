// Packed texts: whatever they hold comes back as it was, and what an article's entries share is stored once.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMON, pack, unpack } from "../../src/article/packed.ts";
import { FORMATS } from "../../src/formats/format.ts";
import { sha256 } from "../../src/lib/digest.ts";
import { benchArticle } from "../bench/prose.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import { runPipeline } from "../pipeline.ts";

/** What D1 gives back of a text: UTF-8 has no halves of characters. */
const stored = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

it("comes back as it was, whatever it is", () => {
  // Few parts, so that much of it is in what came before; and such as differ in the middle of a character.
  const part = fc.constantFrom(
    "harbour council",
    "<p>ferry</p>",
    "😀😀😀😀😀",
    "😁😀😁😀😁",
    "é\\n",
    "\u0001000AB",
    "0",
    "\u0002",
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 30 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), text, (texts, base) => {
      fc.pre([...texts, base].every((one) => one.isWellFormed()));
      const packed = pack(texts, base);
      expect(packed.every((one, index) => one.length <= (texts[index]?.length ?? 0) + 12)).toBe(true);
      fc.pre(texts.every((one) => !one.startsWith("\u0002")));
      expect(unpack(packed.map(stored), base)).toEqual(texts);
    }),
  );
});

it("reaches as far as three digits say, and no further", () => {
  const random = Array.from({ length: 60_000 }, (_, n) => ((n * 7919) % 99_991).toString(36)).join(" ");
  const long = random.slice(0, 250_000);
  for (const texts of [
    [long, long.slice(1000)],
    [`${long}${random.slice(-100_000)}`, random.slice(-50_000), long],
  ])
    expect(unpack(pack(texts, long), long)).toEqual(texts);
  expect(pack([long], long)[0]?.length).toBeLessThan(long.length / 10);
});

it("is refused beside another text than that which it was packed with", () => {
  const packed = pack(["harbour council harbour council"], "harbour council");
  expect(() => unpack(packed, "harbour counci")).toThrow("refers to another text");
});

it("may stand beside texts that aren't packed: those of older versions", () => {
  const texts = ["<item>harbour council</item>", "<entry>harbour council</entry>"];
  expect(unpack(texts, "{}")).toEqual(texts);
});

it("what all refer to never changes: it would change what is stored", async () => {
  expect(await sha256(COMMON)).toBe("6786ea86f4b1f1556fd8727328dd9909d1569f6df9770f5721f232c1a8ac8989");
});

describe("entries", () => {
  const packedOf = async (start: Parameters<typeof runPipeline>[0]) => {
    const { entries, stored: article } = await runPipeline(start);
    const texts = FORMATS.map((format) => entries[format].body);
    const base = JSON.stringify(article);
    const packed = pack(texts, base);
    expect(unpack(packed.map(stored), base)).toEqual(texts);
    return packed.join("").length / texts.join("").length;
  };

  it.each(CASES)("of %s come back, and take less room", async (name) => {
    expect(await packedOf(startOf(name))).toBeLessThan(0.7);
  });

  it("of an article of 300 words take a tenth", async () => {
    expect(await packedOf({ article: benchArticle(1, 300) })).toBeLessThan(0.12);
  });
});
