// A feed document as an HTTP response: the hot path. Requests for feeds don't reach the router, and a
// document's headers are computed once, not per request.

import { hubOf, type Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import { rslLinks } from "../formats/rsl.ts";
import { isNotModified, takesGzip } from "../http/conditional.ts";
import { feedViewHeaders, securityHeaders } from "../http/security-headers.ts";
import { logError } from "../lib/log.ts";
import { imfFixdate, NEVER, toInstant } from "../lib/time.ts";
import { cachedDocument, currentDocument, type Prepared, type TypedHeaders } from "./cache.ts";
import { documentPath, isTopic } from "./catalogue.ts";
import { type DeltaBase, deltaBase, newerThan } from "./delta.ts";
import { contentTypeOf, type DocumentKey, type FeedDocument, gzip, rawBytes } from "./feed.ts";

const METHODS = "GET, HEAD, OPTIONS";
const RETRY_SECONDS = "30";

/**
 * Answers any request for a feed document. Our own failures are never a 4xx: they are 503 with Retry-After.
 * A cached document is answered without waiting for anything.
 */
export function feedResponse(
  request: Request,
  runtime: Runtime,
  key: DocumentKey,
  background: (work: Promise<unknown>) => void,
): Response | Promise<Response> {
  const { method } = request;
  if (method === "OPTIONS") return preflight(runtime.site);
  if (method !== "GET" && method !== "HEAD") {
    return text(runtime.site, 405, "Only GET and HEAD.", { Allow: METHODS });
  }
  const now = Date.now();
  const shown = shownTo(request, key);
  const cached = cachedDocument(runtime.isolate, shown, now);
  if (cached) return documentResponse(request, prepare(runtime, cached, now));
  return currentDocument(runtime, shown, now, background).then(
    (document) => {
      if (typeof document !== "string")
        // It may have taken a second to arrive, so the clock is read again.
        return documentResponse(request, prepare(runtime, document, Date.now()));
      return document === "unknown"
        ? text(runtime.site, 404, "There is no such feed.")
        : toCurrentFeed(key, runtime.site);
    },
    (error: unknown) => {
      logError("no source has the feed", error, key);
      const line = "The feed can't be read just now. Try again in half a minute.";
      return text(runtime.site, 503, line, { "Retry-After": RETRY_SECONDS });
    },
  );
}

/**
 * True for a person who opens the address in a browser (Fetch Metadata, `Sec-Fetch-Dest`), not a program or a
 * script.
 */
const isOpened = ({ headers }: Request): boolean => headers.get("Sec-Fetch-Dest") === "document";

/**
 * The document to answer with: a browser that opens a JSON Feed gets the RSS document, which it can show as a
 * page.
 */
const shownTo = (request: Request, key: DocumentKey): DocumentKey =>
  key.format === "json" && isOpened(request) ? { ...key, format: "rss" } : key;

function documentResponse(request: Request, ready: Prepared): Response | Promise<Response> {
  const { document } = ready;
  const asked = request.headers;
  if (isNotModified(asked, { etag: document.etag, lastModified: ready.lastModified })) {
    return new Response(null, { status: 304, headers: ready.notModified });
  }
  const { gzipHeaders, headers } = isOpened(request) ? ready.browser : ready.reader;
  const gzip = takesGzip(request);
  const base = asked.has("A-IM") ? deltaBase(asked, document) : undefined;
  if (base) return deltaResponse(request, ready, headers, base, gzip);
  if (request.method === "HEAD")
    return new Response(null, { headers: gzip ? gzipHeaders : headers, ...asIs(gzip) });
  if (gzip) return new Response(document.gzip, { headers: gzipHeaders, ...asIs(true) });
  if (ready.rawBytes) return new Response(ready.rawBytes, { headers });
  return unpacked(ready).then((bytes) => new Response(bytes, { headers }));
}

/** RFC 3229 §10.4.1: 226 with only the new entries. `no-store` keeps caches out that don't know deltas. */
async function deltaResponse(
  request: Request,
  ready: Prepared,
  full: Headers,
  base: DeltaBase,
  takesGzip: boolean,
): Promise<Response> {
  const delta = newerThan(base, ready.document, await unpacked(ready));
  const body = takesGzip ? await gzip(delta) : delta;
  const headers = new Headers(full);
  headers.set("Cache-Control", "no-store, im");
  headers.set("IM", "feed");
  headers.set("Delta-Base", base.etag);
  headers.set("Content-Length", String(body.byteLength));
  if (takesGzip) headers.set("Content-Encoding", "gzip");
  return new Response(request.method === "HEAD" ? null : body, { status: 226, headers, ...asIs(takesGzip) });
}

/** Redirects the archive page after the last full one to the current feed, where its articles still are. */
const toCurrentFeed = ({ format }: DocumentKey, site: Site): Response =>
  text(site, 307, "This page of the archive isn't full yet: see the current feed.", {
    Location: documentPath({ feed: "site", format }),
    "Cache-Control": `public, max-age=${site.cache.maxAge}`,
  });

/** Keeps the runtime from gzipping a body that is gzipped already. */
const asIs = (gzip: boolean): ResponseInit => (gzip ? { encodeBody: "manual" } : {});

function prepare({ site, isolate: { prepared } }: Runtime, document: FeedDocument, now: number): Prepared {
  const known = prepared.get(document);
  if (known && known.until > now) return known;
  const changedAt = Date.parse(document.changedAt);
  // A second version within one second is dated ahead of the clock; Last-Modified must not be in the future.
  const shown = Math.min(changedAt, Math.floor(now / 1000) * 1000);
  const { mediaType } = WIRE_FORMATS[document.format];
  const links = [`<${site.url}${documentPath(document)}>; rel="self"; type="${mediaType}"`];
  if (isTopic(document.feed)) links.push(`<${hubOf(site)}>; rel="hub"`);
  links.push(...rslLinks(site));
  const common: Record<string, string> = {
    ETag: document.etag,
    "Last-Modified": imfFixdate(toInstant(new Date(shown))),
    "Cache-Control": cacheControl(document, site),
    Vary: "Accept-Encoding, Sec-Fetch-Dest",
    Link: links.join(", "),
    ...securityHeaders(site),
    ...cors,
  };
  const typed = (type: string, more: Readonly<Record<string, string>> = {}): TypedHeaders => {
    const headers = { ...common, ...more, "Content-Type": type };
    const gzipLength = String(document.gzip.byteLength);
    return {
      headers: new Headers({ ...headers, "Content-Length": String(document.length) }),
      gzipHeaders: new Headers({ ...headers, "Content-Length": gzipLength, "Content-Encoding": "gzip" }),
    };
  };
  const ready: Prepared = {
    document,
    lastModified: changedAt,
    until: shown === changedAt ? NEVER : changedAt,
    notModified: new Headers(common),
    reader: typed(contentTypeOf(document)),
    browser: typed("application/xml; charset=utf-8", feedViewHeaders(site)),
  };
  prepared.set(document, ready);
  return ready;
}

/**
 * Cache-Control. `max-age` is the same for all documents of a site, since a countdown would reveal the next
 * release. A document with an entry that expires is never served stale.
 */
function cacheControl({ expiring }: FeedDocument, { cache }: Site): string {
  const fresh = `public, max-age=${cache.maxAge}`;
  if (expiring) return fresh;
  return `${fresh}, stale-while-revalidate=${cache.staleWhileRevalidate}, stale-if-error=${cache.staleIfError}`;
}

function preflight(site: Site): Response {
  const headers = {
    ...securityHeaders(site),
    ...cors,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "A-IM, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "no-store",
  };
  return new Response(null, { status: 204, headers });
}

const cors = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, IM, Delta-Base",
};

/** A line of text. */
function text(site: Site, status: number, line: string, more: Readonly<Record<string, string>> = {}) {
  const type = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(`${line}\n`, {
    status,
    headers: { ...type, ...securityHeaders(site), ...cors, ...more },
  });
}

/** The document's bytes before compression; decompressed once. */
async function unpacked(ready: Prepared): Promise<ArrayBuffer> {
  ready.rawBytes ??= await rawBytes(ready.document);
  return ready.rawBytes;
}
