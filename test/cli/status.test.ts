// The table of feeds, and ages as people say them.

import { expect, it } from "vitest";
import type { ArticleSummary, Audience } from "../../src/api/answers.ts";
import { articlesTable, audienceTable, homesLine, problemLines, statusTable } from "../../src/cli/status.ts";
import { age, output } from "../../src/cli/terminal.ts";

const NOW = new Date("2024-10-24T12:00:00Z");

it("shows each feed, what is stale and what failed", () => {
  const feed = {
    feed: "site",
    format: "rss",
    url: "https://x.org/rss.xml",
    items: 2,
    bytes: 12345,
    version: 7,
    etag: null,
    builtAt: "2024-10-24T11:00:00Z",
    changedAt: "2024-10-20T12:00:00Z",
    staleSince: null,
    lastError: null,
    subscribers: 3,
    givenUp: 0,
  } as const;
  const broken = {
    ...feed,
    format: "atom",
    builtAt: null,
    staleSince: "2024-10-24T11:50:00Z",
    lastError: "no\nroom",
    givenUp: 2,
  } as const;
  expect(statusTable([feed, broken], NOW)).toBe(
    `FEED  FORMAT  ITEMS  BYTES  CHANGED     BUILT    STALE SINCE  PUSHED TO       ERROR
site  rss     2      12345  4 days ago  1 h ago               3
site  atom    2      12345  4 days ago  never    10 min ago   3 (2 given up)  no room`,
  );
});

it("shows what each service says of each feed, and all together", () => {
  const says = (fetcher: string, subscribers: number) => ({ fetcher, subscribers, day: "2024-10-24" });
  const feeds: Audience["feeds"] = [
    {
      ...{ feed: "site", format: "rss" as const, url: "https://x.org/rss.xml", subscribers: 132 },
      fetchers: [says("Feedly", 120), says("The Old Reader", 12)],
    },
    {
      ...{
        feed: "tag/ferries",
        format: "atom" as const,
        url: "https://x.org/tags/ferries/atom.xml",
        subscribers: 3,
      },
      fetchers: [says("Inoreader", 3)],
    },
  ];
  expect(audienceTable({ feeds, total: 135 })).toBe(
    `FEED         FORMAT  SERVICE         SUBSCRIBERS  LAST SAID
site         rss     Feedly          120          2024-10-24
site         rss     The Old Reader  12           2024-10-24
tag/ferries  atom    Inoreader       3            2024-10-24
all                                  135`,
  );
});

it.each([
  ["2024-10-24T12:00:30Z", "just now"],
  ["2024-10-24T11:59:01Z", "just now"],
  ["2024-10-24T11:58:59Z", "1 min ago"],
  ["2024-10-22T12:00:01Z", "47 h ago"],
  ["2024-10-22T12:00:00Z", "2 days ago"],
])("calls %s %s", (instant, said) => {
  expect(age(instant, NOW)).toBe(said);
});

it("draws a bar on a terminal alone, and keeps lines above it", () => {
  const written: string[] = [];
  const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
  const plain = output(stream(false), stream(false));
  plain.progress(1, 2);
  plain.say("a");
  expect(written.splice(0)).toEqual(["a\n"]);
  const terminal = output(stream(true), stream(true));
  terminal.progress(1, 2);
  terminal.say("a");
  terminal.progress(2, 2);
  const bar = "[############------------] 1/2";
  const clear = `\r${" ".repeat(bar.length)}\r`;
  expect(written).toEqual([bar, clear, "a\n", bar, clear, ""]);
});

it("names every article that could not be rendered", () => {
  const article = {
    slug: "harbour",
    id: "tag:test:harbour",
    version: 1,
    status: "published" as const,
    url: "https://news.example.com/articles/harbour",
    headline: "Harbour",
    published: "2024-10-24T00:00:00Z",
    digest: "",
    problem: 'section "port" is not a section in site.yaml',
    ...{ home: "git" as const, gitVersion: 1, sentAt: null, sentBy: null, folderDigest: null },
  };
  expect(problemLines([article])).toEqual([
    'harbour  is in the feeds as it was before the settings changed: section "port" is not a section in site.yaml',
  ]);
});

it("says where articles are kept: in one line, or of each, with who sent it last", () => {
  const summary = (slug: string, origin: Partial<ArticleSummary>): ArticleSummary => ({
    ...{ slug, id: `tag:test:${slug}`, version: 2, status: "published", url: "", headline: slug },
    ...{ published: "2024-10-24T00:00:00Z", digest: "", problem: null, folderDigest: null },
    ...{ home: null, gitVersion: null, sentAt: null, sentBy: null, ...origin },
  });
  const sentAt = "2024-10-24T11:00:00Z" as ArticleSummary["sentAt"];
  const articles = [
    summary("cms", { home: "api", sentAt, sentBy: "Mara" }),
    summary("file", { home: "git", sentAt, sentBy: "wireroom", gitVersion: 2 }),
    summary("old", {}),
  ];
  expect(homesLine([summary("typed", { home: "desk" })])).toBe("1 article by home: desk 1");
  expect(homesLine(articles)).toBe("3 articles by home: git 1, api 1, unknown 1");
  expect(homesLine([])).toBe("0 articles");
  expect(articlesTable(articles, new Date("2024-10-24T12:00:00Z")).split("\n")).toEqual([
    "ARTICLE  HOME     STATUS     VERSION  SENT     BY",
    "cms      api      published  2        1 h ago  Mara",
    "file     git      published  2        1 h ago  git",
    "old      unknown  published  2",
  ]);
});
