// Reads a text file as people save it. One that isn't UTF-8, or can't be read, gives a problem that says why.

import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { fail, ok, type Result } from "../lib/problem.ts";

/** An article has at most 512 kB. A file far larger than that isn't parsed. */
export const MAX_TEXT_BYTES = 2_000_000;

/**
 * Reads a text file. Fails with one problem, which has an empty path and the line of the first wrong byte.
 */
export function readText(file: string): Result<string> {
  try {
    if (statSync(file).size > MAX_TEXT_BYTES)
      return refuse(`is larger than ${MAX_TEXT_BYTES / 1_000_000} MB, which is too large for a text file`);
    return decode(readFileSync(file));
  } catch (error) {
    return refuse(unreadable(error));
  }
}

/** Why a file could not be read, for people. Rethrows an error that isn't the file system's. */
export function unreadable(error: unknown): string {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) throw error;
  return `can't be read: ${REASONS[error.code] ?? error.code}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied (EACCES); change its permissions",
  EPERM: "permission denied (EPERM); change its permissions",
  ELOOP: "it is a symbolic link that leads back to itself (ELOOP)",
  EISDIR: "it is a folder (EISDIR)",
  ENOENT: "it is gone (ENOENT)",
};

function decode(bytes: Buffer): Result<string> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return refuse("is UTF-16: save it as UTF-8");
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refuse("holds a zero byte, so it isn't text: save it as UTF-8", lineAt(bytes, zero));
  if (isUtf8(bytes)) return ok(bytes.toString("utf8"));
  const wrong = firstWrongByte(bytes);
  const code = bytes[wrong]?.toString(16).toUpperCase();
  return refuse(`is not UTF-8: it holds the byte 0x${code} here; save it as UTF-8`, lineAt(bytes, wrong));
}

/** The offset of the first byte that begins no character. */
function firstWrongByte(bytes: Buffer): number {
  // In UTF-8 a line feed is never part of another character, so each line can be checked by itself.
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (!isUtf8(line)) {
      const valid = line.toString("utf8").split("\ufffd")[0] ?? "";
      return start + Buffer.byteLength(valid);
    }
    start += line.length + 1;
  }
  return 0;
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line++;
  return line;
}

const refuse = (message: string, line = 1): Result<never> => fail({ path: "", message, line });
