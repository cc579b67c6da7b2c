// The ledger of fetches: which rows are written and how rarely, what is read from it, and what is deleted after which time.

import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Runtime } from "../../../src/env.ts";
import type { Instant } from "../../../src/lib/time.ts";
import { noteFetch, type PartnerFetch } from "../../../src/partners/fetches.ts";
import {
  fetchDays,
  forgetOldFetches,
  heldVersions,
  lastFetches,
  writeFetches,
} from "../../../src/partners/sql-ledger.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { runtimeOf, until } from "../harness.ts";
import { issue, ledgerOnce, partner } from "./partners.ts";

let worker: FaultyWorker;
let db: D1Database;
let runtime: Runtime;
beforeAll(async () => {
  worker = await startFaultyWorker();
  for (const id of ["acme", "reader", "old", "gone", "polled", "public"]) {
    await partner(worker, id, id === "public" ? { access: "public" } : {});
  }
  const env = await worker.env();
  runtime = runtimeOf(env);
  db = env.DB;
});
afterAll(() => worker?.close());

const instant = (text: string) => text as Instant;
const served = (version: number, bytes = 100): PartnerFetch => ({ status: 200, bytes, version });
const known = (version: number): PartnerFetch => ({ status: 304, bytes: 0, version });
const HEAD: PartnerFetch = { status: 200, bytes: 0, version: 0 };
const REFUSED: PartnerFetch = { status: 401, bytes: 0, version: 0 };

/** Has a partner's feed hold one article in each of these versions of the feed. */
const hold = (partner: string, versions: readonly number[]) =>
  db.batch(
    versions.map((version) =>
      db
        .prepare(
          "INSERT INTO partner_versions VALUES (?1, 'a', ?2, 'article.updated', 0, ?2, '2024-10-22T00:00:00Z')",
        )
        .bind(partner, version),
    ),
  );
const fetchedAt = async (partner: string) =>
  (await heldVersions(db, partner, ["a"])).map((held) => held.fetchedAt);

/** Notes one after the other; how many writes that took. */
async function note(id: string, ...fetches: readonly (readonly [time: string, PartnerFetch])[]) {
  let writes = 0;
  for (const [time, fetch] of fetches) {
    const work: Promise<unknown>[] = [];
    noteFetch(runtime, id, fetch, instant(`2024-10-24T${time}Z`), (one) => work.push(one));
    writes += work.length;
    await Promise.all(work);
  }
  return writes;
}
const rows = async (id: string) => {
  await runtime.env.PARTNERS.getByName(`partner/${id}`).writeFetches(`partner/${id}`);
  return (await lastFetches(db, id, 100)).map(({ minute, ...row }) => ({
    ...row,
    minute: minute.slice(11, 16),
  }));
};

describe("fetches are told to the partner's object", () => {
  it("each, and of refusals a minute's first", async () => {
    const later = [served(1), known(1), HEAD, REFUSED, REFUSED, served(1)].map(
      (fetch, index) => [`11:30:${10 + index}`, fetch] as const,
    );
    expect(await note("acme", ...later)).toBe(5);
    expect(await note("acme", ["11:45:00", known(1)])).toBe(1);
    expect(await rows("acme")).toEqual([
      { minute: "11:45", version: 1, status: 304, fetches: 1, bytes: 0 },
      { minute: "11:30", version: 1, status: 200, fetches: 4, bytes: 200 },
    ]);
  });

  it("with the highest version, whichever was the last", async () => {
    await note("acme", ["12:00:00", known(1)], ["12:00:10", served(2)], ["12:00:20", served(1)]);
    await note("acme", ["12:00:30", HEAD]);
    const row = { minute: "12:00", version: 2, status: 200, fetches: 4, bytes: 200 };
    expect((await rows("acme"))[0]).toEqual(row);
  });

  it("as refused if nothing was served, which isn't counted as a fetch", async () => {
    await note("acme", ["13:00:00", REFUSED], ["13:01:00", served(3)], ["13:01:10", REFUSED]);
    expect((await rows("acme")).slice(0, 2)).toEqual([
      { minute: "13:01", version: 3, status: 200, fetches: 1, bytes: 100 },
      { minute: "13:00", version: 0, status: 401, fetches: 0, bytes: 0 },
    ]);
  });

  it("by several isolates, which become one row, however often D1 is told", async () => {
    const [one, ...more] = [served(4), known(3), served(4)];
    await note("acme", ["14:00:00", one ?? HEAD]);
    for (const fetch of more) {
      runtime = runtimeOf(runtime.env);
      await note("acme", ["14:00:30", fetch]);
    }
    const row = { minute: "14:00", version: 4, status: 200, fetches: 3, bytes: 200 };
    expect((await rows("acme"))[0]).toEqual(row);
    const [last] = await lastFetches(db, "acme", 1);
    if (!last) throw new Error("there is no row");
    for (let time = 0; time < 2; time++) await writeFetches(db, "acme", [{ ...last, tokens: [] }]);
    expect((await rows("acme"))[0]).toEqual(row);
  });

  it("not of a partner that was removed meanwhile", async () => {
    await note("gone", ["11:30:00", served(1)]);
    await worker.api("/partners/gone", { method: "DELETE" });
    expect(await note("gone", ["11:31:00", served(1)])).toBe(1);
    expect(await rows("gone")).toEqual([]);
  });
});

