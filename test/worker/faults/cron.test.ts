// Cron fails midway: after any number of D1 statements, the cron of the next minute completes the work.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { type Hub, startHub } from "../hub/hub.ts";
import { editionOf, expectLaterVersions, type Newsroom, newsroomOf } from "./newsroom.ts";

const MINUTELY = "* * * * *";
const HOURLY = "0 * * * *";
const LONG_AGO = "2024-10-24T00:00:00Z";
/** More statements than any cron makes. */
const MOST_STATEMENTS = 60;

let hub: Hub;
let room: Newsroom;
beforeAll(async () => {
  hub = await startHub();
  room = newsroomOf(hub.worker);
  await room.begin();
  await hub.request("/callback");
});
afterAll(() => hub?.close());
beforeEach(() => room.begin());

/**
 * Runs a cron with D1 failing after 0, 1, 2 … statements, until a run has no failure. The number of statements isn't fixed:
 * a cron that finds more work makes more.
 */
async function withEachStatementFailing(attempt: (n: number) => Promise<number>): Promise<void> {
  const asked: number[] = [];
  for (let n = 0; n === 0 || (asked.at(-1) ?? 0) > n - 1; n++) {
    expect(n).toBeLessThan(MOST_STATEMENTS);
    asked.push(await attempt(n));
  }
  // When one step fails, the others still run.
  expect(Math.min(...asked)).toBeGreaterThan(3);
}

/** Runs a cron whose D1 fails after some statements. Returns how many it tried. */
async function failing(cron: string, d1After: number): Promise<number> {
  await room.worker.counts();
  await room.fail({ d1After });
  // If a cron throws, the runtime logs it, and runs the next one as usual.
  await room.worker.scheduled(cron).catch(() => undefined);
  const counts = await room.worker.counts();
  return counts.find(({ invocation }) => invocation === cron)?.statements ?? 0;
}

describe("the minute's cron, failing after n statements", () => {
  it.each([
    ["are late", `stale_since = '${LONG_AGO}', next_change = NULL`],
    ["are due", `stale_since = NULL, next_change = '${LONG_AGO}'`],
  ])("has documents that %s out and pushed in the next minute, whatever n is", async (what, state) => {
    await withEachStatementFailing(async (n) => {
      await room.fail({ queue: "lose" });
      // Two changes that are recorded only in the documents' rows.
      expect((await room.publish()).status).toBe(200);
      const headline = `No. ${n}, ${what}`;
      const sent = await room.worker.put(`${what.replace(" ", "-")}-${n}`, article({ headline }));
      expect(sent.status).toBe(201);
      await room.rows(`UPDATE feeds SET ${state}`);
      const asked = await failing(MINUTELY, n);
      await room.expectFeeds(room.edition() - 1, room.edition());
      await room.fail({});
      await room.minute();
      for (const format of FORMATS) {
        const document = await room.worker.document(format);
        expect([editionOf(document), document.includes(headline)]).toEqual([room.edition(), true]);
      }
      await room.minute();
      await hub.none("deliveries");
      expect(editionOf(hub.subscriber.calls("/callback", "POST").at(-1)?.body ?? "")).toBe(room.edition());
      return asked;
    });
    await room.mended();
  });
});

describe("the hour's cron, failing after n statements", () => {
  it("lost copies in KV are restored by the next hour's cron, for every n", async () => {
    await withEachStatementFailing(async (n) => {
      const { CACHE } = await room.worker.env();
      await CACHE.delete("feed:site:rss");
      const asked = await failing(HOURLY, n);
      await room.fail({});
      await room.expectFeeds(room.edition());
      await room.worker.scheduled(HOURLY);
      await expect.poll(async () => (await CACHE.get("feed:site:rss")) !== null).toBe(true);
      await room.worker.settled();
      return asked;
    });
    await room.mended();
  });
});

describe("cron, failing otherwise", () => {
  it("with queues that refuse messages: the next minute sends them again", async () => {
    await room.fail({ queue: "lose" });
    expect((await room.publish()).status).toBe(200);
    await room.fail({ queue: "fail" });
    await room.minute();
    expect((await room.feeds()).every(({ stale_since }) => stale_since !== null)).toBe(true);
    await room.mended();
  });

  it("twice at once: each document is built once", async () => {
    const before = await room.feeds();
    await room.fail({ queue: "lose" });
    expect((await room.publish()).status).toBe(200);
    await room.fail({});
    await Promise.all([room.minute(), room.minute()]);
    await room.mended();
    const after = await room.feeds();
    expectLaterVersions(after, before);
    await room.minute();
    await room.worker.settled();
    expect(await room.feeds()).toEqual(after);
  });
});
