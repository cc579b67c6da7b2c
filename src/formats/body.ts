// The body of an entry, from top to bottom: dek, lead figure, text with dateline, the other figures,
// corrections, and a tail of credits, bios and the time of the last update. So readers that show the body
// alone still show every name, caption and date. Each part that we add has a class `wr-…`, by which an
// importer can take it off.

import type { Root } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { toHtml } from "hast-util-to-html";
import { parseFragment } from "parse5";
import type { Article } from "../article/article.ts";
import {
  attributesOf,
  type BodyElement,
  replaceElements,
  type StartTag,
  splitAtImages,
  startOfParagraph,
} from "../article/body.ts";
import type { Image } from "../article/image.ts";
import { withSigns } from "../article/plain-text.ts";
import { serviceOf, watchPage } from "../article/player.ts";
import type { Site } from "../article/site.ts";
import { direction } from "../lib/bidi.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import { humanDate, humanTime } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { creditsText, phrasesFor } from "./phrases.ts";

/** Separates a caption from its credit. */
const CREDIT_MARK = " — ";

/**
 * The attributes of an element in `language` within a text in the language `around`; none where both are the
 * same.
 */
export const spokenIn = (
  language: string,
  around?: string,
): { readonly lang?: string; readonly dir?: "ltr" | "rtl" } =>
  language === around ? {} : { lang: language, dir: direction(language) };

/** An excerpt of an article's text with its figures, and what follows behind everything else. */
interface Part {
  readonly text: Html;
  readonly last: readonly Html[];
}

/** The whole body: full text or excerpt as `site.content` says, or the text that `part` gives. */
export const feedBody = (article: Article, site: Site, part?: Part): Html =>
  bodyWith(figureHtml, article, site, part);

/**
 * The body in feeds for reader apps. Some apps keep the text and drop most tags. They know `p` but not
 * `figure`, so each picture gets a paragraph, or a row of figures would become one line. They also drop the
 * tags of formulas, which would turn 1/2 into 12, so a formula gets plain-text signs that are hidden where it
 * is drawn.
 */
export const readerBody = (article: Article, site: Site): Html =>
  bodyWith(
    (image) => figureHtml(image, html(`<p>${imageHtml(image)}</p>`)),
    { ...article, body: withFormulaSigns(article.body) },
    site,
  );

/** How an image's figure is written. */
type WriteFigure = (image: Image) => Html;

function bodyWith(writeFigure: WriteFigure, article: Article, site: Site, part?: Part): Html {
  const text = part
    ? [dek(article), part.text]
    : site.content === "full"
      ? [dek(article), storyHtml({ ...article, body: withPlayerLinks(article.body, article) }, writeFigure)]
      : excerpt(article, writeFigure);
  const parts = [sponsoredLine(article), ...text];
  const inner = [...parts, ...corrections(article, site), ...tail(article, site), ...(part?.last ?? [])]
    .filter((part) => part !== "")
    .join("\n");
  if (direction(article.language) === "ltr") return html(inner);
  return html(`<div class="wr-article" lang="${escapeHtml(article.language)}" dir="rtl">\n${inner}\n</div>`);
}

const withFormulaSigns = (body: Html): Html =>
  replaceElements(body, ["math"], ({ html: formula }) => {
    const [math] = (fromParse5(parseFragment(formula)) as Root).children;
    return math?.type === "element" ? toHtml(withSigns(math)) : formula;
  });

/**
 * The text with its dateline and every figure. The lead figure comes first, unless the text places it further
 * down.
 */
export const storyHtml = (article: Article, writeFigure: WriteFigure = figureHtml): Html =>
  html(
    storyParts(article)
      .map((part) => (typeof part === "string" ? part : writeFigure(part)))
      .join(""),
  );

