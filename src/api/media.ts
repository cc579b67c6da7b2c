// The API of images: upload, facts, removal. The desk's pages use it with a session, programs with the token.

import type { Hono } from "hono";
import { mediaPath, tooManyPixels } from "../article/image.ts";
import { listPictures, noteRemoval, pictureUses, readPicture } from "../desk/pictures/sql-pictures.ts";
import { requireRole, requireSignIn, type SignedIn } from "../desk/requests.ts";
import type { Runtime } from "../env.ts";
import { problemResponse } from "../http/problem.ts";
import { limit, newRouter } from "../http/router.ts";
import { sha256 } from "../lib/digest.ts";
import { IMAGE_TYPES, type ImageFacts, probeImage } from "../lib/image-file.ts";
import { log } from "../lib/log.ts";
import { stripPicture } from "../lib/strip/strip.ts";
import { toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { findMedia, headMedia, isStripped, storeMedia } from "../pictures/sql.ts";
import { addToLibrary } from "../pictures/sql-library.ts";
import { removeImage } from "../publish/rerender.ts";
import { stripStored } from "../publish/strip-stored.ts";
import type { Library, MediaReceipt, PictureUses } from "./answers.ts";

const PAGE_LIMIT = 48;
const USES_LIMIT = 100;
const SEARCH_CHARACTERS = 200;
const IMAGE_BYTES_LIMIT = 20_000_000;
const BROKEN_IMAGE = t(
  "The picture is damaged or cut off, so metadata such as where it was taken can't be removed. Save it again in a picture program.",
);

/** The routes under /api/media. */
export function mediaRoutes(runtime: Runtime): Hono<SignedIn> {
  const { env, site } = runtime;
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  const signIn = requireSignIn(runtime);
  api.use("/media", signIn);
  api.use("/media/*", signIn);

  api.get("/media", async (c) => {
    const search = (c.req.query("search") ?? "").slice(0, SEARCH_CHARACTERS);
    const found = await listPictures(env.DB, search, c.req.query("cursor"), PAGE_LIMIT + 1);
    const last = found[PAGE_LIMIT - 1];
    const library: Library = {
      pictures: found.slice(0, PAGE_LIMIT).map(({ sha256, addedAt, articles, stories, ...picture }) => ({
        ...{ sha256, url: site.url + mediaPath(sha256, picture.type), addedAt },
        ...{ ...picture, uses: { articles, stories } },
      })),
      ...(found.length > PAGE_LIMIT && last ? { next: `${last.addedAt} ${last.sha256}` } : {}),
    };
    return c.json(library);
  });

  api.get("/media/:sha256", async (c) => {
    const hash = c.req.param("sha256");
    const found = (await findMedia(env.DB, [hash])).get(hash);
    if (!found || found.removedAt)
      return problemResponse(404, found ? t("This image was removed for good.") : undefined);
    // The client uploads the bytes on a 404, so a row in D1 isn't enough: R2 must have them too.
    if (!(await headMedia(env.MEDIA, hash)))
      return problemResponse(404, t("Its bytes are lost; send them again."));
    return c.json(mediaReceipt(hash, found));
  });

  api.get("/media/:sha256/uses", async (c) => {
    const hash = c.req.param("sha256");
    if (!(await readPicture(env.DB, hash))) return problemResponse(404);
    return c.json((await pictureUses(env.DB, hash, USES_LIMIT)) satisfies PictureUses);
  });

  api.put("/media/:sha256", limit(IMAGE_BYTES_LIMIT), async (c) => {
    const hash = c.req.param("sha256");
    const bytes = await c.req.arrayBuffer();
    if ((await sha256(bytes)) !== hash) {
      return problemResponse(
        422,
        t("The SHA-256 of the body differs from the one in the address (lower-case hex)."),
      );
    }
    const sent = new Uint8Array(bytes);
    const told = probeImage(sent);
    if (!told)
      return problemResponse(
        415,
        t("The body must be one of {types}.", { types: Object.keys(IMAGE_TYPES).join(", ") }),
      );
    const tooLarge = tooManyPixels(told);
    if (tooLarge !== undefined)
      return problemResponse(422, t("The picture {problem}.", { problem: tooLarge }));
    const keeps = site.pictures.keepMetadata;
    const stripped = keeps ? { bytes: sent, removed: [] } : stripPicture(sent);
    const facts = stripped && probeImage(stripped.bytes);
    if (!stripped || !facts) return problemResponse(415, BROKEN_IMAGE);
    const known = (await findMedia(env.DB, [hash])).get(hash);
    if (known?.removedAt)
      return problemResponse(
        409,
        t("This image was removed on {time} and can't come back.", { time: known.removedAt }),
      );
    const held = known && (await headMedia(env.MEDIA, hash));
    const { removed } = stripped;
    if (!held) {
      const changed = removed.length > 0 ? { sha256: await sha256(stripped.bytes) } : {};
      await storeMedia(env.DB, env.MEDIA, hash, {
        facts,
        bytes: stripped.bytes,
        stripped: !keeps,
        ...changed,
      });
      await addToLibrary(env.DB, hash, now());
      runtime.isolate.absent.clear();
      log("image-stored", { sha256: hash, ...facts, removed });
    } else if (!keeps && !isStripped(held)) await stripStored(runtime, hash);
    const receipt = { ...mediaReceipt(hash, facts), ...(removed.length > 0 ? { removed } : {}) };
    return c.json(receipt, known ? 200 : 201);
  });

  api.delete("/media/:sha256", requireRole("editor"), async (c) => {
    const hash = c.req.param("sha256");
    if (!(await removeImage(runtime, hash, now()))) return problemResponse(404);
    await noteRemoval(env.DB, hash, c.get("person").name, now());
    return c.json({ sha256: hash, status: "removed" });
  });

  return api;

  function mediaReceipt(hash: string, { type, width, height, length }: ImageFacts): MediaReceipt {
    return { url: site.url + mediaPath(hash, type), type, width, height, length };
  }
}
