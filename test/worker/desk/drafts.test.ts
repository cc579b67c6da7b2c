// Drafts: an empty one is offered again, and stands apart; one that was never published can be deleted.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, TOKEN, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE, startDesk } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const ARTICLE = {
  headline: "The ferry is back",
  bylines: ["david-choi"],
  body: { html: "<p>It sails.</p>" },
};

async function create(who: Colleague, sent: object = ARTICLE): Promise<string> {
  const made = await who.ask("POST", "/stories", { article: sent });
  expect(made.status).toBe(201);
  return ((await made.json()) as StoryAnswer).id;
}
const remove = (who: Colleague, id: string, head = 1, headers = {}) =>
  who.ask("DELETE", `/stories/${id}`, undefined, { "If-Match": `"${head}"`, ...headers });
const post = (who: Colleague, path: string, fields: Readonly<Record<string, string>> = {}) =>
  worker.fetch(`/desk/${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: who.cookie, ...FROM_HERE, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });
const look = async (path: string, who: Colleague) =>
  (await worker.fetch(`/desk${path}`, { headers: { Cookie: who.cookie } })).text();
const idOf = (answer: Response): string =>
  /stories\/([^?]+)/.exec(answer.headers.get("Location") ?? "")?.[1] ?? "";
const listed = async (who: Colleague, query = ""): Promise<readonly string[]> => {
  const { stories } = (await (await who.ask("GET", `/stories${query}`)).json()) as {
    readonly stories: readonly StoryAnswer[];
  };
  return stories.map(({ id }) => id);
};
/** How many rows each table has of a story. */
async function rowsOf(id: string): Promise<Readonly<Record<string, number>>> {
  const { DB } = await worker.env();
  const tables = ["revisions", "story_rows", "story_media", "preview_links", "presence"];
  const counts = await Promise.all(
    tables.map((table) =>
      DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE story = ?`).bind(id).first<number>("n"),
    ),
  );
  return Object.fromEntries(tables.map((table, index) => [table, counts[index] ?? -1]));
}

describe("the list", () => {
  it("says where the articles are while the desk has no story", async () => {
    expect(await look("", editor)).not.toContain('<a href="/desk/articles">Look at them');
    await worker.put("from-git?home=git", article({}));
    const page = await look("", editor);
    expect(page).toContain("No story was written at the desk yet.");
    expect(page).toContain('<a href="/desk/articles">Look at them');
    expect(await look("?show=live", editor)).not.toContain("Look at them");
  });
});

describe("an empty story", () => {
  it("is offered to its author again, and has a separate list", async () => {
    const ines = await colleague(worker, "Ines", "reporter");
    const first = idOf(await post(ines, "stories"));
    expect(idOf(await post(ines, "stories"))).toBe(first);
    expect(idOf(await post(reporter, "stories"))).not.toBe(first);
    for (const query of ["", "?show=drafts", "?show=mine"])
      expect(await listed(ines, query)).not.toContain(first);
    expect(await listed(ines, "?show=untyped")).toContain(first);
    await ines.ask("PUT", `/stories/${first}`, { article: { dek: "A word." } }, { "If-Match": '"1"' });
    expect(await listed(ines, "?show=untyped")).not.toContain(first);
    expect(await listed(ines)).toContain(first);
    expect(idOf(await post(ines, "stories"))).not.toBe(first);
  });

  it("is another one while a browser has the first one open", async () => {
    const bo = await colleague(worker, "Bo", "reporter");
    const first = idOf(await post(bo, "stories"));
    await bo.ask("PUT", `/stories/${first}/presence`);
    expect(idOf(await post(bo, "stories"))).not.toBe(first);
  });
});

