// What `wireroom partner list`, `show`, `token` and `secret` print. Pure.

import { plural } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import type {
  IssuedToken,
  PartnerExplanation,
  PartnerItem,
  PartnerReport,
  PartnerSummary,
  PolicyTrial,
  WebhookSecret,
} from "../partners/answers.ts";
import type { PartnerEvent } from "../partners/policy.ts";
import { describePolicy } from "../partners/policy-words.ts";
import { partnerProblems } from "../partners/state.ts";
import { age, aligned } from "./terminal.ts";

/** What `show` prints: everything about a partner; ages are relative to `now`. */
export function partnerText(report: PartnerReport, now: Date): string {
  const { name, id, profile, access, url, page, items, bytes, version, builtAt, tokens, push } = report;
  const problems = problemsOf(report, now);
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

/**
 * What `show --article` prints: rule by rule, why an article is in the feed or not, and what the ledger has
 * of it.
 */
export function explanationText({ slug, headline, included, rules, ledger }: PartnerExplanation): string {
  return [
    `${slug}  “${headline}”`,
    aligned(rules.map(({ rule, passed, says }) => [passed ? "✓" : "✗", rule, says])),
    included ? "It is in the feed." : "It is not in the feed.",
    ...ledgerLines(ledger, included),
  ].join("\n");
}

/** What `try` prints: what a policy would change, and which of the newest articles match. */
export function trialText({
  change,
  rules,
  before,
  after,
  joins,
  leaves,
  newest,
  chosen,
}: PolicyTrial): string {
  const kept = leaves.filter(({ fetched }) => fetched !== null).length;
  return [
    change === "unchanged"
      ? "This is the stored policy: publishing it changes nothing."
      : `In the feed: ${before} now, ${after} with this policy. Nothing is changed yet.`,
    ...(kept === 0
      ? []
      : [
          `The partner has fetched ${kept} of the articles that leave, and keeps them: that is no withdrawal.`,
        ]),
    ...(rules.length === 0
      ? []
      : [section("Rules", aligned(rules.map((one) => [one.key, one.before ?? "–", "→", one.after ?? "–"])))]),
    section(`Would leave: ${leaves.length}`, itemLines(leaves)),
    section(`Would come: ${joins.length}`, itemLines(joins)),
    section(
      `The newest ${newest.length}`,
      newest
        .map(({ included, slug, problems: [first] }) =>
          [included ? "✓" : "✗", slug, first && `${first.path}  ${first.message}`].filter(Boolean).join("  "),
        )
        .join("\n"),
    ),
    ...(chosen === null ? [] : ["", explanationText(chosen)]),
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
    `${included ? "It is there as" : "The last that the feed had of it is"} version ${current}, ${EVENT_WORDS[event]}.`,
    ...(firstServed === null ? [] : [`It was first served on ${firstServed}.`]),
    lastFetched === null
      ? "The partner has fetched no version of it."
      : `The partner last fetched version ${lastFetched}.`,
    fetchedSince
      ? "The partner has fetched the feed since that version was published."
      : "The partner has not fetched the feed since that version was published.",
  ];
}

/** A new token, and the command that fetches the feed with it. */
export function tokenText(id: string, { name, token, url, header }: IssuedToken): string {
  const basic = header?.startsWith("Authorization: Basic ");
  const way = basic ? `-u ${quoted(`${id}:${token}`)} ` : header === null ? "" : `-H ${quoted(header)} `;
  const open = header === null && !url.includes(token);
  return `Token  ${token}
Name   ${name}

The token is shown only now: the Worker keeps just its hash. This fetches the feed${basic ? "; the id is the user name, and the token the password" : open ? ", which needs no token while access is public" : ""}:

  curl --compressed ${way}${quoted(url)}
${
  basic
    ? `
In a browser, ${new URL("./partner/?login", url).href} asks for both, and shows the page for the partner's engineers.
`
    : ""
}
npx wireroom partner token ${id} --revoke ${name} revokes it.`;
}

/** The error if two tokens are valid already. */
export const twoTokens = (id: string, tokens: PartnerSummary["tokens"], now: Date): string =>
  [
    `${id} has two valid tokens. Revoke one first:`,
    ...tokens.map(
      ({ name, madeAt }) =>
        `  npx wireroom partner token ${id} --revoke ${name}   (made ${age(madeAt, now)})`,
    ),
  ].join("\n");

/** The secret that a webhook's signatures are checked with. */
export function secretText(id: string, { url, secret, previous, off }: WebhookSecret): string {
  return [
    `Webhook   ${url}`,
    `Secret    ${secret}`,
    ...(previous === null ? [] : [`Previous  ${previous} (signs too, for a while)`]),
    ...(off === null ? [] : [`Off       ${off}; on again with npx wireroom partner secret ${id} --on`]),
  ].join("\n");
}

/** A text as one argument in a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What `list` prints: a line a partner, with a header; ages are relative to `now`. */
export function partnerTable(partners: readonly PartnerSummary[], now: Date): string {
  return aligned([
    ["ID", "PROFILE", "ACCESS", "ITEMS", "LAST FETCH", "PROBLEMS"],
    ...partners.map((partner) => [
      partner.id,
      partner.profile,
      partner.access,
      String(partner.items),
      lastFetch(partner, now),
      problemsOf(partner, now).join("; ").replace(/\s+/g, " "),
    ]),
  ]);
}

/** `5 min ago (304)`; `never`. */
const lastFetch = ({ lastFetch: last }: PartnerSummary, now: Date): string =>
  last === null ? "never" : `${age(last.minute, now)} (${last.status})`;

const problemsOf = (partner: PartnerSummary, now: Date): readonly string[] =>
  partnerProblems(partner, toInstant(now), (at) => age(at, now));
