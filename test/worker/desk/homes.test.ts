// Where an article is edited: the desk shows what git and the API send, takes it over with its text, and gives it back.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ArticleSummary } from "../../../src/api/answers.ts";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, until } from "../harness.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const HTML = `<h2>Why</h2><p>It sails <em>again</em>.</p><table><tbody><tr><td>9:00</td></tr></tbody></table>`;

/** An article that git sent. */
async function fromGit(slug: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const sent = article({ headline: `From git: ${slug}`, body: { html: HTML }, ...changes });
  const stored = await worker.put(`${slug}?home=git&by=Ana`, sent);
  expect(stored.status, await stored.text()).toBe(201);
}

const summary = async (slug: string): Promise<ArticleSummary | undefined> => {
  const { articles } = (await (await worker.api("/articles")).json()) as { articles: ArticleSummary[] };
  return articles.find((one) => one.slug === slug);
};
const read = async (id: string): Promise<StoryAnswer> =>
  (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
const idIn = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id;
const look = (path: string, who = reporter) =>
  worker.fetch(`/desk/${path}`, { headers: { Cookie: who.cookie }, redirect: "manual" });
const takeOver = async (slug: string): Promise<string> =>
  idIn(await editor.ask("POST", `/articles/${slug}/take-over`));
const stored = async (slug: string) =>
  (await (await worker.api(`/articles/${slug}`)).json()) as Readonly<Record<string, unknown>>;
const publish = async (id: string, revision: number) => {
  const asked = await editor.ask("POST", `/stories/${id}/publish`, { revision });
  expect(asked.status, await asked.text()).toBe(202);
  return until("the story is out", async () => {
    const story = await read(id);
    return story.due === null && story;
  });
};
const save = (id: string, head: number, changed: unknown) =>
  reporter.ask("PUT", `/stories/${id}`, { article: changed }, { "If-Match": `"${head}"` });
const DIGEST = "ab".repeat(32);
const pulled = (slug: string, version: number, giveBack?: boolean, who = editor) =>
  who.ask("POST", `/articles/${slug}/pulled`, {
    version,
    digest: DIGEST,
    ...(giveBack === undefined ? {} : { giveBack }),
  });

describe("an article from git", () => {
  it("is listed at the desk, and opens read-only with its folder", async () => {
    await fromGit("listed");
    await worker.put("by-a-program", article({ headline: "A program's" }));
    const list = await (await look("articles")).text();
    expect(list).toContain('<a href="/desk/articles/listed"><bdi>From git: listed</bdi></a>');
    expect(list).toMatch(/A program&#39;s<\/bdi><\/a><strong class="state">from another system/);
    const page = await (await look("articles/listed")).text();
    expect(page).toContain("in git, in the folder content/articles/listed/");
    expect(page).toContain('<p dir="auto">It sails again.</p>');
    expect(page).not.toContain("<textarea");
    expect([
      (await look("articles/none")).status,
      (await look("articles", { ...reporter, cookie: "" })).status,
    ]).toEqual([404, 401]);
  });

  it("is taken over by an editor alone, with a page that says what happens", async () => {
    await fromGit("shut");
    expect(await (await look("articles/shut")).text()).not.toContain("take-over");
    expect((await look("articles/shut/take-over")).status).toBe(403);
    expect((await reporter.ask("POST", "/articles/shut/take-over")).status).toBe(403);
    expect((await worker.fetch("/api/articles/shut/take-over", { method: "POST" })).status).toBe(401);
    const foreign = await editor.ask("POST", "/articles/shut/take-over", undefined, {
      "Sec-Fetch-Site": "cross-site",
    });
    expect([foreign.status, (await summary("shut"))?.home]).toEqual([403, "git"]);
    const page = await (await look("articles/shut/take-over", editor)).text();
    expect(page).toContain("wireroom pull shut");
    const form = await worker.fetch("/desk/articles/shut/take-over", {
      method: "POST",
      headers: { Cookie: editor.cookie, ...FROM_HERE, "Content-Type": "application/x-www-form-urlencoded" },
      body: "",
      redirect: "manual",
    });
    expect(form.status).toBe(303);
    const [path, query] = form.headers.get("Location")?.split("?") ?? [];
    expect([path, query]).toEqual([expect.stringMatching(/^\/desk\/stories\//), "done=take-over"]);
    expect((await summary("shut"))?.home).toBe("desk");
    expect((await look("articles/shut")).headers.get("Location")).toBe(path);
  });

  it("becomes a story with its text, once, and nothing of the article changes", async () => {
    await fromGit("taken");
    const [before, { version = 0 } = {}] = [await stored("taken"), await summary("taken")];
    const answers = await Promise.all([1, 2, 3].map(() => editor.ask("POST", "/articles/taken/take-over")));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    const ids = new Set(await Promise.all(answers.map(idIn)));
    expect(ids.size).toBe(1);
    const [id = ""] = ids;
    const { id: _, published: __, updated: ___, ...text } = before;
    const story = await read(id);
    expect(story).toMatchObject({ revision: 1, live: 1, slug: "taken", by: "Mara", home: "desk" });
    expect(story.article).toEqual(text);
    expect([await stored("taken"), (await summary("taken"))?.version]).toEqual([before, version]);
    // Published as it is, only its date of change is new.
    await publish(id, 1);
    expect(await stored("taken")).toEqual({ ...before, updated: expect.any(String) });
  });

  it("isn't overwritten by a publish that had read it before", async () => {
    await fromGit("raced");
    await takeOver("raced");
    const sent = article({ headline: "Late", body: { html: HTML } });
    for (const headers of [{ "If-Match": '"1"' }, { "If-Match": "*" }, { "If-None-Match": "*" }]) {
      const late = await worker.put("raced?home=git", sent, headers);
      expect([late.status, (await late.text()).includes("wireroom pull raced")]).toEqual([409, true]);
    }
    expect(await summary("raced")).toMatchObject({ home: "desk", version: 1 });
  });
});

describe("an article that is given back", () => {
  it("is read-only at the desk, until it is taken over again with the text that it has then", async () => {
    await fromGit("back");
    const id = await takeOver("back");
    const changed = { ...(await read(id)).article, headline: "Changed at the desk" };
    expect((await save(id, 1, changed)).status).toBe(200);
    const unpublished = await pulled("back", 1, true);
    expect([unpublished.status, (await unpublished.text()).includes("revision 2")]).toEqual([409, true]);
    await publish(id, 2);
    expect((await pulled("back", 1, true)).status).toBe(409);
    expect((await pulled("back", 2, true, reporter)).status).toBe(403);
    expect((await summary("back"))?.home).toBe("desk");
    // Sent again, after the answer was lost.
    for (const _ of [1, 2]) expect((await pulled("back", 2, true)).status).toBe(200);
    expect(await summary("back")).toMatchObject({
      ...{ home: "git", version: 2, gitVersion: 2, digest: DIGEST, folderDigest: DIGEST },
    });
    const refused = await save(id, 2, { ...changed, dek: "Lost?" });
    expect([refused.status, (await refused.text()).includes("content/articles/back/")]).toEqual([422, true]);
    expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 2 })).status).toBe(422);
    const page = await (await look(`stories/${id}`)).text();
    expect([page.includes("Changed at the desk"), page.includes("editor.js")]).toEqual([true, false]);

    expect((await worker.put("back?home=git", article({ headline: "Changed in git" }))).status).toBe(200);
    expect(await takeOver("back")).toBe(id);
    expect(await read(id)).toMatchObject({ revision: 3, live: 3, headline: "Changed in git", home: "desk" });
    await publish(id, 3);
    expect(await summary("back")).toMatchObject({ version: 4, home: "desk" });
  });

  it("was not about to be published", async () => {
    await fromGit("due");
    const id = await takeOver("due");
    const { DB } = await worker.env();
    await DB.prepare("UPDATE stories SET due = 1, due_at = '2999-01-01T00:00:00Z' WHERE id = ?")
      .bind(id)
      .run();
    expect((await pulled("due", 1, true)).status).toBe(409);
    expect((await pulled("due", 1)).status).toBe(200);
    expect(await summary("due")).toMatchObject({ home: "desk", digest: DIGEST });
  });
});
