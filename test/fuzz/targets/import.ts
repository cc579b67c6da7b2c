// Sources of an import, as bytes: reported as unreadable, or turned into articles. Each article is a file that can be
// published, or a draft that names what it lacks.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { makeArticle } from "../../../src/cli/import/article-file.ts";
import { decode } from "../../../src/cli/import/decode-text.ts";
import { detectSource } from "../../../src/cli/import/detect-source.ts";
import { readArticleFile } from "../../../src/content/front-matter.ts";
import { toInstant } from "../../../src/lib/time.ts";
import { FIXTURES } from "../../fixtures/cases.ts";
import * as PAGES from "../../import/page/pages.ts";
import * as SAMPLE from "../../import/wordpress/sample.ts";
import { SITE } from "../../pipeline.ts";
import { anyText, bit, edited } from "../bits.ts";
import { anyHtml } from "../html.ts";
import { editedJson } from "../json.ts";
import { must, type Outcome, target } from "../target.ts";

const TEXTS = filesIn(join(import.meta.dirname, "../../import/text/pages"), /\.txt$/);
const FEEDS = filesIn(join(FIXTURES, "partners"), /\.(?:xml|json)$/).concat(
  filesIn(join(FIXTURES, "envelope"), /\.(?:rss|atom|json)$/),
);
const HTML_PAGES = Object.values(PAGES).filter((page) => typeof page === "string");
const GHOST: unknown = {
  db: [
    {
      meta: { version: "5.82.0" },
      data: {
        posts: [
          {
            ...{
              id: "64f0",
              uuid: "0b5c",
              title: "Ferry returns",
              slug: "ferry-returns",
              html: "<p>It sails.</p>",
            },
            ...{
              status: "published",
              visibility: "public",
              type: "post",
              published_at: "2025-07-01T11:00:00.000Z",
            },
            ...{
              feature_image: "__GHOST_URL__/content/images/a.png",
              custom_excerpt: "Short.",
              lexical: null,
            },
          },
          {
            id: "2",
            title: "Old",
            mobiledoc: '{"version":"0.3.1","sections":[[1,"p",[[0,[],0,"a"]]]]}',
            status: "draft",
          },
          {
            id: "3",
            title: "New",
            lexical: '{"root":{"children":[{"type":"paragraph","children":[{"type":"text","text":"a"}]}]}}',
          },
        ],
        posts_authors: [{ post_id: "64f0", author_id: "1", sort_order: 0 }],
        users: [{ id: "1", name: "Mara Quill", slug: "mara", bio: "Writes." }],
        tags: [{ id: "t", name: "Ferries", slug: "ferries" }],
        posts_tags: [{ post_id: "64f0", tag_id: "t", sort_order: 0 }],
        posts_meta: [{ post_id: "64f0", feature_image_alt: "A ferry", feature_image_caption: "At dusk" }],
        settings: [{ key: "url", value: "https://harbour.example/" }],
      },
    },
  ],
};
const JSON_FEED: unknown = {
  version: "https://jsonfeed.org/version/1.1",
  title: "Old paper",
  items: [
    {
      ...{ id: "1", url: "https://old.example/1", title: "Ferry back", content_html: "<p>It sails.</p>" },
      ...{ date_published: "2026-03-02T18:00:00Z", authors: [{ name: "Mara Quill" }], tags: ["a"] },
    },
    {
      id: "2",
      content_text: "Words.",
      image: "https://old.example/a.png",
      attachments: [{ url: "x", mime_type: "a/b" }],
    },
  ],
};

const LINKED: unknown = {
  "@context": "https://schema.org",
  "@graph": [
    { "@type": "Person", "@id": "#quill", name: "Marta Quill", url: "https://quayside.example/people/quill" },
    {
      "@type": "ImageObject",
      "@id": "#lead",
      url: "https://cdn.quayside.example/a.jpg",
      width: 1200,
      caption: "A",
    },
    {
      ...{
        "@type": ["NewsArticle"],
        "@id": "#article",
        headline: "Bridge opens",
        description: "After weeks.",
      },
      ...{
        author: [{ "@id": "#quill" }, { "@type": "Person", name: "Odo", jobTitle: "Reporter" }],
        editor: "Ines",
      },
      ...{
        image: { "@id": "#lead" },
        datePublished: "2026-01-12T18:04:00+01:00",
        keywords: "a, b",
        inLanguage: "en",
      },
      ...{
        articleBody: "Words.",
        articleSection: ["Town"],
        copyrightHolder: { "@id": "#post" },
        copyrightYear: 2026,
      },
    },
  ],
};
const BODY = PAGES.PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("");

