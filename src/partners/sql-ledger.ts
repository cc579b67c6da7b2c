// The half of the ledger that a build writes: which version of a partner's feed first held which version of an article, or
// first said that it is gone. What was fetched is the other half (partner-ledger.ts).

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Instant } from "../lib/time.ts";
import type { PartnerEvent } from "./policy.ts";

/** A row of the ledger. */
export interface LedgerEntry {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  readonly corrections: number;
  /** The first version of the feed that held it, or no longer did. */
  readonly feedVersion: number;
  readonly at: Instant;
}

/** A query for what the ledger says of some articles, oldest first: rows are `LedgerEntry`. */
export const ledgerQuery = (db: D1Database, partner: string, ids: readonly string[]): D1PreparedStatement =>
  db.prepare(LEDGER).bind(partner, JSON.stringify(ids));

const LEDGER = `SELECT article_id AS articleId, version, event, corrections, feed_version AS feedVersion, at
  FROM partner_versions WHERE partner = ?1 AND article_id IN (SELECT value FROM json_each(?2))
  ORDER BY feed_version, version`;

/** What the ledger says of some articles, oldest first. */
export const ledgerOf = async (
  db: D1Database,
  partner: string,
  ids: readonly string[],
): Promise<readonly LedgerEntry[]> => (await ledgerQuery(db, partner, ids).all<LedgerEntry>()).results;

/**
 * Statements that add to the ledger what version `feedVersion` of the feed brings, while the partner's policy is that of
 * `digest`. What was there under an embargo, and now is out, gets the date of that.
 */
export function addToLedger(
  db: D1Database,
  partner: string,
  entries: readonly Omit<LedgerEntry, "feedVersion">[],
  { feedVersion, digest }: Pick<LedgerEntry, "feedVersion"> & { readonly digest: string },
): readonly D1PreparedStatement[] {
  if (entries.length === 0) return [];
  return [db.prepare(ADD_TO_LEDGER).bind(partner, JSON.stringify(entries), feedVersion, digest)];
}

const ADD_TO_LEDGER = `INSERT INTO partner_versions (partner, article_id, version, event, corrections, at, feed_version)
  SELECT ?1, value->>'articleId', value->>'version', value->>'event', value->>'corrections', value->>'at', ?3
  FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1 AND digest = ?4)
  ON CONFLICT DO UPDATE SET at = excluded.at`;
