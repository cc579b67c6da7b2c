// After a change of settings: cron has every article rendered again, newest first; ids stay, what reads the
// same keeps its place in the sequence, and what can't be rendered any more keeps what it has.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseSite } from "../../../src/content/folder.ts";
import { FORMATS } from "../../../src/formats/format.ts";
import { isCurrent } from "../../../src/publish/entries.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker, until } from "../harness.ts";

const SITE_YAML = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");
const OTHER = "https://other.test";
const PICTURE = png(32, 32);

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  const body = { html: `<p>See <a href="/about">about</a>.</p><img src="${PICTURE.src}">` };
  await worker.put(
    "linked",
    article({ headline: "Linked", body, section: "about", images: [{ src: PICTURE.src }] }),
  );
  await worker.put("elsewhere", article({ headline: "Elsewhere", url: "https://else.test/story" }));
  await worker.put("gone", article({ headline: "Withdrawn" }));
  await worker.del("gone", "silent=true");
  await worker.settled();
});
afterAll(() => worker?.close());

const rows = async <T>(sql: string): Promise<T[]> =>
  (await (await worker.env()).DB.prepare(sql).all<T>()).results;
const entries = () =>
  rows<{ slug: string; format: string; seq: number; body: string }>(
    "SELECT a.slug, e.format, e.seq, e.hash AS body FROM entries e JOIN articles a ON a.id = e.article_id ORDER BY 1, 2",
  );
/** A deploy with other settings, and a run of cron after it. Returns which articles were rendered again. */
async function deploy(
  changes: Parameters<RunningWorker["reload"]>[0],
  cron = "* * * * *",
): Promise<readonly string[]> {
  const before = worker.logs().length;
  await worker.reload(changes);
  await worker.scheduled(cron);
  const settings = parseSite(changes?.siteYaml ?? SITE_YAML);
  if (!settings.ok) throw new Error("the settings of a test are wrong");
  const site = { ...settings.value, url: changes?.siteUrl ?? SITE_URL };
  await until("every article is judged by the new settings", async () => {
    const found = await rows<{ fingerprint: string }>("SELECT DISTINCT fingerprint FROM articles");
    const current = await Promise.all(found.map(({ fingerprint }) => isCurrent(fingerprint, site)));
    return current.every(Boolean);
  });
  await worker.settled();
  const rendered = worker
    .logs()
    .slice(before)
    .filter(({ event }) => event === "rendered");
  return rendered.flatMap(({ articles }) => articles as readonly string[]).toSorted();
}

it("a new address stands in every entry and envelope; ids and unchanged entries stay", async () => {
  const ids = JSON.parse(await worker.document("json")).items.map(({ id }: { id: string }) => id);
  const before = await entries();
  await deploy({ siteUrl: OTHER });
  for (const format of FORMATS) {
    const document = await worker.document(format);
    expect(document).not.toContain("https://wire.test");
    for (const path of ["/about", PICTURE.src, "/articles/linked"]) expect(document).toContain(OTHER + path);
    expect(document).toContain("https://else.test/story");
  }
  expect(JSON.parse(await worker.document("json")).items.map(({ id }: { id: string }) => id)).toEqual(ids);
  const after = await entries();
  for (const [index, { slug, format, seq, body }] of before.entries()) {
    const now = after[index];
    expect([now?.slug, now?.format]).toEqual([slug, format]);
    if (now?.body === body) expect(now.seq).toBe(seq);
    else expect(now?.seq).toBeGreaterThan(seq);
  }
  const kept = after.filter(({ seq }, index) => seq === before[index]?.seq);
  expect(kept.every(({ slug }) => slug === "elsewhere")).toBe(true);
  expect(kept.length).toBeGreaterThan(0);
});

it("is done once: the next cron finds nothing to do", async () => {
  const state = JSON.stringify([await entries(), await rows("SELECT * FROM feeds")]);
  await worker.scheduled();
  expect(JSON.stringify([await entries(), await rows("SELECT * FROM feeds")])).toBe(state);
});

