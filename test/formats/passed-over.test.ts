// What is in a feed for people is passed over by everything that reads feeds: parsers and readers that aren't
// ours make the same of a document as of one without it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { parseFeed as parseWithRowanmanning } from "@rowanmanning/feed-parser";
import Feedparser from "feedparser";
import { parseFeed as parseWithFeedsmith } from "feedsmith";
import RssParser from "rss-parser";
import { afterAll, describe, expect, it } from "vitest";
import { startOf } from "../fixtures/cases.ts";
import { runPipeline, SITE } from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { documentIn, ENVELOPES } from "./envelopes.ts";

const FORMATS = ["rss", "atom"] as const;
const folder = mkdtempSync(join(tmpdir(), "wireroom-view-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const articles = await Promise.all(["full", "hostile", "arabic"].map((name) => runPipeline(startOf(name))));

/** A feed as it is, and without what is in it for people. */
function documents(format: (typeof FORMATS)[number]): readonly [string, string] {
  const whole = documentIn(format, ENVELOPES.site(format), articles);
  const bare = whole.replace(/<\?xml-stylesheet.*?\?>\n/, "").replace(/<div xmlns=[\s\S]*?<\/div>\n/, "");
  if (/xml-stylesheet|<div xmlns=/.test(bare)) throw new Error("something for people is left");
  return [whole, bare];
}

const PARSERS: Readonly<Record<string, (document: string) => unknown>> = {
  feedsmith: (document) => parseWithFeedsmith(document),
  "rss-parser": (document) => new RssParser().parseString(document),
  "@rowanmanning/feed-parser": (document) => parseWithRowanmanning(document).toJSON(),
  feedparser: parseWithFeedparser,
};

async function parseWithFeedparser(document: string): Promise<unknown> {
  const parser = Readable.from([document]).pipe(new Feedparser({}));
  const items: Feedparser.Item[] = [];
  for await (const item of parser) items.push(item);
  // It keeps what it doesn't know under the element's own name, and lists every declaration of a namespace.
  return JSON.parse(JSON.stringify(items), (name, value) => (/^#ns$|:div$/.test(name) ? undefined : value));
}

describe.each(Object.entries(PARSERS))("through %s", (_name, parse) => {
  it.each(FORMATS)("as %s", async (format) => {
    const [whole, bare] = documents(format);
    expect(await parse(whole)).toEqual(await parse(bare));
  });
});

describeWith(TOOLS.sfeed, "through sfeed", () => {
  it.each(FORMATS)("as %s", async (format) => {
    const [whole, bare] = documents(format);
    const lines = await run("sfeed", [], { input: whole });
    expect(lines.trimEnd().split("\n")).toHaveLength(articles.length);
    expect(lines).toBe(await run("sfeed", [], { input: bare }));
  });
});

describeWith(TOOLS.feedparser, "through feedparser", () => {
  const SCRIPT = `
import feedparser, json, sys
read = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps([bool(read.bozo), len(read.entries), read.feed.title, read.feed.link, read.feed.subtitle, read.entries, read.feed.links], default=str))`;

  it.each(FORMATS)("as %s", async (format) => {
    const read = async (input: string) =>
      JSON.parse(await run("/usr/bin/python3", ["-c", SCRIPT], { input }));
    const [whole, bare] = await Promise.all(documents(format).map(read));
    expect(whole.slice(0, 2)).toEqual([false, articles.length]);
    expect(whole).toEqual(bare);
  });
});

describeWith(TOOLS.newsboat, "through newsboat", () => {
  it.each(FORMATS)("as %s", async (format) => {
    const read = async (document: string) => {
      const home = mkdtempSync(join(folder, "home-"));
      writeFileSync(join(home, "feed.xml"), document);
      writeFileSync(join(home, "urls"), `file://${join(home, "feed.xml")}\n`);
      writeFileSync(join(home, "config"), "");
      const files = ["-u", join(home, "urls"), "-c", join(home, "cache.db"), "-C", join(home, "config")];
      await run("newsboat", ["-q", ...files, "-x", "reload"], { env: { ...process.env, HOME: home } });
      const database = new DatabaseSync(join(home, "cache.db"), { readOnly: true });
      const feeds = database.prepare("SELECT title, url, is_rtl FROM rss_feed").all();
      const items = database
        .prepare("SELECT guid, title, author, url, pubDate, content FROM rss_item ORDER BY guid")
        .all();
      database.close();
      return { feeds, items };
    };
    const [whole, bare] = await Promise.all(documents(format).map(read));
    expect(whole?.feeds).toMatchObject([{ title: SITE.title, url: `${SITE.url}/` }]);
    expect(whole?.items).toHaveLength(articles.length);
    expect(whole).toEqual(bare);
  });
});
