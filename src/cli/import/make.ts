// An article as its source has it -> everything that is written for it.

import { basename, extname } from "node:path";
import type { Site } from "../../article/site.ts";
import { hexSha256, type LocalImage } from "../../content/local-image.ts";
import { slugOf } from "../../import/slug.ts";
import { type Choices, type ModelFields, toModel } from "../../import/to-model.ts";
import type { Instant } from "../../lib/time.ts";
import { type ArticleText, articleText } from "./article-text.ts";
import { type Fetched, type Placed, placePictures } from "./pictures.ts";
import type { ReadArticle } from "./read-all.ts";
import type { Writable } from "./write.ts";

/** What holds for all articles of an import. */
export interface Making {
  readonly choices: Choices;
  /** The publisher's own files for the pictures. */
  readonly images: readonly LocalImage[];
  readonly site: Site | undefined;
  readonly fetched: Fetched;
  /** Brings pictures that stand beside a source, too. */
  readonly beside: boolean;
  readonly now: Instant;
}

/** An article that can be written, and what is to be told of it. */
export interface Made extends Writable {
  readonly file: ArticleText;
  readonly model: ModelFields;
  readonly placed: Placed;
  /** True for what the source itself doesn't show to readers. */
  readonly heldBack: boolean;
}

/** Makes the file of one article; of one whose text can't be walked, a draft without it. */
export function make(read: ReadArticle, making: Making): Made {
  try {
    return makeWhole(read, making);
  } catch (error) {
    // Trees are walked recursively: what overflows the stack is thousands of elements deep.
    if (!(error instanceof RangeError)) throw error;
    const { article } = read;
    const notes = [...(article.notes ?? []), "the text is nested too deeply, and was left out"];
    const body = { kind: "text", paragraphs: [] } as const;
    return makeWhole({ ...read, article: { ...article, body, notes, draft: true } }, making);
  }
}

function makeWhole({ article, file: source, folders, origin }: ReadArticle, making: Making): Made {
  const model = toModel(article, making.choices, making.site);
  const surroundings = { file: source, folders, beside: making.beside };
  const placed = placePictures(article, surroundings, making.images, making.fetched);
  const heldBack = article.draft ?? false;
  const file = articleText(model, placed, heldBack, making.site, making.now);
  const { id, headline } = model.fields;
  return {
    origin,
    slug: slugFor(article.slug, headline, source, file.text),
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof headline === "string" ? { headline } : {}),
    incomplete: file.needs.length > 0,
    text: file.text,
    fileName: file.name,
    files: placed.files,
    ...(placed.files.length === 0
      ? {}
      : { pictures: Object.fromEntries(placed.files.map(({ name, sha256 }) => [name, sha256])) }),
    ...{ file, model, placed, heldBack },
  };
}

const HASH_CHARACTERS = 8;

/** What the source calls it, its headline, the file's name; else a hash, which at least stays the same. */
function slugFor(slug: string | undefined, headline: unknown, source: string, text: string): string {
  const names = [slug, headline, basename(source, extname(source))];
  const found = names
    .map((name) => (typeof name === "string" ? slugOf(name) : ""))
    .find((name) => name !== "");
  return found ?? `article-${hexSha256(Buffer.from(text)).slice(0, HASH_CHARACTERS)}`;
}
