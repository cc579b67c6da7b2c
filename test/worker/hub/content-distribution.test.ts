// Content distribution (WebSub §7) to a real subscriber: the topic's bytes, signatures, only documents that changed, and
// retries. The clock is never set: a delivery that waits is made due in the object's tables.

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FeedStatus } from "../../../src/api/answers.ts";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { PAST } from "../objects.ts";
import { type Hub, SITE, startHub, TOPIC } from "./hub.ts";
import { answering, willing } from "./subscriber.ts";

const HOUR = 3600;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
  await hub.worker.put("first", article());
  await hub.worker.settled();
});
afterAll(() => hub?.close());

let path: string;
let tests = 0;
beforeEach(async () => {
  path = `/callback-${++tests}`;
  await hub.forget();
});

let headlines = 0;
/** Publishes an article with a headline of its own, which it returns. */
async function publish(): Promise<string> {
  const headline = `News number ${++headlines}`;
  await hub.worker.put("news", article({ headline }));
  return headline;
}
const deliveries = () =>
  hub.inside<{ id: number; version: number; next_at: string; attempts: number; since: string }>(
    "site",
    "SELECT * FROM subscriptions WHERE callback = ? AND next_at IS NOT NULL",
    hub.subscriber.url(path),
  );
/** Once the delivery has failed for the `attempts`th time: the seconds until it is tried again. */
const failed = (attempts: number) =>
  until(`attempt ${attempts} has failed`, async () => {
    const [delivery] = await deliveries();
    const seconds = (Date.parse(delivery?.next_at ?? "") - Date.now()) / 1000;
    // While it is under way it is claimed for two minutes, which is none of the gaps.
    const underWay = seconds > 65 && seconds <= 120;
    return delivery?.attempts === attempts && !underWay ? seconds : undefined;
  });

describe("a delivery", () => {
  it.each(FORMATS)("is the topic as %s: its bytes, its type, links to hub and topic", async (format) => {
    const topic = `${SITE}/${FORMAT_FILES[format]}`;
    await hub.request(path, { "hub.topic": topic });
    const headline = await publish();
    const { headers, body } = await hub.subscriber.call(path, "POST");
    expect(body.toString()).toContain(headline);
    await hub.worker.settled();
    expect(body.toString()).toBe(await hub.worker.document(format));
    await hub.worker.reload();
    const feed = await hub.worker.raw(`/${FORMAT_FILES[format]}`);
    expect(body).toEqual(feed.body);
    expect(headers["content-type"]).toBe(feed.headers["content-type"]);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers.link).toBe(`<${SITE}/hub>; rel="hub", <${topic}>; rel="self"`);
    await hub.none("deliveries");
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(1);
  });

  it("is signed with the secret, in any script", async () => {
    const secret = "geheim & 秘密";
    await hub.request(path, { "hub.secret": secret });
    await publish();
    const { headers, body } = await hub.subscriber.call(path, "POST");
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    expect(headers["x-hub-signature"]).toBe(`sha256=${signature}`);
  });

  it("is signed with the secret of the last renewal", async () => {
    await hub.request(path, { "hub.secret": "old" });
    await hub.request(path, { "hub.secret": "new" });
    await publish();
    const { headers, body } = await hub.subscriber.call(path, "POST");
    expect(headers["x-hub-signature"]).toBe(
      `sha256=${createHmac("sha256", "new").update(body).digest("hex")}`,
    );
  });

  it.each([
    ["no secret", {}],
    ["an empty secret", { "hub.secret": "" }],
  ])("isn't signed where there is %s", async (_, changes) => {
    await hub.request(path, changes);
    await publish();
    expect((await hub.subscriber.call(path, "POST")).headers["x-hub-signature"]).toBeUndefined();
  });

  it("goes to the callback with its query", async () => {
    await hub.request(`${path}?token=a%2Fb`);
    await publish();
    expect((await hub.subscriber.call(path, "POST")).target).toBe(`${path}?token=a%2Fb`);
  });

  it("is sent only for changed documents", async () => {
    await hub.request(path);
    const headline = await publish();
    await hub.subscriber.call(path, "POST");
    // The same again, a rebuild of everything, and a KV that has lost everything.
    await hub.worker.put("news", article({ headline }));
    await hub.worker.api("/rebuild", { method: "POST" });
    await hub.worker.settled();
    const { CACHE } = await hub.worker.env();
    for (const format of FORMATS) await CACHE.delete(`feed:site:${format}`);
    await hub.worker.scheduled("0 * * * *");
    await hub.worker.settled();
    expect(await CACHE.get("feed:site:rss", "arrayBuffer")).not.toBeNull();
    await hub.none("deliveries");
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(1);
  });

  it("isn't sent or retried after the lease has ended or the subscriber unsubscribed", async () => {
    for (const end of ["over", "unsubscribed"]) {
      const callback = `${path}-${end}`;
      await hub.request(callback);
      hub.subscriber.behave(callback, answering(500));
    }
    await publish();
    for (const end of ["over", "unsubscribed"]) await hub.subscriber.call(`${path}-${end}`, "POST");
    hub.subscriber.behave(`${path}-unsubscribed`, willing);
    await hub.request(`${path}-unsubscribed`, { "hub.mode": "unsubscribe" });
    await hub.inside("site", "UPDATE subscriptions SET expires = ?", PAST);
    await publish();
    await hub.worker.settled();
    await until("the failures are noted", async () => {
      await hub.makeDue();
      await hub.worker.scheduled();
      return (await hub.inside("site", "SELECT 1 FROM subscriptions")).length === 0;
    });
    for (const end of ["over", "unsubscribed"]) {
      expect(hub.subscriber.calls(`${path}-${end}`, "POST")).toHaveLength(1);
    }
  });
});

