// One HTTP request to a Worker: its retries, and the errors after which no other request would succeed.

import { setTimeout as wait } from "node:timers/promises";
import { CliError, errorText } from "../content/finding.ts";
import { type ProblemDetails, problemDetailsSchema } from "../lib/answer-fields.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check } from "../lib/problem.ts";
import type { Target } from "./target.ts";

const MAX_TRIES = 4;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** A request. */
export interface Call {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** From the root of the Worker, with its query. */
  readonly path: string;
  readonly body?: Uint8Array;
  readonly type?: string;
  /** Preconditions. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than 2xx, which concerns only this request. */
export interface Refusal {
  readonly ok: false;
  readonly problem: ProblemDetails;
}

/** An answer with a status of 2xx. */
export interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/**
 * Sends a request. If there is no answer, or 429 or 5xx, it is sent up to four times, with longer and longer
 * waits; a POST only once, since it may have had its effect. An answer that is an error after that is a
 * refusal of this request. Throws `CliError` if every other request would fail too, because of a wrong token
 * or a redirect; `Unreachable` if there is no answer; the signal's reason if that is aborted.
 */
export async function send(
  target: Target,
  call: Call,
  firstWaitMs = FIRST_WAIT_MS,
  signal?: AbortSignal,
): Promise<Answer | Refusal> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === MAX_TRIES || call.method === "POST";
    const got = await attemptOnce(target, call, signal);
    signal?.throwIfAborted();
    if (got instanceof Error) {
      if (last) throw unreachable(target, got);
    } else if (!isTemporary(got.status) || last) {
      return read(target, got, call);
    }
    const asked = got instanceof Error ? 0 : Number(got.headers.get("retry-after") ?? 0) * 1000;
    if (!(got instanceof Error)) await got.body?.cancel();
    const waitMs = Math.min(Math.max(asked || 0, firstWaitMs * 2 ** (attempt - 1)), LONGEST_WAIT_MS);
    await wait(waitMs, undefined, signal && { signal });
  }
}

const isTemporary = (status: number): boolean => status === 429 || status >= 500;

async function attemptOnce(
  { url, token }: Target,
  { method, path, body, type, headers }: Call,
  signal?: AbortSignal,
): Promise<Response | Error> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "user-agent": "wireroom",
        ...omitUndefined({ "content-type": type }),
        ...headers,
      },
      ...omitUndefined({ body: body && new Uint8Array(body) }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    });
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

async function read(target: Target, response: Response, call: Call): Promise<Answer | Refusal> {
  const { status } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.ok) return { ok: true, status, headers: response.headers, bytes };
  if (status === 401 || status === 403) {
    throw new CliError(
      `${target.url} refused the token (${status}). Give the right one with --token or WIREROOM_TOKEN.`,
    );
  }
  if (status >= 300 && status < 400) {
    throw new CliError(
      `${target.url} redirects to ${response.headers.get("location")}: use that address with --to.`,
    );
  }
  return { ok: false, problem: problemOf(status, bytes, call) };
}

/** The status of a refusal if no answer came. */
export const NO_ANSWER = 0;

/** No answer came. */
export class Unreachable extends CliError {}

/** True if a Worker answers a request at all. */
export async function answersAtAll(target: Target): Promise<boolean> {
  const got = await attemptOnce(target, { method: "GET", path: "/api/openapi.json" });
  if (got instanceof Error) return false;
  await got.body?.cancel();
  return true;
}

function problemOf(status: number, bytes: Uint8Array, { method, path }: Call): ProblemDetails {
  const answer = check(problemDetailsSchema, jsonOf(bytes));
  if (answer.ok) return answer.value;
  return { type: "about:blank", title: `${method} ${path} was answered with ${status}`, status };
}

/** Parses JSON; undefined if it isn't JSON. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // SyntaxError: the caller's schema refuses undefined.
    return undefined;
  }
}

function unreachable({ url }: Target, error: Error): Unreachable {
  const help = url.includes("localhost")
    ? " Is npm start running? If it runs on another port, name it with --to or WIREROOM_URL."
    : "";
  return new Unreachable(`${url} can't be reached (${errorText(error)}).${help}`);
}

// Does a few things at a time.

/** How many requests are sent to a Worker at once. */
export const REQUESTS_AT_ONCE = 4;

/**
 * Runs `work` on each item, at most `limit` at once. Results are in the items' order. After the first error
 * nothing more is started; the error is thrown when everything that was started has ended.
 */
export async function parallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const errors: unknown[] = [];
  const worker = async () => {
    for (const [index, item] of waiting) {
      try {
        results.set(index, await work(item));
      } catch (error) {
        errors.push(error);
      }
      if (errors.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
