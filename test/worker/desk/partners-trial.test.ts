// A policy tried before it is saved says what a build would do: which articles match and which don't, by which rule, what
// comes and what leaves, and that the partner keeps what it has. And the gaps: what a partner should have and hasn't.

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type { Gap, PartnerReport, PolicyTrial } from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, until } from "../harness.ts";
import { issue, partner, policy } from "../partners/partners.ts";
import { type Colleague, colleague } from "./desk.ts";

const SECTIONS = "sections:\n  world: { title: World }\n  science: { title: Science }\n";
const SITE = readFileSync("content/site.yaml", "utf8").replace(/^sections:\n(?: .*\n)+/m, SECTIONS);

let worker: RunningWorker;
let editor: Colleague;
beforeAll(async () => {
  worker = await startWorker({ siteYaml: SITE });
  editor = await colleague(worker, "Mara", "editor");
  for (const section of ["world", "science"])
    for (const n of [1, 2]) {
      const sent = article({ headline: `${section} ${n}`, section, published: `2024-10-2${n}T09:00:00Z` });
      expect((await worker.put(`${section}-${n}`, sent)).status).toBe(201);
    }
});
afterAll(() => worker?.close());

async function tried(id: string, changes: Record<string, unknown>, query = ""): Promise<PolicyTrial> {
  const answer = await editor.ask("POST", `/partners/${id}/trial${query}`, policy(id, changes));
  expect([answer.status, answer.ok ? "" : await answer.text()]).toEqual([200, ""]);
  return answer.json();
}
const slugs = (items: readonly { readonly slug: string }[]) => items.map(({ slug }) => slug);

/** Fetches a partner's feed until it holds a text, so that the ledger has who fetched what. */
async function fetched(id: string, token: string, holds: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  await until(`${id} fetches ${holds}`, async () =>
    (await (await worker.fetch(`/partners/${id}/rss.xml`, { headers })).text()).includes(holds),
  );
}
const report = async (id: string): Promise<PartnerReport> =>
  (await editor.ask("GET", `/partners/${id}`)).json();
const held = (id: string, slug: string) =>
  report(id).then(({ included }) => included.find((one) => one.slug === slug)?.held ?? null);