describe("a failed delivery", () => {
  it("is tried again with growing gaps, given up after a day, and counted", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    const gaps = [60, 300, 900, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
    for (const [index, gap] of gaps.entries()) {
      const seconds = await failed(index + 1);
      // Up to a quarter sooner, by chance.
      expect(seconds).toBeGreaterThan(gap * 0.75 - 10);
      expect(seconds).toBeLessThanOrEqual(gap + 1);
      // Cron leaves alone what isn't due.
      await hub.worker.scheduled();
      expect((await deliveries())[0]?.attempts).toBe(index + 1);
      await hub.makeDue();
      await hub.worker.scheduled();
      await hub.subscriber.call(path, "POST", index + 2);
    }
    await failed(8);
    await hub.inside("site", "UPDATE subscriptions SET since = ?", PAST);
    await hub.makeDue();
    await hub.worker.scheduled();
    await hub.none("deliveries");
    expect(await hub.subscriptions(path)).toMatchObject([{ given_up: 1 }]);
    const feeds = (await (await hub.worker.api("/feeds")).json()) as FeedStatus[];
    expect(feeds.find(({ url }) => url === TOPIC)).toMatchObject({ subscribers: 1, givenUp: 1 });
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(9);
    hub.subscriber.behave(path, willing);
    const headline = await publish();
    expect((await hub.subscriber.call(path, "POST", 10)).body.toString()).toContain(headline);
  });

  it.each([300, 302, 400, 404, 503])("is one that is answered with %d", async (status) => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(status));
    await publish();
    await failed(1);
    expect(await hub.subscriptions(path)).toHaveLength(1);
  });

  it("is retried with the current document, from KV or from D1", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    const headline = await publish();
    await hub.subscriber.call(path, "POST", 2);
    await hub.worker.settled();
    expect(await deliveries()).toHaveLength(1);
    const { CACHE } = await hub.worker.env();
    const document = await hub.worker.document("rss");
    await CACHE.delete("feed:site:rss");
    hub.subscriber.behave(path, willing);
    await until("cron sends it", async () => {
      await hub.makeDue();
      await hub.worker.scheduled();
      return (await deliveries()).length === 0;
    });
    const calls = hub.subscriber.calls(path, "POST");
    expect(calls.at(-1)?.body.toString()).toBe(document);
    expect(document).toContain(headline);
  });

  it("is replaced by a newer version, which is sent at once; the day of retries isn't restarted", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    await hub.inside("site", "UPDATE subscriptions SET since = ?", "2026-01-01T00:00:00Z");
    const [before] = await deliveries();
    await hub.worker.settled();
    const held: (() => void)[] = [];
    hub.subscriber.behave(path, (_, response) => held.push(() => response.writeHead(204).end()));
    await publish();
    await hub.subscriber.call(path, "POST", 2);
    const [after, ...others] = await deliveries();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ since: before?.since, attempts: 1 });
    expect(after?.version).toBeGreaterThan(before?.version ?? 0);
    for (const answer of held) answer();
    await hub.none("deliveries");
  });

  it("waits for its time once it has failed twice, whatever is published; then the newest version goes", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    await hub.makeDue();
    await hub.worker.scheduled();
    await failed(2);
    const [before] = await deliveries();
    const headline = await publish();
    await until("the newer version waits", async () => (await deliveries())[0]?.version !== before?.version);
    await hub.worker.settled();
    expect((await deliveries())[0]).toMatchObject({ next_at: before?.next_at, attempts: 2 });
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(2);
    hub.subscriber.behave(path, willing);
    await hub.makeDue();
    await hub.worker.scheduled();
    expect((await hub.subscriber.call(path, "POST", 3)).body.toString()).toContain(headline);
    await hub.none("deliveries");
  });

  it("that fails after a newer version came doesn't delay that version", async () => {
    await hub.request(path);
    const held: (() => void)[] = [];
    hub.subscriber.behave(path, (_, response) => held.push(() => response.writeHead(500).end()));
    await publish();
    await hub.subscriber.call(path, "POST");
    const headline = await publish();
    await hub.worker.settled();
    hub.subscriber.behave(path, willing);
    for (const answer of held) answer();
    const { body } = await hub.subscriber.call(path, "POST", 2);
    expect(body.toString()).toContain(headline);
    await hub.none("deliveries");
  });

  it("that is answered with 410 ends the subscription, and no other's", async () => {
    await hub.request(path);
    await hub.request(`${path}-other`);
    hub.subscriber.behave(path, answering(410));
    await publish();
    await hub.subscriber.call(path, "POST");
    await hub.none("deliveries");
    expect(await hub.subscriptions(path)).toEqual([]);
    expect(await hub.subscriptions(`${path}-other`)).toHaveLength(1);
  });
});

