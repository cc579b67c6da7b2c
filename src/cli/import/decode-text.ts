// The bytes of a file -> its text: UTF-8 unless the bytes say otherwise. Files that are no text are refused
// with a message that names their kind. An invalid byte becomes one U+FFFD, with a note that names its line.

import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { TextDecoder } from "node:util";
import { unreadable } from "../../content/text-file.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";

/** A file's text. */
export interface Decoded {
  readonly text: string;
  /** The invalid bytes that were repaired, each with its line: sentences without a full stop. */
  readonly notes: readonly string[];
}

// Binary files by their first bytes, which no text starts with. Archives are never opened.
const BINARIES: readonly (readonly [name: string, advice: string, offset: number, signature: string])[] = [
  ["a ZIP archive", "unpack it first", 0, "PK\x03\x04"],
  ["a gzip archive", "unpack it first", 0, "\x1f\x8b"],
  ["a bzip2 archive", "unpack it first", 0, "BZh"],
  ["an xz archive", "unpack it first", 0, "\xfd7zXZ\0"],
  ["a zstd archive", "unpack it first", 0, "\x28\xb5\x2f\xfd"],
  ["a 7-Zip archive", "unpack it first", 0, "7z\xbc\xaf\x27\x1c"],
  ["a RAR archive", "unpack it first", 0, "Rar!\x1a\x07"],
  ["a tar archive", "unpack it first", 257, "ustar"],
  ["a PDF", "save the page as HTML or text", 0, "%PDF-"],
  ["an old Office document", "save it as text", 0, "\xd0\xcf\x11\xe0"],
  ["an SQLite database", "export it first", 0, "SQLite format 3\0"],
  ["a picture", "it goes beside its page", 0, "\xff\xd8\xff"],
  ["a picture", "it goes beside its page", 0, "\x89PNG\r\n"],
  ["a picture", "it goes beside its page", 8, "WEBP"],
];

const BYTE_ORDER_MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ["\xef\xbb\xbf", "utf-8"],
  ["\xff\xfe\0\0", "utf-32"],
  ["\0\0\xfe\xff", "utf-32"],
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

const HEAD_BYTES = 4096;
// In UTF-16 a text that is mostly ASCII has a 0 in nearly every second byte.
const UTF16_ZEROS = 0.4;
// A text in a Latin script has an accent here and there; other encodings read as windows-1252 have little
// else.
const ACCENTED_LETTERS = 0.4;
const NO_WORD = /[\u00c0-\u024f]{4}/;
// A text read in the wrong encoding has a larger share of unreadable characters than this.
const MOST_UNREADABLE = 0.01;
// With this many valid characters for each broken one, a file is UTF-8 even if it names another encoding.
const CERTAIN_RATIO = 10;

/** Reads `bytes`. Problems have an empty path. */
export function decode(bytes: Uint8Array): Result<Decoded> {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  const refuse = (message: string) => fail({ path: "", message });
  if (/^\s*$/.test(head) && bytes.length <= HEAD_BYTES) return refuse("is empty");
  const binary = BINARIES.find(([, , offset, signature]) => head.startsWith(signature, offset));
  if (binary) return refuse(`is ${binary[0]}: ${binary[1]}`);
  const [mark, marked] = BYTE_ORDER_MARKS.find(([bom]) => head.startsWith(bom)) ?? [];
  const encoding = marked ?? utf16Of(head);
  const found =
    encoding === undefined
      ? readUnmarked(bytes, declaredIn(head))
      : encoding === "utf-32"
        ? undefined
        : encoding === "utf-8"
          ? mostlyValid(mendUtf8(bytes))
          : readMended(bytes, encoding);
  if (found === undefined && mark !== undefined)
    return refuse(`starts like ${encoding?.toUpperCase()}, but isn't valid: save it as UTF-8`);
  if (found === undefined && encoding === undefined && !isNoise(head))
    return refuse("is neither UTF-8 nor UTF-16 nor windows-1252, or is no text at all: save it as UTF-8");
  if (found === undefined || isNoise(found.text)) return refuse("is binary, no text");
  return ok({ text: asWindows1252(found.text.replace(CONTROLS, "")), notes: found.notes });
}

const CONTROLS = /[\0-\x08\x0e-\x1a\x1c-\x1f]/g;
// A few control characters in a text are removed.
const MOST_CONTROLS = 0.01;
const FEW_CONTROLS = 2;

function isNoise(text: string): boolean {
  const controls = count(text, CONTROLS);
  return controls > Math.max(FEW_CONTROLS, text.length * MOST_CONTROLS) || controls * 4 > text.length;
}

/**
 * Reads UTF-8, and repairs a few bytes that aren't UTF-8. Undefined if there are too many: valid characters
 * must outnumber the broken ones. If the file names UTF-8 (JSON always is), a tenth as many valid ones are
 * enough; if it names another encoding, ten times as many are needed.
 */
