// The isolate's cache of HTML pages: for 30 seconds a page is answered from memory instead of being rendered
// from D1 again. A write by this isolate invalidates all pages, because an article also shows on other pages
// (lists, neighbours, related articles), and no table says which.

import type { Runtime } from "../env.ts";
import { isNotModified } from "../http/conditional.ts";
import type { ListPage } from "./sql.ts";

/** How long a page, or a list that pages show, is cached. */
export const CACHED_MILLISECONDS = 30_000;

/** A page as the router answered it. */
export interface CachedPage {
  readonly body: ArrayBuffer;
  readonly etag: string;
  readonly headers: Headers;
  readonly notModified: Headers;
  /** The isolate's `localWrites` before the page was made. */
  readonly changes: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The latest headlines, which every 404 and 410 page shows. */
export interface CachedHeadlines {
  readonly list: ListPage;
  /** The isolate's `localWrites` before they were read. */
  readonly changes: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The list of all feeds, as OPML. */
export interface CachedFeedList {
  readonly opml: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Answers from the cache, else with the router's response (`ask`). A response is cached if it is the same for
 * all clients: HTML with status 200 and `Cache-Control: public`. A URL with a query always goes to the
 * router.
 */
export function pageResponse(
  { isolate }: Runtime,
  request: Request,
  nowMilliseconds: number,
  ask: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const { method, url } = request;
  if ((method !== "GET" && method !== "HEAD") || url.includes("?")) return ask();
  const page = isolate.pages.get(url);
  const changes = isolate.localWrites;
  if (page && page.until > nowMilliseconds && page.changes === changes) return answer(request, page);
  return Promise.resolve(ask()).then(async (response) => {
    if (method !== "GET" || !isForAll(response)) return response;
    const made = await cacheable(response, changes, nowMilliseconds);
    isolate.pages.set(url, made);
    return new Response(made.body, { headers: made.headers });
  });
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

/** The cache entry of a response; consumes the response's body. */
async function cacheable(response: Response, changes: number, now: number): Promise<CachedPage> {
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(body.byteLength));
  const notModified = new Headers(response.headers);
  notModified.delete("Content-Type");
  const etag = headers.get("ETag") ?? "";
  return { body, etag, headers, notModified, changes, until: now + CACHED_MILLISECONDS };
}
