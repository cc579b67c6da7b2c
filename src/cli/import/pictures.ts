// An imported article's pictures: copied beside it from this machine, or left where they are on the web.

import { basename, dirname, extname } from "node:path";
import { type Readdress, readdressBody } from "../../import/addresses.ts";
import type { Need } from "../../import/finish.ts";
import type { ImportedArticle, ImportedBody, ImportedImage } from "../../import/imported.ts";
import { slugOf } from "../../import/slug.ts";
import { isLocalFile } from "../../ingest/front-matter.ts";
import { needsPlace } from "../../ingest/references.ts";
import { percentDecoded, webUrl } from "../../model/address.ts";
import { IMAGE_TYPES } from "../../model/image.ts";
import type { Result } from "../../model/problem.ts";
import { type LocalImage, localImage } from "../local-image.ts";

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

/** Places the pictures of an article that was read from `sourceFile`. `given` are the publisher's own files for them, in order. */
export function placePictures(
  article: ImportedArticle,
  sourceFile: string,
  given: readonly LocalImage[],
  fetched: Fetched,
): Placed {
  const needs: Need[] = [];
  const notes: string[] = [];
  const files = new Map<string, LocalImage>();
  const addresses = new Map<string, string | undefined>();
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
  const place = (src: string): string | undefined => {
    if (!isLocalFile(src)) {
      const picture = fetched.get(src);
      if (picture?.ok) return keep(new URL(src).pathname, picture.value);
      if (picture) notes.push(`a picture stays where it is: ${picture.problems[0]?.message}`);
      return webUrl(src);
    }
    // A name with a stray `%` can still be a file's.
    const [written = ""] = src.split(/[?#]/, 1);
    const name = percentDecoded(written) ?? written;
    const local = localImage(dirname(sourceFile), name, "all");
    if (local.ok) return keep(name, local.value);
    const elsewhere = absoluteIn(base, src);
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
    // Of a picture without its file and without a word nothing is left.
    if (placed === undefined && !Object.values(said).some((value) => value !== "")) continue;
    if (placed === undefined) needs.push({ path: `images[${images.length}].src`, flag: "--image FILE" });
    images.push({ ...(placed === undefined ? {} : { src: placed }), ...unmeasured(said, placed) });
  }
  return {
    images,
    body: readdressed(article.body, (kind, address) => {
      if (kind === "image" && addresses.has(address)) return addresses.get(address);
      if (!needsPlace(address)) return address;
      return absoluteIn(base, address);
    }),
    files: Array.from(files, ([name, { file, sha256 }]) => ({ name, from: file, sha256 })),
    needs,
    notes,
  };
}

const absoluteIn = (base: string | undefined, address: string): string | undefined =>
  base !== undefined && URL.canParse(address, base) ? webUrl(new URL(address, base).href) : undefined;

/** Which picture each of the publisher's files is for: first those without a file, then the lead and the others, then new ones. */
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

/** Of a picture beside the article nothing may be typed that its bytes say. */
function unmeasured(said: ImportedImage, src: string | undefined): ImportedImage {
  if (src === undefined || !isLocalFile(src)) return said;
  const { width: _width, height: _height, type: _type, length: _length, ...words } = said;
  return words;
}
