// The article page: all fields of the article, what to read next, and metadata for programs.

import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { type Article, compactHeadline, cutOffAfter, type StoredArticle } from "../article/article.ts";
import { replaceElements } from "../article/body.ts";
import { bylineOf } from "../article/byline.ts";
import { resolveKnown } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { documentsOf, pagePath, termsOf } from "../feeds/catalogue.ts";
import { corrections, credits, spokenIn, storyParts, withPlayerLinks } from "../formats/body.ts";
import { phrasesFor } from "../formats/phrases.ts";
import type { Html } from "../lib/text.ts";
import { dateLanguage, humanDate, humanTime, type Instant, latest } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { Layout } from "./layout.tsx";
import { Bylines, Person } from "./people.tsx";
import { withPictures } from "./picture.tsx";
import { readNeighbours } from "./sql.ts";
import { Headlines, Kicker } from "./teaser.tsx";
import { type View, viewOf, WrittenAddress } from "./view.tsx";

/** The links to other articles; `newer` and `older` are by publication. */
interface Near {
  readonly related: readonly Article[];
  readonly newer?: Article | undefined;
  readonly older?: Article | undefined;
}

/** Additions to the page of an article that isn't published. Such a page has no metadata for programs. */
interface Draft {
  /** Above the article. */
  readonly notice: Child;
  /** In the head. */
  readonly head: Child;
}

/**
 * The page of an article with its neighbours, and the page's view. With `draft`, the page that the article
 * will have. @throws Error, when D1 fails.
 */
