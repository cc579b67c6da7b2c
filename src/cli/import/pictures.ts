// An imported article's pictures: copied beside it from this machine, or left where they are on the web.

import { basename, dirname, extname } from "node:path";
import { type Readdress, readdressBody } from "../../import/addresses.ts";
import type { Need } from "../../import/finish.ts";
import type { ImportedArticle, ImportedBody, ImportedImage } from "../../import/imported.ts";
import { slugOf } from "../../import/slug.ts";
import { isLocalFile } from "../../ingest/front-matter.ts";
import { webUrl } from "../../model/address.ts";
import type { ImageFacts } from "../../model/image.ts";
import { IMAGE_TYPES } from "../../model/image.ts";
import type { Result } from "../../model/problem.ts";
import { hexSha256, type LocalImage, localImage } from "../local-image.ts";

/** A picture that is written beside the article. */
export interface PictureFile {
  readonly name: string;
  /** Where its bytes are: a file on this machine, or themselves. */
  readonly from: string | Uint8Array;
}

/** An article's pictures and body as they stand in its folder. */
export interface Placed {
  readonly images: readonly ImportedImage[];
  readonly body: ImportedBody;
  readonly files: readonly PictureFile[];
  readonly needs: readonly Need[];
  readonly notes: readonly string[];
}

/** Pictures of the web that were fetched, by their address. */
export type Fetched = ReadonlyMap<string, Result<{ readonly bytes: Uint8Array; readonly facts: ImageFacts }>>;

/** Places the pictures of an article that was read from `sourceFile`. `given` are the publisher's own files for them, in order. */
export async function placePictures(
  article: ImportedArticle,
  sourceFile: string,
  given: readonly LocalImage[],
  fetched: Fetched,
): Promise<Placed> {
  const needs: Need[] = [];
  const notes: string[] = [];
  const files = new Map<string, { readonly sha256: string; readonly from: PictureFile["from"] }>();
  const addresses = new Map<string, string | undefined>();
  const base = article.body.kind === "html" ? article.body.base : undefined;

  const keep = (wanted: string, sha256: string, type: ImageFacts["type"], from: PictureFile["from"]) => {
    const stem = slugOf(basename(wanted, extname(wanted))) || "picture";
    const names = [`${stem}.${IMAGE_TYPES[type]}`, `${stem}-${sha256.slice(0, 8)}.${IMAGE_TYPES[type]}`];
    const name =
      names.find((one) => (files.get(one)?.sha256 ?? sha256) === sha256) ?? `${sha256}.${IMAGE_TYPES[type]}`;
    files.set(name, { sha256, from });
    return name;
  };
  const place = async (src: string): Promise<string | undefined> => {
    if (!isLocalFile(src)) {
      const picture = fetched.get(src);
      if (picture?.ok) {
        const { bytes, facts } = picture.value;
        return keep(new URL(src).pathname, hexSha256(bytes), facts.type, bytes);
      }
      if (picture) notes.push(`${src} stays where it is: ${picture.problems[0]?.message}`);
      return webUrl(src);
    }
    const name = decodeName(src);
    const local = localImage(dirname(sourceFile), name, "all");
    if (local.ok) return keep(name, local.value.sha256, local.value.facts.type, local.value.file);
    const elsewhere =
      base !== undefined && URL.canParse(src, base) ? webUrl(new URL(src, base).href) : undefined;
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
      ? keep(file.file, file.sha256, file.facts.type, file.file)
      : src === undefined || addresses.has(src)
        ? addresses.get(src ?? "")
        : await place(src);
    if (src !== undefined) addresses.set(src, placed);
    if (placed === undefined) needs.push({ path: `images[${index}].src`, flag: "--image FILE" });
    images.push({ ...(placed === undefined ? {} : { src: placed }), ...unmeasured(said, placed) });
  }
  return {
    images,
    body: readdressed(article.body, (kind, address) => {
      if (kind === "image" && addresses.has(address)) return addresses.get(address);
      if (!isLocalFile(address)) return address;
      return base !== undefined && URL.canParse(address, base)
        ? webUrl(new URL(address, base).href)
        : undefined;
    }),
    files: Array.from(files, ([name, { from }]) => ({ name, from })),
    needs,
    notes,
  };
}

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

function decodeName(src: string): string {
  const [path = ""] = src.split(/[?#]/);
  try {
    return decodeURIComponent(path);
  } catch {
    // URIError is how a broken percent sign is told; such a name can still be a file's.
    return path;
  }
}
