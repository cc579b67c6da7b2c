// A text that is made when it is asked for, tagged by its content.

import { sha256 } from "../model/digest.ts";
import type { Site } from "../model/site.ts";
import { isNotModified } from "./conditional.ts";

// 80 bits.
const HASH_DIGITS = 20;

/** Answers GET and HEAD with `body`, or with 304 to who has it already. `type` is a media type without parameters. */
export async function taggedResponse(
  request: Request,
  { cache }: Pick<Site, "cache">,
  body: string,
  type: string,
): Promise<Response> {
  const etag = `W/"${(await sha256(body)).slice(0, HASH_DIGITS)}"`;
  const headers = {
    ETag: etag,
    "Cache-Control": `public, max-age=${cache.maxAge}`,
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
  };
  if (isNotModified(request.headers, { etag })) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "Content-Type": `${type}; charset=utf-8` } });
}
