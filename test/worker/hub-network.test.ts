// The hub on the runtime's own network, where no test harness passes its requests on: redirects, answers without an end
// and answers that never come.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { article } from "./articles.ts";
import { type DirectWorker, startDirect, TOKEN } from "./direct.ts";
import { until } from "./harness.ts";
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
  worker = await startDirect(inject("bundles"), state, SITE);
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
const count = async (table: string, path?: string): Promise<number> => {
  const sql = `SELECT count(*) AS n FROM ${table} WHERE callback = ?1 OR ?1 IS NULL`;
  const callback = path === undefined ? null : subscriber.url(path);
  return (await (await worker.database()).prepare(sql).bind(callback).first<number>("n")) ?? -1;
};
const verified = () =>
  until("every request is verified", async () => (await count("verifications")) === 0, BOUND_MILLISECONDS);

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

it("a verification follows no redirect, reads no answer to its end and waits for none for ever", async () => {
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

it("a delivery arrives at once, whoever else redirects, never ends or never answers", async () => {
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
  const db = await worker.database();
  await db
    .prepare("UPDATE subscriptions SET callback = ? WHERE callback = ?")
    .bind(refused, subscriber.url("/stored"))
    .run();
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
