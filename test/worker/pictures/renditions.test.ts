// Renditions for partners, made by the Images binding: once, to the partner's limits, and never in place of the
// original.

import { describe, expect, it } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import type { Env } from "../../../src/env.ts";
import type { ImageType } from "../../../src/lib/image-file.ts";
import { probeImage } from "../../../src/lib/image-file.ts";
import { restrictPictures } from "../../../src/partners/restrict-pictures.ts";
import { storeMedia, storeRendition } from "../../../src/pictures/sql.ts";
import { imageOf, png } from "../articles.ts";
import { runtimeOf } from "../harness.ts";
import { GIF, pictureWorker } from "./picture-worker.ts";

const pictures = pictureWorker();
const { picture, store, storyOf, fitted, renditions } = pictures;

// APP1 with a TIFF header and one entry: the camera was held upright, a quarter turned (EXIF 2.3 §4.6.4,
// orientation 6).
const TURNED = Buffer.from("ffe1002245786966000049492a0008000000010012010300010000000600000000000000", "hex");

const objects = async () => (await pictures.env.MEDIA.list()).objects.length;

/** The file served at the address of an article's picture, decoded. */
async function served(story: Article, index = 0) {
  const image = story.images[index];
  if (!image) throw new Error(`there is no picture ${index}`);
  const { status, headers, body } = await pictures.worker.raw(new URL(image.src).pathname);
  expect(status).toBe(200);
  const facts = probeImage(body);
  expect(headers["content-type"]).toBe(facts?.type);
  return { image, facts };
}

