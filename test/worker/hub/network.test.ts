// The hub on the runtime's own network, without the test harness between: redirects, endless answers, and servers that
// never answer.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { toInstant } from "../../../src/lib/time.ts";
import { article } from "../articles.ts";
import { type DirectWorker, startDirect, TOKEN } from "../direct.ts";
import { until } from "../harness.ts";
import { objectsOf, PAST } from "../objects.ts";
import { SITE, TOPIC } from "./hub.ts";
import { answering, type Behaviour, type Subscriber, startSubscriber, willing } from "./subscriber.ts";

/** More than the 5 seconds that a subscriber is waited for. */
const BOUND_MILLISECONDS = 20_000;

let state = "";
let worker: DirectWorker;
let subscriber: Subscriber;
beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "wireroom-state-"));
  subscriber = await startSubscriber();
  worker = await startDirect(inject("bundles"), state, SITE, {}, false, "faulty");
});
afterAll(async () => {
  await subscriber?.close();
  await worker?.close();
  rmSync(state, { recursive: true, force: true });
});

const subscribe = async (path: string) => {
  const form = { "hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": subscriber.url(path) };
  const response = await fetch(`${worker.url}/hub`, { method: "POST", body: new URLSearchParams(form) });
  expect(response.status).toBe(202);
};
const publish = async (headline: string) => {
  const response = await fetch(`${worker.url}/api/articles/story`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(article({ headline })),
  });
  expect(response.status).toBeLessThan(300);
};
/** What the object of the site's feed answers. */
const inside = <T = Record<string, unknown>>(sql: string, ...values: unknown[]) =>
  objectsOf(worker.env).inside<T>("site", sql, ...values);
const count = async (what: "subscriptions" | "deliveries", path?: string): Promise<number> => {
  const callback = path === undefined ? null : subscriber.url(path);
  const waiting = what === "deliveries" ? "next_at IS NOT NULL" : "true";
  const sql = `SELECT 1 FROM subscriptions WHERE (callback = ?1 OR ?1 IS NULL) AND ${waiting}`;
  return (await inside(sql, callback)).length;
};
const verified = () =>
  until(
    "every request is verified",
    async () => (await (await worker.database()).prepare("SELECT 1 FROM verifications").first()) === null,
    BOUND_MILLISECONDS,
  );

/** Starts with `start`, and goes on for ever; `closed` once the other side had enough. */
function endless(start: (challenge: string | null) => string) {
  const state = { closed: false };
  const behaviour: Behaviour = ({ query }, response) => {
    response.on("close", () => {
      state.closed = true;
    });
    response.writeHead(200).write(start(query.get("hub.challenge")));
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  };
  return { state, behaviour };
}
const redirect: Behaviour = ({ query }, response) =>
  response
    .writeHead(307, { Location: subscriber.url("/elsewhere") })
    .end(query.get("hub.challenge") ?? undefined);

it("a verification follows no redirect, doesn't read an endless answer, and has a timeout", async () => {
  subscriber.behave("/redirects", redirect);
  const { state, behaviour } = endless((challenge) => challenge ?? "");
  subscriber.behave("/endless", behaviour);
  subscriber.behave("/hangs-half-way", ({ query }, response) => {
    response.writeHead(200).write(query.get("hub.challenge")?.slice(0, 10));
  });
  const paths = ["/redirects", "/endless", "/hangs-half-way"];
  for (const path of paths) await subscribe(path);
  for (const path of paths) await subscriber.call(path, "GET", 1);
  await until("the endless answer is let go", () => state.closed);
  await verified();
  expect(await count("subscriptions")).toBe(0);
  expect(subscriber.calls("/elsewhere")).toEqual([]);
});

it("a delivery isn't delayed by other callbacks that redirect, never end or never answer", async () => {
  for (const path of ["/good", "/redirects", "/endless", "/hangs"]) {
    subscriber.behave(path, willing);
    await subscribe(path);
  }
  await verified();
  expect(await count("subscriptions")).toBe(4);
  subscriber.behave("/redirects", answering(307, { Location: subscriber.url("/elsewhere") }));
  const { state, behaviour } = endless(() => "thanks");
  subscriber.behave("/endless", behaviour);
  let isGivenUp = false;
  subscriber.behave("/hangs", (_, response) => {
    response.on("close", () => {
      isGivenUp = true;
    });
  });

  await publish("News");
  const { body } = await subscriber.call("/good", "POST");
  expect(isGivenUp).toBe(false);
  expect(body.toString()).toContain("News");
  await subscriber.call("/redirects", "POST");
  await subscriber.call("/endless", "POST");
  await until("the endless answer is let go", () => state.closed);
  await until(
    "those who took it are done with",
    async () => (await count("deliveries")) === 2,
    BOUND_MILLISECONDS,
  );
  for (const path of ["/redirects", "/hangs"]) expect(await count("deliveries", path)).toBe(1);
  expect(subscriber.calls("/elsewhere")).toEqual([]);
});

