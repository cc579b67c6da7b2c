// Choosing what stands in a partner's feed: reads articles, newest first, until enough fit, and makes the entries that
// are missing. An entry is made once, however often the feed is built: the partner's object keeps it.

import type { FeedRow } from "../feeds/sql.ts";
import { log } from "../lib/log.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { madeOf, makeItem, type Workshop } from "./partner-item.ts";
import { ageEdge, type Choice, type Chosen, choose, lateEdges, recentEdge } from "./selection.ts";
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
 * How many articles are read for one feed, page after page; older ones are never considered. Three
 * queries, of the 20 that a message may make on the Free plan.
 */
const PAGES = [100, 400, 1500];
/**
 * Entries made before a batch is stored. Each takes two queries for its pictures, so a batch stays within an invocation's 50
 * on the Free plan, and a build that is cut off there leaves the next one less to do.
 */
const MADE_AT_ONCE = 10;
/** Delay before an entry that failed for a passing reason is made again. */
const AGAIN_SECONDS = 120;

/** What a partner's feed holds. */
export interface ChosenItems extends Choice {
  /** Made just now, and not in D1. */
  readonly unkept: readonly PartnerItemRow[];
  /** The row of the document, read with the first articles. */
  readonly row: FeedRow | undefined;
}

/**
 * What the partner's feed holds at `now`; an entry of all that is shown is in D1, or among `unkept`. With `signal`, which
 * only the partner's object gives, many entries are put into D1 in between.
 * @throws Error, when D1 fails, or the signal has come.
 */
export async function chooseItems(
  workshop: Workshop,
  now: Instant,
  signal?: AbortSignal,
): Promise<ChosenItems> {
  const { env, record, profile, site } = workshop;
  const { policy } = record;
  const candidates = new Map<string, PartnerCandidate>();
  /** Ids of entries made by this build: one that failed for a passing reason isn't made a second time in it. */
  const fresh = new Set<string>();
  const add = (list: readonly PartnerCandidate[]) => list.forEach((one) => void candidates.set(one.id, one));
  let unkept: PartnerItemRow[] = [];
  const [first = 0, ...sizes] = PAGES;
  const { row, newest, late } = await firstCandidates(env.DB, policy.id, {
    ...lateEdges(policy, now),
    limit: first,
  });
  add(late);
  for (let offset = 0, size = first, read = newest; ; ) {
    add(read);
    offset += size;
    const choice = await madeChoice();
    const stories = choice.shown.filter(({ standing }) => standing !== "removed").length;
    const oldest = read.at(-1)?.published ?? "";
    const enough = stories >= policy.limits.items && oldest < recentEdge(policy, now);
    const full = choice.leftOut.some(({ rule }) => rule === "limits");
    const isLast = read.length < size || oldest < ageEdge(policy, profile, now) || sizes.length === 0;
    if (enough || full || isLast) return { ...again(choice), unkept, row };
    size = sizes.shift() ?? 0;
    read = await moreCandidates(env.DB, policy.id, offset, size);
  }

  /** Schedules the next build soon if an entry failed for a passing reason. */
  function again(choice: Choice): Choice {
    const soon = addSeconds(now, AGAIN_SECONDS);
    const waits = [...fresh].some((id) => candidates.get(id)?.item?.madeOf === "");
    return waits && (choice.nextChange ?? soon) >= soon ? { ...choice, nextChange: soon } : choice;
  }

  /** Chooses, and makes missing entries, until none is missing: an entry that doesn't fit makes room for another article. */
  async function madeChoice(): Promise<Choice> {
    for (;;) {
      const choice = choose([...candidates.values()], found, { policy, profile, site }, now);
      const missing = choice.shown.filter((chosen) => found(chosen) === undefined).slice(0, MADE_AT_ONCE);
      if (missing.length === 0) return choice;
      await make(missing);
    }
  }

  function found(chosen: Chosen) {
    const { item } = chosen.candidate;
    if (!item || !(item.madeOf === madeOf(chosen, workshop) || fresh.has(chosen.candidate.id)))
      return undefined;
    const refusal = item.problems.find(({ level }) => level === "refusal");
    return refusal ? { refusal: `${refusal.path} ${refusal.message}`.trim() } : { bytes: item.length };
  }

  async function make(missing: readonly Chosen[]): Promise<void> {
    const stored = await articlesOf(
      env.DB,
      missing.map(({ candidate }) => candidate.id),
    );
    if (signal && unkept.length > 0) {
      await env.DB.batch([...storeItems(env.DB, policy.id, unkept)]);
      unkept = [];
    }
    for (const chosen of missing) {
      signal?.throwIfAborted();
      const { candidate } = chosen;
      const found = stored.get(candidate.id);
      if (!found) throw new Error(`${candidate.slug} went while the feed of ${policy.id} was built`);
      if (found.version !== candidate.version) {
        // Changed since it was chosen: its new version may not be meant for this partner, so it is judged again.
        const changed = await candidateBySlug(env.DB, policy.id, found.article.slug);
        if (changed) add([changed]);
        continue;
      }
      const item = await makeItem(chosen, found, workshop);
      unkept.push(item);
      fresh.add(candidate.id);
      const { body, articleId: _, ...rest } = item;
      candidates.set(candidate.id, {
        ...candidate,
        item: { ...rest, length: new TextEncoder().encode(body).byteLength },
      });
      const refusals = item.problems.filter(({ level }) => level === "refusal");
      if (refusals.length > 0) {
        log("left-out", {
          partner: policy.id,
          slug: candidate.slug,
          version: candidate.version,
          why: refusals,
        });
      }
    }
  }
}
