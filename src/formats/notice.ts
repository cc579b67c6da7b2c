// What a withdrawn article's entry says: the same id and place, and a notice that names the headline, unless the newsroom
// wants that gone too.

import type { Article, Withdrawal } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { escapeHtml, html, text } from "../lib/text.ts";
import { humanDate, latest } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { phrasesFor } from "./phrases.ts";

/** The article as its notice, dated anew. Of what it said the headline alone is left: no name, image, tag or summary. */
export function withdrawnNotice(article: Article, { at, reason, unnamed }: Withdrawal, site: Site): Article {
  const { phrases, language } = phrasesFor(article.language);
  const sentence = text(phrases.withdrawnOn(humanDate(at, language, site.timezone)));
  return {
    id: article.id,
    uri: article.uri,
    slug: article.slug,
    url: article.url,
    // A dash, for no two languages set a colon the same way.
    headline: text(unnamed ? phrases.withdrawn : `${phrases.withdrawn} — ${article.headline}`),
    // All that some readers show of an entry.
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
