// Many writers at once: nothing that was acknowledged is lost, no version is skipped, and what is shown of an
// article is of the version that is stored.

import { afterAll, beforeAll, expect, it } from "vitest";
import { articleBySlug } from "../../../src/article/sql.ts";
import { FORMATS } from "../../../src/formats/format.ts";
import { toInstant } from "../../../src/lib/time.ts";
import { commitRecord } from "../../../src/publish/commit.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { runtimeOf } from "../harness.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker?.close());

const rows = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await (
      await worker.env()
    ).DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results;
const versionOf = async (slug: string) =>
  (await rows<{ version: number }>("SELECT version FROM articles WHERE slug = ?", slug))[0]?.version;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it("50 publish at once: all are stored, and all are in every document", async () => {
  const responses = await Promise.all(
    upTo(50).map((n) => worker.put(`story-${n}`, article({ headline: `Story number ${n}.` }))),
  );
  expect(responses.map(({ status }) => status)).toEqual(upTo(50).map(() => 201));
  for (const format of FORMATS) {
    const document = await worker.document(format);
    for (const n of upTo(50)) expect(document, format).toContain(`Story number ${n}.`);
  }
  const [{ seqs } = { seqs: 0 }] = await rows<{ seqs: number }>(
    "SELECT count(DISTINCT seq) AS seqs FROM entries",
  );
  expect(seqs).toBe(50);
});

it("20 edit one article at once: every answer is a version of its own or 409, and none is skipped", async () => {
  const responses = await Promise.all(
    upTo(20).map((n) => worker.put("story-1", article({ headline: `Edit ${n}.` }))),
  );
  const answers = await Promise.all(
    responses.map(async (response, index) => ({
      status: response.status,
      version: ((await response.json()) as { version?: number }).version,
      headline: `Edit ${index + 1}.`,
    })),
  );
  const accepted = answers.filter(({ status }) => status === 200);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.map(({ version }) => version).sort((a = 0, b = 0) => a - b)).toEqual(
    upTo(accepted.length).map((n) => n + 1),
  );
  expect(await versionOf("story-1")).toBe(accepted.length + 1);
  const last = accepted.find(({ version }) => version === accepted.length + 1);
  const [stored] = await rows<{ headline: string }>(
    "SELECT model->>'headline' AS headline FROM articles WHERE slug = 'story-1'",
  );
  expect(stored?.headline).toBe(last?.headline);
  for (const format of FORMATS)
    expect(await worker.document(format), format).toContain(last?.headline ?? "nobody");
});

it("two edit with If-Match: one is accepted, the other is told 412", async () => {
  const version = await versionOf("story-2");
  const edits = ["Left", "Right"].map((headline) =>
    worker.put("story-2", article({ headline }), { "If-Match": `"${version}"` }),
  );
  const statuses = (await Promise.all(edits)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 412]);
  expect(await versionOf("story-2")).toBe(2);
});

it("one who comes in between is not overwritten unseen: If-Match fails though it matched when asked", async () => {
  const id = "tag:news.example.com,2024-01-01:story-3";
  const sql = `INSERT INTO versions (article_id, version, at) VALUES ('${id}', 2, '2024-10-24T00:00:00Z')`;
  await worker.fail({ interlude: { before: "INSERT INTO versions", sql } });
  const response = await worker.put("story-3", article({ headline: "Lost race" }), { "If-Match": '"1"' });
  expect([412, 409]).toContain(response.status);
  const [stored] = await rows<{ headline: string }>(
    "SELECT model->>'headline' AS headline FROM articles WHERE id = ?",
    id,
  );
  expect(stored?.headline).toBe("Story number 3.");
});

it("one slug is created by many at once: one is first, and they are versions of one article", async () => {
  const puts = upTo(6).map((n) => worker.put("new-one", article({ headline: `Take ${n}` })));
  const responses = await Promise.all(puts);
  const statuses = responses.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  for (const response of responses) {
    if (response.ok) continue;
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Others kept changing this article meanwhile");
  }
  expect(await rows("SELECT 1 FROM articles WHERE slug = 'new-one'")).toHaveLength(1);
  expect(await versionOf("new-one")).toBe(responses.filter(({ ok }) => ok).length);
});

it("two articles race for one slug: one has it, the other is refused and leaves nothing", async () => {
  const ids = ["tag:example.com,2024:a", "tag:example.com,2024:b"];
  const statuses = (await Promise.all(ids.map((id) => worker.put("contested", article({ id }))))).map(
    (r) => r.status,
  );
  expect(statuses.sort()).toEqual([201, 409]);
  expect(await rows("SELECT 1 FROM articles WHERE id IN (?, ?)", ...ids)).toHaveLength(1);
  for (const table of ["entries", "article_terms", "versions", "slugs"]) {
    const loser = `SELECT DISTINCT article_id FROM ${table} WHERE article_id IN (?, ?)`;
    expect(await rows(loser, ...ids), table).toHaveLength(1);
  }
});

it("a withdrawal and an edit at once: whichever is last, the feeds say the same as the page", async () => {
  for (const n of [11, 12, 13, 14]) {
    const answers = await Promise.all([
      worker.del(`story-${n}`),
      worker.put(`story-${n}`, article({ body: { html: `<p>Raced ${n}.</p>` } })),
    ]);
    const gone = (await worker.fetch(`/articles/story-${n}`)).status === 410;
    const document = await worker.document("json");
    expect(document.includes(`Raced ${n}.`)).toBe(!gone);
    expect(await versionOf(`story-${n}`)).toBe(1 + answers.filter(({ ok }) => ok).length);
  }
});

it("a writer who has read a version of long ago changes nothing, and of the versions between nothing is kept", async () => {
  for (const n of upTo(4)) await worker.put("story-4", article({ headline: `Edit ${n}` }));
  const env = await worker.env();
  const record = await articleBySlug(env.DB, "story-4");
  if (!record) throw new Error("the article of this test is missing");
  const nothing = { entries: [], placements: [], tombstones: [] };
  const now = toInstant(new Date());
  for (const version of [2, 3, 5, 7])
    expect(await commitRecord(runtimeOf(env), { ...record, version }, now, nothing)).toBe(false);
  expect(await versionOf("story-4")).toBe(5);
  await worker.scheduled("0 * * * *");
  const kept = await rows("SELECT version FROM versions WHERE article_id = ?", record.article.id);
  expect(kept).toEqual([{ version: 1 }, { version: 5 }]);
});

it("a failed transaction changes nothing at all", async () => {
  const tables = [
    "articles",
    "versions",
    "slugs",
    "entries",
    "article_terms",
    "tombstones",
    "sequence",
    "feeds",
  ];
  const state = async () =>
    JSON.stringify(await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table}`))));
  await worker.settled();
  const { DB } = await worker.env();
  await DB.prepare(
    "CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN NEW.format = 'json' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  ).run();
  const before = await state();
  expect((await worker.put("story-20", article({ headline: "Half done" }))).status).toBe(503);
  expect((await worker.put("story-new", article({ headline: "Half done" }))).status).toBe(503);
  expect(await state()).toBe(before);
  await DB.prepare("DROP TRIGGER refuse").run();
});
