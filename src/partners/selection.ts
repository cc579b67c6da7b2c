// Which articles a partner gets. Pure.
//
// `select` judges one article by the policy's rules about its content. `explainRules`
// says in sentences what each rule finds. `selectItems` makes up a whole feed: the newest articles that pass
// every rule, all of the last 48 hours, those that changed within them, and the signs of removed ones, within
// the limits of policy and profile.

import type { StoredArticle } from "../article/article.ts";
import { uriOf } from "../article/article-id.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined, present } from "../lib/omit-undefined.ts";
import { slugify } from "../lib/text.ts";
import { addSeconds, type Instant, newestFirst } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import type { RuleVerdict } from "./answers.ts";
import { type Policy, secondsOf } from "./policy.ts";
import type { Profile } from "./profile.ts";
import { PROFILES } from "./profiles/index.ts";
import type { PartnerCandidate } from "./sql-items.ts";

/**
 * The form in which an article is in the feed: `embargoed` before its publication, `removed` after its
 * withdrawal.
 */
export type ItemState = "published" | "embargoed" | "removed";

/** An article that is in the feed. */
export interface SelectedItem {
  readonly candidate: PartnerCandidate;
  readonly state: ItemState;
}

/** An article that is not in the feed, and the rule that keeps it out. */
interface LeftOut {
  readonly candidate: PartnerCandidate;
  readonly rule: string;
  /** The reason, as one sentence without a full stop. */
  readonly explain: () => string;
  /** Whether the partner may be told of it: the policy selects it, and its time has come. */
  readonly isForPartner: boolean;
}

/** The contents of a partner's feed at a moment. */
export interface Selection {
  /** Newest first. */
  readonly selected: readonly SelectedItem[];
  readonly leftOut: readonly LeftOut[];
  /** The next moment at which the selection changes without an edit. */
  readonly nextChange?: Instant;
}

/** What rendering an item gave: the sentence that keeps it out, or its bytes. */
export type RenderedItem = { readonly refusal: string } | { readonly bytes: number };

/** What the rules about content look at. */
type Selectable = Pick<StoredArticle, "syndicate" | "section" | "language" | "sponsored"> & {
  readonly tags: readonly string[];
};

/** A rule with its verdict. The sentence is made on demand, as a build judges up to 2,000 articles. */
interface Rule extends Pick<RuleVerdict, "rule" | "passed"> {
  readonly explain: () => string;
}

/** A partner that polls every 48 hours misses nothing. The 49th hour is for polls that come late. */
const RECENT_SECONDS = 49 * 3600;
/** Room for the envelope, which holds the entries. */
const ENVELOPE_BYTES = 10_000;
/** A tombstone without its id. */
const TOMBSTONE_BYTES = 100;

/**
 * Whether a policy selects an article by its content. Time is another matter: the article may be too old, or
 * not out.
 */
export const select = (policy: Policy, article: Selectable, site: Pick<Site, "language">): boolean =>
  contentRules(policy, article, site).every(({ passed }) => passed);

/**
 * What each rule says of an article at `now`: whether the partner is enabled, then those on content and time.
 */
export const explainRules = (
  policy: Policy,
  candidate: PartnerCandidate,
  site: Pick<Site, "language">,
  now: Instant,
): readonly RuleVerdict[] => [
  {
    rule: "enabled",
    passed: policy.enabled,
    says: policy.enabled ? t("is enabled") : t("is disabled: every request is refused"),
  },
  ...contentRules(policy, candidate, site).map(explained),
  ...explainTiming(policy, PROFILES[policy.profile], candidate, now),
];

/** What each rule about time says of an article at `now`. */
export const explainTiming = (
  policy: Policy,
  profile: Profile,
  candidate: PartnerCandidate,
  now: Instant,
): readonly RuleVerdict[] => timeRules(policy, profile, candidate, now).map(explained);

/** An article published at this moment or later is in the feed, whatever the policy's number of items. */
export const recentSince = ({ delay }: Pick<Policy, "delay">, now: Instant): Instant =>
  addSeconds(now, -RECENT_SECONDS - secondsOf(delay));

