// Correcting and withdrawing an article at the desk: the page first says who has it, a correction is never lost, and a
// withdrawn article comes back only on request.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, until } from "../harness.ts";
import { issue, partner } from "../partners/partners.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

const ARTICLE = { headline: "One ferry", body: { html: "<p>There are three ferries.</p>" } };

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const read = async (id: string, who = editor): Promise<StoryAnswer> =>
  (await (await who.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;

const settled = (id: string) =>
  until("the story is out, or says why not", async () => {
    const story = await read(id);
    return story.due === null && story;
  });

async function publish(id: string, revision: number, more = {}): Promise<StoryAnswer> {
  const asked = await editor.ask("POST", `/stories/${id}/publish`, { revision, ...more });
  expect([asked.status, asked.status === 202 ? "" : await asked.text()]).toEqual([202, ""]);
  return settled(id);
}

async function published(headline: string): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { article: { ...ARTICLE, headline } });
  const { id } = (await made.json()) as StoryAnswer;
  expect(await publish(id, 1)).toMatchObject({ live: 1, problems: [] });
  return id;
}

const correct = (id: string, revision: number, text: string, who = editor) =>
  who.ask("POST", `/stories/${id}/publish`, { revision, correction: { kind: "correction", text } });
const withdraw = (id: string, body: unknown = {}, who = editor) =>
  who.ask("POST", `/stories/${id}/withdraw`, body);

const stored = async (slug: string) => {
  const response = await worker.api(`/articles/${slug}`);
  return { status: response.headers.get("Wireroom-Status"), article: (await response.json()) as Stored };
};
interface Stored {
  readonly id: string;
  readonly headline: string;
  readonly published: string;
  readonly corrections: readonly { readonly at: string; readonly kind: string; readonly text: string }[];
}

const page = (path: string, who: Colleague, form?: Record<string, string>) =>
  worker.fetch(path, {
    method: form ? "POST" : "GET",
    headers: { Cookie: who.cookie, ...FROM_HERE },
    redirect: "manual",
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });

