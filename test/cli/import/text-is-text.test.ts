// Text in, the same text out, over the whole way: a saved page as plain text -> `wireroom import` -> the article's file, read
// as `publish` reads it -> what the Worker stores and renders -> RSS, Atom and JSON Feed, read by a parser that isn't ours.

import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { describe, expect, it } from "vitest";
import { checkContent } from "../../../src/cli/check.ts";
import type { Format } from "../../../src/formats/format.ts";
import { readText } from "../../../src/import/text/saved-text.ts";
import { text } from "../../../src/lib/text.ts";
import { documentOf, runPipeline } from "../../pipeline.ts";
import { write } from "../folder.ts";
import { workshop } from "./workshop.ts";

/** What a reader of one format sees of an article. */
interface Seen {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const shownBy = (html: string): string => textOf(fromHtml(html, { fragment: true }));

const READERS: Readonly<Record<Format, (document: string) => readonly (string | undefined)[]>> = {
  rss: (document) => {
    const item = parseRssFeed(document).items?.[0];
    return [item?.title, item?.content?.encoded];
  },
  atom: (document) => {
    const entry = parseAtomFeed(document).entries?.[0];
    const { type, value = "" } = entry?.title ?? {};
    return [type === "html" ? shownBy(value) : value, entry?.content?.value];
  },
  json: (document) => {
    const item = parseJsonFeed(JSON.parse(document)).items?.[0];
    return [item?.title, item?.content_html];
  },
};

function seen(format: Format, document: string): Seen {
  const [title = "", html = ""] = READERS[format](document);
  const blocks = fromHtml(html, { fragment: true }).children.filter((node) => node.type === "element");
  return { title, paragraphs: blocks.filter(isStory).map((block) => text(textOf(block))) };
}

// What a Wireroom adds has a class of ours.
const isStory = ({ properties: { className } }: Element): boolean =>
  !(Array.isArray(className) && className.some((name) => String(name).startsWith("wr-")));

/** Imports `page` over whatever was imported before, and gives what readers of each format see. */
async function readersOf({ dir, content, run }: ReturnType<typeof workshop>, page: string, title: string) {
  write(dir, { "page.txt": page });
  const choices = { title, published: "2026-03-02T18:00:00Z" };
  const { code, said } = await run(["page.txt"], { choices, force: true });
  expect(code, said).toBe(0);
  const { articles, findings } = await checkContent(content);
  const [article] = articles;
  if (article?.kind !== "article" || articles.length > 1)
    throw new Error(findings.map(({ message }) => message).join("\n"));
  const result = await runPipeline({ article: JSON.parse(Buffer.from(article.json).toString()) });
  return (["rss", "atom", "json"] as const).map((format) => seen(format, documentOf(format, [result])));
}

const HEAD = ["The harbour at noon", "By Marta Quill", "October 9, 2024 6:03 AM UTC"];
const START = "The ferry sails again from the old harbour, nine years after its last trip across the bay.";

describe("text of a saved page", () => {
  it.each([
    "<b>",
    "]]>",
    "# not a heading",
    "1986. not a list",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &copy;",
    "<![CDATA[ <b> ]]>",
  ])("%s comes out as the same characters in every format", async (line) => {
    const page = [...HEAD, START, `${line} is what the sign at the quay said all summer long.`, line, START];
    const title = `${line}, says the sign`;
    const expected = { title, paragraphs: page.slice(HEAD.length) };
    expect(await readersOf(workshop({}), page.join("\n"), title)).toEqual([expected, expected, expected]);
  });

  it("comes out whole, whatever it holds", async () => {
    const sign = fc.constantFrom(..."#*_-+.>`~|[]()<>!&\\:;1 9a\t$^@/=\"'", "]]>", "&amp;", "<b>", "\ufeff");
    const anyText = fc
      .string({ unit: fc.oneof(sign, fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })) })
      .map((value) => text(value));
    const shop = workshop({});
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(anyText, { maxLength: 4 }), async (words, lines) => {
        const title = `Sign ${words}`.trim();
        const page = [...HEAD, START, ...lines, START];
        const read = readText({ name: "page.txt", content: page.join("\n") });
        expect(read.explained.map((line) => line.text)).toEqual(
          page.map((line) => line.trim()).filter(Boolean),
        );
        const [{ body } = { body: undefined }] = read.articles;
        const paragraphs = body?.kind === "text" ? body.paragraphs.map(text).filter(Boolean) : [];
        for (const paragraph of paragraphs) expect(page.some((line) => line.includes(paragraph))).toBe(true);
        const expected = { title: text(title), paragraphs };
        expect(await readersOf(shop, page.join("\n"), title)).toEqual([expected, expected, expected]);
      }),
      { numRuns: 150 },
    );
  });
});
