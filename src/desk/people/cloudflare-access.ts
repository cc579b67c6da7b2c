// Cloudflare Access in front of the desk: who it has signed in, by the token that it sends with each request.

import type { HonoJsonWebKey } from "hono/utils/jwt/jws";
import { decodeHeader, verifyWithJwks } from "hono/utils/jwt/jwt";
import type { Env, Runtime } from "../../env.ts";

const HEADER = "Cf-Access-Jwt-Assertion";
// The desk's pages call /api, which needn't be behind Access: there the cookie holds the same token.
const COOKIE = /(?:^|; )CF_Authorization=([^;]*)/;

/** How long keys are used: one that Access has withdrawn opens nothing after this time. */
const KEPT_MILLISECONDS = 600_000;
/** Tokens that name unknown keys have the keys read again, but not more often than this. */
const LEAST_MILLISECONDS = 30_000;
const PATIENCE_MILLISECONDS = 5000;

type Keys = Runtime["isolate"]["accessKeys"];

/** True if Access is to let people in, and nothing else: as soon as one of its variables is set. */
export const usesAccess = ({ ACCESS_TEAM, ACCESS_AUD }: Env): boolean => !!ACCESS_TEAM || !!ACCESS_AUD;

/**
 * The e-mail address, in lower case, of who Access has signed in; undefined without a token, or with one that isn't
 * valid here and now. @throws Error, when Access's keys can't be read: then nobody knows whether the token is valid.
 */
export async function accessEmail({ env, isolate }: Runtime, headers: Headers): Promise<string | undefined> {
  const { ACCESS_TEAM: team, ACCESS_AUD: aud } = env;
  const token = headers.get(HEADER) ?? COOKIE.exec(headers.get("Cookie") ?? "")?.[1];
  const key = token === undefined ? undefined : keyNamedBy(token);
  if (!team || !aud || !token || key === undefined) return undefined;
  const iss = `https://${team}.cloudflareaccess.com`;
  if (!isFresh(isolate.accessKeys, key, Date.now()))
    isolate.accessKeys = { keys: await readKeys(`${iss}/cdn-cgi/access/certs`), at: Date.now() };
  try {
    const { exp, email } = await verifyWithJwks(token, {
      keys: [...isolate.accessKeys.keys],
      allowedAlgorithms: ["RS256"],
      // `iat` is when Access signed, by its own clock; only `exp` and `nbf` say when a token is valid.
      verification: { iss, aud, iat: false },
    });
    return exp !== undefined && typeof email === "string" ? email.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** The name of the key that a token says it is signed with; undefined for what is no such token. */
function keyNamedBy(token: string): string | undefined {
  try {
    return decodeHeader(token).kid;
  } catch {
    return undefined;
  }
}

/** True if the keys needn't be read for a token that names `key`. */
const isFresh = (known: Keys, key: string, now: number): known is NonNullable<Keys> =>
  known !== undefined &&
  now - known.at < (known.keys.some(({ kid }) => kid === key) ? KEPT_MILLISECONDS : LEAST_MILLISECONDS);

async function readKeys(address: string): Promise<readonly HonoJsonWebKey[]> {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
  const { keys } = await response.json<{ readonly keys?: unknown }>();
  if (!response.ok || !Array.isArray(keys))
    throw new Error(`Cloudflare Access's keys can't be read: it answered ${response.status}`);
  return keys;
}