describe("polls of the running Worker", () => {
  it("cost one write a minute, whatever they are, and a refusal no more", async () => {
    const { token } = await issue(worker, "polled");
    await db.batch(
      ["INSERT", "UPDATE"].map((event) =>
        db.prepare(
          `CREATE TRIGGER counts_${event} AFTER ${event} ON partner_fetches BEGIN
             INSERT INTO audience (feed, format, fetcher, subscribers, day)
             VALUES (NEW.partner, NEW.minute, hex(randomblob(8)), 1, ''); END`,
        ),
      ),
    );
    const ask = (method: string, headers: Readonly<Record<string, string>> = {}) =>
      worker.raw("/partners/polled/rss.xml", method, { Authorization: `Bearer ${token}`, ...headers });
    const { headers, body } = await ask("GET");
    // Written before the next poll: one that is counted with it would be its last status.
    await ledgerOnce(worker, "polled", 1);
    for (let n = 0; n < 10; n++) {
      await ask("GET", { "If-None-Match": headers.etag ?? "" });
      await ask("GET", { "Accept-Encoding": "gzip" });
      await ask("HEAD");
      await ask("GET", { Authorization: "Bearer wr_wrong" });
    }
    const [first] = await ledgerOnce(worker, "polled", 1);
    expect(first).toMatchObject({ status: 200 });
    expect(Number(first?.version)).toBeGreaterThan(0);
    const sql = "SELECT count(*) AS writes FROM audience WHERE feed = 'polled' GROUP BY format";
    const { results } = await db.prepare(sql).all<{ writes: number }>();
    // The clock may turn to the next minute meanwhile: then the first one's rest is written with it.
    expect(results.length).toBeLessThanOrEqual(2);
    if (results.length === 1) expect(first).toMatchObject({ fetches: 1, bytes: body.length });
    expect(results.reduce((sum, { writes }) => sum + writes, 0)).toBeLessThanOrEqual(2 * results.length - 1);
    await db.batch(["INSERT", "UPDATE"].map((event) => db.prepare(`DROP TRIGGER counts_${event}`)));
  });

  it("note everybody's of a public feed, and nothing of who isn't a partner or asks for something else", async () => {
    await worker.fetch("/partners/public/rss.xml");
    await worker.fetch("/partners/nobody/rss.xml");
    await worker.fetch("/partners/acme/");
    expect(await ledgerOnce(worker, "public", 1)).toMatchObject([{ status: 200 }]);
    await worker.fetch("/partners/public/other.xml");
    await worker.fetch("/partners/public/");
    const named = "SELECT count(*) AS n FROM partner_fetches WHERE partner = 'nobody'";
    expect(await db.prepare(named).first<number>("n")).toBe(0);
    expect(await rows("public")).toHaveLength(1);
  });

  it("show a refusal to the publisher", async () => {
    await worker.fetch("/partners/reader/rss.xml");
    expect(await ledgerOnce(worker, "reader", 1)).toMatchObject([{ status: 401, fetches: 0, version: 0 }]);
    const report = (await (await worker.api("/partners/reader")).json()) as { lastFetch: unknown };
    expect(report.lastFetch).toMatchObject({ status: 401 });
    await db.prepare("DELETE FROM partner_fetches WHERE partner = 'reader'").run();
  });

  it("are served without D1, but refusals are 503, the same for all, and no log holds a token", async () => {
    const { token } = await issue(worker, "acme");
    const { CACHE } = await worker.env();
    await until("KV knows the token", async () => {
      const found = await CACHE.getWithMetadata<{ access: { hashes: string[] } }>(
        "feed:partner/acme:partner",
      );
      return found.metadata?.access.hashes.length === 1;
    });
    await worker.fail({ d1: true });
    for (const id of ["acme", "public"]) {
      const headers = { Authorization: `Bearer ${token}` };
      expect((await worker.raw(`/partners/${id}/rss.xml`, "GET", headers)).status, id).toBe(200);
    }
    for (const [path, authorization] of [
      ["/partners/acme/rss.xml", "Bearer wr_wrong"],
      ["/partners/acme/rss.xml", ""],
      [`/partners/nobody/${token}/rss.xml`, ""],
    ] as const) {
      const { status, headers, body } = await worker.raw(path, "GET", { Authorization: authorization });
      expect([path, status, headers["retry-after"], headers["cache-control"]]).toEqual([
        path,
        503,
        "30",
        "no-store",
      ]);
      expect(body.toString()).toBe("This can't be read just now. Try again in half a minute.\n");
    }
    await worker.fail({});
    const logged = JSON.stringify(worker.logs());
    expect(logged).toContain("the request failed");
    expect(logged).not.toContain(token);
  });
});

