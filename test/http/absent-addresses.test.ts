// What an isolate remembers of addresses that lead nowhere: for a minute, and no more than so many.

import { beforeEach, expect, it } from "vitest";
import type { Runtime } from "../../src/env.ts";
import { noteDemand } from "../../src/feeds/cache.ts";
import { IsolateCache } from "../../src/isolate.ts";
import { addSeconds, toInstant } from "../../src/lib/time.ts";
import { SITE } from "../pipeline.ts";

const NOW = 1_772_000_000_000;
let isolate: IsolateCache;
beforeEach(() => {
  isolate = new IsolateCache();
});

/** How often `names` are looked for when they are asked for, each in vain. */
async function looks(names: readonly string[], at = NOW): Promise<number> {
  let count = 0;
  const look = () => {
    count++;
    return Promise.resolve(undefined);
  };
  for (const name of names) expect(await isolate.absent.unlessAbsent(name, at, look)).toBeUndefined();
  return count;
}

it("is remembered for a minute", async () => {
  const later = async (milliseconds: number) => looks(["tag/nowhere"], NOW + milliseconds);
  expect([await later(0), await later(0), await later(59_999), await later(60_000)]).toEqual([1, 0, 0, 1]);
  expect(await looks(["tag/other"])).toBe(1);
});

it("is forgotten of what was found since, in another place", async () => {
  expect(await looks(["tag/later"])).toBe(1);
  isolate.absent.notePresent("tag/later");
  expect(await looks(["tag/later"])).toBe(1);
});

it("is not what was found", async () => {
  for (let time = 0; time < 2; time++)
    expect(await isolate.absent.unlessAbsent("tag/here", NOW, () => Promise.resolve(time))).toBe(time);
});

it("is forgotten when something is changed here, also while it is looked for", async () => {
  await looks(["tag/nowhere"]);
  isolate.absent.clear();
  expect(await looks(["tag/nowhere"])).toBe(1);
  isolate.absent.clear();
  await isolate.absent.unlessAbsent("tag/nowhere", NOW, () => {
    isolate.absent.clear();
    return Promise.resolve(undefined);
  });
  expect(await looks(["tag/nowhere"])).toBe(1);
});

it("is not what another request found while this one was looking", async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const slow = isolate.absent.unlessAbsent("tag/new", NOW, () => promise);
  const other = isolate.absent.unlessAbsent("tag/nowhere", NOW, () => promise);
  expect(await isolate.absent.unlessAbsent("tag/new", NOW, () => Promise.resolve("here"))).toBe("here");
  resolve(undefined);
  expect(await Promise.all([slow, other])).toEqual([undefined, undefined]);
  expect([await looks(["tag/new"]), await looks(["tag/nowhere"])]).toEqual([1, 0]);
});

it("is bounded: the oldest go first, whoever asks for how many", async () => {
  const names = Array.from({ length: 5000 }, (_, index) => `tag/${index}`);
  expect(await looks(names)).toBe(5000);
  expect(await looks(names.slice(3000))).toBe(0);
  expect(await looks(names.slice(2999, 3000))).toBe(1);
});

it("is never looked for under a name longer than any that there is", async () => {
  expect(await looks(["x".repeat(512), "x".repeat(513), "x".repeat(513)])).toBe(1);
});

it("costs D1 one query, and the same feed in any format none for a minute", async () => {
  let queries = 0;
  const runtimeOf = (presence: string) => {
    const first = () => {
      queries++;
      return Promise.resolve({ feed: null, presence, closedPages: 2 });
    };
    const DB = { prepare: () => ({ bind: () => ({ first }) }) };
    return { env: { DB }, site: SITE, fingerprint: "f", isolate } as unknown as Runtime;
  };
  const now = toInstant(new Date(NOW));
  const ask = async (feed: "tag/nowhere" | "tag/tomorrow" | "archive/9", presence: string, at = now) => {
    const before = queries;
    const answers = [];
    for (const format of ["rss", "atom", "json"] as const)
      answers.push(await noteDemand(runtimeOf(presence), { feed, format }, at));
    return [...new Set(answers), queries - before];
  };
  expect(await ask("tag/nowhere", "absent")).toEqual(["unknown", 1]);
  expect(await ask("tag/nowhere", "absent", addSeconds(now, 59))).toEqual(["unknown", 0]);
  expect(await ask("tag/nowhere", "absent", addSeconds(now, 60))).toEqual(["unknown", 1]);
  expect(await ask("archive/9", "absent")).toEqual(["unknown", 1]);
  // What is scheduled comes out in its minute: it is asked for each time.
  expect(await ask("tag/tomorrow", "to come")).toEqual(["unknown", 3]);
});
