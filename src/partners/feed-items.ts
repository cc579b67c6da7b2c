// The items of a partner's feed: reads articles, newest first, until enough are selected, and renders the
// entries that are missing. An entry is rendered once and stored, however often the feed is built.

import type { Runtime } from "../env.ts";
import type { FeedRow } from "../feeds/sql.ts";
import { log } from "../lib/log.ts";
import { problemLine } from "../lib/problem.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { type ItemContext, itemCacheKey, renderItem } from "./partner-item.ts";
import { refusalIn } from "./profile.ts";
import { PROFILES } from "./profiles/index.ts";
import {
  lateSince,
  oldestAllowed,
  type RenderedItem,
  recentSince,
  type SelectedItem,
  type Selection,
  selectItems,
} from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import {
  articlesOf,
  candidateBySlug,
  firstCandidates,
  moreCandidates,
  type PartnerCandidate,
  type PartnerItemRow,
  storeItems,
} from "./sql-items.ts";

/**
 * How many articles are read for one feed, page by page. Older ones are never considered. A page is one
 * query, of the 20 that a message may make on the Free plan.
 */
const PAGE_SIZES = [100, 400, 1500];
/**
 * Entries rendered before they are stored. Each takes two queries for its pictures, so a batch stays within
 * the 50 of an invocation on the Free plan, and the build after one that was cut off has less to do.
 */
const BATCH_SIZE = 10;
/** Delay before an entry that failed for a passing reason is rendered again. */
const RETRY_SECONDS = 120;

/** What a partner's feed holds. */
export interface FeedItems extends Selection {
  /** All articles that were looked at. */
  readonly candidates: readonly PartnerCandidate[];
  /** Entries that were rendered just now, and are not in D1. */
  readonly unsaved: readonly PartnerItemRow[];
  /** The document's row in `feeds`, read together with the first articles. */
  readonly row: FeedRow | undefined;
}

/**
 * What the partner's feed holds at `now`. The entry of each selected item is in D1, or among `unsaved`. With
 * `signal`, which only the partner's object gives, finished batches are stored meanwhile. @throws Error, when
 * D1 fails, or `signal` is aborted.
 */
export async function feedItems(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
  signal?: AbortSignal,
): Promise<FeedItems> {
  const { env, site } = runtime;
  const { policy } = record;
  const profile = PROFILES[policy.profile];
  const context: ItemContext = { ...runtime, record, profile };
  const candidates = new Map<string, PartnerCandidate>();
  /**
   * Articles whose entry this call has rendered. One that failed for a passing reason isn't rendered twice.
   */
  const fresh = new Set<string>();
  let unsaved: PartnerItemRow[] = [];
  const [firstSize = 0, ...sizes] = PAGE_SIZES;
  const { row, newest, late } = await firstCandidates(env.DB, policy.id, {
    ...lateSince(policy, now),
    limit: firstSize,
  });
  add(late);
  for (let offset = 0, size = firstSize, page = newest; ; ) {
    add(page);
    offset += size;
    const selection = await selectAndRender();
    const articles = selection.selected.filter(({ state }) => state !== "removed").length;
    const oldest = page.at(-1)?.published ?? "";
    const isEnough = articles >= policy.limits.items && oldest < recentSince(policy, now);
    const isFull = selection.leftOut.some(({ rule }) => rule === "limits");
    const isLast = page.length < size || oldest < oldestAllowed(policy, profile, now) || sizes.length === 0;
    if (isEnough || isFull || isLast)
      return { ...withRetry(selection), candidates: [...candidates.values()], unsaved, row };
    size = sizes.shift() ?? 0;
    page = await moreCandidates(env.DB, policy.id, offset, size);
  }

  function add(list: readonly PartnerCandidate[]): void {
    for (const candidate of list) candidates.set(candidate.id, candidate);
  }

  /**
   * Selects, and renders what is missing, until nothing is: an entry that is refused makes room for another
   * article.
   */
  async function selectAndRender(): Promise<Selection> {
    for (;;) {
      const selection = selectItems([...candidates.values()], rendered, { policy, profile, site }, now);
      const missing = selection.selected.filter((item) => rendered(item) === undefined);
      if (missing.length === 0) return selection;
      await renderBatch(missing.slice(0, BATCH_SIZE));
    }
  }

  /**
   * What the stored entry of an item is like; undefined where it is missing, or was rendered from something
   * else.
   */
  function rendered(item: SelectedItem): RenderedItem | undefined {
    const { id, item: stored } = item.candidate;
    if (!stored || !(stored.cacheKey === itemCacheKey(item, context) || fresh.has(id))) return undefined;
    const refusal = refusalIn(stored.problems);
    return refusal ? { refusal: problemLine(refusal) } : { bytes: stored.length };
  }

  async function renderBatch(items: readonly SelectedItem[]): Promise<void> {
    const stored = await articlesOf(
      env.DB,
      items.map(({ candidate }) => candidate.id),
    );
    if (signal && unsaved.length > 0) {
      await env.DB.batch([...storeItems(env.DB, policy.id, unsaved)]);
      unsaved = [];
    }
    for (const item of items) {
      signal?.throwIfAborted();
      const { candidate } = item;
      const found = stored.get(candidate.id);
      if (!found) throw new Error(`${candidate.slug} disappeared while the feed of ${policy.id} was built`);
      if (found.version !== candidate.version) {
        // Changed since it was selected. The partner may not get its new version, so it is judged again.
        const changed = await candidateBySlug(env.DB, policy.id, found.article.slug);
        if (changed) add([changed]);
        continue;
      }
      const row = await renderItem(item, found, context);
      unsaved.push(row);
      fresh.add(candidate.id);
      const { body, articleId: _, ...rest } = row;
      const length = new TextEncoder().encode(body).byteLength;
      add([{ ...candidate, item: { ...rest, length } }]);
      logRefusal(candidate, row);
    }
  }

  function logRefusal({ slug, version }: PartnerCandidate, { problems }: PartnerItemRow): void {
    const why = problems.filter(({ level }) => level === "refusal");
    if (why.length > 0) log("left-out", { partner: policy.id, slug, version, why });
  }

  /** Schedules the next build soon if an entry failed for a passing reason. */
  function withRetry(selection: Selection): Selection {
    const soon = addSeconds(now, RETRY_SECONDS);
    const hasFailed = [...fresh].some((id) => candidates.get(id)?.item?.cacheKey === "");
    const isSooner = (selection.nextChange ?? soon) >= soon;
    return hasFailed && isSooner ? { ...selection, nextChange: soon } : selection;
  }
}
