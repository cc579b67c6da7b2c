// The front page: a lead story, the next stories beside it, the others in a grid below, and a side column
// that says how to subscribe. A lead without a picture stands above all others. If there are few stories, the
// side column moves below.

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { pagePath } from "../feeds/catalogue.ts";
import { besideLead, frontPageOrder } from "./arrange.ts";
import { Layout } from "./layout.tsx";
import { OPML_PATH, Subscribe } from "./subscribe.tsx";
import { Headlines, Teaser } from "./teaser.tsx";
import type { View } from "./view.tsx";

/** Stories below the lead. */
const GRID_COUNT = 9;
/** With this many stories or fewer, the grid is lower than the side column. */
const FEW_COUNT = 3;
const TOPIC_LIMIT = 12;

/** The front page; `older` is true where there is a second page. */
export const FrontPage: FC<{ view: View; articles: readonly Article[]; older: boolean }> = ({
  view,
  articles,
  older,
}) => {
  const { site, words, mark } = view;
  const { lead, others } = frontPageOrder(articles);
  const picture = lead?.images[0];
  const seconds = picture ? besideLead(others) : [];
  const besides = seconds.length;
  const grid = others.slice(besides, besides + GRID_COUNT);
  const more = others.slice(besides + GRID_COUNT);
  return (
    <Layout
      view={view}
      title={site.title}
      description={site.description}
      canonical={`${site.url}/`}
      image={picture?.src}
      front
      head={<link rel="alternate" type="text/x-opml" title={words.allFeeds} href={site.url + OPML_PATH} />}
    >
      <div class={grid.length > FEW_COUNT ? "edition" : "edition few"}>
        {articles.length === 0 ? <p {...mark}>{words.nothing}</p> : null}
        {lead ? (
          <Teaser view={view} article={lead} picture="lead" class={picture ? "lead" : "lead text"} />
        ) : null}
        {seconds.length === 0 ? null : (
          <div class="seconds">
            {seconds.map(({ article, pictured }) => (
              <Teaser view={view} article={article} picture={pictured ? "eager" : "none"} compact />
            ))}
            {grid.length === 0 ? <Subscribe view={view} /> : null}
          </div>
        )}
        {grid.length === 0 ? null : (
          <div class="grid">
            {grid.map((article) => (
              <Teaser view={view} article={article} compact />
            ))}
          </div>
        )}
        <div class="rail">
          {grid.length === 0 && seconds.length > 0 ? null : <Subscribe view={view} />}
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
