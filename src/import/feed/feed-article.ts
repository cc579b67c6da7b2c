// What an item of a feed says -> the article: which of its texts is the body and which the dek, where our own
// parts come off, and whose names stand on it.

import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import { isOpening } from "../bare-words.ts";
import { readDate } from "../dates.ts";
import type { ImportedArticle, ImportedBody, ImportedImage, SourceDate } from "../importer.ts";
import { type NormalizedHtml, normalizeHtml, textOfHtml } from "../normalize-html.ts";
import { slugIn } from "../slug.ts";
import { bareName, isNobody, splitNames } from "../text/read-byline.ts";
import {
  asText,
  type FeedHead,
  type FeedItem,
  isHtml,
  resolved,
  type Words,
  type Written,
} from "./feed-item.ts";
import { takeWireroomParts, type WireroomParts } from "./wireroom/wireroom-body.ts";
import { wireroomBylines } from "./wireroom/wireroom-credits.ts";

/** What became of an item. */
export interface ItemResult {
  /** Missing where it holds no article. */
  readonly article?: ImportedArticle;
  /** What is wrong, each a sentence about the item. */
  readonly problems: readonly string[];
  /** Where its main parts came from. */
  readonly why: string;
}

const DEK_CHARACTERS = 1000;
const CUT_OFF = ["…", "...", "[…]", "[...]"];
// Our feeds join copyright and terms this way (formats/rss.ts).
const TERMS_MARK = " — ";

/** An item without a text that is only empty markup: then its summary is the text. */
function withoutEmptyText(item: FeedItem): FeedItem {
  const { content, ...others } = item;
  const isEmpty =
    content &&
    isHtml(content) &&
    asText(content) === "" &&
    !/<(?:img|iframe|video|audio|object|embed|svg|picture)\b/i.test(content.value);
  return isEmpty ? others : item;
}

/** Makes an article of an item; `name` is what it is called where it says nothing that could name it. */
export function articleOf(given: FeedItem, name: string, head: FeedHead): ItemResult {
  const item = uncredited(withoutEmptyText(given));
  const { exact = {}, link } = item;
  const language = item.language ?? head.language;
  const lead = exact.images?.[0]?.src ?? item.images[0]?.src;
  const parts =
    item.content && isHtml(item.content)
      ? takeWireroomParts(item.content.value, language ?? "en", lead, head.words)
      : undefined;
  if (parts?.withdrawn) {
    return { problems: ["is a notice that an article was withdrawn: left out"], why: "a notice" };
  }
  const own = head.own || parts !== undefined;
  const headline = item.title && (asText(own ? plainly(item.title) : item.title) || undefined);
  if (!headline && !item.content && !item.summary && !link) {
    return { problems: ["has no title, no text and no link"], why: "nothing to read" };
  }
  const body = bodyOf(item, parts, head);
  const dek = own ? parts?.dek : dekOf(item, body);
  const bylines = exact.bylines ?? bylinesOf(item, parts, own, language, head);
  const published = item.published && readDate(item.published.value);
  const updated = updatedOf(item, parts);
  const images = exact.images ?? imagesOf(item, body.images, own ? undefined : headline);
  const corrections = exact.corrections ?? parts?.corrections;
  const rights = exact.rights ?? (own ? withTerms(item.rights) : item.rights);
  const sections = item.exact
    ? exact.sections
    : distinct(item.categories.map((name) => (own ? text(name) : (textOfHtml(name) ?? ""))));
  const article: ImportedArticle = omitUndefined({
    item: item.id ?? link ?? headline ?? name,
    slug: slugIn(link),
    id: item.id,
    headline,
    shortHeadline: exact.shortHeadline,
    dek: dek !== undefined && dek.length > DEK_CHARACTERS ? undefined : dek,
    sections: someOf(sections),
    tags: someOf(exact.tags),
    language: parts?.language ?? language,
    bylines: someOf(bylines),
    dateline: exact.dateline ?? parts?.dateline,
    published,
    updated,
    images: someOf(images),
    corrections: someOf(corrections),
    rights,
    sponsored: exact.sponsored ?? (parts?.sponsored || undefined),
    url: link,
    draft: body.problem === undefined ? undefined : true,
    body: body.body,
    notes: someOf([...item.notes, ...body.notes, ...dekNotes(dek)]),
  });
  return {
    article,
    problems: [
      ...(body.problem === undefined ? [] : [`the text ${body.problem}: left out`]),
      ...dateProblem(item.published, published),
      ...dateProblem(item.updated, updated),
    ],
    why: [
      `id: ${item.idFrom ?? "none"}`,
      `text: ${item.content?.from ?? item.summary?.from ?? "none"}`,
      `authors: ${exact.bylines ? "_wireroom" : (item.peopleFrom ?? "none")}`,
      ...(parts ? ["our own parts were taken off the text"] : []),
    ].join("; "),
  };
}

