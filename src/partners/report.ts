// What a partner gets and what not, with the reasons: for the publisher's command line and for the partner's own page.

import type { Runtime } from "../env.ts";
import type { Instant } from "../lib/time.ts";
import type { PartnerExplanation, PartnerItem, RuleVerdict } from "./answers.ts";
import { chooseItems } from "./feed-items.ts";
import { PROFILES } from "./profiles/index.ts";
import { selection, timing } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import { candidateBySlug, type PartnerCandidate } from "./sql-items.ts";
import { firstFetchOf, type LedgerEntry, lastFetchedVersion, ledgerOf } from "./sql-ledger.ts";

/** Articles that are named as left out; whoever wants to know of an older one asks for it. */
const LEFT_OUT_LIMIT = 100;

/**
 * What is in a partner's feed at `now`, and what of the newest is left out. Newest first. The publisher is told of all;
 * the partner of what they could have, and never of what isn't meant for them or not yet.
 */
export async function partnerItems(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
  reader: "publisher" | "partner" = "publisher",
): Promise<{ readonly included: readonly PartnerItem[]; readonly leftOut: readonly PartnerItem[] }> {
  const profile = PROFILES[record.policy.profile];
  const { shown, leftOut } = await chooseItems({ ...runtime, record, profile }, now);
  return {
    included: shown.map(({ candidate, standing }) => ({
      ...itemOf(candidate),
      // A partner isn't shown a withdrawn article's headline again.
      ...(standing === "removed" && reader === "partner" ? { headline: "Withdrawn" } : {}),
      problems:
        standing === "removed"
          ? [{ path: "", message: "is in the feed as withdrawn" }]
          : (candidate.item?.problems ?? []).map(({ path, message }) => ({ path, message })),
    })),
    leftOut: leftOut
      .filter(({ open }) => open || reader === "publisher")
      .slice(0, LEFT_OUT_LIMIT)
      .map(({ candidate, rule, says }) => ({
        ...itemOf(candidate),
        problems: [{ path: rule, message: says }],
      })),
  };
}

/** Rule by rule, why an article is in a partner's feed or not; undefined for a slug that no article has. */
export async function explainArticle(
  runtime: Runtime,
  record: PartnerRecord,
  slug: string,
  now: Instant,
): Promise<PartnerExplanation | undefined> {
  const { env, site } = runtime;
  const { policy } = record;
  const candidate = await candidateBySlug(env.DB, policy.id, slug);
  if (!candidate) return undefined;
  const profile = PROFILES[policy.profile];
  const { shown, leftOut } = await chooseItems({ ...runtime, record, profile }, now);
  const own = shown.find(({ candidate: { id } }) => id === candidate.id);
  const out = leftOut.find(({ candidate: { id } }) => id === candidate.id);
  const rules = [
    { rule: "enabled", passed: policy.enabled, says: policy.enabled ? "is on" : "is off: nobody gets in" },
    ...selection(policy, candidate, site),
    ...timing(policy, profile, candidate, now),
  ];
  const last: RuleVerdict =
    own || out
      ? findings(out?.rule === "limits" ? "limits" : "profile")
      : {
          rule: "limits",
          passed: false,
          says: `is not among the newest ${policy.limits.items}, nor of the last 48 hours`,
        };
  return {
    slug,
    headline: candidate.headline,
    included: policy.enabled && own !== undefined && own.standing !== "removed",
    rules: rules.every(({ passed }) => passed) || !policy.enabled ? [...rules, last] : rules,
    ledger: await ledgerFacts(runtime, policy.id, candidate),
  };

  function findings(rule: string): RuleVerdict {
    if (out) return { rule, passed: false, says: out.says };
    const advice = (own?.candidate.item?.problems ?? []).map(({ path, message }) => `${path} ${message}`);
    return { rule, passed: true, says: advice.length === 0 ? "finds nothing wrong" : advice.join("; ") };
  }
}

/** What the ledger says of an article: its last version in the feed, and how far the partner has come. */
async function ledgerFacts(
  { env }: Runtime,
  partner: string,
  { id }: PartnerCandidate,
): Promise<PartnerExplanation["ledger"]> {
  const entries = await ledgerOf(env.DB, partner, [id]);
  const [first] = entries;
  const current = entries.at(-1);
  if (!first || !current) return null;
  const fetched = await lastFetchedVersion(env.DB, partner);
  const known = (entry: LedgerEntry) => entry.feedVersion <= fetched;
  return {
    firstServed: (await firstFetchOf(env.DB, partner, first.feedVersion)) ?? null,
    lastFetched: entries.filter(known).at(-1)?.version ?? null,
    current: current.version,
    event: current.event,
    fetchedSince: known(current),
  };
}

const itemOf = ({ slug, headline, published }: PartnerCandidate) => ({ slug, headline, published });