describe("a picture that doesn't fit", () => {
  it("is made over once, with its words, and stands where the original stood", async () => {
    const original = await picture(1600, 900);
    const words = { alt: "Harbour", caption: "The harbour", credit: "Ana", copyright: "© Wire" };
    const story = await storyOf(
      [{ src: original.src, ...words }],
      `<p>One.</p><img src="${original.src}"><p>Two.</p>`,
    );
    const before = [(await renditions()).length, await objects()] as const;
    const first = await fitted(story, { maxWidth: 1280, types: ["image/webp"] });
    expect(first).toMatchObject({ findings: [], transient: [] });

    const { image, facts } = await served(first.article);
    expect(facts).toMatchObject({ type: "image/webp", width: 1280, height: 720 });
    expect(image).toEqual({ ...story.images[0], src: image.src, ...facts });
    expect(image).toMatchObject({ alt: "Harbour", caption: "The harbour", credit: { name: "Ana" } });
    expect(first.article.body).toBe(story.body.replace(story.images[0]?.src ?? "?", image.src));

    const second = await fitted(story, { maxWidth: 1280, types: ["image/webp"] });
    expect(second).toEqual(first);
    expect([(await renditions()).length, await objects()]).toEqual(before.map((count) => count + 1));
    // Neither does it need the binding any more.
    const { IMAGES: _, ...without } = pictures.env;
    expect(
      await restrictPictures(runtimeOf(without), story, { maxWidth: 1280, types: ["image/webp"] }),
    ).toEqual(first);
  });

  it("leaves the original as it is, to the byte", async () => {
    const original = await picture(800, 400, "image/png");
    const story = await storyOf([{ src: original.src }]);
    await fitted(story, { maxWidth: 400, types: ["image/jpeg"] });
    const after = await pictures.worker.raw(original.src);
    expect(after.body.equals(original.bytes)).toBe(true);
    expect([after.headers["content-type"], after.headers.etag]).toEqual([
      "image/png",
      `"${original.sha256}"`,
    ]);
  });

  it("becomes narrower until it is within its bytes, yet not too narrow", async () => {
    const original = await picture(1000, 500);
    const story = await storyOf([{ src: original.src }]);
    const maxBytes = Math.floor(original.bytes.length * 0.5);
    const { article: next, findings } = await fitted(story, { maxBytes, minWidth: 500 });
    expect(findings).toEqual([]);
    const { image, facts } = await served(next);
    expect(image).toMatchObject(facts ?? {});
    expect(facts?.length).toBeLessThanOrEqual(maxBytes);
    expect(facts?.width).toBe(600);

    const strict = await fitted(story, { maxBytes, minWidth: 990 });
    expect(strict.article.images).toEqual([]);
    expect(strict.transient).toEqual([]);
    expect(strict.findings).toEqual([
      {
        path: "images[0]",
        level: "refusal",
        message: `has ${grouped(original.bytes.length)} bytes; it must have at most ${grouped(maxBytes)}; it is still larger after conversion`,
      },
    ]);
  });

  it("keeps the way it was held: sides are those that are seen", async () => {
    const { bytes } = await picture(60, 40);
    const turned = await store(
      imageOf(Buffer.concat([bytes.subarray(0, 2), TURNED, bytes.subarray(2)]), "jpg"),
    );
    const story = await storyOf([{ src: turned.src }]);
    expect(story.images[0]).toMatchObject({ width: 40, height: 60 });
    const { article: next } = await fitted(story, { maxWidth: 20 });
    expect((await served(next)).facts).toMatchObject({ width: 20, height: 30 });
  });

  it.each<[ImageType, ImageType]>([
    ["image/avif", "image/jpeg"],
    ["image/webp", "image/jpeg"],
    ["image/png", "image/webp"],
    ["image/jpeg", "image/avif"],
  ])("is made %s -> %s", async (from, type) => {
    const story = await storyOf([{ src: (await picture(64, 48, from)).src }]);
    const { article: next, findings } = await fitted(story, { types: [type] });
    expect(findings).toEqual([]);
    expect((await served(next)).facts).toMatchObject({ type, width: 64, height: 48 });
  });

  it("is made once by two at the same time", async () => {
    const original = await picture(900, 300);
    const story = await storyOf([{ src: original.src }]);
    const before = await objects();
    const both = await Promise.all([1, 2, 3].map(() => fitted(story, { maxWidth: 300 })));
    expect(both[1]).toEqual(both[0]);
    expect(both[2]).toEqual(both[0]);
    const rows = (await renditions()).filter(({ source }) => source === original.sha256);
    expect(rows).toHaveLength(1);
    expect(both[0]?.article.images[0]?.src).toContain(rows[0]?.sha256);
    expect(await objects()).toBe(before + 1);
  });

  it("stays the one that was there first, though two came out differently", async () => {
    const [source, first, second] = [await picture(901, 9), await picture(300, 3), await picture(301, 3)];
    const key = { source: source.sha256, wanted: "w300 image/jpeg" };
    expect(await storeRendition(pictures.env.DB, key, first.sha256)).toMatchObject({
      sha256: first.sha256,
      width: 300,
    });
    expect(await storeRendition(pictures.env.DB, key, second.sha256)).toMatchObject({
      sha256: first.sha256,
      width: 300,
    });
  });

  it("waits its turn where there are many", async () => {
    const many = await Promise.all(Array.from({ length: 6 }, (_, i) => picture(40 + i, 20)));
    const story = await storyOf(many.map(({ src }) => ({ src })));
    const first = await fitted(story, { maxWidth: 20 });
    expect(first.article.images).toHaveLength(4);
    expect(first.transient).toHaveLength(2);
    expect(first.transient[0]).toContain("others are converted first");
    const second = await fitted(story, { maxWidth: 20 });
    expect(second.transient).toEqual([]);
    expect(second.article.images).toHaveLength(6);
  });
});

