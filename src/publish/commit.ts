// What every change of an article ends with: one transaction, and messages that ask for the rebuilds.

import type { ArticleStatus } from "../article/article.ts";
import { ownMedia } from "../article/own-pictures.ts";
import type { ArticleRecord } from "../article/sql.ts";
import type { Runtime } from "../env.ts";
import { invalidateLocal } from "../feeds/cache.ts";
import { documentsOf, termsOf } from "../feeds/catalogue.ts";
import { requestRebuilds } from "../feeds/rebuild.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Instant } from "../lib/time.ts";
import { select } from "../partners/selection.ts";
import { allPartners } from "../partners/sql.ts";
import { fingerprintOf, withHashes } from "./entries.ts";
import { type ArticleChange, commitArticle, type RenderedEntry, termsOfArticle } from "./sql.ts";

/** Another writer may be faster. Each attempt costs up to 20 D1 queries, of the 50 that an invocation has on the Free plan. */
export const ATTEMPT_LIMIT = 2;

/** Writes a record and asks for the rebuild of every feed that it is in or has left. False when another writer was faster. */
export async function commitRecord(
  runtime: Runtime,
  record: ArticleRecord,
  now: Instant,
  parts: Pick<ArticleChange, "placements" | "tombstones" | "successor"> & {
    readonly entries: readonly RenderedEntry[];
  },
): Promise<boolean> {
  const { env } = runtime;
  const { article } = record;
  const before = record.version === 1 ? [] : await termsOfArticle(env.DB, article.id);
  const stale = [...new Set([...before, ...termsOf(article).map(({ term }) => term)])];
  const entries = await withHashes(parts.entries);
  const partners = (await allPartners(env.DB))
    .filter(({ policy }) => select(policy, article, runtime.site))
    .map(({ policy }) => policy.id);
  const change: ArticleChange = {
    ...record,
    ...parts,
    entries,
    fingerprint: await fingerprintOf(record, runtime.site),
    now,
    media: ownMedia(article),
    stale,
    partners,
  };
  const marked = await commitArticle(env.DB, change);
  if (marked === "conflict") return false;
  invalidateLocal(runtime.isolate, documentsOf(stale));
  await requestRebuilds(runtime, marked);
  return true;
}

/** The next version of a record with the same text, as sent by whoever sent this one. */
export function nextVersion(record: ArticleRecord): ArticleRecord {
  const { version, origin } = record;
  const gitVersion = origin.gitVersion === version ? version + 1 : origin.gitVersion;
  return { ...record, version: version + 1, origin: { ...origin, gitVersion } };
}

/** Where a record is visible: from its publication to its expiry, or to `end` if that is earlier. */
export function placementsOf({ article }: ArticleRecord, end?: Instant): ArticleChange["placements"] {
  const ends = [article.expires, end].filter((at) => at !== undefined).sort();
  const expiresAt = ends[0];
  return termsOf(article).map((term) => ({
    ...term,
    visibleFrom: article.published,
    ...omitUndefined({ expiresAt }),
  }));
}

/** Where an article stands at `now`. */
export function statusOf({ article, withdrawn }: ArticleRecord, now: Instant): ArticleStatus {
  return statusAt(now, article.published, article.expires, withdrawn?.at);
}

/** The same, from the dates alone. */
export function statusAt(
  now: Instant,
  published: Instant,
  expires?: Instant,
  withdrawn?: Instant,
): ArticleStatus {
  if (withdrawn !== undefined) return "withdrawn";
  if (published > now) return "scheduled";
  return expires !== undefined && expires <= now ? "expired" : "published";
}
