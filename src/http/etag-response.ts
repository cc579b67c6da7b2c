// A text generated per request (pages, OPML, sitemaps), with an ETag made of its hash. Feeds' ETags: feeds/build.ts.

import type { Site } from "../article/site.ts";
import { sha256 } from "../lib/digest.ts";
import { isNotModified } from "./conditional.ts";

// 80 bits.
const HASH_DIGITS = 20;

/**
 * Answers GET and HEAD with `body`, or with 304 if the client has it. Any `status` but 200 is sent as no-store.
 * `type` is a media type without parameters.
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
