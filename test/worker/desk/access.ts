// A team of Cloudflare Access of the tests' own: its keys, its tokens, and the endpoint that publishes the keys.

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export const TEAM = "harbour-courier";
export const AUDIENCE = "b1946ac92492d2347c6235b4d2611184";
export const ISSUER = `https://${TEAM}.cloudflareaccess.com`;

/** A key pair with its id. */
export async function newKey(kid: string, alg = "RS256") {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}
export type Key = Awaited<ReturnType<typeof newKey>>;

/** A token as Access makes it; `claims` in place of its own. */
export function tokenOf(key: Key, claims: JWTPayload & { readonly email?: unknown } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const own = { aud: [AUDIENCE], iss: ISSUER, iat: now, exp: now + 600, email: "mara@paper.test", sub: "1" };
  return new SignJWT({ ...own, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .sign(key.privateKey);
}

/** The answer of the endpoint that publishes keys. */
export const certs = (...keys: readonly Key[]): Response =>
  Response.json({ keys: keys.map(({ jwk }) => jwk) });