it("back again gives the first bytes back", async () => {
  const bodies = async () => (await entries()).map(({ body }) => body);
  const before = await bodies();
  await deploy({});
  expect(await bodies()).not.toEqual(before);
  await deploy({ siteUrl: OTHER });
  expect(await bodies()).toEqual(before);
});

it("a redirect has nothing rendered or built again", async () => {
  const state = JSON.stringify([await entries(), await rows("SELECT * FROM feeds")]);
  const siteYaml = SITE_YAML.replace("  /?cat=7: /", "  /?cat=7: /\n  /old-story: /articles/linked");
  expect(await deploy({ siteUrl: OTHER, siteYaml })).toEqual([]);
  expect((await worker.raw("/old-story")).status).toBe(301);
  expect(JSON.stringify([await entries(), await rows("SELECT * FROM feeds")])).toBe(state);
});

it("a person has their own articles rendered again, a section those that are in it", async () => {
  await worker.put(
    "his",
    article({ headline: "His", section: "asia-pacific", bylines: ["david-choi", "wireroom-desk"] }),
  );
  await worker.put("hers", article({ headline: "Hers", bylines: ["wireroom-desk"] }));
  const person = SITE_YAML.replace("name: David Choi", "name: David J. Choi");
  expect(await deploy({ siteUrl: OTHER, siteYaml: person })).toEqual(["his"]);
  expect(await worker.document("rss")).toContain("David J. Choi");
  const section = SITE_YAML.replace(/( {2}about:\n {4}title: ).*/, "$1Colophon");
  expect(await deploy({ siteUrl: OTHER, siteYaml: section })).toEqual(["his", "linked"]);
  expect(await deploy({ siteUrl: OTHER })).toEqual(["linked"]);
});

it("what an isolate of before still stores is found within the hour", async () => {
  await worker.scheduled();
  const of = "UPDATE articles SET fingerprint = 'of other settings' WHERE slug = 'his'";
  await (await worker.env()).DB.prepare(of).run();
  expect(await deploy({ siteUrl: OTHER }, "0 * * * *")).toEqual(["his"]);
});

it("a title changes the envelopes, and no entry", async () => {
  const before = (await entries()).filter(({ slug }) => slug === "elsewhere");
  const siteYaml = SITE_YAML.replace("title: Wireroom Daily", "title: Morning Wire");
  expect(await deploy({ siteUrl: OTHER, siteYaml })).toEqual(["elsewhere", "gone", "hers", "his", "linked"]);
  for (const format of FORMATS) expect(await worker.document(format)).toContain("Morning Wire");
  expect((await entries()).filter(({ slug }) => slug === "elsewhere")).toEqual(before);
});

it("a section that is gone leaves its articles as they were, names them, and holds up nothing else", async () => {
  const before = (await entries()).filter(({ slug }) => slug === "linked");
  const siteYaml = SITE_YAML.replace("  about:\n", "  colophon:\n").replace(
    "title: Wireroom Daily",
    "title: Evening Wire",
  );
  await deploy({ siteUrl: "https://third.test", siteYaml });
  expect((await entries()).filter(({ slug }) => slug === "linked")).toEqual(before);
  expect(await rows("SELECT slug FROM articles WHERE problem LIKE '%section%'")).toEqual([
    { slug: "linked" },
  ]);
  expect(worker.logs()).toContainEqual(expect.objectContaining({ event: "error", slug: "linked" }));
  const listed = await (await worker.api("/articles?problem=true")).json();
  expect(listed).toMatchObject({
    articles: [{ slug: "linked", problem: expect.stringContaining("section") }],
  });
  const page = await worker.fetch("/articles/linked");
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Linked");
  for (const format of FORMATS) {
    const document = await worker.document(format);
    expect(document).toContain("Evening Wire");
    expect(document).toContain("https://third.test/");
    expect(document).toContain("Linked");
  }
  await worker.put("new", article({ headline: "Goes on" }));
  expect(await worker.document("rss")).toContain("Goes on");
});

it("an article of which the section came back is rendered again", async () => {
  await deploy({ siteUrl: "https://third.test" });
  expect(await rows("SELECT slug FROM articles WHERE problem IS NOT NULL")).toEqual([]);
  expect(await worker.document("rss")).toContain("https://third.test/articles/linked");
});
