// Image bytes: GET and HEAD of /media/{sha256}.{ext}, with conditions and ranges (RFC 9110 §14). The name is that of the bytes
// as they were sent; the ETag that of what is served, which may have been stripped since.

import type { R2Object } from "@cloudflare/workers-types";
import type { Context, HonoRequest } from "hono";
import { unlessAbsent } from "../feeds/absence.ts";
import { MEDIA_PATH, RENDITION_PATH } from "../model/address.ts";
import type { Env, Runtime } from "../model/env.ts";
import { IMAGE_TYPES, type ImageType, mediaPath } from "../model/image.ts";
import { pagePicture } from "../partners/renditions.ts";
import { stripStored } from "../publish/strip-stored.ts";
import {
  contentHash,
  findMedia,
  getMedia,
  headMedia,
  isKilled,
  isStripped,
  isUnreadable,
} from "../store/media.ts";
import { isNotModified } from "./conditional.ts";

// One day, not for ever, although the name is the content: pictures get killed.
const CACHE_CONTROL = "public, max-age=86400";

// A narrower picture that can't be made now may be there soon.
const INSTEAD_CACHE_CONTROL = "public, max-age=300";

/** Answers a request for an image, or for a narrower one made of it; 410 for one that was killed. @throws Error, when it can't be read although it is known. */
export async function mediaResponse(
  runtime: Runtime,
  { req }: Context<{ Bindings: Env }>,
): Promise<Response> {
  const { pathname } = new URL(req.url);
  const [, width, source] = RENDITION_PATH.exec(pathname) ?? [];
  if (source === undefined) {
    const [, sha256, extension = ""] = MEDIA_PATH.exec(pathname) ?? [];
    if (sha256 === undefined) return unknown();
    const look = () => objectResponse(runtime, req, sha256, extension);
    return (await unlessAbsent(pathname, Date.now(), look)) ?? unknown();
  }
  const found = await unlessAbsent(pathname, Date.now(), () =>
    pagePicture(runtime.env, source, Number(width)),
  );
  if (!found) return unknown();
  const { picture, isMade } = found;
  if (picture.killedAt) return removed();
  if (isMade)
    return (await objectResponse(runtime, req, picture.sha256, IMAGE_TYPES[picture.type])) ?? unknown();
  const headers = { Location: mediaPath(source, picture.type), "Cache-Control": INSTEAD_CACHE_CONTROL };
  return new Response(null, { status: 302, headers });
}

/** Undefined where there is no such image. */
async function objectResponse(
  runtime: Runtime,
  req: HonoRequest,
  sha256: string,
  extension: string,
): Promise<Response | undefined> {
  const { env } = runtime;
  const object = await servedObject(runtime, sha256);
  const type = object?.httpMetadata?.contentType;
  if (object && isKilled(object)) return removed();
  if (!object) return lost(env, sha256, extension);
  if (isUnreadable(object)) return undefined;
  if (!isImageType(type) || IMAGE_TYPES[type] !== extension) return undefined;

  const etag = `"${contentHash(object)}"`;
  const headers: Record<string, string> = {
    ETag: etag,
    "Cache-Control": CACHE_CONTROL,
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    // For readers' programs and partners' pages.
    "Cross-Origin-Resource-Policy": "cross-origin",
    // None of the types runs; should a browser take one for something that does, it still may do nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": `inline; filename="${sha256}.${extension}"`,
  };
  if (isNotModified(req.raw.headers, { etag })) return new Response(null, { status: 304, headers });
  headers["Content-Type"] = type;

  // A condition on the range that isn't met asks for the whole (§13.1.5).
  const ifRange = req.header("If-Range");
  const applies = ifRange === undefined || ifRange === etag;
  // Range is defined for GET alone (§14.2).
  const asked = applies && req.method === "GET" ? req.header("Range") : undefined;
  const range = asked === undefined ? undefined : parseRange(asked, object.size);
  if (range === "unsatisfiable") {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "Cache-Control": "no-store", "Content-Range": `bytes */${object.size}` },
    });
  }
  const length = range ? range.length : object.size;
  headers["Content-Length"] = String(length);
  if (range) headers["Content-Range"] = `bytes ${range.offset}-${range.offset + length - 1}/${object.size}`;
  const status = range ? 206 : 200;
  if (req.method === "HEAD") return new Response(null, { status, headers });
  const body = await getMedia(env.MEDIA, sha256, range);
  return body ? new Response(body.body, { status, headers }) : lost(env, sha256, extension);
}

/** The head of what may be served. One of before is stripped first: nobody gets it as it is. */
async function servedObject(runtime: Runtime, sha256: string): Promise<R2Object | null> {
  const object = await headMedia(runtime.env.MEDIA, sha256);
  if (!object || isStripped(object) || runtime.site.pictures.keepMetadata) return object;
  return stripStored(runtime, sha256);
}

/** Without an object: whoever is told 404 or 410 forgets the image, so of one that D1 knows neither is said. */
async function lost({ DB }: Env, sha256: string, extension: string): Promise<Response | undefined> {
  const known = (await findMedia(DB, [sha256])).get(sha256);
  if (known?.killedAt) return removed();
  if (!known || IMAGE_TYPES[known.type] !== extension) return undefined;
  throw new Error(`the bucket has lost ${sha256}`);
}

const removed = (): Response => text(410, "This image was removed.\n");
const unknown = (): Response => text(404, "There is no such image.\n");

/**
 * Reads a Range header with a single range of bytes (§14.1.2). Undefined for what is ignored:
 * several ranges, other units, anything malformed.
 */
export function parseRange(
  header: string,
  size: number,
): { readonly offset: number; readonly length: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < offset) return undefined;
  return offset >= size ? "unsatisfiable" : { offset, length: end - offset + 1 };
}

const isImageType = (type: string | undefined): type is ImageType =>
  type !== undefined && Object.hasOwn(IMAGE_TYPES, type);

const text = (status: number, body: string): Response =>
  new Response(body, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
