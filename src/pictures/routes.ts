// GET and HEAD of /media/{sha256}.{ext}, with conditions and ranges (RFC 9110 §13, §14). The address has the
// SHA-256 of the bytes as they were uploaded. The ETag has that of the bytes that are served, since stripping
// may have changed them.

import type { R2Bucket, R2Object, R2ObjectBody, ReadableStream } from "@cloudflare/workers-types";
import type { Context, HonoRequest } from "hono";
import { mediaPath } from "../article/image.ts";
import type { Env, Runtime } from "../env.ts";
import { isNotModified } from "../http/conditional.ts";
import { MEDIA_PATH, RENDITION_PATH } from "../lib/address.ts";
import { IMAGE_TYPES, type ImageType } from "../lib/image-file.ts";
import { pagePicture } from "./renditions.ts";
import { contentHash, findMedia, getMedia, headMedia, isRemoved, isStripped, isUnreadable } from "./sql.ts";

// One day, although an address never gets other bytes: an image can be removed.
const CACHE_CONTROL = "public, max-age=86400";

// For a redirect to the original: the narrower image may be made soon.
const INSTEAD_CACHE_CONTROL = "public, max-age=300";

/** The runtime, and the function that strips an image which was stored before stripping existed. */
type Serving = Runtime & { readonly strip: (sha256: string) => Promise<unknown> };

/**
 * Answers a request for an image, or for a narrower rendition of it; 410 for one that was removed.
 * @throws Error, when R2 or D1 fails, or when R2 has lost the bytes.
 */
export async function mediaResponse(
  runtime: Serving,
  { req }: Context<{ Bindings: Env }>,
): Promise<Response> {
  const { pathname } = new URL(req.url);
  const [, width, source] = RENDITION_PATH.exec(pathname) ?? [];
  if (source === undefined) {
    const [, sha256, extension = ""] = MEDIA_PATH.exec(pathname) ?? [];
    if (sha256 === undefined) return unknown();
    const look = () => objectResponse(runtime, req, sha256, extension);
    return (await runtime.isolate.absent.unlessAbsent(pathname, Date.now(), look)) ?? unknown();
  }
  const found = await runtime.isolate.absent.unlessAbsent(pathname, Date.now(), () =>
    pagePicture(runtime.env, source, Number(width)),
  );
  if (!found) return unknown();
  const { picture, isMade } = found;
  if (picture.removedAt) return removed();
  if (isMade)
    return (await objectResponse(runtime, req, picture.sha256, IMAGE_TYPES[picture.type])) ?? unknown();
  const headers = { Location: mediaPath(source, picture.type), "Cache-Control": INSTEAD_CACHE_CONTROL };
  return new Response(null, { status: 302, headers });
}

/**
 * Undefined where there is no such image. One read of R2; a second one if If-Range doesn't match or the range
 * starts behind the end.
 */
async function objectResponse(
  runtime: Serving,
  req: HonoRequest,
  sha256: string,
  extension: string,
  // Range is defined only for GET (§14.2). Empty: the whole image.
  asked = (req.method === "GET" && req.header("Range")) || "",
): Promise<Response | undefined> {
  const object = await servedObject(runtime, sha256, () =>
    req.method === "HEAD"
      ? headMedia(runtime.env.MEDIA, sha256)
      : readImage(runtime.env.MEDIA, sha256, asked),
  );
  if (!object) return lost(runtime.env, sha256, extension);
  const ifRange = req.header("If-Range");
  if (asked !== "" && ifRange !== undefined && ifRange !== etagOf(object)) {
    await bodyOf(object)?.cancel();
    // If If-Range doesn't match, the whole image is sent (§13.1.5).
    return objectResponse(runtime, req, sha256, extension, "");
  }
  const response = responseOf(object, req, extension, asked);
  if (response?.status !== 200 && response?.status !== 206) await bodyOf(object)?.cancel();
  return response;
}

