// A policy in words, and what keeps a partner from its articles: for the command line, the desk and the partner's own
// page. Pure.

import { plural } from "../lib/text.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { PartnerSummary } from "./answers.ts";
import type { Policy, ProfileName } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";

/** What each format is, and for whom. */
export const PROFILE_WORDS: Readonly<Record<ProfileName, string>> = {
  rss: "RSS 2.0, for any feed reader",
  atom: "Atom 1.0",
  json: "JSON Feed 1.1",
  "google-news-sitemap": "a sitemap of the last two days, for search engines",
  msn: "RSS as MSN takes it",
  smartnews: "RSS as SmartNews takes it (SmartFormat)",
  flipboard: "RSS as Flipboard takes it",
  newsbreak: "RSS as NewsBreak takes it",
  yahoo: "RSS as Yahoo takes it",
  ninjs: "JSON of the IPTC, for agencies and their clients",
};

/** How a partner identifies itself. */
export const ACCESS_WORDS: Readonly<Record<Policy["access"], string>> = {
  bearer: "a token in a header",
  basic: "id and token, as user name and password",
  path: "a token in the address",
  public: "anybody, without a token",
};

const UNITS: Readonly<Record<string, string>> = { m: "minute", h: "hour", d: "day" };

/** A policy in words: each key that says something, with what it says. */
export function describePolicy(policy: Policy): readonly (readonly [key: string, words: string])[] {
  const { content, delay, expire, embargoed, limits, attribution, retraction, push } = policy;
  const parameters = new URLSearchParams(policy.link.parameters).toString();
  const rules: readonly (readonly [string, string | false | undefined])[] = [
    ["select", selection(policy.select)],
    ["content", typeof content === "string" ? CONTENT[content] : paragraphs(content.paragraphs)],
    ["delay", delay !== "0" && `${period(delay)} after publication`],
    ["expire", expire !== undefined && `${period(expire)} after publication`],
    ["embargoed", embargoed && "scheduled articles too, marked as such"],
    [
      "limits",
      [plural(limits.items, "article"), limits.bytes && `${limits.bytes} bytes`].filter(Boolean).join(", "),
    ],
    ["images", pictures(policy.images)],
    ["html", html(policy.html)],
    ["link", parameters !== "" && `with ?${parameters}`],
    ["attribution", attribution],
    [
      "retraction",
      retraction === "0"
        ? "a withdrawn article leaves no sign"
        : `a withdrawn article's sign stays ${period(retraction)}`,
    ],
    ["push", push && `${push.events.join(", ")} to ${push.url}`],
  ];
  return rules.flatMap(([key, words]) => (words ? [[key, words] as const] : []));
}

const CONTENT = { full: "the whole text", excerpt: "an excerpt" } as const;

const paragraphs = (count: number): string =>
  `the first ${plural(count, "paragraph")}, then a link to the rest`;

/** `15m` as `15 minutes`. */
function period(duration: string): string {
  const count = Number.parseInt(duration, 10);
  return plural(count, UNITS[duration.at(-1) ?? ""] ?? "minute");
}

const either = (names: readonly string[]): string => names.join(" or ");

function selection({ sections, tags, languages, maxAge, sponsored }: Policy["select"]): string {
  const parts = [
    sections ? `section ${either(sections)}` : "every section",
    tags && `tagged ${either(tags)}`,
    languages && `in ${either(languages)}`,
    maxAge && `at most ${period(maxAge)} old`,
    sponsored ? "sponsored too" : "nothing sponsored",
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

function pictures({ required, minWidth, types, rights }: Policy["images"]): string {
  const parts = [
    rights === "credited" ? "those with a credit or copyright" : "all that may be syndicated",
    required && "no article without one",
    minWidth !== undefined && `at least ${minWidth} pixels wide`,
    types && either(types),
  ];
  return parts.filter(Boolean).join("; ");
}

function html({ tags, embeds }: Policy["html"]): string {
  const parts = [
    tags && `elements ${tags.join(", ")}`,
    embeds.length > 0 && `players of ${embeds.join(", ")}`,
  ];
  return parts.filter(Boolean).join("; ");
}

/** After that time /healthz reports a stale document, too. */
const LATE_SECONDS = 600;

/** What keeps a partner from fetching its feed, or its webhook from being called. `written` writes an instant. */
export function partnerProblems(
  partner: Omit<PartnerSummary, "change">,
  now: Instant,
  written: (at: string) => string,
): readonly string[] {
  const { enabled, access, tokens, lastError, staleSince, push, profile, items } = partner;
  const { leastItems = 0 } = PROFILES[profile].limits;
  const isLate = staleSince !== null && staleSince < addSeconds(now, -LATE_SECONDS);
  return [
    ...(enabled ? [] : ["disabled"]),
    ...(enabled && access !== "public" && tokens.length === 0 ? ["no token"] : []),
    ...(enabled && items < leastItems ? [`${items} articles, but ${profile} requires ${leastItems}`] : []),
    ...(lastError === null ? [] : [lastError]),
    ...(isLate ? [`stale since ${written(staleSince)}`] : []),
    ...(push === null || push === "on" ? [] : [`webhook off: ${push}`]),
  ];
}
