// Which articles a partner gets: by the policy's rules about an article (`selection`) and about time (`timing`), and at a
// moment (`choose`). A feed holds the newest articles that pass every rule, all of the last 48 hours, those that changed
// within them, and the signs of removed ones, within the limits of policy and profile. Pure.

import type { StoredArticle } from "../article/article.ts";
import { uriOf } from "../article/article-id.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { slugify } from "../lib/text.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { RuleVerdict } from "./answers.ts";
import { type Policy, secondsOf } from "./policy.ts";
import type { Profile } from "./profile.ts";
import type { PartnerCandidate } from "./sql-items.ts";

/** The form in which an article is in the feed. */
export type Standing = "story" | "embargoed" | "removed";

/** An article that stands in the feed. */
export interface Chosen {
  readonly candidate: PartnerCandidate;
  readonly standing: Standing;
}

/** An article that doesn't, and the rule that keeps it out. */
interface LeftOut {
  readonly candidate: PartnerCandidate;
  readonly rule: string;
  readonly says: string;
  /** The partner may know of it: it is selected, and its time has come. */
  readonly open: boolean;
}

/** A partner's feed at a moment. */
export interface Choice {
  /** Newest first. */
  readonly shown: readonly Chosen[];
  readonly leftOut: readonly LeftOut[];
  /** The next moment at which any of it changes by itself. */
  readonly nextChange?: Instant;
}

/** A partner that polls every 48 hours misses nothing; an hour more, since no poll is on time to the second. */
const RECENT_SECONDS = 49 * 3600;
/** Room for what stands round the entries. */
const ENVELOPE_BYTES = 10_000;
/** A tombstone without its id. */
const TOMBSTONE_BYTES = 100;

/** The earliest publication that is in the feed for its age alone. */
export const recentEdge = ({ delay }: Pick<Policy, "delay">, now: Instant): Instant =>
  addSeconds(now, -RECENT_SECONDS - secondsOf(delay));

/** How far back changes and removals of articles still matter to the feed. */
export const lateEdges = ({ retraction }: Pick<Policy, "retraction">, now: Instant) => ({
  changed: addSeconds(now, -RECENT_SECONDS),
  gone: addSeconds(now, -Math.max(RECENT_SECONDS, secondsOf(retraction))),
});

/**
 * Chooses from `candidates`, which must hold all that are new or were changed lately. `made` says what making an entry
 * found: the sentence that keeps it out, or its bytes; undefined for one that wasn't made yet, and is taken to fit.
 */
