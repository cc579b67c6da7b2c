// Webhooks to partners' servers (Standard Webhooks 1.0): a small signed payload, retries for three days, and
// who gets none. Signatures are verified by the published standardwebhooks package.

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type { WebhookSecret } from "../../../src/partners/answers.ts";
import { until } from "../harness.ts";
import { answering, type Call, willing } from "../hub/subscriber.ts";
import { type Push, SECRETS, startPush } from "./push.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

let push: Push;
beforeAll(async () => {
  push = await startPush();
});
afterAll(() => push?.close());

let partner: string;
let tests = 0;
beforeEach(async () => {
  partner = `partner-${++tests}`;
  await push.enrol(partner);
});

const path = () => `/${partner}`;
const call = (count = 1) => push.subscriber.call(path(), "POST", count);
const calls = () => push.subscriber.calls(path());
const secret = async (method = "GET"): Promise<WebhookSecret> =>
  (await push.worker.api(`/partners/${partner}/webhook`, { method })).json();
const headersOf = ({ headers }: Call) => headers as Record<string, string>;
const verify = (key: string, one: Call, body = one.body.toString()) =>
  new Webhook(key).verify(body, headersOf(one));

describe("a webhook", () => {
  it("says what happened to which article, thin and signed, within the minute", async () => {
    const news = await push.add(partner, { event: "article.corrected", version: 4 });
    await push.worker.scheduled();
    const sent = await call();
    expect(sent.method).toBe("POST");
    expect(sent.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "Wireroom (partner webhook)",
      "webhook-id": expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    });
    expect(Math.abs(Date.now() / 1000 - Number(sent.headers["webhook-timestamp"]))).toBeLessThan(30);
    expect(verify((await secret()).secret, sent)).toEqual({
      type: "article.corrected",
      timestamp: news.at,
      data: { id: news.articleId, url: news.url, version: 4, time: news.at },
    });
    await push.all(partner, "delivered");
    expect(await push.webhooks(partner)).toMatchObject([
      { attempts: 1, answer: "answered 204", next_at: null },
    ]);
    await push.send(partner);
    expect(calls()).toHaveLength(1);
  });

  it("has the URI that Atom and ninjs use, if the article's id isn't a URI", async () => {
    const news = await push.add(partner, { articleId: "123 at https://old.example/" });
    await push.worker.scheduled();
    expect(JSON.parse((await call()).body.toString()).data).toMatchObject({
      id: news.articleId,
      uri: expect.stringMatching(/^tag:[^,]+,[^:]+:guid:123%20at%20https%3A%2F%2Fold\.example%2F$/),
    });
  });

  it("fails to verify when a byte was changed, or with another partner's secret", async () => {
    await push.add(partner);
    await push.worker.scheduled();
    const sent = await call();
    const tampered = sent.body.toString().replace('"version":1', '"version":2');
    const key = (await secret()).secret;
    expect(() => verify(key, sent, tampered)).toThrow(/signature/);
    partner = "another";
    await push.enrol(partner);
    const other = (await secret()).secret;
    expect(() => verify(other, sent)).toThrow(/signature/);
  });

  it("verifies with both secrets for a week after a rotation, then with the new one alone", async () => {
    const before = await secret();
    expect(before).toMatchObject({ url: push.subscriber.url(path()), previous: null, off: null });
    const after = await secret("POST");
    expect(after.previous).toBe(before.secret);
    expect(after.secret).not.toBe(before.secret);
    expect(await secret()).toEqual(after);
    await push.add(partner);
    await push.worker.scheduled();
    const rotating = await call();
    expect(rotating.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    for (const { secret: key } of [before, after]) expect(verify(key, rotating)).toBeDefined();

    const weekAgo = addSeconds(toInstant(new Date()), -7 * DAY);
    await push.rows("UPDATE partners SET rotated_at = ? WHERE id = ?", weekAgo, partner);
    await push.add(partner);
    await push.worker.scheduled();
    const rotated = await call(2);
    expect(await secret()).toEqual({ ...after, previous: null });
    expect(verify(after.secret, rotated)).toBeDefined();
    expect(() => verify(before.secret, rotated)).toThrow(/signature/);
  });

  it("is added by the version of the feed that has its news alone, and once", async () => {
    await push.add(partner, {}, "of another policy");
    expect(await push.webhooks(partner)).toEqual([]);
    const news = await push.add(partner);
    await push.add(partner, news);
    await push.add(partner, { ...news, version: 2 });
    await push.add(partner, { ...news, event: "article.updated" });
    expect(await push.webhooks(partner)).toHaveLength(3);
    await push.worker.scheduled();
    await push.all(partner, "delivered");
    expect(new Set(calls().map(({ headers }) => headers["webhook-id"])).size).toBe(3);
  });

  it("has another id for another partner", async () => {
    const news = await push.add(partner);
    await push.enrol("neighbour");
    await push.add("neighbour", news);
    await push.worker.scheduled();
    const [ours, theirs] = [await call(), await push.subscriber.call("/neighbour", "POST")];
    expect(ours.body).toEqual(theirs.body);
    expect(ours.headers["webhook-id"]).not.toBe(theirs.headers["webhook-id"]);
  });

  it.each([
    ["has no push", { push: null }],
    ["is disabled", { enabled: false }],
    ["doesn't list the event", { push: { events: ["article.retracted"] } }],
  ])("is dropped when the policy %s by then", async (_, changes) => {
    await push.add(partner);
    await push.enrol(partner, changes);
    await push.worker.scheduled();
    await until("it is dropped", async () => (await push.webhooks(partner)).length === 0);
    expect(calls()).toEqual([]);
  });

  it("is one of many, in messages that stay within an invocation's limits", async () => {
    await push.worker.counts();
    for (let n = 0; n < 20; n++) await push.add(partner);
    await push.worker.scheduled();
    await push.all(partner, "delivered");
    expect(calls()).toHaveLength(20);
    const counts = (await push.worker.counts()).filter(({ invocation }) => invocation.startsWith("queue"));
    expect(counts.length).toBeGreaterThanOrEqual(2);
    for (const count of counts) expect(count.statements + 15, JSON.stringify(count)).toBeLessThanOrEqual(24);
  });

  it("goes out once by two crons at the same moment, and by a message that comes twice", async () => {
    push.subscriber.behave(path(), answering(500));
    await push.add(partner);
    await Promise.all([push.worker.scheduled(), push.worker.scheduled()]);
    const { id } = await push.failed(partner, 1);
    const { DELIVERIES } = await push.worker.env();
    const body = { kind: "webhook", deliveries: [{ id, attempts: 1 }] } as const;
    await DELIVERIES.sendBatch([{ body }, { body }]);
    await push.failed(partner, 2);
    await DELIVERIES.send({ ...body, deliveries: [{ id, attempts: 2 }] });
    await call(3);
    expect(calls()).toHaveLength(3);
  });
});

