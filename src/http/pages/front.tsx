// The front page: a lead story, what comes next beside it, the others below, and at the side how to subscribe.

import type { FC } from "hono/jsx";
import { pagePath } from "../../feeds/catalogue.ts";
import type { Article } from "../../model/article.ts";
import type { Instant } from "../../model/time.ts";
import { Layout } from "./layout.tsx";
import { OPML_PATH, Subscribe } from "./subscribe.tsx";
import { Headlines, Teaser } from "./teaser.tsx";
import type { View } from "./view.ts";

/** Stories beside the lead, and those with a picture below it. */
const SECOND_COUNT = 2;
const GRID_COUNT = 9;
const TOPIC_LIMIT = 12;

/** The front page; `older` is true where there is a second page. */
export const FrontPage: FC<{ view: View; articles: readonly Article[]; older: boolean; now: Instant }> = ({
  view,
  articles,
  older,
  now,
}) => {
  const { site, words, mark } = view;
  const [lead, ...others] = articles;
  const seconds = others.slice(0, SECOND_COUNT);
  const grid = others.slice(SECOND_COUNT, SECOND_COUNT + GRID_COUNT);
  const more = others.slice(SECOND_COUNT + GRID_COUNT);
  return (
    <Layout
      view={view}
      title={site.title}
      description={site.description}
      canonical={`${site.url}/`}
      image={lead?.images[0]?.src}
      today={now}
      head={<link rel="alternate" type="text/x-opml" title={words.allFeeds} href={site.url + OPML_PATH} />}
    >
      <div class="edition">
        {lead ? (
          <Teaser view={view} article={lead} picture="lead" class="lead" />
        ) : (
          <p {...mark}>{words.nothing}</p>
        )}
        {seconds.length === 0 ? null : (
          <div class="seconds">
            {seconds.map((article) => (
              <Teaser view={view} article={article} picture="eager" />
            ))}
          </div>
        )}
        {grid.length === 0 ? null : (
          <div class="grid">
            {grid.map((article) => (
              <Teaser view={view} article={article} />
            ))}
          </div>
        )}
        <div class="rail">
          <Subscribe view={view} />
          <Directory view={view} articles={articles} />
        </div>
      </div>
      <Headlines view={view} id="more" title={words.more} articles={more} picture="none" class="more" />
      {older ? (
        <p class="paging">
          <a href="/?page=2" rel="next" {...mark}>
            {words.older}
          </a>
        </p>
      ) : null}
    </Layout>
  );
};

/** The sections, and the topics of the articles that are shown. */
const Directory: FC<{ view: View; articles: readonly Article[] }> = ({ view, articles }) => {
  const { sections, words, mark } = view;
  const tags = new Map(articles.flatMap((article) => article.tags).map(({ slug, name }) => [slug, name]));
  tags.delete("");
  return (
    <>
      {sections.length === 0 ? null : (
        <section class="directory" aria-labelledby="sections">
          <h2 id="sections" class="rule" {...mark}>
            {words.sections}
          </h2>
          <dl>
            {sections.map(({ slug, title, description }) => (
              <div>
                <dt>
                  <a href={pagePath(`section/${slug}`)}>{title}</a>
                </dt>
                {description ? <dd>{description}</dd> : null}
              </div>
            ))}
          </dl>
        </section>
      )}
      {tags.size === 0 ? null : (
        <section aria-labelledby="topics">
          <h2 id="topics" class="rule" {...mark}>
            {words.topics}
          </h2>
          <ul class="tags">
            {[...tags].slice(0, TOPIC_LIMIT).map(([slug, name]) => (
              <li>
                <a href={pagePath(`tag/${slug}`)}>{name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
