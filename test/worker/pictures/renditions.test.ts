// Pictures made over for partners, by the Images binding as Miniflare has it: once, to the partner's measure, and never
// instead of the original. Miniflare knows no quality and writes no GIF. Long, since partners' feeds and pages share one
// Worker and its pictures.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { resolveArticle } from "../../../src/article/resolve.ts";
import { articleBySlug } from "../../../src/article/sql.ts";
import type { Env } from "../../../src/env.ts";
import { IMAGE_TYPES, type ImageType, probeImage } from "../../../src/lib/image-file.ts";
import type { PictureRules } from "../../../src/partners/profile.ts";
import { restrictPictures } from "../../../src/partners/restrict-pictures.ts";
import { pagePicture } from "../../../src/pictures/renditions.ts";
import { storeMedia } from "../../../src/pictures/sql.ts";
import { keepRendition } from "../../../src/pictures/sql-renditions.ts";
import { cameraExif, RIGHTS, segment, TOLD } from "../../photograph.ts";
import { unwrap } from "../../pipeline.ts";
import { article, imageOf, png, type TestImage } from "../articles.ts";
import { type RunningWorker, runtimeOf, startWorker } from "../harness.ts";

let worker: RunningWorker;
let env: Env;
beforeAll(async () => {
  worker = await startWorker();
  env = await worker.env();
});
afterAll(() => worker?.close());

const GIF = Buffer.from("R0lGODlhAwACAIAAAExpccwAACH5BAUAAAAALAAAAAADAAIAAAICjF8AOw==", "base64");
// APP1 with a TIFF header and one entry: the camera was held upright, a quarter turned (EXIF 2.3 §4.6.4, orientation 6).
const TURNED = Buffer.from("ffe1002245786966000049492a0008000000010012010300010000000600000000000000", "hex");

/** A picture as it is kept here. Noise; every size and type has a name of its own. */
async function picture(width: number, height: number, type: ImageType = "image/jpeg"): Promise<TestImage> {
  const drawn = png(width, height, true);
  if (type === "image/png") return keep(drawn);
  const made = await env.IMAGES?.input(new Blob([new Uint8Array(drawn.bytes)]).stream()).output({
    format: type,
  });
  return keep(imageOf(Buffer.from(await new Response(made?.image()).arrayBuffer()), IMAGE_TYPES[type]));
}

async function keep(image: TestImage): Promise<TestImage> {
  const body = new Uint8Array(image.bytes);
  expect((await worker.api(`/media/${image.sha256}`, { method: "PUT", body })).status).toBe(201);
  return image;
}

let articles = 0;

/** An article as partners' stories are made of it. */
async function storyOf(images: readonly object[], html = "<p>Text.</p>", changes = {}): Promise<Article> {
  const slug = `story-${++articles}`;
  const sent = await worker.put(slug, article({ images, body: { html }, ...changes }));
  expect(sent.status, await sent.text()).toBe(201);
  const record = await articleBySlug(env.DB, slug);
  if (!record) throw new Error("it was stored");
  return unwrap(resolveArticle(record.article, runtimeOf(env).site));
}

const fitted = (story: Article, rules: PictureRules, changes: Partial<Env> = {}) =>
  restrictPictures(runtimeOf({ ...env, ...changes }), story, rules);
const renditions = async () =>
  (await env.DB.prepare("SELECT source, sha256 FROM renditions").all<{ source: string; sha256: string }>())
    .results;
const objects = async () => (await env.MEDIA.list()).objects.length;
const kill = async (sha256: string) =>
  expect((await worker.api(`/media/${sha256}`, { method: "DELETE" })).status).toBe(200);

