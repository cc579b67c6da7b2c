// The audience: subscriber counts that feed services report are stored once a day, after the response, and shown by the API.
// Nothing about single readers is stored.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Client } from "../../../src/cli/client.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { TOKEN, until } from "../harness.ts";

/** What a service of a test's own sends: an isolate remembers those that it has noted. */
const says = (service: string, subscribers: number) => `${service}/1.0 (${subscribers} subscribers)`;

interface Row {
  readonly feed: string;
  readonly format: string;
  readonly fetcher: string;
  readonly subscribers: number;
  readonly day: string;
  readonly days: number;
}

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
  await worker.put("story", article({ tags: ["Ferries"] }));
  await worker.settled();
});
afterAll(() => worker?.close());
beforeEach(async () => {
  await worker.fail({});
  const { DB } = await worker.env();
  await DB.prepare("DELETE FROM audience").run();
});

const poll = (path: string, userAgent: string) =>
  worker.raw(path, "GET", { "User-Agent": userAgent, "X-Forwarded-For": "192.0.2.7" });
const today = (daysAgo = 0) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

async function rows(): Promise<readonly Row[]> {
  const { DB } = await worker.env();
  return (await DB.prepare("SELECT * FROM audience ORDER BY feed, format, fetcher").all<Row>()).results;
}
const rowsOnce = (count: number) =>
  until(`${count} rows`, async () => {
    const found = await rows();
    return found.length >= count && found;
  });
async function note(
  feed: string,
  fetcher: string,
  subscribers: number,
  day: string,
  days = 1,
): Promise<void> {
  const { DB } = await worker.env();
  await DB.prepare("INSERT INTO audience VALUES (?, 'rss', ?, ?, ?, ?)")
    .bind(feed, fetcher, subscribers, day, days)
    .run();
}
const report = async () => (await worker.api("/audience")).json();

