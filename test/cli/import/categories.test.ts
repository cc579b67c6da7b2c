// Names that a source gives to what its articles are about: one that is no section of the site is a tag, whatever the source.

import { expect, it } from "vitest";
import { parse } from "yaml";
import { workshop } from "./workshop.ts";

const TEXT =
  "<p>The ferry sails again from the old harbour, nine years after its last trip across the bay.</p><p>Its crew of twelve was hired in January, and the first tickets are already sold, the harbour office says.</p><p>Until then the bus goes round the bay, and takes an hour longer, as everybody in the town knows.</p>";
const DATE = "2026-03-02T18:00:00Z";

const rss = (categories: string): string =>
  `<rss version="2.0"><channel><title>x</title><item><title>Ferry</title><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate>${categories}<description>It sails.</description></item></channel></rss>`;
const atom = (categories: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>x:1</id><title>x</title><updated>${DATE}</updated><entry><id>x:2</id><title>Ferry</title><published>${DATE}</published><updated>${DATE}</updated>${categories}<content type="html">It sails.</content></entry></feed>`;
const jsonFeed = (tags: readonly string[]): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "x",
    items: [{ id: "1", title: "Ferry", date_published: DATE, content_text: "It sails.", tags }],
  });
const wxr = (categories: string): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title><wp:wxr_version>1.2</wp:wxr_version><item><title>Ferry</title><content:encoded><![CDATA[It sails.]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2026-03-02 18:00:00</wp:post_date_gmt><wp:post_name>ferry</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${categories}</item></channel></rss>`;
const ghost = (names: readonly string[]): string =>
  JSON.stringify({
    data: {
      posts: [
        {
          id: "1",
          title: "Ferry",
          slug: "ferry",
          html: "<p>It sails.</p>",
          status: "published",
          published_at: DATE,
        },
      ],
      tags: names.map((name, id) => ({ id: String(id), name })),
      posts_tags: names.map((_, id) => ({ post_id: "1", tag_id: String(id), sort_order: id })),
    },
    meta: {},
  });
const page = (head: string, inside = ""): string =>
  `<!doctype html><html lang="en"><head><title>Ferry</title><meta property="article:published_time" content="${DATE}">${head}</head><body><article><h1>Ferry</h1>${TEXT}${inside}</article></body></html>`;

const BOTH = ["Ferries", "Night boats"];
const SOURCES: Readonly<Record<string, readonly [file: string, content: string]>> = {
  RSS: ["x.rss", rss(BOTH.map((name) => `<category>${name}</category>`).join(""))],
  "RSS with dc:subject": [
    "x.rss",
    rss(
      BOTH.map((name) => `<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/">${name}</dc:subject>`).join(
        "",
      ),
    ),
  ],
  Atom: ["x.atom", atom(BOTH.map((name) => `<category term="${name}"/>`).join(""))],
  "JSON Feed": ["x.json", jsonFeed(BOTH)],
  WXR: [
    "x.xml",
    wxr(
      BOTH.map(
        (name, n) => `<category domain="category" nicename="c${n}"><![CDATA[${name}]]></category>`,
      ).join(""),
    ),
  ],
  // The default category keeps its slug when it gets a name.
  "WXR whose default category was renamed": [
    "x.xml",
    wxr(
      '<category domain="category" nicename="uncategorized">Ferries</category><category domain="post_tag" nicename="n">Night boats</category>',
    ),
  ],
  Ghost: ["x.json", ghost(BOTH)],
  "article:section and article:tag": [
    "x.html",
    page(
      '<meta property="article:section" content="Ferries"><meta property="article:tag" content="Night boats">',
    ),
  ],
  "JSON-LD": [
    "x.html",
    page(
      `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", headline: "Ferry", articleSection: BOTH, datePublished: DATE })}</script>`,
    ),
  ],
  "JSON-LD, and other names in meta": [
    "x.html",
    page(
      `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", headline: "Ferry", articleSection: "Ferries", datePublished: DATE })}</script><meta property="article:section" content="Ferries"><meta property="article:tag" content="Night boats">`,
    ),
  ],
  microdata: [
    "x.html",
    `<!doctype html><html lang="en"><title>Ferry</title><meta property="article:published_time" content="${DATE}"><article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry</h1><a itemprop="articleSection" href="/f">Ferries</a><a itemprop="keywords" href="/n">Night boats</a>${TEXT}</article>`,
  ],
  "meta keywords": ["x.html", page('<meta name="keywords" content="Ferries, Night boats, Ferry">')],
  "links with rel=tag": [
    "x.html",
    `<!doctype html><html lang="en"><title>Ferry</title><meta property="article:published_time" content="${DATE}"><aside><a rel="tag" href="/o">Others</a></aside><article><h1>Ferry</h1>${TEXT}<footer><a rel="category tag" href="/f">Ferries</a> <a rel="tag" href="/n">Night boats</a></footer></article>`,
  ],
};

it.each(Object.entries(SOURCES))("%s", async (_, [name, content]) => {
  const { run, articles, file } = workshop({ [name]: content });
  expect((await run([name])).code).toBe(0);
  const [slug] = articles();
  const written = ["index.md", "index.html"].map((index) => {
    try {
      return file(`${slug}/${index}`);
    } catch {
      return "";
    }
  });
  const fields = parse(written.join("").split("---\n")[1] ?? "");
  expect(fields).toMatchObject({ tags: BOTH });
  expect(fields).not.toHaveProperty("draft");
});

it("no tags are keywords by the dozen, and the file says so", async () => {
  const keywords = Array.from({ length: 40 }, (_, n) => `harbour ${n}`).join(", ");
  const { run, file } = workshop({ "x.html": page(`<meta name="keywords" content="${keywords}">`) });
  await run(["x.html"]);
  expect(file("ferry/index.html")).toContain(
    "# note: the page's 40 keywords are for search engines, and no tags",
  );
  expect(file("ferry/index.html")).not.toContain("tags:");
});