describe("a failure", () => {
  /** Checks that the next attempt is `gap` seconds from now, or up to a quarter sooner. */
  const expectGap = (nextAt: string | null, gap: number) => {
    const seconds = (Date.parse(nextAt ?? "") - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(gap * 0.75 - 10);
    expect(seconds).toBeLessThanOrEqual(gap + 1);
  };

  it("to answer counts for all webhooks of a server, and few of them are tried until it answers", async () => {
    // By a name of its own, for other tests' servers are on the same host.
    await push.enrol(partner, {
      push: { url: push.subscriber.url(path()).replace("127.0.0.1", "localhost") },
    });
    push.subscriber.behave(path(), (_, response) => void response.destroy());
    for (let n = 0; n < 15; n++) await push.add(partner);
    await push.worker.scheduled();
    const waiting = (attempts: number) =>
      until(`all have failed ${attempts} times`, async () =>
        (await push.webhooks(partner)).every((row) => row.attempts === attempts && row.answer !== null),
      );
    await waiting(1);
    const tried = calls().length;
    expect(tried).toBeGreaterThanOrEqual(5);
    expect(tried).toBeLessThan(15);
    push.subscriber.behave(path(), willing);
    const probe = () => push.rows("UPDATE failing_hosts SET probe_at = '2024-10-24T00:00:00Z'");
    await until("all are delivered", async () => {
      await probe();
      await push.send(partner);
      return (await push.webhooks(partner)).every(({ state }) => state === "delivered");
    });
    expect(await push.rows("SELECT * FROM failing_hosts")).toEqual([]);
  });

  it("is tried again at its time, under the same id and with the time of the attempt", async () => {
    push.subscriber.behave(path(), answering(500));
    await push.add(partner);
    await push.worker.scheduled();
    const { next_at } = await push.failed(partner, 1);
    expectGap(next_at, 60);
    await push.worker.scheduled();
    expect(calls()).toHaveLength(1);
    push.subscriber.behave(path(), willing);
    const first = await call();
    await until(
      "a second has passed",
      () => Date.now() / 1000 >= Number(first.headers["webhook-timestamp"]) + 1,
    );
    await push.send(partner);
    const second = await call(2);
    expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
    expect(second.body).toEqual(first.body);
    expect(Number(second.headers["webhook-timestamp"])).toBeGreaterThan(
      Number(first.headers["webhook-timestamp"]),
    );
    expect(verify((await secret()).secret, second)).toBeDefined();
    await push.all(partner, "delivered");
  });

  it("is dead after three days of growing gaps, is listed, and can be sent again", async () => {
    push.subscriber.behave(path(), answering(503));
    await push.add(partner);
    await push.worker.scheduled();
    const gaps = [60, 300, 900, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY];
    let elapsed = 0;
    for (const [index, gap] of gaps.entries()) {
      const { next_at } = await push.failed(partner, index + 1);
      expectGap(next_at, gap);
      elapsed += gap;
      const since = addSeconds(toInstant(new Date()), -elapsed);
      await push.rows("UPDATE webhooks SET since = ? WHERE partner = ?", since, partner);
      await push.send(partner);
    }
    await push.all(partner, "dead");
    const [row] = await push.webhooks(partner);
    expect(row).toMatchObject({ attempts: 10, next_at: null, answer: "answered 503" });
    await push.send(partner);
    expect(calls()).toHaveLength(10);

    const dead = await (await push.worker.api(`/deliveries?partner=${partner}&state=dead`)).json();
    expect(dead).toMatchObject([
      { id: row?.id, state: "dead", attempts: 10, nextAt: null, answer: "answered 503" },
    ]);
    const retry = () => push.worker.api(`/deliveries/${row?.id}/retry`, { method: "POST" });
    const again = await retry();
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id: row?.id, state: "waiting", attempts: 0 });
    // Its three days begin anew.
    const failed = await push.failed(partner, 1);
    expect(Date.parse(failed.since)).toBeGreaterThan(Date.now() - 60_000);
    push.subscriber.behave(path(), willing);
    expect((await retry()).status).toBe(200);
    await push.all(partner, "delivered");
    expect((await retry()).status).toBe(409);
  });

  it.each([300, 307, 400, 404, 429])("is an answer of %d", async (status) => {
    push.subscriber.behave(path(), answering(status));
    await push.add(partner);
    await push.worker.scheduled();
    expect(await push.failed(partner, 1)).toMatchObject({ answer: `answered ${status}` });
  });

  it.each([
    ["http://partner.example.com/hook", "must be an https address"],
    ["https://192.168.0.1/hook", "must have a name for its host, not an IP address"],
    ["http://localhost:8787/hook", "must not be this site"],
  ])("is an address that may not be called: %s", async (url, reason) => {
    await push.enrol(partner, { push: { url } });
    await push.add(partner);
    await push.worker.scheduled();
    expect(await push.failed(partner, 1)).toMatchObject({ answer: `the address ${reason}` });
  });
});

