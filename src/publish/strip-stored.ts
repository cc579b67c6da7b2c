// Strips images that were stored before stripping existed: when one is requested, and the others by cron.
// Their addresses stay the same; their ETags change.

import type { R2Object } from "@cloudflare/workers-types";
import type { Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { sha256 } from "../lib/digest.ts";
import { probeImage } from "../lib/image-file.ts";
import { log, unlessItFails } from "../lib/log.ts";
import { stripPicture } from "../lib/strip/strip.ts";
import { invalidateItems } from "../partners/sql-items.ts";
import {
  getMedia,
  isRemoved,
  isStripped,
  markStripped,
  replaceObject,
  unstrippedMedia,
} from "../pictures/sql.ts";
import { rerenderMessages } from "./rerender.ts";
import { outdateArticlesWithMedia } from "./sql.ts";

/** Another writer can win, with the same bytes or by removing the image. Neither happens twice. */
const ATTEMPT_LIMIT = 3;

/**
 * Strips a stored image, unless that is done. If its length changed, articles that show it are rendered
 * again. Null where R2 has no such object. Idempotent. @throws Error, when R2 or D1 fails.
 */
export async function stripStored(runtime: Runtime, name: string): Promise<R2Object | null> {
  const { env } = runtime;
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const before = await getMedia(env.MEDIA, name);
    if (!before || isStripped(before)) {
      await markAndRerender(runtime, name, before && !isRemoved(before) ? before.size : undefined);
      return before;
    }
    const bytes = new Uint8Array(await before.arrayBuffer());
    const stripped = stripPicture(bytes);
    const facts = stripped && probeImage(stripped.bytes);
    const changed = stripped && stripped.removed.length > 0 ? { sha256: await sha256(stripped.bytes) } : {};
    const next =
      stripped && facts ? { facts, bytes: stripped.bytes, ...changed } : ({ unreadable: bytes } as const);
    const after = await replaceObject(env.MEDIA, before, next);
    if (!after) continue;
    await markAndRerender(runtime, name, after.size);
    log("image-stripped", { sha256: name, removed: stripped?.removed ?? "unreadable: no longer served" });
    return after;
  }
  throw new Error(`${name} was changed by others while it was stripped`);
}

async function markAndRerender(runtime: Runtime, name: string, length: number | undefined): Promise<void> {
  if (!(await markStripped(runtime.env.DB, name, length))) return;
  const ids = await outdateArticlesWithMedia(runtime.env.DB, [name]);
  await invalidateItems(runtime.env.DB, ids);
  await sendAll(runtime.env.RENDERS, rerenderMessages(ids));
}

/**
 * Strips at most `limit` images, one after the other, since each may have 20 MB. Does nothing on a site that
 * keeps metadata (`pictures.keepMetadata`).
 */
export async function stripSome(runtime: Runtime, limit: number): Promise<void> {
  if (runtime.site.pictures.keepMetadata) return;
  // A picture that can't be stripped isn't served until it is. The others are stripped all the same.
  for (const name of await unstrippedMedia(runtime.env.DB, limit))
    await unlessItFails("the picture could not be stripped", { sha256: name }, () =>
      stripStored(runtime, name),
    );
}
