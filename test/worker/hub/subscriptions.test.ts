// Subscribing (WebSub §5) with a real subscriber: requests, verification of intent, denial, leases, limits.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { PAST } from "../objects.ts";
import { type Hub, SITE, startHub, TOPIC } from "./hub.ts";

const DAY = 86_400;

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
  await hub.worker.put("first", article({ tags: ["ferries"], section: "about" }));
  await hub.worker.settled();
});
afterAll(() => hub?.close());

let path: string;
let tests = 0;
beforeEach(() => {
  path = `/callback-${++tests}`;
});

const secondsLeft = (expires = "") => (Date.parse(expires) - Date.now()) / 1000;

describe("a request to subscribe", () => {
  it("is taken, verified with a fresh challenge, and stands from then on", async () => {
    const response = await hub.ask(path);
    expect(response.status).toBe(202);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const { query } = await hub.subscriber.call(path, "GET");
    expect(Object.fromEntries(query)).toEqual({
      "hub.mode": "subscribe",
      "hub.topic": TOPIC,
      "hub.challenge": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "hub.lease_seconds": String(10 * DAY),
    });
    await hub.none("verifications");
    expect(await hub.subscriptions(path)).toMatchObject([{ feed: "site", format: "rss", secret: null }]);
    await hub.request(path);
    const again = await hub.subscriber.call(path, "GET", 2);
    expect(again.query.get("hub.challenge")).not.toBe(query.get("hub.challenge"));
  });

  it("may be for any feed in any format", async () => {
    for (const topic of ["/atom.xml", "/feed.json", "/sections/about/rss.xml", "/tags/ferries/atom.xml"]) {
      await hub.request(path, { "hub.topic": SITE + topic });
    }
    expect((await hub.subscriptions(path)).map((row) => row)).toHaveLength(4);
  });

  it("keeps the callback's own query as it is, and asks behind it", async () => {
    const own = `${path}?token=a%2Fb+c&hub.mode=mine`;
    await hub.request(own);
    const { target } = await hub.subscriber.call(path, "GET");
    expect(target).toMatch(
      /^\/callback-\d+\?token=a%2Fb\+c&hub\.mode=mine&hub\.mode=subscribe&hub\.challenge=/,
    );
    expect(await hub.subscriptions(own)).toHaveLength(1);
  });

  it("may carry parameters that the hub doesn't know", async () => {
    await hub.request(path, { "hub.verify": "sync", "hub.verify_token": "x", foreign: "1" });
    expect(await hub.subscriptions(path)).toHaveLength(1);
  });

  it.each([
    ["something else", (challenge: string) => [200, `not ${challenge}`]],
    ["the challenge and a line end", (challenge: string) => [200, `${challenge}\n`]],
    ["a part of the challenge", (challenge: string) => [200, challenge.slice(1)]],
    ["the challenge after a byte order mark", (challenge: string) => [200, `\uFEFF${challenge}`]],
    ["nothing", () => [204, ""]],
    ["the challenge, but 404", (challenge: string) => [404, challenge]],
    ["the challenge, but 500", (challenge: string) => [500, challenge]],
  ] as const)("comes to nothing when the callback answers %s", async (_, answer) => {
    hub.subscriber.behave(path, ({ query }, response) => {
      const [status, body] = answer(query.get("hub.challenge") ?? "") as [number, string];
      response.writeHead(status).end(body || undefined);
    });
    await hub.request(path);
    expect(hub.subscriber.calls(path)).toHaveLength(1);
    expect(await hub.subscriptions(path)).toEqual([]);
  });

  it("is verified concurrently with deliveries: a callback that hangs delays none", async () => {
    await hub.request(path);
    const hanging = Array.from({ length: 12 }, (_, n) => `${path}-hangs-${n}`);
    const held: (() => void)[] = [];
    for (const one of hanging) {
      hub.subscriber.behave(one, (_, response) => void held.push(() => response.writeHead(404).end()));
      await hub.ask(one);
    }
    for (const one of hanging) await hub.subscriber.call(one, "GET");
    const queued = (await hub.worker.counts()).reduce((sum, { sent }) => sum + sent, 0);
    expect(queued).toBe(0);
    await hub.worker.put("news", article({ headline: "News meanwhile" }));
    expect((await hub.subscriber.call(path, "POST")).body.toString()).toContain("News meanwhile");
    for (const answer of held) answer();
    await hub.none("verifications");
  });

  it("isn't accepted if nobody answers at the callback", async () => {
    await hub.request(path, { "hub.callback": "http://127.0.0.1:9/" });
    expect(await hub.everywhere("SELECT 1 FROM subscriptions WHERE callback LIKE '%:9/'")).toEqual([]);
  });
});

