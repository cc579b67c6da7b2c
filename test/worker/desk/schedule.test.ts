// Publishing at a time: what comes out is the revision that was scheduled, at the time by the site's clock; and it can be
// taken off the schedule, but not once it is out.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, until } from "../harness.ts";
import { issue, partner } from "../partners/partners.ts";
import { type Colleague, startDesk } from "./desk.ts";

const ARTICLE = { headline: "One ferry", body: { html: "<p>As it was scheduled.</p>" } };
/** By the clocks of the site, which are nine hours ahead of UTC. */
const LOCAL = "2999-01-01T08:30";
const AT = "2998-12-31T23:30:00Z";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const read = async (id: string): Promise<StoryAnswer> =>
  (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
const settled = (id: string) =>
  until("the story is stored, or says why not", async () => {
    const story = await read(id);
    return story.due === null && story;
  });
const ask = (id: string, revision: number, more = {}) =>
  editor.ask("POST", `/stories/${id}/publish`, { revision, ...more });
const unschedule = (id: string, who = editor) => who.ask("DELETE", `/stories/${id}/schedule`);
const save = (id: string, head: number, article: object) =>
  reporter.ask("PUT", `/stories/${id}`, { article: { ...ARTICLE, ...article } }, { "If-Match": `"${head}"` });

async function create(headline: string): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { article: { ...ARTICLE, headline } });
  return ((await made.json()) as StoryAnswer).id;
}
async function schedule(headline: string): Promise<string> {
  const id = await create(headline);
  const asked = await ask(id, 1, { local: LOCAL });
  expect([asked.status, await asked.json()]).toEqual([202, expect.objectContaining({ dueFor: AT })]);
  expect(await settled(id)).toMatchObject({ live: 1, published: AT, problems: [], withdrawn: null });
  return id;
}
/** Lets a scheduled article's time come: it is moved to now. */
async function comesOut(slug: string, at = new Date().toISOString().slice(0, 19)): Promise<void> {
  const { DB } = await worker.env();
  await DB.batch([
    DB.prepare("UPDATE stories SET published = ? WHERE slug = ?").bind(`${at}Z`, slug),
    DB.prepare(
      "UPDATE articles SET published = ?1, model = json_set(model, '$.published', ?1) WHERE slug = ?2",
    ).bind(`${at}Z`, slug),
  ]);
}
const stored = async (slug: string) => {
  const response = await worker.api(`/articles/${slug}`);
  return { withdrawn: response.headers.get("Wireroom-Status") === "withdrawn", text: await response.text() };
};

describe("a time", () => {
  it("is by the site's clock, whatever the editor's computer says; the answer names the instant", async () => {
    await schedule("By the clock");
    expect(await stored("by-the-clock")).toMatchObject({ withdrawn: false });
    expect((await worker.fetch("/articles/by-the-clock")).status).toBe(404);
  });

  it.each([
    [{ local: "2020-01-01T08:30" }, "local", "This time is in the past"],
    [{ local: "2026-02-30T08:30" }, "local", "Type a date and time"],
    [{ local: "soon" }, "local", "Type a date and time"],
    [{ local: LOCAL, at: AT }, "local", "can't be sent with at"],
  ])("that is none is refused, and nothing is scheduled: %j", async (more, path, message) => {
    const id = await create("Refused");
    const answer = await ask(id, 1, more);
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({
        errors: [expect.objectContaining({ path, message: expect.stringContaining(message) })],
      }),
    ]);
    expect(await read(id)).toMatchObject({ due: null, live: null });
  });

  it("is refused for an article that is out", async () => {
    const id = await create("Out already");
    await ask(id, 1);
    await settled(id);
    expect((await ask(id, 1, { local: LOCAL })).status).toBe(422);
  });
});

