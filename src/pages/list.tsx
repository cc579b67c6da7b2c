// The HTML page of a feed: a section, a tag, an author, or the older articles of the front page.

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { personOf } from "../article/resolve.ts";
import { describeFeed, nameOf, pagePath, partsOf } from "../feeds/catalogue.ts";
import type { FeedKey } from "../feeds/feed.ts";
import { withLead } from "./arrange.ts";
import { Layout } from "./layout.tsx";
import { Person } from "./people.tsx";
import { Subscribe } from "./subscribe.tsx";
import { Teaser } from "./teaser.tsx";
import type { View } from "./view.tsx";

/** The content of one page of a list. */
export interface ListProps {
  readonly view: View;
  readonly feed: FeedKey;
  /** A tag as its newest article writes it. */
  readonly label?: string | undefined;
  /** The first page is 1. */
  readonly page: number;
  readonly articles: readonly Article[];
  /** There is a page after this one. */
  readonly older: boolean;
}

/** One page of the articles of a feed, newest first. */
export const ListPage: FC<ListProps> = ({ view, feed, label, page, articles, older }) => {
  const { site, words, mark } = view;
  const [kind, key = ""] = partsOf(feed) ?? [];
  const person = kind === "author" ? personOf(key, site) : undefined;
  const name = feed === "site" ? words.older : nameOf(feed, site, label);
  const number = page === 1 ? null : <PageNumber view={view} page={page} />;
  const about = describeFeed(feed, site, label);
  const section = kind === "section" ? key : undefined;
  const { lead, others } = page === 1 ? withLead(articles) : { lead: undefined, others: articles };
  const here = words.page(page);
  const at = (number: number): string => pagePath(feed) + (number === 1 ? "" : `?page=${number}`);
  return (
    <Layout
      view={view}
      title={page === 1 ? name : `${name} (${here})`}
      description={about.description}
      canonical={site.url + at(page)}
      image={person?.avatar ?? lead?.images[0]?.src}
      section={section}
      head={
        <>
          {page > 1 ? <link rel="prev" href={site.url + at(page - 1)} /> : null}
          {older ? <link rel="next" href={site.url + at(page + 1)} /> : null}
        </>
      }
    >
      <div class="list">
        <header class="about">
          {person ? (
            <>
              <Person view={view} person={person} heading />
              {number}
            </>
          ) : (
            <>
              <h1 {...(feed === "site" ? mark : {})}>{name}</h1>
              {number}
              {section && page === 1 && about.description !== site.description ? (
                <p class="dek">{about.description}</p>
              ) : null}
            </>
          )}
        </header>
        <div class="river">
          {articles.length === 0 ? <p {...mark}>{words.nothing}</p> : null}
          {lead ? <Teaser view={view} article={lead} section={section} picture="lead" class="first" /> : null}
          {others.map((article) => (
            <Teaser view={view} article={article} section={section} />
          ))}
          {page > 1 || older ? (
            <nav class="paging" aria-label={here} lang={mark.lang}>
              {page > 1 ? (
                <a href={at(page - 1)} rel="prev" {...mark}>
                  {words.newer}
                </a>
              ) : null}
              <PageNumber view={view} page={page} />
              {older ? (
                <a href={at(page + 1)} rel="next" {...mark}>
                  {words.older}
                </a>
              ) : null}
            </nav>
          ) : null}
        </div>
        <aside class="rail">
          <Subscribe view={view} {...(feed === "site" ? {} : { name })} />
        </aside>
      </div>
    </Layout>
  );
};

const PageNumber: FC<{ view: View; page: number }> = ({ view: { words, mark }, page }) => (
  <p class="number" {...mark}>
    {words.page(page)}
  </p>
);
