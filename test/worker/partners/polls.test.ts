// A poll of a partner's feed: KV's copy, confirmed by the partner's object, and never D1.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { until } from "../harness.ts";
import { issue, ledgerOnce, partner } from "./partners.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker.close());
beforeEach(() => worker.fail({}));

const START = toInstant(new Date());
const poll = (id: string, token: string, headers: Readonly<Record<string, string>> = {}) =>
  worker.raw(`/partners/${id}/rss.xml`, "GET", { Authorization: `Bearer ${token}`, ...headers });
const KEY = (id: string) => `feed:partner/${id}:partner`;

/** A partner with a token, whose copy in KV says so. */
async function ready(id: string): Promise<{ readonly token: string; readonly name: string }> {
  await partner(worker, id);
  const issued = await issue(worker, id);
  await worker.settled();
  const { CACHE } = await worker.env();
  await until("KV knows the token", async () => {
    const { metadata } = await CACHE.getWithMetadata<{ access: { hashes: string[] } }>(KEY(id), "stream");
    return metadata?.access.hashes.some((hash) => hash.startsWith(issued.name));
  });
  return issued;
}

/** Statements by the request, and by the partner's object. */
async function statements(): Promise<readonly (readonly [string, number])[]> {
  const counts = await worker.counts();
  return counts.map(({ invocation, statements }) => [invocation.split(" ")[0] ?? "", statements]);
}

describe("a poll", () => {
  it("makes no call of D1, and a hundred polls of one version cost one write of the ledger", async () => {
    const { token } = await ready("quiet");
    expect((await poll("quiet", token)).status).toBe(200);
    await ledgerOnce(worker, "quiet", 1);
    await worker.counts();
    const { headers } = await poll("quiet", token);
    for (let time = 0; time < 99; time++) await poll("quiet", token, { "If-None-Match": headers.etag ?? "" });
    const asked = await statements();
    expect(asked.filter(([what]) => what === "GET")).toHaveLength(100);
    expect(asked.filter(([, count]) => count > 0)).toEqual([]);
    const report = await (await worker.api("/partners/quiet")).json();
    const days = (report as { readonly days: readonly { readonly fetches: number }[] }).days;
    expect(days.reduce((sum, { fetches }) => sum + fetches, 0)).toBe(101);
  });

  it("gets a change at once, though KV has the version before", async () => {
    const { token } = await ready("fresh");
    expect(
      (await worker.put("fresh", article({ headline: "Fresh", published: addSeconds(START, -60) }))).ok,
    ).toBe(true);
    expect((await poll("fresh", token)).body.toString()).toContain("Fresh");
  });

  it("with a token that was revoked is refused at once, though KV doesn't know", async () => {
    const { token, name } = await ready("revoked");
    const { CACHE } = await worker.env();
    const { value, metadata } = await CACHE.getWithMetadata(KEY("revoked"), "arrayBuffer");
    const old = { value: Buffer.from(value ?? new ArrayBuffer()).toString("base64"), metadata };
    await worker.fail({ kvOld: { [KEY("revoked")]: old } });
    expect((await poll("revoked", token)).status).toBe(200);
    expect((await worker.api(`/partners/revoked/tokens/${name}`, { method: "DELETE" })).status).toBe(200);
    expect((await poll("revoked", token)).status).toBe(401);
    expect((await poll("revoked", (await issue(worker, "revoked")).token)).status).toBe(200);
  });

  it("is served from KV while the partner's object can't be reached, unless the token is wrong or a change due", async () => {
    const { token } = await ready("alone");
    await worker.fail({ poll: "fail" });
    expect((await poll("alone", token)).status).toBe(200);
    expect((await poll("alone", "wr_wrong")).status).toBe(401);
    const { CACHE } = await worker.env();
    const { value, metadata } = await CACHE.getWithMetadata<object>(KEY("alone"), "arrayBuffer");
    await CACHE.put(KEY("alone"), value ?? "", { metadata: { ...metadata, nextChange: START } });
    expect((await poll("alone", token)).status).toBe(503);
  });

  it("of a copy that an older version of this code wrote has the object write it again", async () => {
    const { token } = await ready("older");
    const { CACHE } = await worker.env();
    const { value, metadata } = await CACHE.getWithMetadata<object>(KEY("older"), "arrayBuffer");
    const { access: _, ...without } = { access: undefined, ...metadata };
    await CACHE.put(KEY("older"), value ?? "", { metadata: without });
    const { PARTNERS } = await worker.env();
    const object = PARTNERS.getByName("partner/older") as unknown as { forget: () => Promise<void> };
    await object.forget().catch(() => undefined);
    expect((await poll("older", token)).status).toBe(200);
    await until("KV says who may read", async () => {
      const found = await CACHE.getWithMetadata<{ access?: object }>(KEY("older"), "stream");
      return found.metadata?.access !== undefined;
    });
  });
});
