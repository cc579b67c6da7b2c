// Renditions: images that Cloudflare Images converts or scales, for partners and for pages. Each is made once
// and stored like any other image (sql.ts). The original stays as it is.

import { renditionWidths } from "../article/image.ts";
import type { Env } from "../env.ts";
import { sha256 } from "../lib/digest.ts";
import { type ImageType, PIXELS_LIMIT, probeImage } from "../lib/image-file.ts";
import { logError } from "../lib/log.ts";
import { stripPicture } from "../lib/strip/strip.ts";
import { t } from "../lib/translate.ts";
import { withRights } from "./rights.ts";
import {
  countFailure,
  findRendition,
  findRenditions,
  getMedia,
  isRemoved,
  type MediaRecord,
  removeMedia,
  storeMedia,
  storeRendition,
} from "./sql.ts";

/** A rendition, or why there is none. `passes` is true if a later attempt may succeed. */
export type Made =
  | { readonly kind: "made"; readonly picture: MediaRecord }
  | { readonly kind: "unmade"; readonly reason: string; readonly passes: boolean };

/**
 * Attempts to get a file below its limit, in turn. Some formats, and Miniflare, ignore `quality`, so the
 * width shrinks too.
 */
const TRIES = [
  { quality: 85, scale: 1 },
  { quality: 70, scale: 0.85 },
  { quality: 55, scale: 0.6 },
] as const;

/**
 * How many renditions one call makes. Each takes up to eight subrequests (Images, R2, D1), and the Free plan
 * allows 50.
 */
const MADE_LIMIT = 4;

/**
 * How often an image is tried: an outage of Images ends, but an image that it can't read stays unreadable.
 * Builds retry every two minutes at most.
 */
const TRIES_LIMIT = 20;

/** Fewer for a page, where the original is shown instead. */
const PAGE_TRIES_LIMIT = 3;

/** Finds or makes each requested rendition, or says why there is none. */
export async function renditions(
  env: Env,
  wanted: readonly RenditionRequest[],
): Promise<ReadonlyMap<RenditionRequest, Made>> {
  const found = await findRenditions(env.DB, wanted.map(keyOf));
  const done = new Map<RenditionRequest, Made>();
  let left = MADE_LIMIT;
  for (const [index, one] of wanted.entries()) {
    const before = found[index];
    if (before) done.set(one, resultOf(before));
    else if (left-- > 0) done.set(one, await make(env, one).catch((error) => failed(one, error)));
    else done.set(one, unmade("others are converted first", true));
  }
  return done;
}

/**
 * A page's image at this width, or the original if the rendition can't be made. Undefined if there is no such
 * image, or if pages don't show it at this width.
 */
export async function pagePicture(env: Env, source: string, width: number): Promise<PagePicture | undefined> {
  const wanted: RenditionRequest = { source, width, leastWidth: width, type: "image/webp" };
  const { rendition, original, failures } = await findRendition(env.DB, keyOf(wanted));
  if (rendition) return { picture: rendition, isMade: true };
  if (!original || !renditionWidths(original).includes(width)) return undefined;
  if (original.removedAt || !env.IMAGES || failures >= PAGE_TRIES_LIMIT)
    return { picture: original, isMade: false };
  const made = await make(env, wanted).catch((error) => failed(wanted, error));
  return made.kind === "made"
    ? { picture: made.picture, isMade: true }
    : { picture: original, isMade: false };
}

/** A rendition or the original, either of which may have been removed. */
export interface PagePicture {
  readonly picture: MediaRecord;
  readonly isMade: boolean;
}

/** The key of a rendition: `w1280 image/jpeg`, `w1280 image/jpeg <=5000000 >=w720`. */
const keyOf = ({ source, width, type, maxBytes, leastWidth }: RenditionRequest) => ({
  source,
  wanted: `w${width} ${type}${maxBytes === undefined ? "" : ` <=${maxBytes} >=w${leastWidth}`}`,
});