/** The item without the paragraph that WordPress adds to the end of its texts. */
function uncredited(item: FeedItem): FeedItem {
  const about = omitUndefined({ link: item.link, title: item.title && asText(item.title) });
  const without = (words: Words): Words =>
    isHtml(words) ? { ...words, value: withoutCredit(words.value, about) } : words;
  return {
    ...item,
    ...(item.content && { content: without(item.content) }),
    ...(item.summary && { summary: without(item.summary) }),
  };
}

// The RSS that we write has text for titles, never HTML.
const plainly = (words: Words): Words => (words.kind === "either" ? { ...words, kind: "text" } : words);

interface FoundBody {
  readonly body: ImportedBody;
  readonly images: readonly ImportedImage[];
  readonly notes: readonly string[];
  readonly problem?: string;
}

function bodyOf({ content, summary }: FeedItem, parts: WireroomParts | undefined, head: FeedHead): FoundBody {
  const words = content ?? summary;
  const notes = [
    ...(words ? [] : ["the feed has no text for it"]),
    ...(parts?.excerpt ? ["the feed carries an excerpt: the text itself is not in it"] : []),
    ...(!content && summary && isCutOff(asText(summary))
      ? ["the feed carries only the start of the text"]
      : []),
  ];
  if (!words || !isHtml(words))
    return { body: { kind: "text", paragraphs: paragraphsOf(words?.value ?? "") }, images: [], notes };
  const source = parts?.html ?? words.value;
  // HTML in a Wireroom's feed was normalized when it was published.
  const normalized: NormalizedHtml =
    head.own && content ? { html: source, images: [] } : normalizeHtml(source, words.base);
  const { html, images, problem } = normalized;
  const ours = (parts?.images ?? []).map(({ src = "", ...image }) => ({
    src: resolved(src, words.base),
    ...image,
  }));
  return {
    body: { kind: "html", html, ...omitUndefined({ base: words.base }) },
    images: [...ours, ...images],
    notes: [...notes, ...(normalized.notes ?? [])],
    ...omitUndefined({ problem }),
  };
}

const paragraphsOf = (plain: string): readonly string[] =>
  plain
    .split(/\r\n?|\n/)
    .map((line) => text(line))
    .filter((line) => line !== "");

/** The summary, unless it is the only text, or just the start of the text. */
function dekOf({ content, summary }: FeedItem, { body }: FoundBody): string | undefined {
  if (!content || !summary) return undefined;
  const dek = asText(summary);
  const whole = body.kind === "html" ? (textOfHtml(body.html) ?? "") : body.paragraphs.join(" ");
  const start = CUT_OFF.reduce(
    (cut, mark) => (cut.endsWith(mark) ? cut.slice(0, -mark.length) : cut),
    dek,
  ).trim();
  return start === "" || isOpening(start, whole) ? undefined : dek;
}

const isCutOff = (words: string): boolean => CUT_OFF.some((mark) => words.endsWith(mark));

const dekNotes = (dek: string | undefined): readonly string[] => {
  if (dek === undefined) return [];
  if (dek.length > DEK_CHARACTERS) return [`dek was left out: it has ${dek.length} characters`];
  return isCutOff(dek) ? ["the dek is cut off in the feed"] : [];
};

function bylinesOf(
  item: FeedItem,
  parts: WireroomParts | undefined,
  own: boolean,
  language: string | undefined,
  head: FeedHead,
): ImportedArticle["bylines"] {
  if (own) return wireroomBylines(item, parts, parts?.language ?? language ?? "en", head);
  return item.people.flatMap((person) => {
    const name = bareName(person.name);
    if (isNobody(name)) return [];
    return person.name === item.joined
      ? splitNames(name).map((one) => ({ ...person, ...one }))
      : [{ ...person, name }];
  });
}

