// Requests that the publishing API refuses. The answer lists all problems, and nothing is stored.

import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IMAGES_LIMIT } from "../../../src/article/image.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";

interface Problem {
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  expect(response.headers.get("Content-Language")).toBe("en");
  return response.json();
};

const articles = async (): Promise<number> =>
  (
    await (
      await worker.env()
    ).DB.prepare("SELECT coalesce(sum(version), 0) AS n FROM articles").first<{ n: number }>()
  )?.n ?? -1;

/** PUTs, and expects `status`, a problem, and nothing stored. */
async function refused(status: number, slug: string, body: unknown, headers?: Record<string, string>) {
  const before = await articles();
  const response = await worker.put(slug, body, headers);
  expect(response.status).toBe(status);
  expect(await articles()).toBe(before);
  return problemOf(response);
}

const paths = ({ errors }: Problem) => errors?.map(({ path }) => path);

describe("422", () => {
  it("names a tag that is too long for a feed's key", async () => {
    // One character whose slug has four, each of three bytes.
    const problem = await refused(422, "long-tag", article({ tags: ["short", "\u337f".repeat(40)] }));
    expect(paths(problem)).toEqual(["tags[1]"]);
    expect((await worker.put("long-tag", article({ tags: ["\u337f".repeat(30)] }))).status).toBe(201);
  });

  it("refuses HTML that is nested too deep, by the same limit as for files", async () => {
    const nested = (depth: number) => `${"<div>".repeat(depth)}x${"</div>".repeat(depth)}`;
    const problem = await refused(422, "deep", article({ body: { html: nested(201) } }));
    expect(problem.errors).toEqual([
      { path: "body.html", message: "is nested more than 200 deep: take elements out of each other" },
    ]);
    expect((await worker.put("deep", article({ body: { html: nested(200) } }))).status).toBe(201);
  });

  it("for a date without a zone, shows it with the site's zone, in every field", async () => {
    const problem = await refused(422, "zoneless", {
      ...article({
        published: "2024-07-01T08:05:00",
        expires: "2024-02-30",
        corrections: [{ at: "2024-10-25", kind: "correction", text: "x" }],
      }),
    });
    const DATE = "must be a date and time with zone, like 2024-10-24T20:30:00+09:00";
    expect(problem.errors).toEqual([
      {
        path: "published",
        code: "invalid-date",
        message: `${DATE}; by the clocks of Asia/Seoul (site.yaml) it is 2024-07-01T08:05:00+09:00`,
      },
      { path: "expires", code: "invalid-date", message: DATE },
      {
        path: "corrections[0].at",
        code: "invalid-date",
        message: `${DATE}; the start of that day by the clocks of Asia/Seoul (site.yaml) is 2024-10-25T00:00:00+09:00`,
      },
    ]);
  });

  it("names every problem at once, each with its path", async () => {
    const problem = await refused(422, "many", {
      ...article({
        published: "2024-02-30T00:00:00Z",
        updated: "yesterday",
        language: "no such language",
        bylines: [{ name: "Ana" }, { name: "", url: "ftp://example.com" }],
        images: [{ src: "javascript:alert(1)" }],
        corrections: [{ at: "2024-10-25", kind: "mistake", text: "x" }],
      }),
      headline: undefined,
      colour: "red",
    });
    for (const path of [
      "headline",
      "published",
      "updated",
      "language",
      "bylines[1].name",
      "bylines[1].url",
      "images[0].src",
      "corrections[0].at",
      "corrections[0].kind",
      "colour",
    ]) {
      expect(paths(problem), path).toContain(path);
    }
  });

  it("names unknown fields, nested ones too", async () => {
    const body = article({
      author: "Ana",
      bylines: [{ name: "Ana", nmae: "x" }],
      body: { html: "<p>x</p>", markdown: "" },
    });
    const problem = await refused(422, "unknown", body);
    expect(paths(problem)).toEqual(expect.arrayContaining(["author", "bylines[0].nmae", "body.markdown"]));
    expect(problem.errors?.find(({ path }) => path === "author")?.message).toMatch(/not a known field/);
  });

  it.each([
    ["a person", { bylines: ["nobody-here"] }, "bylines[0]"],
    ["a person with a role", { bylines: [{ person: "nobody-here", role: "editor" }] }, "bylines[0].person"],
    ["a section", { section: "no-such-section" }, "section"],
    ["an image", { images: [{ src: `/media/${"0".repeat(64)}.png` }] }, "images[0].src"],
    [
      "an image in the body",
      { body: { html: `<p>x</p><img src="/media/${"0".repeat(64)}.png">` } },
      "body.html",
    ],
    ["a picture that is no image of ours", { images: [{ src: "/logo.png" }] }, "images[0].src"],
  ])("%s that this Wireroom doesn't have", async (_, changes, path) => {
    expect(paths(await refused(422, "unknown", article(changes)))).toEqual([path]);
  });

  it.each(["A-Story", "a_story", "a--story", "-a", "ä", "a".repeat(121), "..%2f..%2fetc"])(
    "the slug %s",
    async (slug) => {
      expect(paths(await refused(422, encodeURI(slug), article()))).toEqual(["slug"]);
    },
  );

  it("refuses too many pictures or too long alts in the body, since GET could then not be PUT back", async () => {
    const pictures = Array.from({ length: IMAGES_LIMIT + 1 }, (_, index) => png(index + 1, 1));
    for (const { sha256, bytes } of pictures) {
      await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    }
    const album = (count: number, alt = "") => {
      const shown = pictures.slice(0, count).map(({ src }) => `<img src="${src}" alt="${alt}">`);
      return article({ body: { html: `<p>Album</p>${shown.join("")}` } });
    };
    expect(paths(await refused(422, "album", album(IMAGES_LIMIT + 1)))).toEqual(["body.html"]);
    expect(paths(await refused(422, "album", album(1, "a".repeat(2001))))).toEqual(["body.html"]);
    expect((await worker.put("album", album(IMAGES_LIMIT))).status).toBe(201);
    const again = await worker.put("album", await (await worker.api("/articles/album")).json());
    expect(await again.json()).toMatchObject({ change: "unchanged" });
  });

  it("`published` of a published article can't be changed", async () => {
    await worker.put("frozen", article());
    const problem = await refused(422, "frozen", article({ published: "2024-10-24T11:31:00Z" }));
    expect(paths(problem)).toEqual(["published"]);
  });

  it("lists keys that site.yaml doesn't have, together with malformed fields", async () => {
    const sent = article({
      bylines: ["nobody", { person: "no-one" }],
      section: "nowhere",
      published: "yesterday",
    });
    expect(paths(await refused(422, "names", sent))?.sort()).toEqual([
      "bylines[0]",
      "bylines[1].person",
      "published",
      "section",
    ]);
  });

  it("a body that would exceed D1's limit of a row", async () => {
    const problem = await refused(422, "large", article({ body: { html: `<p>${"&".repeat(450_000)}</p>` } }));
    expect(problem.errors?.[0]?.message).toMatch(/^makes an entry of [\d,]+ bytes; at most 1,900,000/);
  });

  it("dates of changes that are in the future", async () => {
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    const corrections = [{ at: ahead, kind: "update", text: "To come." }];
    const problem = await refused(422, "ahead", article({ updated: ahead, corrections }));
    expect(paths(problem)).toEqual(["updated", "corrections[0].at"]);
    expect((await worker.put("ahead", article({ published: ahead, updated: ahead }))).status).toBe(201);
  });

  it.each([[null], [[]], ["text"], [7]])("%j as the body", async (body) => {
    expect((await refused(422, "whole", body)).errors?.length).toBeGreaterThan(0);
  });
});