/** The answer for an object; undefined for one that isn't served, or not under this extension. */
function responseOf(
  object: R2Object,
  req: HonoRequest,
  extension: string,
  asked: string,
): Response | undefined {
  const type = object.httpMetadata?.contentType;
  if (isRemoved(object)) return removed();
  if (isUnreadable(object)) return undefined;
  if (!isImageType(type) || IMAGE_TYPES[type] !== extension) return undefined;

  const etag = etagOf(object);
  const headers: Record<string, string> = {
    ETag: etag,
    "Cache-Control": CACHE_CONTROL,
    "Accept-Ranges": "bytes",
    "Access-Control-Allow-Origin": "*",
    // Reader apps and partners' pages embed images.
    "Cross-Origin-Resource-Policy": "cross-origin",
    // No image type runs scripts; should a browser take one for a type that does, the sandbox blocks them.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": `inline; filename="${object.key}.${extension}"`,
  };
  if (isNotModified(req.raw.headers, { etag })) return new Response(null, { status: 304, headers });
  headers["Content-Type"] = type;

  const range = parseRange(asked, object.size);
  if (range === "unsatisfiable") {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "Cache-Control": "no-store", "Content-Range": `bytes */${object.size}` },
    });
  }
  const length = range ? range.length : object.size;
  headers["Content-Length"] = String(length);
  if (range) headers["Content-Range"] = `bytes ${range.offset}-${range.offset + length - 1}/${object.size}`;
  return new Response(bodyOf(object), { status: range ? 206 : 200, headers });
}

/**
 * The object that `read` returns. An object stored before stripping existed is stripped first, and read
 * again.
 */
async function servedObject<T extends R2Object>(
  runtime: Serving,
  sha256: string,
  read: () => Promise<T | null>,
): Promise<T | null> {
  const object = await read();
  if (!object || isStripped(object) || runtime.site.pictures.keepMetadata) return object;
  await bodyOf(object)?.cancel();
  await runtime.strip(sha256);
  return read();
}

/**
 * An image with the bytes that a Range header asks for, or with all bytes where the header is ignored. For a
 * range behind the end, R2 throws without naming the size. Then only the head is read, and there are no
 * bytes.
 * @throws Error, when R2 fails.
 */
async function readImage(bucket: R2Bucket, sha256: string, asked: string): Promise<R2Object | null> {
  const range = readRange(asked);
  try {
    return await getMedia(bucket, sha256, range);
  } catch (error) {
    const object = range && (await headMedia(bucket, sha256));
    if (object && parseRange(asked, object.size) === "unsatisfiable") return object;
    throw error;
  }
}

const etagOf = (object: R2Object): string => `"${contentHash(object)}"`;

/** The stream of an object's bytes; null if only the head was read. */
const bodyOf = (object: R2Object): ReadableStream | null =>
  "body" in object ? (object as R2ObjectBody).body : null;

/**
 * The response if R2 has no object; undefined for 404. If D1 knows the image, R2 has lost it. That is an
 * error, since after a 404 or 410 clients would drop the image.
 */
async function lost({ DB }: Env, sha256: string, extension: string): Promise<Response | undefined> {
  const known = (await findMedia(DB, [sha256])).get(sha256);
  if (known?.removedAt) return removed();
  if (!known || IMAGE_TYPES[known.type] !== extension) return undefined;
  throw new Error(`the bucket has lost ${sha256}`);
}

const removed = (): Response => text(410, "This image was removed.\n");
const unknown = (): Response => text(404, "There is no such image.\n");

/**
 * A Range header with a single range of bytes (§14.1.2), as R2 takes it. Undefined if the header must be
 * ignored: several ranges, other units, malformed ones.
 */
function readRange(
  header: string,
): { readonly offset: number; readonly length?: number } | { readonly suffix: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim()) ?? [];
  if (first === "") return last === "" ? undefined : { suffix: Number(last) };
  const offset = Number(first);
  if (last === "") return { offset };
  return Number(last) < offset ? undefined : { offset, length: Number(last) - offset + 1 };
}

/** The part of `size` bytes that a Range header asks for; undefined if the header must be ignored. */
export function parseRange(
  header: string,
  size: number,
): { readonly offset: number; readonly length: number } | "unsatisfiable" | undefined {
  const range = readRange(header);
  if (!range) return undefined;
  const offset = "suffix" in range ? size - Math.min(range.suffix, size) : range.offset;
  if (offset >= size) return "unsatisfiable";
  const left = size - offset;
  return { offset, length: "suffix" in range ? left : Math.min(range.length ?? left, left) };
}

const isImageType = (type: string | undefined): type is ImageType =>
  type !== undefined && Object.hasOwn(IMAGE_TYPES, type);

const text = (status: number, body: string): Response =>
  new Response(body, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
