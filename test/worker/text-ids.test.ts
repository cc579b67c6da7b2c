// An article whose id is no URI: the API, every feed and a tombstone know it by that id, and Atom by a URI made of it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { article } from "./articles.ts";
import { type RunningWorker, startWorker } from "./harness.ts";

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

it("is gone under the same names once its article was withdrawn", async () => {
  expect((await worker.del("ferry-back", "silent=true")).status).toBe(200);
  expect(await worker.document("atom")).toContain(`ref="${URI}"`);
  const { items, _wireroom } = JSON.parse(await worker.document("json"));
  expect(items).toEqual([]);
  expect(_wireroom.deleted).toEqual([{ id: ID, at: expect.stringMatching(/Z$/) }]);
});

describeWith(TOOLS.jing, "Atom's grammar", () => {
  it("takes the document with its tombstone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wireroom-tombstone-"));
    const file = join(folder, "atom.xml");
    writeFileSync(file, await worker.document("atom"));
    const schema = join(import.meta.dirname, "../schemas/atom.rnc");
    expect(await run("jing", ["-c", schema, file])).toBe("");
    rmSync(folder, { recursive: true, force: true });
  });
});