export async function articlePage(
  { env, site }: Pick<Runtime, "env" | "site">,
  stored: StoredArticle,
  now: Instant,
  draft?: Draft,
): Promise<{ readonly view: View; readonly content: ReturnType<FC> }> {
  const resolve = (one: StoredArticle) => resolveKnown(one, site).article;
  const terms = termsOf(stored)
    .map(({ term }) => term)
    .filter((term) => /^(?:section|tag)\//.test(term));
  const near = await readNeighbours(env.DB, stored, terms, now, Object.keys(site.sections));
  const article = resolve(stored);
  const { section } = article;
  const documents = [
    ...documentsOf(["site"]),
    ...(section ? [{ feed: `section/${section.slug}`, format: "rss" } as const] : []),
  ];
  const view = viewOf(site, now, near.sections, documents, undefined, env.IMAGES !== undefined);
  const resolved = {
    related: near.related.map(resolve),
    newer: near.newer && resolve(near.newer),
    older: near.older && resolve(near.older),
  };
  return { view, content: <ArticlePage view={view} article={article} near={resolved} draft={draft} /> };
}

const ArticlePage: FC<{ view: View; article: Article; near: Near; draft?: Draft | undefined }> = ({
  view,
  article,
  near,
  draft,
}) => {
  const { site } = view;
  const { language } = article;
  // An article that is linked above as the previous or next one isn't repeated as the only related one.
  const around = [near.older?.id, near.newer?.id];
  const related = near.related.every(({ id }) => around.includes(id)) ? [] : near.related;
  return (
    <Layout
      view={view}
      title={article.headline}
      description={article.summary}
      {...(draft ? {} : { canonical: article.url })}
      image={article.images[0]?.src}
      language={language}
      section={article.section?.slug}
      head={draft ? draft.head : <Metadata site={site} article={article} />}
    >
      {draft?.notice}
      <article class="full">
        <header class="head">
          <Kicker view={view} article={article} />
          <h1 class={cutOffAfter(article.headline) ? "long" : undefined}>{article.headline}</h1>
          {article.dek ? <p class="dek">{article.dek}</p> : null}
          <div class="meta">
            <Bylines site={site} article={article} />
            <Dates view={view} article={article} />
          </div>
        </header>
        <div class="story">{raw(storyOf(view, article))}</div>
        <div class="end">
          <div id={CORRECTIONS}>{raw(corrections(article, site).join("\n"))}</div>
          {raw(credits(article).join("\n"))}
          <Rights view={view} article={article} />
          <Tags article={article} />
        </div>
        <Makers view={view} article={article} />
      </article>
      <div class="onward" {...spokenIn(site.language, language)}>
        <Around view={view} near={near} />
        <Headlines view={view} id="related" title={view.words.related} articles={related} />
      </div>
    </Layout>
  );
};

/** The id that the head's "Corrected" links to. */
const CORRECTIONS = "wr-corrections";

/**
 * The text and its pictures. Each frame has a link beside it, since frames may be blocked, and don't print.
 */
function storyOf(view: View, article: Article): string {
  const body = withPlayerLinks(withTables(article.body), article, ["iframe"]);
  return withPictures(storyParts({ ...article, body }), article, view);
}

/** Puts each table into a box that scrolls, also by keyboard. */
const withTables = (body: Html): Html =>
  replaceElements(body, ["table"], ({ html: table }) => `<div class="wide" tabindex="0">${table}</div>`);

const Dates: FC<{ view: View; article: Article }> = ({ view, article }) => {
  const { site } = view;
  const { published, updated, language } = article;
  const { phrases, language: spoken } = phrasesFor(language);
  return (
    <p class="dates">
      <time datetime={published} {...spokenIn(dateLanguage(language), language)}>
        {humanTime(published, dateLanguage(language), site.timezone)}
      </time>
      {updated ? (
        <time datetime={updated} {...spokenIn(spoken, language)}>
          {phrases.updated(humanTime(updated, spoken, site.timezone))}
        </time>
      ) : null}
      <Corrected view={view} article={article} />
    </p>
  );
};

/**
 * Says that the article was corrected, and when last, with a link to the corrections. A correction is named
 * before a clarification.
 */
const Corrected: FC<{ view: View; article: Article }> = ({ view: { site }, article }) => {
  const { corrections: all, language } = article;
  const { phrases, language: spoken } = phrasesFor(language);
  for (const kind of ["correction", "clarification", "update"] as const) {
    const at = latest(all.filter((one) => one.kind === kind).map((one) => one.at));
    if (at === undefined) continue;
    return (
      <span class="corrected" {...spokenIn(spoken, language)}>
        <a href={`#${CORRECTIONS}`}>
          {kind === "correction" ? phrases.corrected : phrases.corrections[kind]}
        </a>{" "}
        <time datetime={at}>{humanDate(at, spoken, site.timezone)}</time>
      </span>
    );
  }
  return null;
};

const Rights: FC<{ view: View; article: Article }> = ({ view: { site, words, mark }, article }) => {
  const { copyright, license, terms } = article.rights ?? {};
  return (
    <>
      {copyright ? <p class="rights">{copyright}</p> : null}
      {terms ? <p class="rights">{terms}</p> : null}
      {license ? (
        <p class="rights">
          <span {...spokenIn(mark.lang ?? site.language, article.language)}>{words.license}</span>
          {gapAfter(words.license)}
          <a href={license} rel="license" dir="ltr">
            <WrittenAddress url={license} />
          </a>
        </p>
      ) : null}
    </>
  );
};

const Tags: FC<{ article: Article }> = ({ article: { tags } }) =>
  tags.length === 0 ? null : (
    <ul class="tags">
      {tags.map(({ slug, name }) => (
        <li>{slug === "" ? name : <a href={pagePath(`tag/${slug}`)}>{name}</a>}</li>
      ))}
    </ul>
  );

/** The people of whom more is known than the name. */
const Makers: FC<{ view: View; article: Article }> = ({ view, article }) => {
  const { site, words, mark } = view;
  const people = article.bylines.filter(
    ({ bio, affiliation, person, url }) => bio ?? affiliation ?? person ?? url,
  );
  if (people.length === 0) return null;
  return (
    <section class="makers" aria-labelledby="makers" {...spokenIn(site.language, article.language)}>
      <h2 id="makers" class="rule" {...mark}>
        {words.makers}
      </h2>
      {people.map((person) => (
        // People in site.yaml are described in the site's language, people written out in the article in the
        // article's.
        <Person view={view} person={person} {...(person.person ? {} : { language: article.language })} />
      ))}
    </section>
  );
};

const Around: FC<{ view: View; near: Near }> = ({ view: { site, words, mark }, near: { older, newer } }) => {
  if (!older && !newer) return null;
  const links = [
    { article: older, rel: "prev", name: words.previous },
    { article: newer, rel: "next", name: words.next },
  ];
  return (
    <nav class="around" aria-label={`${words.previous}, ${words.next}`} lang={mark.lang}>
      {links.map(({ article, rel, name }) =>
        article ? (
          <a href={article.url} rel={rel}>
            <span class="label" {...mark}>
              {name}
            </span>
            <span class="clamp" {...spokenIn(article.language, mark.lang ?? site.language)}>
              {compactHeadline(article)}
            </span>
          </a>
        ) : null,
      )}
    </nav>
  );
};

/** Metadata in the page's head: Open Graph (https://ogp.me) and schema.org NewsArticle. */
const Metadata: FC<{ site: Site; article: Article }> = ({ site, article }) => {
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
