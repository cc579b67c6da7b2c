// A realistic partner: it polls its feed, keeps a copy by id, verifies webhooks with the published library,
// misses polls, fails for a while and comes back. In the end its copy is the same as ours.

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type {
  IssuedToken,
  PartnerExplanation,
  WebhookDelivery,
  WebhookSecret,
} from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { type Call, type Subscriber, startSubscriber } from "../hub/subscriber.ts";

let worker: RunningWorker;
let server: Subscriber;
beforeAll(async () => {
  // A site at home calls loopback over plain http.
  const secrets = { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "a test's secret" };
  [worker, server] = await Promise.all([
    startWorker({ siteUrl: "http://127.0.0.1:9", secrets }),
    startSubscriber(),
  ]);
});
afterAll(() => Promise.all([worker.close(), server.close()]));

interface Item {
  readonly id: string;
  readonly title: string;
  readonly content_html: string;
}

/** The partner's copy: each article's headline and text, by id. */
type Copy = ReadonlyMap<string, string>;

async function json<T>(path: string, method = "GET", body?: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await worker.api(path, init);
  const text = await response.text();
  expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
  return JSON.parse(text) as T;
}

/** The partner's program. */
class Partner {
  readonly copy = new Map<string, string>();
  #etag = "";
  readonly #path: string;
  readonly #token: string;

  constructor(path: string, token: string) {
    this.#path = path;
    this.#token = token;
  }

  /** Polls once, as an ingester does: new and changed items by id, deleted ones out. Returns the status. */
  async poll(): Promise<number> {
    const response = await worker.fetch(this.#path, {
      headers: { Authorization: `Bearer ${this.#token}`, "If-None-Match": this.#etag },
    });
    if (response.status !== 200) return response.status;
    this.#etag = response.headers.get("ETag") ?? "";
    const feed = (await response.json()) as {
      readonly items: readonly Item[];
      readonly _wireroom: { readonly deleted?: readonly { readonly id: string }[] };
    };
    for (const { id, title, content_html } of feed.items) this.copy.set(id, `${title}\n${content_html}`);
    for (const { id } of feed._wireroom.deleted ?? []) this.copy.delete(id);
    return 200;
  }
}

const START = toInstant(new Date());
const put = async (slug: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const sent = article({ headline: slug, published: addSeconds(START, -60), section: "about", ...changes });
  expect((await worker.put(slug, sent)).ok).toBe(true);
};

/** A new partner that gets everything, with its token and the secret of its webhook. */
async function sign(id: string, policy: Readonly<Record<string, unknown>> = {}) {
  const push = { url: server.url(`/${id}`) };
  await json(`/partners/${id}`, "PUT", { id, name: id, profile: "json", push, ...policy });
  const { token } = await json<IssuedToken>(`/partners/${id}/tokens`, "POST");
  const { secret } = await json<WebhookSecret>(`/partners/${id}/webhook`);
  await worker.settled();
  return { program: new Partner(`/partners/${id}/feed.json`, token), webhook: new Webhook(secret) };
}

/** Our state: the feed, as a client without a copy gets it. */
async function ours(id: string): Promise<Copy> {
  const { items } = JSON.parse(await worker.document("partner", `partner/${id}`)) as {
    readonly items: readonly Item[];
  };
  return new Map(items.map((item) => [item.id, `${item.title}\n${item.content_html}`]));
}

interface Payload {
  readonly type: string;
  readonly data: { readonly id: string; readonly version: number };
}
const read = (webhook: Webhook, { body, headers }: Call) =>
  webhook.verify(body.toString(), headers as Record<string, string>) as Payload;