describe("a trial", () => {
  it("of a new partner lists who matches, who doesn't, and by which rule; and stores nothing", async () => {
    const trial = await tried("fresh", { select: { sections: ["world"] } });
    expect(trial).toMatchObject({ change: "created", rules: [], before: 0, after: 2, leaves: [], signs: 0 });
    expect(slugs(trial.joins)).toEqual(["world-2", "world-1"]);
    expect(trial.newest.map(({ slug, included, was }) => [slug, included, was])).toEqual([
      ["science-2", false, null],
      ["world-2", true, null],
      ["science-1", false, null],
      ["world-1", true, null],
    ]);
    expect(trial.newest[0]?.problems).toEqual([
      { path: "select.sections", message: "is in science; the policy selects world" },
    ]);
    expect((await editor.ask("GET", "/partners/fresh")).status).toBe(404);
    const { DB } = await worker.env();
    for (const table of ["partner_items", "partner_versions"])
      expect(await DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE partner = 'fresh'`).first("n")).toBe(
        0,
      );
  });

  it("says what comes, what leaves, and which version the partner keeps of it", async () => {
    await partner(worker, "both", { select: { sections: ["world"] } });
    const { token } = await issue(worker, "both");
    await fetched("both", token, "world 2");
    await until("the ledger has it", () => held("both", "world-2"));
    const trial = await tried("both", { select: { sections: ["science"] }, content: "excerpt" });
    expect(trial).toMatchObject({ change: "updated", before: 2, after: 2, rewritten: 0 });
    expect(trial.rules).toEqual([
      {
        key: "select",
        before: "section world; nothing sponsored",
        after: "section science; nothing sponsored",
      },
      { key: "content", before: "the whole text", after: "an excerpt" },
    ]);
    expect(slugs(trial.joins)).toEqual(["science-2", "science-1"]);
    expect(trial.leaves.map(({ slug, fetched, problems }) => [slug, fetched, problems[0]?.path])).toEqual([
      ["world-2", 1, "select.sections"],
      ["world-1", 1, "select.sections"],
    ]);
    // What is stored is what was, and a policy that is stored then does what was said.
    expect(slugs((await report("both")).included)).toEqual(["world-2", "world-1"]);
    await partner(worker, "both", { select: { sections: ["science"] }, content: "excerpt" });
    expect(slugs((await report("both")).included)).toEqual(slugs(trial.joins));
  });

  it("counts articles that stay with other contents, and knows a policy that changes nothing", async () => {
    await partner(worker, "same");
    expect(await tried("same", {})).toMatchObject({
      change: "unchanged",
      rewritten: 0,
      joins: [],
      leaves: [],
    });
    expect(await tried("same", { attribution: "From us" })).toMatchObject({
      ...{ change: "updated", before: 4, after: 4, rewritten: 4, joins: [], leaves: [] },
      rules: [{ key: "attribution", before: null, after: "From us" }],
    });
  });

  it("says that a disabled partner gets nothing, whatever the rules", async () => {
    await partner(worker, "off");
    const trial = await tried("off", { enabled: false });
    expect([trial.after, trial.leaves.length, trial.newest.some(({ included }) => included)]).toEqual([
      0,
      4,
      false,
    ]);
    expect(trial.leaves[0]?.problems).toEqual([
      { path: "enabled", message: "is disabled: every request is refused" },
    ]);
  });

  it("names the limit, and what a format's linter refuses", async () => {
    // All are older than 48 hours, so the limit counts.
    const few = await tried("few", { limits: { items: 1 } });
    expect(few.newest.map(({ problems }) => problems[0]?.path)).toEqual([
      undefined,
      "limits",
      "limits",
      "limits",
    ]);
    const msn = await tried("linted", { profile: "msn" });
    expect(msn.after).toBe(0);
    expect(msn.newest[0]?.problems[0]?.path).toMatch(/^profile/);
  });

  it("explains one article, and a story that isn't published, rule by rule", async () => {
    const world = { select: { sections: ["world"] } };
    const { chosen } = await tried("fresh", world, "?article=science-1");
    expect(chosen).toMatchObject({ slug: "science-1", included: false });
    expect(chosen?.rules).toContainEqual({
      ...{ rule: "select.sections", passed: false },
      says: "is in science; the policy selects world",
    });
    const draft = { headline: "A draft", section: "world", body: { html: "<p>Not out.</p>" } };
    const made = await editor.ask("POST", "/stories", { article: draft });
    const { id } = (await made.json()) as StoryAnswer;
    const ofStory = (await tried("fresh", world, `?story=${id}`)).chosen;
    expect(ofStory).toMatchObject({ headline: "A draft", included: true, ledger: null });
    expect(ofStory?.rules.at(-1)).toMatchObject({ rule: "profile", passed: true });
    const elsewhere = (await tried("fresh", { select: { sections: ["science"] } }, `?story=${id}`)).chosen;
    expect(elsewhere).toMatchObject({ included: false });
    expect((await worker.api("/articles/a-draft")).status).toBe(404);
  });

  it("refuses what can't be stored, and a story that isn't there", async () => {
    const refused = await editor.ask(
      "POST",
      "/partners/fresh/trial",
      policy("other", { select: { sections: ["moon"] } }),
    );
    const { errors } = (await refused.json()) as { readonly errors: readonly { readonly path: string }[] };
    expect([refused.status, errors.map(({ path }) => path)]).toEqual([422, ["select.sections[0]", "id"]]);
    for (const query of ["?story=none", "?article=none"])
      expect((await editor.ask("POST", `/partners/fresh/trial${query}`, policy("fresh"))).status).toBe(404);
  });
});

describe("gaps", () => {
  const gaps = async (id: string): Promise<readonly Gap[]> =>
    (await editor.ask("GET", `/gaps?partner=${id}`)).json();
  const kinds = async (id: string) => (await gaps(id)).map(({ kind, slug, has }) => `${kind} ${slug} ${has}`);
  const ledgerAgo = async (id: string) => {
    const { DB } = await worker.env();
    await DB.prepare("UPDATE partner_versions SET at = '2024-10-24T09:00:00Z' WHERE partner = ?")
      .bind(id)
      .run();
  };
  const inFeed = (id: string, count: number) =>
    until(`the ledger of ${id}`, async () => {
      const { DB } = await worker.env();
      const sql = "SELECT count(*) AS n FROM partner_versions WHERE partner = ?";
      return (await DB.prepare(sql).bind(id).first<number>("n")) === count;
    });

  it("are what was never fetched, an older version, a withdrawal that was not fetched: once an hour has passed", async () => {
    const only = { select: { tags: ["Gaps"] }, profile: "json" };
    const put = (slug: string, more = {}) =>
      worker.put(
        slug,
        article({ headline: slug, tags: ["Gaps"], published: "2024-10-25T09:00:00Z", ...more }),
      );
    await put("kept");
    await put("corrected");
    await put("withdrawn");
    await partner(worker, "late", only);
    const { token } = await issue(worker, "late");
    const headers = { Authorization: `Bearer ${token}` };
    await until("it has three", async () => {
      const feed = await worker.fetch("/partners/late/feed.json", { headers });
      return ((await feed.json()) as { readonly items: readonly unknown[] }).items.length === 3;
    });
    await until("that is noted", () => held("late", "kept"));
    expect(await kinds("late")).toEqual([]);
    await put("corrected", { dek: "Mended." });
    await worker.del("withdrawn");
    await put("new");
    await inFeed("late", 6);
    // Nobody is late a second after.
    expect(await kinds("late")).toEqual([]);
    await ledgerAgo("late");
    expect((await kinds("late")).toSorted()).toEqual([
      "never new null",
      "older corrected 1",
      "retracted withdrawn 1",
    ]);
    expect((await gaps("late"))[0]?.kind).toBe("retracted");
    expect(await held("late", "corrected")).toMatchObject({ version: 1 });
    await (await worker.fetch("/partners/late/feed.json", { headers })).text();
    await until("they are closed", async () => (await kinds("late")).length === 0);
    expect(await held("late", "corrected")).toMatchObject({ version: 2 });
  });

  it("don't hold the withdrawal of what the partner never had, nor anything of a disabled one", async () => {
    const only = { select: { tags: ["Never"] } };
    await worker.put("never", article({ tags: ["Never"] }));
    await partner(worker, "absent", only);
    await inFeed("absent", 1);
    await ledgerAgo("absent");
    expect(await kinds("absent")).toEqual(["never never null"]);
    await worker.del("never");
    await inFeed("absent", 2);
    await ledgerAgo("absent");
    expect(await kinds("absent")).toEqual([]);
    await worker.put("never-2", article({ tags: ["Never"] }));
    await inFeed("absent", 3);
    await ledgerAgo("absent");
    expect(await kinds("absent")).toEqual(["never never-2 null"]);
    await partner(worker, "absent", { ...only, enabled: false });
    expect(await kinds("absent")).toEqual([]);
  });

  it("name what a linter refuses, with what it found", async () => {
    // Of the last days: what is older is left out by its age, which is no gap.
    const published = addSeconds(toInstant(new Date()), -3600);
    await worker.put("refused", article({ headline: "Too short", tags: ["Refused"], published }));
    await partner(worker, "strict", { profile: "msn", select: { tags: ["Refused"] } });
    const [gap] = await until("it is refused", async () => {
      const now = await gaps("strict");
      return now.length > 0 && now;
    });
    expect(gap).toMatchObject({ kind: "refused", slug: "refused", has: null });
    expect(gap?.problems.length).toBeGreaterThan(0);
  });
});
