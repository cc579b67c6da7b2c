// Faults of today's code, as the simulation finds them. Each test says what is seen today, which is wrong: it turns red
// when the fault is mended. Then say in it what is right, move it to a file that is named after what it is about, and take
// the promise from `known-faults.ts`.

import { beforeAll, describe, expect, it } from "vitest";
import type { Step } from "../history.ts";
import { type Prepared, play, prepare, type Run, simulate } from "../simulate.ts";
import type { Promised } from "../witness.ts";

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

/** True when some of these seeds have a history break a promise. */
async function breaks(promise: Promised, seeds: number, steps: readonly Step[]): Promise<boolean> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { violations } = await simulate(prepared, { seed, steps });
    if (violations.some((violation) => violation.promise === promise)) return true;
  }
  return false;
}

/** Plays steps one after the other, each when the one before it is over. */
const inTurn = async (run: Run, ...steps: readonly Step[]): Promise<void> => {
  for (const step of steps) {
    await run.world.sleep((step.after ?? 1) * 1000);
    await run.step(step);
  }
};

describe("faults to be mended", () => {
  it("a cron step that fails stops the steps behind it", async () => {
    const run = await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "fail", binding: "d1", way: "refused", skip: 1, seconds: 0 });
      await run.cloud.cron("* * * * *");
    });
    expect(run.cloud.uncaught).toEqual([expect.stringContaining("D1_ERROR")]);
  });

  it("while a document is marked stale each isolate builds it, again after 30 s, and reads all of it from D1", async () => {
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
    // A question each while nothing changes, which is to be none; then all that a build reads, as often as it is asked.
    const builds = expect.toSatisfy((cost: number) => cost >= 2 * isolates.length);
    expect(costs).toEqual([isolates.length, builds, builds]);
  });

  it("a build that took long takes back what was released meanwhile, since it keeps the time at which it began", async () => {
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
    expect(broken).toBe(true);
  });

  it("a subscriber is sent an older document after a newer one, when two messages are under way at once", async () => {
    const broken = await breaks("told backwards", 50, [
      { do: "put", slug: "ants", section: "news" },
      { after: 5, do: "subscribe", who: "reader-1.example.net", path: "/rss.xml" },
      { after: 18.3, do: "put", slug: "ants", section: "news", tags: ["red"] },
      { after: 0.7, do: "put", slug: "ants", section: "news", tags: ["blue"] },
      { after: 2, do: "put", slug: "ants", section: "news", tags: ["red"] },
    ]);
    expect(broken).toBe(true);
  });

  it("a document that is still kept built is gone from KV seven days after it was first asked for", async () => {
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
    expect(run.cloud.namespace.keys()).not.toContain("feed:tag/red:rss");
    expect(status).toBe(503);
  });

  it("a message that fails where nothing logs it is nowhere to be found", async () => {
    const run = await play(prepared, { seed: 1, steps: [] }, async (run) => {
      await inTurn(run, { do: "put", slug: "ants" });
      await run.world.sleep(20_000);
      await inTurn(run, { do: "fail", binding: "kv", way: "refused", skip: 0, seconds: 8 });
      await run.cloud.cron("0 * * * *");
      await run.world.sleep(10_000);
    });
    expect(run.world.notes.filter((note) => note.includes("kv refused")).length).toBeGreaterThan(0);
    expect(run.cloud.logs.filter(({ line }) => line.includes("error"))).toEqual([]);
  });
});
