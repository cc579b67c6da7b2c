// The article page: everything that the model has, for people, and the same as schema.org for machines.

import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import { corrections, storyHtml, tail } from "../../formats/body.ts";
import { bylineText, phrasesFor } from "../../formats/phrases.ts";
import type { Article } from "../../model/article.ts";
import { inByline } from "../../model/byline.ts";
import type { Site } from "../../model/site.ts";
import { humanTime } from "../../model/time.ts";
import { Layout } from "./layout.tsx";

/** The page of a published article. */
export const ArticlePage: FC<{ site: Site; article: Article }> = ({ site, article }) => {
  const { phrases, language } = phrasesFor(article.language);
  const byline = bylineText(article.bylines, article.language) ?? site.title;
  const after = [...corrections(article, site), ...tail(article, site)].join("\n");
  return (
    <Layout
      site={site}
      title={`${article.headline} — ${site.title}`}
      description={article.summary}
      language={article.language}
      head={<Metadata site={site} article={article} />}
    >
      <article>
        {article.sponsored ? <p class="wr-sponsored">{phrases.sponsored}</p> : null}
        {article.section ? <p class="kicker">{article.section.title}</p> : null}
        <h1 class="headline">{article.headline}</h1>
        {article.dek ? <p class="dek">{article.dek}</p> : null}
        <p class="meta">
          <span class="by">{byline}</span>
          <br />
          <time datetime={article.published}>{humanTime(article.published, language, site.timezone)}</time>
        </p>
        <div class="story">{raw(storyHtml(article))}</div>
        {raw(after)}
        {article.tags.length > 0 ? (
          <ul class="tags">
            {article.tags.map((tag) => (
              <li>{tag.name}</li>
            ))}
          </ul>
        ) : null}
        {article.rights?.copyright ? <p class="wr-credits">{article.rights.copyright}</p> : null}
      </article>
    </Layout>
  );
};

/** Canonical address, Open Graph (https://ogp.me) and schema.org NewsArticle. */
const Metadata: FC<{ site: Site; article: Article }> = ({ site, article }) => {
  const lead = article.images[0];
  return (
    <>
      <link rel="canonical" href={article.url} />
      {article.rights?.license ? <link rel="license" href={article.rights.license} /> : null}
      <meta property="og:type" content="article" />
      <meta property="og:title" content={article.headline} />
      <meta property="og:description" content={article.summary} />
      <meta property="og:url" content={article.url} />
      <meta property="og:site_name" content={site.title} />
      <meta property="article:published_time" content={article.published} />
      {article.updated ? <meta property="article:modified_time" content={article.updated} /> : null}
      {article.section ? <meta property="article:section" content={article.section.title} /> : null}
      {article.tags.map((tag) => (
        <meta property="article:tag" content={tag.name} />
      ))}
      {lead ? <meta property="og:image" content={lead.src} /> : null}
      {lead?.width ? <meta property="og:image:width" content={String(lead.width)} /> : null}
      {lead?.height ? <meta property="og:image:height" content={String(lead.height)} /> : null}
      {lead?.alt ? <meta property="og:image:alt" content={lead.alt} /> : null}
      <script type="application/ld+json">{raw(jsonLd(article, site))}</script>
    </>
  );
};

/** schema.org NewsArticle as JSON-LD. `<` is escaped, so that no text can end the script element. */
function jsonLd(article: Article, site: Site): string {
  const people = article.bylines.filter(inByline).map(({ name, url, affiliation }) => ({
    "@type": "Person",
    name,
    url,
    affiliation: affiliation && { "@type": "Organization", name: affiliation },
  }));
  const publisher = { "@type": "NewsMediaOrganization", name: site.title, url: site.url };
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    mainEntityOfPage: article.url,
    headline: article.headline,
    description: article.summary || undefined,
    datePublished: article.published,
    dateModified: article.updated ?? article.published,
    inLanguage: article.language,
    dateline: article.dateline,
    articleSection: article.section?.title,
    keywords: article.tags.length === 0 ? undefined : article.tags.map((tag) => tag.name),
    author: people.length === 0 ? publisher : people,
    publisher,
    image: article.images.map(({ src, width, height, caption, credit, copyright }) => ({
      "@type": "ImageObject",
      url: src,
      width,
      height,
      caption,
      creditText: credit?.name,
      copyrightNotice: copyright,
    })),
    copyrightNotice: article.rights?.copyright,
    license: article.rights?.license,
    correction: article.corrections.map(({ at, text }) => ({
      "@type": "CorrectionComment",
      datePublished: at,
      text,
    })),
  };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