describe("the count that a fetcher reports", () => {
  it("is stored by document and service, and nothing else is", async () => {
    const feedly =
      "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 120 subscribers; like FeedFetcher-Google)";
    for (const path of ["/rss.xml?utm_source=feedly", "/atom.xml", "/tags/ferries/rss.xml"])
      await poll(path, feedly);
    await poll("/rss.xml", "Feedbin feed-id:1234 - 12 subscribers");
    await poll("/rss.xml", "newsboat/2.35 (Linux x86_64)");
    const kept = { fetcher: "Feedly", subscribers: 120, day: today(), days: 1 };
    expect(await rowsOnce(4)).toEqual([
      { feed: "site", format: "atom", ...kept },
      { feed: "site", format: "rss", fetcher: "Feedbin", subscribers: 12, day: today(), days: 1 },
      { feed: "site", format: "rss", ...kept },
      { feed: "tag/ferries", format: "rss", ...kept },
    ]);
  });

  it("is written once a day, however often it comes", async () => {
    await poll("/rss.xml", says("Often", 120));
    await rowsOnce(1);
    await worker.counts();
    for (let n = 0; n < 20; n++) await poll("/rss.xml", says("Often", n));
    await poll("/rss.xml", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    const counts = (await worker.counts()).filter(({ invocation }) => invocation.endsWith("/rss.xml"));
    expect(counts).toHaveLength(21);
    expect(counts.reduce((sum, { statements }) => sum + statements, 0)).toBe(0);
    expect(await rows()).toMatchObject([{ subscribers: 120 }]);
  });

  it("is written once a day by many isolates too", async () => {
    await poll("/rss.xml", says("Many", 120));
    await rowsOnce(1);
    await worker.reload();
    await poll("/rss.xml", says("Many", 5));
    await poll("/rss.xml", says("Then", 1));
    expect(await rowsOnce(2)).toMatchObject([{ fetcher: "Many", subscribers: 120 }, { fetcher: "Then" }]);
  });

  it("takes the place of an earlier day's", async () => {
    await note("site", "Daily", 7, today(1));
    await poll("/rss.xml", says("Daily", 120));
    const isToday = async () => (await rows())[0]?.day === today();
    await until("today's number", isToday);
    expect(await rows()).toMatchObject([{ fetcher: "Daily", subscribers: 120, days: 2 }]);
  });

  it("isn't stored for a feed that doesn't exist", async () => {
    await poll("/tags/no-such-tag/rss.xml", says("Nowhere", 1));
    await poll("/rss.xml", says("Somewhere", 1));
    expect(await rowsOnce(1)).toMatchObject([{ fetcher: "Somewhere" }]);
  });

  it("if it can't be stored, the response is unaffected, the failure logged, and it is stored later", async () => {
    await poll("/rss.xml", "newsboat/2.35");
    await worker.fail({ d1: true });
    expect((await poll("/rss.xml", says("Later", 1))).status).toBe(200);
    const isLogged = () => worker.logs().some(({ what }) => what === "the audience could not be stored");
    await until("the log", isLogged);
    await worker.fail({});
    await poll("/rss.xml", says("Later", 1));
    expect(await rowsOnce(1)).toMatchObject([{ fetcher: "Later" }]);
  });
});

describe("GET /api/audience", () => {
  it("shows each document's services, the largest first, and counts none that fell silent", async () => {
    await note("tag/ferries", "Inoreader", 3, today(30));
    await note("site", "Feedbin", 12, today());
    await note("site", "Feedly", 120, today(1));
    await note("site", "Netvibes", 999, today(31));
    await note("site", "Invented", 999, today());
    expect(await report()).toEqual({
      feeds: [
        {
          feed: "site",
          format: "rss",
          url: "https://wire.test/rss.xml",
          subscribers: 132,
          fetchers: [
            { fetcher: "Feedly", subscribers: 120, day: today(1) },
            { fetcher: "Feedbin", subscribers: 12, day: today() },
          ],
        },
        {
          feed: "tag/ferries",
          format: "rss",
          url: "https://wire.test/tags/ferries/rss.xml",
          subscribers: 3,
          fetchers: [{ fetcher: "Inoreader", subscribers: 3, day: today(30) }],
        },
      ],
      total: 135,
    });
    expect(await new Client({ url: worker.url, token: TOKEN }).audience()).toEqual(await report());
  });

  it("is empty if nothing was reported, and needs the token", async () => {
    expect(await report()).toEqual({ feeds: [], total: 0 });
    expect((await worker.fetch("/api/audience")).status).toBe(401);
  });
});

it("each hour counts older than 90 days are deleted", async () => {
  await note("site", "Old", 1, today(91));
  await note("site", "Kept", 1, today(89));
  await worker.scheduled("0 * * * *");
  expect(await rows()).toMatchObject([{ fetcher: "Kept" }]);
});

it("a new service takes the place of one that came on a single day before, and of no other", async () => {
  await worker.reload();
  for (let index = 0; index < 99; index++) await note("site", `steady-${index}`, 1, today(1), 2);
  await note("site", "once", 1, today(1));
  await poll("/rss.xml", says("new-one", 1));
  await until("its row", async () => (await rows()).some(({ fetcher }) => fetcher === "new-one"));
  await poll("/rss.xml", says("one-too-many", 1));
  await poll("/rss.xml", says("Feedbin", 3));
  await until("its row", async () => (await rows()).some(({ fetcher }) => fetcher === "Feedbin"));
  const names = (await rows()).map(({ fetcher }) => fetcher);
  expect(names).toHaveLength(101);
  expect(names).not.toContain("once");
  expect(names).not.toContain("one-too-many");
});

// The last test: the isolate notes nothing more after it.
it("a thousand invented services keep no listed one out, and end at a hundred a document and 200 an isolate", async () => {
  await worker.reload();
  await note("site", "Standing", 7, today(1));
  await worker.counts();
  await poll("/rss.xml", says("Standing", 8));
  for (let start = 0; start < 1100; start += 100) {
    const batch = Array.from({ length: 100 }, (_, index) =>
      poll("/rss.xml", says(`made-up-${start + index}`, 10_000)),
    );
    await Promise.all(batch);
  }
  await poll("/rss.xml", "Feedly/1.0 (poller; 120 subscribers; )");
  const found = await until("the numbers of today", async () => {
    const all = await rows();
    const isThere = (name: string) => all.some(({ fetcher, day }) => fetcher === name && day === today());
    return isThere("Standing") && isThere("Feedly") && all;
  });
  expect(found).toHaveLength(101);
  const spent = (await worker.counts()).reduce((sum, { statements }) => sum + statements, 0);
  // Two statements a note of one that isn't listed. The first request of an isolate asks D1 for the feed's version, too.
  expect(spent).toBeLessThanOrEqual(410);
  expect(await report()).toMatchObject({
    total: 128,
    feeds: [{ fetchers: [{ fetcher: "Feedly" }, { fetcher: "Standing" }] }],
  });
});