describe("410", () => {
  it("switches a partner's webhook off; what waits stays, until it is switched on", async () => {
    push.subscriber.behave(path(), answering(410));
    for (let n = 0; n < 7; n++) await push.add(partner);
    await push.worker.scheduled();
    const off = await until("it is off", async () => (await secret()).off ?? undefined);
    expect(off).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ answered 410$/);
    // Six were under way at once; nobody was called after them.
    expect(calls()).toHaveLength(6);
    await push.add(partner);
    await push.send(partner);
    expect(calls()).toHaveLength(6);
    expect((await push.webhooks(partner)).map(({ state }) => state)).toEqual(Array(8).fill("waiting"));
    const { DELIVERIES } = await push.worker.env();
    const deliveries = (await push.webhooks(partner)).map(({ id, attempts }) => ({ id, attempts }));
    await DELIVERIES.send({ kind: "webhook", deliveries });
    await until("the late message is done with", async () =>
      (await push.webhooks(partner)).every(({ next_at }) => (next_at ?? "") > "2025"),
    );

    push.subscriber.behave(path(), willing);
    const on = await push.worker.api(`/partners/${partner}/webhook/on`, { method: "POST" });
    expect(await on.json()).toMatchObject({ off: null });
    await push.all(partner, "delivered");
    expect(calls()).toHaveLength(14);
    expect((await push.webhooks(partner)).map(({ attempts }) => attempts)).toEqual(Array(8).fill(1));
  });

  it("of an address that the policy no longer has leaves the new one on", async () => {
    let answer = () => {};
    push.subscriber.behave(path(), (_, response) => {
      answer = () => response.writeHead(410).end();
    });
    await push.add(partner);
    await push.worker.scheduled();
    await call();
    await push.enrol(partner, { push: { url: push.subscriber.url(`${path()}-new`) } });
    answer();
    await push.failed(partner, 1);
    expect((await secret()).off).toBeNull();
    await push.send(partner);
    await push.all(partner, "delivered");
    expect(push.subscriber.calls(`${path()}-new`)).toHaveLength(1);
  });
});

