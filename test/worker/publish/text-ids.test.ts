// An article whose id is no URI: the API, every feed and a tombstone know it by that id, and Atom by a URI
// made of it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { elementsOf, textsAt } from "../../formats/strict.ts";
import { describeWith, run, TOOLS } from "../../tools.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

const ID = "123 at https://old.example/";
const URI = "tag:news.example.com,2024-01-01:guid:123%20at%20https%3A%2F%2Fold.example%2F";

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

it("comes back from the API as it was sent, and sent again changes nothing", async () => {
  const response = await worker.put("ferry", article({ id: ` ${ID} ` }));
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ id: ID });
  const shown = (await (await worker.api("/articles/ferry")).json()) as { id: string };
  expect(shown.id).toBe(ID);
  expect(await (await worker.put("ferry", shown)).json()).toMatchObject({ change: "unchanged" });
});

it("moves its article to another slug", async () => {
  const moved = await worker.put("ferry-back?from=ferry", article({ id: ID }));
  expect(await moved.json()).toMatchObject({ id: ID, change: "moved", version: 2 });
});

it("is refused where it is no line of text", async () => {
  const response = await worker.put("other", article({ id: "a\u0001b" }));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ path: "id" }] });
});

it("stands in RSS and JSON Feed as it is, and as a URI in Atom", async () => {
  expect(textsAt(elementsOf(await worker.document("rss")), "rss/channel/item/guid")).toEqual([ID]);
  expect(textsAt(elementsOf(await worker.document("atom")), "feed/entry/id")).toEqual([URI]);
  expect(JSON.parse(await worker.document("json")).items).toMatchObject([{ id: ID }]);
});

it("is no other article's: neither an id that is that URI, nor one whose URI is taken", async () => {
  const asUri = await worker.put("another", article({ id: URI }));
  expect(asUri.status).toBe(422);
  expect(await asUri.json()).toMatchObject({
    errors: [{ path: "id", message: `is how Atom writes the id ${ID}: send that one` }],
  });
  // A version before this one let it in.
  expect((await worker.put("older", article({ id: "tag:example.com,2024:x" }))).status).toBe(201);
  const { DB } = await worker.env();
  const uri = "tag:news.example.com,2024-01-01:guid:12345";
  const model = "json_set(model, '$.id', ?1)";
  await DB.prepare(`UPDATE articles SET id = ?1, model = ${model} WHERE slug = 'older'`).bind(uri).run();
  await DB.prepare("UPDATE slugs SET article_id = ? WHERE slug = 'older'").bind(uri).run();
  const second = await worker.put("second", article({ id: "12345" }));
  expect(second.status).toBe(409);
  expect(JSON.stringify(await second.json())).toContain("the article older");
  // It can still be changed under the id that it has.
  const edited = await worker.put("older", article({ id: uri, headline: "Edited" }));
  expect([edited.status, ((await edited.json()) as { change: string }).change]).toEqual([200, "updated"]);
  expect((await worker.del("older", "silent=true")).status).toBe(200);
});

it("is gone under the same names once its article was withdrawn", async () => {
  expect((await worker.del("ferry-back", "silent=true")).status).toBe(200);
  expect(await worker.document("atom")).toContain(`ref="${URI}"`);
  const { items, _wireroom } = JSON.parse(await worker.document("json"));
  expect(items.map(({ id }: { readonly id: string }) => id)).not.toContain(ID);
  expect(_wireroom.deleted).toContainEqual({ id: ID, at: expect.stringMatching(/Z$/) });
});

describeWith(TOOLS.jing, "Atom's grammar", () => {
  it("takes the document with its tombstone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wireroom-tombstone-"));
    const file = join(folder, "atom.xml");
    writeFileSync(file, await worker.document("atom"));
    const schema = join(import.meta.dirname, "../../schemas/atom.rnc");
    expect(await run("jing", ["-c", schema, file])).toBe("");
    rmSync(folder, { recursive: true, force: true });
  });
});