describe("a partner", () => {
  it("that polls, misses polls, is told, fails and comes back, ends with a copy that is ours", async () => {
    await put("first");
    await put("second");
    const { program, webhook } = await sign("portal");
    expect(await program.poll()).toBe(200);
    expect(await program.poll(), "nothing is new").toBe(304);
    expect(program.copy.size).toBe(2);

    // Told of a new one, it polls at once, and has it.
    await put("third");
    const published = read(webhook, await server.call("/portal", "POST", 1));
    expect(published.type).toBe("article.published");
    expect(await program.poll()).toBe(200);
    expect([...program.copy.keys()]).toContain(published.data.id);

    // It fails for a while, and misses polls meanwhile: a correction, an update and a retraction.
    server.behave("/portal", (_, response) => response.writeHead(503).end());
    const at = addSeconds(START, 1);
    await put("first", { updated: at, corrections: [{ at, kind: "correction", text: "It was Thursday." }] });
    await put("second", { body: { html: "<p>Written anew.</p>" } });
    await worker.del("third");
    await worker.settled();
    const waiting = await until("three webhooks have failed", async () => {
      const list = await json<readonly WebhookDelivery[]>("/deliveries?partner=portal&state=waiting");
      return (
        list.length === 3 && list.every(({ attempts, answer }) => attempts > 0 && answer !== null) && list
      );
    });
    expect(waiting.map(({ event }) => event).sort()).toEqual([
      "article.corrected",
      "article.retracted",
      "article.updated",
    ]);
    expect(program.copy).not.toEqual(await ours("portal"));

    // It comes back: what failed is sent again at its time, and each word of it is signed.
    server.behave("/portal", (_, response) => response.writeHead(204).end());
    const { DB } = await worker.env();
    await DB.prepare("UPDATE webhooks SET next_at = ? WHERE next_at IS NOT NULL").bind(START).run();
    const before = server.calls("/portal", "POST").length;
    await worker.scheduled();
    const again = await until("all are told", () => {
      const calls = server.calls("/portal", "POST").slice(before);
      return calls.length >= 3 && calls;
    });
    expect(again.map((call) => read(webhook, call).type).sort()).toEqual(
      waiting.map(({ event }) => event).sort(),
    );
    expect(await program.poll()).toBe(200);
    expect(program.copy).toEqual(await ours("portal"));
    expect([...program.copy.values()].join()).toContain("It was Thursday.");
  });

  it("gets no webhook for events that its policy doesn't name", async () => {
    const push = { url: server.url("/quiet"), events: ["article.retracted"] };
    const { webhook } = await sign("quiet", { push });
    await put("told-of-its-end");
    await worker.settled();
    await worker.del("told-of-its-end");
    const call = await server.call("/quiet", "POST", 1);
    expect(read(webhook, call).type).toBe("article.retracted");
    expect(server.calls("/quiet", "POST").length).toBe(1);
  });

  it("is told of an article under an embargo when it is out, once, though its feed has it before", async () => {
    const { webhook } = await sign("wire", { profile: "ninjs", embargoed: true });
    const told = () => server.calls("/wire", "POST").map((call) => read(webhook, call));
    const sent = { published: addSeconds(toInstant(new Date()), 6) };
    await put("embargoed", sent);
    await worker.settled();
    expect(await worker.document("partner", "partner/wire")).toContain('"withheld"');
    await put("embargoed", { ...sent, headline: "Embargoed still" });
    await worker.settled();
    expect(told()).toEqual([]);
    await until("its minute", async () => {
      await worker.scheduled();
      return (
        (await worker.document("partner", "partner/wire")).includes("Embargoed still") && told().length > 0
      );
    });
    await put("after-it");
    await worker.settled();
    await until("what comes later is told", () => told().length > 1);
    expect(told().map(({ type, data }) => [type, data.id.split(":").at(-1), data.version])).toEqual([
      ["article.published", "embargoed", 2],
      ["article.published", "after-it", 1],
    ]);
  });

  it("gets a webhook for a withdrawal even if its feed doesn't change", async () => {
    const push = { events: ["article.retracted"], url: server.url("/map") };
    await put("in-the-map");
    const { webhook } = await sign("map", { profile: "google-news-sitemap", push });
    // It leaves the feed, and only then is withdrawn: of what isn't there nothing is left to take away.
    await json("/partners/map", "PUT", {
      ...{ id: "map", name: "map", profile: "google-news-sitemap", push },
      select: { sections: ["asia-pacific"] },
    });
    await worker.settled();
    expect(await worker.document("partner", "partner/map")).not.toContain("in-the-map");
    await worker.del("in-the-map");
    const call = await server.call("/map", "POST", 1);
    expect(read(webhook, call)).toMatchObject({ type: "article.retracted", data: { version: 2 } });
    const { ledger } = await json<PartnerExplanation>("/partners/map/articles/in-the-map");
    expect(ledger).toMatchObject({ event: "article.retracted", current: 2 });
  });

  it("gets no webhooks for articles from before it was added", async () => {
    await put("older");
    await sign("newcomer");
    await put("newer");
    const call = await server.call("/newcomer", "POST", 1);
    expect(JSON.parse(call.body.toString()).data.id).toContain(":newer");
    expect(server.calls("/newcomer", "POST").length).toBe(1);
  });
});

describe("the ledger", () => {
  it("tells when an article was first served, what was fetched last, and whether a change was", async () => {
    const { program } = await sign("ledger");
    await put("followed");
    await worker.settled();
    const facts = async () => (await json<{ ledger: unknown }>("/partners/ledger/articles/followed")).ledger;
    expect(await facts()).toEqual({
      firstServed: null,
      lastFetched: null,
      current: 1,
      event: "article.published",
      fetchedSince: false,
    });
    await program.poll();
    const minute = `${new Date().toISOString().slice(0, 16)}:00Z`;
    const served = await until("the fetch is noted", async () => {
      const now = (await facts()) as { firstServed: string | null };
      return now.firstServed !== null && now;
    });
    expect(served).toMatchObject({ lastFetched: 1, fetchedSince: true });
    expect(Math.abs(Date.parse(served.firstServed ?? "") - Date.parse(minute))).toBeLessThanOrEqual(60_000);

    await put("followed", { headline: "Changed" });
    await worker.settled();
    expect(await facts()).toMatchObject({
      lastFetched: 1,
      current: 2,
      event: "article.updated",
      fetchedSince: false,
    });
    await program.poll();
    await until(
      "the next fetch is noted",
      async () => ((await facts()) as { fetchedSince: boolean }).fetchedSince,
    );
    expect(await facts()).toMatchObject({ lastFetched: 2, firstServed: served.firstServed });

    await worker.del("followed");
    await worker.settled();
    expect(await facts()).toMatchObject({ event: "article.retracted", fetchedSince: false });
    const { DB } = await worker.env();
    const rows = await DB.prepare(
      "SELECT count(*) AS n FROM partner_versions WHERE partner = 'ledger' AND article_id LIKE '%:followed'",
    ).first("n");
    expect(rows, "a row a change").toBe(3);
  });
});