describe("a lease", () => {
  it.each([
    ["10 days where none is asked for", undefined, 10 * DAY],
    ["10 days for an empty one", "", 10 * DAY],
    ["what is asked for", "172800", 2 * DAY],
    ["a day at least", "60", DAY],
    ["a day for none", "0", DAY],
    ["30 days at most", "99999999999999999999", 30 * DAY],
  ])("is %s", async (_, asked, seconds) => {
    await hub.request(path, asked === undefined ? {} : { "hub.lease_seconds": asked });
    const { query } = await hub.subscriber.call(path, "GET");
    expect(query.get("hub.lease_seconds")).toBe(String(seconds));
    const [subscription] = await hub.subscriptions(path);
    expect(secondsLeft(subscription?.expires)).toBeGreaterThan(seconds - 60);
    expect(secondsLeft(subscription?.expires)).toBeLessThanOrEqual(seconds);
  });

  it("that has ended ends only its subscription, by cron", async () => {
    await hub.request(path);
    await hub.request(`${path}-other`);
    const end = "UPDATE subscriptions SET expires = ? WHERE callback = ?";
    await hub.inside("site", end, PAST, hub.subscriber.url(path));
    await hub.rows("UPDATE feeds SET push_at = ? WHERE feed = 'site'", PAST);
    await hub.worker.scheduled();
    await until("it is ended", async () => (await hub.subscriptions(path)).length === 0);
    expect(await hub.subscriptions(`${path}-other`)).toHaveLength(1);
  });
});

describe("a renewal", () => {
  it("changes lease and secret of the one subscription that there is", async () => {
    await hub.request(path, { "hub.lease_seconds": "86400", "hub.secret": "old" });
    await hub.request(path, { "hub.lease_seconds": "864000", "hub.secret": "new" });
    const [subscription, ...others] = await hub.subscriptions(path);
    expect(others).toEqual([]);
    expect(subscription?.secret).toBe("new");
    expect(secondsLeft(subscription?.expires)).toBeGreaterThan(9 * DAY);
    await hub.request(path);
    expect(await hub.subscriptions(path)).toMatchObject([{ secret: null }]);
  });

  it("that isn't confirmed leaves the subscription as it was", async () => {
    await hub.request(path, { "hub.secret": "old" });
    const before = await hub.subscriptions(path);
    hub.subscriber.behave(path, (_, response) => response.writeHead(404).end());
    await hub.request(path, { "hub.secret": "new", "hub.lease_seconds": "86400" });
    expect(hub.subscriber.calls(path)).toHaveLength(2);
    expect(await hub.subscriptions(path)).toEqual(before);
  });

  it("has no effect if a later request is verified first", async () => {
    const held: (() => void)[] = [];
    hub.subscriber.behave(path, ({ query }, response) => {
      held.push(() => response.end(query.get("hub.challenge")));
    });
    await hub.ask(path);
    await hub.subscriber.call(path, "GET");
    await hub.ask(path, { "hub.mode": "unsubscribe" });
    held[0]?.();
    await hub.subscriber.call(path, "GET", 2);
    expect(await hub.subscriptions(path)).toEqual([]);
    held[1]?.();
    await hub.none("verifications");
    expect(await hub.subscriptions(path)).toEqual([]);
  });
});

describe("a request to unsubscribe", () => {
  it("is verified, and ends the subscription", async () => {
    await hub.request(path);
    await hub.request(path, { "hub.mode": "unsubscribe", "hub.lease_seconds": "soon" });
    const { query } = await hub.subscriber.call(path, "GET", 2);
    expect(Object.fromEntries(query)).toEqual({
      "hub.mode": "unsubscribe",
      "hub.topic": TOPIC,
      "hub.challenge": expect.any(String),
    });
    expect(await hub.subscriptions(path)).toEqual([]);
  });

  it("that isn't confirmed ends nothing", async () => {
    await hub.request(path);
    hub.subscriber.behave(path, (_, response) => response.writeHead(404).end());
    await hub.request(path, { "hub.mode": "unsubscribe" });
    expect(hub.subscriber.calls(path)).toHaveLength(2);
    expect(await hub.subscriptions(path)).toHaveLength(1);
  });
});