describe("deleting a draft", () => {
  it("takes its revisions, search words, links and pictures with it, and is in the journal", async () => {
    const id = await create(reporter, { ...ARTICLE, headline: "Gone for good" });
    const other = await create(reporter, { ...ARTICLE, headline: "Gone otherwise" });
    await editor.ask("POST", `/stories/${id}/preview-links`, { revision: 1 });
    await reporter.ask("PUT", `/stories/${id}/presence`);
    expect(await listed(reporter, "?q=gone")).toEqual(expect.arrayContaining([id, other]));
    expect(await rowsOf(id)).toMatchObject({ revisions: 1, story_rows: 1, preview_links: 1, presence: 1 });
    expect((await remove(editor, id)).status).toBe(200);
    expect(new Set(Object.values(await rowsOf(id)))).toEqual(new Set([0]));
    expect(await listed(reporter, "?q=gone")).toEqual([other]);
    expect(await rowsOf(other)).toMatchObject({ revisions: 1, story_rows: 1 });
    expect((await remove(editor, id)).status).toBe(404);
    const save = await reporter.ask("PUT", `/stories/${id}`, { article: ARTICLE }, { "If-Match": '"1"' });
    expect(save.status).toBe(404);
    const journal = await look(`/journal?story=${id}`, editor);
    expect(journal).toContain("Mara</bdi> deleted the draft <bdi>Gone for good</bdi>");
    expect(journal).toContain("made the story <i>a story that was deleted</i>");
  });

  it("is allowed to editors and its author, and not from another site's page", async () => {
    const own = await create(reporter);
    const another = await colleague(worker, "Another", "reporter");
    expect((await remove(another, own)).status).toBe(403);
    expect((await remove(reporter, own, 1, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await remove({ ...reporter, ask: another.ask }, own)).status).toBe(403);
    expect((await worker.fetch(`/api/stories/${own}`, { method: "DELETE" })).status).toBe(401);
    expect((await remove(reporter, own)).status).toBe(200);
    const byProgram = await create(reporter);
    const answer = await worker.fetch(`/api/stories/${byProgram}`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${TOKEN}`, "If-Match": '"1"' },
    });
    expect(answer.status).toBe(200);
  });

  it("is refused if there is a newer revision than the one seen", async () => {
    const id = await create(reporter);
    const save = await editor.ask("PUT", `/stories/${id}`, { article: ARTICLE }, { "If-Match": '"1"' });
    expect(save.status).toBe(200);
    expect((await remove(reporter, id)).status).toBe(412);
    expect((await reporter.ask("DELETE", `/stories/${id}`)).status).toBe(428);
    const late = await post(reporter, `stories/${id}/delete`, { head: "1" });
    expect([late.status, (await late.text()).includes('name="head" value="2"')]).toEqual([409, true]);
    expect(await rowsOf(id)).toMatchObject({ revisions: 2 });
  });

  it("is refused for a story that was published, is scheduled, or is about to be published", async () => {
    const { DB } = await worker.env();
    const out = await create(reporter, { ...ARTICLE, headline: "It was out" });
    expect((await editor.ask("POST", `/stories/${out}/publish`, { revision: 1 })).status).toBe(202);
    await until("it is out", async () => {
      const story = (await (await editor.ask("GET", `/stories/${out}`)).json()) as StoryAnswer;
      return story.live === 1;
    });
    expect((await remove(editor, out)).status).toBe(409);
    expect((await editor.ask("POST", `/stories/${out}/withdraw`, {})).status).toBe(200);
    expect((await remove(editor, out)).status).toBe(409);
    expect(await look(`/stories/${out}`, editor)).not.toContain("Delete this draft");
    const due = await create(reporter);
    await DB.prepare("UPDATE stories SET due = 1, due_at = '2999-01-01T00:00:00Z' WHERE id = ?")
      .bind(due)
      .run();
    expect((await remove(editor, due)).status).toBe(409);
    const form = await post(editor, `stories/${due}/delete`, { head: "1" });
    expect([form.status, (await form.text()).includes("it can&#39;t be deleted")]).toEqual([409, true]);
    expect(await rowsOf(due)).toMatchObject({ revisions: 1 });
  });

  it("asks first on a page without script, and the list says that it was done", async () => {
    const id = await create(reporter, { headline: "Asked <b>first</b>" });
    expect(await look(`/stories/${id}`, reporter)).toContain(`href="/desk/stories/${id}/delete"`);
    const page = await look(`/stories/${id}/delete`, reporter);
    expect(page).toContain("This can&#39;t be undone.");
    expect(page).toContain("Delete: Asked &lt;b&gt;first&lt;/b&gt;");
    const another = await colleague(worker, "Onlooker", "reporter");
    expect(await look(`/stories/${id}/delete`, another)).toContain("Only who made this draft");
    const done = await post(reporter, `stories/${id}/delete`, { head: "1" });
    expect([done.status, done.headers.get("Location")]).toEqual([303, "/desk?done=deleted"]);
    expect(await look("?done=deleted", reporter)).toMatch(/role="status"[^>]*><p>The draft was deleted\./);
    expect((await worker.fetch(`/desk/stories/${id}`, { headers: { Cookie: reporter.cookie } })).status).toBe(
      404,
    );
  });
});
