// Choosing what stands in a partner's feed: reads articles, newest first, until enough fit, and makes the entries that
// are missing. An entry is made once, however often the feed is built.

import { log } from "../log.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { type Choice, type Chosen, choose, lateEdges, recentEdge } from "../partners/choice.ts";
import { madeOf, makeItem, type Workshop } from "../partners/item.ts";
import { ageEdge } from "../partners/rules.ts";
import {
  articlesOf,
  candidateBySlug,
  lateCandidates,
  newestCandidates,
  type PartnerCandidate,
  type PartnerItemRow,
  storeItems,
} from "../store/partner-feed.ts";

/**
 * Articles that are looked at for one feed, as many at a time: whoever wants what none of them is gets nothing. Three
 * queries, of the 20 that a message may make on the Free plan.
 */
const PAGES = [100, 400, 1500];
/**
 * Entries made before they are stored. Each costs two queries for its pictures: so many are within the 50 of an invocation
 * on the Free plan, and a build that comes to no end there leaves the next one less to do.
 */
const MADE_AT_ONCE = 10;
/** When what failed for a moment is made again. */
const AGAIN_SECONDS = 120;

/** What the partner's feed holds at `now`; all that is shown has its entry in D1. @throws Error, when D1 fails. */
export async function chooseItems(workshop: Workshop, now: Instant): Promise<Choice> {
  const { env, record, profile, site } = workshop;
  const { policy } = record;
  const candidates = new Map<string, PartnerCandidate>();
  /** Made by this build: what could not be made for a moment counts as it is. */
  const fresh = new Set<string>();
  const add = (list: readonly PartnerCandidate[]) => list.forEach((one) => void candidates.set(one.id, one));
  add(await lateCandidates(env.DB, policy.id, lateEdges(policy, now)));
  const sizes = [...PAGES];
  for (let offset = 0; ; ) {
    const size = sizes.shift() ?? 0;
    const read = await newestCandidates(env.DB, policy.id, offset, size);
    add(read);
    offset += size;
    const choice = await madeChoice();
    const stories = choice.shown.filter(({ standing }) => standing !== "removed").length;
    const oldest = read.at(-1)?.published ?? "";
    const enough = stories >= policy.limits.items && oldest < recentEdge(policy, now);
    const full = choice.leftOut.some(({ rule }) => rule === "limits");
    const isLast = read.length < size || oldest < ageEdge(policy, profile, now) || sizes.length === 0;
    if (enough || full || isLast) return again(choice);
  }

  /** What could not be made for a moment is made with the next build, which then is asked for soon. */
  function again(choice: Choice): Choice {
    const soon = addSeconds(now, AGAIN_SECONDS);
    const waits = [...fresh].some((id) => candidates.get(id)?.item?.madeOf === "");
    return waits && (choice.nextChange ?? soon) >= soon ? { ...choice, nextChange: soon } : choice;
  }

  /** Chooses and makes what is missing, until nothing is: what is made may turn out not to fit, and another come in. */
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
    const items: PartnerItemRow[] = [];
    for (const chosen of missing) {
      const { candidate } = chosen;
      const found = stored.get(candidate.id);
      if (!found) throw new Error(`${candidate.slug} went while the feed of ${policy.id} was built`);
      if (found.version !== candidate.version) {
        // Changed since it was chosen: what it says now may be none of the partner's, so it is looked at anew.
        const changed = await candidateBySlug(env.DB, policy.id, found.article.slug);
        if (changed) add([changed]);
        continue;
      }
      const item = await makeItem(chosen, found, workshop);
      items.push(item);
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
    await storeItems(env.DB, policy.id, items);
  }
}