describe("a picture that can't be converted", () => {
  it("is said, without the binding; what fits goes out all the same", async () => {
    const [wide, fits] = [await picture(500, 250), await picture(100, 50)];
    const story = await storyOf([{ src: fits.src }, { src: wide.src }]);
    const { IMAGES: _, ...without } = pictures.env;
    const done = await restrictPictures(runtimeOf(without), story, { maxWidth: 100 });
    expect(done.article.images).toEqual([story.images[0]]);
    expect(done.transient).toEqual([]);
    expect(done.findings).toEqual([
      {
        path: "images[1]",
        level: "advice",
        message:
          "is 500 pixels wide; it must be at most 100; converting it needs Cloudflare Images, which is not enabled here",
      },
    ]);
  });

  it("is said in our own words, tried again, and not for ever", async () => {
    const story = await storyOf([{ src: (await store(imageOf(GIF, "gif"))).src }]);
    const told = (reason: string) => [
      {
        path: "images[0]",
        level: "refusal",
        message: `is 3 pixels wide; it must be at most 2; Cloudflare Images can't convert it${reason}`,
      },
    ];
    // As Images fails in Miniflare: with a stack, and paths of this machine.
    const IMAGES = {
      input: () => ({
        transform: () => ({
          output: () =>
            Promise.reject(
              new Error(
                "Input image exceeds pixel limit\n    at Sharp.toBuffer (/home/ada/node_modules/sharp.js:12)",
              ),
            ),
        }),
      }),
    } as unknown as NonNullable<Env["IMAGES"]>;
    const first = await fitted(story, { maxWidth: 2 }, { IMAGES });
    expect(first.findings).toEqual(told(" just now"));
    expect(first.transient).toHaveLength(1);
    for (let tries = 2; tries < 20; tries++) await fitted(story, { maxWidth: 2 }, { IMAGES });
    const last = await fitted(story, { maxWidth: 2 }, { IMAGES });
    expect(last).toMatchObject({
      findings: told(", and was asked 20 times: save the picture again"),
      transient: [],
    });
    const { article: still } = await fitted(story, { types: ["image/png"] });
    expect((await served(still)).facts).toMatchObject({ type: "image/png", width: 3, height: 2 });
  });

  it("is one of 60,000 by 60,000 pixels, of before such were refused: said once, and never tried", async () => {
    const { bytes } = png(3, 2);
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
    const { sha256, src } = imageOf(bytes, "png");
    const facts = probeImage(bytes);
    if (!facts) throw new Error("it is a PNG");
    await storeMedia(pictures.env.DB, pictures.env.MEDIA, sha256, {
      facts,
      bytes: new Uint8Array(bytes),
      stripped: true,
    });
    const story = await storyOf([{ src }]);
    const { findings, transient } = await fitted(story, { maxWidth: 1280 });
    expect(transient).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual([
      "is 60,000 pixels wide; it must be at most 1,280; it is 60,000 × 60,000 pixels, and more than 100 megapixels can't be converted: save it smaller",
    ]);
  });

  it("leaves no mark, and is refused where it leads or one is required", async () => {
    const [small, large] = [await picture(50, 50), await picture(100, 100)];
    const html = `<p>One.</p><img src="${small.src}"><p>Two.</p><img src="https://cdn.example/loose.png" alt="">`;
    const story = await storyOf([{ src: large.src }, { src: small.src }], html);
    const second = await fitted(story, { minWidth: 100 });
    expect(second.article.body).toBe("<p>One.</p><p>Two.</p>");
    expect(second.findings).toEqual([
      { path: "images[1]", level: "advice", message: "is 50 pixels wide; it must be at least 100" },
      {
        path: "body.html",
        level: "advice",
        message:
          "https://cdn.example/loose.png must be uploaded, or come with its width: the partner has rules for that",
      },
    ]);
    expect((await fitted(story, { minWidth: 101 })).findings[0]).toMatchObject({
      path: "images[0]",
      level: "refusal",
    });
    const none = await storyOf([]);
    expect((await fitted(none, { required: true })).findings).toEqual([
      { path: "images", level: "refusal", message: "has no picture that fits, and the partner requires one" },
    ]);
    expect((await fitted(none, {})).findings).toEqual([]);
  });
});

const grouped = (count: number): string => count.toLocaleString("en");