export function choose(
  candidates: readonly PartnerCandidate[],
  made: (chosen: Chosen) => { readonly refusal: string } | { readonly bytes: number } | undefined,
  { policy, profile, site }: { readonly policy: Policy; readonly profile: Profile; readonly site: Site },
  now: Instant,
): Choice {
  const leftOut: LeftOut[] = [];
  const changes: Instant[] = [];
  const fitting: Chosen[] = [];
  for (const candidate of candidates.toSorted(newestFirst)) {
    const chosen = standingOf(candidate);
    if (!chosen) continue;
    const found = made(chosen);
    if (found && "refusal" in found)
      leftOut.push({ candidate, rule: "profile", says: found.refusal, open: chosen.standing === "story" });
    else fitting.push(chosen);
  }
  const shown = withinLimits(fitting.filter(isWanted()));
  const next = changes.filter((at) => at > now).sort()[0];
  return { shown, leftOut, ...omitUndefined({ nextChange: next }) };

  function standingOf(candidate: PartnerCandidate): Chosen | undefined {
    const { published, withdrawnAt, syndicate, known } = candidate;
    if (known && (withdrawnAt !== undefined || !syndicate)) {
      const end = addSeconds(goneAt(candidate), secondsOf(policy.retraction));
      changes.push(end);
      if (end > now && isTold(candidate)) return { candidate, standing: "removed" };
    }
    const selected = selection(policy, candidate, site);
    const failed = [...selected, ...timing(policy, profile, candidate, now)].find(({ passed }) => !passed);
    const { from = published, until } = windowOf(policy, profile, candidate);
    changes.push(from, ...(until === undefined ? [] : [until]));
    if (failed) {
      const open = selected.every(({ passed }) => passed) && from <= now && withdrawnAt === undefined;
      leftOut.push({ candidate, rule: failed.rule, says: failed.says, open });
      return undefined;
    }
    return { candidate, standing: published > now ? "embargoed" : "story" };
  }

  /** Whether the partner gets a sign of removal. A notice only for a withdrawn article whose notice readers got too. */
  function isTold({ withdrawnAt, noticed }: PartnerCandidate): boolean {
    if (profile.removal === "absence") return false;
    return profile.removal !== "notice" || (withdrawnAt !== undefined && noticed);
  }

  /** The newest `limits.items` stories, and any others that are new or changed since a poll two days ago. */
  function isWanted(): (chosen: Chosen) => boolean {
    let stories = 0;
    return ({ candidate, standing }) => {
      if (standing === "removed") return true;
      stories++;
      if (stories <= policy.limits.items) return true;
      const seen = [
        addSeconds(candidate.published, secondsOf(policy.delay)),
        ...(candidate.known ? [candidate.changedAt] : []),
      ];
      const ends = seen.map((at) => addSeconds(at, RECENT_SECONDS));
      changes.push(...ends);
      return ends.some((end) => end > now);
    };
  }

  /** The latest removals get up to half of the space first; stories fill the rest, and the oldest are left out. */
  function withinLimits(wanted: readonly Chosen[]): readonly Chosen[] {
    const items = profile.limits.items ?? Number.POSITIVE_INFINITY;
    const bytes =
      Math.min(
        profile.limits.bytes ?? Number.POSITIVE_INFINITY,
        policy.limits.bytes ?? Number.POSITIVE_INFINITY,
      ) - ENVELOPE_BYTES;
    let count = 0;
    let length = 0;
    const fill = (list: readonly Chosen[], rule: string, share: number): readonly Chosen[] => {
      const end = list.findIndex((chosen) => {
        const next = length + bytesOf(chosen);
        if (count + 1 > Math.ceil(items * share) || next > bytes * share) return true;
        count++;
        length = next;
        return false;
      });
      if (end === -1) return list;
      const says = `the feed is full with ${count} articles of ${length} bytes; ${profile.name} takes ${limitsInWords(items, bytes)}`;
      for (const { candidate, standing } of list.slice(end))
        leftOut.push({ candidate, rule, says, open: standing === "story" });
      return list.slice(0, end);
    };
    const isSign = ({ standing }: Chosen) => standing === "removed";
    const signs = fill(wanted.filter(isSign).toSorted(latestGoneFirst), "retraction", 1 / 2);
    const stories = fill(
      wanted.filter((chosen) => !isSign(chosen)),
      "limits",
      1,
    );
    const kept = new Set([...signs, ...stories]);
    return wanted.filter((chosen) => kept.has(chosen));
  }

  function bytesOf(chosen: Chosen): number {
    if (chosen.standing === "removed" && profile.removal === "tombstone")
      return TOMBSTONE_BYTES + uriOf(chosen.candidate.id, site.tag).length;
    const found = made(chosen);
    return found && "bytes" in found ? found.bytes : 0;
  }
}

const limitsInWords = (items: number, bytes: number): string =>
  [
    ...(Number.isFinite(items) ? [`${items} articles`] : []),
    ...(Number.isFinite(bytes) ? [`${bytes + ENVELOPE_BYTES} bytes`] : []),
  ].join(" and ");

const newestFirst = (a: PartnerCandidate, b: PartnerCandidate): number =>
  a.published === b.published ? (a.id < b.id ? -1 : 1) : a.published > b.published ? -1 : 1;

const latestGoneFirst = ({ candidate: a }: Chosen, { candidate: b }: Chosen): number =>
  goneAt(a) === goneAt(b) ? newestFirst(a, b) : goneAt(a) > goneAt(b) ? -1 : 1;

/** When an article was withdrawn, or taken from partners. */
export const goneAt = ({ withdrawnAt, changedAt }: PartnerCandidate): Instant => withdrawnAt ?? changedAt;

/** From when to when a partner may see an article; `embargoed` before its publication. */
interface Window {
  readonly from?: Instant;
  readonly until?: Instant;
}

/** What selection looks at. */
type Selectable = Pick<StoredArticle, "syndicate" | "section" | "language" | "sponsored"> & {
  readonly tags: readonly string[];
};

