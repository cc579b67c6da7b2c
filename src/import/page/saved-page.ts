// A saved page as HTML -> its one article. Each field comes from the first of these that has it: JSON-LD,
// microdata, `meta`, the page's own elements, lines of the text.

import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { pictureName, sourceOf } from "../../html/normalize/picture-source.ts";
import { elementsIn, isElement } from "../../html/tree.ts";
import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import { bare, isOpening } from "../bare-words.ts";
import type {
  Imported,
  ImportedArticle,
  ImportedByline,
  ImportedImage,
  Importer,
  Source,
} from "../importer.ts";
import { normalizeTree } from "../normalize-html.ts";
import { slugIn } from "../slug.ts";
import { dayNotes, withAgency } from "../text/take-authors.ts";
import { asDraft } from "../visibility.ts";
import { articleLines, besideText, droppedLines, standfirstLines } from "./beside-text.ts";
import { asksForPassword, type FoundBody, findBody } from "./find-body.ts";
import { isAbout } from "./page-boilerplate.ts";
import { withBio, withoutPublication } from "./page-bylines.ts";
import { explain, factsOf, firstTold, lostLines, type Told, tell } from "./page-facts.ts";
import { bioIn, isStandfirst, takeLines, takenFromBox } from "./page-lines.ts";
import { type Metadata, readMetadata } from "./page-metadata.ts";
import { type Page, readDocument, resolverOf } from "./page-tree.ts";

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

// No article has as many, and normalizing more takes seconds.
const MOST_ELEMENTS = 20_000;

// A page that asks for a password and shows less text than this shows only a teaser.
const LONGEST_TEASER_CHARACTERS = 400;

function read(source: Source, document: Page): Imported {
  const meta = readMetadata(document);
  const { url, articleBody = "" } = factsOf(meta.told);
  const page = { ...document, ...omitUndefined({ url }) };
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
  const { tree, images, notes: leftOut } = normalizeTree(structuredClone(found.tree), resolverOf(page));
  const boxes = found.dropped.filter(isAbout);
  const { told: known, hasStandfirst } = withShownDek(meta, standfirstLines(page, meta, boxes));
  const lines = takeLines(tree, factsOf(known), hasStandfirst);
  const beside = besideText(page, meta.heading, found);
  const header = [...articleLines(beside.above), ...boxes.flatMap(droppedLines)];
  const others = [beside.within, beside.below].flatMap(articleLines);
  const outside = [...header, ...found.dropped.flatMap(droppedLines), ...others];
  const toldAbove = header.map((line) => takenFromBox(line, factsOf(meta.told)).told ?? {});
  const above = withoutPublication(
    toldAbove.flatMap(({ bylines }) => bylines?.value ?? []),
    factsOf(meta.told).siteNames ?? [],
  );
  const named = namedBy(known, [...above, ...lines.opening], [...above, ...lines.bylines]);
  const all = firstTold([named.told, tell({ bylines: [above, BYLINE] }), ...toldAbove, lines.told]);
  const unsigned = withBio(
    page,
    withoutStart(all, [lines.allWords, lines.words]),
    (facts) => lines.bio ?? bioIn(outside, facts),
  );
  const signed = withAgency(unsigned.bylines?.value ?? [], lines.dateline?.agency);
  const told = { ...unsigned, ...tell({ bylines: [signed.bylines, unsigned.bylines?.why ?? ""] }) };
  const shown = withCaptioned(page, withLead(page, meta.leads, images), beside.above);
  const facts = { ...factsOf(told), images: shown };
  const taken = [...outside.map((line) => takenFromBox(line, facts)), ...lines.taken];
  const notes = [
    ...[...meta.notes, ...leftOut, ...named.notes, ...signed.notes, ...dayNotes(lines.dateline?.day)],
    ...lostLines(taken, facts, lines.words),
  ];
  const base = page.base ?? page.url;
  const body = { kind: "html", html: toHtml(tree).trim(), ...omitUndefined({ base }) } as const;
  const explained = [...found.explained, ...lines.explained];
  return written(source, { ...meta, notes }, told, { body, images: shown }, explained);
}

/** The metadata with the standfirst that the page shows, where no class says which line it is. */
function withShownDek(
  { told, hasStandfirst, area }: Metadata,
  lines: readonly string[],
): Pick<Metadata, "told" | "hasStandfirst"> {
  if (hasStandfirst) return { told, hasStandfirst };
  const dek = lines.find((line) => area.has(line) && isStandfirst(line, factsOf(told)));
  return {
    told: { ...told, ...tell({ dek: [dek, "a sentence between the headline and the text"] }) },
    hasStandfirst: dek !== undefined,
  };
}

const BYLINE = "the line above the text";

/**
 * The metadata with everybody whom the text's own lines name, those of its `opening` among them. Where they have
 * no name in common, the line above the text is believed: it is what readers saw, and metadata often names the
 * paper or whoever uploaded the text.
 */
