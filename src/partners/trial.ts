// What a policy would do if it were stored: which of the newest articles match, and what changes in the feed.
// The same selection and the same profiles as in a build. Nothing is stored but pictures that were converted,
// which a build would convert again.

import type { Runtime } from "../env.ts";
import { sha256 } from "../lib/digest.ts";
import { type Instant, newestFirst } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import type { PartnerItem, PolicyTrial } from "./answers.ts";
import { type FeedItems, feedItems } from "./feed-items.ts";
import { writeCounted } from "./fetches.ts";
import { describePolicy } from "./partner-words.ts";
import type { Policy } from "./policy.ts";
import { basicsOf, beyondLimits, saidOf } from "./report.ts";
import type { SelectedItem } from "./selection.ts";
import { type PartnerRecord, partnerById } from "./sql.ts";
import type { PartnerCandidate } from "./sql-items.ts";
import { heldVersions } from "./sql-ledger.ts";

const NEWEST_LIMIT = 100;

/** A trial, and what it was made from. */
export interface Tried {
  readonly trial: Omit<PolicyTrial, "chosen">;
  /** The partner as it would be. */
  readonly record: PartnerRecord;
  readonly feed: FeedItems;
  /** The partner as it is; undefined for a new one. */
  readonly stored: PartnerRecord | undefined;
}

/** Tries a policy that was checked. @throws Error, when D1 fails. */
export async function tryPolicy(runtime: Runtime, policy: Policy, now: Instant): Promise<Tried> {
  const { DB } = runtime.env;
  const digest = await sha256(JSON.stringify(policy));
  const stored = await partnerById(DB, policy.id);
  // So that the ledger has what the partner fetched a moment ago.
  if (stored) await writeCounted(runtime, policy.id);
  const record: PartnerRecord = { policy, digest, generation: 0 };
  const feed = await feedItems(runtime, record, now);
  const old = stored && (stored.digest === digest ? feed : await feedItems(runtime, stored, now));
  const after = itemsOf(record, feed);
  const before = stored && old ? itemsOf(stored, old) : new Map<string, SelectedItem>();
  const why = reasons(record, feed);
  const itemOf = (candidate: PartnerCandidate): PartnerItem => ({
    ...basicsOf(candidate),
    problems: why(candidate),
  });

  const joining = [...after.values()].filter(({ candidate }) => !before.has(candidate.id));
  const leaving = [...before.values()].filter(({ candidate }) => !after.has(candidate.id));
  const fetched = await fetchedVersions(DB, policy.id, leaving);
  return {
    record,
    feed,
    stored,
    trial: {
      change: stored === undefined ? "created" : stored.digest === digest ? "unchanged" : "updated",
      rules: changedRules(stored?.policy, policy),
      before: before.size,
      after: after.size,
      joins: joining.map(({ candidate }) => itemOf(candidate)),
      leaves: leaving.map(({ candidate }) => ({
        // Judged by the new policy where that one has looked at it.
        ...itemOf(feed.candidates.find(({ id }) => id === candidate.id) ?? candidate),
        fetched: fetched.get(candidate.id) ?? null,
      })),
      signs: signsOf(old).filter((id) => !signsOf(feed).includes(id)).length,
      rewritten: [...after].filter(([id, { candidate }]) => {
        const was = before.get(id)?.candidate.item;
        return was !== undefined && was.hash !== candidate.item?.hash;
      }).length,
      newest: feed.candidates
        .toSorted(newestFirst)
        .slice(0, NEWEST_LIMIT)
        .map((candidate) => ({
          ...itemOf(candidate),
          included: after.has(candidate.id),
          was: stored === undefined ? null : before.has(candidate.id),
        })),
    },
  };
}

/** The articles that a partner can fetch, by their ids: none while it is disabled. */
const itemsOf = ({ policy }: PartnerRecord, { selected }: FeedItems): ReadonlyMap<string, SelectedItem> =>
  new Map(
    selected
      .filter(({ state }) => policy.enabled && state !== "removed")
      .map((item) => [item.candidate.id, item]),
  );

const signsOf = (feed: FeedItems | undefined): readonly string[] =>
  (feed?.selected ?? []).filter(({ state }) => state === "removed").map(({ candidate }) => candidate.id);

/** For each article what the linter advises, or the rule that keeps it out. */
function reasons(
  { policy }: PartnerRecord,
  { selected, leftOut }: FeedItems,
): (candidate: PartnerCandidate) => PartnerItem["problems"] {
  const states = new Map(selected.map(({ candidate, state }) => [candidate.id, state]));
  const out = new Map(leftOut.map((one) => [one.candidate.id, one]));
  return (candidate) => {
    const left = out.get(candidate.id);
    if (left) return [{ path: left.rule, message: left.explain() }];
    if (!policy.enabled) return [{ path: "enabled", message: t("is disabled: every request is refused") }];
    if (!states.has(candidate.id)) return [{ path: "limits", message: beyondLimits(policy) }];
    return saidOf(candidate, states.get(candidate.id));
  };
}

/** The version of each article that the partner has fetched last. */
async function fetchedVersions(
  db: Runtime["env"]["DB"],
  partner: string,
  items: readonly SelectedItem[],
): Promise<ReadonlyMap<string, number>> {
  if (items.length === 0) return new Map();
  const ids = items.map(({ candidate }) => candidate.id);
  const held = await heldVersions(db, partner, ids);
  return new Map(
    held.filter(({ fetchedAt }) => fetchedAt !== null).map(({ articleId, version }) => [articleId, version]),
  );
}

/** The keys whose words differ; for a new partner none. */
function changedRules(stored: Policy | undefined, policy: Policy): PolicyTrial["rules"] {
  if (stored === undefined) return [];
  const [before, after] = [stored, policy].map((one) => new Map(wordsOf(one)));
  const keys = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...keys]
    .map((key) => ({ key, before: before?.get(key) ?? null, after: after?.get(key) ?? null }))
    .filter((rule) => rule.before !== rule.after);
}

/** A policy in words, with what `describePolicy` leaves to others. */
const wordsOf = (policy: Policy): readonly (readonly [string, string])[] => [
  ["name", policy.name],
  ["enabled", policy.enabled ? "yes" : "no"],
  ["profile", policy.profile],
  ["access", policy.access],
  ...describePolicy(policy),
];
