// Why an article is in a partner's feed or not: for the publisher's command line, and for the partner's own
// page.

import type { Runtime } from "../env.ts";
import type { Instant } from "../lib/time.ts";
import type { PartnerExplanation, PartnerItem, RuleVerdict } from "./answers.ts";
import { feedItems } from "./feed-items.ts";
import { PROFILES } from "./profiles/index.ts";
import { explainSelection, explainTiming } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import { candidateBySlug, type PartnerCandidate } from "./sql-items.ts";
import { firstFetchOf, type LedgerEntry, lastFetchedVersion, ledgerOf } from "./sql-ledger.ts";

/** Most articles that are listed as left out. `explainArticle` answers for any other. */
const LEFT_OUT_LIMIT = 100;

/**
 * What is in a partner's feed at `now`, and which of the newest articles are left out; newest first. The
 * publisher is shown all of them. The partner is shown only those that the policy selects and whose time has
 * come.
 */
export async function partnerItems(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
  reader: "publisher" | "partner" = "publisher",
): Promise<{ readonly included: readonly PartnerItem[]; readonly leftOut: readonly PartnerItem[] }> {
  const profile = PROFILES[record.policy.profile];
  const { selected, leftOut } = await feedItems({ ...runtime, record, profile }, now);
  return {
    included: selected.map(({ candidate, state }) => ({
      ...basicsOf(candidate),
      // The partner isn't shown the headline of a withdrawn article again.
      ...(state === "removed" && reader === "partner" ? { headline: "Withdrawn" } : {}),
      problems:
        state === "removed"
          ? [{ path: "", message: "is in the feed as withdrawn" }]
          : (candidate.item?.problems ?? []).map(({ path, message }) => ({ path, message })),
    })),
    leftOut: leftOut
      .filter(({ isForPartner }) => isForPartner || reader === "publisher")
      .slice(0, LEFT_OUT_LIMIT)
      .map(({ candidate, rule, explain }) => ({
        ...basicsOf(candidate),
        problems: [{ path: rule, message: explain() }],
      })),
  };
}

/** Rule by rule, why an article is in a partner's feed or not; undefined if no article has this slug. */
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
  const { selected, leftOut } = await feedItems({ ...runtime, record, profile }, now);
  const item = selected.find((one) => one.candidate.id === candidate.id);
  const out = leftOut.find((one) => one.candidate.id === candidate.id);
  const rules = [
    {
      rule: "enabled",
      passed: policy.enabled,
      says: policy.enabled ? "is enabled" : "is disabled: every request is refused",
    },
    ...explainSelection(policy, candidate, site),
    ...explainTiming(policy, profile, candidate, now),
  ];
  const isUndecided = rules.every(({ passed }) => passed) || !policy.enabled;
  return {
    slug,
    headline: candidate.headline,
    included: policy.enabled && item !== undefined && item.state !== "removed",
    rules: isUndecided ? [...rules, lastRule()] : rules,
    ledger: await ledgerFacts(runtime, policy.id, candidate),
  };

  /**
   * The verdict of what is decided once all other rules have passed: the profile's linter, and the limits.
   */
  function lastRule(): RuleVerdict {
    if (out) {
      return { rule: out.rule === "limits" ? "limits" : "profile", passed: false, says: out.explain() };
    }
    if (item) {
      const advice = (item.candidate.item?.problems ?? []).map(({ path, message }) => `${path} ${message}`);
      const says = advice.length === 0 ? "finds no problem" : advice.join("; ");
      return { rule: "profile", passed: true, says };
    }
    const says = `is not among the newest ${policy.limits.items}, and older than 48 hours`;
    return { rule: "limits", passed: false, says };
  }
}

/** What the ledger has on an article: its last version in the feed, and which one the partner fetched. */
async function ledgerFacts(
  { env }: Runtime,
  partner: string,
  { id }: PartnerCandidate,
): Promise<PartnerExplanation["ledger"]> {
  const entries = await ledgerOf(env.DB, partner, [id]);
  const [first] = entries;
  const current = entries.at(-1);
  if (!first || !current) return null;
  const fetchedVersion = await lastFetchedVersion(env.DB, partner);
  const isFetched = (entry: LedgerEntry) => entry.feedVersion <= fetchedVersion;
  return {
    firstServed: (await firstFetchOf(env.DB, partner, first.feedVersion)) ?? null,
    lastFetched: entries.filter(isFetched).at(-1)?.version ?? null,
    current: current.version,
    event: current.event,
    fetchedSince: isFetched(current),
  };
}

const basicsOf = ({ slug, headline, published }: PartnerCandidate) => ({ slug, headline, published });
