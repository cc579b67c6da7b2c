// A policy in words, and what keeps a partner from its articles: for the command line, the desk and the
// partner's own page. Pure.

import { either } from "../lib/listed.ts";
import { present } from "../lib/omit-undefined.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { plural, t } from "../lib/translate.ts";
import type { PartnerSummary } from "./answers.ts";
import type { Policy, ProfileName } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";

/** What each format is, and for whom. */
export const PROFILE_WORDS: Readonly<Record<ProfileName, string>> = {
  rss: t("RSS 2.0, for any feed reader"),
  atom: t("Atom 1.0"),
  json: t("JSON Feed 1.1"),
  "google-news-sitemap": t("a sitemap of the last two days, for search engines"),
  msn: t("RSS as {partner} takes it", { partner: "MSN" }),
  smartnews: t("RSS as {partner} takes it", { partner: "SmartNews (SmartFormat)" }),
  flipboard: t("RSS as {partner} takes it", { partner: "Flipboard" }),
  newsbreak: t("RSS as {partner} takes it", { partner: "NewsBreak" }),
  yahoo: t("RSS as {partner} takes it", { partner: "Yahoo" }),
  ninjs: t("JSON of the IPTC, for agencies and their clients"),
};

/** How a partner identifies itself. */
export const ACCESS_WORDS: Readonly<Record<Policy["access"], string>> = {
  bearer: t("a token in a header"),
  basic: t("id and token, as user name and password"),
  path: t("a token in the address"),
  public: t("anybody, without a token"),
};

/** A policy in words: each key that says something, with what it says. */
export function describePolicy(policy: Policy): readonly (readonly [key: string, words: string])[] {
  const { content, delay, expire, embargoed, limits, attribution, retraction, push } = policy;
  const parameters = new URLSearchParams(policy.link.parameters).toString();
  const articles = plural(limits.items, { one: "{count} article", other: "{count} articles" });
  const rules: readonly (readonly [string, string | false | undefined])[] = [
    ["select", selection(policy.select)],
    ["content", typeof content === "string" ? CONTENT[content] : paragraphs(content.paragraphs)],
    ["delay", delay !== "0" && afterPublication(delay)],
    ["expire", expire !== undefined && afterPublication(expire)],
    ["embargoed", embargoed && t("scheduled articles too, marked as such")],
    ["limits", limits.bytes === undefined ? articles : `${articles}; ${bytes(limits.bytes)}`],
    ["images", pictures(policy.images)],
    ["html", html(policy.html)],
    ["link", parameters !== "" && t("with {parameters}", { parameters: `?${parameters}` })],
    ["attribution", attribution],
    [
      "retraction",
      retraction === "0"
        ? t("a withdrawn article leaves no sign")
        : t("a withdrawn article's sign stays {period}", { period: period(retraction) }),
    ],
    ["push", push && t("{events} to {url}", { events: push.events.join(", "), url: push.url })],
  ];
  return rules.flatMap(([key, words]) => (words ? [[key, words] as const] : []));
}

const CONTENT = { full: t("the whole text"), excerpt: t("an excerpt") } as const;

const bytes = (count: number): string => plural(count, { one: "{count} byte", other: "{count} bytes" });

const paragraphs = (count: number): string =>
  plural(count, {
    one: "the first {count} paragraph, then a link to the rest",
    other: "the first {count} paragraphs, then a link to the rest",
  });

/** `15m` as `15 minutes`. */
function period(duration: string): string {
  const count = Number.parseInt(duration, 10);
  switch (duration.at(-1)) {
    case "d":
      return plural(count, { one: "{count} day", other: "{count} days" });
    case "h":
      return plural(count, { one: "{count} hour", other: "{count} hours" });
    default:
      return plural(count, { one: "{count} minute", other: "{count} minutes" });
  }
}

const afterPublication = (duration: string): string =>
  t("{period} after publication", { period: period(duration) });

const selection = ({ sections, tags, languages, maxAge, sponsored }: Policy["select"]): string =>
  present(
    sections ? t("section {sections}", { sections: either(sections) }) : t("every section"),
    tags && t("tagged {tags}", { tags: either(tags) }),
    languages && t("in {languages}", { languages: either(languages) }),
    maxAge === undefined ? undefined : t("at most {period} old", { period: period(maxAge) }),
    sponsored ? t("sponsored too") : t("nothing sponsored"),
  ).join("; ");

const pictures = ({ required, minWidth, types, rights }: Policy["images"]): string =>
  present(
    rights === "credited" ? t("those with a credit or copyright") : t("all that may be syndicated"),
    required && t("no article without one"),
    minWidth !== undefined &&
      plural(minWidth, { one: "at least {count} pixel wide", other: "at least {count} pixels wide" }),
    types && either(types),
  ).join("; ");

const html = ({ tags, embeds }: Policy["html"]): string =>
  present(
    tags && t("elements {names}", { names: tags.join(", ") }),
    embeds.length > 0 && t("players of {hosts}", { hosts: embeds.join(", ") }),
  ).join("; ");

/** After that time /healthz reports a stale document, too. */
const LATE_SECONDS = 600;

/** Said of a partner that is not enabled. */
export const DISABLED = t("disabled");

/**
 * What keeps a partner from fetching its feed, or its webhook from being called. `written` writes an instant.
 */
export function partnerProblems(
  partner: Omit<PartnerSummary, "change">,
  now: Instant,
  written: (at: string) => string,
): readonly string[] {
  const { enabled, access, tokens, lastError, staleSince, push, profile, items } = partner;
  const { leastItems = 0 } = PROFILES[profile].limits;
  const isLate = staleSince !== null && staleSince < addSeconds(now, -LATE_SECONDS);
  return present(
    !enabled && DISABLED,
    enabled && access !== "public" && tokens.length === 0 && t("no token"),
    enabled &&
      items < leastItems &&
      plural(
        items,
        {
          one: "{count} article, but {profile} requires {least}",
          other: "{count} articles, but {profile} requires {least}",
        },
        { profile, least: leastItems },
      ),
    lastError ?? undefined,
    isLate && t("stale since {time}", { time: written(staleSince) }),
    push !== null && push !== "on" && t("webhook off: {reason}", { reason: push }),
  );
}
