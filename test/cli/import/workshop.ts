// A content folder with sources beside it, and `wireroom import` run on them.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ImportOptions, runImport } from "../../../src/cli/import.ts";
import { contentFolder, write } from "../folder.ts";
import { listen } from "../output.ts";

/** Sources beside a content folder. */
export function workshop(sources: Readonly<Record<string, string | Uint8Array>>) {
  const content = contentFolder({});
  const dir = mkdtempSync(join(tmpdir(), "sources-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  write(dir, sources);
  const articlesDir = join(content, "articles");
  const run = async (names: readonly string[], changes: Partial<ImportOptions> = {}) => {
    const out = listen();
    const paths = names.map((name) => join(dir, name));
    const code = await runImport({ paths, articlesDir, choices: {}, images: [], ...changes }, out);
    return { code, said: out.text() };
  };
  const file = (path: string) => readFileSync(join(articlesDir, path), "utf8");
  const articles = () => (existsSync(articlesDir) ? readdirSync(articlesDir).sort() : []);
  return { content, dir, articlesDir, run, file, articles };
}

/** An old paper's feed: an article, and one without a date. */
export const FEED = `<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Old paper</title><link>https://old.example/</link><description>Old.</description>
<item><title>Ferry back in spring</title><link>https://old.example/ferry-back</link><guid>https://old.example/?p=12</guid>
<dc:creator>Mara Quill</dc:creator><category>World</category><category>Ferries</category>
<pubDate>Mon, 02 Mar 2026 18:00:00 +0900</pubDate>
<content:encoded><![CDATA[<p>The ferry sails again from the old harbour.</p>]]></content:encoded></item>
<item><title>No date at all</title><link>https://old.example/no-date</link><guid>https://old.example/?p=13</guid>
<content:encoded><![CDATA[<p>Nobody knows when this was written.</p>]]></content:encoded></item>
</channel></rss>
`;

/** A page that a browser saved, with its picture beside it. */
export const PAGE = `<!doctype html><html lang="en"><head><title>Ferry back in spring</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry back in spring",
"datePublished":"2026-03-02T18:00:00+09:00","author":{"@type":"Person","name":"Mara Quill"},"image":"page_files/ferry.png"}</script></head>
<body><article><h1>Ferry back in spring</h1><figure><img src="page_files/ferry.png" alt="A white ferry"><figcaption>The ferry at dusk.</figcaption></figure>
<p>The ferry sails again from the old harbour, nine years after its last trip across the bay.</p>
<p>Its crew of twelve was hired in January, and the first tickets are already sold, the harbour office says.</p></article></body></html>`;
