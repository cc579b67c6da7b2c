// The page that publishes a story: it says before it does which address, feeds and partners get the article, and why others
// don't; and what it says is what happens.

import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, SITE_URL, until } from "../harness.ts";
import { issue, partner } from "../partners/partners.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

const ARTICLE = {
  headline: "Ferries <b>& boats</b>",
  section: "asia-pacific",
  tags: ["Harbour"],
  bylines: ["david-choi"],
  body: { html: "<p>They sail again.</p>" },
};

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

async function create(article: unknown = ARTICLE, slug = "ferries"): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { slug, article });
  return ((await made.json()) as StoryAnswer).id;
}
const open = (path: string, form?: Readonly<Record<string, string>>, who = editor) =>
  worker.fetch(path, {
    method: form ? "POST" : "GET",
    headers: { Cookie: who.cookie, ...FROM_HERE },
    redirect: "manual",
    ...(form ? { body: new URLSearchParams(form) } : {}),
  });
/** The words of a page, without its tags. */
const wordsOf = async (page: Response): Promise<string> =>
  (await page.text())
    .replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");
const settled = (id: string) =>
  until("the story is stored, or says why not", async () => {
    const story = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return story.due === null && story;
  });

it("says the address, the feeds, who gets it, who doesn't and by which rule; and that is what happens", async () => {
  await partner(worker, "all");
  await partner(worker, "science", { select: { sections: ["science"] } });
  await partner(worker, "later", { delay: "2h" });
  await partner(worker, "pictures", { profile: "ninjs", images: { required: true } });
  await partner(worker, "off", { enabled: false });
  const id = await create();
  const words = await wordsOf(await open(`/desk/stories/${id}/publish`));
  expect(words).toContain(`${SITE_URL}/articles/ferries`);
  expect(words).toContain("Wireroom Daily Asia-Pacific Harbour David Choi");
  const said = (id: string) => words.slice(words.indexOf(`The ${id} `) + `The ${id} `.length);
  expect(said("all")).toMatch(/^gets it /);
  expect(said("science")).toMatch(
    /^doesn’t get it : is in asia-pacific; the policy selects science \( select.sections \)/,
  );
  expect(said("later")).toMatch(/^gets it : it comes on \d+ /);
  expect(said("pictures")).toMatch(/^doesn’t get it : images has no picture that fits/);
  expect(said("off")).toMatch(/^doesn’t get it : is disabled/);

  expect((await open(`/desk/stories/${id}/publish`, { revision: "1" })).status).toBe(303);
  await settled(id);
  await worker.settled();
  for (const [one, gets] of [
    ["all", true],
    ["science", false],
    ["later", false],
  ] as const) {
    const { token } = await issue(worker, one);
    const feed = await worker.fetch(`/partners/${one}/rss.xml`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect([one, (await feed.text()).includes("They sail again.")]).toEqual([one, gets]);
  }
});

it("schedules by the site's clock, keeps what was typed where it is refused, and takes off the schedule", async () => {
  const id = await create(ARTICLE, "by-form");
  const path = `/desk/stories/${id}`;
  const past = await open(`${path}/publish`, { revision: "1", local: "2020-01-01T08:30" });
  expect(past.status).toBe(422);
  const html = await past.text();
  expect(html).toContain('value="2020-01-01T08:30"');
  expect(html).toContain("This time is in the past");
  expect((await open(`${path}/publish`, { revision: "1", local: "2999-01-01T08:30" })).status).toBe(303);
  expect(await settled(id)).toMatchObject({ published: "2998-12-31T23:30:00Z" });
  const scheduled = await (await open(`${path}/publish`)).text();
  expect(scheduled).toContain('value="2999-01-01T08:30"');
  expect((await open(`${path}/unschedule`, {})).status).toBe(303);
  expect(await settled(id)).toMatchObject({ published: null });
  expect((await open(`${path}/unschedule`, {})).status).toBe(409);
  expect((await open("/desk/stories/nothing/unschedule", {})).status).toBe(404);
});

it("asks when before its button, which says what it does; a time that was typed is not used for now", async () => {
  const id = await create(ARTICLE, "asks-when");
  const path = `/desk/stories/${id}/publish`;
  const form = async (answer: Promise<Response>) => {
    const html = await (await answer).text();
    return html.slice(html.indexOf(`action="${path}"`));
  };
  const fresh = await form(open(path));
  expect(fresh).toMatch(/value="now" checked="".*value="later".*id="local".*<button/s);
  expect(fresh).toContain('<span class="now">Publish now</span><span class="later">Schedule</span>');
  const empty = await open(path, { revision: "1", when: "later", local: "" });
  expect(empty.status).toBe(422);
  expect(await form(Promise.resolve(empty))).toMatch(/value="later" checked=""/);
  expect((await open(path, { revision: "1", when: "now", local: "2999-01-01T08:30" })).status).toBe(303);
  const story = await settled(id);
  expect(Date.parse(story.published ?? "")).toBeLessThan(Date.parse("2999-01-01T00:00:00Z"));
  // What is out has no choice left.
  expect(await form(open(path))).not.toContain('name="when"');
});

it("shows what keeps a story from being published, and no button then", async () => {
  const id = await create({ body: { html: "<p>No headline.</p>" } }, "unready");
  const page = await open(`/desk/stories/${id}/publish`);
  const html = await page.text();
  expect([page.status, html.includes("It can’t be published yet"), html.includes("datetime-local")]).toEqual([
    200,
    true,
    false,
  ]);
  const forced = await open(`/desk/stories/${id}/publish`, { revision: "1" });
  expect(forced.status).toBe(422);
});

it("publishes only the revision that was looked at, and only for an editor of this site", async () => {
  const id = await create(ARTICLE, "looked-at");
  const path = `/desk/stories/${id}/publish`;
  await reporter.ask("PUT", `/stories/${id}`, { article: ARTICLE, slug: "looked-at" }, { "If-Match": '"1"' });
  const stale = await open(path, { revision: "1" });
  expect([stale.status, await wordsOf(stale)]).toEqual([
    409,
    expect.stringContaining("saved a newer revision"),
  ]);
  for (const bad of ["", "x", "-1", "1.5"]) expect((await open(path, { revision: bad })).status).toBe(422);
  expect((await open(path, { revision: "2" }, reporter)).status).toBe(403);
  expect((await open(`/desk/stories/${id}/unschedule`, {}, reporter)).status).toBe(403);
  const seen = await open(path, undefined, reporter);
  expect([seen.status, (await seen.text()).includes('<button type="submit" class="first"')]).toEqual([
    200,
    false,
  ]);
  expect((await worker.fetch(path)).status).toBe(401);
  expect((await open("/desk/stories/nothing/publish")).status).toBe(404);
  const others = { Cookie: editor.cookie, "Sec-Fetch-Site": "cross-site" };
  const body = new URLSearchParams({ revision: "2" });
  expect((await worker.fetch(path, { method: "POST", headers: others, body })).status).toBe(403);
  expect((await worker.api("/articles/looked-at")).status).toBe(404);
});