describe("a correction", () => {
  it("is published with the newest revision, its date and its kind, for readers too", async () => {
    const id = await published("Three ferries");
    const mended = { ...ARTICLE, headline: "Three ferries", body: { html: "<p>There are two ferries.</p>" } };
    await reporter.ask("PUT", `/stories/${id}`, { article: mended }, { "If-Match": '"1"' });
    expect((await correct(id, 2, "There are two ferries, not three.")).status).toBe(202);
    const story = await settled(id);
    expect(story).toMatchObject({ live: 2, revision: 2, problems: [] });
    const { article } = await stored("three-ferries");
    expect(article.corrections).toEqual([
      {
        at: expect.stringMatching(/^20/),
        kind: "correction",
        text: "There are two ferries, not three.",
      },
    ]);
    expect(await worker.document("rss")).toContain("There are two ferries, not three.");
  });

  it("is lost by no later save or publication, also one by somebody who never saw it", async () => {
    const id = await published("Kept corrections");
    expect((await correct(id, 1, "First.")).status).toBe(202);
    await settled(id);
    // An editor that was opened before knows of no correction, and saves a text without any.
    const saved = await reporter.ask(
      "PUT",
      `/stories/${id}`,
      { article: { ...ARTICLE, headline: "Kept corrections", corrections: [] } },
      { "If-Match": '"1"' },
    );
    expect(saved.status).toBe(200);
    await publish(id, 2);
    expect((await correct(id, 2, "Second.")).status).toBe(202);
    await settled(id);
    const { article } = await stored("kept-corrections");
    expect(article.corrections.map(({ text }) => text)).toEqual(["First.", "Second."]);
    expect((await read(id)).corrections.map(({ text }) => text)).toEqual(["First.", "Second."]);
  });

  it("stands beside those that the text had, each once", async () => {
    const own = { at: "2024-10-24T09:00:00Z", kind: "update", text: "By a program." };
    const made = await editor.ask("POST", "/stories", {
      article: { ...ARTICLE, headline: "Own corrections", corrections: [own] },
    });
    const { id } = (await made.json()) as StoryAnswer;
    await publish(id, 1);
    await correct(id, 1, "By Mara.");
    await settled(id);
    const { article } = await stored("own-corrections");
    expect(article.corrections.map(({ text }) => text)).toEqual(["By a program.", "By Mara."]);
    // A program reads the article, and saves what it read.
    await editor.ask(
      "PUT",
      `/stories/${id}`,
      { article: { ...ARTICLE, headline: "Own corrections", corrections: article.corrections } },
      { "If-Match": '"1"' },
    );
    await publish(id, 2);
    expect((await stored("own-corrections")).article.corrections).toEqual(article.corrections);
  });

  it("needs a text, an article that is out, its newest revision, and an editor", async () => {
    const id = await published("Refused corrections");
    expect((await correct(id, 1, "")).status).toBe(422);
    expect((await correct(id, 1, "x".repeat(3001))).status).toBe(422);
    expect((await correct(id, 2, "Late.")).status).toBe(409);
    expect((await correct(id, 1, "By a reporter.", reporter)).status).toBe(403);
    expect((await correct("nothing", 1, "x")).status).toBe(404);
    const made = await reporter.ask("POST", "/stories", { article: ARTICLE });
    expect((await correct(((await made.json()) as StoryAnswer).id, 1, "A draft.")).status).toBe(422);
    const later = await reporter.ask("POST", "/stories", { article: { ...ARTICLE, headline: "Scheduled" } });
    const scheduled = ((await later.json()) as StoryAnswer).id;
    await publish(scheduled, 1, { at: "2999-01-01T00:00:00Z" });
    expect((await correct(scheduled, 1, "Not out yet.")).status).toBe(422);
    expect((await stored("refused-corrections")).article.corrections).toEqual([]);
  });

  it("that is undone waits in the form, and is published by nothing else", async () => {
    const { worker: slow, editor: mara } = await startDesk("600");
    try {
      const { DB } = await slow.env();
      const made = await mara.ask("POST", "/stories", { article: ARTICLE });
      const { id } = (await made.json()) as StoryAnswer;
      const now = async () => {
        await DB.prepare("UPDATE stories SET due_at = '2020-01-01T00:00:00Z'").run();
        await (await slow.env()).REBUILDS.send({ kind: "story", story: id });
        await until("it is out", async () => (await read(id, mara)).due === null);
      };
      await mara.ask("POST", `/stories/${id}/publish`, { revision: 1 });
      await now();
      expect((await correct(id, 1, "Written & undone.", mara)).status).toBe(202);
      expect((await mara.ask("DELETE", `/stories/${id}/publish`)).status).toBe(200);
      expect((await read(id, mara)).corrections).toEqual([
        { at: null, kind: "correction", text: "Written & undone." },
      ]);
      const form = await slow.fetch(`/desk/stories/${id}/correct`, { headers: { Cookie: mara.cookie } });
      expect(await form.text()).toContain("Written &amp; undone.</textarea>");
      await mara.ask("POST", `/stories/${id}/publish`, { revision: 1 });
      await now();
      const article = (await (await slow.api("/articles/one-ferry")).json()) as Stored;
      expect(article.corrections).toEqual([]);
      // Sent again, it takes the place of what waited.
      await correct(id, 1, "Written better.", mara);
      await now();
      expect((await read(id, mara)).corrections.map(({ text }) => text)).toEqual(["Written better."]);
    } finally {
      await slow.close();
    }
  });
});

