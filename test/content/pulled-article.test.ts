// An article as a file, and back: whatever HTML it was stored with, the file reads as the same article.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleInputSchema, type StoredArticle } from "../../src/article/article.ts";
import { asInput } from "../../src/article/as-input.ts";
import { readContent } from "../../src/content/folder.ts";
import { readArticle } from "../../src/content/read-article.ts";
import { asSeen, pulledArticle } from "../../src/content/write-article.ts";
import { check } from "../../src/lib/problem.ts";
import { contentFolder } from "../cli/folder.ts";
import { WEB_HTML } from "../html/web-html.ts";
import { store, unwrap } from "../pipeline.ts";

const BASE = { headline: "H", published: "2024-10-24T11:30:00Z" };

/** Stores an article, writes it as a file, and stores what the file reads as. */
async function roundTrip(dir: string, article: Readonly<Record<string, unknown>>) {
  const stored = await store({ article });
  if (!stored.ok) return undefined;
  const shown = unwrap(check(articleInputSchema, asInput(stored.value)));
  const { id: _, ...input } = shown;
  const content = await readContent(dir);
  const slug = stored.value.slug;
  const made = pulledArticle(slug, input, content.site);
  const folder = { slug, dir: join(dir, "articles", slug), file: join(dir, "articles", slug, made.name) };
  mkdirSync(folder.dir, { recursive: true });
  writeFileSync(folder.file, made.file);
  const read = readArticle(folder, content);
  if (read.kind !== "article") throw new Error(JSON.stringify([read.findings, made.file]));
  const again = unwrap(await store({ article: read.input }));
  return { before: stored.value, after: again, name: made.name, text: readFileSync(folder.file, "utf8") };
}

/** The article as readers see it: lines between blocks are no text. */
const seen = (article: StoredArticle) => ({ ...article, body: asSeen(article.body) });

const PIECES = [
  ...["<p>", "</p>", "<h2>", "</h2>", "<ul><li>", "</li></ul>", "<ol start=3><li>", "</ol>", "<blockquote>"],
  ...[
    "</blockquote>",
    "<em>",
    "</em>",
    "<strong>",
    "</strong>",
    "<a href='https://x.test/a_b'>",
    "</a>",
    "<br>",
  ],
  ...[
    "<table><thead><tr><th>a<tbody><tr><td>b</table>",
    "<pre><code class='language-x'>a\n\n  b</code></pre>",
  ],
  ...[
    "<sub>2</sub>",
    "<mark>",
    "</mark>",
    "<hr>",
    "*",
    "_",
    "#",
    "# ",
    "1. ",
    "- ",
    "> ",
    "`",
    "[",
    "](",
    "&amp;lt;",
  ],
  ...[
    "&lt;b&gt;",
    "|",
    "~",
    "~~",
    "\\",
    "!",
    "\n",
    "\n\n",
    "  ",
    "www.x.test",
    "<q>",
    "</q>",
    "<dl><dt>a<dd>b</dl>",
  ],
  ...[
    "<iframe src='https://player.example.com/e'></iframe>",
    "<del>",
    "</del>",
    "<kbd>x</kbd>",
    "word",
    "الباب",
  ],
];

describe("an article as a file", () => {
  it("reads as the same article, whatever is in its body", async () => {
    const dir = contentFolder({ "articles/.keep": "" });
    const body = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 20 })
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(body, async (html) => {
        const trip = await roundTrip(dir, { ...BASE, body: { html } });
        if (!trip) return;
        expect(seen(trip.after), trip.text).toEqual(seen(trip.before));
      }),
      { numRuns: 300 },
    );
  });

  it("is Markdown where its body is of the elements that the desk has", async () => {
    const dir = contentFolder({ "articles/.keep": "" });
    const words = fc
      .array(
        fc.constantFrom(
          "It sails",
          "H*2",
          "a_b_c",
          "# 1",
          "1. May",
          "5 < 6",
          "[x]",
          "~~",
          "`",
          "الباب",
          "&amp;",
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((parts) => parts.join(" ").replaceAll(" < ", " &lt; "));
    const inline = fc.array(
      fc.oneof(
        words,
        fc
          .tuple(fc.constantFrom("em", "strong", "sup", "code", 'a href="https://x.test/a_b"'), words)
          .map(([tag, text]) => `<${tag}>${text}</${tag.split(" ")[0]}>`),
      ),
      { minLength: 1, maxLength: 4 },
    );
    const line = inline.map((parts) => parts.join(" "));
    const block = fc.oneof(
      line.map((text) => `<p>${text}</p>`),
      line.map((text) => `<h2>${text}</h2>`),
      line.map((text) => `<ul><li><p>${text}</p></li><li><p>${text}</p></li></ul>`),
      line.map((text) => `<ol><li><p>${text}</p></li></ol>`),
      line.map((text) => `<blockquote><p>${text}</p><p>${text}</p></blockquote>`),
      words.map((text) => `<pre><code>${text}\n\n  ${text}</code></pre>`),
      fc.constant("<hr>"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 6 }), async (blocks) => {
        const trip = await roundTrip(dir, { ...BASE, body: { html: blocks.join("") } });
        expect(trip && seen(trip.after)).toEqual(trip && seen(trip.before));
        expect(trip?.name, blocks.join("")).toBe("index.md");
      }),
      { numRuns: 200 },
    );
  });

  it.each(WEB_HTML.map(({ name, html }) => [name, html] as const))("holds %s", async (_, html) => {
    const dir = contentFolder({ "articles/.keep": "" });
    const trip = await roundTrip(dir, { ...BASE, body: { html: `<p>One.</p>${html}<p>Two.</p>` } });
    expect(trip && seen(trip.after)).toEqual(trip && seen(trip.before));
  });

  it("is Markdown that one would write", async () => {
    const dir = contentFolder({ "articles/.keep": "" });
    const html = `<h2>Why</h2><p>It <em>sails</em> <strong>again</strong>, see <a href="https://x.test/">here</a>. H<sub>2</sub>O.</p>
      <ul><li>one</li><li>two</li></ul><blockquote><p>Quote</p></blockquote>
      <table><thead><tr><th>At</th></tr></thead><tbody><tr><td>9:00</td></tr></tbody></table>`;
    const trip = await roundTrip(dir, { ...BASE, tags: ["Ships"], body: { html } });
    expect(trip?.text).toBe(`---
headline: H
tags:
  - Ships
published: 2024-10-24T11:30:00Z
---
## Why

It _sails_ **again**, see [here](https://x.test/). H<sub>2</sub>O.

- one
- two

> Quote

| At   |
| ---- |
| 9:00 |
`);
  });
});
