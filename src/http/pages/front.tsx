// The front page: the latest articles, and the feeds.

import type { FC } from "hono/jsx";
import { documentPath, documentsOf } from "../../feeds/catalogue.ts";
import { direction } from "../../formats/body.ts";
import { bylineText, phrasesFor } from "../../formats/phrases.ts";
import type { Article } from "../../model/article.ts";
import type { Site } from "../../model/site.ts";
import { humanTime } from "../../model/time.ts";
import { FORMAT_NAMES, Layout } from "./layout.tsx";

/** The front page. */
export const FrontPage: FC<{ site: Site; articles: readonly Article[] }> = ({ site, articles }) => (
  <Layout
    site={site}
    title={site.title}
    description={site.description}
    front
    head={<link rel="canonical" href={`${site.url}/`} />}
  >
    {articles.length === 0 ? <p>Nothing is published yet.</p> : null}
    <ul class="teasers">
      {articles.map((article) => (
        <Teaser site={site} article={article} />
      ))}
    </ul>
    <section class="feeds">
      <h2>Subscribe</h2>
      <p>
        A feed brings every new article to the reader app of your choice, in full and without an account. Copy
        one of these addresses into it:
      </p>
      <ul>
        {documentsOf(["site"]).map((key) => (
          <li>
            {FORMAT_NAMES[key.format]}:{" "}
            <a href={documentPath(key)}>
              <code>{site.url + documentPath(key)}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  </Layout>
);

const Teaser: FC<{ site: Site; article: Article }> = ({ site, article }) => {
  const lead = article.images[0];
  const { language } = phrasesFor(article.language);
  return (
    <li lang={article.language} dir={direction(article.language)}>
      {lead ? (
        <img src={lead.src} alt={lead.alt} width={lead.width} height={lead.height} loading="lazy" />
      ) : null}
      {article.section ? <p class="kicker">{article.section.title}</p> : null}
      <h2>
        <a href={article.url}>{article.headline}</a>
      </h2>
      <p>{article.summary}</p>
      <p class="meta">
        <span class="by">{bylineText(article.bylines, article.language) ?? site.title}</span>
        {" · "}
        <time datetime={article.published}>{humanTime(article.published, language, site.timezone)}</time>
      </p>
    </li>
  );
};