describe("one delivery at a time goes to a subscriber of a topic", () => {
  it.each([204, 500])(
    "whatever is published meanwhile: the newest goes once that ended with %d",
    async (status) => {
      await hub.request(path);
      let answer = () => {};
      hub.subscriber.behave(path, (_, response) => {
        answer = () => response.writeHead(status).end();
      });
      await publish();
      await hub.subscriber.call(path, "POST");
      const [{ version } = { version: 0 }] = await deliveries();
      await publish();
      const headline = await publish();
      await until("the news waits", async () => ((await deliveries())[0]?.version ?? 0) > version);
      await hub.worker.settled();
      // Not even by a message that comes late, or by cron.
      const [{ id } = { id: -1 }] = await deliveries();
      const { DELIVERIES } = await hub.worker.env();
      await DELIVERIES.send({
        kind: "delivery",
        feed: "site",
        format: "rss",
        deliveries: [{ id, attempts: 1 }],
      });
      await hub.worker.scheduled();
      expect(await deliveries()).toMatchObject([{ attempts: 1 }]);
      expect(hub.subscriber.calls(path, "POST")).toHaveLength(1);
      hub.subscriber.behave(path, willing);
      answer();
      const { body } = await hub.subscriber.call(path, "POST", 2);
      expect(body.toString()).toContain(headline);
      await hub.none("deliveries");
      expect(hub.subscriber.calls(path, "POST")).toHaveLength(2);
    },
  );

  it("and has failed after two minutes, whatever became of its sender", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    await hub.inside("site", "UPDATE subscriptions SET sending = 1, next_at = ?", PAST);
    hub.subscriber.behave(path, willing);
    const headline = await publish();
    // What was due may be sent once more before the newer one.
    await expect.poll(() => hub.subscriber.calls(path, "POST").at(-1)?.body.toString()).toContain(headline);
    await hub.none("deliveries");
  });
});

describe("a delivery is sent once", () => {
  it("by two crons at the same moment", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    hub.subscriber.behave(path, willing);
    await hub.makeDue();
    await Promise.all([hub.worker.scheduled(), hub.worker.scheduled()]);
    await hub.none("deliveries");
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(2);
  });

  it("by a message that comes twice", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await publish();
    await failed(1);
    const [{ id } = { id: -1 }] = await deliveries();
    const { DELIVERIES } = await hub.worker.env();
    const body = {
      kind: "delivery",
      feed: "site",
      format: "rss",
      deliveries: [{ id, attempts: 1 }],
    } as const;
    await DELIVERIES.sendBatch([{ body }, { body }, { body: { ...body, format: "atom" } }]);
    await failed(2);
    await DELIVERIES.send({ ...body, deliveries: [{ id, attempts: 2 }] });
    await hub.subscriber.call(path, "POST", 3);
    expect(hub.subscriber.calls(path, "POST")).toHaveLength(3);
  });
});

