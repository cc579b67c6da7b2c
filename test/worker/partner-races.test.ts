// Builds of a partner's feed that others get in between of: another build, a change of the article, a partner who is
// removed. What is served is right, or is made again.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeCopy } from "../../src/feeds/copies.ts";
import { buildPartner } from "../../src/feeds/partner.ts";
import { chooseItems } from "../../src/feeds/partner-choice.ts";
import { versionOf } from "../../src/feeds/version.ts";
import type { WebhookSecret } from "../../src/model/partner-api.ts";
import { addSeconds, toInstant } from "../../src/model/time.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { ALWAYS, notePartnerBuilt } from "../../src/store/feeds.ts";
import { partnerById } from "../../src/store/partners.ts";
import { article } from "./articles.ts";
import { type FaultyWorker, startFaultyWorker } from "./faults.ts";
import { runtimeOf, TOKEN, until } from "./harness.ts";
import { partner } from "./partners.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "root" } });
});
afterAll(() => worker.close());
beforeEach(() => worker.fail({}));

const START = toInstant(new Date());
const put = async (slug: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const sent = article({ headline: slug, published: addSeconds(START, -60), ...changes });
  expect((await worker.put(slug, sent)).ok, slug).toBe(true);
};
const feed = async (id: string) => (await worker.fetch(`/partners/${id}/feed.json`)).text();
const PUBLIC = { profile: "json", access: "public", select: { sections: ["about"] } };
const run = async (sql: string) => (await worker.env()).DB.prepare(sql).run();
const row = async (id: string) =>
  (await worker.env()).DB.prepare("SELECT * FROM feeds WHERE feed = ?")
    .bind(`partner/${id}`)
    .first<Record<string, unknown>>();

describe("a build", () => {
  it("takes no entry that a slower build has put in the place of its own", async () => {
    await put("mixed", { section: "about" });
    await partner(worker, "mixed", PUBLIC);
    await worker.settled();
    await worker.fail({ queue: "lose" });
    await put("mixed", { section: "about", headline: "mixed, corrected" });
    const slower =
      "UPDATE partner_items SET body = replace(body, 'mixed, corrected', 'mixed'), hash = 'slower', made_of = 'slower'";
    await worker.fail({ queue: "lose", interlude: { before: "SELECT article_id AS id, body", sql: slower } });
    expect(await feed("mixed")).toContain('"mixed, corrected"');
  });

  it("makes no entry of one version out of another", async () => {
    await put("later", { section: "about" });
    await partner(worker, "later", PUBLIC);
    await worker.settled();
    await worker.fail({ queue: "lose" });
    await put("later", { section: "about", headline: "later, changed" });
    await run("INSERT INTO versions SELECT id, 3, '2026-01-01T00:00:00Z' FROM articles WHERE slug = 'later'");
    const kept =
      "UPDATE articles SET version = 3, model = json_set(model, '$.syndicate', json('false'), '$.headline', 'a secret') WHERE slug = 'later'";
    await worker.fail({ queue: "lose", interlude: { before: "SELECT id, model", sql: kept } });
    expect(await feed("later")).not.toContain("a secret");
    expect(await feed("later")).not.toContain("a secret");
  });

  it("that is committed after others have changed something leaves the feed to be built again", async () => {
    await put("aba", { section: "about" });
    await partner(worker, "aba", PUBLIC);
    await worker.settled();
    await worker.fail({ queue: "lose" });
    await put("aba", { section: "about", headline: "aba, changed" });
    const others = "UPDATE feeds SET mark = mark + 1, stale_since = NULL WHERE feed = 'partner/aba'";
    await worker.fail({
      queue: "lose",
      interlude: { before: "INSERT INTO feeds (feed, format, version", sql: others },
    });
    await feed("aba");
    expect((await row("aba"))?.stale_since).not.toBeNull();
  });
});

describe("a partner who is removed", () => {
  it("leaves nothing behind, whatever build was under way", async () => {
    await put("left", { section: "about" });
    await partner(worker, "leaver", PUBLIC);
    await worker.settled();
    const env = await worker.env();
    const record = await partnerById(env.DB, "leaver");
    if (!record) throw new Error("the test's partner is missing");
    const runtime = runtimeOf(env);
    const { document, row: before } = await buildPartner(runtime, record, START);
    const chosen = async () => {
      const workshop = { ...runtime, record, profile: PROFILES.json };
      await chooseItems(workshop, START);
    };
    await worker.api("/partners/leaver", { method: "DELETE" });
    await worker.settled();

    // Three builds that began before, each at another point: it chooses, it commits, it has written KV.
    await chosen();
    await expect(buildPartner(runtime, record, START)).rejects.toThrow("no partner any more");
    const facts = { hash: "late", etag: 'W/"late"', items: 1, bytes: 1 };
    expect(await versionOf(env.DB, document, before, facts, START)).toBeUndefined();
    await writeCopy(env.CACHE, document, ALWAYS, Date.now());
    const late = {
      mark: before?.mark ?? 0,
      fingerprint: "",
      nextChange: undefined,
      items: 1,
      bytes: 1,
      at: START,
    };
    await notePartnerBuilt(env.DB, document, { ...late, version: document.version });
    await worker.scheduled("0 * * * *");
    await worker.settled();

    const tables = [
      "partners",
      "partner_tokens",
      "partner_items",
      "partner_versions",
      "partner_fetches",
      "webhooks",
    ];
    const column = (table: string) => (table === "partners" ? "id" : "partner");
    for (const table of tables) {
      const sql = `SELECT count(*) AS rows FROM ${table} WHERE ${column(table)} = 'leaver'`;
      expect(await env.DB.prepare(sql).first("rows"), table).toBe(0);
    }
    expect(await env.CACHE.get("feed:partner/leaver:partner")).toBeNull();
  });

  it("takes the secret of their webhook with them", async () => {
    const secret = async () => {
      await partner(worker, "again", { push: { url: "https://partner.example/hook" } });
      return ((await (await worker.api("/partners/again/webhook")).json()) as WebhookSecret).secret;
    };
    const first = await secret();
    const began = toInstant(new Date());
    await worker.api("/partners/again", { method: "DELETE" });
    await until("the next second", () => toInstant(new Date()) > began);
    expect(await secret()).not.toBe(first);
  });
});
