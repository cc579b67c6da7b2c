// The people of the desk in D1, their sign-in links and their sessions.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Instant } from "../../lib/time.ts";
import type { Role } from "../inputs.ts";
import { journal } from "../journal/sql-journal.ts";
import type { Person } from "../stories/sql.ts";

/** Who does something, and when. */
export interface By {
  readonly by: string;
  readonly at: Instant;
}

/** Times that sessions are judged by. */
export interface SessionTimes {
  /** A session that was last used before this has ended. */
  readonly idleSince: Instant;
  /** So has one that was opened before this. */
  readonly openedAfter: Instant;
  readonly now: Instant;
}

/** Somebody, as an administrator sees them. */
export interface PersonRow extends Person {
  readonly email: string | null;
  readonly lastSeen: Instant | null;
  readonly sessions: number;
  readonly passkeys: number;
  /** When the sign-in link ends that they haven't used yet. */
  readonly linkExpires: Instant | null;
}

/** An open session. */
export interface SessionRow {
  /** The first digits of its hash: they name it, and open nothing. */
  readonly id: string;
  readonly agent: string | null;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

const ID_DIGITS = 16;

/** The name of the session with this hash. */
export const sessionId = (hash: string): string => hash.slice(0, ID_DIGITS);

const PERSON_ROWS = `SELECT id, name, role, email,
    max(coalesce(seen_at, ''), coalesce((SELECT max(s.seen_at) FROM sessions s WHERE s.person = people.id), '')) AS lastSeen,
    (SELECT count(*) FROM sessions s WHERE s.person = people.id AND s.seen_at > ?1 AND s.created_at > ?2) AS sessions,
    (SELECT count(*) FROM passkeys k WHERE k.person = people.id) AS passkeys,
    (SELECT max(l.expires) FROM sign_in_links l WHERE l.person = people.id AND l.expires > ?3) AS linkExpires
  FROM people`;

const personRow = (row: PersonRow): PersonRow => ({ ...row, lastSeen: row.lastSeen || null });

/** Everybody, by name. */
export async function listPeople(db: D1Database, times: SessionTimes): Promise<readonly PersonRow[]> {
  const { idleSince, openedAfter, now } = times;
  const statement = db.prepare(`${PERSON_ROWS} ORDER BY name`).bind(idleSince, openedAfter, now);
  return (await statement.all<PersonRow>()).results.map(personRow);
}

/** One person; undefined for none. */
export async function readPerson(
  db: D1Database,
  id: string,
  { idleSince, openedAfter, now }: SessionTimes,
): Promise<PersonRow | undefined> {
  const statement = db.prepare(`${PERSON_ROWS} WHERE id = ?4`).bind(idleSince, openedAfter, now, id);
  const row = await statement.first<PersonRow>();
  return row ? personRow(row) : undefined;
}

// An admin stays: what would leave none changes nothing.
const KEEPS_AN_ADMIN = (role: string) =>
  `(role <> 'admin' OR ${role} = 'admin' OR EXISTS (SELECT 1 FROM people o WHERE o.role = 'admin' AND o.id <> people.id))`;

/** A sign-in link that is new: its hash, and when it ends. */
export interface Link {
  readonly hash: string;
  readonly expires: Instant;
}

const newLink = (db: D1Database, person: string, link: Link): readonly D1PreparedStatement[] => [
  db.prepare("DELETE FROM sign_in_links WHERE person = ?").bind(person),
  db
    .prepare("INSERT INTO sign_in_links (hash, person, expires) SELECT ?, id, ? FROM people WHERE id = ?")
    .bind(link.hash, link.expires, person),
];

/**
 * Adds a person. If the name exists, that person gets the role, and the e-mail address if there is one. Returns the
 * person; undefined, and nothing is changed, where no admin would remain, or somebody else has the address.
 */
export async function invite(
  db: D1Database,
  { id, name, role, email }: Person & { readonly email: string | null },
  { by, at }: By,
): Promise<Person | undefined> {
  const [added] = await db.batch<Person>([
    db
      .prepare(
        `INSERT INTO people (id, name, role, email, created_at) SELECT ?1, ?2, ?3, ?4, ?5
         WHERE NOT EXISTS (SELECT 1 FROM people WHERE email = ?4 AND name <> ?2)
         ON CONFLICT (name) DO UPDATE SET role = excluded.role, email = coalesce(excluded.email, email)
         WHERE ${KEEPS_AN_ADMIN("excluded.role")} RETURNING id, name, role`,
      )
      .bind(id, name, role, email, at),
    journal(db, { at, by }, "invited", null, null, name),
  ]);
  return added?.results[0];
}

/** Gives a person a new sign-in link, which replaces an unused one. False if there is no such person. */
export async function addLink(
  db: D1Database,
  { id, name }: Pick<Person, "id" | "name">,
  link: Link,
  by: By | undefined,
): Promise<boolean> {
  const results = await db.batch([
    ...newLink(db, id, link),
    ...(by ? [journal(db, by, "invited", null, null, name)] : []),
  ]);
  return results[1]?.meta.changes === 1;
}

/** True if somebody has this e-mail address. */
export const hasEmail = async (db: D1Database, email: string): Promise<boolean> =>
  (await db.prepare("SELECT 1 FROM people WHERE email = ?").bind(email).first()) !== null;

/** Changes a role. False if no admin would remain, or there is no such person. */
export async function setRole(
  db: D1Database,
  { id, name }: Pick<Person, "id" | "name">,
  role: Role,
  by: By,
): Promise<boolean> {
  const [changed] = await db.batch([
    db.prepare(`UPDATE people SET role = ?2 WHERE id = ?1 AND ${KEEPS_AN_ADMIN("?2")}`).bind(id, role),
    journal(db, by, "role-changed", null, null, name),
  ]);
  return changed?.meta.changes === 1;
}

/** Changes an e-mail address; null takes it away. False if somebody else has it. */
export async function setEmail(
  db: D1Database,
  { id, name }: Pick<Person, "id" | "name">,
  email: string | null,
  by: By,
): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .prepare(
        "UPDATE people SET email = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM people WHERE email = ?2 AND id <> ?1)",
      )
      .bind(id, email),
    journal(db, by, "email-changed", null, null, name),
  ]);
  return changed?.meta.changes === 1;
}

