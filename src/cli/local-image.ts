// A picture beside an article: read, measured, and named by its SHA-256.

import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { type ImageFacts, mediaPath } from "../model/image.ts";
import { probeImage } from "../model/probe.ts";
import { fail, ok, type Result } from "../model/problem.ts";
import { isMissing } from "./content.ts";
import { didYouMean } from "./did-you-mean.ts";
import { unreadable } from "./text-file.ts";

/** The largest picture that the Worker takes. */
export const MAX_IMAGE_BYTES = 20_000_000;

// Type and size stand at a picture's beginning, behind what a camera or a program wrote of it.
const HEAD_BYTES = 65_536;

/** How much of a picture is read: to send it, all; to judge it, its head, whose SHA-256 then stands for the whole's. */
export type Reading = "all" | "head";

/** A picture on this machine. Its bytes are read again when they are sent. */
export interface LocalImage {
  readonly file: string;
  readonly sha256: string;
  /** `/media/{sha256}.{ext}`, the extension by what the bytes are. */
  readonly address: string;
  readonly facts: ImageFacts;
}

/** Reads the picture `name` in the folder `dir`. Problems have an empty path. A name that leads out of `dir` is refused. */
export function localImage(dir: string, name: string, reading: Reading): Result<LocalImage> {
  const refuse = (why: string) => fail({ path: "", message: `${JSON.stringify(name)} ${why}` });
  const file = resolve(dir, name);
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
    const seen = head && probeImage(head);
    const bytes = head && seen ? head : readFileSync(file);
    const facts = seen ? { ...seen, length: found.size } : probeImage(bytes);
    if (!facts) return refuse("is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken");
    const sha256 = hexSha256(bytes);
    return ok({ file, sha256, address: mediaPath(sha256, facts.type), facts });
  } catch (error) {
    if (isMissing(error))
      return refuse(`is not in the article's folder${didYouMean(name, readdirSync(dir))}`);
    return refuse(unreadable(error));
  }
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
