// What a withdrawn article's entry says: the same id and place, a notice instead of the headline and the body.

import type { Article, Withdrawal } from "../model/article.ts";
import type { Site } from "../model/site.ts";
import { escapeHtml, html, text } from "../model/text.ts";
import { humanDate, latest } from "../model/time.ts";
import { phrasesFor } from "./phrases.ts";

/** The article as its notice, dated anew. Nothing of what it said is left: no name, image, tag or summary. */
export function withdrawnNotice(article: Article, { at, reason }: Withdrawal, site: Site): Article {
  const { phrases, language } = phrasesFor(article.language);
  const sentence = text(phrases.withdrawnOn(humanDate(at, language, site.timezone)));
  return {
    id: article.id,
    uri: article.uri,
    slug: article.slug,
    url: article.url,
    headline: text(phrases.withdrawn),
    summary: sentence,
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