/** Since when changes and removals of articles still matter to the feed. */
export const lateSince = ({ retraction }: Pick<Policy, "retraction">, now: Instant) => ({
  changed: addSeconds(now, -RECENT_SECONDS),
  removed: addSeconds(now, -Math.max(RECENT_SECONDS, secondsOf(retraction))),
});

/** Articles published before this are too old for the feed; "" if there is no age limit. */
export function oldestAllowed(policy: Policy, profile: Profile, now: Instant): string {
  const seconds = ageLimits(policy, profile).map((end) => end.seconds);
  return seconds.length === 0 ? "" : addSeconds(now, -Math.min(...seconds));
}

/** When an article was withdrawn, or marked `syndicate: false`. */
export const removedAt = ({ withdrawnAt, changedAt }: PartnerCandidate): Instant => withdrawnAt ?? changedAt;

/**
 * Selects from `candidates`, which must hold every article that is new or was changed lately. `rendered` says
 * what rendering an item gave; undefined for an item that isn't rendered yet, which counts as 0 bytes.
 */
export function selectItems(
  candidates: readonly PartnerCandidate[],
  rendered: (item: SelectedItem) => RenderedItem | undefined,
  { policy, profile, site }: { readonly policy: Policy; readonly profile: Profile; readonly site: Site },
  now: Instant,
): Selection {
  const leftOut: LeftOut[] = [];
  /** Moments at which the selection changes, past ones too. */
  const changes: Instant[] = [];
  const fitting: SelectedItem[] = [];
  for (const candidate of candidates.toSorted(newestFirst)) {
    const item = judge(candidate);
    if (!item) continue;
    const entry = rendered(item);
    if (entry && "refusal" in entry) leaveOut(item, "profile", () => entry.refusal);
    else fitting.push(item);
  }
  const selected = withinLimits(fitting.filter(isNewOrChanged()));
  const nextChange = changes.filter((at) => at > now).sort()[0];
  return { selected, leftOut, ...omitUndefined({ nextChange }) };

  /** The article as an item; undefined where a rule leaves it out. */
  function judge(candidate: PartnerCandidate): SelectedItem | undefined {
    const { published, withdrawnAt, syndicate, known } = candidate;
    if (known && (withdrawnAt !== undefined || !syndicate)) {
      const end = addSeconds(removedAt(candidate), secondsOf(policy.retraction));
      changes.push(end);
      if (end > now && hasRemovalSign(candidate)) return { candidate, state: "removed" };
    }
    const aboutContent = contentRules(policy, candidate, site);
    const failed = [...aboutContent, ...timeRules(policy, profile, candidate, now)].find(
      ({ passed }) => !passed,
    );
    const { from = published, until } = availability(policy, profile, candidate);
    changes.push(from, ...(until === undefined ? [] : [until]));
    if (failed) {
      const isSelected = aboutContent.every(({ passed }) => passed);
      const isForPartner = isSelected && from <= now && withdrawnAt === undefined;
      leftOut.push({ candidate, rule: failed.rule, explain: failed.explain, isForPartner });
      return undefined;
    }
    return { candidate, state: published > now ? "embargoed" : "published" };
  }

  /**
   * A profile whose sign is a notice shows one only for a withdrawal that readers were given a notice of too.
   */
  function hasRemovalSign({ withdrawnAt, noticed }: PartnerCandidate): boolean {
    if (profile.removal === "absence") return false;
    return profile.removal !== "notice" || (withdrawnAt !== undefined && noticed);
  }

  /**
   * The newest `limits.items` articles, and any others that are new or were changed since a poll two days
   * ago.
   */
  function isNewOrChanged(): (item: SelectedItem) => boolean {
    let count = 0;
    return ({ candidate, state }) => {
      if (state === "removed") return true;
      count++;
      if (count <= policy.limits.items) return true;
      const appeared = [
        addSeconds(candidate.published, secondsOf(policy.delay)),
        ...(candidate.known ? [candidate.changedAt] : []),
      ];
      const ends = appeared.map((at) => addSeconds(at, RECENT_SECONDS));
      changes.push(...ends);
      return ends.some((end) => end > now);
    };
  }

  /**
   * The latest removals get up to half of the space first. Articles fill the rest; the oldest are left out.
   */
  function withinLimits(items: readonly SelectedItem[]): readonly SelectedItem[] {
    const maxItems = profile.limits.items ?? Number.POSITIVE_INFINITY;
    const maxBytes = Math.min(
      profile.limits.bytes ?? Number.POSITIVE_INFINITY,
      policy.limits.bytes ?? Number.POSITIVE_INFINITY,
    );
    const entryBytes = maxBytes - ENVELOPE_BYTES;
    let count = 0;
    let length = 0;
    const fill = (list: readonly SelectedItem[], rule: string, share: number): readonly SelectedItem[] => {
      const end = list.findIndex((item) => {
        const next = length + bytesOf(item);
        if (count + 1 > Math.ceil(maxItems * share) || next > entryBytes * share) return true;
        count++;
        length = next;
        return false;
      });
      if (end === -1) return list;
      const [articles, bytes] = [count, length];
      const explain = () => fullFeed({ articles, bytes, profile: profile.name, maxItems, maxBytes });
      for (const item of list.slice(end)) leaveOut(item, rule, explain);
      return list.slice(0, end);
    };
    const isRemoval = ({ state }: SelectedItem) => state === "removed";
    const removals = fill(items.filter(isRemoval).toSorted(latestRemovalFirst), "retraction", 1 / 2);
    const articles = fill(
      items.filter((item) => !isRemoval(item)),
      "limits",
      1,
    );
    const kept = new Set([...removals, ...articles]);
    return items.filter((item) => kept.has(item));
  }

  function leaveOut({ candidate, state }: SelectedItem, rule: string, explain: () => string): void {
    leftOut.push({ candidate, rule, explain, isForPartner: state === "published" });
  }

  function bytesOf(item: SelectedItem): number {
    if (item.state === "removed" && profile.removal === "tombstone")
      return TOMBSTONE_BYTES + uriOf(item.candidate.id, site.tag).length;
    const entry = rendered(item);
    return entry && "bytes" in entry ? entry.bytes : 0;
  }
}

