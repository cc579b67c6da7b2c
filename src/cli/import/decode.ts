// The bytes of a file -> its text. UTF-8 unless the bytes say otherwise; what is no text is refused by name.

import { fail, ok, type Result } from "../../model/problem.ts";

// What a sound file of these kinds is never mistaken for: its first bytes. Archives are never opened.
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
];

const BYTE_ORDER_MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ["\xef\xbb\xbf", "utf-8"],
  ["\xff\xfe\0\0", "utf-32"],
  ["\0\0\xfe\xff", "utf-32"],
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

const HEAD_BYTES = 4096;
// Of a text in UTF-16 that is mostly ASCII nearly every second byte is 0.
const UTF16_ZEROS = 0.4;
// A text in a Latin script has an accent here and there; other encodings read as windows-1252 have little else.
const ACCENTED_LETTERS = 0.4;
const NO_WORD = /[\u00c0-\u024f]{4}/;

/** Reads `bytes`. Problems have an empty path. */
export function decode(bytes: Uint8Array): Result<string> {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1");
  const refuse = (message: string) => fail({ path: "", message });
  if (/^\s*$/.test(head) && bytes.length <= HEAD_BYTES) return refuse("is empty");
  const binary = BINARIES.find(([, , offset, signature]) => head.startsWith(signature, offset));
  if (binary) return refuse(`is ${binary[0]}: ${binary[1]}`);
  const [mark, marked] = BYTE_ORDER_MARKS.find(([bom]) => head.startsWith(bom)) ?? [];
  const encoding = marked ?? utf16Of(head);
  if (encoding !== undefined) {
    const text = encoding === "utf-32" ? undefined : read(bytes, encoding);
    if (mark === undefined && (text === undefined || isNoise(text))) return refuse("is binary, no text");
    return text === undefined || isNoise(text)
      ? refuse(`starts like ${encoding.toUpperCase()}, but isn't valid: save it as UTF-8`)
      : ok(text);
  }
  if (head.includes("\0")) return refuse("is binary, no text");
  const found = read(bytes, "utf-8") ?? readDeclared(bytes, head) ?? readWindows1252(bytes);
  if (found === undefined)
    return refuse("is neither UTF-8 nor UTF-16 nor windows-1252, or is no text at all: save it as UTF-8");
  return isNoise(found) ? refuse("is binary, no text") : ok(found);
}

// One that slipped into a text is another matter; the model takes it out.
const MOST_CONTROLS = 0.01;

const isNoise = (text: string): boolean =>
  (text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0) > text.length * MOST_CONTROLS;

function read(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    // TypeError: bytes that this encoding hasn't. RangeError: no such encoding.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** XML and HTML may name their encoding in their first line or `meta`. */
function readDeclared(bytes: Uint8Array, head: string): string | undefined {
  const [, named] =
    /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/.exec(head) ??
    /<meta[^>]+charset=["']?\s*([\w.:-]+)/i.exec(head) ??
    [];
  return named === undefined ? undefined : read(bytes, named);
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

function readWindows1252(bytes: Uint8Array): string | undefined {
  // The five bytes that windows-1252 hasn't; the decoder would let them pass as controls.
  if (bytes.some((byte) => UNASSIGNED.has(byte))) return undefined;
  const text = new TextDecoder("windows-1252").decode(bytes);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const accented = text.match(/[\u00c0-\u024f]/g)?.length ?? 0;
  return accented <= letters * ACCENTED_LETTERS && !NO_WORD.test(text) ? text : undefined;
}

const UNASSIGNED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
