// What the routes of the desk's API read of a request: who sent it (a program with the token, or a person with a
// session), its body, and which revision it is about.

import type { Context, MiddlewareHandler } from "hono";
import type { Env, Runtime } from "../env.ts";
import { bearer } from "../http/auth.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/router.ts";
import { senderName } from "../http/sender.ts";
import type { Problem } from "../lib/problem.ts";
import { toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { ONLY_ADMINS, ONLY_EDITORS } from "./desk.ts";
import { isAtLeast, isFromHere, signedIn } from "./people/people.ts";
import type { Person } from "./stories/sql.ts";

/** Hono's types of a router whose routes know who asks. */
export interface SignedIn {
  readonly Bindings: Env;
  readonly Variables: { person: Person };
}

/**
 * Lets in requests with the token, as an admin, and requests with a session, as its person. Answers 401 to all
 * others, and 403 to an unsafe request that another site's page sent with somebody's session.
 */
export function requireSignIn(runtime: Runtime): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const byToken = () => bearer(c as unknown as Parameters<typeof bearer>[0], next);
    if (c.req.header("Authorization") !== undefined) {
      c.set("person", { id: "", name: senderName(c.req.raw) ?? "a program", role: "admin" });
      return byToken();
    }
    const person = await signedIn(runtime, c.req.raw.headers, toInstant(new Date()));
    // No session: the same answer as to a wrong token.
    if (!person) return byToken();
    const isSafe = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isSafe && !isFromHere(c.req.raw, runtime.site.url))
      return problemResponse(403, t("Another site's page sent this request, so it was refused."));
    c.set("person", person);
    return next();
  };
}

/** Answers 403 to people who have less than `role`. */
export const requireRole =
  (role: "editor" | "admin"): MiddlewareHandler<SignedIn> =>
  async (c, next) =>
    isAtLeast(c.get("person"), role)
      ? next()
      : problemResponse(403, role === "admin" ? ONLY_ADMINS : ONLY_EDITORS);

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

/** What is wrong with a request without it. */
export const IF_MATCH = t(
  'Send If-Match with the revision that you have read, in quotes, like "3": it is the ETag of that answer.',
);

/** The revision that a request names; undefined where it names none. */
export function headIn({ req }: Context<SignedIn>): number | undefined {
  const number = /^"(\d{1,9})"$/.exec(req.header("If-Match") ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}
