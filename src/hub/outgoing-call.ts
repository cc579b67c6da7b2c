// One request to another server: no redirect is followed, and both the time and the bytes that are read of
// the answer are limited.

import type { Site } from "../article/site.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { reasonOf } from "../lib/log.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";

/** The User-Agent of a request, and its time limit. */
export interface Caller {
  readonly userAgent: string;
  readonly timeoutMilliseconds: number;
}

const GONE = 410;
/** The hub, to subscribers and to an outside hub. */
export const HUB: Caller = { userAgent: "Wireroom (WebSub hub)", timeoutMilliseconds: 5_000 };

/** A response, or why there is none: an answer that comes too late, or no connection. */
export type Answer = Answered | { readonly failure: string };

interface Answered {
  readonly status: number;
  readonly success: boolean;
  readonly body: string;
}

/**
 * Sends a request. Reading stops once the body is longer than `bodyLimit` bytes; 0 reads nothing. Never
 * throws.
 */
export async function call(
  url: string,
  {
    method,
    headers,
    body,
  }: {
    readonly method: "GET" | "POST";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: ArrayBuffer | string;
  },
  bodyLimit = 0,
  { userAgent, timeoutMilliseconds }: Caller = HUB,
): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const response = await fetch(url, {
      method,
      headers: { ...headers, "User-Agent": userAgent },
      ...omitUndefined({ body }),
      redirect: "manual",
      signal,
    });
    return { status: response.status, success: response.ok, body: await beginningOf(response, bodyLimit) };
  } catch (error) {
    return { failure: reasonOf(error) };
  }
}

/**
 * `call` of a URL that a subscriber or a partner gave. It is checked once more: it may have been stored under
 * older rules.
 */
export async function callUntrusted(
  site: Pick<Site, "url">,
  url: string,
  request: Parameters<typeof call>[1],
  bodyLimit?: number,
  caller?: Caller,
): Promise<Answer> {
  const checked = checkCallback(url, site);
  return checked.ok
    ? call(checked.url, request, bodyLimit, caller)
    : { failure: `the address ${checked.reason}` };
}

/** True for 2xx. */
export const hasSucceeded = (answer: Answer): answer is Answered => "success" in answer && answer.success;

/** True for 410: no further request may be sent. */
export const isGone = (answer: Answer): boolean => "status" in answer && answer.status === GONE;

/** An answer in a few words, for the log. */
export const describeAnswer = (answer: Answer): string =>
  "failure" in answer ? answer.failure : `answered ${answer.status}`;

async function beginningOf({ body }: Response, limit: number): Promise<string> {
  if (limit === 0) await body?.cancel();
  if (limit === 0 || !body) return "";
  const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
  let text = "";
  let length = 0;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    length += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (length > limit) break;
  }
  return text;
}
