// Cloudflare Access in front of the desk: who it has signed in, by the token that it sends with each request.

import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import type { Env, Runtime } from "../../env.ts";

/** The algorithm that Access signs with. */
const ALGORITHMS = ["RS256"];
const HEADER = "Cf-Access-Jwt-Assertion";
// The desk's pages call /api, which needn't be behind Access: there the cookie holds the same token.
const COOKIE = /(?:^|; )CF_Authorization=([^;]*)/;

/** True if Access is to let people in, and nothing else: as soon as one of its variables is set. */
export const usesAccess = ({ ACCESS_TEAM, ACCESS_AUD }: Env): boolean => !!ACCESS_TEAM || !!ACCESS_AUD;

/**
 * The e-mail address, in lower case, of who Access has signed in; undefined without a token, or with one that isn't
 * valid here and now. @throws Error, when Access's keys can't be read.
 */
export async function accessEmail({ env, isolate }: Runtime, headers: Headers): Promise<string | undefined> {
  const { ACCESS_TEAM: team, ACCESS_AUD: audience } = env;
  const token = headers.get(HEADER) ?? COOKIE.exec(headers.get("Cookie") ?? "")?.[1];
  if (!team || !audience || !token) return undefined;
  const issuer = `https://${team}.cloudflareaccess.com`;
  // It keeps the keys for ten minutes, and asks for them earlier where a token names another, at most every 30 seconds.
  isolate.accessKeys ??= createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`));
  try {
    const checks = { issuer, audience, algorithms: ALGORITHMS, requiredClaims: ["exp", "email"] };
    const { payload } = await jwtVerify(token, isolate.accessKeys, checks);
    return typeof payload.email === "string" ? payload.email.toLowerCase() : undefined;
  } catch (error) {
    if (isTokensFault(error)) return undefined;
    throw error;
  }
}

/** False where Access's keys couldn't be read: then nobody knows whether the token is valid. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  (/^ERR_(?:JWT|JWS)_/.test(error.code) ||
    ["ERR_JWKS_NO_MATCHING_KEY", "ERR_JWKS_MULTIPLE_MATCHING_KEYS", "ERR_JOSE_ALG_NOT_ALLOWED"].includes(
      error.code,
    ) ||
    error.code === "ERR_JOSE_NOT_SUPPORTED");
