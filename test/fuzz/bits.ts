// Generators of hostile text: pieces of every syntax that we parse, illegal characters, long repetitions, and edits of valid
// texts.

import fc from "fast-check";
import { BOUNDS } from "./target.ts";

const CHARACTERS = [
  ...["\0", "\u0001", "\u0008", "\u000b", "\u000c", "\u001f", "\u007f", "\u0085", "\u009f"],
  ...["\ufffe", "\uffff", "\ufdd0", "\u{1fffe}", "\ud800", "\udfff", "\ufeff", "\u00ad", "\u200b", "\u200d"],
  ...[
    "\u202e",
    "\u202c",
    "\u2066",
    "\u200f",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\u3000",
    "e\u0301",
    "İ",
    "ß",
    "ﬁ",
  ],
  ...["مرحبا", "👩‍👧", "한국", "\t", "\n", "\r\n", "\r", " ", "\n\n", "    "],
];
const MARKUP = [
  ...[
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&amp;",
    "&lt;",
    "&#60",
    "&#x3c;",
    "&#1;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#xD800;",
  ],
  ...[
    "&#99999999999;",
    "&nbsp",
    "&notit;",
    "&NoSuch;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "--!>",
    "<!>",
    "<?xml",
  ],
  ...[
    "?>",
    "<!DOCTYPE html>",
    "<!ENTITY a '&a;'>",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<svg>",
    "<math>",
  ],
  ...[
    "</item>",
    "</entry>",
    "</title>",
    "<plaintext>",
    "<template>",
    '="',
    "='",
    '"',
    "'",
    "`",
    "\\",
    "\\u0000",
  ],
];
const WORDS = [
  ...[
    "javascript:alert(1)",
    "data:text/html,x",
    "https://example.org/a?b=c&d#e",
    "//evil.example/",
    "http://[",
    "/",
  ],
  ...[
    "../..",
    "mailto:a@b.example",
    "xmlns:wp",
    "__proto__",
    "constructor",
    "toString",
    "null",
    "true",
    "NaN",
    "-0",
  ],
  ...[
    "1e999",
    "0x10",
    "2024-10-24T11:30:00Z",
    "2024-02-30",
    "Mon, 02 Mar 2026 18:00:00 +0900",
    "en",
    "x-y-z",
  ],
  ...[
    "$&",
    "$1",
    "%",
    "%00",
    "%e4",
    "%u0000",
    "a",
    "By Mara Quill",
    "(Reuters)",
    "Photo: A. B. / AFP",
    "SEOUL —",
  ],
];
const SYNTAX = [..."#*_~[]()!|-+.:;,={}@^/?0"].concat([
  "---",
  "```",
  "~~~",
  "- ",
  "1. ",
  "> ",
  "[^1]",
  "![",
  "](",
  "||",
]);

/** One piece that may break a parser. */
export const bit = fc.oneof(
  fc.constantFrom(...CHARACTERS),
  fc.constantFrom(...MARKUP),
  fc.constantFrom(...WORDS),
  fc.constantFrom(...SYNTAX),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.string({ maxLength: 8 }),
);

/** Up to eight pieces in a row. */
export const hostile = fc.array(bit, { maxLength: 8 }).map((parts) => parts.join(""));

/** A piece, repeated up to `most` times. */
export const runOf = (piece: fc.Arbitrary<string>, most: number = BOUNDS.repeats): fc.Arbitrary<string> =>
  fc
    .tuple(piece, fc.integer({ min: 2, max: most }))
    .map(([text, times]) =>
      text.repeat(Math.min(times, Math.floor(BOUNDS.characters / Math.max(1, text.length)))),
    );

/** Text: mostly short, sometimes very long. */
export const anyText = fc.oneof(
  { weight: 30, arbitrary: hostile },
  { weight: 10, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.array(bit, { maxLength: 80 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: runOf(bit) },
);

/** One of some texts, as it is or with edits: parts removed, doubled, moved, inserted or cut off. */
export function edited(texts: readonly string[], piece: fc.Arbitrary<string> = bit): fc.Arbitrary<string> {
  const edit = fc.record({
    kind: fc.constantFrom("insert", "remove", "repeat", "move", "cut", "replace"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 40 }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    piece,
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: 6 }))
    .map(([text, edits]) => edits.reduce(apply, text).slice(0, BOUNDS.characters));
}

interface Edit {
  readonly kind: string;
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly piece: string;
}

function apply(text: string, { kind, at, length, to, piece }: Edit): string {
  const start = Math.floor(at * text.length);
  const before = text.slice(0, start);
  const part = text.slice(start, start + length);
  const after = text.slice(start + length);
  if (kind === "insert") return before + piece + part + after;
  if (kind === "remove") return before + after;
  if (kind === "repeat") return before + part.repeat(3) + after;
  if (kind === "cut") return before;
  if (kind === "replace") return before + piece + after;
  const rest = before + after;
  const place = Math.floor(to * rest.length);
  return rest.slice(0, place) + part + rest.slice(place);
}