/**
 * Removes a person, with their sessions, links and passkeys. False if no admin would remain, or there is no such
 * person. What they did keeps their name.
 */
export async function removePerson(
  db: D1Database,
  { id, name }: Pick<Person, "id" | "name">,
  by: By,
): Promise<boolean> {
  const gone = "AND NOT EXISTS (SELECT 1 FROM people WHERE id = ?1)";
  const [removed] = await db.batch([
    db.prepare(`DELETE FROM people WHERE id = ?1 AND ${KEEPS_AN_ADMIN("NULL")}`).bind(id),
    journal(db, by, "person-removed", null, null, name),
    db.prepare(`DELETE FROM sessions WHERE person = ?1 ${gone}`).bind(id),
    db.prepare(`DELETE FROM sign_in_links WHERE person = ?1 ${gone}`).bind(id),
    db.prepare(`DELETE FROM passkeys WHERE person = ?1 ${gone}`).bind(id),
  ]);
  return removed?.meta.changes === 1;
}

/**
 * Uses up a sign-in link, and opens a session; undefined if the link is unknown, was used, or is too old. One
 * transaction: a link is not used up without a session.
 */
export async function signIn(
  db: D1Database,
  link: string,
  session: { readonly hash: string; readonly agent: string | null },
  now: Instant,
): Promise<Person | undefined> {
  const results = await db.batch<Person>([
    db
      .prepare(
        `INSERT INTO sessions (hash, person, created_at, seen_at, agent)
         SELECT ?1, person, ?3, ?3, ?4 FROM sign_in_links WHERE hash = ?2 AND expires > ?3`,
      )
      .bind(session.hash, link, now, session.agent),
    db.prepare("DELETE FROM sign_in_links WHERE hash = ?").bind(link),
    ...noteSignIn(db, session.hash, now),
  ]);
  return results.at(-1)?.results[0];
}

/** Notes that a session was opened; the last statement answers whose it is. */
export const noteSignIn = (db: D1Database, session: string, now: Instant): readonly D1PreparedStatement[] => {
  const whose = "FROM sessions s JOIN people p ON p.id = s.person WHERE s.hash = ?1";
  return [
    db
      .prepare(`INSERT INTO journal (at, by, act) SELECT ?2, p.name, 'signed-in' ${whose}`)
      .bind(session, now),
    db.prepare(`SELECT p.id, p.name, p.role ${whose}`).bind(session),
  ];
};