it("an address that is stored but would be refused today is not called", async () => {
  subscriber.behave("/stored", willing);
  subscriber.behave("/fresh", willing);
  for (const path of ["/stored", "/fresh"]) await subscribe(path);
  await verified();
  const refused = subscriber.url("/stored#refused");
  await inside(
    "UPDATE subscriptions SET callback = ? WHERE callback = ?",
    refused,
    subscriber.url("/stored"),
  );
  const before = subscriber.calls("/stored").length;
  await publish("More news");
  await subscriber.call("/fresh", "POST");
  // Both are of one message, whose outcomes are written together.
  await until(
    "the message is done",
    async () => (await count("deliveries", "/fresh")) === 0,
    BOUND_MILLISECONDS,
  );
  expect(subscriber.calls("/stored")).toHaveLength(before);
  expect(await count("deliveries", "/stored#refused")).toBe(1);
});

it("a host that doesn't answer gets one delivery at a time; its others wait until it answers", async () => {
  const db = await worker.database();
  const run = (sql: string, ...values: unknown[]) =>
    db
      .prepare(sql)
      .bind(...values)
      .all<Record<string, unknown>>();
  await inside("DELETE FROM subscriptions");
  await run("DELETE FROM failing_hosts");
  const paths = Array.from({ length: 20 }, (_, n) => `/dead-${n}`);
  const callbacks = [
    ...paths.map((path) => ({
      host: "localhost",
      callback: subscriber.url(path).replace("127.0.0.1", "localhost"),
    })),
    { host: "127.0.0.1", callback: subscriber.url("/alive") },
  ];
  await inside(
    `INSERT INTO subscriptions (format, callback, host, expires, version)
     SELECT 'rss', value ->> 'callback', value ->> 'host', '2099-01-01T00:00:00Z',
       coalesce((SELECT announced FROM topics WHERE format = 'rss'), 0) FROM json_each(?)`,
    JSON.stringify(callbacks),
  );
  for (const path of paths) subscriber.behave(path, (_, response) => void response.destroy());
  const calls = () => paths.reduce((sum, path) => sum + subscriber.calls(path, "POST").length, 0);
  const waiting = async (condition: string) =>
    (await inside(`SELECT 1 FROM subscriptions WHERE next_at IS NOT NULL AND sending = 0 AND ${condition}`))
      .length;
  const failed = (attempts: number, version = 0) =>
    until("every one has failed", async () => {
      return (await waiting(`attempts = ${attempts} AND version > ${version}`)) === 20;
    });
  const again = async () => {
    const past = toInstant(new Date(Date.now() - 60_000));
    await inside("UPDATE subscriptions SET next_at = ? WHERE next_at IS NOT NULL AND sending = 0", past);
    await run("UPDATE feeds SET push_at = ? WHERE push_at IS NOT NULL", PAST);
    await run("UPDATE failing_hosts SET probe_at = ?", past);
    await worker.scheduled();
  };

  await publish("News for some");
  await subscriber.call("/alive", "POST");
  await failed(1);
  const [{ version } = { version: 0 }] = await inside<{ version: number }>(
    "SELECT version FROM subscriptions",
  );
  const tried = calls();
  // Two messages, five requests at once, of which each may be the last.
  expect(tried).toBeGreaterThanOrEqual(5);
  expect(tried).toBeLessThan(20);

  await publish("More news for some");
  await subscriber.call("/alive", "POST", 2);
  await failed(1, version);
  expect(calls()).toBe(tried);

  await again();
  await failed(2);
  expect(calls()).toBe(tried + 1);

  for (const path of paths) subscriber.behave(path, willing);
  await until("every one has it", async () => {
    await again();
    return (await waiting("true")) === 0 && (await count("deliveries")) === 0;
  });
  expect((await run("SELECT * FROM failing_hosts")).results).toEqual([]);
  expect(calls()).toBe(tried + 21);
});
