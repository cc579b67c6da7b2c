// Builds of a partner's feed during which something changes: the article, the policy, or whether there is
// such a partner. What is served is right, or is built again.

import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noteBuilt } from "../../../src/feeds/sql.ts";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type { WebhookSecret } from "../../../src/partners/answers.ts";
import { draftPartner } from "../../../src/partners/partner-document.ts";
import { partnerById } from "../../../src/partners/sql.ts";
import { article, png } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { runtimeOf, TOKEN, until } from "../harness.ts";
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
const rebuild = async (id: string) =>
  (await worker.env()).PARTNERS.getByName(`partner/${id}`).rebuild(`partner/${id}`);
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
    await rebuild("mixed");
    expect(await feed("mixed")).toContain('"mixed, corrected"');
  });

  it("never stores an entry made from another version of the article", async () => {
    await put("later", { section: "about" });
    await partner(worker, "later", PUBLIC);
    await worker.settled();
    await worker.fail({ queue: "lose" });
    await put("later", { section: "about", headline: "later, changed" });
    await run("INSERT INTO versions SELECT id, 3, '2026-01-01T00:00:00Z' FROM articles WHERE slug = 'later'");
    const kept =
      "UPDATE articles SET version = 3, model = json_set(model, '$.syndicate', json('false'), '$.headline', 'a secret') WHERE slug = 'later'";
    await worker.fail({ queue: "lose", interlude: { before: "SELECT id, model", sql: kept } });
    await rebuild("later");
    expect(await feed("later")).not.toContain("a secret");
    expect(await feed("later")).not.toContain("a secret");
    // What was written behind the Worker's back fits no entry that is stored.
    await put("later", { section: "about" });
  });

  it("during which something was changed leaves the feed to be built again", async () => {
    await put("aba", { section: "about" });
    await partner(worker, "aba", PUBLIC);
    await worker.settled();
    const others = `UPDATE feeds SET mark = mark + 1, stale_since = '${START}' WHERE feed = 'partner/aba'`;
    const interlude = { before: "INSERT INTO feeds (feed, format, version", sql: others };
    await worker.fail({ alarms: "never", interlude });
    await rebuild("aba");
    expect((await row("aba"))?.stale_since).not.toBeNull();
  });

  it("with a policy that D1 no longer has isn't recorded in D1", async () => {
    await put("zombie", { section: "about" });
    await partner(worker, "zombie", PUBLIC);
    await worker.settled();
    const env = await worker.env();
    const record = await partnerById(env.DB, "zombie");
    if (!record) throw new Error("the test's partner is missing");
    const draft = await draftPartner(runtimeOf(env), record, START, new AbortController().signal);
    const before = await row("zombie");
    const document = { format: "partner", hash: "late", etag: 'W/"late"', changedAt: START } as const;
    const note = (digest: string) =>
      noteBuilt(
        env.DB,
        "partner/zombie",
        {
          ...{ at: START, fingerprint: "", nextChange: undefined, digest },
          documents: [{ ...document, items: 1, bytes: 1, mark: null, version: 9, cachedVersion: 9 }],
        },
        draft.statements(9),
      );
    await expect(note("of another policy")).rejects.toThrow("policy was changed");
    expect(await row("zombie")).toEqual(before);
    await worker.api("/partners/zombie", { method: "DELETE" });
    await worker.settled();
    await expect(note(record.digest)).rejects.toThrow("policy was changed");
    expect(await traces("zombie")).toEqual({});
  });
});

