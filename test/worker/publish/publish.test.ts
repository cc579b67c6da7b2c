// Publishing and editing change the feeds in all three formats; the same PUT again changes nothing.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { type MovedWorker, startMovedWorker } from "../moved-clock.ts";

const ID = "tag:news.example.com,2024-01-01:harbour";

let worker: MovedWorker;
beforeAll(async () => {
  worker = await startMovedWorker();
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
      home: "api",
      url: "https://wire.test/articles/harbour",
      feeds: ["https://wire.test/rss.xml", "https://wire.test/atom.xml", "https://wire.test/feed.json"],
      change: "created",
      warnings: [],
    });
  });

  it("answers with warnings about changed content, and again if the article is already stored", async () => {
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

  it("answers with a warning for an article that has nothing in it", async () => {
    const blanks = ["\u2800", "\u3164", "\u115f", "\u034f", "\ufe0f", "\u200b"].map(
      (blank) => `<p>${blank}</p>`,
    );
    const table = "<table><tr><td></td></tr></table>";
    for (const html of ["", "<p> </p>", "<script>x</script>", table, ...blanks]) {
      const response = await worker.put(
        "empty",
        article({ body: { html }, published: "2037-01-01T00:00:00Z" }),
      );
      const { warnings } = (await response.json()) as { warnings: { code: string; path: string }[] };
      expect(warnings.filter(({ code }) => code === "article-empty")).toMatchObject([{ path: "body.html" }]);
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
    expect(after.every((row, index) => Number(row.version) > Number(before[index]?.version))).toBe(true);
    expect(after.every((row, index) => String(row.changed_at) > String(before[index]?.changed_at))).toBe(
      true,
    );
  });

  it("is seen at once by the publisher, before any rebuild", async () => {
    await worker.put("at-once", article({ headline: "At once", published: "2024-10-23T00:00:00Z" }));
    for (const format of FORMATS) {
      expect(await (await worker.fetch(`/${FORMAT_FILES[format]}`)).text()).toContain("At once");
    }
  });

  it("of another isolate is seen once memory is ten seconds old", async () => {
    const read = async () => (await worker.fetch("/rss.xml")).text();
    expect(await read()).toContain("At once");
    // As another isolate would: in D1 alone, behind the back of this one's memory.
    const { DB, REBUILDS } = await worker.env();
    const change = async (...statements: readonly string[]) => {
      const mark = "UPDATE feeds SET mark = mark + 1, stale_since = '2024-10-24T00:00:00Z'";
      await DB.batch([...statements, mark].map((sql) => DB.prepare(sql)));
      await REBUILDS.send({ kind: "document", feed: "site", format: "rss" });
    };
    await change("CREATE TABLE kept AS SELECT * FROM entries", "DELETE FROM entries");
    expect(await worker.document("rss")).not.toContain("At once");
    await worker.moveBy(11_000);
    expect(await read()).not.toContain("At once");
    await change("INSERT INTO entries SELECT * FROM kept", "DROP TABLE kept");
    expect(await worker.document("rss")).toContain("At once");
    await worker.moveBy(0);
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

describe("an article's home", () => {
  const listed = async (slug: string) => {
    const { articles } = (await (await worker.api("/articles?limit=100")).json()) as {
      articles: readonly { slug: string }[];
    };
    return articles.find((each) => each.slug === slug);
  };

  it("is the API unless the sender names another, and stays when others change the text", async () => {
    expect(await (await worker.put("of-cms", article())).json()).toMatchObject({ home: "api" });
    expect(await (await worker.put("of-git?home=git", article())).json()).toMatchObject({ home: "git" });
    const edited = article({ headline: "Edited" });
    expect(await (await worker.put("of-git?by=Mara", edited)).json()).toMatchObject({ home: "git" });
    expect(await listed("of-git")).toMatchObject({ home: "git", version: 2, gitVersion: 1, sentBy: "Mara" });
    expect((await worker.api("/articles/of-git")).headers.get("Wireroom-Home")).toBe("git");
    expect(await (await worker.put("of-git?home=api", edited)).json()).toMatchObject({ home: "api" });
  });

  it("and what git last sent are still known of an article that was withdrawn and brought back", async () => {
    await worker.put("back?home=git", article());
    expect(await (await worker.del("back")).json()).toMatchObject({ home: "git", status: "withdrawn" });
    expect(await listed("back")).toMatchObject({ version: 2, gitVersion: 2 });
    expect((await worker.put("back", article({ restore: true }))).status).toBe(200);
    expect(await listed("back")).toMatchObject({ home: "git", version: 3, gitVersion: 3 });
  });

  it("is unknown for what was stored before it was noted, until somebody sends it again", async () => {
    const { DB } = await worker.env();
    for (const slug of ["old-git", "old-cms"]) {
      await worker.put(slug, article());
      await DB.prepare(
        "UPDATE articles SET home = NULL, git_version = NULL, sent_at = NULL, sent_by = NULL WHERE slug = ?",
      )
        .bind(slug)
        .run();
    }
    expect(await listed("old-git")).toMatchObject({ home: null, gitVersion: null, sentAt: null });
    expect((await worker.api("/articles/old-git")).headers.get("Wireroom-Home")).toBeNull();
    const same = await (await worker.put("old-git?home=git", article())).json();
    expect(same).toMatchObject({ home: "git", change: "unchanged", version: 1 });
    expect(await listed("old-git")).toMatchObject({ home: "git", gitVersion: 1 });
    await worker.put("old-cms", article());
    expect(await listed("old-cms")).toMatchObject({ home: "api", gitVersion: null });
  });
});

describe("two articles that are one", () => {
  const id = (slug: string) => `tag:news.example.com,2024-01-01:${slug}`;
  const idsInFeed = async () =>
    JSON.parse(await worker.document("json")).items.map((item: { id: string }) => item.id);

  it("become the one that was stored first, under the new slug: the other goes without a notice, and redirects", async () => {
    await worker.put("ferry?home=git", article());
    await (await worker.env()).DB.prepare(
      "UPDATE versions SET at = '2024-01-01T00:00:00Z' WHERE article_id = ?",
    )
      .bind(id("ferry"))
      .run();
    await worker.put("night-ferry?home=git", article());
    await worker.put("third", article({ headline: "Third" }));
    const merged = await worker.put("night-ferry?home=git&from=ferry", article({ headline: "Night ferry" }));
    expect(await merged.json()).toMatchObject({ id: id("ferry"), slug: "night-ferry", change: "moved" });
    expect((await worker.fetch("/articles/night-ferry")).status).toBe(200);
    const old = await worker.raw("/articles/ferry");
    expect([old.status, old.headers.location]).toEqual([301, "/articles/night-ferry"]);
    const ids = await idsInFeed();
    expect(ids).toContain(id("ferry"));
    expect(ids).not.toContain(id("night-ferry"));
    expect(await worker.document("atom")).toContain(`ref="${id("night-ferry")}"`);
    // Sent again it is the same article.
    const again = await worker.put("night-ferry?home=git&from=ferry", article({ headline: "Night ferry" }));
    expect(await again.json()).toMatchObject({ id: id("ferry"), change: "unchanged" });
  });

  it("become one the other way round too: what was renamed goes back, and its second name redirects", async () => {
    await worker.put("tram?home=git", article());
    await (await worker.env()).DB.prepare(
      "UPDATE versions SET at = '2024-01-01T00:00:00Z' WHERE article_id = ?",
    )
      .bind(id("tram"))
      .run();
    await worker.put("trams?home=git", article());
    await worker.del("trams");
    expect(await idsInFeed()).toContain(id("trams"));
    const merged = await worker.put("tram?home=git&from=trams", article());
    expect(await merged.json()).toMatchObject({ id: id("tram"), slug: "tram" });
    const second = await worker.raw("/articles/trams");
    expect([second.status, second.headers.location]).toEqual([301, "/articles/tram"]);
    expect(await idsInFeed()).not.toContain(id("trams"));
  });

  it("are one again where the first was withdrawn by mistake: it is back under its id", async () => {
    await worker.put("quay?home=git", article());
    await (await worker.env()).DB.prepare(
      "UPDATE versions SET at = '2024-01-01T00:00:00Z' WHERE article_id = ?",
    )
      .bind(id("quay"))
      .run();
    await worker.put("new-quay?home=git", article());
    await worker.del("quay");
    const merged = await worker.put("new-quay?home=git&from=quay", article());
    expect(await merged.json()).toMatchObject({ id: id("quay"), slug: "new-quay", change: "restored" });
    expect(await idsInFeed()).toContain(id("quay"));
    expect((await worker.raw("/articles/quay")).headers.location).toBe("/articles/new-quay");
  });

  it("are told the way where the id of the one is sent to the slug of the other", async () => {
    await worker.put("pier", article());
    await worker.put("new-pier", article());
    const response = await worker.put("new-pier", article({ id: id("pier") }));
    expect(response.status).toBe(409);
    expect(await response.text()).toMatch(/\?from=pier \(npx wireroom mv pier new-pier\)/);
  });
});