describe("the API", () => {
  it("lists by partner and state, the newest first", async () => {
    await push.add(partner);
    await push.worker.scheduled();
    await push.all(partner, "delivered");
    push.subscriber.behave(path(), answering(500));
    const news = await push.add(partner, { event: "article.retracted", version: 2 });
    await push.worker.scheduled();
    const { id, next_at } = await push.failed(partner, 1);
    const list = async (query: string) => (await push.worker.api(`/deliveries?${query}`)).json();
    const waiting = {
      ...{ id, partner, event: "article.retracted", article: news.articleId, version: 2, at: news.at },
      ...{ state: "waiting", attempts: 1, nextAt: next_at, answer: "answered 500" },
      // Nothing is known of an article that isn't stored.
      ...{ slug: null, headline: null },
    };
    expect(await list(`partner=${partner}&state=waiting`)).toEqual([waiting]);
    expect(await list(`partner=${partner}`)).toMatchObject([waiting, { state: "delivered", nextAt: null }]);
    const delivered = (await list("state=delivered")) as { state: string; partner: string }[];
    expect(new Set(delivered.map(({ state }) => state))).toEqual(new Set(["delivered"]));
    expect(delivered.length).toBeGreaterThan(1);
    expect(await list("partner=nobody")).toEqual([]);
    expect((await push.worker.api("/deliveries?state=lost")).status).toBe(400);
  });

  it("is 404 for unknown partners and deliveries, 409 without a webhook, and needs the token", async () => {
    await push.enrol("silent", { push: null });
    const status = async (at: string, method = "GET") => (await push.worker.api(at, { method })).status;
    expect(await status("/partners/nobody/webhook")).toBe(404);
    expect(await status("/partners/silent/webhook")).toBe(409);
    expect(await status("/partners/silent/webhook", "POST")).toBe(409);
    expect(await status("/partners/nobody/webhook/on", "POST")).toBe(404);
    expect(await status("/deliveries/999999/retry", "POST")).toBe(404);
    expect(await status("/deliveries/x/retry", "POST")).toBe(404);
    for (const [at, method] of [
      ["/api/deliveries", "GET"],
      ["/api/deliveries/1/retry", "POST"],
      [`/api/partners/${partner}/webhook`, "GET"],
      [`/api/partners/${partner}/webhook`, "POST"],
      [`/api/partners/${partner}/webhook/on`, "POST"],
    ] as const) {
      expect((await push.worker.fetch(at, { method })).status).toBe(401);
    }
    const answer = await push.worker.api(`/partners/${partner}/webhook`);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  });

  it("no longer knows what was delivered a week ago", async () => {
    for (let n = 0; n < 2; n++) await push.add(partner);
    await push.worker.scheduled();
    await push.all(partner, "delivered");
    const [first, second] = await push.webhooks(partner);
    const ago = (seconds: number) => addSeconds(toInstant(new Date()), -seconds);
    const deliveredAt = "UPDATE webhooks SET delivered_at = ? WHERE id = ?";
    await push.rows(deliveredAt, ago(7 * DAY + HOUR), first?.id);
    await push.rows(deliveredAt, ago(7 * DAY - HOUR), second?.id);
    await push.worker.scheduled("0 * * * *");
    expect(await push.webhooks(partner)).toMatchObject([{ id: second?.id }]);
  });
});

describe("without WEBHOOK_SECRET", () => {
  it("nothing is sent, events wait, and the log says why", async () => {
    const { WEBHOOK_SECRET: _, ...secrets } = SECRETS;
    await push.worker.reload({ secrets });
    await push.add(partner);
    await push.worker.scheduled();
    const why = "the secret WEBHOOK_SECRET is not set";
    await until("it is logged", () => push.logged("undelivered").some((entry) => entry.why === why));
    const [row] = await push.webhooks(partner);
    const { DELIVERIES } = await push.worker.env();
    await DELIVERIES.send({ kind: "webhook", deliveries: [{ id: row?.id ?? -1, attempts: 0 }] });
    await until("the message is logged", () =>
      push.logged("undelivered").some((entry) => entry.why === why && entry.webhooks === 1),
    );
    expect(await push.webhooks(partner)).toEqual([row]);
    expect((await push.worker.api(`/partners/${partner}/webhook`)).status).toBe(503);
    expect(calls()).toEqual([]);

    await push.worker.reload({ secrets: SECRETS });
    await push.worker.scheduled();
    await push.all(partner, "delivered");
    expect(calls()).toHaveLength(1);
  });
});
