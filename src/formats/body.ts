// The body that every format carries, top to bottom: dek, lead figure, text with dateline, the other figures,
// corrections, and a tail of credits, bios and the time of the last update. So every name, caption and date reaches
// even a reader that shows nothing but the body. Each part that we made has a class `wr-…`, for an importer to take off.

import type { Root } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { toHtml } from "hast-util-to-html";
import { parseFragment } from "parse5";
import { type Article, IMAGE_MARK } from "../article/article.ts";
import type { Image } from "../article/image.ts";
import { withSigns } from "../article/plain-text.ts";
import { serviceOf, watchPage } from "../article/player.ts";
import type { Site } from "../article/site.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import { humanDate, humanTime } from "../lib/time.ts";
import { direction } from "../words/bidi.ts";
import { gapAfter } from "../words/words.ts";
import { creditsText, phrasesFor } from "./phrases.ts";

// An attribute's value may hold `>`. Sticky: it is tried at one place alone.
const PARAGRAPH_START = /\s*<p(?: [a-z]+(?:="[^"]*")?)*>/y;
/** Stands between a caption and its credit. */
const CREDIT_MARK = " — ";
const FIGURE_START = '<figure class="wr-figure">';
// No attribute's value holds a `"`.
const FIGURE_IMAGE = new RegExp(`${FIGURE_START}(<img(?: [a-z]+="[^"]*")*>)`, "g");
const FIGURE_END = "</figure>";
// A formula is in no other. An attribute's value may hold `>`, even `</math>`.
const FORMULA = /<math(?:[^>"]|"[^"]*")*>(?:[^<]|<(?!\/math>)(?:[^>"]|"[^"]*")*>)*<\/math>/g;
const MARKED_IMAGE = new RegExp(`${IMAGE_MARK}([^${IMAGE_MARK}]*)${IMAGE_MARK}`, "g");

/** Attributes of a text that stands among others of language `around`; none where they are the same. */
export const spokenIn = (
  language: string,
  around?: string,
): { readonly lang?: string; readonly dir?: "ltr" | "rtl" } =>
  language === around ? {} : { lang: language, dir: direction(language) };

/** A part of an article's text with its figures, which stands for all of it, and what stands behind everything else. */
interface Part {
  readonly text: Html;
  readonly last: readonly Html[];
}

/** The whole body as feeds carry it, full or excerpt as `site.content` says; or, with `part`, that part of it. */
export function feedBody(article: Article, site: Site, part?: Part): Html {
  const text = part
    ? [dek(article), part.text]
    : site.content === "full"
      ? [dek(article), withPlayerLinks(storyHtml(article), article)]
      : excerpt(article);
  const parts = [sponsoredLine(article), ...text];
  const inner = [...parts, ...corrections(article, site), ...tail(article, site), ...(part?.last ?? [])]
    .filter((part) => part !== "")
    .join("\n");
  if (direction(article.language) === "ltr") return html(inner);
  return html(`<div class="wr-article" lang="${escapeHtml(article.language)}" dir="rtl">\n${inner}\n</div>`);
}

/**
 * The same as readers' feeds carry it. A reader that shows text alone knows `p`, not `figure`, and would make one line of the
 * figures in a row: each picture stands in a paragraph of its own. It takes the tags off a formula too, and would make 12 of a
 * half: the formula has the signs for that, unseen where it is drawn.
 */
export const readerBody = (article: Article, site: Site): Html =>
  html(
    feedBody(article, site)
      .replace(FIGURE_IMAGE, `${FIGURE_START}<p>$1</p>`)
      .replace(FORMULA, (formula) => {
        const [math] = (fromParse5(parseFragment(formula)) as Root).children;
        return math?.type === "element" ? toHtml(withSigns(math)) : formula;
      }),
  );

/** The text with its dateline and every figure; the lead figure first unless it stands further down. */
export function storyHtml(article: Article): Html {
  const bySource = new Map(article.images.map((image) => [image.src, image]));
  const placed = new Set<string>();
  const story = article.body.replace(MARKED_IMAGE, (_, source: string) => {
    const image = bySource.get(source);
    if (!image || placed.has(source)) return "";
    placed.add(source);
    return figure(image);
  });
  const [lead, ...others] = article.images.filter((image) => !placed.has(image.src));
  const leads = lead !== undefined && lead === article.images[0];
  const top = leads ? [figure(lead)] : [];
  const bottom = (leads ? others : lead ? [lead, ...others] : []).map(figure);
  return html([...top, withDateline(story, article), ...bottom].filter((part) => part !== "").join("\n"));
}

// A player with its end tag, or a tag of a link, or of what may hold a line but no paragraph.
const PLAYER =
  /<(iframe|video|audio)((?: [a-zA-Z]+(?:="[^"]*")?)*)>(.*?)<\/\1>|<(\/?)(a|p|h[1-6]|summary|dt|figcaption|caption)[ >]/gs;

const PLAYERS: readonly string[] = ["iframe", "video", "audio"];

/**
 * The body with a link behind each of these `players`, to a page that plays the same: many readers drop frames, and some all
 * players. `article` is whose language words of ours are in.
 */
export function withPlayerLinks(
  body: Html,
  article: Pick<Article, "language">,
  players: readonly string[] = PLAYERS,
): Html {
  if (!/<(?:iframe|video|audio)[ >]/.test(body)) return body;
  let lines = 0;
  let links = 0;
  const linked = body.replace(
    PLAYER,
    (whole, name?: string, attributes = "", inside = "", slash = "", tag = "") => {
      if (name === undefined) {
        const step = slash === "" ? 1 : -1;
        if (tag === "a") links += step;
        else lines += step;
        return whole;
      }
      // A link can't stand in a link.
      if (links > 0 || !players.includes(name)) return whole;
      // What stands in a player for readers without it may be a link already.
      const address = inside.includes("<a ") ? undefined : (addressIn(attributes) ?? addressIn(inside));
      if (address === undefined) return whole;
      // Both are HTML already: what was cleaned holds every address in quotation marks, escaped.
      const decoded = address.replaceAll("&#x26;", "&");
      const page = watchPage(decoded);
      const href = page === undefined ? address : escapeHtml(page);
      const title = / title="([^"]+)"/.exec(attributes)?.[1] ?? serviceOf(decoded) ?? href;
      const service = SERVICE_ALONE.exec(title)?.[1]?.toLowerCase();
      const link =
        service === undefined
          ? `<a href="${href}">${title}</a>`
          : `<a href="${href}"${ours(article)}>${escapeHtml(phrasesFor(article.language).phrases.watchOn(SERVICES[service] ?? ""))}</a>`;
      return `${whole}${lines > 0 ? ` <span class="wr-player">${link}</span>` : `<p class="wr-player">${link}</p>`}`;
    },
  );
  return html(linked);
}

// What a player's `title` is where nobody gave the film's: the service's name says nothing of where a link leads.
const SERVICE_ALONE = /^(youtube|vimeo)(?:[ -](?:video )?player)?$/i;
const SERVICES: Readonly<Record<string, string>> = { youtube: "YouTube", vimeo: "Vimeo" };

const addressIn = (attributes: string): string | undefined => / src="([^"]+)"/.exec(attributes)?.[1];

/** One correction a paragraph, in a box of its own; empty where there is none. */
export function corrections(article: Article, site: Site): readonly Html[] {
  if (article.corrections.length === 0) return [];
  const { phrases, language } = phrasesFor(article.language);
  const lines = article.corrections.map((correction) => {
    const label = phrases.correction(correction.kind, humanDate(correction.at, language, site.timezone));
    return `<p><strong${ours(article)}>${escapeHtml(label)}</strong>${gapAfter(label)}${escapeHtml(correction.text)}</p>`;
  });
  return [html(`<aside class="wr-corrections">\n${lines.join("\n")}\n</aside>`)];
}

/** Credits, bios and the time of the last update, a paragraph each. */
export function tail(article: Article, site: Site): readonly Html[] {
  const { phrases, language } = phrasesFor(article.language);
  const credits = creditsText(article.bylines, article.language);
  const bios = article.bylines.flatMap(({ name, bio }) => {
    if (bio === undefined) return [];
    // "Al" doesn't name a bio that starts with "Although".
    const named = bio.startsWith(name) && !/^[\p{L}\p{M}\p{N}]/u.test(bio.slice(name.length));
    return [
      html(
        `<p class="wr-bio">${named ? "" : `<strong>${escapeHtml(name)}</strong>: `}${escapeHtml(bio)}</p>`,
      ),
    ];
  });
  const updated = article.updated && phrases.updated(humanTime(article.updated, language, site.timezone));
  return [
    ...(credits ? [html(`<p class="wr-credits"${ours(article)}>${escapeHtml(credits)}</p>`)] : []),
    ...bios,
    ...(updated ? [html(`<p class="wr-updated"${ours(article)}>${escapeHtml(updated)}</p>`)] : []),
  ];
}

/** Attributes that mark words of ours which are in another language than the article; empty where they are not. */
export function ours({ language: written }: Pick<Article, "language">): string {
  const { lang, dir } = spokenIn(phrasesFor(written).language, written);
  return lang === undefined ? "" : ` lang="${lang}" dir="${dir}"`;
}

const dek = ({ dek }: Article): string =>
  dek === undefined ? "" : `<p class="wr-dek">${escapeHtml(dek)}</p>`;

function excerpt(article: Article): string[] {
  const lead = article.images[0];
  return [
    article.summary === "" ? "" : `<p class="wr-dek">${escapeHtml(article.summary)}</p>`,
    lead ? figure(lead) : "",
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

function withDateline(story: string, { dateline }: Article): string {
  if (dateline === undefined) return story;
  const span = `<span class="wr-dateline">${escapeHtml(dateline)} —</span>`;
  // The first words of the first paragraph; a text that starts with something else gets them on a line before it.
  const start = firstParagraphText(story);
  return start === -1 ? `<p>${span}</p>\n${story}` : `${story.slice(0, start)}${span} ${story.slice(start)}`;
}

/** Where the text of the first paragraph starts, after figures of ours; -1 where something else stands there. */
function firstParagraphText(story: string): number {
  let position = 0;
  while (story.startsWith(FIGURE_START, position)) {
    position = story.indexOf(FIGURE_END, position) + FIGURE_END.length;
    while (story[position] === "\n" || story[position] === " ") position++;
  }
  PARAGRAPH_START.lastIndex = position;
  return PARAGRAPH_START.test(story) ? PARAGRAPH_START.lastIndex : -1;
}

function figure({ src, alt, width, height, caption, credit, copyright }: Image): Html {
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  const image = `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${size}>`;
  const rights = [
    ...(credit === undefined ? [] : [`<span class="wr-credit">${escapeHtml(credit.name)}</span>`]),
    ...(copyright === undefined ? [] : [`<span class="wr-copyright">${escapeHtml(copyright)}</span>`]),
  ];
  // In the text, not in a style sheet: a reader that shows text alone would run the two together.
  const parts = [
    ...(caption === undefined ? [] : [escapeHtml(caption)]),
    ...(rights.length === 0 ? [] : [rights.join(", ")]),
  ];
  const captionHtml = parts.length === 0 ? "" : `<figcaption>${parts.join(CREDIT_MARK)}</figcaption>`;
  return html(`<figure class="wr-figure">${image}${captionHtml}</figure>`);
}
