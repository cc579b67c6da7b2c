// The publishing API's bearer token (RFC 6750).

import type { MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";
import { toBase64url } from "../lib/digest.ts";
import { t } from "../lib/translate.ts";
import { problemResponse } from "./problem.ts";

/**
 * Accepts requests with the token PUBLISH_TOKEN or PUBLISH_TOKEN_NEXT. If neither secret is set, the API is
 * closed.
 */
export const bearer: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  const secrets = [context.env.PUBLISH_TOKEN, context.env.PUBLISH_TOKEN_NEXT].filter((secret) => !!secret);
  if (secrets.length === 0)
    return problemResponse(503, t("The secret PUBLISH_TOKEN is not set, so the API is closed."));
  const token = /^Bearer +(\S+) *$/i.exec(context.req.header("Authorization") ?? "")?.[1] ?? "";
  // Every secret is compared, so that the time doesn't reveal which one matched.
  const valid = await Promise.all(secrets.map((secret) => equal(token, secret ?? "")));
  if (valid.includes(true)) return next();
  return problemResponse(401, undefined, { headers: { "WWW-Authenticate": 'Bearer realm="Wireroom"' } });
};

/** 32 random bytes in base64url without padding: a secret for a header, a link or a cookie. */
export const randomSecret = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(32)));

/** Compares in constant time: digests have one length, and `timingSafeEqual` looks at every byte. */
export async function equal(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all(
    [a, b].map((value) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(value))),
  );
  return left !== undefined && right !== undefined && crypto.subtle.timingSafeEqual(left, right);
}
