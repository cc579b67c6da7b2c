// A picture beside an article: read, measured, and named by its SHA-256.

import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { IMAGE_TYPES, type ImageFacts } from "../model/image.ts";
import { probeImage } from "../model/probe.ts";
import { fail, ok, type Result } from "../model/problem.ts";
import { isMissing } from "./content.ts";

/** The largest picture that the Worker takes. */
export const MAX_IMAGE_BYTES = 20_000_000;

/** A picture on this machine. Its bytes are read again when they are sent. */
export interface LocalImage {
  readonly file: string;
  readonly sha256: string;
  /** `/media/{sha256}.{ext}`, the extension by what the bytes are. */
  readonly address: string;
  readonly facts: ImageFacts;
}

/** Reads the picture `name` in the folder `dir`. Problems have an empty path. A name that leads out of `dir` is refused. */
export async function localImage(dir: string, name: string): Promise<Result<LocalImage>> {
  const refuse = (why: string) => fail({ path: "", message: `${JSON.stringify(name)} ${why}` });
  const file = resolve(dir, name);
  if (!file.startsWith(dir + sep)) return refuse("leads out of the article's folder");
  try {
    // A symbolic link may lead out as well.
    if (!(await realpath(file)).startsWith((await realpath(dir)) + sep))
      return refuse("leads out of the article's folder");
    const { size } = await stat(file);
    if (size > MAX_IMAGE_BYTES) return refuse(`is larger than ${MAX_IMAGE_BYTES / 1_000_000} MB`);
    const bytes = await readFile(file);
    const facts = probeImage(bytes);
    if (!facts) return refuse("is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken");
    const sha256 = hexSha256(bytes);
    return ok({ file, sha256, address: `/media/${sha256}.${IMAGE_TYPES[facts.type]}`, facts });
  } catch (error) {
    if (isMissing(error)) return refuse("is not in the article's folder");
    if (isFolder(error)) return refuse("is a folder");
    throw error;
  }
}

/** Lower-case hex SHA-256. */
export const hexSha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const isFolder = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EISDIR";
