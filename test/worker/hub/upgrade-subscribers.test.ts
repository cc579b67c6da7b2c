// An upgrade from a version with subscribers in D1 (test/fixtures/states/subscribers-in-d1.json: three of the site's feed,
// one of which has failed once and one twice, and one of a tag's feed): deliveries go on from where they were.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FeedStatus } from "../../../src/api/answers.ts";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { type Hub, startHub } from "./hub.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");
const SITE_PATHS = ["/had-all", "/failed-once", "/failed-twice"];
const PATHS = [...SITE_PATHS, "/of-the-tag"];

let hub: Hub;
beforeEach(async () => {
  hub = await startHub();
  const text = read("fixtures/states/subscribers-in-d1.json");
  const { tables } = JSON.parse(text.replaceAll("http://subscriber.test", hub.subscriber.url(""))) as {
    readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string | number | null>>[]>>;
  };
  for (const [table, rows] of Object.entries(tables)) {
    await hub.rows(`DELETE FROM ${table}`);
    for (const row of rows) {
      const columns = Object.keys(row);
      const sql = `INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => "?")})`;
      await hub.rows(sql, ...Object.values(row));
    }
  }
  // As if it were of now.
  const now = toInstant(new Date());
  await hub.rows("UPDATE subscriptions SET expires = ?", addSeconds(now, 20 * 86_400));
  await hub.rows(
    "UPDATE feeds SET kept_until = substr(?, 1, 10) WHERE kept_until < '9'",
    addSeconds(now, 20 * 86_400),
  );
  await hub.rows("UPDATE deliveries SET since = ?, next_at = ?", now, addSeconds(now, 3000));
  const migration = read("../src/migrations/0018_subscribers_in_objects.sql").replace(/--.*$/gm, "");
  for (const sql of migration.split(";").filter((part) => part.trim().startsWith("INSERT")))
    await hub.rows(sql);
});
afterEach(() => hub?.close());

const pushes = (path: string) => hub.subscriber.calls(path, "POST");
const moved = () =>
  until(
    "all have moved",
    async () =>
      (await hub.rows("SELECT 1 FROM subscriptions UNION ALL SELECT 1 FROM deliveries")).length === 0 &&
      (await hub.everywhere("SELECT 1 FROM subscriptions")).length === PATHS.length,
  );

it("cron has them move, which nobody is told of, and every one gets the next version once", async () => {
  const waiting = await hub.rows(
    "SELECT version, since, next_at, attempts FROM deliveries ORDER BY attempts",
  );
  await Promise.all([hub.worker.scheduled(), hub.worker.scheduled()]);
  await moved();
  const still =
    "SELECT version, since, next_at, attempts FROM subscriptions WHERE next_at IS NOT NULL ORDER BY attempts";
  expect(await hub.inside("site", still)).toEqual(waiting);
  for (const path of PATHS) expect(pushes(path), path).toEqual([]);
  const counts = async () => {
    const feeds = (await (await hub.worker.api("/feeds")).json()) as FeedStatus[];
    return feeds
      .filter(({ subscribers }) => subscribers > 0)
      .map(({ feed, subscribers }) => [feed, subscribers]);
  };
  await until("D1 knows how many there are", async () => (await counts()).length === 2);
  expect(await counts()).toEqual([
    ["site", 3],
    ["tag/ferries", 1],
  ]);
  await hub.worker.scheduled("0 * * * *");
  expect(await hub.rows("SELECT * FROM subscription_counts")).toEqual([
    { host: "", subscriptions: 4 },
    { host: "127.0.0.1", subscriptions: 4 },
  ]);
  await expectNext();
});

it("a build has them move, before it tells them", async () => {
  await expectNext();
  await hub.worker.scheduled();
  await moved();
});

it("who renews or ends a subscription that hasn't moved yet has one, or none", async () => {
  await hub.request("/had-all", { "hub.secret": "another secret" });
  await hub.request("/failed-once", { "hub.mode": "unsubscribe" });
  await hub.worker.scheduled();
  const rows = await hub.everywhere<{ callback: string; secret: string | null }>(
    "SELECT * FROM subscriptions",
  );
  const found = rows.map(({ callback, secret }) => [new URL(callback).pathname, secret]);
  expect(found).toContainEqual(["/had-all", "another secret"]);
  expect(found.map(([path]) => path)).not.toContain("/failed-once");
  expect(await hub.rows("SELECT 1 FROM subscriptions WHERE feed = 'site'")).toEqual([]);
});

/** An edit reaches everybody once: who failed twice, at the time that was set. */
async function expectNext(): Promise<void> {
  const edit = article({
    headline: "Edited by the next version",
    tags: ["Ferries"],
    published: "2026-11-01T10:00:00Z",
  });
  const response = await hub.worker.put("one", edit);
  expect(response.status, await response.text()).toBe(200);
  await hub.worker.settled();
  for (const path of PATHS.filter((one) => one !== "/failed-twice")) await hub.subscriber.call(path, "POST");
  await hub.worker.scheduled();
  expect(pushes("/failed-twice")).toEqual([]);
  await hub.makeDue();
  await hub.worker.scheduled();
  await hub.subscriber.call("/failed-twice", "POST");
  await hub.none("deliveries");
  for (const path of PATHS) {
    expect(pushes(path), path).toHaveLength(1);
    expect(pushes(path)[0]?.body.toString()).toContain("Edited by the next version");
  }
  const [signed] = pushes("/had-all");
  const signature = createHmac("sha256", "a secret")
    .update(signed?.body ?? "")
    .digest("hex");
  expect(signed?.headers["x-hub-signature"]).toBe(`sha256=${signature}`);
}
