// Partners in D1: their policies, the hashes of their tokens, what lists say of each partner, and what the
// desk's journal says of it.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Home } from "../article/article.ts";
import type { PartnerAccess } from "../env.ts";
import { partnerKey } from "../feeds/feed.ts";
import { ALWAYS, NEW_MARK } from "../feeds/sql.ts";
import { firstRow, omitNulls, rowsOf, rowsOfEach, run, statement } from "../lib/d1.ts";
import type { Instant } from "../lib/time.ts";
import type { PartnerSummary } from "./answers.ts";
import type { Policy } from "./policy.ts";

/** A partner as it is stored. */
export interface PartnerRecord {
  readonly policy: Policy;
  /** SHA-256 of the policy, lower-case hex. */
  readonly digest: string;
  /** Generation of the webhook's secret (`webhookSecrets`). */
  readonly generation: number;
  /** When that generation began, if it is not the first. */
  readonly rotatedAt?: Instant;
  /** When and why its webhook was disabled; missing while it is enabled. */
  readonly webhookDisabled?: string;
  /** Who sent the policy; missing if it was stored before that was recorded. */
  readonly home?: Home;
}

/** Two, so that a token can be replaced without a gap. */
export const TOKEN_LIMIT = 2;

/** A row of `partners`, named like the fields of a `PartnerRecord`; what it lacks is null. */
interface PartnerRow {
  readonly policy: string;
}

const COLUMNS = `policy, digest, generation, rotated_at AS rotatedAt, push_off AS webhookDisabled, home`;

/** The partner with this id. */
export async function partnerById(db: D1Database, id: string): Promise<PartnerRecord | undefined> {
  const row = await firstRow<PartnerRow>(db, `SELECT ${COLUMNS} FROM partners WHERE id = ?`, id);
  return row ? recordOf(row) : undefined;
}

/** All partners by their ids. */
export async function allPartners(db: D1Database): Promise<readonly PartnerRecord[]> {
  const results = await rowsOf<PartnerRow>(db, `SELECT ${COLUMNS} FROM partners ORDER BY id`);
  return results.map(recordOf);
}

/** A partner, and who may read its document. */
export interface PartnerWithTokens {
  readonly record: PartnerRecord;
  readonly access: PartnerAccess;
}

/** The partner with this id and its tokens, in one round trip. */
export async function partnerWithTokens(db: D1Database, id: string): Promise<PartnerWithTokens | undefined> {
  const [[row], tokens] = await rowsOfEach<[PartnerRow, { hash: string }]>(
    db,
    statement(db, `SELECT ${COLUMNS} FROM partners WHERE id = ?`, id),
    statement(db, "SELECT hash FROM partner_tokens WHERE partner = ? ORDER BY made_at", id),
  );
  if (!row) return undefined;
  const record = recordOf(row);
  const { access, enabled, profile } = record.policy;
  return { record, access: { access, enabled, profile, hashes: tokens.map(({ hash }) => hash) } };
}

/** Stores a policy, and where it comes from. Its document is marked stale, and is kept built from then on. */
export async function storePartner(
  db: D1Database,
  policy: Policy,
  digest: string,
  home: Home,
  doer: Doer,
): Promise<void> {
  const { feed, format } = partnerKey(policy.id);
  await db.batch([
    statement(
      db, // A new address enables a webhook that was disabled.
      `INSERT INTO partners (id, policy, digest, generation, home) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (id) DO UPDATE SET policy = ?2, digest = ?3, home = ?5,
           push_off = iif(policy->'push'->>'url' IS ?2->'push'->>'url', push_off, NULL)`,
      // Generations count from the current second. So a new partner with an old id has none of the old
      // secrets.
      policy.id,
      policy,
      digest,
      Date.parse(doer.at) / 1000,
      home,
    ),
    noteAct(db, policy.id, "policy", doer),
    statement(
      db,
      `INSERT INTO feeds (feed, format, mark, stale_since, kept_until) VALUES (?1, ?2, ${NEW_MARK}, ?3, ?4)
         ON CONFLICT (feed, format) DO UPDATE SET mark = ${NEW_MARK}, stale_since = coalesce(stale_since, ?3), kept_until = ?4`,
      feed,
      format,
      doer.at,
      ALWAYS,
    ),
  ]);
}

/** Stores who sent the policy that is stored already. */
export async function noteHome(db: D1Database, id: string, home: Home): Promise<void> {
  await run(db, "UPDATE partners SET home = ?2 WHERE id = ?1", id, home);
}

/**
 * Removes a partner and everything stored for it, except its document's row. That row stays, stale and no
 * longer kept built, so that KV's copy is dropped, and a new partner with the same id never gets a version
 * twice. False if there is no such partner.
 */
