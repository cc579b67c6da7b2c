// Whole documents of every fixture, read by parsers that aren't ours: all that a parser keeps must be what
// the article says. Which parser drops what stands in parsers.ts.

import { parseFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import type { Article } from "../../src/article/article.ts";
import { bylineOf } from "../../src/article/byline.ts";
import { resolveArticle } from "../../src/article/resolve.ts";
import { readerBody } from "../../src/formats/body.ts";
import { withdrawnNotice } from "../../src/formats/notice.ts";
import { creatorText } from "../../src/formats/phrases.ts";
import { escapeHtml } from "../../src/lib/text.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import {
  documentOf,
  type PipelineInput,
  type PipelineResult,
  runPipeline,
  unwrap,
  withdrawalOf,
} from "../pipeline.ts";
import { decodeOnce, type Facts, only, PARSERS } from "./parsers.ts";

describe.each(CASES)("%s", (name) => {
  describe.each(Object.entries(PARSERS))("through %s", (_name, parser) => {
    it.each(["rss", "atom"] as const)("as %s", async (format) => {
      const result = await runPipeline(startOf(name));
      const kept = await parser[format](documentOf(format, [result]));
      const facts = factsOf(shownOf(startOf(name), result), result, format);
      expect(kept).toEqual(seen(pick(facts, kept), parser.decodes?.[format]));
    });
  });

  it("as JSON Feed, through feedsmith", async () => {
    const result = await runPipeline(startOf(name));
    const { site } = result;
    const article = shownOf(startOf(name), result);
    const parsed = parseFeed(documentOf("json", [result]));
    if (parsed.format !== "json") throw new Error(`read as ${parsed.format}`);
    const item = only(parsed.feed.items);
    const { headline, tags, categories, ...facts } = { ...factsOf(article, result, "atom"), ...article };
    expect(item).toMatchObject({
      id: facts.id,
      url: facts.url,
      title: headline,
      date_published: facts.published,
      authors: facts.authors.map((author) => ({ name: author })),
    });
    expect(item.content_html ?? "").toBe(readerBody(article, site));
    expect(item.summary).toBe(article.summary || undefined);
    expect(item.date_modified).toBe(article.updated);
    expect(item.tags ?? []).toEqual(categories);
    expect(item.language).toBe(facts.language === site.language ? undefined : facts.language);
    expect(item.image).toBe(article.images[0]?.src);
    expect(
      (item.attachments ?? []).map(({ url, mime_type, size_in_bytes }) => ({
        url,
        type: mime_type,
        length: size_in_bytes,
      })),
    ).toEqual(facts.enclosures);
  });
});

/** The article as its entries show it: a withdrawn one is its notice. */
function shownOf({ withdrawn }: PipelineInput, { stored, site }: PipelineResult): Article {
  const article = unwrap(resolveArticle(stored, site));
  return withdrawn ? withdrawnNotice(article, withdrawalOf(withdrawn), site) : article;
}

/** What RSS and Atom must say of an article. */
function factsOf(article: Article, { site }: PipelineResult, format: "rss" | "atom"): Facts {
  const rss = format === "rss";
  const { published, updated, summary } = article;
  const names = bylineOf(article.bylines).map((byline) => byline.name);
  const measured = article.images.flatMap(({ src, type, length }) =>
    type && length ? [{ url: src, type, length }] : [],
  );
  return {
    id: rss ? article.id : article.uri,
    link: article.url,
    // Text in RSS, HTML in Atom.
    title: rss ? article.headline : escapeHtml(article.headline),
    summary: summary === "" ? undefined : escapeHtml(summary),
    content: readerBody(article, site).replaceAll("]]>", "]]&gt;") || undefined,
    authors: rss
      ? [creatorText(article.bylines, article.language) ?? site.title]
      : names.length > 0
        ? names
        : [site.title],
    credits: article.bylines
      .filter((byline) => !bylineOf(article.bylines).includes(byline))
      .map((byline) => byline.name),
    published: Date.parse(published),
    updated: updated || !rss ? Date.parse(updated ?? published) : undefined,
    categories: [...(article.section ? [article.section.title] : []), ...article.tags.map((tag) => tag.name)],
    language: article.language === site.language ? undefined : article.language,
    enclosures: rss ? measured.filter(({ url }) => url === article.images[0]?.src) : measured,
    images: article.images.map((image) => image.src),
  };
}

/** Those facts that a parser kept. */
const pick = (facts: Facts, kept: object): object =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => name in kept));

/** Facts with the texts of some fields decoded once more. */
const seen = (facts: object, decoded: readonly string[] = []): object =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, decoded.includes(name) ? decodeAll(value) : value]),
  );

function decodeAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeAll);
  return typeof value === "string" ? decodeOnce(value) : value;
}
