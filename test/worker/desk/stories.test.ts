// Stories over the API: no save is lost, only the named revision is published, and a publication can be undone.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE, linkFor, startDesk } from "./desk.ts";

const ARTICLE = {
  headline: "The ferry is back",
  bylines: ["david-choi"],
  body: { html: "<p>It sails again.</p>" },
};

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

async function create(article: unknown = ARTICLE, who = reporter): Promise<string> {
  const made = await who.ask("POST", "/stories", { article });
  expect(made.status).toBe(201);
  expect(made.headers.get("ETag")).toBe('"1"');
  return ((await made.json()) as StoryAnswer).id;
}

const read = async (id: string): Promise<StoryAnswer> =>
  (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;

const save = (who: Colleague, id: string, head: number, article: unknown) =>
  who.ask("PUT", `/stories/${id}`, { article }, { "If-Match": `"${head}"` });

const outcome = (id: string) =>
  until("the story is out, or says why not", async () => {
    const story = await read(id);
    return story.due === null && story;
  });

describe("a save", () => {
  it("adds a revision, and every one can be read again", async () => {
    const id = await create();
    const saved = await save(reporter, id, 1, { ...ARTICLE, dek: "After a year." });
    expect([saved.status, saved.headers.get("ETag")]).toEqual([200, '"2"']);
    expect((await read(id)).article).toEqual({ ...ARTICLE, dek: "After a year." });
    const first = (await (await editor.ask("GET", `/stories/${id}/revisions/1`)).json()) as StoryAnswer;
    expect(first.article).toEqual(ARTICLE);
    const { revisions } = (await (await editor.ask("GET", `/stories/${id}/revisions`)).json()) as {
      readonly revisions: readonly unknown[];
    };
    expect(revisions).toMatchObject([
      { number: 2, by: "Tomas" },
      { number: 1, by: "Tomas" },
    ]);
  });

  it("based on an older revision is refused with the other author's name, and loses neither text", async () => {
    const id = await create();
    expect((await save(editor, id, 1, { ...ARTICLE, dek: "Mara's" })).status).toBe(200);
    const late = await save(reporter, id, 1, { ...ARTICLE, dek: "Tomas's" });
    expect([late.status, late.headers.get("ETag")]).toEqual([412, '"2"']);
    expect(await late.text()).toContain("by Mara");
    expect((await read(id)).article.dek).toBe("Mara's");
    expect((await save(reporter, id, 2, { ...ARTICLE, dek: "Tomas's" })).status).toBe(200);
  });

  it("that is sent again after its answer was lost is the same as one", async () => {
    const id = await create();
    const article = { ...ARTICLE, dek: "Once." };
    expect((await save(reporter, id, 1, article)).status).toBe(200);
    const again = await save(reporter, id, 1, article);
    expect([again.status, again.headers.get("ETag")]).toEqual([200, '"2"']);
    expect((await read(id)).revision).toBe(2);
  });

  it("at once by two people gives one of them the next revision, and the other a 412", async () => {
    const id = await create();
    const answers = await Promise.all([
      save(reporter, id, 1, { ...ARTICLE, dek: "A" }),
      save(editor, id, 1, { ...ARTICLE, dek: "B" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  it("accepts an unfinished article, and refuses what isn't a story", async () => {
    const id = await create({});
    expect((await save(reporter, id, 1, { headline: "" })).status).toBe(200);
    expect((await save(reporter, id, 2, { hedline: "x" })).status).toBe(422);
    expect((await reporter.ask("PUT", `/stories/${id}`, { article: {} })).status).toBe(428);
    expect((await save(reporter, "not-there", 1, {})).status).toBe(404);
    expect((await reporter.ask("POST", "/stories", [])).status).toBe(422);
  });
});

describe("publishing", () => {
  it("publishes the named revision, and then its changes", async () => {
    const id = await create();
    const asked = await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    expect(asked.status).toBe(202);
    expect(await outcome(id)).toMatchObject({ slug: "the-ferry-is-back", live: 1, problems: [] });
    const stored = (await (await worker.api("/articles/the-ferry-is-back")).json()) as Record<string, string>;
    expect(stored.headline).toBe(ARTICLE.headline);
    expect(await worker.document("rss")).toContain("It sails again.");

    const changed = {
      ...ARTICLE,
      headline: "The ferry is back again",
      body: { html: "<p>It sails hourly.</p>" },
    };
    expect((await save(reporter, id, 1, changed)).status).toBe(200);
    expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 2 })).status).toBe(202);
    expect(await outcome(id)).toMatchObject({
      live: 2,
      slug: "the-ferry-is-back",
      problems: [],
      published: stored.published,
    });
    const moved = await reporter.ask(
      "PUT",
      `/stories/${id}`,
      { slug: "other", article: changed },
      { "If-Match": '"2"' },
    );
    expect([moved.status, (await moved.text()).includes("stays the-ferry-is-back")]).toEqual([422, true]);
    expect(await worker.document("rss")).toContain("It sails hourly.");
  });

  it("must name the newest revision", async () => {
    const id = await create({ ...ARTICLE, headline: "Another" });
    await save(reporter, id, 1, { ...ARTICLE, headline: "Another", dek: "Newer." });
    const stale = await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    expect([stale.status, stale.headers.get("ETag")]).toEqual([409, '"2"']);
    expect((await read(id)).due).toBe(null);
  });

  it("is refused at once with the article's problems", async () => {
    const id = await create({ dek: "No headline." });
    const refused = await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { readonly errors: readonly { readonly path: string }[] };
    expect(errors.map(({ path }) => path).toSorted()).toEqual(["body", "headline"]);
  });

  it("doesn't overwrite an article that came another way", async () => {
    const other = { headline: "Taken", published: "2024-10-24T09:00:00Z", body: { html: "<p>By API.</p>" } };
    await worker.put("taken", other);
    const id = await create({ ...ARTICLE, headline: "Taken" });
    await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    const story = await outcome(id);
    expect(story.live).toBe(null);
    expect(story.problems[0]).toMatchObject({
      path: "slug",
      message: expect.stringContaining("not at the desk"),
    });
    expect(await (await worker.api("/articles/taken")).text()).toContain("By API.");
  });

  it("is taken up by cron where its message is lost", async () => {
    const id = await create({ ...ARTICLE, headline: "Found by cron" });
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE stories SET due = 1, due_at = '2020-01-01T00:00:00Z', due_by = 'Mara' WHERE id = ?",
    )
      .bind(id)
      .run();
    await worker.scheduled();
    expect(await outcome(id)).toMatchObject({ live: 1, slug: "found-by-cron" });
  });

  it("that was stored, but not recorded, is recorded by the next attempt", async () => {
    const id = await create({ ...ARTICLE, headline: "Twice" });
    await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    const { live } = await outcome(id);
    expect(live).toBe(1);
    const { DB } = await worker.env();
    await DB.prepare(
      `UPDATE stories SET live = NULL, live_version = NULL, published = NULL, due = 1, due_claimed = 1,
         due_at = (SELECT sent_at FROM articles WHERE slug = 'twice'), due_by = 'Mara' WHERE id = ?`,
    )
      .bind(id)
      .run();
    await DB.prepare(
      "UPDATE stories SET due_at = (SELECT published FROM articles WHERE slug = 'twice') WHERE id = ?",
    )
      .bind(id)
      .run();
    await (await worker.env()).REBUILDS.send({ kind: "story", story: id });
    expect(await outcome(id)).toMatchObject({ live: 1, problems: [] });
  });
});

it("can be undone within the stated time, and no longer", async () => {
  const { worker: slow, editor: mara } = await startDesk("600");
  try {
    const made = (await (await mara.ask("POST", "/stories", { article: ARTICLE })).json()) as StoryAnswer;
    const path = `/stories/${made.id}/publish`;
    expect((await mara.ask("POST", path, { revision: 1 })).status).toBe(202);
    expect((await mara.ask("DELETE", path)).status).toBe(200);
    expect((await mara.ask("DELETE", path)).status).toBe(409);
    const story = (await (await mara.ask("GET", `/stories/${made.id}`)).json()) as StoryAnswer;
    expect([story.due, story.live]).toEqual([null, null]);
  } finally {
    await slow.close();
  }
});

describe("access", () => {
  it("needs a session or the token, and is refused from another site's page", async () => {
    expect((await worker.fetch("/api/stories")).status).toBe(401);
    expect((await worker.api("/stories", {}, "wrong")).status).toBe(401);
    const cookie = { Cookie: reporter.cookie };
    const json = { "Content-Type": "application/json" };
    const send = (headers: Record<string, string>) =>
      worker.fetch("/api/stories", {
        method: "POST",
        headers: { ...cookie, ...json, ...headers },
        body: '{"article":{}}',
      });
    expect((await send({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await send({ "Sec-Fetch-Site": "same-site" })).status).toBe(403);
    expect((await send({ Origin: "https://evil.example" })).status).toBe(403);
    expect((await send({})).status).toBe(403);
    expect((await send(FROM_HERE)).status).toBe(201);
  });

  it("is given by a link once", async () => {
    const path = await linkFor(worker, "Ada", "admin");
    const use = () => worker.fetch(path, { method: "POST", headers: FROM_HERE, redirect: "manual" });
    // A GET of the link doesn't use it up.
    expect((await worker.fetch(path)).status).toBe(200);
    const signedIn = await use();
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.get("Set-Cookie")).toMatch(
      /^__Host-wireroom-desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure$/,
    );
    expect((await use()).status).toBe(410);
    expect((await worker.fetch("/desk/sign-in/guessed", { method: "POST", headers: FROM_HERE })).status).toBe(
      410,
    );
  });

  it("ends with signing out, for a copied cookie too", async () => {
    const { cookie, ask } = await colleague(worker, "Guest", "reporter");
    expect((await ask("GET", "/stories")).status).toBe(200);
    const headers = { Cookie: cookie, ...FROM_HERE };
    await worker.fetch("/desk/sign-out", { method: "POST", headers, redirect: "manual" });
    expect((await ask("GET", "/stories")).status).toBe(401);
  });

  it("stores no secret in readable form", async () => {
    const { DB } = await worker.env();
    const rows = await DB.prepare("SELECT hash FROM sessions UNION ALL SELECT hash FROM sign_in_links").all<{
      hash: string;
    }>();
    expect(rows.results.length).toBeGreaterThan(0);
    expect(rows.results.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
    expect(rows.results.map(({ hash }) => hash)).not.toContain(reporter.cookie.split("=")[1]);
  });

  it("lets a reporter write, and neither publish nor undo nor invite", async () => {
    const id = await create();
    const path = `/stories/${id}/publish`;
    expect((await reporter.ask("POST", path, { revision: 1 })).status).toBe(403);
    expect((await reporter.ask("DELETE", path)).status).toBe(403);
    expect((await reporter.ask("POST", "/people", { name: "Eve", role: "admin" })).status).toBe(403);
    expect((await editor.ask("POST", "/people", { name: "Eve", role: "admin" })).status).toBe(403);
    // A session opens no route that is the token's.
    expect((await editor.ask("PUT", "/articles/by-session", ARTICLE)).status).toBe(401);
    const form = await worker.fetch(`/desk/stories/${id}/publish`, {
      method: "POST",
      headers: { Cookie: reporter.cookie, ...FROM_HERE },
      body: new URLSearchParams({ revision: "1" }),
    });
    expect(form.status).toBe(403);
  });
});
