// Short pages: 404, 410, and what the `_wireroom` fields of JSON Feed mean.

import type { FC } from "hono/jsx";
import type { Article, StoredArticle, Withdrawal } from "../article/article.ts";
import { spokenIn } from "../formats/body.ts";
import { EXTENSION_PATH } from "../formats/json.ts";
import { phrasesFor } from "../formats/phrases.ts";
import { humanDate } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { Layout } from "./layout.tsx";
import { Subscribe } from "./subscribe.tsx";
import { Headlines } from "./teaser.tsx";
import type { View } from "./view.tsx";

/** The 404 page, with the `latest` articles. */
export const NotFoundPage: FC<{ view: View; latest: readonly Article[] }> = ({ view, latest }) => {
  const { words, mark } = view;
  return (
    <Layout view={view} title={words.missing}>
      <header class="about">
        <h1 {...mark}>{words.missing}</h1>
        <p class="dek" {...mark}>
          {words.missingWhy}
        </p>
      </header>
      <Latest view={view} articles={latest} />
    </Layout>
  );
};

/**
 * The 410 page of a withdrawn article: when and why, and its headline and language, unless the notice must
 * not name them.
 */
export const GonePage: FC<{
  view: View;
  withdrawn: Withdrawal;
  article: Pick<StoredArticle, "headline" | "language">;
  latest: readonly Article[];
}> = ({ view, withdrawn: { at, reason, unnamed }, article, latest }) => {
  const { site, words, mark } = view;
  const { phrases, language } = phrasesFor(site.language);
  return (
    <Layout view={view} title={phrases.withdrawn}>
      <header class="about">
        <p class="rights" {...mark}>
          <time datetime={at}>{humanDate(at, language, site.timezone)}</time>
        </p>
        <h1 {...mark}>{phrases.withdrawn}</h1>
        {unnamed ? null : (
          <p class="dek">
            <cite {...spokenIn(article.language ?? site.language, site.language)}>{article.headline}</cite>
          </p>
        )}
        {reason ? (
          <p class="dek">
            <span {...mark}>{words.reason}</span>
            {gapAfter(words.reason)}
            <bdi>{reason}</bdi>
          </p>
        ) : null}
      </header>
      <Latest view={view} articles={latest} />
    </Layout>
  );
};

/** The latest articles and the feeds; the sections stand in the masthead. */
const Latest: FC<{ view: View; articles: readonly Article[] }> = ({ view, articles }) => (
  <div class="list">
    <Headlines view={view} id="latest" title={view.words.latest} articles={articles} />
    <aside class="rail">
      <Subscribe view={view} />
    </aside>
  </div>
);

const FIELDS: readonly (readonly [string, string])[] = [
  ["about", "The URL of this page."],
  ["short_headline", "A headline for places with little room."],
  ["dateline", "Where the article was written."],
  ["section", "The section it is in: slug and title."],
  ["bylines", "Everybody who worked on the article: name, role, affiliation, url, avatar, bio."],
  [
    "images",
    "Every picture: url, alt, caption, credit, credit_role, copyright, width, height. The first is the lead.",
  ],
  ["corrections", "What was corrected: at (RFC 3339), kind (correction, clarification or update), text."],
  ["rights", "copyright, license (a URL), terms."],
  ["sponsored", "true for an article that somebody paid for."],
  ["deleted", "On the feed: articles that were withdrawn for good, each with its id and when (at)."],
];

/** The page that explains our extension, as JSON Feed asks of extensions. */
export const ExtensionPage: FC<{ view: View }> = ({ view }) => (
  <Layout view={view} title="_wireroom in JSON Feed" canonical={view.site.url + EXTENSION_PATH} language="en">
    <header class="about">
      <h1>
        <code>_wireroom</code> in JSON Feed
      </h1>
      <p class="dek">
        Items of our JSON Feed have an object named _wireroom, for data that the format has no field for.
      </p>
    </header>
    <dl class="fields">
      {FIELDS.map(([name, meaning]) => (
        <>
          <dt>{name}</dt>
          <dd>{meaning}</dd>
        </>
      ))}
    </dl>
  </Layout>
);
