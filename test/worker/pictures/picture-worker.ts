// A Worker with pictures of its own making, for tests of what is made of them. Miniflare's Images binding
// knows no quality and writes no GIF.

import { afterAll, beforeAll, expect } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { resolveArticle } from "../../../src/article/resolve.ts";
import { articleBySlug } from "../../../src/article/sql.ts";
import type { Env } from "../../../src/env.ts";
import { IMAGE_TYPES, type ImageType } from "../../../src/lib/image-file.ts";
import type { PictureRules } from "../../../src/partners/profile.ts";
import { type RestrictedPictures, restrictPictures } from "../../../src/partners/restrict-pictures.ts";
import { unwrap } from "../../pipeline.ts";
import { article, imageOf, png, type TestImage } from "../articles.ts";
import { type RunningWorker, runtimeOf, startWorker } from "../harness.ts";

/** A GIF of 3 by 2 pixels. */
export const GIF = Buffer.from("R0lGODlhAwACAIAAAExpccwAACH5BAUAAAAALAAAAAADAAIAAAICjF8AOw==", "base64");

/** The Worker of a test file, and what its tests do with pictures. */
interface PictureWorker {
  readonly worker: RunningWorker;
  readonly env: Env;
  /** A picture that is stored. It is noise; every size and type has a name of its own. */
  readonly picture: (width: number, height: number, type?: ImageType) => Promise<TestImage>;
  /** Stores a picture. */
  readonly store: (image: TestImage) => Promise<TestImage>;
  /** Removes a picture for good. */
  readonly remove: (sha256: string) => Promise<void>;
  /** Stores an article with these images, and gives it as partners' items are made of it. */
  readonly storyOf: (images: readonly object[], html?: string, changes?: object) => Promise<Article>;
  /** The article with pictures that a partner's rules allow; `changes` are to the bindings. */
  readonly fitted: (
    story: Article,
    rules: PictureRules,
    changes?: Partial<Env>,
  ) => Promise<RestrictedPictures>;
  /** What was made of which picture. */
  readonly renditions: () => Promise<readonly { readonly source: string; readonly sha256: string }[]>;
}

/** Starts a Worker before a file's tests and stops it after them. Its fields are there once a test runs. */
export function pictureWorker(): PictureWorker {
  let worker: RunningWorker;
  let env: Env;
  let articles = 0;
  beforeAll(async () => {
    worker = await startWorker();
    env = await worker.env();
  });
  afterAll(() => worker?.close());

  const store = async (image: TestImage) => {
    const body = new Uint8Array(image.bytes);
    expect((await worker.api(`/media/${image.sha256}`, { method: "PUT", body })).status).toBe(201);
    return image;
  };
  return {
    get worker() {
      return worker;
    },
    get env() {
      return env;
    },
    store,
    async picture(width, height, type = "image/jpeg") {
      const drawn = png(width, height, true);
      if (type === "image/png") return store(drawn);
      const made = await env.IMAGES?.input(new Blob([new Uint8Array(drawn.bytes)]).stream()).output({
        format: type,
      });
      const bytes = Buffer.from(await new Response(made?.image()).arrayBuffer());
      return store(imageOf(bytes, IMAGE_TYPES[type]));
    },
    async remove(sha256) {
      expect((await worker.api(`/media/${sha256}`, { method: "DELETE" })).status).toBe(200);
    },
    async storyOf(images, html = "<p>Text.</p>", changes = {}) {
      const slug = `story-${++articles}`;
      const sent = await worker.put(slug, article({ images, body: { html }, ...changes }));
      expect(sent.status, await sent.text()).toBe(201);
      const record = await articleBySlug(env.DB, slug);
      if (!record) throw new Error("it was stored");
      return unwrap(resolveArticle(record.article, runtimeOf(env).site));
    },
    fitted: (story, rules, changes = {}) => restrictPictures(runtimeOf({ ...env, ...changes }), story, rules),
    async renditions() {
      const sql = "SELECT source, sha256 FROM renditions";
      return (await env.DB.prepare(sql).all<{ source: string; sha256: string }>()).results;
    },
  };
}