describe("other refusals", () => {
  it("409 if the slug belongs to an article with another id, or redirects", async () => {
    const [a, b] = ["tag:example.com,2024:a", "tag:example.com,2024:b"];
    await worker.put("clash-a", article({ id: a }));
    await worker.put("clash-b", article({ id: b }));
    expect((await refused(409, "clash-a", article({ id: b }))).detail).toContain(a);
    expect((await refused(409, "clash-a", article({ id: "tag:example.com,2024:c" }))).detail).toContain(a);
    expect((await worker.put("clash-c?from=clash-a", article({ id: a }))).status).toBe(200);
    expect((await refused(409, "clash-a", article())).detail).toContain("clash-c");
    expect((await refused(409, "clash-b", article({ id: a }))).detail).toContain(b);
  });

  it("409 for a known id under another slug, unless the sender names the old slug", async () => {
    const id = "tag:example.com,2024:taken-over";
    await worker.put("mine", article({ id }));
    const problem = await refused(409, "hostile", article({ id, headline: "Theirs" }));
    expect(problem.detail).toBe(
      "this id is that of the article mine; to move it here, send it with ?from=mine (npx wireroom mv mine hostile); else leave the id out",
    );
    expect(await (await worker.api("/articles/mine")).json()).toMatchObject({ id });
    expect((await worker.api("/articles/hostile")).status).toBe(404);
    expect((await refused(409, "hostile?from=nobody", article({ id }))).detail).toContain(
      "no article nobody",
    );
    expect((await refused(409, "hostile?from=mine", article({ id: "other" }))).detail).toContain(id);
    const moved = await worker.put("hostile?from=mine", article({ id }));
    expect(await moved.json()).toMatchObject({ id, change: "moved" });
    expect((await worker.api("/articles/mine", { method: "DELETE" })).status).toBe(404);
  });

  it("400 for an unknown home, and for an invalid old slug", async () => {
    expect(paths(await refused(400, "homeless?home=cms", article()))).toEqual(["home"]);
    expect(paths(await refused(400, "homeless?from=A%20b", article()))).toEqual(["from"]);
  });

  it("405 for POST, with Allow", async () => {
    for (const [path, allow] of [
      ["/articles", "GET"],
      ["/articles/some-slug", "GET, PUT, DELETE"],
    ] as const) {
      const response = await worker.api(path, { method: "POST", body: "{}" });
      expect([response.status, response.headers.get("Allow")], path).toEqual([405, allow]);
      expect(await response.text(), path).toContain("PUT /api/articles/{slug}");
    }
  });

  it("412 when If-Match names another version, or If-None-Match: * finds one", async () => {
    await worker.put("matched", article());
    const changed = article({ headline: "Changed" });
    expect((await refused(412, "matched", changed, { "If-Match": '"7"' })).detail).toContain('"1"');
    await refused(412, "matched", changed, { "If-None-Match": "*" });
    await refused(412, "not-there", changed, { "If-Match": '"1"' });
    await refused(400, "matched", changed, { "If-Match": "1" });
    await refused(400, "matched", changed, { "If-Match": 'W/"1"' });
    expect((await worker.put("matched", changed, { "If-Match": '"1"' })).status).toBe(200);
  });

  it("412 says who changed it, when, and which fields differ", async () => {
    await worker.put("shared?home=git", article({ dek: "Ours" }));
    const theirs = article({ dek: "Theirs", tags: ["A", "B"], body: { html: "<p>One two other.</p>" } });
    await worker.put("shared?by=Mara%20Qu%C3%ADll", theirs);
    const ours = article({ dek: "Ours", body: { html: "<p>One two three.</p>" } });
    const problem = await refused(412, "shared?home=git", ours, { "If-Match": '"1"' });
    expect(problem.detail).toMatch(
      /^The stored version is "2", sent on 20\d\d-\S+Z by Mara Quíll, after git had sent version "1"\.$/,
    );
    expect(problem.errors).toEqual([
      { path: "dek", message: "is stored as “Theirs”" },
      { path: "tags", message: "is stored as “A, B”" },
      { path: "body.html", message: "is stored with “One two other.”" },
    ]);
  });

  it("412 says that git sent it, as the list of articles does, whichever program sent it", async () => {
    await worker.put("of-git?home=git", article());
    const { detail } = await refused(412, "of-git", article({ headline: "Theirs" }), {
      "If-None-Match": "*",
    });
    expect(detail).toMatch(/^The stored version is "1", sent on 20\d\d-\S+Z by git\.$/);
  });

  it("no 412 if the stored version already equals what is sent (RFC 9110 §13.1.1)", async () => {
    await worker.put("already?home=git", article());
    await worker.put("already", article({ headline: "Theirs" }));
    const taken = await worker.put("already?home=git", article({ headline: "Theirs" }), {
      "If-Match": '"1"',
    });
    expect(await taken.json()).toMatchObject({ change: "unchanged", version: 2 });
    const next = await worker.put("already?home=git", article({ headline: "Ours" }), { "If-Match": '"2"' });
    expect(next.status).toBe(200);
  });

  it("412 when If-Match: * finds no article; an existing one is replaced, withdrawn or not", async () => {
    const any = { "If-Match": "*" };
    expect((await refused(412, "any", article(), any)).detail).toBe("There is no such article.");
    expect((await worker.put("any", article(), { "If-None-Match": "*" })).status).toBe(201);
    expect((await worker.put("any", article({ headline: "Changed" }), any)).status).toBe(200);
    expect((await worker.api("/articles/any", { method: "DELETE", headers: any })).status).toBe(200);
    expect((await worker.api("/articles/none", { method: "DELETE", headers: any })).status).toBe(404);
    await refused(412, "any", article({ restore: true }), { "If-None-Match": "*" });
    expect((await worker.put("any", article({ restore: true }), any)).status).toBe(200);
  });

  // hostile-requests.test.ts tests the same for a body without Content-Length.
  it("413 over 512 kB", async () => {
    const { status, body } = await worker.raw("/api/articles/large", "PUT", {
      Authorization: `Bearer ${TOKEN}`,
      "Content-Type": "application/json",
      "Content-Length": "512001",
    });
    expect([status, JSON.parse(body.toString())]).toMatchObject([413, { status: 413 }]);
  });

  it("415 for a compressed body, with the coding that is taken", async () => {
    const put = (coding: string, body: BodyInit) => {
      const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
      return worker.api("/articles/coded", { method: "PUT", headers, body });
    };
    const response = await put("gzip", new Uint8Array(gzipSync(JSON.stringify(article()))));
    expect([response.status, response.headers.get("Accept-Encoding")]).toEqual([415, "identity"]);
    expect((await problemOf(response)).detail).toBe("Send the body uncompressed, without Content-Encoding.");
    expect((await put("identity", JSON.stringify(article()))).status).toBe(201);
  });

  it("415 for another media type, 400 for invalid JSON", async () => {
    const put = (type: string, body: BodyInit) =>
      worker.api("/articles/typed", { method: "PUT", headers: { "Content-Type": type }, body });
    for (const type of ["text/plain", "application/xml", "application/jsonp", "multipart/form-data"]) {
      const response = await put(type, JSON.stringify(article()));
      expect([type, response.status]).toEqual([type, 415]);
      await problemOf(response);
    }
    for (const body of ["", "{", "{'a':1}", new Uint8Array([0x22, 0xff, 0x22]), new Uint8Array([0])]) {
      const response = await put("application/json", body);
      expect(response.status).toBe(400);
      await problemOf(response);
    }
    expect((await put("Application/JSON; charset=utf-8", JSON.stringify(article()))).status).toBe(201);
  });

  it("404 for an unknown article, image and call", async () => {
    for (const [method, path] of [
      ["GET", "/articles/nowhere"],
      ["DELETE", "/articles/nowhere"],
      ["GET", `/media/${"0".repeat(64)}`],
      ["DELETE", `/media/${"0".repeat(64)}`],
      ["PATCH", "/articles/frozen"],
      ["GET", "/nothing"],
      ["GET", ""],
    ] as const) {
      const response = await worker.api(path, { method });
      expect([path, response.status]).toEqual([path, 404]);
      await problemOf(response);
    }
  });

  it("400 for an invalid page size", async () => {
    for (const limit of ["0", "101", "ten", "1.5", "-1"]) {
      expect((await worker.api(`/articles?limit=${limit}`)).status).toBe(400);
    }
  });
});