function readUtf8(bytes: Uint8Array, declared: string | undefined): Decoded | undefined {
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), notes: [] };
  const mended = mendUtf8(bytes);
  const { text, valid, typical, broken, pasted } = mended;
  const isDeclared = declared === "utf-8" || /^[\s\ufeff]*[[{]/.test(text);
  const isIt = isDeclared
    ? (valid > 0 && valid * CERTAIN_RATIO >= broken) || broken + pasted === 1
    : declared !== undefined
      ? valid > 0 && valid >= (broken + pasted) * CERTAIN_RATIO
      : valid > 0 && (valid >= broken + pasted || (typical > 0 && typical >= broken));
  return isIt ? mended : undefined;
}

/** For a file with UTF-8's byte order mark, which no other text starts with. */
const mostlyValid = (mended: Mended): Decoded | undefined =>
  mended.broken * 2 > mended.text.length ? undefined : mended;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

interface Mended extends Decoded {
  /** Characters beyond ASCII that are UTF-8. */
  readonly valid: number;
  /**
   * Those of them that windows-1252 would hardly produce by chance: characters of Latin-1, and those of three
   * bytes or more.
   */
  readonly typical: number;
  /** Number of bytes replaced by U+FFFD. */
  readonly broken: number;
  /** Number of bytes read as windows-1252. */
  readonly pasted: number;
}

// A UTF-8 sequence of two bytes or more, complete or truncated; or a byte that is a control character in
// Latin-1 and punctuation in windows-1252: these are in texts that were pasted from elsewhere.
const SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{1,2}|[\xf0-\xf4][\x80-\xbf]{1,3}|[\x80-\x9f]/g;

// The five bytes that windows-1252 doesn't define; the decoder returns them as control characters.
const UNASSIGNED = /[\x81\x8d\x8f\x90\x9d]/g;

// The characters of windows-1252 by the Latin-1 control character of the same byte; and the UTF-8 of each,
// one character a byte.
const WINDOWS_1252: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 32 }, (_, index) => 0x80 + index)
    .map(
      (code) =>
        [String.fromCharCode(code), new TextDecoder("windows-1252").decode(Uint8Array.of(code))] as const,
    )
    .filter(([control]) => control.replace(UNASSIGNED, "") !== ""),
);
const PASTED: ReadonlyMap<string, string> = new Map(
  Array.from(WINDOWS_1252, ([control, character]) => [control, Buffer.from(character).toString("latin1")]),
);

/**
 * Reads UTF-8 line by line. Invalid bytes 0x80–0x9F become windows-1252, others U+FFFD, with a note on each
 * such line.
 */
function mendUtf8(bytes: Uint8Array): Mended {
  const isOldMac = !bytes.includes(0x0a) && bytes.includes(0x0d);
  const parts: string[] = [];
  const brokenLines: number[] = [];
  const pastedLines: number[] = [];
  let [pasted, own] = [0, 0];
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(isOldMac ? 0x0d : 0x0a, start);
    const end = found === -1 ? bytes.length : found + 1;
    const piece = bytes.subarray(start, end);
    start = end;
    if (isUtf8(piece)) {
      const text = decoder.decode(piece);
      own += count(text, /\ufffd/g);
      parts.push(text);
      continue;
    }
    const latin1 = Buffer.from(piece).toString("latin1");
    own += count(latin1, /\xef\xbf\xbd/g);
    const text = latin1.replace(SEQUENCE, (sequence: string) => {
      const character = PASTED.get(sequence);
      if (character !== undefined) pasted++;
      return character ?? sequence;
    });
    const mended = Buffer.from(text, "latin1");
    (isUtf8(mended) ? pastedLines : brokenLines).push(line);
    parts.push(decoder.decode(mended));
  }
  const text = parts.join("").replace(/^\ufeff/, "");
  let [valid, typical, broken] = [own, 0, -own];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // The second half of a surrogate pair isn't a character.
    if (code < 0x80 || (code >= 0xdc00 && code <= 0xdfff)) continue;
    if (code === 0xfffd) broken++;
    else valid++;
    if (code !== 0xfffd && (code <= 0xff || code >= 0x800)) typical++;
  }
  return {
    text,
    notes: [
      ...linesNamed(brokenLines, "holds a byte that is no UTF-8"),
      ...linesNamed(pastedLines, "holds a byte that is no UTF-8", "it was read as windows-1252"),
    ],
    valid: valid - pasted,
    typical: typical - pasted,
    broken,
    pasted,
  };
}

const LINES_NAMED = 5;

/** A note of each of the first `lines`, and one of how many more there are. */
function linesNamed(
  lines: readonly number[],
  what: string,
  now = "“\ufffd” stands in its place",
): readonly string[] {
  const more = lines.length - LINES_NAMED;
  return [
    ...lines.slice(0, LINES_NAMED).map((line) => `line ${line} ${what}; ${now}`),
    ...(more > 0 ? [`${more} more lines are like that: save the source as UTF-8, and import it again`] : []),
  ];
}

