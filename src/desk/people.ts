// People at the desk, and how they sign in: a link that works once opens a session, which a cookie names.

import type { Runtime } from "../env.ts";
import { randomSecret } from "../http/auth.ts";
import { sha256 } from "../lib/digest.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { ROLES, type Role } from "./inputs.ts";
import { invite, type Person, personOf, signIn } from "./sql.ts";

const DAY_SECONDS = 86_400;
const LINK_SECONDS = DAY_SECONDS;
const IDLE_SECONDS = DAY_SECONDS / 2;
const SESSION_SECONDS = 30 * DAY_SECONDS;

/** True for somebody who may do what `role` may. */
export const isAtLeast = (person: Pick<Person, "role">, role: Role): boolean =>
  ROLES.indexOf(person.role) >= ROLES.indexOf(role);

/**
 * Adds a person. Returns the link that signs them in, once and within a day. @throws Error, when D1 fails.
 */
export async function invitePerson(
  { env, site }: Runtime,
  { name, role }: Pick<Person, "name" | "role">,
  by: string,
  now: Instant,
): Promise<{ readonly url: string; readonly expires: Instant }> {
  const link = randomSecret();
  const expires = addSeconds(now, LINK_SECONDS);
  const person = { id: crypto.randomUUID(), name, role };
  await invite(env.DB, person, { hash: await sha256(link), expires }, by, now);
  return { url: `${site.url}/desk/sign-in/${link}`, expires };
}

/**
 * Signs in by a link; undefined if the link is unknown, was used, or is too old. @throws Error, when D1
 * fails.
 */
export async function signInByLink(
  { env, site }: Runtime,
  link: string,
  now: Instant,
): Promise<{ readonly person: Person; readonly cookie: string } | undefined> {
  const session = randomSecret();
  const person = await signIn(env.DB, await sha256(link), await sha256(session), now);
  return person && { person, cookie: cookie(site.url, session, SESSION_SECONDS) };
}

/** The person whose session a request has; undefined for none. @throws Error, when D1 fails. */
export async function signedIn(
  { env, site }: Runtime,
  headers: Headers,
  now: Instant,
): Promise<Person | undefined> {
  const session = sessionIn(site.url, headers);
  if (session === undefined) return undefined;
  const times = {
    idleSince: idleSince(now),
    openedAfter: addSeconds(now, -SESSION_SECONDS),
    now,
  };
  return personOf(env.DB, await sha256(session), times);
}

/** A session that was last used before this has ended. */
export const idleSince = (now: Instant): Instant => addSeconds(now, -IDLE_SECONDS);

/** The session that a request's cookie names. */
export function sessionIn(siteUrl: string, headers: Headers): string | undefined {
  const wanted = `${cookieName(siteUrl)}=`;
  const found = (headers.get("Cookie") ?? "").split("; ").find((one) => one.startsWith(wanted));
  return found?.slice(wanted.length);
}

/** The cookie that ends a session in the browser. */
export const noCookie = (siteUrl: string): string => cookie(siteUrl, "", 0);

/** Over plain HTTP, as on localhost, browsers refuse a `__Host-` cookie. */
const cookieName = (siteUrl: string): string =>
  siteUrl.startsWith("https:") ? "__Host-wireroom-desk" : "wireroom-desk";

const cookie = (siteUrl: string, value: string, seconds: number): string =>
  `${cookieName(siteUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${siteUrl.startsWith("https:") ? "; Secure" : ""}`;

/**
 * False for an unsafe request that another site's page has sent (Fetch Metadata; Origin, if the browser sends
 * none).
 */
export function isFromHere(request: Request, siteUrl: string): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("Origin");
  return origin !== null && [new URL(siteUrl).origin, new URL(request.url).origin].includes(origin);
}