function namedBy(
  told: Told,
  opening: readonly ImportedByline[],
  bylines: readonly ImportedByline[],
): { readonly told: Told; readonly notes: readonly string[] } {
  const { value: known = [], why = BYLINE } = told.bylines ?? {};
  if (known.length === 0 || bylines.length === 0) return { told, notes: [] };
  // The same name, or a longer one: with a paper's that has no space before it.
  const isOne = (name: string, start: string): boolean => bare(name).startsWith(bare(start));
  const isNamed = ({ name }: ImportedByline, list: readonly ImportedByline[]) =>
    list.some((one) => isOne(one.name, name) || isOne(name, one.name));
  const isOther = opening.length > 0 && !known.some((one) => isNamed(one, bylines));
  const kept = isOther ? [] : known;
  const value = [...kept, ...bylines.filter((one) => !isNamed(one, kept))];
  const names = known.map(({ name }) => name).join(", ");
  return {
    told: { ...told, ...tell({ bylines: [value, isOther ? BYLINE : why] }) },
    notes: isOther ? [`the page's metadata names somebody else as the author: ${names}`] : [],
  };
}

function fromWords(source: Source, meta: Metadata, paragraphs: readonly string[]): Imported {
  const told = withoutStart(meta.told, [paragraphs.join(" ")]);
  const body = { kind: "text", paragraphs } as const;
  const why = "schema.org articleBody, as the page holds no text that could be found";
  return written(source, meta, told, { body, images: meta.leads.slice(0, 1) }, [
    { text: paragraphs[0] ?? "", as: "body", why },
  ]);
}

/** Drops a dek that repeats the headline or the start of the text. */
function withoutStart(told: Told, starts: readonly string[]): Told {
  const { dek, ...others } = told;
  if (!dek) return told;
  const words = bare(dek.value);
  const repeats =
    bare(told.headline?.value ?? "").startsWith(words) || starts.some((start) => isOpening(words, start));
  return repeats ? others : told;
}

// Medium exports drafts and stories into one folder; drafts have this file name.
const MEDIUM_DRAFT = /^draft_.*\.html$/;

function written(
  source: Source,
  { notes, heldBack }: Metadata,
  told: Told,
  { body, images = [] }: Pick<ImportedArticle, "body" | "images">,
  explained: Imported["explained"],
): Imported {
  const {
    siteNames: _names,
    articleBody: _body,
    keywords: _words,
    images: _images,
    ...facts
  } = factsOf(told);
  const article: ImportedArticle = {
    item: facts.url ?? facts.headline ?? source.name,
    ...omitUndefined({ slug: slugIn(facts.url) }),
    ...facts,
    ...omitUndefined({ images: someOf(images) }),
    body,
    ...omitUndefined({ notes: someOf(notes) }),
  };
  const why = heldBack?.why ?? (MEDIUM_DRAFT.test(source.name) ? "it is a draft in Medium" : undefined);
  return {
    articles: [why === undefined ? article : asDraft(article, why)],
    problems: [],
    explained: [...explain(told), ...explained],
  };
}

// Pictures: the one that the metadata names leads, with the words that the page shows for it.

const isPicture = ({ src: one }: ImportedImage, { src: other }: ImportedImage): boolean =>
  one !== undefined && other !== undefined && pictureName(one) === pictureName(other);

const wordsOf = ({ src: _src, width: _width, height: _height, ...words }: ImportedImage) => words;

/**
 * Puts the lead before the pictures that the body shows. `candidates` are what the metadata names: often one
 * picture cut in several ways, so the one that the page shows is taken, else the first. What readers saw wins
 * over what search engines were told; the width and height there are another file's.
 */
function withLead(
  page: Page,
  candidates: readonly ImportedImage[],
  shown: readonly ImportedImage[],
): readonly ImportedImage[] {
  for (const candidate of candidates) {
    const same = shown.find((image) => isPicture(candidate, image));
    if (same) return [{ ...wordsOf(candidate), ...same }, ...shown.filter((image) => image !== same)];
  }
  for (const candidate of candidates) {
    const beside = besideBody(page, candidate);
    if (beside?.src === undefined) continue;
    // A file that was saved with the page is at hand; of two on the web the metadata names the larger one.
    const { src, width, height } = URL.canParse(beside.src) ? candidate : { src: beside.src };
    const facts = omitUndefined({ src, width, height });
    return [{ ...wordsOf(candidate), ...facts, ...wordsOf(beside) }, ...shown];
  }
  return [...candidates.slice(0, 1), ...shown];
}

/** The picture where the page shows it above its text, with its caption. */
function besideBody(page: Page, candidate: ImportedImage): ImportedImage | undefined {
  const image = page.elements.find((e) => {
    const src = isElement(e, "img", "amp-img") ? sourceOf(e)?.address : undefined;
    return src !== undefined && isPicture(candidate, { src });
  });
  if (!image) return undefined;
  const figure = page.elements.find((e) => e.tagName === "figure" && [...elementsIn(e)].includes(image));
  const tree: Root = { type: "root", children: [structuredClone(figure ?? image)] };
  return normalizeTree(tree, resolverOf(page)).images.find((each) => isPicture(candidate, each));
}

/** The pictures with what is said of them between headline and text, and behind the lead those that only stand there. */
function withCaptioned(page: Page, images: readonly ImportedImage[], above: Root): readonly ImportedImage[] {
  const others = normalizeTree(structuredClone(above), resolverOf(page)).images.filter(
    ({ src, caption }) => src !== undefined && caption !== undefined,
  );
  const [first = [], ...rest] = images.map((image) => {
    const { caption, credit, copyright } = others.find((other) => isPicture(other, image)) ?? {};
    return [{ ...omitUndefined({ caption, credit, copyright }), ...image }];
  });
  const isNew = (other: ImportedImage) => !images.some((image) => isPicture(image, other));
  return [...first, ...others.filter(isNew), ...rest.flat()];
}
