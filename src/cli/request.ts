// One HTTP request to a Worker, tried again while that may help, and the errors that no further request would mend.

import { setTimeout as wait } from "node:timers/promises";
import { errorText } from "../content/finding.ts";
import { type ProblemDetails, problemDetailsSchema } from "../lib/answer-fields.ts";
import { CliError } from "../lib/cli-error.ts";
import { check } from "../lib/problem.ts";
import type { Target } from "./target.ts";

const MAX_TRIES = 4;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** What is sent. */
export interface Call {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** From the root of the Worker, with its query. */
  readonly path: string;
  readonly body?: Uint8Array;
  readonly type?: string;
  /** Preconditions. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than 2xx, that concerns this request alone. */
export interface Refusal {
  readonly ok: false;
  readonly problem: ProblemDetails;
}

/** An answer of the 2xx kind. */
export interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/**
 * Sends a call. Trouble on the way (no answer, 429, 5xx) is tried again, four times in all, waiting longer each time;
 * a POST is not, since it may have been done. What still fails then is a refusal of this call alone.
 * Throws `CliError` where every further call would fail the same way: a wrong token, a redirect; `Unreachable` for no answer;
 * the signal's reason once that is aborted.
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
    } else if (!isPassing(got.status) || last) {
      return read(target, got, call);
    }
    const asked = got instanceof Error ? 0 : Number(got.headers.get("retry-after") ?? 0) * 1000;
    if (!(got instanceof Error)) await got.body?.cancel();
    const waitMs = Math.min(Math.max(asked || 0, firstWaitMs * 2 ** (attempt - 1)), LONGEST_WAIT_MS);
    await wait(waitMs, undefined, signal && { signal });
  }
}

const isPassing = (status: number): boolean => status === 429 || status >= 500;

async function attemptOnce(
  { url, token }: Target,
  { method, path, body, type, headers }: Call,
  signal?: AbortSignal,
): Promise<Response | Error> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "user-agent": "wireroom",
        ...(type === undefined ? {} : { "content-type": type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([late, signal]) : late,
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

/** Stands for a status where no answer came. */
export const NO_ANSWER = 0;

/** No answer came. */
export class Unreachable extends CliError {}

/** True if a Worker answers at all, asked once. */
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

/** Bytes as what their JSON says; undefined for what is no JSON. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // SyntaxError: not JSON, which the caller's schema will say.
    return undefined;
  }
}

function unreachable({ url }: Target, error: Error): Unreachable {
  const help = url.includes("localhost")
    ? " Is npm start running? If it runs on another port, name it with --to or WIREROOM_URL."
    : "";
  return new Unreachable(`${url} can't be reached (${errorText(error)}).${help}`);
}
