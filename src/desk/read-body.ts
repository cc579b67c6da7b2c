// The bodies of requests to the desk's API.

import type { Context } from "hono";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/router.ts";
import type { Problem } from "../lib/problem.ts";
import type { SignedIn } from "./access.ts";

/** The bytes of a body that holds no story. */
export const SMALL_BODY_BYTES = 10_000;

/** A request's JSON as `read` reads it; a response that says what is wrong with it. */
export async function readBody<T>(
  { req }: Context<SignedIn>,
  read: (
    value: unknown,
  ) =>
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problems: readonly Problem[] },
): Promise<T | Response> {
  const body = await readJson(req.raw);
  if (body instanceof Response) return body;
  const result = read(body.value);
  return result.ok ? result.value : problemResponse(422, undefined, { errors: result.problems });
}
