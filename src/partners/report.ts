// Why an article is in a partner's feed or not: for the publisher's command line, and for the partner's own
// page.

import type { Runtime } from "../env.ts";
import { problemLine } from "../lib/problem.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import type { Gap, IncludedItem, PartnerExplanation, PartnerItem, RuleVerdict } from "./answers.ts";
import { type FeedItems, feedItems } from "./feed-items.ts";
import type { Policy } from "./policy.ts";
import { explainRules, type ItemState } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import { candidateBySlug, type PartnerCandidate } from "./sql-items.ts";
import { gapRows, type HeldVersion, heldVersions, type UnfetchedRow } from "./sql-ledger.ts";

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
): Promise<{ readonly included: readonly IncludedItem[]; readonly leftOut: readonly PartnerItem[] }> {
  const { selected, leftOut } = await feedItems(runtime, record, now);
  const ids = selected.map(({ candidate }) => candidate.id);
  const held = reader === "partner" ? [] : await heldVersions(runtime.env.DB, record.policy.id, ids);
  return {
    included: selected.map(({ candidate, state }) => ({
      ...basicsOf(candidate),
      version: candidate.version,
      held: lastHeld(held.filter(({ articleId }) => articleId === candidate.id)),
      // The partner isn't shown the headline of a withdrawn article again.
      ...(state === "removed" && reader === "partner" ? { headline: t("Withdrawn") } : {}),
      problems: saidOf(candidate, state),
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

/** The newest of an article's versions that the partner fetched; null for none. */
function lastHeld(versions: readonly HeldVersion[]): IncludedItem["held"] {
  const last = versions.findLast(({ fetchedAt }) => fetchedAt !== null);
  return last?.fetchedAt ? { version: last.version, at: last.fetchedAt } : null;
}

/** How long a partner may take to fetch something before that counts as a gap. */
const GAP_SECONDS = 3600;
const GAPS_LIMIT = 200;

/**
 * What enabled partners should have and haven't, of one or of all: first withdrawals that weren't fetched,
 * then the others, newest first. @throws Error, when D1 fails.
 */
export async function partnerGaps({ env }: Runtime, now: Instant, partner?: string): Promise<readonly Gap[]> {
  const before = addSeconds(now, -GAP_SECONDS);
  const { unfetched, refused } = await gapRows(env.DB, before, GAPS_LIMIT, partner);
  const kindOf = ({ event, has }: UnfetchedRow): Gap["kind"] =>
    event === "article.retracted" ? "retracted" : has === null ? "never" : "older";
  const gaps: Gap[] = [
    ...unfetched.map(({ event, ...row }) => ({ ...row, kind: kindOf({ event, ...row }), problems: [] })),
    ...refused.map((row) => ({
      ...{ ...row, kind: "refused" as const, has: null },
      problems: plain(row.problems),
    })),
  ];
  return gaps.toSorted(
    (a, b) => Number(b.kind === "retracted") - Number(a.kind === "retracted") || (a.since < b.since ? 1 : -1),
  );
}

/**
 * Rule by rule, why an article is in a partner's feed or not; undefined if no article has this slug. `feed`
 * is what the feed holds, if that is known already.
 */
export async function explainArticle(
  runtime: Runtime,
  record: PartnerRecord,
  slug: string,
  now: Instant,
  feed?: FeedItems,
): Promise<PartnerExplanation | undefined> {
  const { env, site } = runtime;
  const { policy } = record;
  const candidate = await candidateBySlug(env.DB, policy.id, slug);
  if (!candidate) return undefined;
  const { selected, leftOut } = feed ?? (await feedItems(runtime, record, now));
  const item = selected.find((one) => one.candidate.id === candidate.id);
  const out = leftOut.find((one) => one.candidate.id === candidate.id);
  const rules = explainRules(policy, candidate, site, now);
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
      const advice = (item.candidate.item?.problems ?? []).map(problemLine);
      const says = advice.length === 0 ? "finds no problem" : advice.join("; ");
      return { rule: "profile", passed: true, says };
    }
    return { rule: "limits", passed: false, says: beyondLimits(policy) };
  }
}

/** What the ledger has on an article: its last version in the feed, and which one the partner fetched. */
async function ledgerFacts(
  { env }: Runtime,
  partner: string,
  { id }: PartnerCandidate,
): Promise<PartnerExplanation["ledger"]> {
  const held = await heldVersions(env.DB, partner, [id]);
  const [first] = held;
  const current = held.at(-1);
  if (!first || !current) return null;
  return {
    firstServed: first.fetchedAt,
    lastFetched: lastHeld(held)?.version ?? null,
    current: current.version,
    event: current.event,
    fetchedSince: current.fetchedAt !== null,
  };
}

/** Why an article that passed every rule is not in the feed. */
export const beyondLimits = ({ limits }: Policy): string =>
  t("is not among the newest {count}, and older than 48 hours", { count: limits.items });

/** What lists say of an article. */
export const basicsOf = ({ slug, headline, published }: PartnerCandidate) => ({ slug, headline, published });

/** What lists say of an article that is in the feed: what the linter advises, or that it is withdrawn. */
export const saidOf = ({ item }: PartnerCandidate, state: ItemState | undefined): PartnerItem["problems"] =>
  state === "removed"
    ? [{ path: "", message: t("is in the feed as withdrawn") }]
    : plain(item?.problems ?? []);

const plain = (problems: PartnerItem["problems"]): PartnerItem["problems"] =>
  problems.map(({ path, message }) => ({ path, message }));
