// The pictures of pages: narrower ones, how they are cropped, and galleries.

import { describe, expect, it } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import type { Env } from "../../../src/env.ts";
import { probeImage } from "../../../src/lib/image-file.ts";
import { pagePicture } from "../../../src/pictures/renditions.ts";
import { cameraExif, RIGHTS, segment, TOLD } from "../../photograph.ts";
import { article, imageOf, type TestImage } from "../articles.ts";
import { GIF, pictureWorker } from "./picture-worker.ts";

const pictures = pictureWorker();
const { picture, store, remove, storyOf, renditions } = pictures;

describe("a page's pictures", () => {
  const pageOf = async (story: Article) =>
    (await pictures.worker.raw(new URL(story.url).pathname)).body.toString();
  const narrower = ({ sha256 }: TestImage, width: number) => `/media/w${width}/${sha256}.webp`;

  it("come in the widths of screens, each made once, when somebody asks for it", async () => {
    const original = await picture(1300, 700);
    const story = await storyOf([{ src: original.src, alt: "Harbour" }]);
    const html = await pageOf(story);
    const sources = [480, 960].map((width) => `https://wire.test${narrower(original, width)} ${width}w`);
    expect(html).toContain(`srcset="${sources.join(", ")}`);
    expect(html).toContain(`src="https://wire.test${original.src}"`);

    const before = (await renditions()).length;
    const first = await pictures.worker.raw(narrower(original, 480));
    expect(first.status).toBe(200);
    expect(probeImage(first.body)).toMatchObject({ type: "image/webp", width: 480, height: 258 });
    expect(first.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=86400",
    });
    const again = await pictures.worker.raw(narrower(original, 480), "GET", {
      "If-None-Match": first.headers.etag ?? "",
    });
    expect(again.status).toBe(304);
    const part = await pictures.worker.raw(narrower(original, 480), "GET", { Range: "bytes=0-9" });
    expect([part.status, part.body.equals(first.body.subarray(0, 10))]).toEqual([206, true]);
    expect((await renditions()).length).toBe(before + 1);

    await remove(original.sha256);
    expect((await pictures.worker.raw(narrower(original, 480))).status).toBe(410);
  });

  it("tell nothing that a picture from before told, and are held as it was", async () => {
    const { bytes } = await picture(700, 600);
    const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()]));
    const old = imageOf(Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]), "jpg");
    // As a Worker from before there was stripping stored it.
    const httpMetadata = { contentType: "image/jpeg" };
    await pictures.env.MEDIA.put(old.sha256, new Uint8Array(old.bytes), { httpMetadata });
    await pictures.env.DB.prepare(
      "INSERT INTO media (sha256, type, width, height, length) VALUES (?, 'image/jpeg', 600, 700, ?)",
    )
      .bind(old.sha256, old.bytes.length)
      .run();
    const { status, body } = await pictures.worker.raw(narrower(old, 480));
    expect([status, TOLD.filter((told) => body.includes(told))]).toEqual([200, []]);
    // Yet whose it is.
    for (const said of [RIGHTS.creator, RIGHTS.copyright]) expect(body.includes(said)).toBe(true);
    expect(probeImage(body)).toMatchObject({ type: "image/webp", width: 480, height: 560 });
  });

  it("are served only in widths that pages use: 404 for any other width, type or picture", async () => {
    const [original, small] = [await picture(1300, 710), await picture(400, 200)];
    const film = await store(imageOf(Buffer.concat([GIF, Buffer.from("film")]), "gif"));
    for (const path of [
      ...[narrower(original, 481), narrower(original, 2400), narrower(original, 1300), narrower(small, 480)],
      ...[
        narrower(film, 480),
        `/media/w480/${"0".repeat(64)}.webp`,
        narrower(original, 480).replace("webp", "jpg"),
      ],
    ]) {
      expect([path, (await pictures.worker.raw(path)).status]).toEqual([path, 404]);
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
      const found = await pagePicture({ ...pictures.env, IMAGES }, original.sha256, 480);
      expect(found).toMatchObject({ isMade: false, picture: { sha256: original.sha256 } });
    }
    expect(tries).toBe(3);
    const { status, headers } = await pictures.worker.raw(narrower(original, 480));
    expect([status, headers.location, headers["cache-control"]]).toEqual([
      302,
      original.src,
      "public, max-age=300",
    ]);
  });

  // On the front page whatever else was stored.
  const NEWEST = { published: "2025-03-01T00:00:00Z" };

  it("are cropped where allowed, around the focus", async () => {
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
    const front = (await pictures.worker.raw("/")).body.toString();
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
    const css = (await pictures.worker.raw("/style.css")).body.toString();
    for (const rule of [".fx-6", ".fy-1", "img.whole", "object-position"]) expect(css).toContain(rule);
    expect(
      (await pictures.worker.put("focus", article({ images: [{ src: photo.src, focus: [50, 101] }] })))
        .status,
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
