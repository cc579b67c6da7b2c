// Publish -> feed, edit -> feed, the same again -> nothing: in all three formats.

import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../src/model/feed.ts";
import { article } from "./articles.ts";
import { type RunningWorker, startWorker, until } from "./harness.ts";

const ID = "tag:news.example.com,2024-01-01:harbour";

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

const feedState = async () => (await worker.env()).DB.prepare("SELECT * FROM feeds ORDER BY format").all();

describe("publish, then edit", () => {
  it("answers the first PUT with 201 and everything that it became", async () => {
    const response = await worker.put("harbour", article());
    expect(response.status).toBe(201);
    expect(response.headers.get("ETag")).toBe('"1"');
    expect(await response.json()).toEqual({
      slug: "harbour",
      id: ID,
      version: 1,
      status: "published",
      url: "https://wire.test/articles/harbour",
      feeds: ["https://wire.test/rss.xml", "https://wire.test/atom.xml", "https://wire.test/feed.json"],
      change: "created",
      warnings: [],
    });
  });

  it("answers with what it accepted but not as it came, and again when that is stored already", async () => {
    const body = { html: '<p>A film:</p><iframe src="https://films.example/1"></iframe>' };
    for (const status of [201, 200]) {
      const response = await worker.put("film", article({ body, published: "2037-01-01T00:00:00Z" }));
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        warnings: [
          { code: "frame-became-link", path: "body.html", message: expect.stringContaining("films.example") },
        ],
      });
    }
  });

  it.each(FORMATS)("shows it in %s", async (format) => {
    const document = await worker.document(format);
    for (const fact of ["Harbour reopens", ID, "Ana Alvarez", "reopened on Thursday"]) {
      expect(document).toContain(fact);
    }
    const served = await worker.fetch(`/${FORMAT_FILES[format]}`);
    expect(await served.text()).toBe(document);
  });

  it("shows an edit in every document, under the same id", async () => {
    const before = (await feedState()).results;
    const edited = article({ headline: "Harbour closes again", updated: "2024-10-25T08:00:00Z" });
    const response = await worker.put("harbour", edited);
    expect([response.status, response.headers.get("ETag")]).toEqual([200, '"2"']);
    expect(await response.json()).toMatchObject({ id: ID, version: 2, change: "updated" });
    for (const format of FORMATS) {
      const document = await worker.document(format);
      expect(document).toContain("Harbour closes again");
      expect(document).toContain(ID);
      expect(document).not.toContain("Harbour reopens");
    }
    const after = (await feedState()).results;
    expect(after.map((row) => row.version)).toEqual(before.map((row) => Number(row.version) + 1));
    expect(after.every((row, index) => String(row.changed_at) > String(before[index]?.changed_at))).toBe(
      true,
    );
  });

  it("is seen at once by who published, before any rebuild", async () => {
    await worker.put("at-once", article({ headline: "At once", published: "2024-10-23T00:00:00Z" }));
    for (const format of FORMATS) {
      expect(await (await worker.fetch(`/${FORMAT_FILES[format]}`)).text()).toContain("At once");
    }
  });

  it("of another isolate is seen within half a minute", async () => {
    const read = async () => (await worker.fetch("/rss.xml")).text();
    expect(await read()).toContain("At once");
    // As another isolate would: in D1 alone, behind the back of this one's memory.
    const { DB, REBUILDS } = await worker.env();
    await DB.batch([
      DB.prepare(
        "UPDATE entries SET body = replace(body, 'At once', 'Later on'), hash = 'other' WHERE format = 'rss'",
      ),
      DB.prepare(
        "UPDATE feeds SET mark = mark + 1, stale_since = '2024-10-24T00:00:00Z' WHERE format = 'rss'",
      ),
    ]);
    await REBUILDS.send({ kind: "document", feed: "site", format: "rss" });
    expect(await worker.document("rss")).toContain("Later on");
    const start = Date.now();
    expect(await read()).toContain("At once");
    await until(
      "the isolate asks again",
      async () => {
        await pause(250);
        return (await read()).includes("Later on");
      },
      40_000,
    );
    expect(Date.now() - start).toBeLessThan(35_000);
  });
});

describe("the same PUT twice", () => {
  it("makes no version, no byte and no write", async () => {
    await worker.settled();
    const state = (await feedState()).results;
    const documents = await Promise.all(FORMATS.map((format) => worker.document(format)));
    const edited = article({ headline: "Harbour closes again", updated: "2024-10-25T08:00:00Z" });
    const response = await worker.put("harbour", edited);
    expect([response.status, response.headers.get("ETag")]).toEqual([200, '"2"']);
    expect(await response.json()).toMatchObject({ version: 2, change: "unchanged" });
    expect((await feedState()).results).toEqual(state);
    expect(await Promise.all(FORMATS.map((format) => worker.document(format)))).toEqual(documents);
  });

  it("is the same whatever the order of its fields and the spelling of its dates", async () => {
    const { body, headline, ...rest } = article({ headline: "Harbour closes again" });
    const response = await worker.put("harbour", {
      updated: "2024-10-25T17:00:00+09:00",
      body,
      ...rest,
      headline,
    });
    expect(await response.json()).toMatchObject({ version: 2, change: "unchanged" });
  });

  it("is what GET of the article gives back", async () => {
    const stored = await worker.api("/articles/harbour");
    expect(stored.headers.get("ETag")).toBe('"2"');
    const response = await worker.put("harbour", await stored.json());
    expect(await response.json()).toMatchObject({ version: 2, change: "unchanged" });
  });
});
