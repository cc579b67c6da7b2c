// Images of this Wireroom, however an article names them: by path or full address, as picture, avatar, poster
// or link.

import { afterAll, beforeAll, expect, it } from "vitest";
import { article, png, type TestImage } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker, until } from "../harness.ts";

const [LEAD, FACE, POSTER] = [png(81, 61), png(82, 61), png(83, 61)];

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  for (const { sha256, bytes } of [LEAD, FACE, POSTER]) {
    await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
  }
});
afterAll(() => worker?.close());

const remove = async ({ sha256 }: TestImage) => {
  expect((await worker.api(`/media/${sha256}`, { method: "DELETE" })).status).toBe(200);
  await until(`${sha256} is gone`, async () => !(await worker.document("json")).includes(sha256));
};

it("are measured when they are named by their full address, and one image in list and body", async () => {
  const full = SITE_URL + LEAD.src;
  const sent = article({
    images: [{ src: full, alt: "Lead" }],
    body: { html: `<p>One.</p><img src="${full}">` },
  });
  expect((await worker.put("full", sent)).status).toBe(201);
  const stored = await (await worker.api("/articles/full")).json();
  expect(stored).toMatchObject({ images: [{ src: LEAD.src, alt: "Lead", width: 81, type: "image/png" }] });
  const rss = await worker.document("rss");
  expect(rss).toContain(`<enclosure url="${full}" length="${LEAD.bytes.length}" type="image/png"/>`);
  expect(rss.split("<media:content").length).toBe(2);
});

it("are refused under another extension, with the right one", async () => {
  const src = LEAD.src.replace(".png", ".jpg");
  const response = await worker.put("odd", article({ images: [{ src }] }));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    errors: [{ path: "images[0].src", message: `is stored here as ${LEAD.src}` }],
  });
});

it("go from everything when they are removed: avatars, posters, pictures", async () => {
  const body = { html: `<p>Film:</p><video src="https://e.example/a.mp4" poster="${POSTER.src}"></video>` };
  const bylines = [{ name: "Ana Alvarez", avatar: SITE_URL + FACE.src }];
  expect((await worker.put("face", article({ bylines, body }))).status).toBe(201);
  expect(await worker.document("json")).toContain(FACE.sha256);
  for (const image of [FACE, POSTER, LEAD]) await remove(image);
  const json = await worker.document("json");
  expect(json).toContain("Ana Alvarez");
  expect(json).toContain("https://e.example/a.mp4");
  const page = await (await worker.fetch("/articles/face")).text();
  expect(page).not.toContain(POSTER.sha256);
});
