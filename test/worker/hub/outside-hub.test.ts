// An outside hub, named in site.yaml: feeds name that one, it is told of every change, and `/hub` answers 404.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { type Hub, SITE, startHub } from "./hub.ts";
import { answering, type Subscriber, startSubscriber } from "./subscriber.ts";

const SITE_YAML = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");

let outside: Subscriber;
let hub: Hub;
let address: string;
beforeAll(async () => {
  outside = await startSubscriber();
  address = outside.url("/their-hub");
  hub = await startHub({ siteYaml: `${SITE_YAML}\nhub: ${address}\n` });
});
afterAll(async () => {
  await hub?.close();
  await outside?.close();
});

const topics = (from: number) =>
  outside
    .calls("/their-hub")
    .slice(from)
    .map(({ body }) => new URLSearchParams(body.toString()).get("hub.url"))
    .toSorted();

it("is told of every document that changed, and of no other", async () => {
  const about = `${SITE}/sections/about/`;
  await hub.worker.put("first", article({ section: "about" }));
  await hub.worker.settled();
  await hub.none("deliveries");
  for (const topic of FORMATS.flatMap((format) =>
    [SITE, about.slice(0, -1)].map((base) => `${base}/${FORMAT_FILES[format]}`),
  ))
    expect(topics(0)).toContain(topic);
  const [call] = outside.calls("/their-hub");
  expect(call?.method).toBe("POST");
  expect(call?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  const form = new URLSearchParams(call?.body.toString());
  expect(Object.fromEntries(form)).toEqual({
    "hub.mode": "publish",
    "hub.url": form.get("hub.topic"),
    "hub.topic": form.get("hub.url"),
  });
  const before = outside.calls("/their-hub").length;
  await hub.worker.api("/rebuild", { method: "POST" });
  await hub.worker.settled();
  await hub.none("deliveries");
  expect(topics(before)).toEqual([]);
});

it("is told of a tag's feed from when somebody first asked for it, however long ago", async () => {
  await hub.worker.put("tagged", article({ tags: ["Ferries"] }));
  await hub.worker.fetch("/tags/ferries/atom.xml");
  const [{ kept_until } = {}] = await hub.rows(
    "SELECT kept_until FROM feeds WHERE feed = 'tag/ferries' AND format = 'atom'",
  );
  expect(kept_until).toBe("9999-12-31");
  await hub.worker.settled();
  await hub.none("deliveries");
  const before = outside.calls("/their-hub").length;
  await hub.worker.put("tagged", article({ headline: "Edited", tags: ["Ferries"] }));
  await hub.worker.settled();
  await hub.none("deliveries");
  expect(topics(before)).toContain(`${SITE}/tags/ferries/atom.xml`);
});

it("is told again when it failed, as subscribers are", async () => {
  outside.behave("/their-hub", answering(503));
  await hub.worker.put("first", article({ section: "about", headline: "Edited" }));
  await hub.worker.settled();
  const waiting = () => hub.everywhere<{ next_at: string }>("SELECT * FROM subscriptions WHERE attempts = 1");
  await until("the failures are noted", async () => {
    const noted = (await waiting()).filter(({ next_at }) => Date.parse(next_at) - Date.now() <= 60_000);
    return noted.length >= 6;
  });
  outside.behave("/their-hub", answering(204));
  const before = outside.calls("/their-hub").length;
  await hub.makeDue();
  await hub.worker.scheduled();
  await hub.none("deliveries");
  expect(new Set(topics(before)).size).toBeGreaterThanOrEqual(6);
});

it("is the one that documents and their responses name", async () => {
  const { headers } = await hub.worker.raw("/feed.json");
  expect(headers.link).toContain(`<${address}>; rel="hub"`);
  expect(headers.link).not.toContain(`${SITE}/hub`);
  for (const format of FORMATS) {
    const document = await hub.worker.document(format);
    expect(document).toContain(address);
    expect(document).not.toContain(`${SITE}/hub`);
  }
});

it("leaves none here: nobody can subscribe, and nobody who had is sent anything", async () => {
  for (const method of ["POST", "GET"]) {
    const response = await hub.worker.fetch("/hub", { method });
    expect([response.status, response.headers.get("Cache-Control")]).toEqual([404, "no-store"]);
    expect(await response.text()).toContain(address);
  }
  await hub.inside(
    "site",
    `INSERT INTO subscriptions (format, callback, host, expires, version, since, next_at)
     VALUES ('rss', ?, '127.0.0.1', '2099-01-01T00:00:00Z', 1, '2099-01-01T00:00:00Z', '2024-10-24T00:00:00Z')`,
    hub.subscriber.url("/former"),
  );
  await hub.worker.put("first", article({ section: "about", headline: "Edited again" }));
  await hub.worker.scheduled();
  await hub.worker.settled();
  await hub.none("deliveries");
  expect(hub.subscriber.calls("/former")).toEqual([]);
});
