// An imported article's pictures: copied beside it from this machine, or left where they are on the web.

import { realpathSync } from "node:fs";
import { basename, extname, join, sep } from "node:path";
import { isMissing } from "../../content/folder.ts";
import { isLocalFile } from "../../content/front-matter.ts";
import { type LocalImage, localImage } from "../../content/images.ts";
import { needsResolving } from "../../content/references.ts";
import type { ImportedArticle, ImportedBody, ImportedImage } from "../../import/importer.ts";
import { type Readdress, readdressBody } from "../../import/print-body.ts";
import { slugOf } from "../../import/slug.ts";
import type { Need } from "../../import/to-model.ts";
import { percentDecoded, webUrl } from "../../lib/address.ts";
import { IMAGE_TYPES } from "../../lib/image-file.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Result } from "../../lib/problem.ts";
import { text } from "../../lib/text.ts";
import type { DetectedSource } from "./detect-source.ts";
import { type NewAddress, resolved } from "./old-addresses.ts";

/** A picture that is written beside the article. */
export interface PictureFile {
  readonly name: string;
  /** The file that holds its bytes. */
  readonly from: string;
  readonly sha256: string;
}

/** An article's pictures and body as they stand in its folder. */
export interface Placed {
  readonly images: readonly ImportedImage[];
  readonly body: ImportedBody;
  readonly files: readonly PictureFile[];
  readonly needs: readonly Need[];
  readonly notes: readonly string[];
}

const HASH_CHARACTERS = 8;

/** Pictures of the web that were fetched, by their address. */
export type Fetched = ReadonlyMap<string, Result<LocalImage>>;

/** Where an article was read, and which pictures there are its own. */
export interface SourcePlace {
  readonly file: string;
  /** Where paths start. */
  readonly dir: string;
  /** Folders in it that belong to the file, as `ownFolders` gives them. */
  readonly folders: readonly string[];
  /** True where the publisher has agreed to pictures that stand beside the file. */
  readonly beside: boolean;
  /** True if a missing picture keeps its place for the file, even without a description. */
  readonly waitsForPictures?: boolean | undefined;
  /** Where links to other imported articles lead now. */
  readonly newAddress?: NewAddress | undefined;
}

/**
 * Places the pictures of an article. A page could name any file that stands beside it, so only those come
 * along that belong to it, or that the publisher has agreed to. `given` are the publisher's own files for
 * them, in order.
 */
