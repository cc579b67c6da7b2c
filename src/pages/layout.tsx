// The frame of every page: head with autodiscovery, masthead with the sections, content, foot with the feeds.

import type { Child, FC } from "hono/jsx";
import { documentPath, documentsOf, pagePath } from "../feeds/catalogue.ts";
import { spokenIn } from "../formats/body.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import type { Text } from "../lib/text.ts";
import { dateLanguage, dayIn, humanDay } from "../lib/time.ts";
import { gapAfter } from "../words/words.ts";
import { FORMAT_NAMES, OPML_PATH } from "./subscribe.tsx";
import type { View } from "./view.tsx";

/** The metadata of a page. */
export interface PageHead {
  readonly view: View;
  /** The page's own title, without the site's. */
  readonly title: string;
  readonly description?: string;
  /** Absolute URL; missing for a page that must not be indexed. */
  readonly canonical?: string;
  /** Absolute URL of the picture for link previews. */
  readonly image?: string | undefined;
  /** The language of the content; by default the site's. */
  readonly language?: string;
  /** Slug of the section that the page is, or is in. */
  readonly section?: string | undefined;
  /** The front page: its heading is the publication's name, with the day. */
  readonly front?: boolean;
  /** The absolute base URL of a page that is opened from a file. */
  readonly base?: string | undefined;
  readonly head?: Child;
  readonly children?: Child;
}

/** A whole document; `head` is added at the end of the head. */
export const Layout: FC<PageHead> = (page) => {
  const { view, language = view.site.language, head, children } = page;
  const { site, words, mark } = view;
  const own = spokenIn(site.language, language);
  return (
    <html {...spokenIn(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Description {...page} />
        {page.base ? <base href={page.base} /> : null}
        <link rel="stylesheet" href="/style.css" />
        {view.documents.map((key) => (
          <link
            rel="alternate"
            type={WIRE_FORMATS[key.format].mediaType}
            title={`${key.title} (${FORMAT_NAMES[key.format]})`}
            href={site.url + documentPath(key)}
          />
        ))}
        {head}
      </head>
      <body>
        <a class="skip" href="#content" {...own} {...mark}>
          {words.skip}
        </a>
        <Masthead {...page} />
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <Foot view={view} language={language} />
      </body>
    </html>
  );
};

/** Title and description, for search engines and link previews (https://ogp.me). */
const Description: FC<PageHead> = ({ view, title, description, canonical, image }) => (
  <>
    <title>{title === view.site.title ? title : `${title} — ${view.site.title}`}</title>
    {description ? <meta name="description" content={description} /> : null}
    {canonical === undefined ? (
      <meta name="robots" content="noindex" />
    ) : (
      <>
        <link rel="canonical" href={canonical} />
        <meta property="og:url" content={canonical} />
        <meta property="og:title" content={title} />
        {description ? <meta property="og:description" content={description} /> : null}
        <meta property="og:site_name" content={view.site.title} />
        {image ? <meta property="og:image" content={image} /> : null}
        <meta name="twitter:card" content={image ? "summary_large_image" : "summary"} />
      </>
    )}
  </>
);

const Masthead: FC<PageHead> = ({ view, language = view.site.language, section, front = false }) => {
  const { site, now, sections, words, mark } = view;
  return (
    <header class={front ? "masthead front" : "masthead"} {...spokenIn(site.language, language)}>
      <div class="title">
        {front ? (
          <time
            datetime={dayIn(now, site.timezone)}
            {...spokenIn(dateLanguage(site.language), site.language)}
          >
            {humanDay(now, dateLanguage(site.language), site.timezone)}
          </time>
        ) : null}
        {front ? <h1 class="name">{site.title}</h1> : <Name title={site.title} />}
        <a class="join" href={front ? "#subscribe" : "/#subscribe"} {...mark}>
          {words.subscribe}
        </a>
        {front ? <p class="motto">{site.description}</p> : null}
      </div>
      {sections.length === 0 ? null : (
        <nav aria-label={words.sections} lang={mark.lang}>
          <ul {...spokenIn(site.language, mark.lang ?? site.language)}>
            {sections.map(({ slug, title }) => (
              <li>
                <a href={pagePath(`section/${slug}`)} aria-current={slug === section ? "true" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
};

const Name: FC<{ title: Text }> = ({ title }) => (
  <p class="name">
    <a href="/">{title}</a>
  </p>
);

const Foot: FC<{ view: View; language: string }> = ({ view: { site, words, mark }, language }) => (
  <footer class="foot" {...spokenIn(site.language, language)}>
    <p class="name">
      <a href="/">{site.title}</a>
    </p>
    <ul>
      {documentsOf(["site"]).map((key) => (
        <li>
          <a href={documentPath(key)}>{FORMAT_NAMES[key.format]}</a>
        </li>
      ))}
      <li {...mark}>
        <a href={OPML_PATH}>{words.allFeeds}</a>
      </li>
    </ul>
    <p>
      {site.copyright ? <bdi>{site.copyright}</bdi> : null}
      <span {...mark}>
        {words.madeWith}
        {gapAfter(words.madeWith)}
        <bdi>Wireroom</bdi>
      </span>
    </p>
  </footer>
);
