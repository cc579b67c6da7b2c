// Conditional requests and content coding (RFC 9110 §12.5.3, §13): when to answer 304, when to send gzip, and
// the response with an ETag for texts that are made per request. The ETags of feeds are made in
// feeds/build.ts.

import type { Site } from "../article/site.ts";
import { sha256 } from "../lib/digest.ts";

/** The validators of a representation. */
export interface Validators {
  /** Entity tag, weak or strong. */
  readonly etag: string;
  /** Milliseconds since 1970, a whole number of seconds. */
  readonly lastModified?: number;
}

/**
 * True when the client's copy is still good: answer 304. `If-None-Match` beats `If-Modified-Since` (§13.2.2).
 */
export function isNotModified(headers: Headers, { etag, lastModified }: Validators): boolean {
  const ifNoneMatch = headers.get("If-None-Match");
  if (ifNoneMatch !== null) return ifNoneMatch === etag || matches(ifNoneMatch, etag);
  const since = headers.get("If-Modified-Since");
  const date = since === null ? undefined : parseHttpDate(since);
  return date !== undefined && lastModified !== undefined && date >= lastModified;
}

/**
 * True when `header`, a list of entity tags or `*`, has one that matches weakly (§8.8.3.2). Suffixes that
 * proxies put inside a tag when they compress (`-gzip`, `;br`) are not part of it. Malformed lists match
 * nothing.
 */
export function matches(header: string, etag: string): boolean {
  if (header.trim() === "*") return true;
  const wanted = opaque(etag);
  // Empty list elements are ignored (§5.6.1.2).
  if (!/^[\s,]*(?:W\/)?"[^"]*"(?:\s*,[\s,]*(?:W\/)?"[^"]*")*[\s,]*$/.test(header)) return false;
  return Array.from(header.matchAll(/"[^"]*"/g), ([tag]) => opaque(tag)).includes(wanted);
}

const opaque = (tag: string): string =>
  tag
    .replace(/^W\//, "")
    .slice(1, -1)
    .replace(/(?:(?<!-)-+|;)(?:gzip|br|zstd|deflate)$/, "");

const HTTP_DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:[0-5]\d:[0-5]\d GMT|[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:[0-5]\d:[0-5]\d GMT|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:[0-5]\d:[0-5]\d \d{4})$/;

/**
 * Reads an HTTP-date in any of its three forms (§5.6.7) as milliseconds since 1970; undefined for anything
 * else. A leap second (`:60`) becomes `:59`, as in `parseInstant`.
 */
export function parseHttpDate(value: string): number | undefined {
  const trimmed = value.trim().replace(/(:\d{2}):60 /, "$1:59 ");
  if (!HTTP_DATE.test(trimmed)) return undefined;
  // asctime carries no zone and is UTC.
  const time = Date.parse(trimmed.endsWith("GMT") ? trimmed : `${trimmed} GMT`);
  // Date reads 30 February as 2 March.
  const isDay = new Date(time).getUTCDate() === Number(/\d+/.exec(trimmed)?.[0]);
  return !isDay || time < 0 ? undefined : time;
}

/** True when the client takes gzip. The edge rewrites Accept-Encoding; what the client sent is in `cf`. */
export function takesGzip({ cf, headers }: { readonly cf?: unknown; readonly headers: Headers }): boolean {
  const encodings = (cf as { readonly clientAcceptEncoding?: unknown } | undefined)?.clientAcceptEncoding;
  return acceptsGzip(typeof encodings === "string" ? encodings : headers.get("Accept-Encoding"));
}

const GZIP = /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?(?:,|$)/i;
const ANY_CODING = /(?:^|,)\s*\*\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?(?:,|$)/;

/** True when an Accept-Encoding value takes gzip: named or `*`, and not with `q=0` (§12.5.3). */
export function acceptsGzip(acceptEncoding: string | null): boolean {
  if (!acceptEncoding) return false;
  const named = GZIP.exec(acceptEncoding) ?? ANY_CODING.exec(acceptEncoding);
  return named !== null && Number(named[1] ?? 1) > 0;
}

// 80 bits.
const HASH_DIGITS = 20;

/**
 * Answers GET and HEAD with `body` (a page, OPML, a sitemap), or with 304 if the client has it. The ETag is
 * the body's hash. With a `status` other than 200, the response is `no-store`. `type` is a media type without
 * parameters.
 */
export async function etagResponse(
  request: Request,
  { cache }: Pick<Site, "cache">,
  body: string,
  type: string,
  { status = 200, ...more }: { readonly status?: number; readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const etag = `W/"${(await sha256(body)).slice(0, HASH_DIGITS)}"`;
  const headers = {
    ...more.headers,
    ETag: etag,
    "Cache-Control": status === 200 ? `public, max-age=${cache.maxAge}` : "no-store",
  };
  if (status === 200 && isNotModified(request.headers, { etag })) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, { status, headers: { ...headers, "Content-Type": `${type}; charset=utf-8` } });
}
