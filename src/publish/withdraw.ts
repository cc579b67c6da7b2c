// Withdrawing an article: its page is gone, a notice stays in its feeds for a while, and then a tombstone.

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
import { ATTEMPT_LIMIT, commitRecord, nextVersion, placementsOf, waitToWrite } from "./commit.ts";
import { renderEntries } from "./entries.ts";
import { isInFeeds } from "./sql.ts";

const DAY_SECONDS = 86_400;

/** How an article is to be withdrawn. */
export interface WithdrawOptions {
  /** Told to readers. */
  readonly reason?: Text;
  /** Whether the notice names the headline; where nothing is said, it does, or does as it did before. */
  readonly headline?: boolean;
  /** Without a notice. */
  readonly silent: boolean;
  readonly expectedVersion?: ExpectedVersion;
}

/** What became of a withdrawal; undefined when there is no such article. */
export type WithdrawOutcome = ArticleRecord | { readonly outdated: ArticleRecord } | "busy" | undefined;

/**
 * Withdraws an article. `silent` removes it at once, without notice. Of one that is withdrawn already and whose notice
 * still stands, it takes the notice away, or has it say something else. `outdated` is what is stored, when `expectedVersion`
 * names another version: nothing was done. "busy": other writers were faster.
 */
export async function withdrawArticle(
  runtime: Runtime,
  slug: string,
  options: WithdrawOptions,
  now: Instant,
): Promise<WithdrawOutcome> {
  const { reason, headline, silent, expectedVersion } = options;
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    if (!(await waitToWrite(runtime.isolate.nextWrites, slug))) break;
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
    if (await commitWithdrawal(runtime, record, silent, now)) {
      log("withdrawn", { slug, id: record.article.id, version: record.version, silent });
      return record;
    }
  }
  return "busy";
}

/**
 * Takes away an article that is another one's duplicate, without a notice: its addresses lead to that one, `successor`, an
 * id. It stays, withdrawn, under a slug of its own. False when another writer was faster.
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

/** Writes a withdrawn record, with a notice unless it is `silent`. */
function commitWithdrawal(
  runtime: Runtime,
  record: ArticleRecord & { readonly withdrawn: Withdrawal },
  silent: boolean,
  now: Instant,
  successor?: string,
): Promise<boolean> {
  const { article, withdrawn } = record;
  // Nobody ever saw a scheduled article, so nothing is said of it.
  const seen = article.published <= now;
  const rendered = seen && !silent ? renderEntries(record, runtime.site) : ok([]);
  if (!rendered.ok)
    throw new Error(`the notice of ${article.slug} could not be rendered: ${rendered.problems[0]?.message}`);
  const noticeEnds = silent ? now : addSeconds(withdrawn.at, runtime.site.retractionDays * DAY_SECONDS);
  const stones = termsOf(article).map(({ term }) => ({ term, at: withdrawn.at, visibleFrom: noticeEnds }));
  return commitRecord(runtime, record, now, {
    entries: rendered.value,
    placements: seen && !silent ? placementsOf(record, noticeEnds) : [],
    tombstones: seen ? stones : [],
    ...omitUndefined({ successor }),
  });
}
