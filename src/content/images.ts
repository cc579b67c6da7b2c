// What an article points to. Its pictures: those that the front matter lists, then those that only the body
// shows, each once. Its relative addresses: a picture beside the file, or another article's folder. Pictures
// beside the file are read and measured here too.

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
import { join, posix, resolve, sep } from "node:path";
import type { ArticleInput } from "../article/article.ts";
import { mediaPath, tooManyPixels } from "../article/image.ts";
import { articlePath } from "../article/resolve.ts";
import { percentDecoded } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { type ImageFacts, probeImage } from "../lib/image-file.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { type Stripped, stripPicture, type Trace } from "../lib/strip/strip.ts";
import { text } from "../lib/text.ts";
import { type ArticleFolder, isMissing } from "./folder.ts";
import { type ArticleText, isLocalFile, type ValidFields } from "./front-matter.ts";
import type { Body, Reference } from "./references.ts";
import { unreadable } from "./text-file.ts";

/** One of an article's images, and where in the file it was named. */
export interface PlacedImage {
  readonly image: ArticleInput["images"][number];
  /** The line of one of its fields, such as `.alt`. */
  readonly line: (field: string) => number;
}

/** A picture on this machine, and where in the file it was named first. */
export interface UsedPicture extends LocalImage {
  readonly namedAt: Pick<Problem, "path" | "line">;
}

/** The address that replaces a reference, and the picture that it shows or opens. */
export interface Destination {
  readonly address: string;
  readonly image?: LocalImage;
}

/** Everything that an article's body and front matter point to. */
export interface ArticleImages {
  readonly placed: readonly PlacedImage[];
  readonly destinations: ReadonlyMap<Reference, Destination>;
  /** Pictures on this machine, each once. */
  readonly pictures: readonly UsedPicture[];
  readonly problems: readonly Problem[];
}

/**
 * Reads and measures every picture, and resolves every reference. `slugs` are the names of all articles'
 * folders.
 */
export function collectImages(
  folder: ArticleFolder,
  file: ArticleText & { readonly fields: Pick<ValidFields, "images"> },
  body: Body,
  slugs: ReadonlySet<string>,
  reading: Reading,
): ArticleImages {
  const problems: Problem[] = [];
  const pictures = new Map<string, UsedPicture>();
  const placed = new Map<string, PlacedImage>();
  const keep = (image: LocalImage, namedAt: UsedPicture["namedAt"]) =>
    pictures.set(image.sha256, pictures.get(image.sha256) ?? { ...image, namedAt });
  // The same bytes under two names are one picture, with the fields of the first.
  const place = (image: PlacedImage) => placed.set(image.image.src, placed.get(image.image.src) ?? image);

  for (const [index, listed] of file.fields.images.entries()) {
    if (!listed) continue;
    const line = (field: string) => file.lineOf(`images[${index}]${field}`);
    if (!isLocalFile(listed.src)) {
      place({ image: withSrc(listed, listed.src), line });
      continue;
    }
    const local = localImage(folder.dir, listed.src, reading);
    const namedAt = { path: `images[${index}].src`, line: line(".src") };
    if (local.ok) {
      keep(local.value, namedAt);
      place({ image: withSrc(listed, local.value.address), line });
    } else {
      problems.push(...local.problems.map((problem) => ({ ...problem, ...namedAt })));
    }
  }

  const destinations = new Map<Reference, Destination>();
  for (const reference of body.references) {
    const destination = resolveReference(reference, folder, slugs, reading);
    if (!destination.ok) {
      problems.push(...destination.problems);
      continue;
    }
    destinations.set(reference, destination.value);
    if (destination.value.image) keep(destination.value.image, { path: "body", line: reference.line });
    // index.html is published as it is: a picture that its front matter doesn't list isn't one of the
    // article's images.
    const isShown = reference.kind === "image" && folder.file.endsWith(".md");
    if (isShown) place({ image: fromBody(reference, destination.value.address), line: () => reference.line });
  }
  return { placed: [...placed.values()], destinations, pictures: [...pictures.values()], problems };
}

/** The address that replaces a reference; its own where it couldn't be resolved. */
export const addressIn =
  (destinations: ArticleImages["destinations"]) =>
  (reference: Reference): string =>
    destinations.get(reference)?.address ?? reference.address;

// Front matter with errors gives no more than `src`. Its article is only checked, never sent.
const withSrc = (listed: { readonly src: string }, src: string): PlacedImage["image"] => ({
  alt: text(""),
  syndicate: true,
  ...listed,
  src,
});

const fromBody = ({ alt, title }: Reference, src: string): PlacedImage["image"] => ({
  src,
  alt: text(alt),
  ...omitUndefined({ caption: title === undefined ? undefined : text(title) }),
  syndicate: true,
});

/** Finds what a reference of the article in `folder` leads to. Problems have the reference's line. */
function resolveReference(
  reference: Reference,
  folder: ArticleFolder,
  slugs: ReadonlySet<string>,
  reading: Reading,
): Result<Destination> {
  const namedAt = { path: "body", line: reference.line };
  const wrong = (message: string) => fail({ ...namedAt, message });
  if (!isLocalFile(reference.address)) {
    return wrong(
      `holds ${JSON.stringify(reference.address.slice(0, 40))}, which nobody else can open: use a file beside the article`,
    );
  }
  const name = fileOf(reference);
  const suffix = reference.address.replace(/^[^?#]*/, "");
  if (name === undefined)
    return wrong(`holds ${JSON.stringify(reference.address)}, which is not a valid address`);

  const sibling = /^\.\.\/([^/]+)\/?(?:index\.(?:md|html))?$/.exec(posix.normalize(name));
  if (reference.kind === "link" && sibling?.[1]) {
    if (!slugs.has(sibling[1]))
      return wrong(
        `links to ${JSON.stringify(name)}, but there is no such article${didYouMean(sibling[1], slugs)}`,
      );
    return ok({ address: articlePath(sibling[1]) + suffix });
  }
  const image = localImage(folder.dir, name, reading);
  if (image.ok) return ok({ address: image.value.address, image: image.value });
  if (reference.kind === "link" && !/\.(jpe?g|png|gif|webp|avif)$/i.test(name)) {
    return wrong(
      `links to ${JSON.stringify(name)}, which is neither an article nor a picture; a web address starts with https://`,
    );
  }
  return fail(...image.problems.map((problem) => ({ ...problem, ...namedAt })));
}

/** The name of the file or folder that a reference means; undefined for an address that isn't valid. */
export const fileOf = ({ address }: Reference): string | undefined =>
  percentDecoded(address.replace(/[?#].*$/s, ""));

// A picture beside an article: read, measured, and named by its SHA-256.

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
