// An article's pictures: those that its front matter lists, then those that only its body shows; each once.

import type { ArticleInput } from "../article/article.ts";
import type { Problem } from "../lib/problem.ts";
import { text } from "../lib/text.ts";
import { type Destination, resolveReference } from "./body-references.ts";
import type { ArticleFolder } from "./folder.ts";
import { type ArticleText, isLocalFile, type SoundPart } from "./front-matter.ts";
import { type LocalImage, localImage, type Reading } from "./local-image.ts";
import type { Body, Reference } from "./references.ts";

/** One of an article's images, and where in the file it was named. */
export interface PlacedImage {
  readonly image: ArticleInput["images"][number];
  /** The line of one of its fields, `.alt` say. */
  readonly line: (field: string) => number;
}

/** A picture on this machine, and where in the file it was named first. */
export interface UsedPicture extends LocalImage {
  readonly place: Pick<Problem, "path" | "line">;
}

/** Everything that an article's body and front matter point to. */
export interface ArticleImages {
  readonly placed: readonly PlacedImage[];
  readonly targets: ReadonlyMap<Reference, Destination>;
  /** Pictures on this machine, each once. */
  readonly pictures: readonly UsedPicture[];
  readonly problems: readonly Problem[];
}

/** Reads and measures every picture, and finds what every reference means. */
export function collectImages(
  folder: ArticleFolder,
  file: ArticleText & { readonly fields: Pick<SoundPart, "images"> },
  body: Body,
  slugs: ReadonlySet<string>,
  reading: Reading,
): ArticleImages {
  const problems: Problem[] = [];
  const pictures = new Map<string, UsedPicture>();
  const placed = new Map<string, PlacedImage>();
  const keep = (image: LocalImage, place: UsedPicture["place"]) =>
    pictures.set(image.sha256, pictures.get(image.sha256) ?? { ...image, place });
  // The same bytes under two names are one picture; the first says what it shows.
  const place = (image: PlacedImage) => placed.set(image.image.src, placed.get(image.image.src) ?? image);

  for (const [index, listed] of file.fields.images.entries()) {
    if (!listed) continue;
    const line = (field: string) => file.lineOf(`images[${index}]${field}`);
    if (!isLocalFile(listed.src)) {
      place({ image: withSrc(listed, listed.src), line });
      continue;
    }
    const local = localImage(folder.dir, listed.src, reading);
    const named = { path: `images[${index}].src`, line: line(".src") };
    if (local.ok) {
      keep(local.value, named);
      place({ image: withSrc(listed, local.value.address), line });
    } else {
      problems.push(...local.problems.map((problem) => ({ ...problem, ...named })));
    }
  }

  const targets = new Map<Reference, Destination>();
  for (const reference of body.references) {
    const target = resolveReference(reference, folder, slugs, reading);
    if (!target.ok) {
      problems.push(...target.problems);
      continue;
    }
    targets.set(reference, target.value);
    if (target.value.image) keep(target.value.image, { path: "body", line: reference.line });
    // index.html is taken as it is: a picture that its front matter doesn't list isn't one of the article's images.
    const shown = reference.kind === "image" && folder.file.endsWith(".md");
    if (shown) place({ image: fromBody(reference, target.value.address), line: () => reference.line });
  }
  return { placed: [...placed.values()], targets, pictures: [...pictures.values()], problems };
}

/** What stands in the place of a reference. */
export const addressIn =
  (targets: ArticleImages["targets"]) =>
  (reference: Reference): string =>
    targets.get(reference)?.address ?? reference.address;

// Front matter that isn't sound gives no more than `src`; its article goes no further than this check.
const withSrc = (listed: { readonly src: string }, src: string): PlacedImage["image"] => ({
  alt: text(""),
  syndicate: true,
  ...listed,
  src,
});

const fromBody = ({ alt, title }: Reference, src: string): PlacedImage["image"] => ({
  src,
  alt: text(alt),
  ...(title === undefined ? {} : { caption: text(title) }),
  syndicate: true,
});
