// The API for partners: what it stores, what it answers, and what it refuses.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/lib/digest.ts";
import type { PartnerReport, PartnerSummary } from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, until } from "../harness.ts";
import { issue, ledgerOnce, partner, policy, putPartner } from "./partners.ts";

interface Problem {
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

const summaryOf = async (response: Response) => (await response.json()) as PartnerSummary;
const report = async (id: string) => (await (await worker.api(`/partners/${id}`)).json()) as PartnerReport;
const markOf = async (id: string) =>
  (await worker.env()).DB.prepare("SELECT mark FROM feeds WHERE feed = ?")
    .bind(`partner/${id}`)
    .first<number>("mark");

async function problemOf(response: Response, status: number): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  return response.json();
}

describe("PUT /api/partners/{id}", () => {
  it("stores a policy, and says where its feed is", async () => {
    const response = await putPartner(worker, policy("acme"));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      ...{ id: "acme", name: "The acme", enabled: true, profile: "rss", access: "bearer", change: "created" },
      url: "https://wire.test/partners/acme/rss.xml",
      page: "https://wire.test/partners/acme/",
      ...{ items: 0, lastError: null, lastFetch: null, tokens: [], push: null },
    });
    expect(await markOf("acme")).toBeGreaterThan(0);
  });

  it("writes nothing for an equal policy, however it is written", async () => {
    const before = await markOf("acme");
    const { id, name, profile } = policy("acme");
    for (const body of [policy("acme"), { profile, name, id, delay: "0", enabled: true }]) {
      const response = await putPartner(worker, body);
      expect([response.status, (await summaryOf(response)).change]).toEqual([200, "unchanged"]);
    }
    expect(await markOf("acme")).toBe(before);
  });

  it("replaces one that differs, and has the feed built again", async () => {
    const before = await markOf("acme");
    const changed = policy("acme", {
      profile: "atom",
      access: "path",
      push: { url: "https://acme.test/hook" },
    });
    const response = await putPartner(worker, changed);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      ...{ change: "updated", push: "on" },
      url: "https://wire.test/partners/acme/{token}/atom.xml",
      page: "https://wire.test/partners/acme/{token}/",
    });
    expect(await markOf("acme")).not.toBe(before);
    expect((await putPartner(worker, policy("acme"))).status).toBe(200);
  });

  it("records who sent the stored policy, even if it is unchanged", async () => {
    const marks = new Set<number | null>();
    const put = async (query: string, name: string) => {
      const response = await worker.api(`/partners/shared${query}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(policy("shared", { name })),
      });
      const { change, home } = await summaryOf(response);
      return [change, home, marks.add(await markOf("shared")).size];
    };
    expect(await put("", "A")).toEqual(["created", "api", 1]);
    expect(await put("?home=git", "A")).toEqual(["unchanged", "git", 1]);
    expect(await put("", "A")).toEqual(["unchanged", "git", 1]);
    expect(await put("", "B")).toEqual(["updated", "api", 2]);
    expect(await put("?home=git", "A")).toEqual(["updated", "git", 3]);
    expect((await report("shared")).home).toBe("git");
    const { DB } = await worker.env();
    await DB.prepare("UPDATE partners SET home = NULL WHERE id = 'shared'").run();
    expect((await report("shared")).home).toBeNull();
    await worker.api("/partners/shared", { method: "DELETE" });
    const wrong = { method: "PUT", headers: { "Content-Type": "application/json" }, body: "{}" };
    const { errors } = await problemOf(await worker.api("/partners/shared?home=svn", wrong), 400);
    expect(errors?.map(({ path }) => path)).toEqual(["home"]);
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["another id than the address has", { id: "other" }, ["id"]],
    ["no id", { id: undefined }, ["id"]],
    [
      "every problem at once",
      { id: "other", colour: "red", profile: "fax", delay: "soon", limits: { items: 0 } },
      ["colour", "delay", "id", "limits.items", "profile"],
    ],
    ["a section that the site hasn't got", { select: { sections: ["sports"] } }, ["select.sections[0]"]],
  ])("refuses %s", async (_, changes, paths) => {
    const before = await report("acme");
    const problem = await problemOf(
      await putPartner(worker, policy("acme", changes) as { id: string }, "acme"),
      422,
    );
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual(paths);
    expect(await report("acme")).toEqual(before);
    expect((await worker.api("/partners/other")).status).toBe(404);
  });

  it.each([
    ["what is no JSON", "{", "application/json", 400],
    ["what is no UTF-8", new Uint8Array([0xff]), "application/json", 400],
    ["another type", "id: acme", "application/yaml", 415],
    ["a body without a type", new Uint8Array([0x7b, 0x7d]), undefined, 415],
    ["a list", "[]", "application/json", 422],
    ["nothing", "null", "application/json", 422],
    ["too long a body", " ".repeat(64_001), "application/json", 413],
  ])("refuses %s", async (_, body, type, status) => {
    const headers = type === undefined ? {} : { "Content-Type": type };
    await problemOf(await worker.api("/partners/acme", { method: "PUT", body, headers }), status);
  });
});

describe("GET", () => {
  it("lists all partners by their ids", async () => {
    await partner(worker, "zebra", { enabled: false });
    const list = (await (await worker.api("/partners")).json()) as readonly PartnerSummary[];
    expect(list.map(({ id, enabled }) => [id, enabled])).toEqual([
      ["acme", true],
      ["zebra", false],
    ]);
  });

  it("reports one, with its policy, its fetches, and what is in its feed", async () => {
    const { token, name } = await issue(worker, "acme");
    await worker.fetch("/partners/acme/rss.xml", { headers: { Authorization: `Bearer ${token}` } });
    const [row] = await ledgerOnce(worker, "acme", 1);
    const found = await report("acme");
    expect(found).toMatchObject({
      policy: { id: "acme", delay: "0", retraction: "30d" },
      lastFetch: { minute: row?.minute, status: 200 },
      days: [{ day: String(row?.minute).slice(0, 10), fetches: row?.fetches, bytes: row?.bytes }],
      tokens: [{ name }],
    });
    expect([found.included, found.leftOut].every(Array.isArray)).toBe(true);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it("is 404 for an unknown partner or article", async () => {
    await problemOf(await worker.api("/partners/nobody"), 404);
    const [partner, article] = ["/partners/nobody/articles/story", "/partners/acme/articles/nowhere"].map(
      async (path) => (await problemOf(await worker.api(path), 404)).detail,
    );
    expect(await partner).toBe("There is no such partner.");
    expect(await article).toBe("There is no such article.");
  });

  it("says where an article has moved to", async () => {
    await worker.put("old-pier", article());
    await worker.put("new-pier?from=old-pier", article());
    const { detail } = await problemOf(await worker.api("/partners/acme/articles/old-pier"), 404);
    expect(detail).toBe("This slug redirects to the article new-pier.");
  });
});

describe("tokens", () => {
  it("are shown once, with the way to send them, and stored as their hash", async () => {
    for (const [access, url, header] of [
      ["bearer", "/rss.xml", (token: string) => `Authorization: Bearer ${token}`],
      ["basic", "/rss.xml", (token: string) => `Authorization: Basic ${btoa(`with-basic:${token}`)}`],
      ["path", "/TOKEN/rss.xml", () => null],
    ] as const) {
      const id = `with-${access}`;
      await partner(worker, id, { access });
      const issued = await issue(worker, id);
      const hash = await sha256(issued.token);
      expect(issued).toEqual({
        name: hash.slice(0, 8),
        token: expect.stringMatching(/^wr_[A-Za-z0-9_-]{43}$/),
        url: `https://wire.test/partners/${id}${url.replace("TOKEN", issued.token)}`,
        header: header(issued.token),
      });
      const { DB } = await worker.env();
      const sql = "SELECT hash FROM partner_tokens WHERE partner = ?";
      expect(await DB.prepare(sql).bind(id).first("hash")).toBe(hash);
      expect((await report(id)).tokens).toEqual([
        { name: issued.name, madeAt: expect.stringMatching(/Z$/), usedAt: null },
      ]);
    }
  });

  it("are two at most, and none for an unknown partner", async () => {
    await partner(worker, "two");
    const names = [await issue(worker, "two"), await issue(worker, "two")].map(({ name }) => name);
    const problem = await problemOf(await worker.api("/partners/two/tokens", { method: "POST" }), 409);
    expect(problem.detail).toMatch(/revoke one first/);
    expect((await report("two")).tokens.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    await problemOf(await worker.api("/partners/nobody/tokens", { method: "POST" }), 404);
  });

  it("are never more than two, however many are asked for at once", async () => {
    await partner(worker, "racing");
    const asked = Array.from({ length: 6 }, () => worker.api("/partners/racing/tokens", { method: "POST" }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 201, 409, 409, 409, 409]);
  });

  it("are revoked by their names, once, and by their own partner's address alone", async () => {
    const [{ name } = { name: "" }] = (await report("two")).tokens;
    const revoke = (id: string, token: string) =>
      worker.api(`/partners/${id}/tokens/${token}`, { method: "DELETE" });
    await problemOf(await revoke("acme", name), 404);
    expect(await (await revoke("two", name)).json()).toEqual({ name, status: "revoked" });
    await problemOf(await revoke("two", name), 404);
    expect((await report("two")).tokens).toHaveLength(1);
  });
});

