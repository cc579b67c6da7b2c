// Bytes of a file as text, or the reason why they are none.

import { describe, expect, it } from "vitest";
import { decode } from "../../../src/cli/import/decode-text.ts";

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
    expect(decode(bytes)).toEqual({ ok: true, value: { text, notes: [] } });
  });
});

describe("a byte that slipped in", () => {
  const GERMAN = "Die Fähre fährt wieder.\nSie fährt über die Bucht.\n";
  const cp1252 = (text: string) => latin(text);
  const bytes = (...parts: readonly (string | number)[]) =>
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));

  it.each([
    ["UTF-8 by its characters", bytes(GERMAN, "Gr", 0xdf, "e"), `${GERMAN}Gr\ufffde`, 3],
    [
      "UTF-8 by the XML declaration",
      bytes('<?xml version="1.0" encoding="UTF-8"?>\n<rss>', 0xe9, "</rss>"),
      '<?xml version="1.0" encoding="UTF-8"?>\n<rss>\ufffd</rss>',
      2,
    ],
    ["UTF-8 by meta", bytes('<meta charset="utf-8"><p>caf', 0xe9), '<meta charset="utf-8"><p>caf\ufffd', 1],
    ["JSON", bytes('{"a":"caf', 0xe9, '"}'), '{"a":"caf\ufffd"}', 1],
    ["UTF-8 by its mark", bytes("\ufeffcaf", 0xe9, " au lait"), "caf\ufffd au lait", 1],
    ["UTF-8 that was cut off", bytes(GERMAN, "So früh", 0xc3), `${GERMAN}So früh\ufffd`, 3],
    [
      "UTF-8 that says it is something else",
      bytes('<?xml version="1.0" encoding="iso-8859-1"?><a>', "ä".repeat(20), 0xdf),
      `<?xml version="1.0" encoding="iso-8859-1"?><a>${"ä".repeat(20)}\ufffd`,
      1,
    ],
    [
      "UTF-16",
      Buffer.concat([Buffer.from(`\ufeff${GERMAN}`, "utf16le"), Buffer.of(0x41)]),
      `${GERMAN}\ufffd`,
      3,
    ],
    [
      "windows-1252",
      Buffer.concat([cp1252("Voil\xe0 l'\xe9t\xe9"), Buffer.of(0x81)]),
      "Voilà l'été\ufffd",
      1,
    ],
    [
      "an encoding of two bytes",
      Buffer.concat([
        latin('<meta charset="euc-kr">'),
        ...Array.from({ length: 200 }, () => Buffer.of(0xc7, 0xd7)),
        Buffer.of(0xff),
      ]),
      `<meta charset="euc-kr">${"항".repeat(200)}\ufffd`,
      1,
    ],
  ])("costs one character, and its line is named: %s", (_, source, text, line) => {
    const decoded = decode(source);
    expect(decoded).toMatchObject({ ok: true, value: { text } });
    expect(decoded.ok && decoded.value.notes).toEqual([
      expect.stringMatching(`^line ${line} holds .* “\ufffd”`),
    ]);
  });

  it("is named up to five lines, and counted", () => {
    const lines = Array.from({ length: 12 }, () => bytes("Fähre früh ", 0xff, "\n"));
    const decoded = decode(Buffer.concat(lines));
    expect(decoded.ok && decoded.value.notes).toEqual([
      ...[1, 2, 3, 4, 5].map((line) => expect.stringContaining(`line ${line} `)),
      expect.stringContaining("7 more lines"),
    ]);
  });

  const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const CAFES = "<p>Café du Café</p>\n";

  it.each([
    [
      "XML",
      bytes(XML, CAFES, "It", 0x92, "s Joe", 0x92, "s\n", 0x93, "x"),
      `${XML}${CAFES}It’s Joe’s\n“x`,
      [3, 4],
    ],
    [
      "XML with many more of them",
      bytes(XML, "é\n", ...Array.from({ length: 50 }, () => 0x92)),
      `${XML}é\n${"’".repeat(50)}`,
      [3],
    ],
    ["HTML", bytes('<meta charset="utf-8">é', 0x85, 0x96, 0x80), '<meta charset="utf-8">é…–€', [1]],
    ["JSON", bytes('{"a":"é', 0x91, 0x92, 0x92, '"}'), '{"a":"é‘’’"}', [1]],
    ["UTF-8 by its mark", bytes("\ufeffIt", 0x92, "s", 0x92, 0x92), "It’s’’", [1]],
    ["UTF-8 by its characters", bytes(CAFES, 0x92, 0x93, 0x94), `${CAFES}’“”`, [2]],
    ["one byte alone", bytes(XML, "It", 0x92, "s"), `${XML}It’s`, [2]],
  ])(
    "is windows-1252's where that has punctuation, in what says or shows that it is UTF-8: %s",
    (_, source, text, lines) => {
      expect(decode(source)).toEqual({
        ok: true,
        value: {
          text,
          notes: lines.map(
            (line) => `line ${line} holds a byte that is no UTF-8; it was read as windows-1252`,
          ),
        },
      });
    },
  );

  it("costs no sound character, however many of them there are", () => {
    const source = bytes(XML, CAFES, 0xe9, 0xe9, 0xe9, " ", 0x81, "\ufffd\n", 0xe2, 0x80, "x\n");
    expect(decode(source)).toEqual({
      ok: true,
      value: {
        text: `${XML}${CAFES}\ufffd\ufffd\ufffd \ufffd\ufffd\n\ufffdx\n`,
        notes: [3, 4].map((line) => expect.stringMatching(`^line ${line} holds .* “\ufffd”`)),
      },
    });
  });

  it.each([
    ["in quotation marks", "\x84Spa\xdf\x93 \x96 er ging"],
    [
      "with one character that could be UTF-8",
      `${"\xe9t\xe9 \xe0 la mer, ".repeat(20)} la v\xe9rit\xe9\x85\xbb`,
    ],
  ])("makes no UTF-8 of windows-1252: %s", (_, text) => {
    const right = new TextDecoder("windows-1252").decode(latin(text));
    expect(decode(latin(text))).toEqual({ ok: true, value: { text: right, notes: [] } });
  });

  it("makes no UTF-8 of windows-1252 that says it is UTF-8", () => {
    const text = '<?xml version="1.0" encoding="UTF-8"?><p>Voil\xe0 l\x92\xe9t\xe9</p>';
    expect(decode(latin(text))).toMatchObject({
      value: {
        text: '<?xml version="1.0" encoding="UTF-8"?><p>Voilà l’été</p>',
        notes: ["says that it is UTF-8, but is windows-1252, and was read as that"],
      },
    });
  });

  it.each([10, 5_000])("is gone where it is a NUL, at %i as anywhere", (at) => {
    const text = "x".repeat(at);
    expect(decode(bytes(text, 0, "yz", 1))).toEqual({ ok: true, value: { text: `${text}yz`, notes: [] } });
  });

  it("is the sign that windows-1252 has there, raw or as a reference of XML", () => {
    expect(decode(Buffer.from("l\x92été \x85 5 \x80\x81"))).toMatchObject({ value: { text: "l’été … 5 €" } });
    expect(decode(latin("<p>l&#146;eau &#x97; &#0133; &#160; &#96;</p>"))).toMatchObject({
      value: { text: "<p>l’eau — … &#160; &#96;</p>" },
    });
    expect(decode(latin("In text &#146; is itself"))).toMatchObject({
      value: { text: "In text &#146; is itself" },
    });
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
    ["a JPEG", padded("\xff\xd8\xff\xe0\0\x10JFIF\0"), /^is a picture/],
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