/** The same in parts: pieces of the text, and the images between them. */
export function storyParts(article: Article): readonly (Html | Image)[] {
  const bySource = new Map(article.images.map((image) => [image.src, image]));
  const placed = new Set<string>();
  const inText = splitAtImages(article.body).flatMap((part, index): readonly (Html | Image)[] => {
    if (index % 2 === 0) return part === "" ? [] : [html(part)];
    const image = bySource.get(part);
    if (!image || placed.has(part)) return [];
    placed.add(part);
    return [image];
  });
  const [lead, ...others] = article.images.filter((image) => !placed.has(image.src));
  const leads = lead !== undefined && lead === article.images[0];
  const text = withDateline(inText, article);
  const after = lead === undefined || leads ? others : [lead, ...others];
  const lines = [
    ...(leads ? [[lead]] : []),
    ...(text.length === 0 ? [] : [text]),
    ...after.map((one) => [one]),
  ];
  return lines.flatMap((line, index) => (index === 0 ? line : [html("\n"), ...line]));
}

/** Elements that may contain text but no paragraph. */
const LINES: ReadonlySet<string> = new Set([
  ...["p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "figcaption", "caption"],
]);
const PLAYERS: readonly string[] = ["iframe", "video", "audio"];

/**
 * An article's body with a link after each player to a page that plays the same, since many readers drop
 * iframes, and some drop all players. `players` are names of elements. The link's words are in the article's
 * language.
 */
export const withPlayerLinks = (
  body: Html,
  article: Pick<Article, "language">,
  players: readonly string[] = PLAYERS,
): Html =>
  replaceElements(body, PLAYERS, (player) => {
    // A link must not contain another.
    const link =
      players.includes(player.tag.name) && !player.ancestors.includes("a")
        ? playerLink(player, article)
        : undefined;
    if (link === undefined) return player.html;
    const isInLine = player.ancestors.some((name) => LINES.has(name));
    return `${player.html}${isInLine ? ` <span class="wr-player">${link}</span>` : `<p class="wr-player">${link}</p>`}`;
  });

/**
 * A link to a page that plays the same; undefined for a player without an address, or with a link in it for
 * readers without it.
 */
function playerLink({ tag, inside }: BodyElement, article: Pick<Article, "language">): string | undefined {
  const tags = inside.filter((part) => part.kind === "start");
  if (tags.some(({ name }) => name === "a")) return undefined;
  const source = [tag, ...tags].map((one) => attributeOf(one, "src")).find((src) => src !== undefined);
  if (source === undefined) return undefined;
  const page = watchPage(source.value);
  // What the body has is HTML already.
  const href = page === undefined ? source.written : escapeHtml(page);
  const title = attributeOf(tag, "title")?.written ?? serviceOf(source.value) ?? href;
  const service = SERVICE_ALONE.exec(title)?.[1]?.toLowerCase();
  return service === undefined
    ? `<a href="${href}">${title}</a>`
    : `<a href="${href}"${ours(article)}>${escapeHtml(phrasesFor(article.language).phrases.watchOn(SERVICES[service] ?? ""))}</a>`;
}

/** An attribute with a value; undefined where there is none. */
const attributeOf = (tag: StartTag, name: string) =>
  attributesOf(tag).find((attribute) => attribute.name === name && attribute.written !== "");

// A player's `title` if nobody gave the video's: the service's name doesn't say where a link leads.
const SERVICE_ALONE = /^(youtube|vimeo)(?:[ -](?:video )?player)?$/i;
const SERVICES: Readonly<Record<string, string>> = { youtube: "YouTube", vimeo: "Vimeo" };

/** All corrections in one `aside`, a paragraph each; empty where there is none. */
export function corrections(article: Article, site: Site): readonly Html[] {
  if (article.corrections.length === 0) return [];
  const { phrases, language } = phrasesFor(article.language);
  const lines = article.corrections.map((correction) => {
    const label = phrases.correction(correction.kind, humanDate(correction.at, language, site.timezone));
    return `<p><strong${ours(article)}>${escapeHtml(label)}</strong>${gapAfter(label)}${escapeHtml(correction.text)}</p>`;
  });
  return [html(`<aside class="wr-corrections">\n${lines.join("\n")}\n</aside>`)];
}

/** Who did what, in one paragraph; empty if nobody is to be credited. */
export function credits(article: Article): readonly Html[] {
  const line = creditsText(article.bylines, article.language);
  return line ? [html(`<p class="wr-credits"${ours(article)}>${escapeHtml(line)}</p>`)] : [];
}

/** Credits, bios and the time of the last update, a paragraph each. */
function tail(article: Article, site: Site): readonly Html[] {
  const { phrases, language } = phrasesFor(article.language);
  const bios = article.bylines.flatMap(({ name, bio }) => {
    if (bio === undefined) return [];
    // A bio that starts with "Although" doesn't start with the name "Al".
    const named = bio.startsWith(name) && !/^[\p{L}\p{M}\p{N}]/u.test(bio.slice(name.length));
    return [
      html(
        `<p class="wr-bio">${named ? "" : `<strong>${escapeHtml(name)}</strong>: `}${escapeHtml(bio)}</p>`,
      ),
    ];
  });
  const updated = article.updated && phrases.updated(humanTime(article.updated, language, site.timezone));
  return [
    ...credits(article),
    ...bios,
    ...(updated ? [html(`<p class="wr-updated"${ours(article)}>${escapeHtml(updated)}</p>`)] : []),
  ];
}

/** The attributes of words that we add in another language than the article's; empty where it is the same. */
export function ours({ language: written }: Pick<Article, "language">): string {
  const { lang, dir } = spokenIn(phrasesFor(written).language, written);
  return lang === undefined ? "" : ` lang="${lang}" dir="${dir}"`;
}

const dek = ({ dek }: Article): string =>
  dek === undefined ? "" : `<p class="wr-dek">${escapeHtml(dek)}</p>`;

function excerpt(article: Article, writeFigure: WriteFigure): string[] {
  const lead = article.images[0];
  return [
    article.summary === "" ? "" : `<p class="wr-dek">${escapeHtml(article.summary)}</p>`,
    lead ? writeFigure(lead) : "",
    continueReading(article),
  ];
}

/** A link to the rest of a text that was cut. */
export function continueReading(article: Pick<Article, "url" | "language">): Html {
  const { continueReading: words } = phrasesFor(article.language).phrases;
  return html(
    `<p class="wr-more"${ours(article)}><a href="${escapeHtml(article.url)}">${escapeHtml(words)}</a></p>`,
  );
}

function sponsoredLine(article: Article): string {
  if (!article.sponsored) return "";
  return `<p class="wr-sponsored"${ours(article)}><strong>${escapeHtml(phrasesFor(article.language).phrases.sponsored)}</strong></p>`;
}

/**
 * The parts of a text, with the dateline before the first words of the first paragraph, or on a line before
 * all else.
 */
function withDateline(parts: readonly (Html | Image)[], { dateline }: Article): readonly (Html | Image)[] {
  if (dateline === undefined) return parts;
  const span = `<span class="wr-dateline">${escapeHtml(dateline)} —</span>`;
  const at = parts.findIndex(
    (part, index) => typeof part === "string" && (index === 0 || part.trim() !== ""),
  );
  const text = parts[at];
  const start = typeof text === "string" ? startOfParagraph(text) : undefined;
  if (typeof text !== "string" || start === undefined) return [html(`<p>${span}</p>\n`), ...parts];
  return parts.with(at, html(`${text.slice(0, start)}${span} ${text.slice(start)}`));
}

/** A figure: `img`, the image's by default, and `caption`, which is HTML. */
export const figureHtml = (image: Image, img = imageHtml(image), caption = captionHtml(image)): Html =>
  html(
    `<figure class="wr-figure">${img}${caption === "" ? "" : `<figcaption>${caption}</figcaption>`}</figure>`,
  );

/** The `img` of a figure. `first` are attributes before all others, as they are written. */
export function imageHtml({ src, alt, width, height }: Image, first = ""): Html {
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  return html(`<img ${first}src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${size}>`);
}

/** Caption, credit and copyright; "" if there is none of them. */
export function captionHtml({ caption, credit, copyright }: Image): Html {
  const rights = [
    ...(credit === undefined ? [] : [`<span class="wr-credit">${escapeHtml(credit.name)}</span>`]),
    ...(copyright === undefined ? [] : [`<span class="wr-copyright">${escapeHtml(copyright)}</span>`]),
  ];
  // In the text, not by a style sheet: readers without styles would run the two together.
  const parts = [
    ...(caption === undefined ? [] : [escapeHtml(caption)]),
    ...(rights.length === 0 ? [] : [rights.join(", ")]),
  ];
  return html(parts.join(CREDIT_MARK));
}
