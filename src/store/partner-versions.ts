// The half of the ledger that a build writes: which version of a partner's feed first held which version of an article, or
// first said that it is gone. What was fetched is the other half (partner-ledger.ts).

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { PartnerEvent } from "../model/partner.ts";
import type { Instant } from "../model/time.ts";

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

/** What the ledger says of some articles, oldest first. */
export async function ledgerOf(
  db: D1Database,
  partner: string,
  ids: readonly string[],
): Promise<readonly LedgerEntry[]> {
  const sql = `SELECT article_id AS articleId, version, event, corrections, feed_version AS feedVersion, at
    FROM partner_versions WHERE partner = ?1 AND article_id IN (SELECT value FROM json_each(?2))
    ORDER BY feed_version, version`;
  return (await db.prepare(sql).bind(partner, JSON.stringify(ids)).all<LedgerEntry>()).results;
}

/**
 * Adds to the ledger, where `version` of the feed has the bytes of `hash` once its transaction is done. What was there under
 * an embargo, and now is out, gets the date of that.
 */
export function addToLedger(
  db: D1Database,
  partner: string,
  entries: readonly Omit<LedgerEntry, "feedVersion">[],
  { feed, version, hash }: { readonly feed: string; readonly version: number; readonly hash: string },
): readonly D1PreparedStatement[] {
  const values = [partner, JSON.stringify(entries), feed, version, hash];
  return entries.length === 0 ? [] : [db.prepare(ADD_TO_LEDGER).bind(...values)];
}

const ADD_TO_LEDGER = `INSERT INTO partner_versions (partner, article_id, version, event, corrections, at, feed_version)
  SELECT ?1, value->>'articleId', value->>'version', value->>'event', value->>'corrections', value->>'at', ?4
  FROM json_each(?2) WHERE EXISTS (
    SELECT 1 FROM feeds WHERE feed = ?3 AND format = 'partner' AND version = ?4 AND built_hash = ?5)
  ON CONFLICT DO UPDATE SET at = excluded.at`;
