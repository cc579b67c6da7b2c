// A text file that is too large for memory, decoded piece by piece.

import { closeSync, openSync, readSync } from "node:fs";
import { TextDecoder } from "node:util";
import { unreadable } from "../../content/text-file.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";

const PIECE_BYTES = 8_000_000;
const HEAD_BYTES = 64_000;

/** The start of a file, enough to tell what it is. Problems have an empty path. */
export function headOf(file: string): Result<string> {
  try {
    for (const piece of piecesOf(file, HEAD_BYTES)) return ok(piece);
    return ok("");
  } catch (error) {
    return fail({ path: "", message: unreadable(error) });
  }
}

/**
 * A file's text, `bytes` at a time, in UTF-8 or the encoding that its XML declaration names. A byte that is
 * none becomes U+FFFD. Each iteration reads the file from its start.
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
    // No encoding has that name.
    return new TextDecoder();
  }
}
