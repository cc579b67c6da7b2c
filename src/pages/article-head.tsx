// What an article's page says to machines: Open Graph (https://ogp.me) and schema.org NewsArticle.

import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { bylineOf } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { pagePath } from "../feeds/catalogue.ts";

/** What the head of an article's page has besides that of every page. */
export const Metadata: FC<{ site: Site; article: Article }> = ({ site, article }) => {
  const lead = article.images[0];
  return (
    <>
      {article.rights?.license ? <link rel="license" href={article.rights.license} /> : null}
      <meta property="og:type" content="article" />
      <meta property="article:published_time" content={article.published} />
      {article.updated ? <meta property="article:modified_time" content={article.updated} /> : null}
      {article.section ? <meta property="article:section" content={article.section.title} /> : null}
      {article.tags.map((tag) => (
        <meta property="article:tag" content={tag.name} />
      ))}
      {lead?.width ? <meta property="og:image:width" content={String(lead.width)} /> : null}
      {lead?.height ? <meta property="og:image:height" content={String(lead.height)} /> : null}
      {lead?.alt ? <meta property="og:image:alt" content={lead.alt} /> : null}
      <script type="application/ld+json">{raw(jsonLd(article, site))}</script>
    </>
  );
};

/** schema.org NewsArticle as JSON-LD. `<` is escaped, so that no text can end the script element. */
function jsonLd(article: Article, site: Site): string {
  const people = bylineOf(article.bylines).map(({ name, url, affiliation, person, avatar }) => ({
    "@type": "Person",
    name,
    url: person === undefined ? url : site.url + pagePath(`author/${person}`),
    sameAs: person === undefined ? undefined : url,
    image: avatar,
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