describe("a scheduled revision", () => {
  it("isn't changed by later saves, and the desk says so", async () => {
    const id = await schedule("Not changed");
    await save(id, 1, { headline: "Not changed", body: { html: "<p>Typed later.</p>" } });
    expect(await read(id)).toMatchObject({ live: 1, revision: 2 });
    expect((await stored("not-changed")).text).toContain("As it was scheduled.");
    const html = await (await worker.fetch("/desk", { headers: { Cookie: editor.cookie } })).text();
    const state = /Not changed.*?<small>/s.exec(html)?.[0].replace(/<[^>]*>/g, "");
    expect(state).toContain("scheduled for 1 Jan 2999, 08:30");
    expect(state).toMatch(/with changes that aren.*t scheduled/);
    await comesOut("not-changed");
    const page = await until("it is out", async () => {
      const answer = await worker.fetch("/articles/not-changed");
      return answer.status === 200 && (await answer.text());
    });
    expect([page.includes("As it was scheduled."), page.includes("Typed later.")]).toEqual([true, false]);
  });

  it("can be scheduled for another time, and published at once", async () => {
    const id = await schedule("Moved");
    await ask(id, 1, { local: "2999-02-01T08:30" });
    expect(await settled(id)).toMatchObject({ published: "2999-01-31T23:30:00Z", problems: [] });
    await ask(id, 1);
    await settled(id);
    expect((await worker.fetch("/articles/moved")).status).toBe(200);
  });

  it("is taken off the schedule: it never comes out, and can be changed and scheduled again", async () => {
    const id = await schedule("Taken off");
    expect((await unschedule(id)).status).toBe(200);
    expect(await read(id)).toMatchObject({ published: null, withdrawn: null, due: null, problems: [] });
    expect(await stored("taken-off")).toMatchObject({ withdrawn: true });
    await comesOut("taken-off");
    expect((await worker.fetch("/articles/taken-off")).status).not.toBe(200);
    expect(await worker.document("rss")).not.toContain("Taken off");
    const { DB } = await worker.env();
    const acts = await DB.prepare("SELECT act, by FROM journal WHERE story = ? ORDER BY id DESC LIMIT 1")
      .bind(id)
      .all();
    expect(acts.results).toEqual([{ act: "unscheduled", by: "Mara" }]);

    await DB.prepare("UPDATE stories SET published = NULL WHERE id = ?").bind(id).run();
    await ask(id, 1, { local: LOCAL });
    expect((await settled(id)).problems).toMatchObject([{ path: "published" }]);
  });

  it("can be scheduled again after that, with its text of then", async () => {
    const id = await schedule("Twice");
    await unschedule(id);
    await save(id, 1, { headline: "Twice", body: { html: "<p>The second time.</p>" } });
    await ask(id, 2, { local: LOCAL });
    expect(await settled(id)).toMatchObject({ live: 2, published: AT, withdrawn: null, problems: [] });
    expect((await stored("twice")).text).toContain("The second time.");
    // And published at once, after it was taken off.
    await unschedule(id);
    await ask(id, 2);
    expect(await settled(id)).toMatchObject({ live: 2, withdrawn: null, problems: [] });
    expect((await worker.fetch("/articles/twice")).status).toBe(200);
  });

  it("can be undone while its publication is pending; a late message then publishes nothing", async () => {
    const id = await schedule("In a race");
    const { DB, REBUILDS } = await worker.env();
    for (const claimed of [0, 1]) {
      await DB.prepare(
        "UPDATE stories SET due = 1, due_at = '2020-01-01T00:00:00Z', due_by = 'Mara', due_claimed = ? WHERE id = ?",
      )
        .bind(claimed, id)
        .run();
      expect((await unschedule(id)).status).toBe(200);
      await REBUILDS.send({ kind: "story", story: id });
      expect(await settled(id)).toMatchObject({ due: null, published: null });
      expect((await stored("in-a-race")).withdrawn).toBe(true);
      await ask(id, 1, { local: LOCAL });
      await settled(id);
    }
  });

  it("is left alone where it is too late, was changed elsewhere, or never was", async () => {
    const out = await schedule("Comes out");
    await comesOut("comes-out");
    const late = await unschedule(out);
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining("It is too late")]);
    expect((await worker.fetch("/articles/comes-out")).status).toBe(200);

    const soon = await schedule("In a second");
    await comesOut("in-a-second", new Date(Date.now() + 3000).toISOString().slice(0, 19));
    expect((await unschedule(soon)).status).toBe(409);

    const changed = await schedule("Changed elsewhere");
    await worker.put("changed-elsewhere", { ...ARTICLE, headline: "By a CMS", published: AT });
    const refused = await unschedule(changed);
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining("was changed")]);
    expect(await stored("changed-elsewhere")).toMatchObject({ withdrawn: false });

    const draft = await create("A draft");
    expect((await unschedule(draft)).status).toBe(409);
    expect((await unschedule("nothing")).status).toBe(404);
    expect((await unschedule(changed, reporter)).status).toBe(403);
  });

  it("is on record as scheduled, and as published only once it came out; its pages offer to take it back", async () => {
    const look = async (path: string, who = editor) =>
      (await worker.fetch(`/desk/${path}`, { headers: { Cookie: who.cookie } })).text();
    const acts = async (id: string) => {
      const items = Array.from((await look(`journal?story=${id}`)).matchAll(/<li>(.*?)<small>/gs));
      return items.map(([, said = ""]) => said.replace(/<[^>]*>/g, "").trim());
    };
    const history = async (id: string) => {
      const list = /<details id="history">.*?<\/ol>/s.exec(await look(`stories/${id}`))?.[0] ?? "";
      return Array.from(list.matchAll(/<li>(.*?)<\/li>/gs), ([, said = ""]) => [
        /Revision (\d)/.exec(said)?.[1],
        ...Array.from(said.matchAll(/<strong class="state live">([^<]*)/g), ([, state]) => state),
      ]);
    };
    const id = await schedule("On record");
    await save(id, 1, { headline: "On record", dek: "Later." });
    expect((await acts(id))[0]).toBe("Mara put On record, revision 1 on the schedule");
    expect(await history(id)).toEqual([["2"], ["1", "Scheduled"]]);
    for (const path of [`stories/${id}`, `stories/${id}/publish`]) {
      const page = await look(path);
      const notice = /<section id="on-schedule"([^>]*)>(.*?)<\/section>/s.exec(page);
      expect(notice?.[1]).not.toContain("hidden");
      expect(notice?.[2]?.replace(/<[^>]*>/g, "")).toContain("Revision 1 comes out on 1 Jan 2999, 08:30.");
      expect(page.split("Take it off the schedule")).toHaveLength(2);
      expect(await look(path, reporter)).not.toContain("Take it off the schedule");
    }
    await unschedule(id);
    expect(await acts(id)).not.toContainEqual(expect.stringContaining("Mara published"));
    expect(await history(id)).toEqual([["2"], ["1"]]);
    const draft = await look(`stories/${id}`);
    expect(draft).not.toContain("on-schedule");
    expect(draft).toContain("This story was on the schedule before");

    await ask(id, 2, { local: LOCAL });
    await settled(id);
    await comesOut("on-record");
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE journal SET about = '2026-01-01T00:00:00Z' WHERE story = ? AND about IS NOT NULL",
    )
      .bind(id)
      .run();
    await DB.prepare("UPDATE journal SET at = '2025-12-31T00:00:00Z' WHERE story = ?").bind(id).run();
    expect(await history(id)).toEqual([["2", "published", "out now"], ["1"]]);
    await save(id, 2, { headline: "On record", dek: "Changed." });
    await ask(id, 3);
    await settled(id);
    expect(await history(id)).toEqual([["3", "published", "out now"], ["2", "published"], ["1"]]);
    expect((await acts(id))[0]).toBe("Mara published On record, revision 3");
  });

  it("goes from a partner that has it under an embargo, and comes back when it is scheduled again", async () => {
    await partner(worker, "early", { embargoed: true, profile: "ninjs" });
    const { token } = await issue(worker, "early");
    const headers = { Authorization: `Bearer ${token}` };
    const feed = async () => {
      const answer = await worker.fetch("/partners/early/ninjs.json", { headers });
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const id = await schedule("Under an embargo");
    await until("the partner has it", async () => (await feed()).includes("Under an embargo"));
    await unschedule(id);
    await until("the partner is told to remove it", async () => {
      const items = await feed();
      return items.includes("canceled") && !items.includes("Under an embargo");
    });
    await ask(id, 1, { local: LOCAL });
    await until("the partner has it again", async () => (await feed()).includes("Under an embargo"));
  });
});
