// What a partner's feed holds: the articles that the policy selects, as they are now, kept built like any
// other document.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSeconds, type Instant, toInstant } from "../../../src/lib/time.ts";
import type { PartnerReport } from "../../../src/partners/answers.ts";
import { PROFILE_NAMES } from "../../../src/partners/policy.ts";
import { lateSince } from "../../../src/partners/selection.ts";
import { firstCandidates } from "../../../src/partners/sql-items.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, until } from "../harness.ts";
import { partner as storePartner } from "./partners.ts";

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const now = () => toInstant(new Date());
/** One clock for all: an article's publication is frozen. */
const START = now();
const ago = (seconds: number): Instant => addSeconds(START, -seconds);
const HOUR = 3600;

/** Stores a policy, and waits until its feed is built. */
async function partner(id: string, policy: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await storePartner(worker, id, { profile: "json", ...policy });
  await worker.settled();
}

/** An item of a JSON feed. */
interface Item {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly content_html: string;
  readonly date_modified?: string;
}

const feed = async (id: string) =>
  JSON.parse(await worker.document("partner", `partner/${id}`)) as {
    readonly items: readonly Item[];
    readonly _wireroom: { readonly deleted?: readonly { readonly id: string; readonly at: string }[] };
  };
const titles = async (id: string) => (await feed(id)).items.map(({ title }) => title);
const put = async (slug: string, changes: Readonly<Record<string, unknown>>) =>
  expect(
    (await worker.put(slug, article({ headline: slug, published: ago(HOUR), ...changes }))).ok,
    slug,
  ).toBe(true);

describe("an empty article", () => {
  it("is in no partner's feed, but in readers' feeds; once it has a text it is in all", async () => {
    const picture = png(1300, 800);
    await worker.api(`/media/${picture.sha256}`, { method: "PUT", body: new Uint8Array(picture.bytes) });
    for (const profile of PROFILE_NAMES)
      await storePartner(worker, `empty-${profile}`, { profile, select: { tags: ["Emptiness"] } });
    const FULL = {
      headline: "A headline that is long enough for all",
      tags: ["Emptiness"],
      dek: "A dek.",
      bylines: [{ name: "Ana Alvarez" }],
      images: [{ src: picture.src, alt: "The harbour", credit: "Ana Alvarez" }],
      body: { html: `<p>${"A sentence of the text. ".repeat(60)}</p>` },
    };
    const EMPTY = {
      ...FULL,
      dek: undefined,
      images: [],
      body: { html: "<p>&nbsp;</p><p>\u2800<br></p><table><tr><td>\u3164</td></tr></table>" },
    };
    const inEach = async () => {
      await worker.settled();
      const entries = PROFILE_NAMES.map(async (profile) => {
        const report: PartnerReport = await (await worker.api(`/partners/empty-${profile}`)).json();
        const why = report.leftOut.flatMap(({ problems }) => problems.map(({ message }) => message));
        return [profile, [...report.included.map(({ slug }) => slug), ...why]];
      });
      return Object.fromEntries(await Promise.all(entries));
    };
    const each = (what: string) => Object.fromEntries(PROFILE_NAMES.map((profile) => [profile, [what]]));

    await put("emptiness", EMPTY);
    expect(await inEach()).toEqual(each("body has no text, and there is no picture"));
    expect(await worker.document("rss")).toContain(FULL.headline);
    await put("emptiness", FULL);
    expect(await inEach()).toEqual(each("emptiness"));
    await put("emptiness", EMPTY);
    expect(await inEach()).toEqual(each("body has no text, and there is no picture"));
    for (const profile of PROFILE_NAMES)
      expect(await worker.document("partner", `partner/empty-${profile}`), profile).not.toContain(
        "A sentence of the text",
      );
    await worker.del("emptiness", "silent=true");
  });
});