/** Text of another encoding, with U+FFFD for the few bytes that are invalid in it. */
function readMended(bytes: Uint8Array, encoding: string): Decoded | undefined {
  const decoder = decoderOf(encoding);
  if (!decoder) return undefined;
  const text = decoder.decode(bytes);
  const broken = count(text, /\ufffd/g);
  if (broken > 1 + text.length * MOST_UNREADABLE || broken * 2 > text.length) return undefined;
  return { text, notes: linesNamed(linesOf(text, "\ufffd"), `holds what is no ${encoding}`) };
}

/** 1-based numbers of the lines that hold `sign`. */
const linesOf = (text: string, sign: string): readonly number[] =>
  text.includes(sign)
    ? text.split(/\r\n?|\n/).flatMap((line, index) => (line.includes(sign) ? [index + 1] : []))
    : [];

function decoderOf(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch (error) {
    // The decoder doesn't know the encoding.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The encoding that XML or HTML names in its first line or `meta`, by the decoder's name. */
function declaredIn(head: string): string | undefined {
  const [, named] =
    /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/.exec(head) ??
    /<meta[^>]+charset=["']?\s*([\w.:-]+)/i.exec(head) ??
    [];
  return named === undefined ? undefined : decoderOf(named)?.encoding;
}

function readUnmarked(bytes: Uint8Array, declared: string | undefined): Decoded | undefined {
  const utf8 = readUtf8(bytes, declared);
  if (utf8) return utf8;
  if (declared !== undefined && declared !== "utf-8") {
    const found = readMended(bytes, declared);
    if (found) return found;
  }
  const found = readWindows1252(bytes);
  if (!found || declared !== "utf-8") return found;
  return {
    ...found,
    notes: ["says that it is UTF-8, but is windows-1252, and was read as that", ...found.notes],
  };
}

function utf16Of(head: string): string | undefined {
  const zeros = (start: number) => {
    let count = 0;
    for (let index = start; index < head.length; index += 2) if (head[index] === "\0") count++;
    return count / (head.length / 2);
  };
  if (zeros(1) >= UTF16_ZEROS && zeros(0) === 0) return "utf-16le";
  return zeros(0) >= UTF16_ZEROS && zeros(1) === 0 ? "utf-16be" : undefined;
}

function readWindows1252(bytes: Uint8Array): Decoded | undefined {
  const text = new TextDecoder("windows-1252").decode(bytes).replace(UNASSIGNED, "\ufffd");
  const broken = count(text, /\ufffd/g);
  if (broken > 1 + count(text, /[^\0-\x7f]/g) * MOST_UNREADABLE) return undefined;
  const letters = count(text, /\p{L}/gu);
  const accented = count(text, /[\u00c0-\u024f]/g);
  return accented <= letters * ACCENTED_LETTERS && !NO_WORD.test(text)
    ? { text, notes: linesNamed(linesOf(text, "\ufffd"), "holds what is no windows-1252") }
    : undefined;
}

/**
 * Text whose C1 controls are the characters that windows-1252 has in their places, as browsers have it: no
 * text holds the controls. Of XML and HTML their references too (HTML Living Standard §13.2.5.80).
 */
function asWindows1252(text: string): string {
  const raw = text.replace(/[\x80-\x9f]/g, ofWindows1252);
  return /^[\s\ufeff]*</.test(raw)
    ? raw.replace(/&#(?:0*(1[2-5]\d)|[xX]0*([89][\da-fA-F]));/g, (reference, decimal, hex) => {
        const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
        return code >= 0x80 && code <= 0x9f ? ofWindows1252(String.fromCharCode(code)) : reference;
      })
    : raw;
}

const ofWindows1252 = (control: string): string => WINDOWS_1252.get(control) ?? "";

// A text file that is too large for memory, decoded piece by piece.

const PIECE_BYTES = 8_000_000;
const START_BYTES = 64_000;

/** The start of a file, enough to tell what it is. Problems have an empty path. */
export function headOf(file: string): Result<string> {
  try {
    for (const piece of piecesOf(file, START_BYTES)) return ok(piece);
    return ok("");
  } catch (error) {
    return fail({ path: "", message: unreadable(error) });
  }
}

/**
 * A file's text, `bytes` at a time, in UTF-8 or the encoding that its XML declaration names. An invalid byte
 * becomes U+FFFD. Each iteration reads the file from its start.
 */
export function* piecesOf(file: string, bytes = PIECE_BYTES): Iterable<string> {
  const opened = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    let decoder: TextDecoder | undefined;
    for (let length = readSync(opened, buffer); length > 0; length = readSync(opened, buffer)) {
      decoder ??= decoderFor(buffer.toString("latin1", 0, Math.min(length, LONGEST_DECLARATION)));
      yield decoder.decode(buffer.subarray(0, length), { stream: true });
    }
    const rest = decoder?.decode() ?? "";
    if (rest !== "") yield rest;
  } finally {
    closeSync(opened);
  }
}

const LONGEST_DECLARATION = 200;

function decoderFor(head: string): TextDecoder {
  const [, name = "utf-8"] = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w-]+)["']/i.exec(head) ?? [];
  try {
    return new TextDecoder(name);
  } catch {
    // The decoder doesn't know the encoding.
    return new TextDecoder();
  }
}
