// Attacks on the desk: other sites' pages, links and sessions, malformed stories, roles, races with pending publications.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, SITE_URL, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE, linkFor, startDesk } from "./desk.ts";

const ARTICLE = { headline: "Looked at", body: { html: "<p>As it was looked at.</p>" } };

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

async function create(article: unknown = ARTICLE, more = {}): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { article, ...more });
  expect(made.status).toBe(201);
  return ((await made.json()) as StoryAnswer).id;
}

const read = async (id: string): Promise<StoryAnswer> =>
  (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;

const page = (path: string, who = editor, init: RequestInit = {}) =>
  worker.fetch(path, {
    redirect: "manual",
    ...init,
    headers: { Cookie: who.cookie, ...FROM_HERE, ...(init.headers as object) },
  });

async function publishAndRead(id: string, revision: number): Promise<StoryAnswer> {
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision })).status).toBe(202);
  return until("it is out, or says why not", async () => {
    const story = await read(id);
    return story.due === null && story;
  });
}

describe("a browser that sends no Sec-Fetch-Site", () => {
  it.each([
    [SITE_URL, 201],
    ["null", 403],
    [SITE_URL.replace("https:", "http:"), 403],
    [`${SITE_URL}.evil.example`, 403],
  ])("is known by its Origin: %s", async (Origin, status) => {
    const answer = await worker.fetch("/api/stories", {
      method: "POST",
      headers: { Cookie: reporter.cookie, "Content-Type": "application/json", Origin },
      body: '{"article":{}}',
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    "/desk/stories",
    "/desk/sign-out",
    "/desk/sign-in/x",
    "/desk/stories/x/publish",
    "/desk/stories/x/undo",
    "/desk/stories/x/delete",
    "/desk/stories/x/unschedule",
    "/desk/stories/x/share",
    "/desk/stories/x/revisions/1",
  ])("%s: a form of another site does nothing", async (path) => {
    const headers = { Cookie: editor.cookie, "Content-Type": "application/x-www-form-urlencoded" };
    for (const more of [{}, { "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }])
      expect((await worker.fetch(path, { method: "POST", headers: { ...headers, ...more } })).status).toBe(
        403,
      );
    expect((await editor.ask("GET", "/stories")).status).toBe(200);
  });
});

describe("links and sessions", () => {
  it("a link used in two browsers at once signs in one of them", async () => {
    const path = await linkFor(worker, "Twice", "reporter");
    const use = () => worker.fetch(path, { method: "POST", headers: FROM_HERE, redirect: "manual" });
    const answers = await Promise.all([use(), use(), use()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410, 410]);
    const { DB } = await worker.env();
    const noted = await DB.prepare(
      "SELECT count(*) AS n FROM journal WHERE act = 'signed-in' AND by = 'Twice'",
    );
    expect(await noted.first("n")).toBe(1);
  });

  it("a new link invalidates the old one", async () => {
    const lost = await linkFor(worker, "Replaced", "admin");
    const next = await linkFor(worker, "Replaced", "admin");
    const use = async (path: string) =>
      (await worker.fetch(path, { method: "POST", headers: FROM_HERE, redirect: "manual" })).status;
    expect([await use(lost), await use(next)]).toEqual([410, 303]);
  });

  it("a link ends after a day, a session after twelve idle hours or a month", async () => {
    const path = await linkFor(worker, "Late", "reporter");
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE sign_in_links SET expires = '2020-01-01T00:00:00Z' WHERE person = (SELECT id FROM people WHERE name = 'Late')",
    ).run();
    expect((await worker.fetch(path, { method: "POST", headers: FROM_HERE })).status).toBe(410);
    for (const column of ["seen_at", "created_at"]) {
      const { ask } = await colleague(worker, `Asleep ${column}`, "reporter");
      expect((await ask("GET", "/stories")).status).toBe(200);
      await DB.prepare(
        `UPDATE sessions SET ${column} = '2020-01-01T00:00:00Z' WHERE person = (SELECT id FROM people WHERE name = ?)`,
      )
        .bind(`Asleep ${column}`)
        .run();
      expect((await ask("GET", "/stories")).status).toBe(401);
    }
  });

  it("a session loses the rights of a higher role at once when the role is lowered", async () => {
    const { ask } = await colleague(worker, "Lowered", "editor");
    const id = await create({ ...ARTICLE, headline: "Lowered" });
    await linkFor(worker, "Lowered", "reporter");
    expect((await ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(403);
  });
});

describe("a publication", () => {
  it("uses the address that the editor saw, though another was saved seconds later", async () => {
    const id = await create({ ...ARTICLE, headline: "Looked at" }, { slug: "looked-at" });
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE stories SET due = 1, due_at = '2020-01-01T00:00:00Z', due_by = 'Mara' WHERE id = ?",
    )
      .bind(id)
      .run();
    const moved = { slug: "somewhere-else", article: ARTICLE };
    expect((await reporter.ask("PUT", `/stories/${id}`, moved, { "If-Match": '"1"' })).status).toBe(200);
    await (await worker.env()).REBUILDS.send({ kind: "story", story: id });
    await until("it is out", async () => (await read(id)).live === 1);
    expect((await read(id)).slug).toBe("looked-at");
    expect((await worker.api("/articles/somewhere-else")).status).toBe(404);
    const first = (await (await editor.ask("GET", `/stories/${id}/revisions/1`)).json()) as StoryAnswer;
    expect(first.slug).toBe("looked-at");
  });

  it("never replaces an article from git or the API, even one with the same text", async () => {
    const at = "2024-10-24T09:00:00Z";
    const article = { headline: "Git's own", body: { html: "<p>The same.</p>" } };
    await worker.put("gits-own?home=git", { ...article, published: at });
    const id = await create(article, { slug: "gits-own" });
    const asked = { revision: 1, at };
    expect((await editor.ask("POST", `/stories/${id}/publish`, asked)).status).toBe(202);
    const story = await until("it says why not", async () => {
      const now = await read(id);
      return now.due === null && now;
    });
    expect([story.live, story.problems.length > 0]).toEqual([null, true]);
    expect((await worker.api("/articles/gits-own")).headers.get("Wireroom-Home")).toBe("git");
  });

  it("is refused if another story has the address", async () => {
    const first = await create({ ...ARTICLE, headline: "One address" });
    expect((await publishAndRead(first, 1)).live).toBe(1);
    const second = await create({ ...ARTICLE, headline: "One address", dek: "Another story." });
    expect((await publishAndRead(second, 1)).problems[0]?.message).toContain("is out already");
  });
});

describe("malformed stories", () => {
  const HOSTILE = `</script></textarea><img src=x onerror=alert(1)>"'><svg onload=alert(1)>`;

  it("run no script on the list, on their own page, in their history and preview, or in the form's answer", async () => {
    const id = await create({
      headline: HOSTILE,
      dek: HOSTILE,
      section: HOSTILE,
      tags: [HOSTILE],
      bylines: [HOSTILE],
    });
    const form = page(`/desk/stories/${id}/publish`, editor, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "revision=1",
    });
    const answers = [
      "/desk",
      ...["", "/revisions/1", "/preview", "/delete"].map((path) => `/desk/stories/${id}${path}`),
    ];
    for (const answer of [...answers.map((path) => page(path)), form]) {
      const html = await (await answer).text();
      expect(html).toContain("&lt;img src=x");
      expect(html).not.toMatch(/<img|<svg/);
    }
  });

  it.each([
    {
      headline: { toString: 1, valueOf: 1 },
      dek: [[]],
      bylines: "x",
      tags: { length: 3 },
      body: 7,
      images: null,
    },
    { headline: null, body: { html: { html: "x" } }, corrections: "none" },
  ])("are shown, whatever a program has sent: %j", async (article) => {
    const id = await create(article);
    for (const path of ["", "/revisions/1", "/preview"])
      expect((await page(`/desk/stories/${id}${path}`)).status, path).toBe(200);
    expect((await page("/desk")).status).toBe(200);
    expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(422);
  });

  it("are refused if they can't be stored", async () => {
    const deep = `{"article":{"body":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const send = (body: string) =>
      worker.fetch("/api/stories", {
        method: "POST",
        headers: { Cookie: reporter.cookie, ...FROM_HERE, "Content-Type": "application/json" },
        body,
      });
    expect((await send(deep)).status).toBe(422);
    expect((await send(`{"article":{"headline":"${"x".repeat(1_000_001)}"}}`)).status).toBe(413);
    expect((await send('{"article":{"__proto__":{"live":1}}}')).status).not.toBe(503);
  });
});

it("pages can't be framed, cached or indexed, and run only their own script", async () => {
  for (const answer of [
    await worker.fetch("/desk"),
    await page("/desk"),
    await worker.fetch("/desk/sign-in/x"),
  ]) {
    const { headers } = answer;
    expect(headers.get("Content-Security-Policy")).toMatch(
      /^default-src 'none'; script-src 'self'; .*form-action 'self'; frame-ancestors 'none'$/,
    );
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(await answer.text()).toContain('<meta name="robots" content="noindex"/>');
  }
});
