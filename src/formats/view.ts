// What a browser shows of a feed: one XHTML element, first in the channel or feed. src/pages/feed.css lays it
// out and hides all the rest. The element declares the default namespace itself, since in this form the W3C
// validator accepts it and feed readers ignore it.

import type { Article } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { direction } from "../lib/bidi.ts";
import { dateLanguage, humanDate } from "../lib/time.ts";
import { spokenIn } from "./body.ts";
import type { Envelope } from "./format.ts";
import { feedPhrases, phrasesFor } from "./phrases.ts";
import { element, escapeXml, NAMESPACES } from "./xml.ts";

/**
 * The instruction before the root that names the style sheet (https://www.w3.org/TR/xml-stylesheet/); none
 * without a view.
 */
export const styleInstruction = ({ self, latest }: Envelope): readonly string[] =>
  self === undefined || latest === undefined
    ? []
    : [`<?xml-stylesheet type="text/css" href="${new URL("/feed.css", self).href}"?>`];

/** An article as an `<li>` of the list that a feed shows in a browser. Rendered once, like its entry. */
export function headlineOf(
  article: Pick<Article, "headline" | "url" | "language" | "published"> & { readonly sponsored?: boolean },
  site: Pick<Site, "language" | "timezone">,
): string {
  const { headline, url, language, published } = article;
  const spoken = dateLanguage(language);
  const time = textElement("time", humanDate(published, spoken, site.timezone), {
    datetime: published,
    ...spokenIn(spoken, language),
  });
  return element(
    "li",
    spokenIn(language, site.language),
    `${sponsoredMark(article)}${anchor(url, headline)} ${time}`,
  );
}

/** The label before the headline of a sponsored article; empty for any other. */
function sponsoredMark({
  sponsored,
  language,
}: {
  readonly sponsored?: boolean;
  readonly language: string;
}): string {
  if (sponsored !== true) return "";
  const { phrases, language: spoken } = phrasesFor(language);
  return `${textElement("strong", phrases.sponsored, spokenIn(spoken, language))} `;
}

/** The element that a browser shows; none for a feed for machines. */
export function viewOf(envelope: Envelope): readonly string[] {
  const { archive, description, language, latest, self, title, link } = envelope;
  if (self === undefined || latest === undefined) return [];
  const { words, language: spoken } = feedPhrases(language);
  const ours = spokenIn(spoken, language);
  const heading = archive.page === undefined ? words.feedLatest : words.archive(archive.page);
  const chain = [
    [archive.next, words.newer],
    [archive.previous, words.older],
    [archive.current, words.feedLatest],
  ] as const;
  const pages = chain.flatMap(([href, text]) => (href === undefined ? [] : [anchor(href, text)]));
  const parts = [
    // The first `title` of a document names the browser's tab, wherever it stands (HTML, "document.title").
    element("title", {}, escapeXml(title)),
    // Without it a phone lays the document out as wide as a desktop's.
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("header", {}, element("h1", {}, anchor(link, title)) + textElement("p", description)),
    element(
      "section",
      ours,
      [
        textElement("p", words.feedExplanation),
        // An archive page gets no new articles, so people subscribe to the current feed.
        textElement("code", archive.current ?? self),
        row([anchor(link, words.feedWebsite), anchor(`${link}#subscribe`, words.feedHelp)]),
      ].join(""),
    ),
    textElement("h2", heading, ours),
    latest.length === 0
      ? textElement("p", words.feedEmpty, ours)
      : element("ul", {}, `\n${latest.join("\n")}\n`),
    ...(pages.length === 0 ? [] : [element("nav", ours, row(pages))]),
  ];
  const attributes = { xmlns: NAMESPACES.xhtml, lang: language, dir: direction(language) };
  return [element("div", attributes, `\n${parts.join("\n")}\n`)];
}

const row = (links: readonly string[]): string => element("p", {}, links.join(" "));

const anchor = (href: string, text: string): string => textElement("a", text, { href });

const textElement = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string =>
  element(name, attributes, escapeXml(text));
