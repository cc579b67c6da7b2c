// Regression tests for faults that the simulation found.

import { beforeAll, describe, expect, it } from "vitest";
import type { Step } from "../history.ts";
import { type Prepared, play, prepare, type Run, simulate } from "../simulate.ts";
import type { Promised } from "../witness.ts";

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

/** Whether the steps break a promise with any of the seeds from 1 to `seeds`. */
async function breaks(promise: Promised, seeds: number, steps: readonly Step[]): Promise<boolean> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { violations } = await simulate(prepared, { seed, steps });
    if (violations.some((violation) => violation.promise === promise)) return true;
  }
  return false;
}

/** Plays the steps one after the other; each begins when the one before has ended. */
const inTurn = async (run: Run, ...steps: readonly Step[]): Promise<void> => {
  for (const step of steps) {
    await run.world.sleep((step.after ?? 1) * 1000);
    await run.step(step);
  }
};

describe("regressions", () => {
  it("a cron step that fails is logged, and the other steps still run", async () => {
    const run = await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "fail", binding: "d1", way: "refused", skip: 1, seconds: 0 });
      await run.cloud.cron("* * * * *");
    });
    expect(run.cloud.uncaught).toEqual([]);
    expect(run.cloud.logs.filter(({ line }) => line.includes("cron failed at a step"))).toHaveLength(1);
  });

  it("a poll makes no call of D1, even while a feed is dirty and its object hasn't been told", async () => {
    const isolates = Array.from({ length: 12 }, (_, number) => `tokyo/${number}` as const);
    const costOfPolls = async (run: Run): Promise<number> => {
      const answers = await Promise.all(isolates.map((isolate) => run.read(isolate, "/rss.xml")));
      await run.world.sleep(20_000);
      return answers.reduce((sum, answer) => sum + (answer?.calls.d1 ?? 0), 0);
    };
    const costs: number[] = [];
    await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "put", slug: "ants" });
      await run.world.sleep(20_000);
      await costOfPolls(run);
      await run.world.sleep(31_000);
      costs.push(await costOfPolls(run));
      await inTurn(
        run,
        { do: "no-cron", seconds: 600 },
        { do: "fail", binding: "queue", way: "lost", skip: 0, seconds: 600 },
        { do: "put", slug: "ants" },
      );
      for (let time = 0; time < 2; time++) {
        await run.world.sleep(31_000);
        costs.push(await costOfPolls(run));
      }
    });
    expect(costs).toEqual([0, 0, 0]);
  });

  it("a slow build doesn't undo a release that happened meanwhile", async () => {
    const broken = await breaks("returned", 12, [
      { do: "put", slug: "ants" },
      { do: "put", slug: "bees", from: 30 },
      { do: "read", at: "paris/0", path: "/rss.xml" },
      { after: 27.6, do: "put", slug: "ants" },
      { after: 1, do: "fail", binding: "d1", way: "late", skip: 0, seconds: 0 },
      { after: 1.5, do: "read", at: "paris/0", path: "/rss.xml", times: 3, every: 0.3 },
      { after: 3, do: "fail", binding: "d1", way: "refused", skip: 0, seconds: 50 },
      { do: "read", at: "paris/0", path: "/rss.xml", times: 4, every: 31 },
    ]);
    expect(broken).toBe(false);
  });

  it("a feed that an isolate has served isn't 404 when KV fails, although an earlier read missed", async () => {
    const path = "/tags/red/atom.xml";
    const { violations } = await simulate(prepared, {
      seed: 9,
      steps: [
        { after: 1.5, do: "read", at: "tokyo/1", path, times: 2, every: 10 },
        { after: 0.5, do: "put", slug: "ants", tags: ["red"], by: "ann", from: 0 },
        { after: 2, do: "read", at: "tokyo/1", path, times: 8, every: 10 },
        { after: 0.6, do: "put", slug: "ants", section: "sport", tags: [], by: "bob", from: 200, until: 300 },
        { after: 1, do: "read", at: "tokyo/0", path, times: 8, every: 1 },
        { after: 4, do: "fail", binding: "kv", way: "refused", skip: 12, seconds: 0 },
        { after: 0.5, do: "put", slug: "ants", tags: ["red"], by: "bob", from: -60, until: 300 },
      ],
    });
    expect(violations).toEqual([]);
  });

  it("Last-Modified follows the time of the answer, not of the request", async () => {
    const path = "/rss.xml";
    const { violations } = await simulate(prepared, {
      seed: 20312,
      steps: [
        { after: 1, do: "read-partner", at: "home/0" },
        { after: 0.1, do: "withdraw", slug: "bees", silent: true },
        { after: 0, do: "put", slug: "bees", section: "news", tags: ["blue"], by: "ann", from: -86400 },
        { after: 0.1, do: "read", at: "home/0", path, times: 2, every: 1 },
        { after: 1, do: "put", slug: "bees", section: "news", tags: ["blue"], by: "bob", from: -86400 },
        {
          after: 0.1,
          do: "put",
          slug: "bees",
          section: "news",
          tags: ["red"],
          by: "bob",
          from: 0,
          until: 300,
        },
        { after: 0.1, do: "read", at: "home/0", path, times: 1, every: 1 },
        { after: 0.1, do: "read", at: "home/0", path, times: 1, every: 31 },
        { after: 0.5, do: "read", at: "home/0", path, times: 1, every: 10 },
      ],
    });
    expect(violations).toEqual([]);
  });

  it("a document that is still requested stays in KV, however long ago the first request was", async () => {
    const path = "/tags/red/rss.xml";
    const day = 86_400;
    let status: number | undefined;
    const run = await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "put", slug: "ants", tags: ["red"] }, { do: "read", at: "paris/0", path });
      await run.cloud.cron("0 * * * *");
      await inTurn(
        run,
        { after: 4 * day, do: "read", at: "paris/1", path },
        { after: 4.5 * day, do: "fail", binding: "d1", way: "refused", skip: 0, seconds: 600 },
      );
      status = (await run.read("paris/2", path))?.status;
    });
    expect(run.cloud.namespace.keys()).toContain("feed:tag/red:rss");
    expect(status).toBe(200);
  });

  it("a subscriber never gets an older document after a newer one, however fast they follow", async () => {
    const broken = await breaks("told backwards", 6, [
      { do: "put", slug: "ants" },
      { do: "subscribe", who: "reader-1.example.net", path: "/rss.xml" },
      { after: 60, do: "put", slug: "ants" },
      ...Array.from({ length: 12 }, (): Step => ({ after: 1.5, do: "put", slug: "ants" })),
    ]);
    expect(broken).toBe(false);
  });

  it("when an object ends during a write to KV, the next one doesn't write the same key at once", async () => {
    const broken = await breaks("too many writes", 12, [
      { do: "put", slug: "bees", section: "news", tags: ["blue"], by: "ann" },
      { do: "read-partner", at: "tokyo/0" },
      ...Array.from(
        { length: 12 },
        (_, number): Step => ({ after: 0.1, do: "end-object", number, how: "lost" }),
      ),
    ]);
    expect(broken).toBe(false);
  });

  it("a failure after the answer (`waitUntil`) is logged", async () => {
    const run = await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "put", slug: "ants" });
      await run.world.sleep(20_000);
      await inTurn(run, { do: "fail", binding: "kv", way: "refused", skip: 0, seconds: 8 });
      await run.cloud.cron("0 * * * *");
      await run.world.sleep(10_000);
    });
    expect(run.world.notes.filter((note) => note.includes("kv refused")).length).toBeGreaterThan(0);
    expect(run.cloud.logs.filter(({ line }) => line.includes("error")).length).toBeGreaterThan(0);
  });

  it("a slow 404 for a feed doesn't come after another request was served the feed", async () => {
    const broken = await simulate(prepared, {
      seed: 894,
      steps: [
        { do: "read", at: "paris/0", path: "/tags/red/feed.json", times: 2, every: 1 },
        { do: "read", at: "paris/0", path: "/sections/news/rss.xml" },
        { do: "put", slug: "ants", section: "news", tags: ["red"], by: "ann", from: 0, until: 210 },
        { do: "read", at: "paris/0", path: "/authors/bob" },
        { do: "read", at: "paris/0", path: "/tags/red/feed.json" },
        { do: "put", slug: "ants", tags: ["red"], by: "ann", from: -86_400, until: 210 },
        { do: "read", at: "paris/0", path: "/authors/ann" },
      ],
    });
    expect(broken.violations).toEqual([]);
  });

  it("a document that one request got from the object serves another whose call of the object failed", async () => {
    const broken = await breaks("returned", 10, [
      { do: "put", slug: "ants", tags: ["blue"] },
      { after: 2, do: "read", at: "paris/0", path: "/tags/blue/feed.json" },
      { after: 0.02, do: "read", at: "paris/0", path: "/tags/blue/feed.json", times: 2, every: 1 },
      { do: "fail", binding: "object", way: "refused", skip: 1, seconds: 0 },
    ]);
    expect(broken).toBe(false);
  });

  it("one call tells an outside hub of a version, also if the version is dated a second ahead", async () => {
    const { violations } = await simulate(prepared, {
      seed: 2,
      hasOutsideHub: true,
      steps: [
        { after: 0.2, do: "put", slug: "bees", section: "news", tags: ["red", "blue"], from: 0, until: 300 },
        { do: "read", at: "tokyo/1", path: "/rss.xml" },
        { after: 1, do: "put", slug: "bees", section: "news", tags: ["red", "blue"], from: 40 },
      ],
    });
    expect(violations).toEqual([]);
  });

  it("an article that leaves a partner's section during a build leaves the partner's feed", async () => {
    const { violations } = await simulate(prepared, {
      seed: 7,
      steps: [
        {
          after: 2.3,
          do: "put",
          slug: "cats",
          section: "news",
          tags: [],
          by: "bob",
          from: -86_400,
          until: 70,
        },
        { after: 0.5, do: "put", slug: "cats", section: "sport", tags: [], by: "bob", from: 0, until: 210 },
        { after: 0.5, do: "put", slug: "cats", section: "sport", tags: [], by: "bob", from: 5 },
        { after: 5.1, do: "read-partner", at: "tokyo/0" },
        { after: 0.1, do: "put", slug: "cats", section: "news", tags: ["red"], by: "bob", from: 200 },
        {
          after: 1.1,
          do: "put",
          slug: "cats",
          section: "sport",
          tags: ["red", "blue"],
          by: "ann",
          from: 40,
          until: 70,
        },
      ],
    });
    expect(violations).toEqual([]);
  });
});