describe("a change of the policy", () => {
  const NARROW = { ...PUBLIC, select: { tags: ["none has it"] } };
  /** KV's copy: its version, and the document. */
  const copy = async (id: string) => {
    const { CACHE } = await worker.env();
    const name = `feed:partner/${id}:partner`;
    const { value, metadata } = await CACHE.getWithMetadata<{ version: number; gzipLength: number }>(
      name,
      "arrayBuffer",
    );
    if (!value || !metadata) throw new Error(`KV holds no ${name}`);
    const text = gunzipSync(Buffer.from(value, 0, metadata.gzipLength)).toString();
    return { version: metadata.version, text };
  };

  it("is never undone by a concurrent build, at any step of it", { timeout: 300_000 }, async () => {
    for (let step = 0; step < 10; step++) {
      const id = `crossed-${step}`;
      const headline = `crossing ${step}`;
      await partner(worker, id, PUBLIC);
      await worker.settled();
      await put("crossing", { section: "about", headline, tags: [`round ${step}`] });
      // Half of the steps are while it is chosen, half while it is put into KV.
      await worker.fail({ delayMilliseconds: step % 2 === 0 ? { d1: 20, kv: 40 } : { d1: 0, kv: 400 } });
      const { PARTNERS } = await worker.env();
      const feedKey = `partner/${id}` as const;
      const build = PARTNERS.getByName(feedKey).rebuild(feedKey);
      const poll = feed(id);
      await new Promise((resolve) => setTimeout(resolve, step * 25));
      await partner(worker, id, NARROW);
      const { version } = await copy(id);
      // Whatever comes after the answer to the change is of the new policy.
      const answers = await Promise.all([feed(id), feed(id)]);
      for (const answer of answers) expect(answer, id).not.toContain(headline);
      await until("the change is in KV", async () => {
        const found = await copy(id);
        if (found.version !== version) expect(found.text, id).not.toContain(headline);
        return (await row(id))?.stale_since === null;
      });
      await Promise.all([build, poll]);
      await worker.fail({});
      expect(await feed(id), id).not.toContain(headline);
    }
  });

  it("doesn't wait for pictures that are still to be made over", async () => {
    for (let index = 0; index < 8; index++) {
      const { sha256, bytes, src } = png(60 + index, 30);
      await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
      await put(`pictured-${index}`, { tags: ["pictured"], images: [{ src, alt: "x" }] });
    }
    const pictured = { ...PUBLIC, select: { tags: ["pictured"] }, images: { types: ["image/jpeg"] } };
    await worker.fail({ alarms: "never", delayMilliseconds: { d1: 50, kv: 0 } });
    await partner(worker, "impatient", pictured);
    const poll = worker.fetch("/partners/impatient/feed.json");
    await until("an entry is made", async () => {
      const sql = "SELECT count(*) AS rows FROM renditions";
      return Number(await (await worker.env()).DB.prepare(sql).first("rows")) > 0;
    });
    await partner(worker, "impatient", NARROW);
    // Its build made way.
    expect((await poll).status).toBe(503);
    expect(JSON.parse(await feed("impatient")).items).toEqual([]);
  });

  it("and builds need no alarm: cron is enough", async () => {
    await put("unalarmed", { section: "about" });
    await worker.fail({ alarms: "never" });
    await partner(worker, "unalarmed", PUBLIC);
    await run("UPDATE feeds SET stale_since = '2020-01-01T00:00:00Z' WHERE stale_since IS NOT NULL");
    await worker.scheduled();
    expect(await worker.document("partner", "partner/unalarmed")).toContain('"unalarmed"');
  });
});

/** Has an object lose all that it knows. */
async function forget(id: string): Promise<void> {
  const { PARTNERS } = await worker.env();
  const object = PARTNERS.getByName(`partner/${id}`) as ReturnType<typeof PARTNERS.getByName> & {
    forget: () => Promise<void>;
  };
  await object.forget().catch(() => undefined);
}

