// Withdrawing: the page is gone at once, a notice stays in the feeds for a while, then a tombstone. Nothing
// of what the article said is left anywhere, and nobody hears of one that was never out.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

const idOf = (slug: string) => `tag:news.example.com,2024-01-01:${slug}`;
const PICTURE = png(640, 480);

/** Everything that a reader could have learnt from the article `harbour`. */
const TOLD = [
  "Crane",
  "Bea Borg",
  "Zed Zimmer",
  "shipping",
  "Busan",
  "640",
  PICTURE.sha256,
  "Quay wall",
  "erratum",
];
const HARBOUR = article({
  headline: "Crane falls into harbour",
  shortHeadline: "Crane falls",
  dek: "The crane was old.",
  tags: ["shipping"],
  section: "asia-pacific",
  dateline: "BUSAN",
  bylines: [
    { name: "Bea Borg" },
    { name: "Zed Zimmer", role: "photographer", bio: "Zed photographs Busan." },
  ],
  images: [{ src: PICTURE.src, alt: "Quay wall", credit: "Zed Zimmer" }],
  corrections: [{ at: "2024-10-25T00:00:00Z", kind: "correction", text: "An erratum." }],
  body: { html: `<p>The crane of Busan fell.</p><img src="${PICTURE.src}">` },
});

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
});
afterAll(() => worker?.close());

const sql = async (text: string, ...values: unknown[]) => {
  await (await worker.env()).DB.prepare(text)
    .bind(...values)
    .run();
};
const documents = () => Promise.all(FORMATS.map((format) => worker.document(format)));
const item = async (id: string) =>
  JSON.parse(await worker.document("json")).items.find((one: { id: string }) => one.id === id);
/** As if the notice of an article had stood for its 30 days. */
async function endNotice(id: string) {
  const past = "2025-01-01T00:00:00Z";
  await sql("UPDATE article_terms SET expires_at = ? WHERE article_id = ?", past, id);
  await sql("UPDATE tombstones SET visible_from = ? WHERE article_id = ?", past, id);
  await worker.api("/rebuild", { method: "POST" });
}

describe("with a notice", () => {
  it("answers 200, once and again", async () => {
    await worker.put("other", article({ headline: "Something else", published: "2024-10-23T00:00:00Z" }));
    expect((await worker.put("harbour", HARBOUR)).status).toBe(201);
    for (const document of await documents())
      for (const fact of TOLD) expect(document.toLowerCase()).toContain(fact.toLowerCase());
    const response = await worker.del("harbour", "reason=The%20crane%20stands%20%26%20works");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ version: 2, status: "withdrawn", feeds: [] });
    expect(await (await worker.del("harbour")).json()).toMatchObject({ version: 2 });
  });

  it("takes the page away: 410 with the reason, and nothing of the article", async () => {
    const page = await worker.fetch("/articles/harbour");
    expect(page.status).toBe(410);
    const text = await page.text();
    expect(text).toContain("The crane stands &amp; works");
    for (const fact of TOLD.filter((one) => one !== "Crane")) expect(text).not.toContain(fact);
    expect(await (await worker.fetch("/")).text()).not.toContain("Crane falls");
  });

  it("leaves a notice under the same id, newly dated, with the reason", async () => {
    const notice = await item(idOf("harbour"));
    expect(notice.date_published).toBe("2024-10-24T11:30:00Z");
    expect(Date.parse(notice.date_modified)).toBeGreaterThan(Date.now() - 60_000);
    expect(notice.content_html).toContain("The crane stands &amp; works");
    for (const document of await documents()) {
      expect(document).toContain(idOf("harbour"));
      expect(document).toContain("The crane stands");
    }
  });

  it("says why in what readers show of an entry, and names the headline on its page", async () => {
    expect((await item(idOf("harbour"))).summary).toContain("The crane stands & works");
    const [rss = ""] = await documents();
    expect(rss).toMatch(/<description>[^\n]*The crane stands/);
    const page = await worker.fetch("/articles/harbour");
    expect(page.status).toBe(410);
    expect(await page.text()).toContain("<cite>Crane falls into harbour</cite>");
  });

  it("names the headline, and leaves no name, picture or tag in any document", async () => {
    const headline = "This article was withdrawn — Crane falls into harbour";
    expect((await item(idOf("harbour"))).title).toBe(headline);
    for (const document of await documents()) expect(document).toContain(headline);
    const left = (await documents()).join("\n").replaceAll("The crane stands", "").replaceAll(headline, "");
    for (const fact of TOLD) expect(left.toLowerCase(), fact).not.toContain(fact.toLowerCase());
  });

  it("refuses a PUT on the slug until it says restore", async () => {
    expect((await worker.put("harbour", HARBOUR)).status).toBe(409);
    expect((await worker.put("elsewhere", { ...HARBOUR, id: idOf("harbour") })).status).toBe(409);
    expect((await worker.put("harbour", article({ id: "tag:example.com,2024:new" }))).status).toBe(409);
  });

  it("becomes a tombstone when its time is over: in Atom and JSON Feed, once, and nowhere else", async () => {
    await endNotice(idOf("harbour"));
    const [rss = "", atom = "", json = ""] = await documents();
    expect(rss).not.toContain(idOf("harbour"));
    expect(atom.match(/<at:deleted-entry[^>]*>/g)).toEqual([
      expect.stringContaining(`ref="${idOf("harbour")}"`),
    ]);
    expect(atom).not.toContain(`<id>${idOf("harbour")}</id>`);
    const feed = JSON.parse(json);
    expect(feed._wireroom.deleted).toEqual([{ id: idOf("harbour"), at: expect.stringMatching(/Z$/) }]);
    expect(feed.items.map(({ id }: { id: string }) => id)).toEqual([idOf("other")]);
    expect((await worker.fetch("/articles/harbour")).status).toBe(410);
  });

  it("comes back whole with restore, and its tombstone goes", async () => {
    const response = await worker.put("harbour", { ...HARBOUR, restore: true });
    expect(await response.json()).toMatchObject({
      id: idOf("harbour"),
      version: 3,
      status: "published",
      change: "restored",
    });
    for (const document of await documents()) {
      expect(document).toContain("Crane falls into harbour");
      expect(document).not.toMatch(/deleted/);
    }
    expect((await worker.fetch("/articles/harbour")).status).toBe(200);
  });
});

