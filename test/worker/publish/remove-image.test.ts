// Removing a picture for good: its address is 410 at once, and it is gone from every article, entry and feed
// that showed it.

import { afterAll, beforeAll, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article, png, type TestImage } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";

const [REMOVED, KEPT, LOST, RACED] = [png(40, 30), png(50, 30), png(60, 30), png(70, 30)];

let worker: FaultyWorker;
const upload = ({ sha256, bytes }: TestImage) =>
  worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
const remove = ({ sha256 }: TestImage) => worker.api(`/media/${sha256}`, { method: "DELETE" });

const TWO = article({
  headline: "Two pictures",
  images: [
    { src: REMOVED.src, alt: "A removed picture", caption: "Do not show", credit: "Kay Key" },
    { src: KEPT.src, alt: "A kept picture" },
  ],
  body: {
    html: `<p>Before.</p><img src="${REMOVED.src}"><p>Between.</p><img src="${KEPT.src}"><p>After.</p>`,
  },
});

beforeAll(async () => {
  worker = await startFaultyWorker();
  for (const image of [REMOVED, KEPT, LOST, RACED]) expect((await upload(image)).status).toBe(201);
  await worker.put("two", TWO);
  await worker.put("one", article({ headline: "One picture", images: [{ src: REMOVED.src }] }));
  const published = new Date(Date.now() + 3_600_000).toISOString();
  await worker.put("later", article({ published, images: [{ src: REMOVED.src }] }));
  await worker.settled();
});
afterAll(() => worker?.close());

const expectGone = async ({ sha256 }: TestImage) => {
  await expect
    .poll(async () => {
      const { DB } = await worker.env();
      return DB.prepare("SELECT count(*) AS n FROM article_media WHERE sha256 = ?").bind(sha256).first("n");
    })
    .toBe(0);
  for (const format of FORMATS) expect(await worker.document(format)).not.toContain(sha256);
  const { DB } = await worker.env();
  expect(await DB.prepare("SELECT 1 FROM entries WHERE instr(body, ?)").bind(sha256).first()).toBeNull();
  expect(await DB.prepare("SELECT 1 FROM articles WHERE instr(model, ?)").bind(sha256).first()).toBeNull();
};

it("answers 410 at once, to whoever asks for whatever part of it", async () => {
  expect((await worker.fetch(REMOVED.src)).status).toBe(200);
  for (const format of FORMATS) expect(await worker.document(format)).toContain(REMOVED.sha256);
  const response = await remove(REMOVED);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ sha256: REMOVED.sha256, status: "removed" });
  for (const [method, headers] of [
    ["GET", {}],
    ["HEAD", {}],
    ["GET", { Range: "bytes=0-3" }],
    ["GET", { "If-None-Match": `"${REMOVED.sha256}"` }],
  ] as const) {
    const gone = await worker.raw(REMOVED.src, method, headers);
    expect([gone.status, gone.headers["cache-control"]]).toEqual([410, "no-store"]);
    expect(gone.body.includes(REMOVED.bytes.subarray(0, 8))).toBe(false);
  }
  expect((await worker.api(`/media/${REMOVED.sha256}`)).status).toBe(404);
});

it("takes it out of every article, entry and feed, with its caption and credit, and nothing else", async () => {
  await expectGone(REMOVED);
  for (const format of FORMATS) {
    const document = await worker.document(format);
    for (const text of ["Do not show", "Kay Key", "A removed picture"]) expect(document).not.toContain(text);
    for (const text of ["Two pictures", "One picture", "Before.", "Between.", "After.", KEPT.sha256]) {
      expect(document).toContain(text);
    }
  }
  const stored = await (await worker.api("/articles/two")).text();
  expect(stored).not.toContain(REMOVED.sha256);
  expect(stored).toContain(KEPT.sha256);
  expect(await (await worker.fetch("/articles/two")).text()).not.toContain(REMOVED.sha256);
  expect((await worker.api("/articles/two")).headers.get("ETag")).toBe('"2"');
});

it("is for good: neither the bytes nor an article with it are taken again", async () => {
  expect((await upload(REMOVED)).status).toBe(409);
  expect((await worker.fetch(REMOVED.src)).status).toBe(410);
  const response = await worker.put("two", TWO);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("images[0].src");
  expect((await remove(REMOVED)).status).toBe(200);
});

it("outlives a lost message: cron finds the articles", async () => {
  await worker.put("unlucky", article({ headline: "Unlucky", images: [{ src: LOST.src }] }));
  await worker.settled();
  await worker.fail({ queue: "lose" });
  expect((await remove(LOST)).status).toBe(200);
  await worker.fail({});
  expect(await worker.document("rss")).toContain(LOST.sha256);
  await worker.scheduled();
  await expectGone(LOST);
});

it("catches an article that is stored with it in the same moment", async () => {
  // The removal comes after the article's images were looked up, and before it is written.
  const sql = `UPDATE media SET killed_at = '2024-10-24T00:00:00Z' WHERE sha256 = '${RACED.sha256}'`;
  await worker.fail({ interlude: { before: "INSERT INTO versions", sql } });
  await worker.put("raced", article({ headline: "Raced", images: [{ src: RACED.src }] }));
  await worker.scheduled();
  await expectGone(RACED);
});

it("doesn't wait for an article whose section site.yaml no longer has", async () => {
  const image = png(80, 30);
  await upload(image);
  await worker.put("orphan", article({ headline: "Orphan", section: "about", images: [{ src: image.src }] }));
  await worker.settled();
  const { DB } = await worker.env();
  await DB.prepare(
    "UPDATE articles SET model = json_set(model, '$.section', 'gone') WHERE slug = 'orphan'",
  ).run();
  await remove(image);
  await expectGone(image);
  // It is back as soon as it can be rendered.
  expect(await worker.document("rss")).not.toContain("Orphan");
  await DB.prepare(
    "UPDATE articles SET model = json_set(model, '$.section', 'about'), fingerprint = '' WHERE slug = 'orphan'",
  ).run();
  await worker.scheduled();
  for (const format of FORMATS) await expect.poll(() => worker.document(format)).toContain("Orphan");
});
