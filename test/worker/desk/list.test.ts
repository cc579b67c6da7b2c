// The list of stories: filters, search, pages, what is ready for review, and who has a story open.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PresenceAnswer, StoryAnswer } from "../../../src/desk/answers.ts";
import type { Shown } from "../../../src/desk/inputs.ts";
import { type RunningWorker, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE, startDesk } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

interface Page {
  readonly stories: readonly StoryAnswer[];
  readonly next?: string;
}

async function create(who: Colleague, article: Readonly<Record<string, unknown>>): Promise<string> {
  const made = await who.ask("POST", "/stories", { article });
  expect(made.status).toBe(201);
  return ((await made.json()) as StoryAnswer).id;
}
const save = (who: Colleague, id: string, head: number, article: unknown) =>
  who.ask("PUT", `/stories/${id}`, { article }, { "If-Match": `"${head}"` });
async function listed(query: string, who = reporter): Promise<readonly string[]> {
  const answer = await who.ask("GET", `/stories?${query}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as Page).stories.map(({ headline }) => headline);
}
const found = (q: string) => listed(`q=${encodeURIComponent(q)}`);
const look = async (path: string, who = reporter) =>
  (await worker.fetch(`/desk${path}`, { headers: { Cookie: who.cookie } })).text();
async function publish(id: string): Promise<void> {
  const { revision } = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
  const asked = await editor.ask("POST", `/stories/${id}/publish`, { revision });
  expect(asked.status, await asked.text()).toBe(202);
  await until("the story is out", async () => {
    const story = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return story.due === null;
  });
}
const full = (headline: string) => ({
  headline,
  bylines: ["david-choi"],
  body: { html: "<p>It sails.</p>" },
});

describe("a search", () => {
  it("finds a story by all words of its headline, dek, bylines and text, in any script", async () => {
    await create(reporter, {
      headline: "The Königshafen opens",
      dek: "After a flood",
      bylines: ["david-choi", { name: "Zoë Ødegård" }],
      body: { html: "<h2>Why</h2><p>Fish &amp; <b>chi</b>ps: الباب مفتوح</p>" },
    });
    for (const q of [
      "konigshafen",
      "flood opens",
      "david choi",
      "zoe",
      "why fish",
      "الباب",
      "KÖNIGS",
      "choi flo",
    ])
      expect(await found(q), q).toEqual(["The Königshafen opens"]);
    for (const q of ["harbour", "flood harbour", "h2", "strong", "p"].filter((one) => one !== "p"))
      expect(await found(q), q).toEqual([]);
  });

  it("takes nothing of what is typed as an operator", async () => {
    for (const q of ['"', "*", "a OR", "NEAR(", "headline:", "-x", "(", "^", "' ; --", "\u0000"])
      expect((await reporter.ask("GET", `/stories?q=${encodeURIComponent(q)}`)).status, q).toBe(200);
    expect(await found("opens OR harbour")).toEqual([]);
    expect((await reporter.ask("GET", `/stories?q=${"x".repeat(201)}`)).status).toBe(400);
  });

  it("has the newest revision, and no longer the one before; what a program sent breaks nothing", async () => {
    const id = await create(reporter, { headline: "Zanzibar" });
    expect(await found("zanzibar")).toEqual(["Zanzibar"]);
    expect(
      (await save(reporter, id, 1, { headline: "Zagreb", dek: [1], bylines: "x", body: 7 })).status,
    ).toBe(200);
    expect([await found("zanzibar"), await found("zagreb")]).toEqual([[], ["Zagreb"]]);
    // Cron does what no search has done yet.
    await save(reporter, id, 2, { headline: "Zadar" });
    await worker.scheduled("0 * * * *");
    const { DB } = await worker.env();
    expect(await DB.prepare("SELECT count(*) AS n FROM stories WHERE searchable < head").first("n")).toBe(0);
    expect(await found("zadar")).toEqual(["Zadar"]);
  });
});

it("filters show each story where it belongs", async () => {
  const own = await colleague(worker, "Ines", "reporter");
  await create(own, { headline: "A draft" });
  const ids = { live: "", withdrawn: "", later: "", changed: "" };
  for (const name of Object.keys(ids) as (keyof typeof ids)[]) {
    ids[name] = await create(own, full(`Filter ${name}`));
    await publish(ids[name]);
  }
  await editor.ask("POST", `/stories/${ids.withdrawn}/withdraw`, {});
  await save(own, ids.changed, 1, full("Filter changed twice"));
  const { DB } = await worker.env();
  await DB.prepare("UPDATE stories SET published = '2999-01-01T00:00:00Z' WHERE id = ?")
    .bind(ids.later)
    .run();
  const refused = await create(own, full("Filter refused"));
  await DB.prepare(`UPDATE stories SET problems = '[{"path":"","message":"x"}]' WHERE id = ?`)
    .bind(refused)
    .run();
  const ours = (names: readonly string[]) =>
    names.filter((name) => /^(?:Filter|A draft)/.test(name)).toSorted();
  const shown = async (show: Shown) => ours(await listed(`show=${show}`, own));
  expect(await shown("drafts")).toEqual(["A draft", "Filter refused"]);
  expect(await shown("live")).toEqual(["Filter changed twice", "Filter live"]);
  expect(await shown("scheduled")).toEqual(["Filter later"]);
  expect(await shown("withdrawn")).toEqual(["Filter withdrawn"]);
  expect(await shown("problem")).toEqual(["Filter refused"]);
  expect(await shown("mine")).toHaveLength(6);
  // Begun by one, changed last by another: it is on both lists.
  await save(editor, refused, 1, full("Filter taken on"));
  expect(await shown("mine")).toContain("Filter taken on");
  expect(await listed("show=mine", editor)).toContain("Filter taken on");
  expect(await listed("show=live&q=filter+twice")).toEqual(["Filter changed twice"]);
  expect((await reporter.ask("GET", "/stories?show=all")).status).toBe(400);
});

describe("ready for review", () => {
  it("is said by a reporter with a note, seen in the list, and over once it is published", async () => {
    const id = await create(reporter, full("Look at this"));
    const form = (body: Readonly<Record<string, string>>) =>
      worker.fetch(`/desk/stories/${id}/review`, {
        method: "POST",
        headers: { Cookie: reporter.cookie, ...FROM_HERE },
        body: new URLSearchParams(body),
        redirect: "manual",
      });
    expect((await form({ note: "The <end> is new." })).status).toBe(303);
    const list = await look("?show=review", editor);
    expect(list).toContain("Look at this");
    expect(list).toContain("<bdi>Tomas</bdi>: “<bdi>The &lt;end&gt; is new.</bdi>”");
    expect(await look(`/stories/${id}`, editor)).toContain("The &lt;end&gt; is new.");
    await save(reporter, id, 1, { ...full("Look at this"), dek: "More." });
    expect(await listed("show=review")).toContain("Look at this");
    await publish(id);
    expect(await listed("show=review")).not.toContain("Look at this");
    await editor.ask("PUT", `/stories/${id}/review`, {});
    await save(editor, id, 2, full("Look again"));
    expect(await listed("show=review")).not.toContain("Look again");
    await reporter.ask("PUT", `/stories/${id}/review`, {});
    expect(await listed("show=review")).toContain("Look again");
    expect((await form({ end: "yes" })).status).toBe(303);
    expect(await listed("show=review")).not.toContain("Look again");
    expect((await form({ note: "x".repeat(1001) })).status).toBe(422);
    expect((await reporter.ask("PUT", "/stories/none/review", {})).status).toBe(404);
    expect((await worker.fetch(`/api/stories/${id}/review`, { method: "DELETE" })).status).toBe(401);
  });
});

it("pages follow each other without a gap, of stories and of revisions", async () => {
  const { DB } = await worker.env();
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)";
  await DB.batch([
    DB.prepare(
      `INSERT INTO stories (id, head, headline, changed_at, changed_by, searchable)
       ${numbers} SELECT 'p' || i, 1, 'Paged ' || i, '2001-01-01T00:00:' || printf('%02d', i / 10) || 'Z', 'Old', 1 FROM n`,
    ),
    DB.prepare(
      `INSERT INTO revisions (story, number, model, at, by) ${numbers} SELECT 'p1', i, '{}', '2001-01-01T00:00:00Z', 'Old' FROM n`,
    ),
  ]);
  const seen: string[] = [];
  let next: string | undefined = "2001-02";
  while (next !== undefined) {
    const answer = await reporter.ask("GET", `/stories?cursor=${encodeURIComponent(next)}`);
    const page: Page = (await answer.json()) as Page;
    seen.push(...page.stories.map(({ headline }) => headline));
    next = page.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([130, 130]);
  const html = await look("?cursor=2001-02");
  const [, address = ""] = /rel="next" href="\/desk([^"]+)"/.exec(html) ?? [];
  expect(await look(address.replaceAll("&amp;", "&"))).toContain("Paged");

  const read = async (query: string) =>
    (await (await reporter.ask("GET", `/stories/p1/revisions${query}`)).json()) as {
      revisions: { number: number }[];
      next?: string;
    };
  const first = await read("");
  const second = await read(`?cursor=${first.next}`);
  const all = [...first.revisions, ...second.revisions].map(({ number }) => number);
  expect(all).toEqual(Array.from({ length: 130 }, (_, index) => 130 - index));
  expect([second.next, (await reporter.ask("GET", "/stories/p1/revisions?cursor=x")).status]).toEqual([
    undefined,
    400,
  ]);
});

it("says in one line how the feeds are", async () => {
  await worker.settled();
  expect(await look("")).toContain("All feeds are up to date.");
  const { DB } = await worker.env();
  const late = new Date(Date.now() - 200_000).toISOString();
  await DB.prepare("UPDATE feeds SET stale_since = ? WHERE feed = 'site' AND format = 'rss'")
    .bind(late)
    .run();
  expect(await look("")).toContain("A feed has been waiting for 3 minutes");
});

describe("who has a story open", () => {
  const present = async (who: Colleague, id: string) =>
    (await (await who.ask("PUT", `/stories/${id}/presence`)).json()) as PresenceAnswer;

  it("is said to the others, with their last save, and costs a row a minute", async () => {
    const id = await create(reporter, full("Open"));
    expect((await present(reporter, id)).others).toEqual([]);
    const { others, now } = await present(editor, id);
    expect(others).toMatchObject([{ name: "Tomas" }]);
    expect(Date.parse(now) - Date.parse(others[0]?.savedAt ?? "")).toBeLessThan(60_000);
    expect((await present(reporter, id)).others).toMatchObject([{ name: "Mara", savedAt: null }]);
    await editor.ask("DELETE", `/stories/${id}/presence`);
    expect((await present(reporter, id)).others).toEqual([]);
  });

  it("is over when a browser no longer says so, and nothing of it stays", async () => {
    const id = await create(reporter, full("Left"));
    await present(editor, id);
    const { DB } = await worker.env();
    const gone = new Date(Date.now() - 151_000).toISOString();
    await DB.prepare("UPDATE presence SET seen_at = ? WHERE story = ?").bind(gone, id).run();
    expect((await present(reporter, id)).others).toEqual([]);
    await worker.scheduled("0 * * * *");
    expect(
      await DB.prepare("SELECT count(*) AS n FROM presence WHERE story = ? AND person = 'Mara'")
        .bind(id)
        .first("n"),
    ).toBe(0);
    expect((await present(editor, "none")).others).toEqual([]);
    expect(await DB.prepare("SELECT count(*) AS n FROM presence WHERE story = 'none'").first("n")).toBe(0);
  });
});