/** What is served under the address of an article's picture, decoded. */
async function served(story: Article, index = 0) {
  const image = story.images[index];
  if (!image) throw new Error(`there is no picture ${index}`);
  const { status, headers, body } = await worker.raw(new URL(image.src).pathname);
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
    const { IMAGES: _, ...without } = env;
    expect(
      await restrictPictures(runtimeOf(without), story, { maxWidth: 1280, types: ["image/webp"] }),
    ).toEqual(first);
  });

  it("leaves the original as it is, to the byte", async () => {
    const original = await picture(800, 400, "image/png");
    const story = await storyOf([{ src: original.src }]);
    await fitted(story, { maxWidth: 400, types: ["image/jpeg"] });
    const after = await worker.raw(original.src);
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
        message: `has ${original.bytes.length} bytes; it must have at most ${maxBytes}; it still has more once it is made over`,
      },
    ]);
  });

  it("keeps the way it was held: sides are those that are seen", async () => {
    const { bytes } = await picture(60, 40);
    const turned = await keep(
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
    expect(await keepRendition(env.DB, key, first.sha256)).toMatchObject({
      sha256: first.sha256,
      width: 300,
    });
    expect(await keepRendition(env.DB, key, second.sha256)).toMatchObject({
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
    expect(first.transient[0]).toContain("others are made over first");
    const second = await fitted(story, { maxWidth: 20 });
    expect(second.transient).toEqual([]);
    expect(second.article.images).toHaveLength(6);
  });
});

describe("what can't be made over", () => {
  it("is said, without the binding; what fits goes out all the same", async () => {
    const [wide, fits] = [await picture(500, 250), await picture(100, 50)];
    const story = await storyOf([{ src: fits.src }, { src: wide.src }]);
    const { IMAGES: _, ...without } = env;
    const done = await restrictPictures(runtimeOf(without), story, { maxWidth: 100 });
    expect(done.article.images).toEqual([story.images[0]]);
    expect(done.transient).toEqual([]);
    expect(done.findings).toEqual([
      {
        path: "images[1]",
        level: "advice",
        message:
          "is 500 pixels wide; it must be at most 100; this Wireroom has no Cloudflare Images to make it over with",
      },
    ]);
  });

  it("is said in our own words, tried again, and not for ever", async () => {
    const story = await storyOf([{ src: (await keep(imageOf(GIF, "gif"))).src }]);
    const told = (reason: string) => [
      {
        path: "images[0]",
        level: "refusal",
        message: `is 3 pixels wide; it must be at most 2; Cloudflare Images can't make it over${reason}`,
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
    expect(last).toMatchObject({ findings: told(", and was asked 20 times: save it anew"), transient: [] });
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
    await storeMedia(env.DB, env.MEDIA, sha256, { facts, bytes: new Uint8Array(bytes), stripped: true });
    const story = await storyOf([{ src }]);
    const { findings, transient } = await fitted(story, { maxWidth: 1280 });
    expect(transient).toEqual([]);
    expect(findings.map(({ message }) => message)).toEqual([
      "is 60000 pixels wide; it must be at most 1280; it is 60000 × 60000 pixels, and more than 100 megapixels can't be made over: save it smaller",
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

describe("a picture that is killed", () => {
  it("takes its renditions with it: 410 at once", async () => {
    const original = await picture(600, 300);
    const story = await storyOf([{ src: original.src }]);
    const made = await Promise.all([300, 200].map((maxWidth) => fitted(story, { maxWidth })));
    const paths = made.map(({ article: { images } }) => new URL(images[0]?.src ?? "").pathname);
    for (const path of paths) expect((await worker.raw(path)).status).toBe(200);
    await kill(original.sha256);
    for (const path of [original.src, ...paths]) expect((await worker.raw(path)).status).toBe(410);
    expect(worker.logs()).toContainEqual(
      expect.objectContaining({ event: "image-killed", sha256: original.sha256, renditions: 2 }),
    );
  });

  it("takes along what was made of what was made of it", async () => {
    const original = await picture(610, 300);
    const { article: first } = await fitted(await storyOf([{ src: original.src }]), { maxWidth: 400 });
    // A newsroom that takes a partner's picture for one of its own.
    const { article: second } = await fitted(await storyOf([{ src: first.images[0]?.src }]), {
      maxWidth: 200,
    });
    const { pathname } = new URL(second.images[0]?.src ?? "");
    await kill(original.sha256);
    expect((await worker.raw(pathname)).status).toBe(410);
  });

  it("is neither shown nor made over, whatever the article at hand says", async () => {
    const [original, other] = [await picture(620, 300), await picture(110, 50)];
    const html = `<p><a href="${original.src}">One</a>.</p><img src="${original.src}">`;
    const story = await storyOf([{ src: original.src }, { src: other.src }], html);
    await kill(original.sha256);
    for (const rules of [{}, { maxWidth: 300 }]) {
      const done = await fitted(story, rules);
      expect(done).toMatchObject({ findings: [], transient: [] });
      expect(JSON.stringify(done.article)).not.toContain(original.sha256);
      expect(done.article.images).toHaveLength(1);
    }
    expect((await renditions()).filter(({ source }) => source === original.sha256)).toEqual([]);
  });

  it("while it is made over takes what comes of it", async () => {
    const original = await picture(630, 300);
    const story = await storyOf([{ src: original.src }]);
    // The kill comes when the bytes are made, and before D1 knows of them.
    const IMAGES = {
      ...env.IMAGES,
      input: (...stream: Parameters<NonNullable<Env["IMAGES"]>["input"]>) => {
        const real = env.IMAGES?.input(...stream);
        return {
          transform: (how: object) => ({
            output: async (format: never) => {
              const made = await real?.transform(how).output(format);
              await kill(original.sha256);
              return made;
            },
          }),
        };
      },
    } as unknown as NonNullable<Env["IMAGES"]>;
    const done = await fitted(story, { maxWidth: 300 }, { IMAGES });
    expect(done.article.images).toEqual([]);
    expect(done.findings[0]?.message).toContain("it was removed for good");
    const [row] = (await renditions()).filter(({ source }) => source === original.sha256);
    expect((await worker.raw(`/media/${row?.sha256}.jpg`)).status).toBe(410);
  });

  it("stays removed for whoever stores it without having heard of that", async () => {
    const { bytes, sha256, src } = await picture(635, 300, "image/png");
    await kill(sha256);
    const facts = { type: "image/png", width: 635, height: 300, length: bytes.length } as const;
    await storeMedia(env.DB, env.MEDIA, sha256, { facts, bytes: new Uint8Array(bytes), stripped: true });
    expect((await worker.raw(src)).status).toBe(410);
  });

  it("doesn't come back when a picture is made that has its very bytes", async () => {
    const original = await picture(640, 300);
    const story = await storyOf([{ src: original.src }]);
    const { article: next } = await fitted(story, { maxWidth: 300 });
    const path = new URL(next.images[0]?.src ?? "").pathname;
    await kill(path.slice("/media/".length, -".jpg".length));
    await env.DB.prepare("DELETE FROM renditions WHERE source = ?").bind(original.sha256).run();
    const again = await fitted(story, { maxWidth: 300 });
    expect(again.findings[0]?.message).toContain("it was removed for good");
    expect((await worker.raw(path)).status).toBe(410);
    expect((await worker.raw(original.src)).status).toBe(200);
  });
});

describe("a page's pictures", () => {
  const pageOf = async (story: Article) => (await worker.raw(new URL(story.url).pathname)).body.toString();
  const narrower = ({ sha256 }: TestImage, width: number) => `/media/w${width}/${sha256}.webp`;

  it("come in the widths of screens, each made once, when somebody asks for it", async () => {
    const original = await picture(1300, 700);
    const story = await storyOf([{ src: original.src, alt: "Harbour" }]);
    const html = await pageOf(story);
    const sources = [480, 960].map((width) => `https://wire.test${narrower(original, width)} ${width}w`);
    expect(html).toContain(`srcset="${sources.join(", ")}`);
    expect(html).toContain(`src="https://wire.test${original.src}"`);

    const before = (await renditions()).length;
    const first = await worker.raw(narrower(original, 480));
    expect(first.status).toBe(200);
    expect(probeImage(first.body)).toMatchObject({ type: "image/webp", width: 480, height: 258 });
    expect(first.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=86400",
    });
    const again = await worker.raw(narrower(original, 480), "GET", {
      "If-None-Match": first.headers.etag ?? "",
    });
    expect(again.status).toBe(304);
    const part = await worker.raw(narrower(original, 480), "GET", { Range: "bytes=0-9" });
    expect([part.status, part.body.equals(first.body.subarray(0, 10))]).toEqual([206, true]);
    expect((await renditions()).length).toBe(before + 1);

    await kill(original.sha256);
    expect((await worker.raw(narrower(original, 480))).status).toBe(410);
  });

  it("tell nothing that a picture from before told, and are held as it was", async () => {
    const { bytes } = await picture(700, 600);
    const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()]));
    const old = imageOf(Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]), "jpg");
    // As a Worker from before there was stripping stored it.
    const httpMetadata = { contentType: "image/jpeg" };
    await env.MEDIA.put(old.sha256, new Uint8Array(old.bytes), { httpMetadata });
    await env.DB.prepare(
      "INSERT INTO media (sha256, type, width, height, length) VALUES (?, 'image/jpeg', 600, 700, ?)",
    )
      .bind(old.sha256, old.bytes.length)
      .run();
    const { status, body } = await worker.raw(narrower(old, 480));
    expect([status, TOLD.filter((told) => body.includes(told))]).toEqual([200, []]);
    // Yet whose it is.
    for (const said of [RIGHTS.creator, RIGHTS.copyright]) expect(body.includes(said)).toBe(true);
    expect(probeImage(body)).toMatchObject({ type: "image/webp", width: 480, height: 560 });
  });

  it("are those alone that pages name: 404 for any other width, type or picture", async () => {
    const [original, small] = [await picture(1300, 710), await picture(400, 200)];
    const film = await keep(imageOf(Buffer.concat([GIF, Buffer.from("film")]), "gif"));
    for (const path of [
      ...[narrower(original, 481), narrower(original, 2400), narrower(original, 1300), narrower(small, 480)],
      ...[
        narrower(film, 480),
        `/media/w480/${"0".repeat(64)}.webp`,
        narrower(original, 480).replace("webp", "jpg"),
      ],
    ]) {
      expect([path, (await worker.raw(path)).status]).toEqual([path, 404]);
    }
    expect(await pageOf(await storyOf([{ src: small.src }, { src: film.src }]))).not.toContain("srcset");
  });

  it("are the originals while they can't be made, and after three tries nobody tries", async () => {
    const original = await picture(1310, 700);
    let tries = 0;
    const IMAGES = {
      input: () => {
        tries++;
        throw new Error("no");
      },
    } as unknown as NonNullable<Env["IMAGES"]>;
    for (let asked = 0; asked < 5; asked++) {
      const found = await pagePicture({ ...env, IMAGES }, original.sha256, 480);
      expect(found).toMatchObject({ isMade: false, picture: { sha256: original.sha256 } });
    }
    expect(tries).toBe(3);
    const { status, headers } = await worker.raw(narrower(original, 480));
    expect([status, headers.location, headers["cache-control"]]).toEqual([
      302,
      original.src,
      "public, max-age=300",
    ]);
  });

  // On the front page whatever else was stored.
  const NEWEST = { published: "2025-03-01T00:00:00Z" };

  it("are cut where they may be, and where somebody said what must stay", async () => {
    const [photo, chart, face, tall] = [
      await picture(500, 300),
      await picture(510, 300, "image/png"),
      await picture(520, 300),
      await picture(300, 400),
    ];
    const [photoStory, chartStory, faceStory, wholeStory, tallStory] = [
      await storyOf([{ src: photo.src }], undefined, NEWEST),
      await storyOf([{ src: chart.src }], undefined, NEWEST),
      await storyOf([{ src: face.src, focus: [62, 8] }], undefined, NEWEST),
      await storyOf([{ src: photo.src, crop: false }], undefined, NEWEST),
      await storyOf([{ src: tall.src }], undefined, NEWEST),
    ];
    const front = (await worker.raw("/")).body.toString();
    const classOf = ({ headline, url }: Article, { src }: TestImage) =>
      new RegExp(
        `<img src="[^"]*${src}"[^>]*?(?: class="([^"]*)")?(?: alt)[^>]*>(?:(?!<img).)*?${url}"`,
        "s",
      ).exec(front)?.[1] ?? headline;
    expect(classOf(chartStory, chart)).toBe("whole");
    expect(classOf(faceStory, face)).toBe("fx-6 fy-1");
    expect(classOf(photoStory, photo)).toBe(photoStory.headline);
    expect(classOf(wholeStory, photo)).toBe("whole");
    expect(classOf(tallStory, tall)).toBe("fx-5 fy-0");
    const css = (await worker.raw("/style.css")).body.toString();
    for (const rule of [".fx-6", ".fy-1", "img.whole", "object-position"]) expect(css).toContain(rule);
    expect(
      (await worker.put("focus", article({ images: [{ src: photo.src, focus: [50, 101] }] }))).status,
    ).toBe(422);
  });

  it("in a row are a gallery: with the lead, all are numbered, and each opens larger", async () => {
    const images = await Promise.all([501, 502, 503, 504].map((width) => picture(width, 300)));
    const [lead, one, two, three] = images as [TestImage, TestImage, TestImage, TestImage];
    const body = `<p>Text.</p><img src="${one.src}"><img src="${two.src}"><figure><img src="${three.src}"><figcaption>Boats</figcaption></figure><p>More.</p>`;
    const html = await pageOf(
      await storyOf(
        [{ src: lead.src }, { src: one.src, alt: "One" }, { src: two.src }, { src: three.src }],
        body,
      ),
    );
    const gallery = /<div class="gallery">.*?<\/div>/s.exec(html)?.[0] ?? "";
    expect(gallery.match(/<figure/g)).toHaveLength(3);
    expect(Array.from(gallery.matchAll(/class="place">([^<]*)</g), ([, place]) => place)).toEqual([
      "2 of 4",
      "3 of 4",
      "4 of 4",
    ]);
    expect(gallery).toContain(`<a class="larger" href="https://wire.test${one.src}"><img`);
    expect(gallery).toContain(`href="https://wire.test${two.src}" aria-label="3 of 4"`);
    expect(gallery).toMatch(/4 of 4<\/span> Boats<\/figcaption>/);
    expect(html.split(gallery)[0]).toContain(`fetchpriority="high"`);
    expect(html.split(gallery)[0]).toContain(`class="place">1 of 4<`);
  });

  it("of a story that is nothing else are numbered from the first, which leads", async () => {
    const images = await Promise.all([601, 602, 603].map((width) => picture(width, 300)));
    const html = await pageOf(
      await storyOf(
        images.map(({ src }) => ({ src })),
        images.map(({ src }) => `<img src="${src}">`).join(""),
      ),
    );
    const places = (part = "") => Array.from(part.matchAll(/class="place">([^<]*)</g), ([, place]) => place);
    const [lead, gallery] = html.split('<div class="gallery">');
    expect([places(lead), places(gallery)]).toEqual([["1 of 3"], ["2 of 3", "3 of 3"]]);
    expect(lead).toMatch(/<a class="larger"[^>]*><img fetchpriority="high"/);
  });
});