it("DELETE removes a partner and all its data, in KV too", async () => {
  const removed = await worker.api("/partners/acme", { method: "DELETE" });
  expect(await removed.json()).toEqual({ id: "acme", status: "removed" });
  await problemOf(await worker.api("/partners/acme", { method: "DELETE" }), 404);
  await problemOf(await worker.api("/partners/acme"), 404);
  const { DB, CACHE } = await worker.env();
  for (const table of [
    "partner_tokens",
    "partner_fetches",
    "partner_items",
    "partner_versions",
    "webhooks",
  ]) {
    const sql = `SELECT count(*) AS n FROM ${table} WHERE partner = 'acme'`;
    expect([table, await DB.prepare(sql).first<number>("n")]).toEqual([table, 0]);
  }
  await until("its document has gone from KV", async () => {
    const { keys } = await CACHE.list({ prefix: "feed:partner/acme:" });
    return keys.length === 0;
  });
  await worker.settled();
});

it("a new partner with an old id reuses no version, and has none of the old data", async () => {
  const { DB } = await worker.env();
  const versionOf = () =>
    DB.prepare("SELECT version FROM feeds WHERE feed = 'partner/back'").first<number>("version");
  await partner(worker, "back", { profile: "json" });
  await worker.settled();
  const before = await versionOf();
  expect(before).toBeGreaterThan(0);
  await worker.api("/partners/back", { method: "DELETE" });
  await partner(worker, "back", { profile: "rss" });
  await worker.settled();
  expect(await versionOf()).toBeGreaterThan(before ?? 0);
  const { token } = await issue(worker, "back");
  const answer = await worker.fetch("/partners/back/rss.xml", {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(await answer.text()).toContain("<rss");
});

it("every call needs the publishing token", async () => {
  for (const [method, path] of [
    ...[["GET", ""] as const, ["GET", "/zebra"] as const, ["PUT", "/zebra"] as const],
    ...[["POST", "/zebra/tokens"] as const, ["DELETE", "/zebra"] as const, ["GET", "/nobody"] as const],
  ]) {
    const response = await worker.api(`/partners${path}`, { method }, "wrong");
    expect([method, path, response.status]).toEqual([method, path, 401]);
  }
});
