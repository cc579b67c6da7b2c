// Bytes of a file as text, or the reason why they are none.

import { describe, expect, it } from "vitest";
import { decode } from "../../../src/cli/import/decode.ts";

const FRENCH = "Le conseil a voté mardi ; l’été sera là, dit-on à Évreux.";
const latin = (text: string) => Buffer.from(text, "latin1");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("text", () => {
  it.each([
    ["UTF-8", Buffer.from(FRENCH), FRENCH],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${FRENCH}`), FRENCH],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${FRENCH}`, "utf16le"), FRENCH],
    ["UTF-16, the other order", utf16be(`\ufeff${FRENCH}`), FRENCH],
    ["UTF-16 without a mark", Buffer.from(FRENCH, "utf16le"), FRENCH],
    ["UTF-16 without a mark, the other order", utf16be(FRENCH), FRENCH],
    [
      "windows-1252",
      Buffer.from([...latin("Voil\xe0 l"), 0x92, ...latin("\xe9t\xe9 \x80 5")]),
      "Voilà l’été € 5",
    ],
    [
      "what XML says that it is",
      Buffer.from([
        ...latin('<?xml version="1.0" encoding="windows-1251"?><rss>'),
        0xcf,
        0xf0,
        ...latin("</rss>"),
      ]),
      '<?xml version="1.0" encoding="windows-1251"?><rss>Пр</rss>',
    ],
    [
      "what HTML says that it is",
      Buffer.from([...latin('<html><meta charset="iso-8859-2">'), 0xb1, 0xe6]),
      '<html><meta charset="iso-8859-2">ąć',
    ],
    ["Korean in UTF-8", Buffer.from("서울의 항구는 조용하다"), "서울의 항구는 조용하다"],
  ])("is read as %s", (_, bytes, text) => {
    expect(decode(bytes)).toEqual({ ok: true, value: text });
  });
});

describe("what is no text", () => {
  const padded = (signature: string) => latin(`${signature}${"x".repeat(300)}`);
  it.each([
    ["nothing", latin(""), /^is empty/],
    ["white space", latin(" \n\t\n"), /^is empty/],
    ["a ZIP", padded("PK\x03\x04"), /ZIP archive: unpack it first/],
    ["a gzip", padded("\x1f\x8b"), /gzip archive/],
    ["a tar", latin(`${"x".repeat(257)}ustar${"\0".repeat(20)}`), /tar archive/],
    ["a PDF", padded("%PDF-1.7"), /is a PDF/],
    ["a JPEG", padded("\xff\xd8\xff\xe0\0\x10JFIF\0"), /^is binary/],
    ["two bytes that could be UTF-16", Buffer.from([0, 1, 2, 3]), /^is binary/],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), /UTF-32/],
    ["half of UTF-16", Buffer.from([0xff, 0xfe, 0x41]), /UTF-16LE, but isn't valid/],
    [
      "Shift JIS",
      Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x83, 0x6a]),
      /neither UTF-8 nor/,
    ],
    [
      "windows-1251 that doesn't say so",
      Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0]),
      /neither UTF-8 nor/,
    ],
    ["noise", latin("abc\x01\x02\x03def"), /^is binary/],
  ])("is refused by name: %s", (_, bytes, message) => {
    const decoded = decode(bytes);
    expect(decoded.ok ? decoded.value : decoded.problems[0]?.message).toMatch(message);
    expect(decoded.ok).toBe(false);
  });
});
