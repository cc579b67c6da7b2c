// The same HTML through every door: the API, Markdown, index.html, a feed, a saved page, WordPress and Ghost. Readers get
// the same, and a second PUT of what the API shows changes nothing.

import { describe, expect, it } from "vitest";
import { OWN_SITE } from "../../src/article/body.ts";
import { htmlBody } from "../../src/content/html-body.ts";
import { markdownBody } from "../../src/content/markdown.ts";
import { type CleanBody, cleanBody, cleanOptionsFor } from "../../src/html/clean.ts";
import { readFeed } from "../../src/import/feed/read-feed.ts";
import { readGhost } from "../../src/import/ghost/ghost.ts";
import type { Imported } from "../../src/import/importer.ts";
import { readPage } from "../../src/import/page/saved-page.ts";
import { readWordpress } from "../../src/import/wordpress/wordpress.ts";
import { escapeHtml } from "../../src/lib/text.ts";
import { post } from "../import/wordpress/sample.ts";
import { unwrap } from "../pipeline.ts";
import { WEB_HTML } from "./web-html.ts";

const SITE = {
  url: "https://news.example.com",
  iframeHosts: ["www.youtube-nocookie.com", "player.vimeo.com"],
};
// An importer takes a text for an article only where there is enough of it.
const BEFORE =
  "The council voted on Monday to bring the night boat back after nine years, and set aside money for a second one, which is to sail from the lower quay in the spring once the pier has been mended and the lamps along the wall have been lit again.";
const AFTER =
  "The boats will be named by readers of this paper, who may write to the harbour office until the end of March.";
const around = (html: string): string => `<p>${BEFORE}</p>\n\n${html}\n\n<p>${AFTER}</p>`;

const cleaned = (html: string): CleanBody =>
  unwrap(cleanBody(html, cleanOptionsFor("story", { images: [] }, SITE)));
const imported = ({ articles: [article] }: Imported): string => {
  if (article?.body.kind !== "html") throw new Error("no article with HTML came of it");
  return article.body.html;
};

const DOORS: Readonly<Record<string, (html: string) => string>> = {
  "the API": (html) => html,
  Markdown: (html) => markdownBody(html).html(({ address }) => address),
  "index.html": (html) => htmlBody(html).html(({ address }) => address),
  "a feed": (html) =>
    imported(
      readFeed({
        name: "feed.xml",
        content: `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour</title><link>https://harbour.example/</link><item><title>Boats</title><link>https://harbour.example/boats</link><content:encoded>${escapeHtml(html)}</content:encoded></item></channel></rss>`,
      }),
    ),
  "a saved page": (html) =>
    imported(
      readPage({
        name: "page.html",
        content: `<!doctype html><html lang="en"><head><title>Boats</title><link rel="canonical" href="https://harbour.example/boats"><meta property="og:type" content="article"></head><body><article><h1>Boats</h1><div class="entry-content">${html}</div></article></body></html>`,
      }),
    ),
  WordPress: (html) =>
    imported(
      readWordpress({
        name: "export.xml",
        content: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Harbour</title><link>https://harbour.example</link><wp:wxr_version>1.2</wp:wxr_version>${post(html)}</channel></rss>`,
      }),
    ),
  Ghost: (html) =>
    imported(
      readGhost({
        name: "export.json",
        content: JSON.stringify({
          db: [
            {
              meta: { version: "5.82.0" },
              data: {
                posts: [
                  {
                    ...{ id: "64f0c1d2e3a4b5c6d7e8f901", title: "Boats", slug: "boats", html, type: "post" },
                    ...{
                      status: "published",
                      visibility: "public",
                      published_at: "2025-07-01T11:00:00.000Z",
                    },
                  },
                ],
                settings: [{ key: "url", value: "https://harbour.example/" }],
              },
            },
          ],
        }),
      }),
    ),
};

/**
 * What stands between the two paragraphs. White space between elements shows nothing, nor does a plain box, nor whether a
 * picture or player alone, or a line of a quotation, is a paragraph.
 */
const middle = (body: string): string =>
  body
    .replaceAll(OWN_SITE, SITE.url)
    .replace(/<\/?(?:div|section|span)>/g, "")
    .replace(/>\s+</g, "><")
    .replace(/\s*\n\s*/g, " ")
    .replace(`<p>${BEFORE}</p>`, "")
    .replace(`<p>${AFTER}</p>`, "")
    .trim()
    .replace(/<blockquote.*?<\/blockquote>/g, (quote) => quote.replace(/<\/?p>/g, ""))
    .replace(/<p>(<img [^>]*>|<(iframe|video|audio) [^>]*>(?:<track [^>]*>)?<\/\2>)<\/p>/g, "$1");

describe.each(Object.entries(DOORS))("by %s", (door, through) => {
  it.each(WEB_HTML)("$name", ({ html, shown, shownByWordpress = shown }) => {
    const { body } = cleaned(through(around(html)));
    expect(middle(body)).toBe(middle(door === "WordPress" ? shownByWordpress : shown));
  });
});

describe("the API", () => {
  it.each(WEB_HTML)("tells what is lost: $name", ({ html, warnings = [] }) => {
    expect(cleaned(around(html)).warnings.map(({ code }) => code)).toEqual(warnings);
  });

  it.each(WEB_HTML)("leaves as it is what it gave: $name", ({ html }) => {
    const { body } = cleaned(around(html));
    expect(cleaned(body.replaceAll(OWN_SITE, ""))).toMatchObject({ body, warnings: [] });
  });
});
