// Partners through the API: which role may make each call, from which site; the home of a policy; the journal.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import document from "../../../src/api/openapi.json" with { type: "json" };
import type { PartnerSummary } from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { issue, partner, policy } from "../partners/partners.ts";
import { type Colleague, colleague } from "./desk.ts";

const ROLES = ["reporter", "editor", "admin"] as const;
type Role = (typeof ROLES)[number];

let worker: RunningWorker;
let people: Readonly<Record<Role, Colleague>>;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "w".repeat(40) } });
  const [reporter, editor, admin] = await Promise.all(ROLES.map((role) => colleague(worker, role, role)));
  if (!reporter || !editor || !admin) throw new Error("nobody is there");
  people = { reporter, editor, admin };
  await worker.put("there", article({ headline: "There" }));
  await partner(worker, "there", { push: { url: "https://partner.example/hook" } });
});
afterAll(() => worker?.close());

/** Each call about partners, and the least role that may make it. */
const CALLS: readonly (readonly [method: string, path: string, least: Role])[] = [
  ["GET", "/api/partners", "reporter"],
  ["PUT", "/api/partners/{id}", "editor"],
  ["GET", "/api/partners/{id}", "editor"],
  ["DELETE", "/api/partners/{id}", "admin"],
  ["GET", "/api/partners/{id}/articles/{slug}", "editor"],
  ["POST", "/api/partners/{id}/trial", "editor"],
  ["GET", "/api/gaps", "reporter"],
  ["POST", "/api/partners/{id}/tokens", "admin"],
  ["DELETE", "/api/partners/{id}/tokens/{name}", "admin"],
  ["GET", "/api/deliveries", "reporter"],
  ["POST", "/api/deliveries/{id}/retry", "editor"],
  ["GET", "/api/partners/{id}/webhook", "admin"],
  ["POST", "/api/partners/{id}/webhook", "admin"],
  ["POST", "/api/partners/{id}/webhook/on", "admin"],
];

it("tests every call about partners in the OpenAPI document, which allows a session for each", () => {
  const documented = Object.entries(document.paths)
    .filter(([path]) => /^\/api\/(?:partners|deliveries|gaps)/.test(path))
    .flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => method !== "parameters")
        .map(([method, operation]) => {
          expect(operation, `${method} ${path}`).toMatchObject({
            security: [{ bearer: [] }, { session: [] }],
          });
          return `${method.toUpperCase()} ${path}`;
        }),
    );
  expect(documented.toSorted()).toEqual(CALLS.map(([method, path]) => `${method} ${path}`).toSorted());
});

describe.each(CALLS)("%s %s", (method, path, least) => {
  // A partner, a delivery or a token that isn't there: whoever is let in gets a 404, and nothing is changed by others.
  const filled = path
    .replace("{id}", path.includes("deliveries") ? "404" : "not-there")
    .replace("{slug}", "there")
    .replace("{name}", "00000000");
  const hasBody = method === "PUT" || path.endsWith("/trial");
  const send = (headers: Readonly<Record<string, string>>) =>
    worker.fetch(filled, {
      method,
      headers: { ...(hasBody ? { "Content-Type": "application/json" } : {}), ...headers },
      ...(hasBody ? { body: "{}" } : {}),
    });
  const letIn = path.includes("{") ? (hasBody ? 422 : 404) : 200;
  const isSafe = method === "GET";

  it.each(ROLES)("refuses lower roles than it needs: %s", async (role) => {
    const answer = await send({ Cookie: people[role].cookie, "Sec-Fetch-Site": "same-origin" });
    const expected = ROLES.indexOf(role) >= ROLES.indexOf(least) ? letIn : 403;
    expect(answer.status).toBe(expected);
  });

  it.each([
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "none" },
    { Origin: "https://evil.example" },
    { Origin: "null" },
    {},
  ])("refuses what another site's page sends with an admin's session: %j", async (headers) => {
    const answer = await send({ Cookie: people.admin.cookie, ...(headers as Record<string, string>) });
    expect(answer.status).toBe(isSafe ? letIn : 403);
  });

  it("is closed without a session or token, and open to the token from anywhere", async () => {
    expect((await send({})).status).toBe(401);
    expect((await send({ Cookie: "__Host-wireroom-desk=guessed" })).status).toBe(401);
    expect((await send({ Authorization: "Bearer wrong", Cookie: people.admin.cookie })).status).toBe(401);
    expect((await send({ Authorization: `Bearer ${TOKEN}`, "Sec-Fetch-Site": "cross-site" })).status).toBe(
      letIn,
    );
  });
});

