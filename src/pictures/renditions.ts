// Pictures made over by Cloudflare Images, each once: bytes in R2 under their own SHA-256, facts in D1 like any image's.
// The picture that one is made of stays as it is.

import { renditionWidths } from "../article/image.ts";
import type { Env } from "../env.ts";
import { sha256 } from "../lib/digest.ts";
import { type ImageType, PIXELS_LIMIT, probeImage } from "../lib/image-file.ts";
import { log, reasonOf } from "../lib/log.ts";
import { stripPicture } from "../lib/strip/strip.ts";
import { withRights } from "./rights.ts";
import {
  findRendition,
  findRenditions,
  getMedia,
  isKilled,
  keepRendition,
  killMedia,
  type MediaRecord,
  noteFailure,
  storeMedia,
} from "./sql.ts";

/** A rendition, or why there is none; `passes` if the reason may be gone the next time. */
export type Made =
  | { readonly kind: "made"; readonly picture: MediaRecord }
  | { readonly kind: "unmade"; readonly reason: string; readonly passes: boolean };

/** Successive tries to make a file smaller. Some formats, and Miniflare, ignore `quality`, so the width shrinks too. */
const TRIES = [
  { quality: 85, scale: 1 },
  { quality: 70, scale: 0.85 },
  { quality: 55, scale: 0.6 },
] as const;

/** Most renditions made at once: each takes up to eight calls (Images, R2, D1), and the Free plan allows 50. */
const MADE_LIMIT = 4;

/** An outage of Images passes; a picture that it can't read doesn't. A build comes every two minutes at most. */
const TRIES_LIMIT = 20;

/** Readers get the original meanwhile: nobody needs this one. */
const PAGE_TRIES_LIMIT = 3;

/** Each picture that is wanted: made before, made now, or why not. */
export async function renditions(
  env: Env,
  wanted: readonly RenditionRequest[],
): Promise<ReadonlyMap<RenditionRequest, Made>> {
  const found = await findRenditions(env.DB, wanted.map(keyOf));
  const done = new Map<RenditionRequest, Made>();
  let left = MADE_LIMIT;
  for (const [index, one] of wanted.entries()) {
    const before = found[index];
    if (before) done.set(one, standing(before));
    else if (left-- > 0) done.set(one, await make(env, one).catch((error) => failed(one, error)));
    else done.set(one, unmade("others are made over first", true));
  }
  return done;
}

/** A page's picture: narrower, or as it was sent where it can't be made so; undefined where there is none, or none so wide. */
export async function pagePicture(env: Env, source: string, width: number): Promise<PagePicture | undefined> {
  const wanted: RenditionRequest = { source, width, leastWidth: width, type: "image/webp" };
  const { rendition, original, failures } = await findRendition(env.DB, keyOf(wanted));
  if (rendition) return { picture: rendition, isMade: true };
  if (!original || !renditionWidths(original).includes(width)) return undefined;
  if (original.killedAt || !env.IMAGES || failures >= PAGE_TRIES_LIMIT)
    return { picture: original, isMade: false };
  const made = await make(env, wanted).catch((error) => failed(wanted, error));
  return made.kind === "made"
    ? { picture: made.picture, isMade: true }
    : { picture: original, isMade: false };
}

/** What a page's picture is: made, or the original. It may have been killed. */
export interface PagePicture {
  readonly picture: MediaRecord;
  readonly isMade: boolean;
}

/** What a rendition is wanted as: `w1280 image/jpeg`, `w1280 image/jpeg <=5000000 >=w720`. */
const keyOf = ({ source, width, type, maxBytes, leastWidth }: RenditionRequest) => ({
  source,
  wanted: `w${width} ${type}${maxBytes === undefined ? "" : ` <=${maxBytes} >=w${leastWidth}`}`,
});

async function make(env: Env, wanted: RenditionRequest): Promise<Made> {
  if (!env.IMAGES) return unmade("this Wireroom has no Cloudflare Images to make it over with", false);
  const object = await getMedia(env.MEDIA, wanted.source);
  if (!object) return unmade("its bytes are not to be found", true);
  if (isKilled(object)) return unmade("it was removed for good", false);
  const original = await object.arrayBuffer();
  const { width: wide = 0, height: high = 0 } = probeImage(new Uint8Array(original)) ?? {};
  if (wide * high > PIXELS_LIMIT) {
    const most = `more than ${PIXELS_LIMIT / 1_000_000} megapixels can't be made over: save it smaller`;
    return unmade(`it is ${wide} × ${high} pixels, and ${most}`, false);
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
      const got = facts ? `${facts.type}, ${facts.width} pixels wide` : "no picture";
      return unmade(`Cloudflare Images made ${got} of it, not ${type}, ${width} pixels wide`, false);
    }
    if (!made || facts.length > maxBytes) continue;
    const hash = await sha256(made);
    await storeMedia(env.DB, env.MEDIA, hash, { facts, bytes: made, stripped: true });
    const kept = await keepRendition(env.DB, keyOf(wanted), hash);
    // Its source was killed while it was made.
    if (kept.killedAt) await killMedia(env.DB, env.MEDIA, hash, kept.killedAt);
    return standing(kept);
  }
  return unmade("it still has more once it is made over", false);
}

/** Whoever sees the reason may be a partner: what Images said of itself goes to the log. */
async function unreadable(env: Env, wanted: RenditionRequest, error: Error): Promise<Made> {
  const tries = await noteFailure(env.DB, keyOf(wanted));
  log("error", { ...keyOf(wanted), tries, what: "Cloudflare Images failed", reason: reasonOf(error) });
  const reason = "Cloudflare Images can't make it over";
  return tries < TRIES_LIMIT
    ? unmade(`${reason} just now`, true)
    : unmade(`${reason}, and was asked ${TRIES_LIMIT} times: save it anew`, false);
}

/** The picture made over; an error where Images can't. */
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

/** R2 failing is this picture's trouble alone: no feed waits for it. Should D1 fail, the build meets that by itself. */
function failed(wanted: RenditionRequest, error: unknown): Made {
  log("error", { ...keyOf(wanted), what: "a picture could not be made over", reason: reasonOf(error) });
  return unmade("it can't be read or kept just now", true);
}

const standing = (picture: MediaRecord): Made =>
  picture.killedAt ? unmade("it was removed for good", false) : { kind: "made", picture };

const unmade = (reason: string, passes: boolean): Made => ({ kind: "unmade", reason, passes });

/** A picture to be made out of another one. */
export interface RenditionRequest {
  /** SHA-256 of the other one. */
  readonly source: string;
  /** Pixels; the height follows. */
  readonly width: number;
  /** How much narrower it may become to stay within `maxBytes`. */
  readonly leastWidth: number;
  readonly type: ImageType;
  readonly maxBytes?: number;
}
