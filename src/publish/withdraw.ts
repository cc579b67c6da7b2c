// Withdrawing an article: its page is gone, and its feeds show a notice for a while, then a tombstone.

import type { Withdrawal } from "../article/article.ts";
import { type ArticleRecord, articleBySlug } from "../article/sql.ts";
import type { Runtime } from "../env.ts";
import { termsOf } from "../feeds/catalogue.ts";
import { type ExpectedVersion, isExpected } from "../http/sender.ts";
import { log } from "../lib/log.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { ok } from "../lib/problem.ts";
import type { Text } from "../lib/text.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { commitRecord, nextVersion, placementsOf, writeInTurn } from "./commit.ts";
import { renderEntries } from "./entries.ts";
import { isInFeeds } from "./sql.ts";

const DAY_SECONDS = 86_400;

/** How an article is to be withdrawn. */
export interface WithdrawOptions {
  /** Shown to readers. */
  readonly reason?: Text;
  /** Whether the notice names the headline. Undefined: as before; yes for a first withdrawal. */
  readonly headline?: boolean;
  /** Removes the article at once, without a notice. */
  readonly silent: boolean;
  readonly expectedVersion?: ExpectedVersion;
}

/** What a withdrawal has done; undefined where there is no such article. */
export type WithdrawOutcome = ArticleRecord | { readonly outdated: ArticleRecord } | "busy" | undefined;

/**
 * Withdraws an article. For one that is withdrawn already and still has its notice, it changes the notice, or
 * with `silent` removes it. `outdated` is the stored article where `expectedVersion` names another version,
 * and nothing was done. "busy": other writers were faster.
 */
export async function withdrawArticle(
  runtime: Runtime,
  slug: string,
  options: WithdrawOptions,
  now: Instant,
): Promise<WithdrawOutcome> {
  const { reason, headline, silent, expectedVersion } = options;
  return writeInTurn(runtime, slug, async () => {
    const current = await articleBySlug(runtime.env.DB, slug);
    if (!current || current.article.slug !== slug) return undefined;
    if (!isExpected(current.version, expectedVersion)) return { outdated: current };
    const before = current.withdrawn;
    const why = reason ?? before?.reason;
    // After a silent withdrawal, partners' notices don't name the headline either.
    const unnamed = headline === undefined ? silent || before?.unnamed === true : !headline;
    const same = why === before?.reason && unnamed === (before?.unnamed === true);
    if (before && !silent && same) return current;
    if (before && !(await isInFeeds(runtime.env.DB, current.article.id))) return current;
    const withdrawn: Withdrawal = {
      at: before?.at ?? now,
      ...omitUndefined({ reason: why }),
      ...(unnamed ? { unnamed } : {}),
    };
    const record = { ...nextVersion(current), withdrawn };
    if (!(await commitWithdrawal(runtime, record, silent, now))) return "conflict";
    log("withdrawn", { slug, id: record.article.id, version: record.version, silent });
    return record;
  });
}

/**
 * Withdraws a duplicate of another article, without a notice. Its slugs lead to `successor`, the id of the
 * other article; it gets a new slug of its own. False where another writer was faster.
 */
export async function retireDuplicate(
  runtime: Runtime,
  duplicate: ArticleRecord,
  successor: string,
  now: Instant,
): Promise<boolean> {
  const slug = await freeSlug(runtime, `${duplicate.article.slug.slice(0, 100).replace(/-+$/, "")}-double`);
  const record = {
    ...nextVersion(duplicate),
    article: { ...duplicate.article, slug },
    withdrawn: duplicate.withdrawn ?? { at: now, unnamed: true },
  };
  const done = await commitWithdrawal(runtime, record, true, now, successor);
  if (done)
    log("withdrawn", { slug: duplicate.article.slug, id: duplicate.article.id, successor, silent: true });
  return done;
}

async function freeSlug({ env }: Runtime, wanted: string): Promise<string> {
  let slug = wanted;
  for (let suffix = 2; await articleBySlug(env.DB, slug); suffix++) slug = `${wanted}-${suffix}`;
  return slug;
}

/** Writes a withdrawn record, with a notice unless `silent`. False where another writer was faster. */
function commitWithdrawal(
  runtime: Runtime,
  record: ArticleRecord & { readonly withdrawn: Withdrawal },
  silent: boolean,
  now: Instant,
  successor?: string,
): Promise<boolean> {
  const { article, withdrawn } = record;
  // Readers never saw a scheduled article, so it gets neither notice nor tombstone.
  const seen = article.published <= now;
  const rendered = seen && !silent ? renderEntries(record, runtime.site) : ok([]);
  if (!rendered.ok)
    throw new Error(`the notice of ${article.slug} could not be rendered: ${rendered.problems[0]?.message}`);
  const noticeEnds = silent ? now : addSeconds(withdrawn.at, runtime.site.retractionDays * DAY_SECONDS);
  const tombstones = termsOf(article).map(({ term }) => ({
    term,
    at: withdrawn.at,
    visibleFrom: noticeEnds,
  }));
  return commitRecord(runtime, record, now, {
    entries: rendered.value,
    placements: seen && !silent ? placementsOf(record, noticeEnds) : [],
    tombstones: seen ? tombstones : [],
    ...omitUndefined({ successor }),
  });
}