describe("read from the ledger", () => {
  beforeAll(() =>
    db.batch(
      [
        ["2024-10-22T23:59:00Z", 1, 200, 1, 1000],
        ["2024-10-23T00:00:00Z", 1, 304, 2, 0],
        ["2024-10-23T10:00:00Z", 3, 200, 4, 500],
        ["2024-10-24T10:00:00Z", 3, 304, 1, 0],
        ["2024-10-24T11:00:00Z", 0, 401, 0, 0],
      ].map((row) => db.prepare("INSERT INTO partner_fetches VALUES ('reader', ?, ?, ?, ?, ?)").bind(...row)),
    ),
  );
  const now = instant("2024-10-24T12:00:00Z");

  it("are days, newest first", async () => {
    const days = [
      { day: "2024-10-24", fetches: 1, bytes: 0 },
      { day: "2024-10-23", fetches: 6, bytes: 500 },
      { day: "2024-10-22", fetches: 1, bytes: 1000 },
    ];
    expect(await fetchDays(db, "reader", 31, now)).toEqual(days);
    expect(await fetchDays(db, "reader", 2, now)).toEqual(days.slice(0, 2));
    expect(await fetchDays(db, "nobody", 31, now)).toEqual([]);
  });

  it("are the last fetches", async () => {
    expect(await lastFetches(db, "reader", 2)).toMatchObject([{ status: 401 }, { status: 304, version: 3 }]);
    expect(await lastFetches(db, "nobody", 2)).toEqual([]);
  });

  it("are the minute of the first fetch of a version or a later one", async () => {
    await hold("reader", [1, 2, 3, 4]);
    expect(await fetchedAt("reader")).toEqual([
      "2024-10-22T23:59:00Z",
      "2024-10-23T10:00:00Z",
      "2024-10-23T10:00:00Z",
      null,
    ]);
    await hold("nobody", [1]);
    expect(await fetchedAt("nobody")).toEqual([null]);
  });
});

describe("after 31 days", () => {
  it("minutes go, but the first of each version; after 400 days these too", async () => {
    const now = instant("2024-10-24T12:00:00Z");
    const insert = db.prepare("INSERT INTO partner_fetches VALUES ('old', ?, ?, 200, 1, 1)");
    await db.batch(
      (
        [
          ["2023-09-01T00:00:00Z", 1],
          ["2023-10-01T00:00:00Z", 2],
          ["2024-09-20T00:00:00Z", 2],
          ["2024-09-21T00:00:00Z", 5],
          ["2024-09-22T00:00:00Z", 0],
          ["2024-09-23T00:00:00Z", 5],
          ["2024-09-23T11:59:00Z", 6],
          ["2024-09-23T12:00:00Z", 6],
          ["2024-10-24T11:00:00Z", 6],
        ] as const
      ).map((row) => insert.bind(...row)),
    );
    await forgetOldFetches(db, now);
    const left = (await lastFetches(db, "old", 100)).map(({ minute, version }) => [
      minute.slice(0, 16),
      version,
    ]);
    expect(left).toEqual([
      ["2024-10-24T11:00", 6],
      ["2024-09-23T12:00", 6],
      ["2024-09-23T11:59", 6],
      ["2024-09-21T00:00", 5],
      ["2023-10-01T00:00", 2],
    ]);
    await hold("old", [3]);
    expect(await fetchedAt("old")).toEqual(["2024-09-21T00:00:00Z"]);
  });

  it("is looked for by cron, each hour", async () => {
    const insert =
      "INSERT INTO partner_fetches VALUES ('old', strftime('%Y-%m-%dT%H:%M:00Z', 'now', '-401 days'), 1, 200, 1, 1)";
    await db.prepare("DELETE FROM partner_fetches").run();
    await db.prepare(insert).run();
    await worker.scheduled("0 * * * *");
    expect(await lastFetches(db, "old", 1)).toEqual([]);
  });
});

it("a failure to write the ledger affects no response", async () => {
  await db.prepare("DROP TABLE partner_fetches").run();
  expect(await note("acme", ["23:00:00", served(9)])).toBe(1);
});