it("documents and their Link headers name the same hub", async () => {
  const link = (await hub.worker.raw("/rss.xml")).headers.link;
  expect(link).toBe(`<${TOPIC}>; rel="self"; type="application/rss+xml", <${SITE}/hub>; rel="hub"`);
  expect(await hub.worker.document("rss")).toContain(`<atom:link href="${SITE}/hub" rel="hub"`);
  expect(await hub.worker.document("atom")).toContain(`<link rel="hub" href="${SITE}/hub"`);
  expect(JSON.parse(await hub.worker.document("json")).hubs).toEqual([
    { type: "WebSub", url: `${SITE}/hub` },
  ]);
});

describe("many subscribers", () => {
  /** Subscriptions of callbacks that end in a number from 0 up. */
  const enrol = (count: number) =>
    hub.inside(
      "site",
      `INSERT INTO subscriptions (format, callback, host, expires, version)
       SELECT 'rss', value, '127.0.0.1', '2099-01-01T00:00:00Z', coalesce((SELECT announced FROM topics WHERE format = 'rss'), 0)
       FROM json_each(?)`,
      JSON.stringify(Array.from({ length: count }, (_, n) => hub.subscriber.url(`${path}-${n}`))),
    );

  it("all get it, in messages that stay within an invocation's limits", async () => {
    await enrol(40);
    await hub.worker.settled();
    await hub.worker.counts();
    await publish();
    for (let n = 0; n < 40; n++) await hub.subscriber.call(`${path}-${n}`, "POST");
    await hub.none("deliveries");
    const counts = await hub.worker.counts();
    expect(hub.logged("announced").at(-1)).toMatchObject({ deliveries: 40 });
    // Three messages of at most 15, whose fetches stand beside the D1 statements.
    for (const count of counts) expect(count.statements + 15, JSON.stringify(count)).toBeLessThanOrEqual(50);
  });

  it("get it by cron alone, retries too, if alarms never fire", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, answering(500));
    await hub.worker.fail({ alarms: "never" });
    const headline = await publish();
    await hub.rows("UPDATE feeds SET stale_since = ? WHERE stale_since IS NOT NULL", PAST);
    await hub.worker.scheduled();
    await failed(1);
    hub.subscriber.behave(path, willing);
    await hub.makeDue();
    await hub.worker.scheduled();
    expect((await hub.subscriber.call(path, "POST", 2)).body.toString()).toContain(headline);
    await hub.none("deliveries");
    await hub.worker.fail({});
  });

  it("are subscribers again once they renew, if an object has lost them; D1 counts none of them till then", async () => {
    await hub.request(path);
    await publish();
    await hub.subscriber.call(path, "POST");
    await hub.none("deliveries");
    const { FEEDS } = await hub.worker.env();
    const object = FEEDS.getByName("site") as ReturnType<typeof FEEDS.getByName> & {
      readonly forget: () => Promise<void>;
    };
    await object.forget().catch(() => undefined);
    await publish();
    await hub.worker.settled();
    const counts = () => hub.rows("SELECT subscribers FROM feeds WHERE feed = 'site' AND subscribers > 0");
    expect(await counts()).toEqual([]);
    expect(await hub.rows("SELECT 1 FROM subscriber_hosts WHERE feed = 'site'")).toEqual([]);
    await hub.request(path);
    const headline = await publish();
    expect((await hub.subscriber.call(path, "POST", 2)).body.toString()).toContain(headline);
    await until("D1 counts it again", async () => (await counts()).length === 1);
  });

  it("get it from cron when the messages were lost", async () => {
    const waiting = () =>
      hub.inside("site", "SELECT 1 FROM subscriptions WHERE next_at IS NOT NULL AND attempts = 0");
    await enrol(20);
    await hub.worker.settled();
    await hub.worker.fail({ queue: "lose" });
    await publish();
    // The message that asks for the rebuild is lost too; this one comes past the fault.
    const { REBUILDS } = await hub.worker.env();
    await REBUILDS.send({ kind: "document", feed: "site", format: "rss" });
    await until("it is announced", async () => (await waiting()).length === 20);
    await hub.worker.fail({});
    await hub.worker.scheduled();
    expect(await waiting()).toHaveLength(20);
    await hub.makeDue();
    await hub.worker.scheduled();
    for (let n = 0; n < 20; n++) await hub.subscriber.call(`${path}-${n}`, "POST");
    await hub.none("deliveries");
  });
});
