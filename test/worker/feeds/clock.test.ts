// Unusual times: a cron that skipped an hour, two crons at once, the year's last second, zones far from UTC, the hour that
// occurs twice. The test sets the Worker's clock.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { SITE, TOPIC } from "../hub/hub.ts";
import { startSubscriber } from "../hub/subscriber.ts";
import { type MovedWorker, startMovedWorker } from "../moved-clock.ts";
import { objectsOf } from "../objects.ts";

let worker: MovedWorker;
beforeEach(async () => {
  worker = await startMovedWorker({ siteUrl: SITE });
});
afterEach(() => worker?.close());

/** A PUT that must succeed. */
async function put(slug: string, published: string, changes: Readonly<Record<string, unknown>> = {}) {
  const response = await worker.put(slug, article({ headline: `Story ${slug}`, published, ...changes }));
  expect(response.status, await response.text()).toBe(201);
}
/** The stories in a document in KV, in order. */
const stories = (document: string): readonly string[] =>
  Array.from(document.matchAll(/<title>Story (\w+)<\/title>/g), ([, slug = ""]) => slug);
async function versions(): Promise<Readonly<Record<string, number>>> {
  const { DB } = await worker.env();
  const sql = "SELECT format, version FROM feeds WHERE feed = 'site'";
  const { results } = await DB.prepare(sql).all<{ format: string; version: number }>();
  return Object.fromEntries(results.map(({ format, version }) => [format, version]));
}

describe("a cron that skipped an hour", () => {
  beforeEach(async () => {
    await worker.moveTo("2027-03-01T11:59:00Z");
    await put("old", "2027-03-01T08:00:00Z");
    await put("ends", "2027-03-01T09:00:00Z", { expires: "2027-03-01T12:30:00Z" });
    await put("third", "2027-03-01T12:50:00Z");
    await put("first", "2027-03-01T12:10:00Z");
    await put("second", "2027-03-01T12:20:00Z");
    await put("brief", "2027-03-01T12:15:00Z", { expires: "2027-03-01T12:45:00Z" });
    await put("later", "2027-03-01T13:30:00Z");
    await worker.settled();
    expect(stories(await worker.document("rss"))).toEqual(["ends", "old"]);
  });

  it("then releases all due articles in order, and removes all expired ones, in one version", async () => {
    const before = await versions();
    await worker.moveTo("2027-03-01T13:00:00Z");
    await worker.scheduled();
    expect(stories(await worker.document("rss"))).toEqual(["third", "second", "first", "old"]);
    const after = await versions();
    for (const format of FORMATS) expect(after[format], format).toBeGreaterThan(before[format] ?? 0);
    await worker.scheduled();
    await worker.settled();
    expect(await versions()).toEqual(after);
    // A later article is released on time, although cron was late before.
    await worker.moveTo("2027-03-01T13:30:00Z");
    await worker.scheduled();
    expect(stories(await worker.document("rss"))[0]).toBe("later");
  });

  it("then runs twice at once: one version, one push", async () => {
    const subscriber = await startSubscriber();
    try {
      const form = { "hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": subscriber.url("/once") };
      await worker.fetch("/hub", { method: "POST", body: new URLSearchParams(form) });
      const objects = objectsOf(worker.env);
      await until(
        "the subscription stands",
        async () => (await objects.inside("site", "SELECT 1 FROM subscriptions")).length === 1,
      );
      await worker.settled();
      const before = await versions();
      await worker.moveTo("2027-03-01T13:00:00Z");
      await Promise.all([worker.scheduled(), worker.scheduled(), worker.scheduled("0 * * * *")]);
      await worker.settled();
      await until("everybody is told", objects.nobodyWaits);
      for (const format of FORMATS)
        expect((await versions())[format], format).toBeGreaterThan(before[format] ?? 0);
      const pushes = subscriber.calls("/once", "POST");
      expect(pushes).toHaveLength(1);
      expect(stories(pushes[0]?.body.toString() ?? "")).toEqual(["third", "second", "first", "old"]);
    } finally {
      await subscriber.close();
    }
  });
});

it("a year's boundary: released in its second, in order, with the right days", async () => {
  await worker.moveTo("2027-12-31T23:58:00Z");
  await put("last", "2027-12-31T23:59:59Z");
  await put("new", "2028-01-01T00:00:00Z");
  await put("leap", "2027-12-31T23:58:60Z");
  // As another zone writes it: a minute after the new year's first, where it is the old one still.
  await put("west", "2027-12-31T12:01:00-12:00");
  await worker.settled();
  await worker.moveTo("2028-01-01T00:00:00Z");
  await worker.scheduled();
  const rss = await worker.document("rss");
  expect(stories(rss)).toEqual(["new", "last", "leap"]);
  expect(Array.from(rss.matchAll(/<pubDate>(.*?)<\/pubDate>/g), ([, date]) => date)).toEqual([
    "Sat, 01 Jan 2028 00:00:00 GMT",
    "Fri, 31 Dec 2027 23:59:59 GMT",
    "Fri, 31 Dec 2027 23:58:59 GMT",
  ]);
  expect(await worker.document("atom")).toContain("<published>2028-01-01T00:00:00.000Z</published>");
  await worker.moveTo("2028-01-01T00:01:00Z");
  await worker.scheduled();
  expect(stories(await worker.document("rss"))[0]).toBe("west");
});

it("an article dated with a leap second stands at the second before it", async () => {
  await put("leap", "2016-12-31T23:59:60Z");
  expect(await worker.document("rss")).toContain("<pubDate>Sat, 31 Dec 2016 23:59:59 GMT</pubDate>");
  expect(await worker.document("json")).toContain('"date_published":"2016-12-31T23:59:59Z"');
});

it.each([
  ["Pacific/Kiritimati", "2024-12-31T10:00:00Z", "1 January 2025, 00:00 Line Islands Time"],
  ["Etc/GMT+12", "2025-01-01T11:59:59Z", "31 December 2024, 23:59 GMT-12"],
  ["Europe/Berlin", "2026-03-29T00:59:59Z", "29 March 2026, 01:59 CET"],
  ["Europe/Berlin", "2026-03-29T01:00:00Z", "29 March 2026, 03:00 CEST"],
  ["Europe/Berlin", "2026-10-25T00:30:00Z", "25 October 2026, 02:30 CEST"],
  ["Europe/Berlin", "2026-10-25T01:30:00Z", "25 October 2026, 02:30 CET"],
])("a page by the clocks of %s at %s", async (zone, published, shown) => {
  const yaml = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");
  await worker.reload({ siteYaml: yaml.replace("timezone: Asia/Seoul", `timezone: ${zone}`) });
  await put("timed", published);
  const page = await (await worker.fetch("/articles/timed")).text();
  expect(page).toContain(`<time datetime="${published}">${shown}</time>`);
  // The masthead names the day of the zone, for people and for programs.
  await worker.moveTo(published);
  const front = await (await worker.fetch("/")).text();
  const day = new Date(Date.parse(`${shown.split(",")[0]} 00:00 UTC`)).toISOString().slice(0, 10);
  expect(front).toMatch(new RegExp(`<time datetime="${day}">\\w+day,? ${shown.split(",")[0]}</time>`));
});
