// How a change of an article is written: writers of one article start one after the other, one transaction
// stores the change, and messages ask for the rebuild of its feeds.

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

/**
 * Another writer may win. Each attempt costs up to 20 D1 queries, of the 50 that an invocation has on the
 * Free plan.
 */
const ATTEMPT_LIMIT = 2;

/** A PUT takes some 30 ms of D1; on a busy machine more. */
const WRITE_SPACING_MILLISECONDS = 100;
/** A writer that would have to wait longer is refused at once. */
const LONGEST_WAIT_MILLISECONDS = 3_000;

/**
 * Waits until this isolate's other writers of the article have had their time, so that few of them lose a
 * race. False where too many are waiting. `nextWrites` holds when an article's next writer may start, by
 * `performance.now`: these times pass by themselves, so a writer that fails locks nobody out.
 */
export async function waitToWrite(
  nextWrites: Runtime["isolate"]["nextWrites"],
  slug: string,
): Promise<boolean> {
  const now = performance.now();
  const start = Math.max(now, nextWrites.get(slug) ?? 0);
  if (start - now > LONGEST_WAIT_MILLISECONDS) return false;
  nextWrites.set(slug, start + WRITE_SPACING_MILLISECONDS);
  if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
  return true;
}

/**
 * Tries to write an article, again if another writer was faster. "busy" if one was each time, or too many are
 * waiting.
 */
export async function writeInTurn<T>(
  { isolate }: Runtime,
  slug: string,
  tryToWrite: () => Promise<T | "conflict">,
): Promise<T | "busy"> {
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    if (!(await waitToWrite(isolate.nextWrites, slug))) break;
    const outcome = await tryToWrite();
    if (outcome !== "conflict") return outcome;
  }
  return "busy";
}

/**
 * Writes a record, and asks for the rebuild of every feed that it is in or has left. False where another
 * writer was faster.
 */
export async function commitRecord(
  runtime: Runtime,
  record: ArticleRecord,
  now: Instant,
  {
    previous,
    ...parts
  }: Pick<ArticleChange, "placements" | "tombstones" | "successor" | "sameText"> & {
    readonly entries: readonly RenderedEntry[];
    /**
     * The article before the change, if partners may select it differently. A build that is under way may
     * hold it, and the ledger, by which D1 finds the partners who had an article, doesn't yet.
     */
    readonly previous?: ArticleRecord["article"] | undefined;
  },
): Promise<boolean> {
  const { env } = runtime;
  const { article } = record;
  const before = record.version === 1 ? [] : await termsOfArticle(env.DB, article.id);
  const stale = [...new Set([...before, ...termsOf(article).map(({ term }) => term)])];
  const entries = await withHashes(parts.entries);
  const partners = (await allPartners(env.DB))
    .filter(({ policy }) => [article, previous].some((one) => one && select(policy, one, runtime.site)))
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

/** The next version of a record with the same text, so with the same sender. */
export function nextVersion(record: ArticleRecord): ArticleRecord {
  const { version, origin } = record;
  const gitVersion = origin.gitVersion === version ? version + 1 : origin.gitVersion;
  return { ...record, version: version + 1, origin: { ...origin, gitVersion } };
}

/**
 * The feeds in which an article is visible: from its publication to its expiry, or to `end` if that is
 * earlier.
 */
export function placementsOf({ article }: ArticleRecord, end?: Instant): ArticleChange["placements"] {
  const ends = [article.expires, end].filter((at) => at !== undefined).sort();
  const expiresAt = ends[0];
  return termsOf(article).map((term) => ({
    ...term,
    visibleFrom: article.published,
    ...omitUndefined({ expiresAt }),
  }));
}

/** The status of an article at `now`. */
export function statusOf({ article, withdrawn }: ArticleRecord, now: Instant): ArticleStatus {
  return statusAt(now, article.published, article.expires, withdrawn?.at);
}

/** The status at `now`, from the dates alone. */
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
