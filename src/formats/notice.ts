// The notice in a withdrawn article's entry. It has the article's id and place in the feed, and names the
// headline unless the newsroom wants that gone too.

import type { Article, Withdrawal } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { escapeHtml, html, text } from "../lib/text.ts";
import { humanDate, latest } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { phrasesFor } from "./phrases.ts";

/**
 * The article as its notice, with a new date. Only its headline is left: no names, images, tags or summary.
 */
export function withdrawnNotice(article: Article, { at, reason, unnamed }: Withdrawal, site: Site): Article {
  const { phrases, language } = phrasesFor(article.language);
  const sentence = text(phrases.withdrawnOn(humanDate(at, language, site.timezone)));
  return {
    id: article.id,
    uri: article.uri,
    slug: article.slug,
    url: article.url,
    // A dash, since languages set colons differently.
    headline: text(unnamed ? phrases.withdrawn : `${phrases.withdrawn} — ${article.headline}`),
    // Some readers show nothing else of an entry.
    summary: reason ? text(`${sentence}${gapAfter(sentence)}${reason}`) : sentence,
    tags: [],
    language,
    bylines: [],
    published: article.published,
    updated: latest([article.updated ?? article.published, at]) ?? at,
    images: [],
    body: html(
      [sentence, reason]
        .flatMap((line) => (line ? [`<p class="wr-notice">${escapeHtml(line)}</p>`] : []))
        .join("\n"),
    ),
    corrections: [],
    syndicate: article.syndicate,
    sponsored: false,
    priority: "normal",
  };
}
