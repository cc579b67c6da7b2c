// The frame of every page: head with autodiscovery, masthead, content.

import type { Child, FC } from "hono/jsx";
import { documentPath, documentsOf } from "../../feeds/catalogue.ts";
import { direction } from "../../formats/body.ts";
import { WIRE_FORMATS } from "../../formats/index.ts";
import type { Site } from "../../model/site.ts";

/** What readers call the formats. */
export const FORMAT_NAMES = { rss: "RSS", atom: "Atom", json: "JSON Feed" } as const;

/** A whole document; `head` goes into the head, after what every page has. */
export const Layout: FC<{
  site: Site;
  title: string;
  description?: string;
  language?: string;
  /** True where the publication's name is the page's heading. */
  front?: boolean;
  head?: Child;
  children?: Child;
}> = ({ site, title, description, language = site.language, front = false, head, children }) => (
  <html lang={language} dir={direction(language)}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {description ? <meta name="description" content={description} /> : null}
      <link rel="stylesheet" href="/style.css" />
      {documentsOf(["site"]).map((key) => (
        <link
          rel="alternate"
          type={WIRE_FORMATS[key.format].mediaType}
          title={`${site.title} (${FORMAT_NAMES[key.format]})`}
          href={site.url + documentPath(key)}
        />
      ))}
      {head}
    </head>
    <body>
      <div class="page">
        <header class="masthead" lang={site.language} dir={direction(site.language)}>
          {front ? <h1 class="name">{site.title}</h1> : <Name site={site} />}
          <p>{site.description}</p>
        </header>
        <main>{children}</main>
      </div>
    </body>
  </html>
);

const Name: FC<{ site: Site }> = ({ site }) => (
  <p class="name">
    <a href="/">{site.title}</a>
  </p>
);