/** Atom asks for a date of the last change even where there was none: then it is that of publication. */
function updatedOf(
  { published, updated }: FeedItem,
  parts: WireroomParts | undefined,
): SourceDate | undefined {
  if (!updated) return undefined;
  const date = readDate(updated.value);
  const same = published && readDate(published.value).value === date.value;
  return same && !parts?.updated ? undefined : date;
}

const dateProblem = (written: Written | undefined, date: SourceDate | undefined): readonly string[] =>
  written && date?.kind === "unclear"
    ? [`${written.from} is not a date that can be read: ${JSON.stringify(written.value)}`]
    : [];

/** Pictures that the item names, then those that only its text shows; each with all that is said of it. */
function imagesOf(
  { images }: FeedItem,
  shown: readonly ImportedImage[],
  headline: string | undefined,
): readonly ImportedImage[] {
  const bySource = new Map(images.map((image) => [image.src, withoutHeadline(image, headline)]));
  for (const image of shown) bySource.set(image.src, { ...image, ...bySource.get(image.src) });
  return [...bySource.values()];
}

// Many systems write the article's title where the picture's belongs.
function withoutHeadline({ alt, ...image }: ImportedImage, headline: string | undefined): ImportedImage {
  return alt === undefined || text(alt) === headline ? image : { ...image, alt };
}

function withTerms(rights: ImportedArticle["rights"]): ImportedArticle["rights"] {
  const [copyright, ...terms] = rights?.copyright?.split(TERMS_MARK) ?? [];
  return copyright === undefined || terms.length === 0
    ? rights
    : { ...rights, copyright, terms: terms.join(TERMS_MARK) };
}

const distinct = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name) => name !== "")),
];

// The last paragraph that WordPress adds to each item of a feed: "The post … appeared first on …", in the
// site's language. Its links tell: one to the post, one to the site.

/** HTML without it. `link` is the item's page, `title` its title as text. */
function withoutCredit(
  html: string,
  { link, title }: { readonly link?: string; readonly title?: string },
): string {
  const start = html.lastIndexOf("<p");
  if (start === -1 || html.length - start > LONGEST_CREDIT_CHARACTERS) return html;
  const parts = CREDIT.exec(html.slice(start));
  if (!parts) return html;
  const [, before = "", post = "", name = "", between = "", site = "", after = ""] = parts;
  const said = (before + between + after).trim();
  if (said === "" || said.length > LONGEST_CREDIT_WORDS) return html;
  const isPost = isSame(post, link) || (title !== undefined && name.trim() === title);
  return isPost && isHomeOf(site, link ?? post) ? html.slice(0, start).trimEnd() : html;
}

const LONGEST_CREDIT_CHARACTERS = 3000;
const LONGEST_CREDIT_WORDS = 80;
const LINK = String.raw`<a\s[^<>]*?href=["']([^"'<>]*)["'][^<>]*>`;
const CREDIT = new RegExp(
  String.raw`^<p(?:\s[^<>]*)?>([^<]*)${LINK}([^<]*)</a>([^<]*)${LINK}[^<]*</a>([^<]*)(?:</p>)?\s*$`,
  "i",
);

const urlIn = (address: string | undefined): URL | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
const hostOf = ({ host }: URL): string => host.replace(/^www\./, "");
const pathOf = ({ pathname }: URL): string => pathname.replace(/\/+$/, "");

function isSame(one: string, other: string | undefined): boolean {
  const [a, b] = [urlIn(one), urlIn(other)];
  return a !== undefined && b !== undefined && hostOf(a) === hostOf(b) && pathOf(a) === pathOf(b);
}

function isHomeOf(site: string, page: string): boolean {
  const [home, of] = [urlIn(site), urlIn(page)];
  if (!home || !of || hostOf(home) !== hostOf(of)) return false;
  return pathOf(home) !== pathOf(of) && `${pathOf(of)}/`.startsWith(`${pathOf(home)}/`);
}
