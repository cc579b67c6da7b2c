// Who is let in to the desk's routes of the API: programs with the token, people with a session.

import type { MiddlewareHandler } from "hono";
import type { Env, Runtime } from "../env.ts";
import { bearer } from "../http/auth.ts";
import { problemResponse } from "../http/problem.ts";
import { senderName } from "../http/sender.ts";
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
