// Building a 50-item full-text feed: we assemble stored entries; `feed` and feedsmith render the same articles. For all
// three, encoding as UTF-8 is counted in the gzip row only.

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Feed } from "feed";
import { generateRssFeed } from "feedsmith";
import { type Article, articleInputSchema, type StoredArticle } from "../../src/article/article.ts";
import { resolveArticle } from "../../src/article/resolve.ts";
import type { Site } from "../../src/article/site.ts";
import { parseSite } from "../../src/content/folder.ts";
import { assemble, encode } from "../../src/feeds/build.ts";
import { feedBody } from "../../src/formats/body.ts";
import { bylineText } from "../../src/formats/phrases.ts";
import { cleanBody } from "../../src/html/clean.ts";
import { check } from "../../src/lib/problem.ts";
import { renderEntries } from "../../src/publish/entries.ts";
import { benchArticle } from "./prose.ts";
import { median, type Row, timed } from "./table.ts";

const ITEMS = 50;
const ROUNDS = 15;
/** Work of less than a millisecond is timed over this many repetitions. */
const REPEATS = 20;
const LENGTHS_WORDS = [300, 800, 2000];

/** Rows for each length of article. */
export async function benchBuild(): Promise<readonly Row[]> {
  const site = parseSite(
    "title: Bench\ndescription: Bench\nurl: https://bench.example.com\ntag: {authority: bench.example.com, date: '2024'}\nlanguage: en\ntimezone: UTC",
  );
  if (!site.ok) throw new Error("the benchmark's site.yaml is invalid");
  const rows: Row[] = [];
  for (const words of LENGTHS_WORDS) rows.push(...(await benchLength(words, site.value)));
  return rows;
}

async function benchLength(words: number, site: Site): Promise<readonly Row[]> {
  const stored = Array.from({ length: ITEMS }, (_, index) => storedArticle(index, words, site));
  const articles = stored.map((article) => {
    const resolved = resolveArticle(article, site);
    if (!resolved.ok) throw new Error("a bench article can't be resolved");
    return resolved.value;
  });
  const entries = stored.map((article, index) => {
    const rendered = renderEntries({ article }, site);
    const rss = rendered.ok ? rendered.value.find((entry) => entry.format === "rss") : undefined;
    if (!rss) throw new Error("a bench article can't be rendered");
    return { ...rss, hash: sha256(rss.body), seq: index, expires: null, published: article.published };
  });
  const key = { feed: "site", format: "rss" } as const;
  const build = () => assemble(key, { entries, tombstones: [], closedPages: 3 }, site);
  const { bytes } = encode(build());

  const times: Record<"assembled" | "feed" | "feedsmith" | "gzip" | "whole", number[]> = {
    assembled: [],
    feed: [],
    feedsmith: [],
    gzip: [],
    whole: [],
  };
  for (let round = -5; round < ROUNDS; round++) {
    const one = {
      assembled: (await timed(() => repeat(() => sha256(build().hashInput)))) / REPEATS,
      feed: await timed(() => sha256(withFeed(articles, site))),
      feedsmith: await timed(() => sha256(withFeedsmith(articles, site))),
      gzip: await timed(() => gzipSync(bytes)),
      whole: await timed(() => {
        const assembly = build();
        sha256(assembly.hashInput);
        gzipSync(encode(assembly).bytes);
      }),
    };
    // Rounds below 0 are the warm-up.
    if (round < 0) continue;
    for (const name of Object.keys(times) as (keyof typeof times)[]) times[name].push(one[name]);
  }
  const against = (name: "feed" | "feedsmith") =>
    median(times[name].map((time, i) => time / (times.assembled[i] ?? 0)));
  const gzipRatio = median(times.whole.map((time, i) => time / (times.gzip[i] ?? 0)));
  const kilobytes = (size: number) => `${Math.round(size / 1000)} kB`;
  const theirs = {
    feed: kilobytes(Buffer.byteLength(withFeed(articles, site))),
    feedsmith: kilobytes(Buffer.byteLength(withFeedsmith(articles, site))),
  };
  const what = `50 items of ${words} words (${kilobytes(bytes.length)})`;
  return [
    ...(["feed", "feedsmith"] as const).map((name): Row => {
      const ratio = against(name);
      return {
        what: `${what}: assembled and hashed, times faster than ${name} (${theirs[name]})`,
        figure: ratio.toFixed(0),
        goal: "≥ 20",
        met: ratio >= 20,
      };
    }),
    {
      what: `${what}: with gzip, against that gzip alone`,
      figure: gzipRatio.toFixed(2),
      goal: "≤ 1.25",
      met: gzipRatio <= 1.25,
    },
  ];
}