describe("a partner's feed", () => {
  it("holds what the policy selects, follows each change, and says what is gone", async () => {
    await put("in-asia", { section: "asia-pacific" });
    await put("in-about", { section: "about" });
    await partner("asia", { select: { sections: ["asia-pacific"] } });
    expect(await titles("asia")).toEqual(["in-asia"]);

    await put("in-asia", { section: "asia-pacific", headline: "In Asia, again" });
    expect(await titles("asia")).toEqual(["In Asia, again"]);
    const [changed] = (await feed("asia")).items;
    expect(changed?.date_modified, "a change nobody announced moves the date").toBeDefined();

    await worker.del("in-asia");
    const { items, _wireroom } = await feed("asia");
    expect(items).toEqual([]);
    expect(_wireroom.deleted?.map(({ id }) => id)).toEqual([changed?.id]);
  });

  it("becomes dirty only by articles that the policy selects or selected", async () => {
    await put("stays", { section: "about" });
    await put("moves", { section: "asia-pacific" });
    await partner("about", { select: { sections: ["about"] } });
    const { DB } = await worker.env();
    const mark = () =>
      DB.prepare("SELECT mark FROM feeds WHERE feed = 'partner/about'").first<number>("mark");
    const before = await mark();
    await put("moves", { section: "asia-pacific", headline: "Still none of theirs" });
    expect(await mark()).toBe(before);
    await put("moves", { section: "about" });
    expect(await titles("about")).toContain("moves");
    await put("moves", { section: "asia-pacific" });
    expect(await titles("about")).not.toContain("moves");
  });

  it("makes an entry once: a rebuild after a change makes only what changed", async () => {
    await put("one", { section: "about" });
    await put("two", { section: "about" });
    await partner("once", { select: { sections: ["about"] } });
    const { DB } = await worker.env();
    const rows = async () =>
      (await DB.prepare("SELECT article_id AS id, hash FROM partner_items WHERE partner = 'once'").all())
        .results;
    const before = await rows();
    // Marked by hand: an entry that is rendered again would lose the mark.
    await DB.prepare(
      "UPDATE partner_items SET dated = 'untouched' WHERE partner = 'once' AND article_id LIKE '%:two'",
    ).run();
    await put("one", { section: "about", headline: "One, changed" });
    await worker.settled();
    const dated = await DB.prepare(
      "SELECT dated FROM partner_items WHERE partner = 'once' AND article_id LIKE '%:two'",
    ).first("dated");
    expect(dated).toBe("untouched");
    expect((await rows()).length).toBe(before.length);
  });

  it("keeps nothing of what it no longer holds, and is told of that one's end all the same", async () => {
    await put("passing", { section: "about" });
    await partner("passing", { select: { sections: ["about"] } });
    const { DB } = await worker.env();
    const made = () =>
      DB.prepare(
        "SELECT 1 FROM partner_items WHERE partner = 'passing' AND article_id LIKE '%:passing'",
      ).first();
    expect(await made()).not.toBeNull();
    await partner("passing", { select: { sections: ["asia-pacific"] } });
    await put("staying", { section: "asia-pacific" });
    expect(await titles("passing")).not.toContain("passing");
    expect(await made()).toBeNull();
    await put("passing", { section: "about", headline: "Passing, changed" });
    await put("staying", { section: "asia-pacific", headline: "Staying, changed" });
    await worker.settled();
    await put("passing", { section: "about", syndicate: false });
    expect((await feed("passing"))._wireroom.deleted?.length, "it was theirs").toBe(1);
  });

  it("holds nothing before its minute, and what is delayed when its minute comes", async () => {
    await put("later", { published: addSeconds(now(), 5), section: "about" });
    await partner("soon", { select: { sections: ["about"] } });
    expect(await titles("soon")).not.toContain("later");
    const { DB } = await worker.env();
    const due = await DB.prepare("SELECT next_change FROM feeds WHERE feed = 'partner/soon'").first<Instant>(
      "next_change",
    );
    expect(due).not.toBeNull();
    await until("its minute", async () => {
      await worker.scheduled();
      return (await titles("soon")).includes("later");
    });
  });

  it("leaves articles out of public feeds alone: syndicate keeps one from partners only, and a withdrawal follows", async () => {
    await put("ours", { section: "about", syndicate: false });
    await partner("ours", { select: { sections: ["about"] } });
    expect(await titles("ours")).not.toContain("ours");
    expect(await worker.document("json")).toContain('"ours"');

    await put("was-theirs", { section: "about" });
    expect(await titles("ours")).toContain("was-theirs");
    await put("was-theirs", { section: "about", syndicate: false });
    const { items, _wireroom } = await feed("ours");
    expect(items.map(({ title }) => title)).not.toContain("was-theirs");
    expect(_wireroom.deleted?.length).toBe(1);
    expect(await worker.document("json"), "in readers' feeds nothing is withdrawn").toContain('"was-theirs"');
  });

  it("cuts the text, adds parameters to the link alone and an attribution with the canonical address", async () => {
    await put("cut", {
      section: "about",
      published: ago(60),
      body: { html: "<p>First.</p><p>Second.</p><h2>Head</h2><p>Third.</p>" },
    });
    await partner("cut", {
      select: { sections: ["about"] },
      content: { paragraphs: 2 },
      link: { parameters: { utm_source: "x&y" } },
      attribution: "First in Wireroom Daily",
      html: { tags: ["p", "a"] },
    });
    const item = (await feed("cut")).items.find(({ title }) => title === "cut");
    expect(item?.url).toBe("https://wire.test/articles/cut?utm_source=x%26y");
    expect(item?.id).not.toContain("utm_source");
    expect(item?.content_html).toBe(
      [
        "<p>First.</p><p>Second.</p>",
        '<p class="wr-attribution"><a href="https://wire.test/articles/cut">First in Wireroom Daily</a></p>',
        '<p class="wr-more"><a href="https://wire.test/articles/cut">Continue reading</a></p>',
      ].join("\n"),
    );
  });

  it("leaves out an article that can't be rendered, with the reason", async () => {
    await put("good", { section: "about" });
    await partner("lost", { select: { sections: ["about"] } });
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE articles SET model = json_set(model, '$.section', 'about', '$.bylines', json('[\"nobody\"]')) WHERE slug = 'good'",
    ).run();
    // Readers' entries are stored as differences from the article, which is another one now.
    await DB.prepare("DELETE FROM entries WHERE article_id LIKE '%:good'").run();
    await DB.prepare("DELETE FROM partner_items WHERE partner = 'lost'").run();
    await put("better", { section: "about" });
    expect(await titles("lost")).toContain("better");
    expect(await titles("lost")).not.toContain("good");
    const problems = await DB.prepare(
      "SELECT problems FROM partner_items WHERE partner = 'lost' AND article_id LIKE '%:good'",
    ).first("problems");
    expect(problems).toContain("is not one of the people in site.yaml");
  });

  it("has room for what is gone, however much was changed since", async () => {
    const { DB } = await worker.env();
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 600)";
    const [gone, changed] = [ago(10 * 24 * HOUR), ago(5 * 24 * HOUR)];
    const model = `'{"headline":"x","tags":[],"syndicate":true,"sponsored":false,"corrections":[]}'`;
    await DB.batch(
      [
        `INSERT INTO articles (id, slug, version, published, model, digest, fingerprint, withdrawn_at)
         ${numbers} SELECT 'late' || i, 'late' || i, 2, '2020-01-01T00:00:00Z', ${model}, '', '', iif(i = 0, '${gone}', NULL) FROM n`,
        `INSERT INTO versions ${numbers} SELECT 'late' || i, 2, iif(i = 0, '${gone}', '${changed}') FROM n`,
        `INSERT INTO partner_versions ${numbers} SELECT 'crowded', 'late' || i, 1, 'article.published', 0, 1, '${gone}' FROM n`,
      ].map((sql) => DB.prepare(sql)),
    );
    const policy = { retraction: "30d" };
    const { late } = await firstCandidates(DB, "crowded", { ...lateSince(policy, START), limit: 0 });
    expect(late.map(({ id }) => id)).toEqual(["late0"]);
    await DB.prepare("DELETE FROM articles WHERE id LIKE 'late%'").run();
  });
});
