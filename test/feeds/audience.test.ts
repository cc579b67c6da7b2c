// What fetchers of feed services say in their User-Agent, as they were seen to say it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { believable, readFetcher } from "../../src/feeds/audience.ts";
import { expectProportional } from "../growth.ts";

describe("a service that tells its subscribers", () => {
  it.each([
    [
      "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 120 subscribers; like FeedFetcher-Google)",
      "Feedly",
      120,
    ],
    ["Feedly/1.0 (poller; 1 subscriber; )", "Feedly", 1],
    ["Mozilla/5.0 (compatible; inoreader.com; 7 subscribers)", "Inoreader", 7],
    [
      "Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 195 subscribers; user@example.com)",
      "Inoreader",
      195,
    ],
    [
      'NewsBlur Feed Fetcher - 54 subscribers - https://www.newsblur.com/site/7/feedly-news (Mozilla/5.0 (Macintosh) "Safari")',
      "NewsBlur",
      54,
    ],
    ["NewsBlur Page Fetcher (9 subscribers) - https://www.newsblur.com", "NewsBlur", 9],
    ["Feedbin feed-id:1234 - 12 subscribers", "Feedbin", 12],
    ["Mozilla/5.0 (compatible; Feedbin feed-id:1 - 1 subscribers)", "Feedbin", 1],
    ["Mozilla/5.0 (compatible; theoldreader.com; 2 subscribers; feed-id=abc9)", "The Old Reader", 2],
    ["Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 3 subscribers)", "BazQux", 3],
    ["Bloglovin/1.0 (http://www.bloglovin.com; 40 subscribers)", "Bloglovin", 40],
    ["Netvibes (http://www.netvibes.com/; 5 subscribers; feed-id: 1)", "Netvibes", 5],
    [
      "Mozilla/5.0 (compatible; Feedspot/1.0; +https://www.feedspot.com/fs/fetcher; 8 subscribers)",
      "Feedspot",
      8,
    ],
    ["g2reader-bot/1.0 (+http://www.g2reader.com; 6 subscribers)", "G2Reader", 6],
    ["FeedHQ/1.0 (https://feedhq.org; 4 subscribers; https://feedhq.org/faq/)", "FeedHQ", 4],
    ["CommaFeed/2.0 (http://www.commafeed.com; 11 subscribers)", "CommaFeed", 11],
    [
      "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 167 subscribers; feed-id=1)",
      "Google",
      167,
    ],
    ["Feed Wrangler/1.0 (10 subscribers; feed-id=1)", "Feed Wrangler", 10],
    ["NewsGatorOnline/2.0_(http://www.newsgator.com;_20_subscribers)", "NewsGatorOnline", 20],
    ["Rojo 1.0 (aggregating on behalf of 15 subscriber(s) online)", "Rojo", 15],
    ["Small-Reader/0.1 (1,234 Subscribers)", "Small-Reader", 1234],
    ["Feedly/1.0 (1,234,567 subscribers)", "Feedly", 1_234_567],
    ["Small-Reader/0.1 (10,000 subscribers)", "Small-Reader", 10_000],
    ["Mozilla/5.0 (compatible; NewReader/3.1; 0 subscribers)", "NewReader", 0],
    [`${"n".repeat(90)}/1.0 (5 subscribers)`, "n".repeat(40), 5],
  ])("%s", (userAgent, fetcher, subscribers) => {
    expect(readFetcher(userAgent)).toEqual({ fetcher, subscribers });
  });
});

describe("nothing is read from", () => {
  it.each([
    "",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "newsboat/2.35 (Linux x86_64)",
    "Miniflux/2.2.4 (+https://miniflux.app)",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
    "Feedly/1.0 (many subscribers)",
    "Feedly/1.0 (-5subscribers)",
    "Feedly/1.0 (1.5 subscribers)",
    "Feedly/1.0 (1,23 subscribers)",
    "Feedly/1.0 (10,000,001 subscribers)",
    "Small-Reader/0.1 (10,001 subscribers)",
    "Feedly/1.0 (99999999999999999999 subscribers)",
    "(; 5 subscribers)",
    "💥 5 subscribers",
    `${"x".repeat(1000)} 5 subscribers`,
  ])("%s", (userAgent) => {
    expect(readFetcher(userAgent)).toBeUndefined();
  });
});

describe("of what is said of a document is believed", () => {
  const note = (fetcher: string, subscribers: number, days: number) => ({ fetcher, subscribers, days });
  const names = (notes: readonly { readonly fetcher: string }[]) => notes.map(({ fetcher }) => fetcher);

  it("what listed services say from the first day, and others from the second, the largest first", () => {
    const notes = [
      note("Small", 9, 2),
      note("Once", 9999, 1),
      note("Feedbin", 3, 1),
      note("Other", 20, 30),
      note("Feedly", 5, 1),
    ];
    expect(names(believable(notes))).toEqual(["Feedly", "Feedbin", "Other", "Small"]);
  });

  it("no more than the ten steadiest of a thousand that are invented, and every listed one", () => {
    const invented = Array.from({ length: 1000 }, (_, index) => note(`made-up-${index}`, 10_000, 2));
    const steady = Array.from({ length: 9 }, (_, index) => note(`steady-${index}`, index, 3));
    const found = names(believable([...invented, note("Feedly", 1, 1), ...steady, note("Inoreader", 0, 1)]));
    expect(found.slice(0, 2)).toEqual(["Feedly", "Inoreader"]);
    expect(found.filter((name) => name.startsWith("steady"))).toHaveLength(9);
    expect(found).toHaveLength(12);
  });
});

it("never keeps more than a short name and a number, whatever is sent", () => {
  const parts = fc.constantFrom(
    "5",
    ",",
    "1,234",
    " subscribers",
    "_subscriber",
    "Mozilla/5.0 (compatible; ",
    "@ü/;",
    "x",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (list) => {
      const note = readFetcher(list.join(""));
      if (!note) return;
      expect(Object.keys(note)).toEqual(["fetcher", "subscribers"]);
      expect(note.fetcher).toMatch(/^[\w.-]{1,40}$/);
      expect(note.subscribers).toBeGreaterThanOrEqual(0);
      expect(note.subscribers).toBeLessThanOrEqual(10_000_000);
    }),
  );
});

it("takes no longer for what is made to be slow", () => {
  for (const part of ["1", "1,", "1,111", "1 ", "Mozilla/5.0 (compatible; ", "feed"]) {
    expectProportional((count) => readFetcher(`${part.repeat(count)} subscribers`), 100_000);
  }
});