function repeat(work: () => unknown): void {
  for (let time = 0; time < REPEATS; time++) work();
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

function storedArticle(index: number, words: number, site: Site): StoredArticle {
  const checked = check(articleInputSchema, benchArticle(index, words));
  if (!checked.ok) throw new Error(`a bench article is invalid: ${JSON.stringify(checked.problems)}`);
  const { restore: _, body, ...input } = checked.value;
  const images = input.images.map((image) => image.src);
  const clean = cleanBody(body.html, { base: "/articles/x/", siteUrl: site.url, images, iframeHosts: [] });
  if (!clean.ok) throw new Error("a bench body can't be cleaned");
  const { body: cleaned, excerpt } = clean.value;
  return {
    ...input,
    id: `tag:bench.example.com,2024:${index}`,
    slug: `report-${index}`,
    body: cleaned,
    excerpt,
  };
}

/** Renders the articles with `feed`, with all that our items contain. */
function withFeed(articles: readonly Article[], site: Site): string {
  const feed = new Feed({
    title: site.title,
    link: site.url,
    description: site.description,
    updated: new Date(0),
  });
  for (const article of articles) {
    const text = (value: string | undefined) => ({ _text: value });
    feed.addItem({
      title: article.headline,
      id: article.id,
      link: article.url,
      description: article.summary,
      content: feedBody(article, site),
      date: new Date(article.published),
      extensions: [
        { name: "dc:creator", objects: text(bylineText(article.bylines, article.language)) },
        { name: "category", objects: article.tags.map((tag) => text(tag.name)) as never },
        { name: "atom:updated", objects: text(article.updated) },
        {
          name: "enclosure",
          objects: article.images.map(({ src, type, length }) => ({
            _attributes: { url: src, type, length },
          })) as never,
        },
        {
          name: "media:content",
          objects: article.images.map(({ src, type, length, width, height, ...image }) => ({
            _attributes: { url: src, medium: "image", type, fileSize: length, width, height },
            "media:title": text(image.alt),
            "media:description": text(image.caption),
            "media:credit": text(image.credit?.name),
          })) as never,
        },
        { name: "media:thumbnail", objects: { _attributes: { url: article.images[0]?.src } } },
      ],
    });
  }
  return feed.rss2();
}

/** Renders the articles with feedsmith, with all that our items contain. */
function withFeedsmith(articles: readonly Article[], site: Site): string {
  return generateRssFeed({
    title: site.title,
    link: site.url,
    description: site.description,
    items: articles.map((article) => ({
      title: article.headline,
      link: article.url,
      guid: { value: article.id, isPermaLink: false },
      description: article.summary,
      pubDate: new Date(article.published),
      content: { encoded: feedBody(article, site) },
      dc: { creators: [bylineText(article.bylines, article.language) ?? site.title] },
      categories: article.tags.map((tag) => ({ name: tag.name })),
      enclosures: article.images.map((image) => ({
        url: image.src,
        type: "image/jpeg",
        length: image.length ?? 0,
      })),
      media: {
        contents: article.images.map(({ src, width = 0, height = 0, length = 0, alt, caption, credit }) => ({
          url: src,
          medium: "image" as const,
          type: "image/jpeg",
          fileSize: length,
          width,
          height,
          title: { value: alt },
          description: { value: caption ?? "" },
          credits: [{ value: credit?.name ?? "" }],
        })),
        thumbnails: article.images.map(({ src }) => ({ url: src })),
      },
    })),
  });
}
