// `wireroom partner show`: what a partner gets and why; or why it gets one article, or doesn't. Pure.

import { plural } from "../../lib/text.ts";
import type { PartnerExplanation, PartnerItem, PartnerReport } from "../../partners/answers.ts";
import { describePolicy, type PartnerEvent } from "../../partners/policy.ts";

import { age, aligned } from "../status.ts";
import { lastFetch, partnerProblems } from "./list.ts";

/** Everything about a partner; ages are counted from `now`. */
export function partnerText(report: PartnerReport, now: Date): string {
  const { name, id, profile, access, url, page, items, bytes, version, builtAt, tokens, push } = report;
  const problems = partnerProblems(report, now);
  const facts = [
    ["feed", url],
    ["page", page],
    ["profile", profile],
    [
      "access",
      [access, ...tokens.map((token) => `token ${token.name}, made ${age(token.madeAt, now)}`)].join("; "),
    ],
    ["holds", `${plural(items, "article")}, ${bytes} bytes, version ${version}, built ${age(builtAt, now)}`],
    ["last fetch", lastFetch(report, now)],
    ...(push === null ? [] : [["webhook", push]]),
    ...(problems.length === 0 ? [] : [["problems", problems.join("; ")]]),
  ];
  return [
    `${name} (${id})`,
    aligned(facts),
    section("Rules", aligned(describePolicy(report.policy))),
    section(`In the feed: ${report.included.length}`, itemLines(report.included)),
    section(`Left out: ${report.leftOut.length}`, itemLines(report.leftOut)),
    ...(report.days.length === 0
      ? []
      : [
          section(
            "Fetches",
            aligned([
              ["DAY", "FETCHES", "BYTES"],
              ...report.days.map(({ day, fetches, bytes }) => [day, String(fetches), String(bytes)]),
            ]),
          ),
        ]),
  ].join("\n");
}

/** Rule by rule, why an article is in a partner's feed or not, and what the ledger knows of it. */
export function explanationText({ slug, headline, included, rules, ledger }: PartnerExplanation): string {
  return [
    `${slug}  “${headline}”`,
    aligned(rules.map(({ rule, passed, says }) => [passed ? "✓" : "✗", rule, says])),
    included ? "It is in the feed." : "It is not in the feed.",
    ...ledgerLines(ledger, included),
  ].join("\n");
}

const section = (title: string, lines: string): string =>
  `\n${title}${lines === "" ? "" : `\n${lines.replace(/^/gm, "  ")}`}`;

const itemLines = (items: readonly PartnerItem[]): string =>
  items
    .flatMap(({ slug, headline, problems }) => [
      `${slug}  “${headline}”`,
      ...problems.map(({ path, message }) => `    ${path === "" ? "" : `${path}  `}${message}`),
    ])
    .join("\n");

const EVENT_WORDS: Readonly<Record<PartnerEvent, string>> = {
  "article.published": "published",
  "article.updated": "updated",
  "article.corrected": "corrected",
  "article.retracted": "retracted",
};

function ledgerLines(ledger: PartnerExplanation["ledger"], included: boolean): readonly string[] {
  if (ledger === null) return ["It was never in the feed."];
  const { firstServed, lastFetched, current, event, fetchedSince } = ledger;
  return [
    `${included ? "It stands there as" : "The last that the feed told of it is"} version ${current}, ${EVENT_WORDS[event]}.`,
    ...(firstServed === null ? [] : [`It was first served on ${firstServed}.`]),
    lastFetched === null
      ? "The partner has fetched no version of it."
      : `The partner last fetched version ${lastFetched}.`,
    fetchedSince
      ? "They have fetched the feed since that version came."
      : "They have not fetched the feed since that version came.",
  ];
}
