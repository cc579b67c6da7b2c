// People at the desk, and how they sign in: a link that works once opens a session, which a cookie names.

import type * as z from "zod/mini";
import type { Runtime } from "../../env.ts";
import { randomSecret } from "../../http/auth.ts";
import { sha256 } from "../../lib/digest.ts";
import { addSeconds, type Instant } from "../../lib/time.ts";
import { type inviteSchema, type personChangeSchema, ROLES, type Role } from "../inputs.ts";
import type { Person } from "../stories/sql.ts";
import { accessEmail, usesAccess } from "./cloudflare-access.ts";
import {
  addLink,
  hasEmail,
  invite,
  type PersonRow,
  personOf,
  personWithEmail,
  readPerson,
  removePerson,
  type SessionTimes,
  setEmail,
  setRole,
  signIn,
} from "./sql-people.ts";

const DAY_SECONDS = 86_400;
const LINK_SECONDS = DAY_SECONDS;
const IDLE_SECONDS = DAY_SECONDS / 2;
const SESSION_SECONDS = 30 * DAY_SECONDS;
const AGENT_CHARACTERS = 300;

/** True for somebody who may do what `role` may. */
export const isAtLeast = (person: Pick<Person, "role">, role: Role): boolean =>
  ROLES.indexOf(person.role) >= ROLES.indexOf(role);

/** Somebody who does something, as the journal names them. */
type Doer = Pick<Person, "name">;

/** A link that signs somebody in: once, and until `expires`. */
export interface Invitation {
  readonly id: string;
  readonly url: string;
  readonly expires: Instant;
}

/** The outcome of an invitation or a change. `last-admin` and `email-taken` change nothing. */
export type PeopleOutcome<T> = T | "last-admin" | "email-taken" | "unknown";

/**
 * Adds a person, with a link that signs them in. If the name exists, that person gets the role, and a new link.
 * @throws Error, when D1 fails.
 */
export async function invitePerson(
  runtime: Runtime,
  { name, role, email }: z.infer<typeof inviteSchema>,
  by: Doer,
  now: Instant,
): Promise<PeopleOutcome<Invitation>> {
  const { DB } = runtime.env;
  const person = { id: crypto.randomUUID(), name, role, email: email ?? null };
  const invited = await invite(DB, person, { by: by.name, at: now });
  if (!invited) return email !== undefined && (await hasEmail(DB, email)) ? "email-taken" : "last-admin";
  return (await linkFor(runtime, invited, now)) ?? "unknown";
}

/** Makes a new link for somebody, which replaces an unused one. @throws Error, when D1 fails. */
export async function inviteAgain(
  runtime: Runtime,
  id: string,
  by: Doer,
  now: Instant,
): Promise<PeopleOutcome<Invitation>> {
  const person = await readPerson(runtime.env.DB, id, sessionTimes(now));
  return (person && (await linkFor(runtime, person, now, by))) ?? "unknown";
}

/** `by` is for the journal; without it, the link is noted already. */
async function linkFor(
  { env, site }: Runtime,
  person: Pick<Person, "id" | "name">,
  now: Instant,
  by?: Doer,
): Promise<Invitation | undefined> {
  const link = randomSecret();
  const expires = addSeconds(now, LINK_SECONDS);
  const stored = { hash: await sha256(link), expires };
  const added = await addLink(env.DB, person, stored, by && { by: by.name, at: now });
  // Where Access lets people in, a link opens nothing.
  const path = usesAccess(env) ? "" : `/sign-in/${link}`;
  return added ? { id: person.id, url: `${site.url}/desk${path}`, expires } : undefined;
}

/** Changes a person's role or e-mail address. @throws Error, when D1 fails. */
export async function changePerson(
  { env }: Runtime,
  id: string,
  { role, email }: z.infer<typeof personChangeSchema>,
  { name }: Doer,
  now: Instant,
): Promise<PeopleOutcome<PersonRow>> {
  const times = sessionTimes(now);
  const person = await readPerson(env.DB, id, times);
  if (!person) return "unknown";
  const by = { by: name, at: now };
  if (email !== undefined && email !== person.email && !(await setEmail(env.DB, person, email, by)))
    return "email-taken";
  if (role !== undefined && role !== person.role && !(await setRole(env.DB, person, role, by)))
    return "last-admin";
  return (await readPerson(env.DB, id, times)) ?? "unknown";
}

/** Removes a person; their sessions end at once. @throws Error, when D1 fails. */
export async function dismissPerson(
  { env }: Runtime,
  id: string,
  { name }: Doer,
  now: Instant,
): Promise<PeopleOutcome<Pick<Person, "id" | "name">>> {
  const person = await readPerson(env.DB, id, sessionTimes(now));
  if (!person) return "unknown";
  return (await removePerson(env.DB, person, { by: name, at: now })) ? person : "last-admin";
}

/**
 * Signs in by a link; undefined if the link is unknown, was used, or is too old. @throws Error, when D1
 * fails.
 */
export async function signInByLink(
  { env, site }: Runtime,
  link: string,
  headers: Headers,
  now: Instant,
): Promise<Opened | undefined> {
  const { session, ...opening } = newSession(site.url, headers);
  const stored = { hash: await sha256(session), agent: opening.agent };
  const person = await signIn(env.DB, await sha256(link), stored, now);
  return person && { person, cookie: opening.cookie };
}

/** A session that was opened: whose, and the cookie that names it. */
export interface Opened {
  readonly person: Person;
  readonly cookie: string;
}

/** A session that isn't stored yet. */
export function newSession(siteUrl: string, headers: Headers) {
  const session = randomSecret();
  const agent = headers.get("User-Agent")?.slice(0, AGENT_CHARACTERS) ?? null;
  return { session, agent, cookie: cookie(siteUrl, session, SESSION_SECONDS) };
}

/** The person who sends a request; undefined for nobody. @throws Error, when D1 fails. */
export async function signedIn(
  runtime: Runtime,
  headers: Headers,
  now: Instant,
): Promise<Person | undefined> {
  const who = await whoAsks(runtime, headers, now);
  return who && "id" in who ? who : undefined;
}

/**
 * The person who sends a request: by their session, or by Cloudflare Access, if that is set up. The e-mail address
 * alone of somebody whom Access knows and the desk doesn't. @throws Error, when D1 fails, or Access's keys can't be
 * read.
 */
export async function whoAsks(
  runtime: Runtime,
  headers: Headers,
  now: Instant,
): Promise<Person | { readonly email: string } | undefined> {
  const { env, site } = runtime;
  if (usesAccess(env)) {
    const email = await accessEmail(runtime, headers);
    return email === undefined ? undefined : ((await personWithEmail(env.DB, email, now)) ?? { email });
  }
  const session = sessionIn(site.url, headers);
  return session === undefined ? undefined : personOf(env.DB, await sha256(session), sessionTimes(now));
}

/** The hash of the session that a request has; undefined for none. */
export async function sessionHash({ site }: Runtime, headers: Headers): Promise<string | undefined> {
  const session = sessionIn(site.url, headers);
  return session === undefined ? undefined : sha256(session);
}

/** Which sessions are open at `now`. */
export const sessionTimes = (now: Instant): SessionTimes => ({
  idleSince: idleSince(now),
  openedAfter: addSeconds(now, -SESSION_SECONDS),
  now,
});

/** A session that was last used before this has ended. */
export const idleSince = (now: Instant): Instant => addSeconds(now, -IDLE_SECONDS);

/** The session that a request's cookie names. */
function sessionIn(siteUrl: string, headers: Headers): string | undefined {
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
