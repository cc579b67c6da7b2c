// Strips pictures that were stored before stripping existed, in place: by cron, or earlier, when one is requested. Their
// addresses stay the same; their ETags change.

import type { R2Object } from "@cloudflare/workers-types";
import type { Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { sha256 } from "../lib/digest.ts";
import { probeImage } from "../lib/image-file.ts";
import { log, reasonOf } from "../lib/log.ts";
import { stripPicture } from "../lib/strip/strip.ts";
import { invalidateItems } from "../partners/sql-items.ts";
import {
  getMedia,
  isKilled,
  isStripped,
  noteStripped,
  replaceObject,
  unstrippedMedia,
} from "../pictures/sql.ts";
import { renderMessages } from "./again.ts";
import { outdateArticlesWithMedia } from "./sql.ts";

/** Another writer can be faster once: with the same bytes, or by killing the picture. */
const ATTEMPT_LIMIT = 3;

/**
 * Strips a stored picture, unless it is already. Articles that show it are rendered again where it has other bytes now.
 * Null where the bucket has none. Doing it twice is the same as doing it once. @throws Error, when R2 or D1 fails.
 */
export async function stripStored(runtime: Runtime, name: string): Promise<R2Object | null> {
  const { env } = runtime;
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const before = await getMedia(env.MEDIA, name);
    if (!before || isStripped(before)) {
      await noted(runtime, name, before && !isKilled(before) ? before.size : undefined);
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
    await noted(runtime, name, after.size);
    log("image-stripped", { sha256: name, removed: stripped?.removed ?? "unreadable: no longer served" });
    return after;
  }
  throw new Error(`${name} was changed again and again while it was stripped`);
}

async function noted(runtime: Runtime, name: string, length: number | undefined): Promise<void> {
  if (!(await noteStripped(runtime.env.DB, name, length))) return;
  const ids = await outdateArticlesWithMedia(runtime.env.DB, [name]);
  await invalidateItems(runtime.env.DB, ids);
  await sendAll(runtime.env.RENDERS, renderMessages(ids));
}

/** Strips some of the pictures that aren't yet, one after the other: each may take 20 MB. Nothing where the site keeps it all. */
export async function stripSome(runtime: Runtime, limit: number): Promise<void> {
  if (runtime.site.pictures.keepMetadata) return;
  for (const name of await unstrippedMedia(runtime.env.DB, limit)) {
    try {
      await stripStored(runtime, name);
    } catch (error) {
      // One that fails keeps back no other; it is served by nobody before it is stripped.
      log("error", { sha256: name, what: "the picture could not be stripped", reason: reasonOf(error) });
    }
  }
}