describe("a withdrawal", () => {
  it("takes the page away, gives readers the reason, and is in the journal", async () => {
    const id = await published("Taken down");
    expect((await withdraw(id, { reason: "It was not so.", headline: false })).status).toBe(200);
    expect((await read(id)).withdrawn).toMatch(/^20/);
    expect((await worker.fetch("/articles/taken-down")).status).toBe(410);
    const feed = await worker.document("rss");
    expect(feed).toContain("It was not so.");
    expect(feed).not.toContain("Taken down");
    const { DB } = await worker.env();
    const row = await DB.prepare("SELECT by FROM journal WHERE act = 'withdrawn' AND story = ?")
      .bind(id)
      .first();
    expect(row).toEqual({ by: "Mara" });
    expect(await (await page("/desk", editor)).text()).toContain("withdrawn");
  });

  it("is undone by a publication that says so, and by no other", async () => {
    const id = await published("Back again");
    await withdraw(id);
    const refused = await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    expect([refused.status, (await refused.text()).includes("was withdrawn on")]).toEqual([422, true]);
    expect((await correct(id, 1, "Correcting what is gone.")).status).toBe(422);
    expect(await publish(id, 1, { restore: true })).toMatchObject({ withdrawn: null, live: 1, problems: [] });
    expect((await worker.fetch("/articles/back-again")).status).toBe(200);
  });

  it("that the command or the API made is seen, and can be undone here too", async () => {
    const id = await published("By the API");
    await worker.del("by-the-api", "reason=Elsewhere");
    expect((await read(id)).withdrawn).toMatch(/^20/);
    expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(422);
    expect(await publish(id, 1, { restore: true })).toMatchObject({ withdrawn: null, problems: [] });
  });

  it("stops what is about to be published, and nothing that is late brings the article back", async () => {
    const id = await published("In a race");
    const { DB, REBUILDS } = await worker.env();
    const due = (claimed: number) =>
      DB.prepare(
        "UPDATE stories SET due = 1, due_at = '2020-01-01T00:00:00Z', due_by = 'M', due_claimed = ? WHERE id = ?",
      )
        .bind(claimed, id)
        .run();
    for (const claimed of [0, 1]) {
      await due(claimed);
      expect((await withdraw(id, { reason: `Urgent ${claimed}.` })).status).toBe(200);
      await REBUILDS.send({ kind: "story", story: id });
      expect(await settled(id)).toMatchObject({ due: null });
      expect((await stored("in-a-race")).status).toBe("withdrawn");
      await publish(id, 1, { restore: true });
    }
    // One that was made elsewhere, while a publication of the desk was on its way.
    await due(0);
    await worker.del("in-a-race");
    await REBUILDS.send({ kind: "story", story: id });
    const story = await settled(id);
    expect([story.problems.length > 0, (await stored("in-a-race")).status]).toEqual([true, "withdrawn"]);
  });

  it("is an editor's, of an article that is out", async () => {
    const id = await published("Left alone");
    expect((await withdraw(id, {}, reporter)).status).toBe(403);
    expect((await withdraw(id, { reason: "x".repeat(501) })).status).toBe(422);
    expect((await withdraw("nothing")).status).toBe(404);
    const made = await reporter.ask("POST", "/stories", { article: ARTICLE });
    expect((await withdraw(((await made.json()) as StoryAnswer).id)).status).toBe(409);
    expect((await worker.fetch("/articles/left-alone")).status).toBe(200);
  });
});

