// A picture that is removed for good: its renditions are removed too, and neither comes back.

import { describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { storeMedia } from "../../../src/pictures/sql.ts";
import { pictureWorker } from "./picture-worker.ts";

const pictures = pictureWorker();
const { picture, remove, storyOf, fitted, renditions } = pictures;

describe("a picture that is removed", () => {
  it("takes its renditions with it: 410 at once", async () => {
    const original = await picture(600, 300);
    const story = await storyOf([{ src: original.src }]);
    const made = await Promise.all([300, 200].map((maxWidth) => fitted(story, { maxWidth })));
    const paths = made.map(({ article: { images } }) => new URL(images[0]?.src ?? "").pathname);
    for (const path of paths) expect((await pictures.worker.raw(path)).status).toBe(200);
    await remove(original.sha256);
    for (const path of [original.src, ...paths]) expect((await pictures.worker.raw(path)).status).toBe(410);
    expect(pictures.worker.logs()).toContainEqual(
      expect.objectContaining({ event: "image-removed", sha256: original.sha256, renditions: 2 }),
    );
  });

  it("takes the renditions of its renditions with it", async () => {
    const original = await picture(610, 300);
    const { article: first } = await fitted(await storyOf([{ src: original.src }]), { maxWidth: 400 });
    // A newsroom that takes a partner's picture for one of its own.
    const { article: second } = await fitted(await storyOf([{ src: first.images[0]?.src }]), {
      maxWidth: 200,
    });
    const { pathname } = new URL(second.images[0]?.src ?? "");
    await remove(original.sha256);
    expect((await pictures.worker.raw(pathname)).status).toBe(410);
  });

  it("is neither shown nor made over, whatever the article at hand says", async () => {
    const [original, other] = [await picture(620, 300), await picture(110, 50)];
    const html = `<p><a href="${original.src}">One</a>.</p><img src="${original.src}">`;
    const story = await storyOf([{ src: original.src }, { src: other.src }], html);
    await remove(original.sha256);
    for (const rules of [{}, { maxWidth: 300 }]) {
      const done = await fitted(story, rules);
      expect(done).toMatchObject({ findings: [], transient: [] });
      expect(JSON.stringify(done.article)).not.toContain(original.sha256);
      expect(done.article.images).toHaveLength(1);
    }
    expect((await renditions()).filter(({ source }) => source === original.sha256)).toEqual([]);
  });

  it("during its conversion takes the result with it", async () => {
    const original = await picture(630, 300);
    const story = await storyOf([{ src: original.src }]);
    // The removal comes when the bytes are made, and before D1 knows of them.
    const IMAGES = {
      ...pictures.env.IMAGES,
      input: (...stream: Parameters<NonNullable<Env["IMAGES"]>["input"]>) => {
        const real = pictures.env.IMAGES?.input(...stream);
        return {
          transform: (how: object) => ({
            output: async (format: never) => {
              const made = await real?.transform(how).output(format);
              await remove(original.sha256);
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
    expect((await pictures.worker.raw(`/media/${row?.sha256}.jpg`)).status).toBe(410);
  });

  it("stays removed for whoever stores it without having heard of that", async () => {
    const { bytes, sha256, src } = await picture(635, 300, "image/png");
    await remove(sha256);
    const facts = { type: "image/png", width: 635, height: 300, length: bytes.length } as const;
    await storeMedia(pictures.env.DB, pictures.env.MEDIA, sha256, {
      facts,
      bytes: new Uint8Array(bytes),
      stripped: true,
    });
    expect((await pictures.worker.raw(src)).status).toBe(410);
  });

  it("doesn't come back when a picture is made that has its very bytes", async () => {
    const original = await picture(640, 300);
    const story = await storyOf([{ src: original.src }]);
    const { article: next } = await fitted(story, { maxWidth: 300 });
    const path = new URL(next.images[0]?.src ?? "").pathname;
    await remove(path.slice("/media/".length, -".jpg".length));
    await pictures.env.DB.prepare("DELETE FROM renditions WHERE source = ?").bind(original.sha256).run();
    const again = await fitted(story, { maxWidth: 300 });
    expect(again.findings[0]?.message).toContain("it was removed for good");
    expect((await pictures.worker.raw(path)).status).toBe(410);
    expect((await pictures.worker.raw(original.src)).status).toBe(200);
  });
});
