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
import { probeImage } from "../lib/image-size.ts";
import type { ImageFacts } from "../lib/image-type.ts";
import { fail, ok, type Result } from "../lib/problem.ts";
import { type Stripped, stripPicture, type Trace } from "../lib/strip/strip.ts";
import { isMissing } from "./folder.ts";
import { unreadable } from "./text-file.ts";

/** The largest picture that the Worker takes. */
export const MAX_IMAGE_BYTES = 20_000_000;

// Type and size stand at a picture's beginning, behind what a camera or a program wrote of it.
const HEAD_BYTES = 65_536;

/**
 * How a picture is read: all of it; all of it, `stripped` of what it tells, as it is sent; or, to judge it, as much as says
 * what it is and tells, whose SHA-256 then stands for the whole's.
 */
export type Reading = "all" | "stripped" | "head";

/** A picture on this machine. Its bytes are read again when they are sent (`bytesToSend`). */
export interface LocalImage {
  readonly file: string;
  /** Of the bytes as they are sent. */
  readonly sha256: string;
  /** What its file tells beside the picture. */
  readonly tells: readonly Trace[];
  /** `/media/{sha256}.{ext}`, the extension by what the bytes are. */
  readonly address: string;
  readonly facts: ImageFacts;
}

/** Reads the picture `name` in the folder `dir`. Problems have an empty path. A name that leads out of `dir` is refused. */
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
    if (!found.isFile()) return refuse(found.isDirectory() ? "is a folder" : "is no file");
    if (found.size > MAX_IMAGE_BYTES)
      return refuse(`is larger than ${MAX_IMAGE_BYTES / 1_000_000} MB: save it smaller`);
    const head = reading === "head" && found.size > HEAD_BYTES ? readHead(file) : undefined;
    const seen = head && judged(head);
    const bytes = head && seen ? head : readFileSync(file);
    const read = seen ? { ...seen, facts: { ...seen.facts, length: found.size } } : readWhole(bytes);
    if (typeof read === "string") return refuse(read);
    const { stripped } = read;
    const isSent = reading === "stripped" && stripped !== undefined;
    const facts = isSent ? { ...read.facts, length: stripped.bytes.byteLength } : read.facts;
    const sha256 = hexSha256(isSent ? stripped.bytes : bytes);
    const tells = stripped?.removed ?? [];
    return ok({ file, sha256, address: mediaPath(sha256, facts.type), facts, tells });
  } catch (error) {
    if (isMissing(error))
      return refuse(`is not in the article's folder${didYouMean(name, readdirSync(dir))}`);
    return refuse(unreadable(error));
  }
}

/**
 * The path of the file that is meant: `ü` may be one character or two, as people type or as macOS stores it, and is the same
 * name. `file` itself, where it is there or nothing else is.
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
    // Missing, no folder, or not to be read: the file itself will say which.
    return [];
  }
}

/** A picture's bytes as they are sent. */
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
  if (!facts) return "is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken";
  const tooLarge = tooManyPixels(facts);
  if (tooLarge !== undefined) return tooLarge;
  const stripped = stripPicture(bytes);
  if (!stripped)
    return "is damaged or cut off, so what its file may tell beside the picture, such as where it was taken, can't be taken out; save it again in a picture program";
  return { facts, stripped };
}

/** What a head alone says. In a JPEG all that is told stands before the picture; elsewhere it may come behind. */
function judged(head: Uint8Array): Read | undefined {
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
