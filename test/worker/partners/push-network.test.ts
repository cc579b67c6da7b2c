// Webhooks over the runtime's own network, which no test harness intercepts: redirects, answers that never
// end, and timeouts.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { checkPolicy } from "../../../src/partners/policy.ts";
import { type DirectWorker, startDirect } from "../direct.ts";
import { until } from "../harness.ts";
import { SITE } from "../hub/hub.ts";
import { answering, type Subscriber, startSubscriber } from "../hub/subscriber.ts";

const BOUND_MILLISECONDS = 40_000;

let state = "";
let worker: DirectWorker;
let subscriber: Subscriber;
beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "wireroom-state-"));
  subscriber = await startSubscriber();
  worker = await startDirect(inject("bundles"), state, SITE, { WEBHOOK_SECRET: "root secret" });
});
afterAll(async () => {
  await subscriber?.close();
  await worker?.close();
  rmSync(state, { recursive: true, force: true });
});

/** A partner who is to be told of some articles now. */
async function enrol(id: string, articles: readonly string[] = ["a"]): Promise<void> {
  const input = { id, name: id, profile: "rss", push: { url: subscriber.url(`/${id}`) } };
  const policy = checkPolicy(input, { url: SITE, sections: {} });
  expect(policy).toMatchObject({ ok: true });
  const db = await worker.database();
  await db.batch([
    db
      .prepare("INSERT INTO partners (id, policy, digest) VALUES (?, ?, '')")
      .bind(id, JSON.stringify(policy.ok && policy.value)),
    ...articles.map((article) =>
      db
        .prepare(`INSERT INTO webhooks (partner, article_id, version, event, url, at, since, next_at)
          VALUES (?1, ?2, 1, 'article.published', 'https://wire.test/', ?3, ?3, ?3)`)
        .bind(id, article, "2024-10-24T00:00:00Z"),
    ),
  ]);
}
const rowOf = async (id: string, article = "a") =>
  (await worker.database())
    .prepare("SELECT state, answer FROM webhooks WHERE partner = ? AND article_id = ?")
    .bind(id, article)
    .first<{ state: string; answer: string | null }>();
/** What the partner's server answered, once that is noted. */
const answerTo = (id: string, article?: string) =>
  until(
    `${id} has answered`,
    async () => (await rowOf(id, article))?.answer ?? undefined,
    BOUND_MILLISECONDS,
  );

it("no redirect is followed, no answer is read to its end", async () => {
  await enrol("redirects");
  subscriber.behave("/redirects", answering(307, { Location: subscriber.url("/elsewhere") }));
  await enrol("endless");
  let closed = false;
  subscriber.behave("/endless", (_, response) => {
    response.on("close", () => {
      closed = true;
    });
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", more).writeHead(200);
    more();
  });
  await worker.scheduled();
  expect(await answerTo("redirects")).toBe("answered 307");
  expect(await answerTo("endless")).toBe("answered 200");
  await until("the endless answer is let go", () => closed);
  expect(subscriber.calls("/elsewhere")).toEqual([]);
});

it("an answer is waited for 15 seconds", async () => {
  // Of one partner, and so in one message: they are sent at once.
  await enrol("waits", ["slow", "hangs"]);
  subscriber.behave("/waits", ({ body }, response) => {
    if (JSON.parse(body.toString()).data.id === "slow") setTimeout(() => response.writeHead(200).end(), 8000);
  });
  const before = Date.now();
  await worker.scheduled();
  expect(await answerTo("waits", "hangs")).toMatch(/time/i);
  expect(Date.now() - before).toBeGreaterThan(13_000);
  expect(await rowOf("waits", "hangs")).toMatchObject({ state: "waiting" });
  expect(await rowOf("waits", "slow")).toMatchObject({ state: "delivered", answer: "answered 200" });
});