async function make(env: Env, wanted: RenditionRequest): Promise<Made> {
  if (!env.IMAGES) return unmade("converting it needs Cloudflare Images, which is not enabled here", false);
  const object = await getMedia(env.MEDIA, wanted.source);
  if (!object) return unmade("its bytes are missing", true);
  if (isRemoved(object)) return unmade("it was removed for good", false);
  const original = await object.arrayBuffer();
  const { width: wide = 0, height: high = 0 } = probeImage(new Uint8Array(original)) ?? {};
  if (wide * high > PIXELS_LIMIT) {
    const reason = t(
      "it is {wide} × {high} pixels, and more than {most} megapixels can't be converted: save it smaller",
      { wide, high, most: PIXELS_LIMIT / 1_000_000 },
    );
    return unmade(reason, false);
  }
  const { type, maxBytes = Number.POSITIVE_INFINITY } = wanted;
  for (const { quality, scale } of TRIES) {
    const width = Math.max(Math.floor(wanted.width * scale), wanted.leastWidth);
    const bytes = await convert(env.IMAGES, original, width, type, quality);
    if (bytes instanceof Error) return unreadable(env, wanted, bytes);
    // Images may keep metadata: strip it, then write the original's rights back.
    const stripped = stripPicture(new Uint8Array(bytes));
    const made = stripped && withRights(stripped.bytes, new Uint8Array(original));
    const facts = made && probeImage(made);
    if (facts?.type !== type || facts.width !== width) {
      const reason = facts
        ? t(
            "Cloudflare Images made {other}, {otherWidth} pixels wide, of it, not {type}, {width} pixels wide",
            { other: facts.type, otherWidth: facts.width, type, width },
          )
        : t("Cloudflare Images made no picture of it, but should have made {type}, {width} pixels wide", {
            type,
            width,
          });
      return unmade(reason, false);
    }
    if (!made || facts.length > maxBytes) continue;
    const hash = await sha256(made);
    await storeMedia(env.DB, env.MEDIA, hash, { facts, bytes: made, stripped: true });
    const kept = await storeRendition(env.DB, keyOf(wanted), hash);
    // The original was removed while this was made.
    if (kept.removedAt) await removeMedia(env.DB, env.MEDIA, hash, kept.removedAt);
    return resultOf(kept);
  }
  return unmade(t("it is still larger after conversion"), false);
}

/** Partners see the reason, so the error from Images only goes to the log. */
async function unreadable(env: Env, wanted: RenditionRequest, error: Error): Promise<Made> {
  const tries = await countFailure(env.DB, keyOf(wanted));
  logError("Cloudflare Images failed", error, { ...keyOf(wanted), tries });
  return tries < TRIES_LIMIT
    ? unmade(t("Cloudflare Images can't convert it just now"), true)
    : unmade(
        t("Cloudflare Images can't convert it, and was asked {count} times: save the picture again", {
          count: TRIES_LIMIT,
        }),
        false,
      );
}

/** The converted bytes, or the error from Images. */
async function convert(
  images: NonNullable<Env["IMAGES"]>,
  original: ArrayBuffer,
  width: number,
  format: RenditionRequest["type"],
  quality: number,
): Promise<ArrayBuffer | Error> {
  try {
    const made = await images
      .input(new Blob([original]).stream())
      .transform({ width, fit: "scale-down" })
      .output({ format, quality });
    return await new Response(made.image()).arrayBuffer();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * If R2 fails, only this image is affected, and the feed is built without it. If D1 fails, the whole build
 * fails anyway.
 */
function failed(wanted: RenditionRequest, error: unknown): Made {
  logError("a picture could not be converted", error, keyOf(wanted));
  return unmade("it can't be read or stored just now", true);
}

const resultOf = (picture: MediaRecord): Made =>
  picture.removedAt ? unmade("it was removed for good", false) : { kind: "made", picture };

const unmade = (reason: string, passes: boolean): Made => ({ kind: "unmade", reason, passes });

/** A request to make a rendition. */
export interface RenditionRequest {
  /** SHA-256 of the original. */
  readonly source: string;
  /** Pixels; the height follows. */
  readonly width: number;
  /** The least width to which it may shrink to stay within `maxBytes`. */
  readonly leastWidth: number;
  readonly type: ImageType;
  readonly maxBytes?: number;
}