describe("silently", () => {
  it("is out of every feed at once, leaving a tombstone", async () => {
    await worker.put("quiet", article({ headline: "Too soon" }));
    for (const document of await documents()) expect(document).toContain("Too soon");
    expect((await worker.del("quiet", "silent=true")).status).toBe(200);
    const [rss = "", atom = "", json = ""] = await documents();
    expect(rss).not.toContain(idOf("quiet"));
    expect(atom).toContain(`<at:deleted-entry`);
    expect(atom).not.toContain("Too soon");
    expect(JSON.parse(json)._wireroom.deleted[0].id).toBe(idOf("quiet"));
    expect((await worker.fetch("/articles/quiet")).status).toBe(410);
  });
});

describe("of one that nobody saw", () => {
  it("leaves no trace: no notice, no tombstone, no 410", async () => {
    const before = await documents();
    const published = new Date(Date.now() + 3_600_000).toISOString();
    await worker.put("secret", article({ headline: "Embargoed", published }));
    expect((await worker.del("secret", "reason=Embargo%20broken")).status).toBe(200);
    expect(await documents()).toEqual(before);
    expect((await worker.fetch("/articles/secret")).status).toBe(404);
    expect((await worker.put("secret", article({ published }))).status).toBe(409);
    await worker.put("secret-too", article({ headline: "Embargoed too", published }));
    expect((await worker.del("secret-too", "silent=true")).status).toBe(200);
    expect(await documents()).toEqual(before);
    // Nothing waits for its hour in the tables that feeds are made from.
    for (const table of ["article_terms", "tombstones", "entries"]) {
      const { DB } = await worker.env();
      const left = DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE article_id IN (?, ?)`);
      expect(await left.bind(idOf("secret"), idOf("secret-too")).first("n"), table).toBe(0);
    }
    // Its hour comes: still nothing.
    await sql(
      `UPDATE articles SET published = '2025-01-01T00:00:00Z', withdrawn_at = '2024-12-31T00:00:00Z',
         model = json_set(model, '$.published', '2025-01-01T00:00:00Z') WHERE id = ?`,
      idOf("secret"),
    );
    expect((await worker.fetch("/articles/secret")).status).toBe(404);
  });
});

describe("whatever the settings have become", () => {
  it("withdraws an article whose section and people site.yaml no longer has", async () => {
    await worker.put(
      "orphan",
      article({ headline: "Orphaned", section: "about", bylines: ["wireroom-desk"] }),
    );
    await worker.settled();
    const model = "json_set(model, '$.section', 'gone', '$.bylines', json('[\"nobody\"]'))";
    await sql(`UPDATE articles SET model = ${model} WHERE id = ?`, idOf("orphan"));
    expect((await worker.del("orphan")).status).toBe(200);
    expect((await worker.fetch("/articles/orphan")).status).toBe(410);
    expect((await item(idOf("orphan"))).title).toBe("This article was withdrawn — Orphaned");
  });

  it("shows no tombstone among articles that are all newer than it", async () => {
    // The site's feed is longer while the page of the archive isn't full.
    const section = "about";
    await worker.put("ancient", article({ headline: "Ancient", published: "2001-01-01T00:00:00Z", section }));
    await worker.del("ancient", "silent=true");
    for (let day = 1; day <= 50; day++) {
      const published = `2024-${day <= 25 ? "11" : "12"}-${String(((day - 1) % 25) + 1).padStart(2, "0")}T00:00:00Z`;
      await worker.put(`day-${day}`, article({ headline: `Day ${day}`, published, section }));
    }
    const [atom = "", json = ""] = await Promise.all(
      (["atom", "json"] as const).map((format) => worker.document(format, `section/${section}`)),
    );
    expect(JSON.parse(json).items).toHaveLength(50);
    expect(JSON.parse(json)._wireroom?.deleted ?? []).toEqual([]);
    expect(atom).not.toContain("deleted-entry");
  });
});

describe("withdrawing again", () => {
  const again = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    worker.api(`/articles/again${query}`, { method: "DELETE", headers });

  it("gives the notice another reason, or takes it away; the third time nothing is left to do", async () => {
    await worker.put("again", article({ headline: "Said too much", published: "2025-06-01T00:00:00Z" }));
    expect(await (await again("?reason=One")).json()).toMatchObject({ version: 2 });
    expect(await (await again("?reason=One")).json()).toMatchObject({ version: 2 });
    expect(await worker.document("json")).toContain("One");
    expect(await (await again("?reason=Another")).json()).toMatchObject({ version: 3 });
    expect(await worker.document("json")).toContain("Another");
    expect(await (await again("?silent=true")).json()).toMatchObject({ version: 4 });
    const json = JSON.parse(await worker.document("json"));
    expect(json.items.map(({ id }: { id: string }) => id)).not.toContain(idOf("again"));
    expect(await (await again("?silent=true")).json()).toMatchObject({ version: 4 });
  });

  it("names no headline where headline=false, then or from then on, until headline=true", async () => {
    const title = async () => (await item(idOf("unsaid"))).title;
    await worker.put("unsaid", article({ headline: "Never to be read", published: "2025-06-02T00:00:00Z" }));
    const unsaid = (query: string) => worker.del("unsaid", query);
    expect((await unsaid("headline=no")).status).toBe(400);
    expect(await (await unsaid("headline=false")).json()).toMatchObject({ version: 2 });
    expect(await title()).toBe("This article was withdrawn");
    for (const document of await documents()) expect(document).not.toContain("Never to be read");
    expect(await (await worker.fetch("/articles/unsaid")).text()).not.toContain("Never to be read");
    // Said again without a word of it, it stays so.
    expect(await (await unsaid("reason=Wrong")).json()).toMatchObject({ version: 3 });
    expect(await title()).toBe("This article was withdrawn");
    expect(await (await unsaid("headline=true")).json()).toMatchObject({ version: 4 });
    expect(await title()).toBe("This article was withdrawn — Never to be read");
  });

  it("does nothing when If-Match names another version", async () => {
    await worker.put("kept", article({ headline: "Kept" }));
    const response = await worker.api("/articles/kept", { method: "DELETE", headers: { "If-Match": '"7"' } });
    expect(response.status).toBe(412);
    expect((await worker.fetch("/articles/kept")).status).toBe(200);
  });
});

describe("of many", () => {
  const MANY = Array.from({ length: 5 }, (_, index) => `many-${index + 1}`);
  const section = "asia-pacific";
  const document = (format: (typeof FORMATS)[number]) => worker.document(format, `section/${section}`);
  const shown = async () => {
    const { items, _wireroom } = JSON.parse(await document("json")) as {
      readonly items: readonly { readonly id: string }[];
      readonly _wireroom?: { readonly deleted?: readonly { readonly id: string }[] };
    };
    const named = (list: readonly { readonly id: string }[]) =>
      MANY.filter((slug) => list.some(({ id }) => id === idOf(slug)));
    return { items: named(items), deleted: named(_wireroom?.deleted ?? []) };
  };

  it("shows the notices of the latest three, and tombstones of the others at once", async () => {
    for (const slug of MANY) await worker.put(slug, article({ headline: `Number ${slug}`, section }));
    for (const slug of MANY) await worker.del(slug);
    // In the order of their names, a second apart, whatever the clock said.
    for (const [index, slug] of MANY.entries()) {
      const at = `2026-01-01T00:00:0${index}Z`;
      await sql("UPDATE articles SET withdrawn_at = ?, fingerprint = '' WHERE id = ?", at, idOf(slug));
      await sql("UPDATE entries SET notice_at = ? WHERE article_id = ?", at, idOf(slug));
    }
    await worker.api("/rebuild", { method: "POST" });
    expect(await shown()).toEqual({ items: MANY.slice(2), deleted: MANY.slice(0, 2) });
    const [rss, atom] = [await document("rss"), await document("atom")];
    for (const [index, slug] of MANY.entries()) {
      const isShown = index >= 2;
      expect(rss.includes(`>${idOf(slug)}<`), slug).toBe(isShown);
      expect(atom.includes(`<id>${idOf(slug)}</id>`), slug).toBe(isShown);
      expect(atom.includes(`ref="${idOf(slug)}"`), slug).toBe(!isShown);
    }
  });

  it("shows another when one of the three comes back or goes without a trace", async () => {
    await worker.put("many-5", article({ headline: "Number many-5", section, restore: true }));
    await worker.del("many-4", "silent=true");
    expect(await shown()).toEqual({
      items: ["many-1", "many-2", "many-3", "many-5"],
      deleted: ["many-4"],
    });
  });
});