const XML = [
  ...[
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<![CDATA[",
    "]]>",
    "<content:encoded>",
    "<title>",
    "</title>",
    "<link/>",
  ],
  ...[
    "<pubDate>x</pubDate>",
    "<guid>1</guid>",
    "<dc:creator>A, B and C</dc:creator>",
    "&nbsp;",
    "&x;",
    "<!DOCTYPE x>",
  ],
  ...[
    '<content type="xhtml">',
    '<div xmlns="http://www.w3.org/1999/xhtml">',
    "<wp:status>",
    '[caption id="a"]',
    "[/caption]",
  ],
  ...[
    "[gallery ids='1,2']",
    "<!-- wp:paragraph -->",
    '<!-- wp:image {"id":7} -->',
    "<!-- /wp:image -->",
    "<?pi?>",
    "<a:b>",
  ],
];
const xmlPiece = fc.oneof(fc.constantFrom(...XML), bit);
const LINES = [
  ...[
    "By Mara Quill and Ana Núñez",
    "SEOUL, Jan 12 (Reuters) —",
    "Published 12 January 2026",
    "Photo: A. B. / AFP",
    "Advertisement",
  ],
  ...[
    "Read more",
    "Share this article",
    "Updated at 10:30 GMT",
    "Von Eva Beispiel",
    "Par Jean",
    "Correction: a",
    "* * *",
    "© 2026",
  ],
];
const linePiece = fc.oneof(
  fc.constantFrom(...LINES).map((line) => `\n${line}\n`),
  bit,
);
const json = (value: unknown): string => JSON.stringify(value) ?? "";

const content = fc.oneof(
  { weight: 4, arbitrary: edited(TEXTS, linePiece) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...LINES), anyText), { maxLength: 30 })
      .map((lines) => lines.join("\n\n")),
  },
  { weight: 4, arbitrary: edited(HTML_PAGES, fc.oneof(bit, anyHtml)) },
  { weight: 1, arbitrary: anyHtml.map((body) => `<!doctype html><title>T</title><body>${body}`) },
  {
    weight: 2,
    arbitrary: editedJson([LINKED]).map(
      (data) =>
        `<html><script type="application/ld+json">${json(data)}</script><article>${BODY}</article></html>`,
    ),
  },
  { weight: 4, arbitrary: edited(FEEDS, xmlPiece) },
  {
    weight: 2,
    arbitrary: anyHtml.map(
      (body) =>
        `<rss version="2.0"><channel><title>T</title><item><title>A</title><description>${body
          .replaceAll("&", "&amp;")
          .replaceAll("<", "&lt;")}</description></item></channel></rss>`,
    ),
  },
  {
    weight: 2,
    arbitrary: edited([SAMPLE.wxr([SAMPLE.post("<p>A</p>"), SAMPLE.PIER, SAMPLE.BOAT])], xmlPiece),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(xmlPiece, anyHtml), { maxLength: 6 })
      .map((parts) => SAMPLE.wxr([SAMPLE.post(parts.join("")), SAMPLE.PIER])),
  },
  { weight: 2, arbitrary: editedJson([GHOST, JSON_FEED]).map(json) },
  { weight: 1, arbitrary: editedJson([GHOST, JSON_FEED], anyHtml).map(json) },
  { weight: 1, arbitrary: edited([json(GHOST), json(JSON_FEED)]) },
);

const source = fc.record({
  name: fc.constantFrom("page.txt", "page.html", "feed.xml", "export.json", "a b.txt"),
  content: fc.oneof({ weight: 12, arbitrary: content }, { weight: 1, arbitrary: anyText }),
  encoding: fc.constantFrom(
    "utf8" as const,
    "utf8" as const,
    "utf8" as const,
    "utf16le" as const,
    "latin1" as const,
  ),
  timezone: fc.constantFrom("Europe/Berlin", undefined),
});

/** Files to import. */
export const imports = target({ name: "Importers", inputs: 12_000, arbitrary: source, check });

type Source = typeof source extends fc.Arbitrary<infer T> ? T : never;

/** The folder of the imported files; it has no pictures. */
const FOLDER = import.meta.dirname;
const NOW = toInstant(new Date("2026-06-01T00:00:00Z"));

function check({ name, content: written, encoding, timezone }: Source): Outcome {
  const decoded = decode(Buffer.from(written, encoding));
  if (!decoded.ok) return mustSay(decoded.problems);
  const detected = detectSource(decoded.value.text, name);
  if (!detected.ok) return mustSay(detected.problems);
  const { articles, problems } = detected.value.read({ name, content: decoded.value.text });
  mustSay(problems);
  const choices = timezone === undefined ? {} : { timezone };
  const options = { choices, images: [], site: SITE, fetched: new Map(), beside: false, now: NOW };
  for (const article of articles) {
    const made = makeArticle(
      { article, file: join(FOLDER, name), folders: [], origin: { from: name } },
      options,
    );
    must(/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(made.slug), () => `is called ${made.slug}`);
    const file = readArticleFile(made.text);
    const isDraft = made.incomplete || made.heldBack;
    must(
      file.kind === (isDraft ? "draft" : "article"),
      () =>
        `is ${file.kind}, ${JSON.stringify(made.file.needs)}: ${"problems" in file ? JSON.stringify(file.problems) : ""}`,
    );
  }
  return articles.length > 0 ? "taken" : "refused";
}

function mustSay(problems: readonly { readonly message: string }[]): Outcome {
  must(
    problems.every(({ message }) => message !== ""),
    () => "a problem without a message",
  );
  return "refused";
}

function filesIn(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8"));
}