function contentRules(
  { select: criteria }: Policy,
  { syndicate, section, tags, language, sponsored }: Selectable,
  site: Pick<Site, "language">,
): readonly Rule[] {
  const { sections, tags: wantedTags, languages } = criteria;
  const spoken = language ?? site.language;
  return present<Rule>(
    {
      rule: "syndicate",
      passed: syndicate,
      explain: () => (syndicate ? t("may go to partners") : t("is marked syndicate: false")),
    },
    sections && {
      rule: "select.sections",
      passed: section !== undefined && sections.includes(section),
      explain: () => {
        const wanted = sections.join(", ");
        return section === undefined
          ? t("is in no section; the policy selects {wanted}", { wanted })
          : t("is in {section}; the policy selects {wanted}", { section, wanted });
      },
    },
    wantedTags && {
      rule: "select.tags",
      passed: wantedTags.some((tag) => tags.some((own) => isSameTag(own, tag))),
      explain: () => {
        const wanted = wantedTags.join(", ");
        return tags.length === 0
          ? t("has no tags; the policy selects {wanted}", { wanted })
          : t("has the tags {tags}; the policy selects {wanted}", { tags: tags.join(", "), wanted });
      },
    },
    languages && {
      rule: "select.languages",
      passed: languages.some((one) => spoken === one || spoken.startsWith(`${one}-`)),
      explain: () =>
        t("is in {language}; the policy selects {wanted}", {
          language: spoken,
          wanted: languages.join(", "),
        }),
    },
    (sponsored || criteria.sponsored) && {
      rule: "select.sponsored",
      passed: criteria.sponsored || !sponsored,
      explain: () => (sponsored ? t("is sponsored") : t("is not sponsored")),
    },
  );
}