/** The verdict of each selection rule; a partner gets an article only if all pass. Time is judged by `timing`. */
export function selection(
  { select }: Policy,
  { syndicate, section, tags, language, sponsored }: Selectable,
  site: Pick<Site, "language">,
): readonly RuleVerdict[] {
  const spoken = language ?? site.language;
  const verdict = (rule: string, passed: boolean, says: string): RuleVerdict => ({ rule, passed, says });
  return [
    verdict("syndicate", syndicate, syndicate ? "may go to partners" : "is marked syndicate: false"),
    ...(select.sections
      ? [
          verdict(
            "select.sections",
            section !== undefined && select.sections.includes(section),
            section === undefined
              ? `is in no section; wanted is ${oneOf(select.sections)}`
              : `is in ${section}; wanted is ${oneOf(select.sections)}`,
          ),
        ]
      : []),
    ...(select.tags
      ? [
          verdict(
            "select.tags",
            select.tags.some((tag) => tags.some((own) => isSameTag(own, tag))),
            `has ${tags.length === 0 ? "no tags" : `the tags ${tags.join(", ")}`}; wanted is ${oneOf(select.tags)}`,
          ),
        ]
      : []),
    ...(select.languages
      ? [
          verdict(
            "select.languages",
            select.languages.some((wanted) => spoken === wanted || spoken.startsWith(`${wanted}-`)),
            `is in ${spoken}; wanted is ${oneOf(select.languages)}`,
          ),
        ]
      : []),
    ...(sponsored || select.sponsored
      ? [
          verdict(
            "select.sponsored",
            select.sponsored || !sponsored,
            sponsored ? "is sponsored" : "is not sponsored",
          ),
        ]
      : []),
  ];
}

/** When a partner may see an article: after the delay, or at once under an embargo; until the first of all ends. */
function windowOf(policy: Policy, profile: Profile, { published, expires }: PartnerCandidate): Window {
  const ends = [
    expires,
    ...endsOf(policy, profile).map(({ seconds }) => addSeconds(published, seconds)),
  ].filter((end) => end !== undefined);
  const until = ends.sort()[0];
  return {
    ...(policy.embargoed ? {} : { from: addSeconds(published, secondsOf(policy.delay)) }),
    ...omitUndefined({ until }),
  };
}

/** Articles published before this are too old for the feed; "" if there is no age limit. */
export function ageEdge(policy: Policy, profile: Profile, now: Instant): string {
  const seconds = endsOf(policy, profile).map((end) => end.seconds);
  return seconds.length === 0 ? "" : addSeconds(now, -Math.min(...seconds));
}

/** What the rules about time say at `now`. */
export function timing(
  policy: Policy,
  profile: Profile,
  candidate: PartnerCandidate,
  now: Instant,
): readonly RuleVerdict[] {
  const { published, expires, withdrawnAt } = candidate;
  const { from } = windowOf(policy, profile, candidate);
  const start =
    from === undefined
      ? published > now
        ? `${withdrawnAt === undefined ? "comes" : "would have come"} at once, under an embargo until ${published}`
        : `was published ${published}`
      : from > now
        ? `${withdrawnAt === undefined ? "comes" : "would have come"} ${from}`
        : `was published ${published}`;
  return [
    // First, since no other rule matters for a withdrawn article.
    ...(withdrawnAt === undefined
      ? []
      : [{ rule: "withdrawn", passed: false, says: `was withdrawn ${withdrawnAt}` }]),
    {
      rule: policy.embargoed
        ? "embargoed"
        : published > now || secondsOf(policy.delay) === 0
          ? "published"
          : "delay",
      passed: from === undefined || from <= now,
      says: start,
    },
    ...(expires === undefined
      ? []
      : [{ rule: "expires", passed: expires > now, says: `${expires > now ? "ends" : "ended"} ${expires}` }]),
    ...endsOf(policy, profile).map(({ rule, seconds }) => {
      const end = addSeconds(published, seconds);
      return {
        rule,
        passed: end > now,
        says: `${end > now ? "is too old from" : "has been too old since"} ${end}`,
      };
    }),
  ];
}

/** Rules after which an article goes again, with their seconds after its publication. */
const endsOf = (policy: Policy, profile: Profile) =>
  [
    { rule: "expire", seconds: policy.expire === undefined ? undefined : secondsOf(policy.expire) },
    { rule: "select.maxAge", seconds: policy.select.maxAge && secondsOf(policy.select.maxAge) },
    { rule: `profile ${profile.name}`, seconds: profile.limits.ageSeconds },
  ].flatMap(({ rule, seconds }) => (typeof seconds === "number" ? [{ rule, seconds }] : []));

// Of a tag without letters or digits nothing is left in a slug.
const isSameTag = (own: string, wanted: string): boolean =>
  own === wanted || (slugify(own) === slugify(wanted) && slugify(own) !== "");

const oneOf = (list: readonly string[]): string =>
  list.length === 1 ? (list[0] ?? "") : `one of ${list.join(", ")}`;