describe("a denial is told to the callback", () => {
  it("for a feed that doesn't exist", async () => {
    await hub.request(path, { "hub.topic": `${SITE}/tags/unheard-of/rss.xml` });
    const { query } = await hub.subscriber.call(path, "GET");
    expect(Object.fromEntries(query)).toEqual({
      "hub.mode": "denied",
      "hub.topic": `${SITE}/tags/unheard-of/rss.xml`,
      "hub.reason": "There is no such feed.",
    });
    expect(hub.subscriber.calls(path)).toHaveLength(1);
    expect(await hub.subscriptions(path)).toEqual([]);
  });

  it.each([
    ["a host may have", 20_000, "127.0.0.1"],
    ["there may be in all", 200_000, ""],
  ])("of one more subscription than %s; a renewal still fits", async (_, limit, host) => {
    const count = (subscriptions: number) =>
      hub.rows("INSERT OR REPLACE INTO subscription_counts VALUES (?, ?)", host, subscriptions);
    await count(limit - 1);
    await hub.request(path);
    await hub.request(`${path}-other`);
    const { query } = await hub.subscriber.call(`${path}-other`, "GET", 2);
    expect(query.get("hub.mode")).toBe("denied");
    expect(query.get("hub.reason")).toMatch(/no room/);
    expect(await hub.subscriptions(`${path}-other`)).toEqual([]);
    await hub.request(path, { "hub.secret": "renewed" });
    expect(await hub.subscriptions(path)).toMatchObject([{ secret: "renewed" }]);
    // What ended is taken off by the hour.
    await hub.everywhere("UPDATE subscriptions SET expires = ?", PAST);
    await hub.everywhere("UPDATE reports SET due_at = 1");
    await hub.rows("UPDATE feeds SET push_at = ?", PAST);
    await hub.worker.scheduled();
    await until("D1 knows", async () => (await hub.rows("SELECT 1 FROM subscriber_hosts")).length === 0);
    await hub.worker.scheduled("0 * * * *");
    await hub.request(`${path}-other`);
    expect(await hub.subscriptions(`${path}-other`)).toHaveLength(1);
    expect(await hub.rows("SELECT * FROM subscription_counts")).toEqual([
      { host: "", subscriptions: 1 },
      { host: "127.0.0.1", subscriptions: 1 },
    ]);
  });

  it("of no subscription of an aggregator to 10,000 feeds", async () => {
    await hub.rows(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO subscriber_hosts SELECT 'tag/' || i, '127.0.0.1', 1 FROM n`,
    );
    await hub.worker.scheduled("0 * * * *");
    await hub.request(path);
    expect(await hub.subscriptions(path)).toHaveLength(1);
    await hub.rows("DELETE FROM subscriber_hosts WHERE feed LIKE 'tag/%'");
    await hub.worker.scheduled("0 * * * *");
  });
});

describe("an invalid request is refused at once, without calling anybody:", () => {
  it.each([
    ["hub.mode", "", /^hub\.mode is missing\n$/],
    ["hub.mode", "publish", /^hub\.mode must be subscribe or unsubscribe\n$/],
    ["hub.topic", "", /^hub\.topic is missing\n$/],
    ["hub.topic", "https://elsewhere.example/rss.xml", /^hub\.topic must be the exact address/],
    ["hub.topic", `${TOPIC}?utm_source=x`, /^hub\.topic must be the exact address/],
    ["hub.topic", `${SITE}//rss.xml`, /^hub\.topic must be the exact address/],
    ["hub.topic", `${SITE}/articles/first`, /^hub\.topic must be the exact address/],
    ["hub.topic", `${SITE}/archive/1/rss.xml`, /^hub\.topic must be the exact address/],
    ["hub.topic", "http://localhost:8787.evil.example/rss.xml", /^hub\.topic must be the exact address/],
    ["hub.callback", "", /^hub\.callback is missing\n$/],
    ["hub.callback", "/callback", /^hub\.callback must be a full web address/],
    ["hub.callback", "https://10.0.0.1/", /^hub\.callback must have a name for its host/],
    ["hub.callback", `${SITE}/hub`, /^hub\.callback must not be this site/],
    ["hub.lease_seconds", "-1", /^hub\.lease_seconds must be a whole number of seconds\n$/],
    ["hub.lease_seconds", "1e6", /^hub\.lease_seconds must be a whole number of seconds\n$/],
    ["hub.secret", "x".repeat(200), /^hub\.secret must be shorter than 200 bytes\n$/],
    ["hub.secret", "é".repeat(100), /^hub\.secret must be shorter than 200 bytes\n$/],
  ])("%s = %s", async (name, value, reason) => {
    const response = await hub.ask(path, { [name]: value });
    expect(response.status).toBe(400);
    expect(response.headers.get("Content-Type")).toMatch(/^text\/plain/);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.text()).toMatch(reason);
    expect(await hub.rows("SELECT 1 FROM verifications")).toEqual([]);
  });

  it("all problems are listed", async () => {
    const response = await hub.post(new URLSearchParams({ "hub.lease_seconds": "x" }));
    expect(await response.text()).toBe(
      "hub.mode is missing\nhub.topic is missing\nhub.callback is missing\n" +
        "hub.lease_seconds must be a whole number of seconds\n",
    );
  });

  it("a parameter that is there twice", async () => {
    const form = new URLSearchParams({ "hub.mode": "subscribe", "hub.topic": TOPIC });
    for (const suffix of ["a", "b"]) form.append("hub.callback", hub.subscriber.url(path + suffix));
    const response = await hub.post(form);
    expect([response.status, await response.text()]).toEqual([400, "hub.callback is there more than once\n"]);
  });

  it("another type of body", async () => {
    const body = JSON.stringify({ "hub.mode": "subscribe" });
    const headers = { "Content-Type": "application/json" };
    expect((await hub.worker.fetch("/hub", { method: "POST", headers, body })).status).toBe(415);
    expect((await hub.worker.fetch("/hub", { method: "POST" })).status).toBe(415);
  });

  it("more than a form may hold", async () => {
    expect((await hub.ask(path, { foreign: "x".repeat(20_000) })).status).toBe(413);
  });

  it("another method", async () => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const response = await hub.worker.fetch("/hub", { method });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "POST"]);
      expect(response.headers.get("Cache-Control")).toBe("no-store");
      expect(await response.text()).toContain("WebSub hub");
    }
  });

  it.each([
    ["of one host", 20, "'127.0.0.1'"],
    ["in all", 200, "i || '.example'"],
  ])("too many requests that wait, %s", async (_, waiting, host) => {
    await hub.rows(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${waiting})
       INSERT INTO verifications (feed, format, callback, host, mode, lease_seconds, asked_at, next_at)
       SELECT 'site', 'rss', 'https://' || i || '.example/', ${host}, 'subscribe', 1, '2099', '2099' FROM n`,
    );
    const response = await hub.ask(path);
    expect([response.status, response.headers.get("Retry-After")]).toEqual([429, "60"]);
    await hub.rows("DELETE FROM verifications");
    expect((await hub.ask(path)).status).toBe(202);
    await hub.none("verifications");
  });
});

it("a secret of 199 bytes is taken", async () => {
  const secret = `é${"x".repeat(197)}`;
  await hub.request(path, { "hub.secret": secret });
  expect(await hub.subscriptions(path)).toMatchObject([{ secret }]);
});

it("a verification that came to nothing with its isolate is asked for again by cron, and forgotten after an hour", async () => {
  const wait = (callback: string, askedAt: string) =>
    hub.rows(
      `INSERT INTO verifications (feed, format, callback, host, mode, lease_seconds, asked_at, next_at)
       VALUES ('site', 'rss', ?, '127.0.0.1', 'subscribe', 864000, ?, ?)`,
      hub.subscriber.url(callback),
      ...[askedAt, PAST],
    );
  await wait(path, new Date().toISOString());
  await wait(`${path}-old`, PAST);
  await Promise.all([hub.worker.scheduled(), hub.worker.scheduled()]);
  await hub.none("verifications");
  expect(await hub.subscriptions(path)).toHaveLength(1);
  expect(hub.subscriber.calls(path)).toHaveLength(1);
  expect(await hub.subscriptions(`${path}-old`)).toEqual([]);
});

it("a topic with a subscriber is kept built during the lease, and its present version isn't delivered", async () => {
  const topic = `${SITE}/tags/ferries/rss.xml`;
  const row = async () =>
    (await hub.rows("SELECT * FROM feeds WHERE feed = 'tag/ferries' AND format = 'rss'"))[0] ?? {};
  const LEASE_DAYS = 20;
  await hub.request(path, { "hub.topic": topic, "hub.lease_seconds": String(LEASE_DAYS * 86_400) });
  const [{ expires } = { expires: "" }] = await hub.subscriptions(path);
  expect((await row()).kept_until).toBe(expires.slice(0, 10));
  const { FEEDS } = await hub.worker.env();
  await FEEDS.getByName("tag/ferries").rebuild("tag/ferries");
  const { version } = await row();
  expect(version).toBeGreaterThan(0);
  const announced = await hub.inside("tag/ferries", "SELECT announced FROM topics WHERE format = 'rss'");
  expect(announced).toEqual([{ announced: version }]);
  expect(hub.subscriber.calls(path).filter(({ method }) => method === "POST")).toEqual([]);
});

it("no log has a callback's path, query or secret", async () => {
  const secret = "hush-hush";
  await hub.request(`${path}?key=hush-hush`, { "hub.secret": secret });
  await until("it is logged", () => hub.logged("subscribed").length > 0);
  const logs = JSON.stringify(hub.worker.logs());
  expect(logs).not.toContain(secret);
  expect(logs).not.toContain("callback-");
});