export function placePictures(
  article: ImportedArticle,
  { file: sourceFile, dir, folders, beside, waitsForPictures = false, newAddress }: SourcePlace,
  given: readonly LocalImage[],
  fetched: Fetched,
): Placed {
  const needs: Need[] = [];
  const notes: string[] = [];
  const files = new Map<string, LocalImage>();
  const addresses = new Map<string, string | undefined>();
  const unagreed = new Map<string, string>();
  const base = article.body.kind === "html" ? article.body.base : undefined;

  const keep = (wanted: string, image: LocalImage): string => {
    const stem = slugOf(basename(wanted, extname(wanted))) || "picture";
    const type = IMAGE_TYPES[image.facts.type];
    const names = [`${stem}.${type}`, `${stem}-${image.sha256.slice(0, HASH_CHARACTERS)}.${type}`];
    const name =
      names.find((one) => (files.get(one) ?? image).sha256 === image.sha256) ?? `${image.sha256}.${type}`;
    files.set(name, image);
    return name;
  };
  const waiting = new Map<string, string>();
  /** A name for the file that isn't there, which no other picture has. */
  const nameFor = (src: string): string | undefined => {
    const [written = ""] = src.split(/[?#]/, 1);
    const ending = extname(written).toLowerCase();
    if (!/^\.(?:jpe?g|png|gif|webp|avif)$/.test(ending)) return undefined;
    const stem = slugOf(basename(percentDecoded(written) ?? written, extname(written))) || "picture";
    const taken = new Set([...files.keys(), ...waiting.values()]);
    let name = stem + ending;
    for (let count = 2; taken.has(name); count++) name = `${stem}-${count}${ending}`;
    return name;
  };
  const place = (src: string): string | undefined => {
    if (!isLocalFile(src)) {
      const picture = fetched.get(src);
      if (picture?.ok) return keep(new URL(src).pathname, picture.value);
      if (picture) notes.push(`a picture stays where it is: ${picture.problems[0]?.message}`);
      return webUrl(src);
    }
    // A file's name may hold a stray `%`.
    const [written = ""] = src.split(/[?#]/, 1);
    const name = percentDecoded(written) ?? written;
    const local = localImage(dir, name, "all");
    const isOwn = local.ok && folders.some((folder) => isInside(local.value.file, join(dir, folder)));
    if (local.ok && (isOwn || beside)) {
      if (!isOwn) notes.push(text(`brought ${name}, which stands beside ${basename(sourceFile)}`));
      return keep(name, local.value);
    }
    const elsewhere = absoluteIn(base, src);
    if (local.ok) {
      const why = text(`${name} stands beside ${basename(sourceFile)}, not in its own folder`);
      if (elsewhere === undefined) unagreed.set(src, why);
      else notes.push(`a picture stays on the web: ${why}; --pictures beside brings it`);
      return elsewhere;
    }
    if (elsewhere === undefined) notes.push(`a picture is missing: ${local.problems[0]?.message}`);
    return elsewhere;
  };

  const slots: readonly ImportedImage[] = article.images ?? [];
  const own = ownFiles(slots, given);
  const images: ImportedImage[] = [];
  for (const index of Array(Math.max(slots.length, given.length)).keys()) {
    const { src, ...said } = slots[index] ?? {};
    const file = own.get(index);
    const placed = file
      ? keep(file.file, file)
      : src === undefined || addresses.has(src)
        ? addresses.get(src ?? "")
        : place(src);
    if (src !== undefined) addresses.set(src, placed);
    const why = src === undefined ? undefined : unagreed.get(src);
    const isSaid = Object.values(said).some((value) => value !== "");
    // A picture without a file and without words is dropped.
    if (placed === undefined && why === undefined && !isSaid && !(waitsForPictures && src !== undefined))
      continue;
    if (placed === undefined) {
      const flag = why === undefined ? "--image FILE" : "--pictures beside";
      const name = src === undefined ? undefined : nameFor(src);
      // Its place in the text stays, under the name that the file should get.
      if (src !== undefined && name !== undefined) waiting.set(src, name);
      const where = name !== undefined && why === undefined ? `put the file beside this one as ${name}` : why;
      needs.push({ path: `images[${images.length}].src`, flag, ...omitUndefined({ why: where }) });
    }
    images.push({ ...omitUndefined({ src: placed }), ...unmeasured(said, placed) });
  }
  return {
    images,
    body: readdressed(article.body, (kind, address) => {
      if (kind === "image" && addresses.has(address)) return addresses.get(address) ?? waiting.get(address);
      const moved = kind === "link" ? newAddress?.(resolved(address, base)) : undefined;
      if (moved !== undefined || !needsResolving(address)) return moved ?? address;
      return absoluteIn(base, address);
    }),
    files: Array.from(files, ([name, { file, sha256 }]) => ({ name, from: file, sha256 })),
    needs,
    notes,
  };
}

// What browsers put behind a page's name for the folder of its parts, in their languages.
const PARTS = [
  ...[
    "_files",
    "-files",
    ".fld",
    "_Dateien",
    "-Dateien",
    "_fichiers",
    "-fichiers",
    "_archivos",
    "_arquivos",
    "_ficheiros",
  ],
  ...[
    "_file",
    "_bestanden",
    "_pliki",
    "_soubory",
    "_filer",
    "-filer",
    "_tiedostot",
    "_dosyalar",
    "_fajlovi",
    "_elemei",
  ],
];
// Where Ghost keeps what was uploaded; its export names it, and does not hold it.
const GHOST_FOLDERS = ["content/images", "content/media"];

/**
 * The folders beside `file`, a source of this `kind`, that hold its own pictures; not all of them are there.
 */
export function ownFolders(file: string, kind: DetectedSource["kind"]): readonly string[] {
  if (kind === "ghost") return GHOST_FOLDERS;
  if (kind !== "page" && kind !== "text") return [];
  const stem = basename(file, extname(file));
  return PARTS.map((part) => stem + part);
}

/** True for a file in `folder`, also where either is a link. */
function isInside(file: string, folder: string): boolean {
  try {
    return realpathSync.native(file).startsWith(realpathSync.native(folder) + sep);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const absoluteIn = (base: string | undefined, address: string): string | undefined =>
  base !== undefined && URL.canParse(address, base) ? webUrl(new URL(address, base).href) : undefined;

/**
 * Which picture each of the publisher's files is for: first those without a file, then the lead and the
 * others, then new ones.
 */
function ownFiles(
  slots: readonly ImportedImage[],
  given: readonly LocalImage[],
): ReadonlyMap<number, LocalImage> {
  const indexes = [...slots.keys()];
  const order = [
    ...indexes.filter((index) => slots[index]?.src === undefined),
    ...indexes.filter((index) => slots[index]?.src !== undefined),
  ];
  return new Map(given.map((file, count) => [order[count] ?? count, file]));
}

const readdressed = (body: ImportedBody, readdress: Readdress): ImportedBody =>
  body.kind === "text" ? body : { ...body, html: readdressBody(body.html, readdress) };

/** Drops size and type of a picture beside the article: they are read from its bytes. */
function unmeasured(said: ImportedImage, src: string | undefined): ImportedImage {
  if (src === undefined || !isLocalFile(src)) return said;
  const { width: _width, height: _height, type: _type, length: _length, ...words } = said;
  return words;
}
