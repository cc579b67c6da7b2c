// A picture beside an article: read, measured, and named by its SHA-256.

import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { mediaPath, tooManyPixels } from "../article/image.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { type ImageFacts, probeImage } from "../lib/image-file.ts";
import { fail, ok, type Result } from "../lib/problem.ts";
import { type Stripped, stripPicture, type Trace } from "../lib/strip/strip.ts";
import { isMissing } from "./folder.ts";
import { unreadable } from "./text-file.ts";

/** The largest picture that the Worker takes. */
export const MAX_IMAGE_BYTES = 20_000_000;

// Type and size are near the beginning of a file, after the metadata that a camera or a program wrote.
const HEAD_BYTES = 65_536;

/**
 * How much of a picture is read: all of it; all of it, and then `stripped` of its metadata, as it is sent; or
 * only its `head`, which is enough for lint. The SHA-256 is then that of the head.
 */
export type Reading = "all" | "stripped" | "head";

/** A picture on this machine. Its bytes are read again when they are sent (`bytesToSend`). */
export interface LocalImage {
  readonly file: string;
  /** SHA-256 of the bytes as they are sent, in lower-case hex. */
  readonly sha256: string;
  /** Metadata that its file holds, such as where it was taken. */
  readonly metadata: readonly Trace[];
  /** `/media/{sha256}.{ext}`, with the extension of the bytes' type. */
  readonly address: string;
  readonly facts: ImageFacts;
}

/**
 * Reads the picture `name` in the folder `dir`; fails if the name leads out of `dir`. Problems have an empty
 * path.
 */
export function localImage(dir: string, name: string, reading: Reading): Result<LocalImage> {
  const refuse = (why: string) => fail({ path: "", message: `${JSON.stringify(name)} ${why}` });
  const file = sameName(dir, resolve(dir, name));
  if (!file.startsWith(dir + sep)) return refuse("leads out of the article's folder");
  try {
    // A symbolic link may lead out as well.
    const real = realpathSync.native(file);
    if (real !== file && !real.startsWith(realpathSync.native(dir) + sep))
      return refuse("leads out of the article's folder");
    const found = statSync(file);
    if (!found.isFile()) return refuse(found.isDirectory() ? "is a folder" : "is not a file");
    if (found.size > MAX_IMAGE_BYTES)
      return refuse(`is larger than ${MAX_IMAGE_BYTES / 1_000_000} MB: save it smaller`);
    const head = reading === "head" && found.size > HEAD_BYTES ? readHead(file) : undefined;
    const fromHead = head && readFactsOfHead(head);
    const bytes = head && fromHead ? head : readFileSync(file);
    const read = fromHead
      ? { ...fromHead, facts: { ...fromHead.facts, length: found.size } }
      : readWhole(bytes);
    if (typeof read === "string") return refuse(read);
    const { stripped } = read;
    const isSent = reading === "stripped" && stripped !== undefined;
    const facts = isSent ? { ...read.facts, length: stripped.bytes.byteLength } : read.facts;
    const sha256 = hexSha256(isSent ? stripped.bytes : bytes);
    const metadata = stripped?.removed ?? [];
    return ok({ file, sha256, address: mediaPath(sha256, facts.type), facts, metadata });
  } catch (error) {
    if (isMissing(error))
      return refuse(`is not in the article's folder${didYouMean(name, readdirSync(dir))}`);
    return refuse(unreadable(error));
  }
}

/**
 * The path of the file that is meant by `file`. `ü` is one character as most people type it, and two as macOS
 * stores it. Gives `file` itself if it exists, or if no file has an equivalent name.
 */
function sameName(dir: string, file: string): string {
  if (existsSync(file) || !file.startsWith(dir + sep)) return file;
  let found = dir;
  for (const part of file.slice(dir.length + 1).split(sep)) {
    const names = existsSync(join(found, part)) ? [part] : namesIn(found);
    const same = names.find((name) => name.normalize("NFC") === part.normalize("NFC"));
    if (same === undefined) return file;
    found = join(found, same);
  }
  return found;
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    // Missing, not a folder, or not readable: opening the file will say which.
    return [];
  }
}

/** Reads a picture's bytes again, as they are sent. */
export async function bytesToSend({ file, sha256 }: LocalImage): Promise<Uint8Array> {
  const bytes = await readFile(file);
  if (hexSha256(bytes) === sha256) return bytes;
  return stripPicture(bytes)?.bytes ?? bytes;
}

interface Read {
  readonly facts: ImageFacts;
  readonly stripped?: Stripped | undefined;
}

function readWhole(bytes: Uint8Array): Read | string {
  const facts = probeImage(bytes);
  if (!facts) return "is not a JPEG, PNG, GIF, WebP or AVIF picture, or is damaged";
  const tooLarge = tooManyPixels(facts);
  if (tooLarge !== undefined) return tooLarge;
  const stripped = stripPicture(bytes);
  if (!stripped)
    return "is damaged or cut off, so metadata such as where it was taken can't be removed; save it again in a picture program";
  return { facts, stripped };
}

/**
 * What a head alone shows; undefined if all of the file is needed. Only a JPEG has all its metadata before
 * the picture.
 */
function readFactsOfHead(head: Uint8Array): Read | undefined {
  const facts = probeImage(head);
  if (facts && tooManyPixels(facts) !== undefined) return undefined;
  const stripped = facts?.type === "image/jpeg" ? stripPicture(head) : undefined;
  return facts && stripped && { facts, stripped };
}

function readHead(file: string): Uint8Array {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.allocUnsafe(HEAD_BYTES);
    return bytes.subarray(0, readSync(handle, bytes, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}

/** Lower-case hex SHA-256. */
export const hexSha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
