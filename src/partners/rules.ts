// Which articles a partner gets, and when: the policy's rules and the profile's bounds in time, read off an article's facts.
// Whether a story then fits the format, its linter says.

import type { StoredArticle } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { slugify } from "../lib/text.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { RuleVerdict } from "./answers.ts";
import { type Policy, secondsOf } from "./policy.ts";
import type { Profile } from "./profile.ts";
import type { PartnerCandidate } from "./sql-items.ts";

/** From when to when a partner may see an article; `embargoed` before its publication. */
export interface Window {
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
export function windowOf(policy: Policy, profile: Profile, { published, expires }: PartnerCandidate): Window {
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
