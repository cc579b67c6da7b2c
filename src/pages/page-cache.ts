// The isolate's cache of HTML pages: for 30 seconds a popular page is answered from memory instead of being made from D1
// again. A write by this isolate invalidates all of them, because an article also shows on other pages: in lists, as a
// neighbour, as a related article. No table says on which.

import { localWrites } from "../feeds/cache.ts";
import { isNotModified } from "../http/conditional.ts";

const CACHED_MILLISECONDS = 30_000;
/** The most bytes of pages that an isolate keeps; an isolate has 128 MB of memory. */
const CACHED_BYTES_LIMIT = 8_000_000;

interface CachedPage {
  readonly body: ArrayBuffer;
  readonly etag: string;
  readonly headers: Headers;
  readonly notModified: Headers;
  /** The count of `localWrites` before the page was made. */
  readonly changes: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

// Oldest first, as a Map keeps them.
const pages = new Map<string, CachedPage>();
let cachedBytes = 0;

/**
 * Answers from the cache, else with what the router gives (`ask`). A response is cached if it is the same for everybody: HTML
 * with status 200 and `Cache-Control: public`. A URL with a query always goes to the router.
 */
export function pageResponse(
  request: Request,
  nowMilliseconds: number,
  ask: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const { method, url } = request;
  if ((method !== "GET" && method !== "HEAD") || url.includes("?")) return ask();
  const page = pages.get(url);
  if (page && page.until > nowMilliseconds && page.changes === localWrites()) return answer(request, page);
  const changes = localWrites();
  return Promise.resolve(ask()).then((response) =>
    method === "GET" && isForAll(response) ? cachePage(url, response, changes, nowMilliseconds) : response,
  );
}

function answer({ method, headers }: Request, page: CachedPage): Response {
  if (isNotModified(headers, page)) return new Response(null, { status: 304, headers: page.notModified });
  return new Response(method === "HEAD" ? null : page.body, { headers: page.headers });
}

const isForAll = ({ status, headers }: Response): boolean =>
  status === 200 &&
  headers.has("ETag") &&
  headers.get("Content-Type")?.startsWith("text/html") === true &&
  headers.get("Cache-Control")?.startsWith("public") === true;

/** Caches a page, and returns a response that equals the one it took in. */
async function cachePage(url: string, response: Response, changes: number, now: number): Promise<Response> {
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(body.byteLength));
  const notModified = new Headers(response.headers);
  notModified.delete("Content-Type");
  const etag = headers.get("ETag") ?? "";
  forget(url);
  pages.set(url, { body, etag, headers, notModified, changes, until: now + CACHED_MILLISECONDS });
  cachedBytes += body.byteLength;
  for (const [oldest] of pages) {
    if (cachedBytes <= CACHED_BYTES_LIMIT) break;
    forget(oldest);
  }
  return new Response(body, { headers });
}

function forget(url: string): void {
  cachedBytes -= pages.get(url)?.body.byteLength ?? 0;
  pages.delete(url);
}
