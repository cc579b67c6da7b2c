// Short pages: what is not here, what was withdrawn, and what the `_wireroom` fields of JSON Feed mean.

import type { FC } from "hono/jsx";
import type { Withdrawal } from "../../model/article.ts";
import type { Site } from "../../model/site.ts";
import { humanDate } from "../../model/time.ts";
import { Layout } from "./layout.tsx";

/** 404. */
export const NotFoundPage: FC<{ site: Site }> = ({ site }) => (
  <Layout site={site} title={`Not found — ${site.title}`}>
    <h1 class="headline">There is no such page</h1>
    <p>
      The address may be mistyped, or the page was never here. The <a href="/">front page</a> has the latest
      articles.
    </p>
  </Layout>
);

/** 410: an article that was withdrawn. */
export const GonePage: FC<{ site: Site; withdrawn: Withdrawal }> = ({ site, withdrawn }) => (
  <Layout site={site} title={`Withdrawn — ${site.title}`}>
    <h1 class="headline">This article was withdrawn</h1>
    <p>It was withdrawn on {humanDate(withdrawn.at, site.language, site.timezone)}.</p>
    {withdrawn.reason ? <p>{withdrawn.reason}</p> : null}
    <p>
      The <a href="/">front page</a> has the latest articles.
    </p>
  </Layout>
);

const FIELDS: readonly (readonly [string, string])[] = [
  ["about", "The address of this page."],
  ["short_headline", "A headline for places with little room."],
  ["dateline", "Where the article was written."],
  ["section", "The section it is in: slug and title."],
  ["bylines", "Everybody who made the article: name, role, affiliation, url, avatar, bio."],
  [
    "images",
    "Every picture: url, alt, caption, credit, credit_role, copyright, width, height. The first is the lead.",
  ],
  ["corrections", "What was corrected: at (RFC 3339), kind (correction, clarification or update), text."],
  ["rights", "copyright, license (a URL), terms."],
  ["sponsored", "true for an article that somebody paid for."],
  ["deleted", "On the feed: articles that were withdrawn for good, each with its id and when (at)."],
];

/** What JSON Feed asks an extension to have: a page that explains it. */
export const ExtensionPage: FC<{ site: Site }> = ({ site }) => (
  <Layout site={site} title={`_wireroom in JSON Feed — ${site.title}`}>
    <h1 class="headline">
      <code>_wireroom</code> in JSON Feed
    </h1>
    <p>Items of our JSON Feed carry what the format has no field for, in an object named _wireroom.</p>
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