function timeRules(
  policy: Policy,
  profile: Profile,
  candidate: PartnerCandidate,
  now: Instant,
): readonly Rule[] {
  const { published, expires, withdrawnAt } = candidate;
  const { from } = availability(policy, profile, candidate);
  return present<Rule>(
    // First, since no other rule matters for a withdrawn article.
    withdrawnAt !== undefined && {
      rule: "withdrawn",
      passed: false,
      explain: () => t("was withdrawn {time}", { time: withdrawnAt }),
    },
    {
      rule: startRule(),
      passed: from === undefined || from <= now,
      explain: () => {
        if ((from ?? published) <= now) return t("was published {time}", { time: published });
        if (withdrawnAt === undefined)
          return from === undefined
            ? t("comes at once, under an embargo until {time}", { time: published })
            : t("comes {time}", { time: from });
        return from === undefined
          ? t("would have come at once, under an embargo until {time}", { time: published })
          : t("would have come {time}", { time: from });
      },
    },
    expires !== undefined && {
      rule: "expires",
      passed: expires > now,
      explain: () =>
        expires > now ? t("ends {time}", { time: expires }) : t("ended {time}", { time: expires }),
    },
    ...ageLimits(policy, profile).map(({ rule, seconds }) => {
      const end = addSeconds(published, seconds);
      const passed = end > now;
      return {
        rule,
        passed,
        explain: () =>
          passed
            ? t("is too old from {time}", { time: end })
            : t("has been too old since {time}", { time: end }),
      };
    }),
  );

  function startRule(): string {
    if (policy.embargoed) return "embargoed";
    return published > now || secondsOf(policy.delay) === 0 ? "published" : "delay";
  }
}

/**
 * When a partner may have an article; `from` is missing where that is before its publication, under an
 * embargo.
 */
function availability(
  policy: Policy,
  profile: Profile,
  { published, expires }: PartnerCandidate,
): { readonly from?: Instant; readonly until?: Instant } {
  const ends = present(
    expires,
    ...ageLimits(policy, profile).map(({ seconds }) => addSeconds(published, seconds)),
  );
  return omitUndefined({
    from: policy.embargoed ? undefined : addSeconds(published, secondsOf(policy.delay)),
    until: ends.toSorted()[0],
  });
}

/** Rules that end an article's time in the feed, each with its seconds after publication. */
const ageLimits = (policy: Policy, profile: Profile) =>
  [
    { rule: "expire", seconds: policy.expire === undefined ? undefined : secondsOf(policy.expire) },
    { rule: "select.maxAge", seconds: policy.select.maxAge && secondsOf(policy.select.maxAge) },
    { rule: `profile ${profile.name}`, seconds: profile.limits.ageSeconds },
  ].flatMap(({ rule, seconds }) => (typeof seconds === "number" ? [{ rule, seconds }] : []));

const explained = ({ rule, passed, explain }: Rule): RuleVerdict => ({ rule, passed, says: explain() });

// The slug of a tag without letters or digits is empty, so such tags are compared as they are.
const isSameTag = (own: string, wanted: string): boolean =>
  own === wanted || (slugify(own) === slugify(wanted) && slugify(own) !== "");

function fullFeed(values: {
  readonly articles: number;
  readonly bytes: number;
  readonly profile: string;
  readonly maxItems: number;
  readonly maxBytes: number;
}): string {
  if (!Number.isFinite(values.maxBytes))
    return t(
      "the feed is full with {articles} articles of {bytes} bytes; {profile} takes {maxItems} articles",
      values,
    );
  return Number.isFinite(values.maxItems)
    ? t(
        "the feed is full with {articles} articles of {bytes} bytes; {profile} takes {maxItems} articles and {maxBytes} bytes",
        values,
      )
    : t(
        "the feed is full with {articles} articles of {bytes} bytes; {profile} takes {maxBytes} bytes",
        values,
      );
}

const latestRemovalFirst = ({ candidate: a }: SelectedItem, { candidate: b }: SelectedItem): number =>
  removedAt(a) === removedAt(b) ? newestFirst(a, b) : removedAt(a) > removedAt(b) ? -1 : 1;