describe("whose policy it is", () => {
  const send = (id: string, changes: object, query = "", headers: Record<string, string> = {}) =>
    worker.api(`/partners/${id}${query}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(policy(id, changes as Record<string, unknown>)),
    });
  const read = async (id: string) => {
    const answer = await people.editor.ask("GET", `/partners/${id}`);
    return { etag: answer.headers.get("ETag") ?? "", summary: (await answer.json()) as PartnerSummary };
  };

  it("a policy that a person sends has the desk as home, whatever home is named", async () => {
    const made = await people.editor.ask("PUT", "/partners/desks?home=git", policy("desks"));
    expect([made.status, ((await made.json()) as PartnerSummary).home]).toEqual([201, "desk"]);
  });

  it("git's is read-only at the desk, and the desk's is to git", async () => {
    expect((await send("gits", {}, "?home=git")).status).toBe(201);
    const refused = await people.admin.ask("PUT", "/partners/gits", policy("gits", { delay: "15m" }));
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining("content/partners/"),
    ]);
    await people.editor.ask("PUT", "/partners/written", policy("written", { delay: "15m" }));
    const fromGit = await send("written", {}, "?home=git");
    expect([fromGit.status, await fromGit.text()]).toEqual([
      409,
      expect.stringContaining("wireroom partner pull"),
    ]);
    expect((await read("written")).summary).toMatchObject({ home: "desk" });
    // Git has the desk's policy by now: it may go on from there.
    expect((await send("written", { delay: "15m" }, "?home=git")).status).toBe(200);
    expect((await read("written")).summary).toMatchObject({ home: "git" });
    expect((await send("written", {}, "?home=git")).status).toBe(200);
  });

  it("the desk's is replaced by a program that has read it, or that takes it over by name", async () => {
    await people.editor.ask("PUT", "/partners/watched", policy("watched", { delay: "15m" }));
    const unread = await send("watched", { delay: "1h" });
    expect([unread.status, await unread.text()]).toEqual([409, expect.stringContaining("If-Match")]);
    const { etag, summary } = await read("watched");
    expect(summary).toMatchObject({ home: "desk" });
    // What is stored already needs no permission, and changes no home.
    expect((await send("watched", { delay: "15m" })).status).toBe(200);
    expect((await read("watched")).summary).toMatchObject({ home: "desk" });
    expect((await send("watched", { delay: "1h" }, "", { "If-Match": etag })).status).toBe(200);
    expect((await read("watched")).summary).toMatchObject({ home: "api" });

    await people.editor.ask("PUT", "/partners/watched", policy("watched", { delay: "2h" }));
    expect((await send("watched", { delay: "3h" }, "", { "If-Match": etag })).status).toBe(412);
    expect((await send("watched", { delay: "3h" }, "?home=api")).status).toBe(200);
    expect((await read("watched")).summary).toMatchObject({ home: "api" });
  });

  it("of two people who change one policy, the second is told", async () => {
    await people.editor.ask("PUT", "/partners/raced", policy("raced"));
    const { etag } = await read("raced");
    const both = await Promise.all(
      ["1h", "2h"].map((delay) =>
        people.editor.ask("PUT", "/partners/raced", policy("raced", { delay }), { "If-Match": etag }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const anew = { "If-None-Match": "*" };
    expect((await people.editor.ask("PUT", "/partners/raced", policy("raced"), anew)).status).toBe(412);
    expect((await people.editor.ask("PUT", "/partners/first", policy("first"), anew)).status).toBe(201);
    const odd = { "If-Match": "*" };
    expect((await people.editor.ask("PUT", "/partners/raced", policy("raced"), odd)).status).toBe(400);
  });
});

describe("the journal", () => {
  const acts = async (id: string) => {
    const { DB } = await worker.env();
    const rows = DB.prepare("SELECT act, by FROM journal WHERE partner = ? ORDER BY id").bind(id);
    return (await rows.all<{ act: string; by: string }>()).results.map(({ act, by }) => `${act} ${by}`);
  };

  it("has who changed a policy, made or revoked a token, made a secret, enabled a webhook, removed a partner", async () => {
    const { editor, admin } = people;
    const pushed = policy("noted", { push: { url: "https://partner.example/hook" } });
    await editor.ask("PUT", "/partners/noted", pushed);
    await editor.ask("PUT", "/partners/noted", pushed);
    const token = (await (await admin.ask("POST", "/partners/noted/tokens")).json()) as { name: string };
    await admin.ask("DELETE", `/partners/noted/tokens/${token.name}`);
    await admin.ask("DELETE", `/partners/noted/tokens/${token.name}`);
    await admin.ask("POST", "/partners/noted/webhook");
    await admin.ask("POST", "/partners/noted/webhook/on");
    await worker.api("/partners/noted?by=Ops", { method: "DELETE" });
    expect(await acts("noted")).toEqual([
      "policy editor",
      "token-made admin",
      "token-revoked admin",
      "secret-made admin",
      "webhook-on admin",
      "removed Ops",
    ]);
  });

  it("has who sent a webhook again, and nothing for one that isn't there", async () => {
    const { DB } = await worker.env();
    await DB.prepare(
      `INSERT INTO webhooks (id, partner, article_id, version, event, url, at, since) VALUES
       (900, 'there', 'x', 1, 'article.published', 'https://x.test/', '2024-10-24T09:00:00Z', '2024-10-24T09:00:00Z')`,
    ).run();
    expect((await people.editor.ask("POST", "/deliveries/900/retry")).status).toBe(200);
    expect((await people.editor.ask("POST", "/deliveries/901/retry")).status).toBe(404);
    expect((await acts("there")).filter((act) => act.startsWith("sent-again"))).toEqual([
      "sent-again editor",
    ]);
  });
});

it("a token's last use is the minute of the last fetch with it, also where two are in use", async () => {
  await partner(worker, "used");
  const tokens = [await issue(worker, "used"), await issue(worker, "used")];
  const list = async () =>
    ((await (await people.reporter.ask("GET", "/partners")).json()) as PartnerSummary[]).find(
      ({ id }) => id === "used",
    )?.tokens ?? [];
  expect((await list()).map(({ usedAt }) => usedAt)).toEqual([null, null]);
  const fetchWith = async (token: string) => {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await worker.fetch("/partners/used/rss.xml", { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  expect(await fetchWith(tokens[1]?.token ?? "")).toBe(200);
  expect(await fetchWith("wr_wrong")).toBe(401);
  const used = await until("its use is noted", async () => {
    const now = await list();
    return now.some(({ usedAt }) => usedAt !== null) && now;
  });
  expect(used.map(({ name, usedAt }) => [name, usedAt !== null]).toSorted()).toEqual(
    [
      [tokens[0]?.name, false],
      [tokens[1]?.name, true],
    ].toSorted(),
  );
});
