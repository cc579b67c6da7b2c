// One feed's subscribers in its object: thousands are queued in portions, whatever happens between two portions, and no
// frequent statement reads all of them.

import type { DurableObjectStorage } from "@cloudflare/workers-types";
import { describe, expect, it } from "vitest";
import { SubscriberStore } from "../../src/hub/sql-subscribers.ts";
import type { Instant } from "../../src/lib/time.ts";
import { ObjectStorage, StoredState } from "../sim/bindings/storage.ts";
import { World } from "../sim/world.ts";

const NOW = "2026-05-01T12:00:00Z" as Instant;
const LATER = "2026-05-01T12:02:00Z" as Instant;
const EXPIRES = "2026-05-11T12:00:00Z" as Instant;
const COUNT = 4000;
const PORTION = 1500;
const TIMES = { now: NOW, nextAt: LATER, hub: undefined };

/** Storage with subscribers of RSS, and one of Atom; instances over it come one after the other. */
function storageOf(count: number) {
  const world = new World(1, Date.parse(NOW));
  const storage = new ObjectStorage(new StoredState(), world, world.random("storage"), () => {});
  const queries = new Set<string>();
  const sql = {
    exec: (query: string, ...values: readonly unknown[]) => {
      queries.add(query);
      return storage.sql.exec(query, ...values);
    },
  };
  const open = () => new SubscriberStore({ sql } as unknown as Pick<DurableObjectStorage, "sql">);
  const store = open();
  const one = (format: "rss" | "atom", number: number) => ({
    format,
    callback: `https://host-${number}.example/`,
    host: `host-${number}.example`,
    secret: null,
    expires: EXPIRES,
  });
  const options = { present: 1, isFull: false, now: NOW };
  for (let number = 0; number < count; number++) store.subscribe(one("rss", number), options);
  store.subscribe(one("atom", 0), options);
  return { open, queries, sql };
}

describe("a version for thousands", () => {
  it("reaches each, in portions, with another instance after each of them; what nobody heard was queued comes again", () => {
    const { open } = storageOf(COUNT);
    open().announce("rss", 2, 0, undefined);
    const sizes: number[] = [];
    const ids: number[] = [];
    while (open().dueAt(Date.parse(NOW)) === Date.parse(NOW)) {
      const lost = open().claim(TIMES, PORTION);
      const claimed = open().claim(TIMES, PORTION);
      expect(claimed).toEqual(lost);
      open().queued(claimed);
      sizes.push(claimed.deliveries.length);
      ids.push(...claimed.deliveries.map(({ id }) => id));
    }
    expect(sizes).toEqual([PORTION, PORTION, COUNT - 2 * PORTION]);
    expect(new Set(ids).size).toBe(COUNT);
    expect(ids).toHaveLength(COUNT);
    expect(open().dueAt(Date.parse(NOW))).toBe(Date.parse(LATER));
  });

  it("that a newer one overtakes half-way is sent to nobody after that", () => {
    const store = storageOf(COUNT).open();
    store.announce("rss", 2, 0, undefined);
    const early = store.claim(TIMES, PORTION);
    store.queued(early);
    const under = store.begin("rss", early.deliveries.slice(0, 15), 1, TIMES);
    store.announce("rss", 3, 0, undefined);
    const ids = new Set<number>();
    while (store.dueAt(Date.parse(NOW)) === Date.parse(NOW)) {
      const claimed = store.claim(TIMES, PORTION);
      store.queued(claimed);
      for (const { id } of claimed.deliveries) ids.add(id);
    }
    // Who is being sent the older one gets the newer one after that.
    expect(ids.size).toBe(COUNT - under.length);
    store.end(
      under.map((one) => ({ ...one, end: "delivered" as const })),
      NOW,
    );
    const rest = store.claim(TIMES, PORTION).deliveries;
    expect(rest.map(({ id }) => id).toSorted()).toEqual(under.map(({ id }) => id).toSorted());
    expect(store.begin("rss", rest, 2, TIMES).every(({ version }) => version === 3)).toBe(true);
  });
});

it("a sender that didn't hear what it is to send may ask again; another one gets nothing", () => {
  const store = storageOf(20).open();
  store.announce("rss", 2, 0, undefined);
  const { deliveries } = store.claim(TIMES, 15);
  const begun = store.begin("rss", deliveries, 1, TIMES);
  expect(begun).toHaveLength(15);
  expect(store.begin("rss", deliveries, 1, TIMES)).toEqual(begun);
  expect(store.begin("rss", deliveries, 2, TIMES)).toEqual([]);
  const ends = begun.map((one) => ({ ...one, end: "delivered" as const }));
  for (const _ of ["once", "twice"]) store.end(ends, NOW);
  expect(store.begin("rss", deliveries, 1, TIMES)).toEqual([]);
});

const readsFormat = (line: string) => line.endsWith("autoindex_subscriptions_1 (format=?)");

it("no statement of an often used path reads all subscribers", () => {
  const { open, queries, sql } = storageOf(100);
  const store = open();
  queries.clear();
  store.announce("rss", 2, 0, undefined);
  store.hasSubscribers("rss", NOW);
  store.subscribe(
    { format: "rss", callback: "https://new.example/", host: "new.example", secret: null, expires: EXPIRES },
    { present: 1, isFull: false, now: NOW },
  );
  store.unsubscribe("rss", "https://new.example/", NOW);
  const begun = store.begin("rss", store.claim(TIMES, 10).deliveries, 1, TIMES);
  const [first, second, third] = begun;
  if (!first || !second || !third) throw new Error("nothing was begun");
  store.end(
    [
      { ...first, end: "gone" },
      { ...second, end: "failed", nextAt: LATER },
      { ...third, end: "given-up" },
    ],
    NOW,
  );
  store.expire(NOW);
  store.dueAt(0);
  store.isBusy();
  expect(queries.size).toBeGreaterThan(20);
  for (const query of [...queries]) {
    const values = Array.from(
      { length: Math.max(0, ...Array.from(query.matchAll(/\?(\d*)/g), ([, n]) => Number(n) || 1)) },
      () => "[]",
    );
    const plan = sql.exec(`EXPLAIN QUERY PLAN ${query}`, ...values).toArray();
    const scans = plan
      .map(({ detail }) => String(detail))
      .filter((line) => /^SCAN subscriptions(?! USING)|by_host \(host>|TEMP B-TREE FOR DISTINCT/.test(line))
      .concat(
        /LIMIT 1$|^DELETE/.test(query) ? [] : plan.map(({ detail }) => String(detail)).filter(readsFormat),
      );
    expect(scans, query).toEqual([]);
  }
});
