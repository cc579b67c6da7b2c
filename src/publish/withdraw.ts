// Withdrawing an article: its page is gone, a notice stays in its feeds for a while, and then a tombstone.

import { termsOf } from "../feeds/catalogue.ts";
import { log } from "../log.ts";
import type { Withdrawal } from "../model/article.ts";
import type { Runtime } from "../model/env.ts";
import { ok } from "../model/problem.ts";
import type { Text } from "../model/text.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { type ArticleRecord, articleBySlug, isInFeeds } from "../store/articles.ts";
import { ATTEMPT_LIMIT, commitRecord, placementsOf } from "./commit.ts";
import { renderEntries } from "./entries.ts";
import { type ExpectedVersion, isExpected } from "./put.ts";

const DAY_SECONDS = 86_400;

/**
 * Withdraws an article; undefined when there is none. `silent` removes it at once, without notice. Of one that is
 * withdrawn already and whose notice still stands, it takes the notice away, or gives it another reason.
 * `outdated` is the stored version, when `expectedVersion` names another: nothing was done.
 */
export async function withdrawArticle(
  runtime: Runtime,
  slug: string,
  options: { readonly reason?: Text; readonly silent: boolean; readonly expectedVersion?: ExpectedVersion },
  now: Instant,
): Promise<ArticleRecord | { readonly outdated: number } | undefined> {
  const { reason, silent, expectedVersion } = options;
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const current = await articleBySlug(runtime.env.DB, slug);
    if (!current || current.article.slug !== slug) return undefined;
    if (!isExpected(current.version, expectedVersion)) return { outdated: current.version };
    const before = current.withdrawn;
    const why = reason ?? before?.reason;
    if (before && !silent && why === before.reason) return current;
    if (before && !(await isInFeeds(runtime.env.DB, current.article.id))) return current;
    const withdrawn: Withdrawal = { at: before?.at ?? now, ...(why === undefined ? {} : { reason: why }) };
    const record: ArticleRecord = {
      ...current,
      version: current.version + 1,
      withdrawn,
      fingerprint: runtime.fingerprint,
    };
    // Nobody ever saw a scheduled article, so nothing is said of it.
    const seen = current.article.published <= now;
    const rendered = seen && !silent ? renderEntries(record, runtime.site) : ok([]);
    if (!rendered.ok)
      throw new Error(`the notice of ${slug} could not be rendered: ${rendered.problems[0]?.message}`);
    const terms = termsOf(current.article);
    const noticeEnds = silent ? now : addSeconds(withdrawn.at, runtime.site.retractionDays * DAY_SECONDS);
    const done = await commitRecord(runtime, record, now, {
      entries: rendered.value,
      placements: seen && !silent ? placementsOf(record, noticeEnds) : [],
      tombstones: seen ? terms.map(({ term }) => ({ term, at: withdrawn.at, visibleFrom: noticeEnds })) : [],
    });
    if (done) {
      log("withdrawn", { slug, id: record.article.id, version: record.version, silent });
      return record;
    }
  }
  throw new Error(`other writers keep changing ${slug}`);
}
