// A saved page as HTML -> its one article. Each field comes from the first of these that has it: JSON-LD, microdata, `meta`,
// the page's own elements, lines of the text.

import { text } from "../../model/text.ts";
import type { Imported, ImportedArticle, Importer, Source } from "../imported.ts";
import { slugIn } from "../slug.ts";
import { tidyHtml } from "../tidy.ts";
import { withBio } from "./bio.ts";
import { asksForPassword, type FoundBody, findBody } from "./body.ts";
import { type Page, readDocument, resolverOf } from "./document.ts";
import { explain, factsOf, firstTold, type Told } from "./facts.ts";
import { withLead } from "./lead.ts";
import { readLines } from "./lines.ts";
import { type Metadata, readMetadata } from "./metadata.ts";

/** Reads a saved page as HTML. Without an article on it, the problem says what to do. */
export const readPage: Importer = (source) => {
  try {
    return read(source, readDocument(source.content));
  } catch (error) {
    // The tree is walked recursively: what overflows the stack is thousands of elements deep, and no article.
    if (error instanceof RangeError) return nothing(TOO_LARGE);
    throw error;
  }
};

const TOO_LARGE =
  "is too long or too deeply nested to be read: save the article's text as a .txt file instead";
const SIGN_IN = "asks to sign in, and holds no article: sign in, and save the page again";
const NO_ARTICLE =
  "holds no article that could be found: save the article's own page, or its text as a .txt file";

const nothing = (message: string): Imported => ({
  articles: [],
  problems: [{ path: "", message }],
  explained: [],
});

// No article has as many; tidying more takes seconds.
const MOST_ELEMENTS = 20_000;

// What a page that asks for a password shows of an article at most, where it shows no more than its start.
const LONGEST_TEASER_CHARACTERS = 400;

function read(source: Source, document: Page): Imported {
  const meta = readMetadata(document);
  const { url, articleBody = "" } = factsOf(meta.told);
  const page = { ...document, ...(url === undefined ? {} : { url }) };
  const found = findBody(page, meta.declared);
  const isWall = asksForPassword(page) && (found?.length ?? 0) < LONGEST_TEASER_CHARACTERS;
  if (found && !isWall) return fromHtml(source, page, meta, found);
  const paragraphs = articleBody
    .split("\n")
    .map(text)
    .filter((line) => line !== "");
  if (paragraphs.length > 0) return fromWords(source, meta, paragraphs);
  return nothing(isWall ? SIGN_IN : NO_ARTICLE);
}

function fromHtml(source: Source, page: Page, meta: Metadata, found: FoundBody): Imported {
  if (found.elements > MOST_ELEMENTS) return nothing(TOO_LARGE);
  const { html, images, problem } = tidyHtml(found.html, resolverOf(page));
  if (problem !== undefined) return nothing(TOO_LARGE);
  const lines = readLines(html, factsOf(meta.told), meta.hasStandfirst);
  const told = withBio(
    page,
    withoutStart(firstTold([meta.told, lines.told]), [lines.allWords, lines.words]),
    lines.bio,
  );
  const shown = withLead(page, meta.leads, images);
  const base = page.base ?? page.url;
  const body = { kind: "html", html: lines.html, ...(base === undefined ? {} : { base }) } as const;
  return written(source, meta, told, { body, images: shown }, [...found.explained, ...lines.explained]);
}

function fromWords(source: Source, meta: Metadata, paragraphs: readonly string[]): Imported {
  const told = withoutStart(meta.told, [paragraphs.join(" ")]);
  const body = { kind: "text", paragraphs } as const;
  const why = "schema.org articleBody, as the page holds no text that could be found";
  return written(source, meta, told, { body, images: meta.leads.slice(0, 1) }, [
    { text: paragraphs[0] ?? "", as: "body", why },
  ]);
}

/** Without a dek that is the start of the text, or the headline: then the page has none. */
function withoutStart(told: Told, starts: readonly string[]): Told {
  const { dek, ...others } = told;
  if (!dek) return told;
  const words = bare(dek.value);
  const repeats =
    words === bare(told.headline?.value ?? "") || starts.some((start) => bare(start).startsWith(words));
  return repeats ? others : told;
}

/** Letters and digits alone: descriptions are cut short, and quotation marks differ. */
const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

function written(
  source: Source,
  { notes }: Metadata,
  told: Told,
  { body, images }: Pick<ImportedArticle, "body" | "images">,
  explained: Imported["explained"],
): Imported {
  const {
    siteNames: _siteNames,
    articleBody: _articleBody,
    keywords: _keywords,
    images: _images,
    ...facts
  } = factsOf(told);
  const slug = slugIn(facts.url);
  const article: ImportedArticle = {
    item: facts.url ?? facts.headline ?? source.name,
    ...(slug === undefined ? {} : { slug }),
    ...facts,
    ...(images && images.length > 0 ? { images } : {}),
    body,
    ...(notes.length > 0 ? { notes } : {}),
  };
  return { articles: [article], problems: [], explained: [...explain(told), ...explained] };
}