describe("a partner's object", () => {
  it("goes on from a state of before there were such objects, whose versions counted from 1", async () => {
    await put("counted", { section: "about" });
    await partner(worker, "counted", PUBLIC);
    await worker.settled();
    const before = await worker.raw("/partners/counted/feed.json");
    const { CACHE } = await worker.env();
    const name = "feed:partner/counted:partner";
    const { value, metadata } = await CACHE.getWithMetadata<object>(name, "arrayBuffer");
    await CACHE.put(name, value ?? "", { metadata: { ...metadata, version: 7 } });
    await run("UPDATE feeds SET version = 7, cached_version = 7 WHERE feed = 'partner/counted'");
    await run("UPDATE partner_versions SET feed_version = 7 WHERE partner = 'counted'");
    await forget("counted");
    const served = await worker.raw("/partners/counted/feed.json");
    expect([served.headers.etag, served.body]).toEqual([before.headers.etag, before.body]);
    await put("counted", { section: "about", headline: "counted, changed" });
    expect(await worker.document("partner", "partner/counted")).toContain("counted, changed");
    const after = await row("counted");
    expect(after?.version).toBe(Date.parse(String(after?.changed_at)) / 1000);
    const report = await worker.api("/partners/counted/articles/counted");
    expect(await report.json()).toMatchObject({ ledger: { event: "article.updated" } });
  });

  it("isn't made for an id that no partner has, nor for who isn't let in", async () => {
    await partner(worker, "closed");
    await worker.settled();
    await worker.counts();
    for (const id of ["nobody", "closed"]) {
      for (const tail of ["/rss.xml", "/", "/wr_x/rss.xml"])
        expect((await worker.fetch(`/partners/${id}${tail}`)).status).toBe(401);
    }
    expect((await worker.api("/partners/nobody", { method: "DELETE" })).status).toBe(404);
    const objects = (await worker.counts()).filter(({ invocation }) => invocation.startsWith("object"));
    // The one that there is writes down that somebody was refused.
    const invocations = objects.map(({ invocation }) => invocation);
    const allowed = /^object (?:alarm of a partner|(?:noteFetch|writeFetches) partner\/closed)$/;
    expect(invocations.filter((one) => !allowed.test(one))).toEqual([]);
  });

  it("that forgot everything, with KV empty too, makes the same version from D1 again", async () => {
    await put("forgotten", { section: "about" });
    await partner(worker, "forgotten", PUBLIC);
    await worker.settled();
    const before = await worker.raw("/partners/forgotten/feed.json");
    const { CACHE } = await worker.env();
    await CACHE.delete("feed:partner/forgotten:partner");
    await forget("forgotten");
    await worker.scheduled("0 * * * *");
    await until("KV has it", async () => (await CACHE.get("feed:partner/forgotten:partner")) !== null);
    const after = await worker.raw("/partners/forgotten/feed.json");
    const { date: _, ...headers } = before.headers;
    expect(after.headers).toMatchObject(headers);
    expect(after.body.equals(before.body)).toBe(true);
  });
});

const TABLES = [
  "partners",
  "partner_tokens",
  "partner_items",
  "partner_versions",
  "partner_fetches",
  "webhooks",
];
/** How many rows tell of a partner, by table; and KV's copy. */
async function traces(id: string): Promise<Readonly<Record<string, unknown>>> {
  const { DB, CACHE } = await worker.env();
  const found: Record<string, unknown> = {};
  for (const table of TABLES) {
    const sql = `SELECT count(*) AS rows FROM ${table} WHERE ${table === "partners" ? "id" : "partner"} = ?`;
    const rows = await DB.prepare(sql).bind(id).first("rows");
    if (rows !== 0) found[table] = rows;
  }
  const copy = await CACHE.get(`feed:partner/${id}:partner`);
  return copy === null ? found : { ...found, copy };
}

describe("a partner who is removed", () => {
  it("leaves nothing behind, whatever build was under way", async () => {
    for (const [index, wait] of [0, 30, 60, 90, 120, 150].entries()) {
      const id = `leaver-${index}`;
      await put("left", { section: "about", headline: `Left ${index}` });
      await partner(worker, id, PUBLIC);
      await worker.settled();
      await put("left", { section: "about", headline: `Left ${index}, changed` });
      await worker.fail({ delayMilliseconds: { d1: 20, kv: 40 } });
      const { PARTNERS } = await worker.env();
      const build = PARTNERS.getByName(`partner/${id}`).rebuild(`partner/${id}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
      expect((await worker.api(`/partners/${id}`, { method: "DELETE" })).status).toBe(200);
      await build;
      await worker.fail({});
      await worker.settled();
      expect(await traces(id)).toEqual({});
    }
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
