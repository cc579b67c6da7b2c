// A story's history: every revision can be looked at and restored, nothing is overwritten by that, and old ones thin out.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, until } from "../harness.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const article = (dek: string, html = "<p>It sails again.</p>") => ({
  headline: "The ferry is back",
  dek,
  bylines: ["david-choi"],
  section: "culture",
  body: { html },
});

async function create(slug: string, ...deks: readonly string[]): Promise<string> {
  const [first = "", ...later] = deks;
  const made = await reporter.ask("POST", "/stories", { slug, article: article(first) });
  const { id } = (await made.json()) as StoryAnswer;
  for (const [index, dek] of later.entries()) await save(reporter, id, index + 1, slug, article(dek));
  return id;
}

async function save(who: Colleague, id: string, head: number, slug: string, sent: unknown): Promise<void> {
  const saved = await who.ask("PUT", `/stories/${id}`, { slug, article: sent }, { "If-Match": `"${head}"` });
  expect(saved.status).toBe(200);
}

const read = async (id: string): Promise<StoryAnswer> =>
  (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;

const look = (path: string, cookie = reporter.cookie) =>
  worker.fetch(`/desk/stories/${path}`, { headers: { Cookie: cookie } });

const restore = (who: Colleague, id: string, number: number, head: number, headers = {}) =>
  worker.fetch(`/desk/stories/${id}/revisions/${number}`, {
    method: "POST",
    headers: { Cookie: who.cookie, ...FROM_HERE, ...headers },
    body: new URLSearchParams({ head: String(head) }),
    redirect: "manual",
  });

describe("a revision", () => {
  it("is shown as it would be published, and nothing that the clean-up takes out", async () => {
    const id = await create("words", "First.");
    const html =
      "<h2>Title</h2><p>One<br>two</p><ul><li><p>item</p></li></ul><script>alert(1)</script>tail<a href='javascript:alert(1)' onclick='alert(1)'>link</a>";
    await save(reporter, id, 1, "words", article("<b>bold</b>", html));
    const page = await (await look(`${id}/revisions/2`)).text();
    const body = /<div class="body"[^>]*>(.*?)<\/div>/s.exec(page)?.[1]?.replace(/\s+/g, " ");
    expect(body).toMatch(/<h2>Title<\/h2> ?<p>One<br ?\/?>two<\/p> ?<ul> ?<li>/);
    expect(body).toContain("tail");
    expect(body).not.toMatch(/javascript:|onclick|alert/);
    expect(page).toContain("&lt;b&gt;bold&lt;/b&gt;");
    expect(page).toContain("<dd>David Choi</dd>");
    expect(page).toContain("<dd>Culture</dd>");
    expect(page).not.toContain("<script");
    expect(page).toContain("This is the newest revision.");
  });

  it("that nobody can read as HTML is shown as it was typed; one that holds something else says nothing", async () => {
    const id = await create("deep", "");
    await save(reporter, id, 1, "deep", { ...article(""), body: { html: "<div>".repeat(300) } });
    const deep = await (await look(`${id}/revisions/2`)).text();
    expect(deep).toContain("<p>&#x3C;div>&#x3C;div>");
    await save(reporter, id, 2, "deep", { headline: 5, bylines: "x", tags: [null, {}], body: [1] });
    const page = await look(`${id}/revisions/3`);
    expect([page.status, (await page.text()).includes("Without a headline")]).toEqual([200, true]);
  });

  it("is restored behind the newest one, which stays", async () => {
    const id = await create("restored", "First.", "Second.", "Third.");
    const form = await restore(editor, id, 1, 3);
    expect([form.status, form.headers.get("Location")]).toEqual([303, `/desk/stories/${id}?done=restore`]);
    expect(await read(id)).toMatchObject({
      revision: 4,
      by: "Mara",
      slug: "restored",
      article: article("First."),
    });
    const third = (await (await reporter.ask("GET", `/stories/${id}/revisions/3`)).json()) as StoryAnswer;
    expect(third.article.dek).toBe("Third.");
    // Pressed twice it is one restoration.
    expect((await restore(editor, id, 1, 3)).status).toBe(303);
    expect((await read(id)).revision).toBe(4);
  });

  it("isn't restored over a revision that nobody has looked at", async () => {
    const id = await create("crossed", "First.", "Second.");
    await save(reporter, id, 2, "crossed", article("Meanwhile."));
    const late = await restore(editor, id, 1, 2);
    const page = await late.text();
    expect([late.status, page.includes("nothing was restored")]).toEqual([409, true]);
    expect(page).toContain('name="head" value="3"');
    expect(await read(id)).toMatchObject({ revision: 3, article: article("Meanwhile.") });
  });

  it("is neither shown nor restored without a session, for another site's page, or where there is none", async () => {
    const id = await create("shut", "Secret dek.", "Second.");
    for (const path of [id, `${id}/revisions/1`]) {
      const refused = await look(path, "");
      expect([refused.status, (await refused.text()).includes("Secret dek.")]).toEqual([401, false]);
    }
    expect((await restore({ ...editor, cookie: "" }, id, 1, 2)).status).toBe(401);
    expect((await restore(editor, id, 1, 2, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await look(`${id}/revisions/9`)).status).toBe(404);
    expect((await look("not-there/revisions/1")).status).toBe(404);
    expect((await restore(editor, id, 9, 2)).status).toBe(404);
    expect((await read(id)).revision).toBe(2);
  });
});

it("a story's page lists the last revision of each person and ten minutes, and each that went out or gave way", async () => {
  const id = await create("listed", "1", "2", "3");
  await save(editor, id, 3, "listed", article("4"));
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 4 })).status).toBe(202);
  await until("it is out", async () => (await read(id)).due === null);
  await save(reporter, id, 4, "listed", article("5"));
  await save(editor, id, 5, "listed", article("6"));
  await save(editor, id, 6, "listed", article("7"));
  expect((await restore(editor, id, 1, 7)).status).toBe(303);
  // All in one ten minutes, also where the clock has just passed one.
  const { DB } = await worker.env();
  await DB.prepare("UPDATE revisions SET at = '2026-01-12T18:04:00Z' WHERE story = ?").bind(id).run();
  const page = await (await look(id)).text();
  const listed = Array.from(page.matchAll(/<li>.*?<\/li>/gs), ([item]) =>
    item.replace(/<[^>]+>/g, "").replace(/, saved .* by/s, " by"),
  );
  expect(listed).toEqual([
    "Revision 8 by Mara",
    "Revision 7 by Mara",
    "Revision 5 by Tomas",
    "Revision 4 by Mara published out now",
  ]);
});

