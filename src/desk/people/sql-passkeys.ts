// Passkeys in D1.

import type { D1Database } from "@cloudflare/workers-types";
import type { Instant } from "../../lib/time.ts";
import { journal } from "../journal/sql-journal.ts";
import type { Person } from "../stories/sql.ts";
import type { NewCredential, StoredKey } from "./passkey-check.ts";
import { type By, noteSignIn } from "./sql-people.ts";

/** How many passkeys somebody may have. */
const PASSKEYS_LIMIT = 20;

/** A passkey, in a list. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
}

const COLUMNS = "id, name, created_at AS createdAt, used_at AS usedAt";

/** What challenges are signed with. */
export async function challengeSecret(db: D1Database): Promise<string> {
  const sql = "SELECT secret FROM desk_secrets WHERE name = 'challenges'";
  return (await db.prepare(sql).first<string>("secret")) ?? "";
}

/** The passkeys of a person, the newest first. */
export async function listPasskeys(db: D1Database, person: string): Promise<readonly PasskeyRow[]> {
  const sql = `SELECT ${COLUMNS} FROM passkeys WHERE person = ? ORDER BY created_at DESC, id`;
  return (await db.prepare(sql).bind(person).all<PasskeyRow>()).results;
}

/** A passkey with its key, and its person's id. */
export async function readPasskey(
  db: D1Database,
  id: string,
): Promise<(StoredKey & { readonly person: string }) | undefined> {
  const sql = "SELECT person, algorithm, public_key AS publicKey, counter FROM passkeys WHERE id = ?";
  return (await db.prepare(sql).bind(id).first()) ?? undefined;
}

/** A challenge that is used up, and until when it could have been used. */
export interface UsedChallenge {
  readonly challenge: string;
  readonly expires: Instant;
}

const useUp = (db: D1Database, { challenge, expires }: UsedChallenge) =>
  db
    .prepare("INSERT OR IGNORE INTO used_challenges (challenge, expires) VALUES (?, ?)")
    .bind(challenge, expires);

/**
 * Adds a passkey, and uses its challenge up. Undefined, and nothing is added, if that was used before, the passkey is
 * somebody's already, or its person has too many. One transaction.
 */
export async function addPasskey(
  db: D1Database,
  used: UsedChallenge,
  person: Pick<Person, "id">,
  { id, algorithm, publicKey, name }: NewCredential & { readonly name: string },
  by: By,
): Promise<PasskeyRow | undefined> {
  const [, added] = await db.batch<PasskeyRow>([
    useUp(db, used),
    db
      .prepare(
        `INSERT OR IGNORE INTO passkeys (id, person, name, algorithm, public_key, counter, created_at)
         SELECT ?1, id, ?3, ?4, ?5, 0, ?6 FROM people WHERE id = ?2 AND changes() > 0
           AND (SELECT count(*) FROM passkeys WHERE person = ?2) < ${PASSKEYS_LIMIT} RETURNING ${COLUMNS}`,
      )
      .bind(id, person.id, name, algorithm, publicKey, by.at),
    journal(db, by, "passkey-added", null, null, name),
  ]);
  return added?.results[0];
}

/**
 * Opens a session for a passkey's person, notes its count, and uses the challenge up. Undefined, and nothing is
 * changed, if that was used before, or another signature has counted as far meanwhile. One transaction.
 */
export async function signInWithPasskey(
  db: D1Database,
  used: UsedChallenge,
  { id, counter }: { readonly id: string; readonly counter: number },
  session: { readonly hash: string; readonly agent: string | null },
  now: Instant,
): Promise<Person | undefined> {
  const results = await db.batch<Person>([
    useUp(db, used),
    db
      .prepare(
        `UPDATE passkeys SET counter = ?2, used_at = ?3 WHERE id = ?1 AND changes() > 0
           AND (counter < ?2 OR (counter = 0 AND ?2 = 0))`,
      )
      .bind(id, counter, now),
    db
      .prepare(
        `INSERT INTO sessions (hash, person, created_at, seen_at, agent)
         SELECT ?1, person, ?3, ?3, ?4 FROM passkeys WHERE id = ?2 AND changes() > 0`,
      )
      .bind(session.hash, id, now, session.agent),
    ...noteSignIn(db, session.hash, now),
  ]);
  return results.at(-1)?.results[0];
}

/** Renames a passkey, if it is `of` this person; anybody's where that is undefined. Undefined if there is none. */
export async function renamePasskey(
  db: D1Database,
  id: string,
  of: string | undefined,
  name: string,
): Promise<PasskeyRow | undefined> {
  const sql = `UPDATE passkeys SET name = ?3 WHERE id = ?1 AND (?2 IS NULL OR person = ?2) RETURNING ${COLUMNS}`;
  const bound = db.prepare(sql).bind(id, of ?? null, name);
  return (await bound.first<PasskeyRow>()) ?? undefined;
}

/** Removes a passkey, if it is `of` this person; anybody's where that is undefined. False if there is none. */
export async function removePasskey(
  db: D1Database,
  id: string,
  of: string | undefined,
  { by, at }: By,
): Promise<boolean> {
  const whose = "FROM passkeys WHERE id = ?1 AND (?2 IS NULL OR person = ?2)";
  const [, removed] = await db.batch([
    db
      .prepare(`INSERT INTO journal (at, by, act, about) SELECT ?3, ?4, 'passkey-removed', name ${whose}`)
      .bind(id, of ?? null, at, by),
    db.prepare(`DELETE ${whose}`).bind(id, of ?? null),
  ]);
  return removed?.meta.changes === 1;
}
