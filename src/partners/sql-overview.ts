// Partners with all that is said of them in lists: their tokens' names, how their documents are, when they last came.

import type { D1Database } from "@cloudflare/workers-types";
import type { PartnerSummary } from "./answers.ts";
import { type PartnerRecord, type PartnerRow, recordOf } from "./sql.ts";

/** A partner, and what there is to say of it. */
export interface PartnerOverview {
  readonly record: PartnerRecord;
  readonly facts: Pick<
    PartnerSummary,
    "items" | "bytes" | "version" | "builtAt" | "staleSince" | "lastError" | "lastFetch" | "tokens"
  >;
}

interface OverviewRow extends PartnerRow {
  readonly items: number | null;
  readonly bytes: number | null;
  readonly version: number | null;
  readonly built_at: string | null;
  readonly stale_since: string | null;
  readonly last_error: string | null;
  readonly minute: string | null;
  readonly status: number | null;
  /** JSON. */
  readonly tokens: string;
}

/** All partners by their ids, or the one with this id. */
export async function partnerOverviews(db: D1Database, id?: string): Promise<readonly PartnerOverview[]> {
  const { results } = await db
    .prepare(OVERVIEWS)
    .bind(id ?? null)
    .all<OverviewRow>();
  return results.map((row) => ({
    record: recordOf(row),
    facts: {
      items: row.items ?? 0,
      bytes: row.bytes ?? 0,
      version: row.version ?? 0,
      builtAt: row.built_at,
      staleSince: row.stale_since,
      lastError: row.last_error,
      lastFetch: row.minute === null ? null : { minute: row.minute, status: row.status ?? 0 },
      // Made by the query below.
      tokens: JSON.parse(row.tokens) as PartnerSummary["tokens"],
    },
  }));
}

const OVERVIEWS = `SELECT partners.*, f.items, f.bytes, f.version, f.built_at, f.stale_since, f.last_error, l.minute, l.status,
    (SELECT json_group_array(json_object('name', substr(hash, 1, 8), 'madeAt', made_at) ORDER BY made_at)
     FROM partner_tokens WHERE partner = partners.id) AS tokens
  FROM partners LEFT JOIN feeds f ON f.feed = 'partner/' || partners.id AND f.format = 'partner'
    LEFT JOIN partner_fetches l ON l.partner = partners.id
      AND l.minute = (SELECT max(minute) FROM partner_fetches WHERE partner = partners.id)
  WHERE ?1 IS NULL OR partners.id = ?1 ORDER BY partners.id`;