describe("the forms", () => {
  it("say who has the article: subscribers, and each partner with what they fetched", async () => {
    await partner(worker, "wire");
    const { token } = await issue(worker, "wire");
    const id = await published("Held by partners");
    const feed = () =>
      worker.fetch("/partners/wire/rss.xml", { headers: { Authorization: `Bearer ${token}` } });
    await until("the partner has it", async () => (await (await feed()).text()).includes("Held by partners"));
    const { DB } = await worker.env();
    await DB.prepare("UPDATE feeds SET subscribers = 7 WHERE feed = 'site' AND format = 'rss'").run();
    const html = await until("the ledger has it", async () => {
      const shown = await (await page(`/desk/stories/${id}/withdraw`, editor)).text();
      return shown.includes("The wire</bdi>: the newest version") && shown;
    });
    expect(html).toContain("7 subscribers of its feeds");
    await correct(id, 1, "They hold the one before.");
    await until("the correction is in the ledger, and not fetched", async () =>
      (await (await page(`/desk/stories/${id}/correct`, editor)).text()).includes(
        "The wire</bdi>: an older version",
      ),
    );
  });

  it("correct, withdraw and bring back without script, and keep what was typed where it is refused", async () => {
    const id = await published("By form");
    const path = `/desk/stories/${id}`;
    const stale = await page(`${path}/correct`, editor, { revision: "9", kind: "update", text: "Kept <b>." });
    expect([stale.status, (await stale.text()).includes("Kept &lt;b&gt;.</textarea>")]).toEqual([422, true]);
    const done = await page(`${path}/correct`, editor, {
      revision: "1",
      kind: "clarification",
      text: "By form.",
    });
    expect([done.status, done.headers.get("Location")]).toEqual([303, `${path}?done=publish`]);
    await settled(id);
    expect((await stored("by-form")).article.corrections).toMatchObject([
      { kind: "clarification", text: "By form." },
    ]);
    const gone = await page(`${path}/withdraw`, editor, { reason: "By form too.", headline: "yes" });
    expect(gone.status).toBe(303);
    const html = await (await page(path, editor)).text();
    expect(html).toContain("Publish again");
    expect((await page(`${path}/publish`, editor, { revision: "1", restore: "yes" })).status).toBe(303);
    expect(await settled(id)).toMatchObject({ withdrawn: null });
  });

  it("say at the head what becomes of the text, and keep the note while the text is changed first", async () => {
    const id = await published("Text first");
    const path = `/desk/stories/${id}`;
    const form = async () => (await page(`${path}/correct`, editor)).text();
    expect(await form()).toContain("The text stays as it is. Revision 1, which is out,");
    const note = { revision: "1", kind: "clarification", text: "Two <ferries>, not three." };
    const kept = await page(`${path}/correct`, editor, { ...note, next: "text" });
    expect([kept.status, kept.headers.get("Location")]).toEqual([303, `${path}?done=correct`]);
    expect(await (await page(`${path}?done=correct`, editor)).text()).toContain(
      `<a href="${path}/correct">Go on with the correction</a>`,
    );
    expect((await stored("text-first")).article.corrections).toEqual([]);
    await reporter.ask(
      "PUT",
      `/stories/${id}`,
      { article: { ...ARTICLE, headline: "Text first", dek: "Mended." } },
      { "If-Match": '"1"' },
    );
    const again = await form();
    expect(again).toContain("The text of revision 2, saved");
    expect(again).toContain('<option value="clarification" selected="">');
    expect(again).toContain("Two &lt;ferries&gt;, not three.</textarea>");
    // What is typed then takes the place of what waited, also where it is nothing.
    const long = await page(`${path}/correct`, editor, { ...note, text: "x".repeat(3001), next: "text" });
    expect([long.status, (await long.text()).includes("x".repeat(3001))]).toEqual([422, true]);
    await page(`${path}/correct`, editor, { ...note, text: " ", next: "text" });
    expect(await form()).not.toContain("not three");
    expect((await page(`${path}/correct`, editor, { ...note, revision: "2" })).status).toBe(303);
    await settled(id);
    expect((await stored("text-first")).article).toMatchObject({
      dek: "Mended.",
      corrections: [{ kind: "clarification", text: "Two <ferries>, not three." }],
    });
  });

  it("are followed by a button that brings a withdrawn article back, for who may", async () => {
    const id = await published("Not meant");
    const path = `/desk/stories/${id}`;
    const before = (await stored("not-meant")).article;
    const gone = await page(`${path}/withdraw`, editor, { reason: "", headline: "yes" });
    const after = gone.headers.get("Location") ?? "";
    const html = await (await page(after, editor)).text();
    expect(html).toContain("The article comes back at the same address and with the same id");
    const [form = ""] = /<div id="withdrawn".*?<\/form>/s.exec(html) ?? [];
    expect(form).toContain(`action="${path}/publish"`);
    const fields = Object.fromEntries(
      Array.from(form.matchAll(/name="(\w+)" value="(\w+)"/g), ([, name, value]) => [name, value]),
    );
    expect(await (await page(after, reporter)).text()).not.toContain('id="withdrawn"');
    expect((await page(`${path}/publish`, editor, fields)).status).toBe(303);
    expect(await settled(id)).toMatchObject({ withdrawn: null, live: 1 });
    expect((await stored("not-meant")).article).toMatchObject({ id: before.id, published: before.published });
    // An old address says nothing that is true no longer.
    expect(await (await page(after, editor)).text()).not.toContain('id="withdrawn"');
  });

  it("open for no reporter, nobody without a session, and no other site's page", async () => {
    const id = await published("Closed forms");
    for (const act of ["correct", "withdraw"]) {
      const path = `/desk/stories/${id}/${act}`;
      const form = { revision: "1", text: "x", reason: "x" };
      expect((await page(path, reporter)).status).toBe(403);
      expect((await page(path, reporter, form)).status).toBe(403);
      expect((await worker.fetch(path)).status).toBe(401);
      const body = new URLSearchParams(form);
      const other = { Cookie: editor.cookie, "Sec-Fetch-Site": "cross-site" };
      expect((await worker.fetch(path, { method: "POST", headers: other, body })).status).toBe(403);
    }
    expect(await (await page(`/desk/stories/${id}`, reporter)).text()).not.toContain("/withdraw");
    expect((await stored("closed-forms")).status).toBe(null);
  });
});
