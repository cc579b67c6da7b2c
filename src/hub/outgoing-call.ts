// One request to a stranger's server: https as it was checked, no redirect followed, an end to its time and to what is
// read of the answer.

import type { Site } from "../article/site.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { reasonOf } from "../lib/log.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";

/** In whose name a request is sent, and for how long its answer is waited for. */
export interface Caller {
  readonly userAgent: string;
  readonly timeoutMilliseconds: number;
}

const GONE = 410;
const HUB: Caller = { userAgent: "Wireroom (WebSub hub)", timeoutMilliseconds: 5_000 };

/** What came back; `failure` when nothing did. */
export type Answer =
  | { readonly status: number; readonly success: boolean; readonly body: string }
  | { readonly failure: string };

/** Sends a request. Of the answer's body no more is read than shows that it is longer than `bodyLimit` bytes. */
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
    // Whatever keeps a stranger's server from answering is an answer.
    return { failure: reasonOf(error) };
  }
}

/** `call` of an address that a stranger named: it is checked once more, since what is stored may be older than the rules. */
export async function callStranger(
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
export const hasSucceeded = (answer: Answer): boolean => "success" in answer && answer.success;

/** True for 410: there shall be no further request. */
export const isGone = (answer: Answer): boolean => "status" in answer && answer.status === GONE;

/** An answer in a few words, for the log. */
export const inWords = (answer: Answer): string =>
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