it("old revisions thin out by the hour, then by the day; what went out or gave way never does", async () => {
  const id = await create("thin", ...Array.from({ length: 12 }, (_, index) => String(index)));
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 12 })).status).toBe(202);
  await until("it is out", async () => (await read(id)).due === null);
  const { DB } = await worker.env();
  await DB.prepare("UPDATE journal SET revision = 2 WHERE story = ? AND act = 'published'").bind(id).run();
  const now = new Date();
  /** So many days ago, at a time of that day. */
  const ago = (days: number, time: string) =>
    `${new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)}T${time}Z`;
  const times = [
    ...[ago(40, "08:00:00"), ago(40, "08:10:00"), ago(40, "09:00:00"), ago(40, "21:00:00")],
    ...[ago(5, "08:00:00"), ago(5, "08:10:00"), ago(5, "08:20:00"), ago(5, "09:00:00"), ago(5, "09:01:00")],
    ...[now.toISOString(), now.toISOString(), now.toISOString()],
  ];
  const dated = times.map((at, index) =>
    DB.prepare("UPDATE revisions SET at = ?, by = ? WHERE story = ? AND number = ?").bind(
      at,
      index === 4 ? "Mara" : "Tomas",
      id,
      index + 1,
    ),
  );
  await DB.batch([
    ...dated,
    DB.prepare("UPDATE stories SET changed_at = ? WHERE id = ?").bind(now.toISOString(), id),
  ]);
  await DB.prepare("UPDATE revisions SET kept = 1 WHERE story = ? AND number = 3").bind(id).run();
  await worker.scheduled("0 * * * *");
  const rows = await DB.prepare("SELECT number FROM revisions WHERE story = ? ORDER BY number")
    .bind(id)
    .all<{ number: number }>();
  expect(rows.results.map(({ number }) => number)).toEqual([2, 3, 4, 5, 7, 9, 10, 11, 12]);
});