export async function dropPartner(db: D1Database, id: string, doer: Doer): Promise<boolean> {
  const { feed, format } = partnerKey(id);
  const [dropped] = await db.batch([
    statement(db, "DELETE FROM partners WHERE id = ?", id),
    noteAct(db, id, "removed", doer),
    ...PARTNER_TABLES.map((table) => statement(db, `DELETE FROM ${table} WHERE partner = ?`, id)),
    statement(
      db,
      `UPDATE feeds SET mark = ${NEW_MARK}, stale_since = ?3, kept_until = NULL, built_hash = ''
         WHERE feed = ?1 AND format = ?2 AND kept_until IS NOT NULL`,
      feed,
      format,
      doer.at,
    ),
  ]);
  return dropped?.meta.changes === 1;
}

const PARTNER_TABLES = ["partner_tokens", "partner_items", "partner_versions", "partner_fetches", "webhooks"];

/** Adds a token. False if the partner has `TOKEN_LIMIT` tokens, or there is no such partner. */
export async function addToken(db: D1Database, partner: string, hash: string, doer: Doer): Promise<boolean> {
  const sql = `INSERT INTO partner_tokens (partner, hash, made_at) SELECT ?1, ?2, ?3
    WHERE (SELECT count(*) FROM partner_tokens WHERE partner = ?1) < ?4 AND EXISTS (SELECT 1 FROM partners WHERE id = ?1)`;
  const [added] = await db.batch([
    statement(db, sql, partner, hash, doer.at, TOKEN_LIMIT),
    noteAct(db, partner, "token-made", doer),
  ]);
  return added?.meta.changes === 1;
}

/** Revokes the token whose hash starts with `name`, eight digits. False if there is none. */
export async function dropToken(db: D1Database, partner: string, name: string, doer: Doer): Promise<boolean> {
  const sql = "DELETE FROM partner_tokens WHERE partner = ?1 AND substr(hash, 1, 8) = ?2";
  const [dropped] = await db.batch([
    statement(db, sql, partner, name),
    noteAct(db, partner, "token-revoked", doer),
  ]);
  return (dropped?.meta.changes ?? 0) > 0;
}

/** Written by `storePartner` alone, from a checked policy. */
const recordOf = ({ policy, ...row }: PartnerRow): PartnerRecord =>
  ({ policy: JSON.parse(policy), ...omitNulls(row) }) as unknown as PartnerRecord;

/** A partner with what lists say of it. */
export interface PartnerOverview {
  readonly record: PartnerRecord;
  readonly facts: Pick<
    PartnerSummary,
    "items" | "bytes" | "version" | "builtAt" | "staleSince" | "lastError" | "lastFetch" | "tokens"
  >;
}

interface OverviewRow extends PartnerRow {
  readonly facts: string;
}

/** All partners by their ids, or the one with this id. */
export async function partnerOverviews(db: D1Database, id?: string): Promise<readonly PartnerOverview[]> {
  const results = await rowsOf<OverviewRow>(db, OVERVIEWS, id);
  return results.map(({ facts, ...row }) => ({
    record: recordOf(row),
    facts: JSON.parse(facts) as PartnerOverview["facts"],
  }));
}

const OVERVIEWS = `SELECT ${COLUMNS}, json_object('items', coalesce(f.items, 0), 'bytes', coalesce(f.bytes, 0),
    'version', coalesce(f.version, 0), 'builtAt', f.built_at, 'staleSince', f.stale_since, 'lastError', f.last_error,
    'lastFetch', json(iif(l.minute IS NULL, NULL, json_object('minute', l.minute, 'status', l.status))), 'tokens',
    json((SELECT json_group_array(json_object('name', substr(hash, 1, 8), 'madeAt', made_at, 'usedAt', used_at) ORDER BY made_at)
     FROM partner_tokens WHERE partner = partners.id))) AS facts
  FROM partners LEFT JOIN feeds f ON f.feed = 'partner/' || partners.id AND f.format = 'partner'
    LEFT JOIN partner_fetches l ON l.partner = partners.id
      AND l.minute = (SELECT max(minute) FROM partner_fetches WHERE partner = partners.id)
  WHERE ?1 IS NULL OR partners.id = ?1 ORDER BY partners.id`;

/** Who does something, and when: a person at the desk, or a program by its name. */
export interface Doer {
  readonly by: string;
  readonly at: Instant;
}

/** What is done with a partner. */
type PartnerAct =
  | "policy"
  | "removed"
  | "token-made"
  | "token-revoked"
  | "secret-made"
  | "webhook-on"
  | "sent-again";

/**
 * Notes an act. It follows another statement in a batch, and adds a row only if that one changed something.
 */
export const noteAct = (
  db: D1Database,
  partner: string,
  act: PartnerAct,
  { by, at }: Doer,
): D1PreparedStatement =>
  statement(
    db,
    "INSERT INTO journal (at, by, act, partner) SELECT ?, ?, ?, ? WHERE changes() > 0",
    at,
    by,
    act,
    partner,
  );
