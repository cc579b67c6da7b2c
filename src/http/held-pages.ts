// Pages as the router answered them, in the isolate's memory: one that many people open is made from D1 once in 30
// seconds. After any change that this isolate made itself all of them are made anew: lists, neighbours and related articles
// show an article on other pages than its own, and no table says on which.

import { changesHere } from "../feeds/cache.ts";
import { isNotModified } from "./conditional.ts";

const HELD_MILLISECONDS = 30_000;
/** Bytes of pages that one isolate holds at most; an isolate has 128 MB in all. */
const HELD_BYTES_LIMIT = 8_000_000;

interface HeldPage {
  readonly body: ArrayBuffer;
  readonly etag: string;
  readonly headers: Headers;
  readonly notModified: Headers;
  /** What `changesHere` counted before it was made. */
  readonly changes: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

// Oldest first, as a Map keeps them.
const held = new Map<string, HeldPage>();
let heldBytes = 0;

/**
 * Answers with the page that is held, else with what `ask` gives, which is kept if it is one for everybody: HTML with 200,
 * public, by its bare address. A query makes it another page, or none, so that the router sees it.
 */
export function pageResponse(
  request: Request,
  nowMilliseconds: number,
  ask: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const { method, url } = request;
  if ((method !== "GET" && method !== "HEAD") || url.includes("?")) return ask();
  const page = held.get(url);
  if (page && page.until > nowMilliseconds && page.changes === changesHere()) return answer(request, page);
  const changes = changesHere();
  return Promise.resolve(ask()).then((response) =>
    method === "GET" && isForAll(response) ? hold(url, response, changes, nowMilliseconds) : response,
  );
}

function answer({ method, headers }: Request, page: HeldPage): Response {
  if (isNotModified(headers, page)) return new Response(null, { status: 304, headers: page.notModified });
  return new Response(method === "HEAD" ? null : page.body, { headers: page.headers });
}

const isForAll = ({ status, headers }: Response): boolean =>
  status === 200 &&
  headers.has("ETag") &&
  headers.get("Content-Type")?.startsWith("text/html") === true &&
  headers.get("Cache-Control")?.startsWith("public") === true;

/** Keeps a page; what is left is a response like the one that was given. */
async function hold(url: string, response: Response, changes: number, now: number): Promise<Response> {
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set("Content-Length", String(body.byteLength));
  const notModified = new Headers(response.headers);
  notModified.delete("Content-Type");
  const etag = headers.get("ETag") ?? "";
  forget(url);
  held.set(url, { body, etag, headers, notModified, changes, until: now + HELD_MILLISECONDS });
  heldBytes += body.byteLength;
  for (const [oldest] of held) {
    if (heldBytes <= HELD_BYTES_LIMIT) break;
    forget(oldest);
  }
  return new Response(body, { headers });
}

function forget(url: string): void {
  heldBytes -= held.get(url)?.body.byteLength ?? 0;
  held.delete(url);
}
