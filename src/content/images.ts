// What an article points to. Its pictures: those that the front matter lists, then those that only the body
// shows, each once. Its relative addresses: a picture beside the file, or another article's folder.

import { posix } from "node:path";
import type { ArticleInput } from "../article/article.ts";
import { articlePath } from "../article/resolve.ts";
import { percentDecoded } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { text } from "../lib/text.ts";
import type { ArticleFolder } from "./folder.ts";
import { type ArticleText, isLocalFile, type ValidFields } from "./front-matter.ts";
import { type LocalImage, localImage, type Reading } from "./local-image.ts";
import type { Body, Reference } from "./references.ts";

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