/** The person of a session; undefined if it is unknown, or has ended. */
export async function personOf(
  db: D1Database,
  session: string,
  { idleSince, openedAfter, now }: SessionTimes,
): Promise<Person | undefined> {
  const row = await db
    .prepare(
      `SELECT p.id, p.name, p.role, s.seen_at AS seenAt FROM sessions s JOIN people p ON p.id = s.person
       WHERE s.hash = ?1 AND s.seen_at > ?2 AND s.created_at > ?3`,
    )
    .bind(session, idleSince, openedAfter)
    .first<Person & { readonly seenAt: Instant }>();
  if (!row) return undefined;
  const { seenAt, ...person } = row;
  // To the minute, so that a page with many requests writes once.
  if (seenAt.slice(0, 16) < now.slice(0, 16))
    await db.batch([
      db.prepare("UPDATE sessions SET seen_at = ?2 WHERE hash = ?1").bind(session, now),
      noteSeen(db, person.id, now),
    ]);
  return person;
}

/** The person with an e-mail address, who is noted as seen; undefined for none. */
export async function personWithEmail(
  db: D1Database,
  email: string,
  now: Instant,
): Promise<Person | undefined> {
  const sql = "SELECT id, name, role, seen_at AS seenAt FROM people WHERE email = ?";
  const row = await db.prepare(sql).bind(email).first<Person & { readonly seenAt: Instant | null }>();
  if (!row) return undefined;
  const { seenAt, ...person } = row;
  if (!isSameHour(seenAt, now)) await noteSeen(db, person.id, now).run();
  return person;
}

const isSameHour = (seenAt: Instant | null, now: Instant): boolean =>
  seenAt?.slice(0, 13) === now.slice(0, 13);

const noteSeen = (db: D1Database, id: string, now: Instant): D1PreparedStatement =>
  db
    .prepare(
      "UPDATE people SET seen_at = ?2 WHERE id = ?1 AND (seen_at IS NULL OR substr(seen_at, 1, 13) < substr(?2, 1, 13))",
    )
    .bind(id, now);

/** Ends a session. */
export async function signOut(db: D1Database, session: string): Promise<void> {
  await db.prepare("DELETE FROM sessions WHERE hash = ?").bind(session).run();
}

/** The open sessions of a person, the last used first. */
export async function listSessions(
  db: D1Database,
  person: string,
  { idleSince, openedAfter }: SessionTimes,
): Promise<readonly SessionRow[]> {
  const sql = `SELECT substr(hash, 1, ${ID_DIGITS}) AS id, agent, created_at AS createdAt, seen_at AS seenAt FROM sessions
    WHERE person = ? AND seen_at > ? AND created_at > ? ORDER BY seen_at DESC, hash`;
  return (await db.prepare(sql).bind(person, idleSince, openedAfter).all<SessionRow>()).results;
}

/** Ends the session with this id, if it is `of` somebody's; of anybody's where that is undefined. False for none. */
export async function endSession(
  db: D1Database,
  id: string,
  of: string | undefined,
  by: By,
): Promise<boolean> {
  const whose = "FROM sessions WHERE hash >= ?1 AND hash < ?1 || 'g' AND (?2 IS NULL OR person = ?2)";
  const [, ended] = await db.batch([
    db
      .prepare(
        `INSERT INTO journal (at, by, act, about) SELECT ?3, ?4, 'signed-out', p.name
         FROM people p WHERE p.id IN (SELECT person ${whose})`,
      )
      .bind(id, of ?? null, by.at, by.by),
    db.prepare(`DELETE ${whose}`).bind(id, of ?? null),
  ]);
  return ended?.meta.changes === 1;
}

/** Ends all sessions of a person but the one with the hash `except`, and an unused link. Returns how many sessions. */
export async function endSessions(
  db: D1Database,
  { id, name }: Pick<Person, "id" | "name">,
  except: string | undefined,
  by: By,
): Promise<number> {
  const [ended] = await db.batch([
    db.prepare("DELETE FROM sessions WHERE person = ?1 AND hash IS NOT ?2").bind(id, except ?? null),
    journal(db, by, "signed-out", null, null, name),
    db.prepare("DELETE FROM sign_in_links WHERE person = ?").bind(id),
  ]);
  return ended?.meta.changes ?? 0;
}

/** Deletes sessions, links and used challenges that have ended. */
export async function forgetSessions(db: D1Database, idleSince: Instant, now: Instant): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM sessions WHERE seen_at <= ?").bind(idleSince),
    db.prepare("DELETE FROM sign_in_links WHERE expires <= ?").bind(now),
    db.prepare("DELETE FROM used_challenges WHERE expires <= ?").bind(now),
  ]);
}
