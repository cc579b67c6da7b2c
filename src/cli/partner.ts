// `wireroom partner …`: the commands for partner sites, what they get, and their credentials.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { CliError, formatFinding } from "../content/finding.ts";
import { readSite } from "../content/folder.ts";
import { POLICY_EXTENSION, readPolicies } from "../content/partner-file.ts";
import { plural } from "../lib/text.ts";
import { toInstant, withLocalTimes } from "../lib/time.ts";
import type {
  IssuedToken,
  PartnerExplanation,
  PartnerItem,
  PartnerReport,
  PartnerSummary,
  PolicyTrial,
  WebhookSecret,
} from "../partners/answers.ts";
import { describePolicy, partnerProblems } from "../partners/partner-words.ts";
import { type PartnerEvent, policyYaml } from "../partners/policy.ts";
import { type Client, expected } from "./client.ts";
import { type NewFlags, newPartner } from "./partner-new.ts";
import type { TargetFlags } from "./target.ts";
import { age, aligned, type Output, withTerminal } from "./terminal.ts";

/** What main.ts hands to these commands. */
interface Shared {
  readonly contentDir: string;
  readonly withTarget: (command: Command) => Command;
  readonly connect: (flags: TargetFlags) => Promise<Client>;
  readonly out: Output;
}

/** Adds the subcommands of `partner`. */
export function addPartnerCommands(partner: Command, { contentDir, withTarget, connect, out }: Shared): void {
  partner
    .command("new")
    .argument("[id]", "the partner's name in addresses")
    .description(
      "ask for a partner's rules, and write its file; with --name, --profile and --access it asks nothing",
    )
    .option("--name <name>", "the partner's name")
    .option("--profile <profile>", "its format")
    .option("--access <access>", "bearer, basic, path or public")
    .option("--sections <sections>", "separated by commas, or all")
    .option("--content <content>", "full, excerpt, or a number of paragraphs")
    .option("--dir <dir>", "the content folder", contentDir)
    .action((id: string | undefined, { dir, ...flags }: NewFlags & { readonly dir: string }) =>
      withTerminal((ask) => newPartner({ dir: resolve(dir), id, flags, ask }, out)),
    );

  withTarget(partner.command("list"))
    .description("show every partner, its last fetch and its problems")
    .action(async (flags: TargetFlags) => {
      out.say(partnerTable(await (await connect(flags)).partners(), new Date()));
    });

  withTarget(partner.command("show").argument("<id>"))
    .description("show what a partner gets, and what is left out and why")
    .option("--article <slug>", "rule by rule, why it gets this article or not")
    .action(async (id: string, flags: TargetFlags & { readonly article?: string }) => {
      const client = await connect(flags);
      const text =
        flags.article === undefined
          ? partnerText(expected(await client.partner(id), noPartner(id)), new Date())
          : explanationText(expected(await client.explain(id, flags.article), noPartner(id)));
      out.say(withLocalTimes(text, (await readSite(contentDir)).site?.timezone));
    });

  withTarget(partner.command("token").argument("<id>"))
    .description("make a token, and show it once")
    .option("--revoke <name>", "revoke the token of this name instead")
    .action(async (id: string, flags: TargetFlags & { readonly revoke?: string }) => {
      const client = await connect(flags);
      if (flags.revoke !== undefined) {
        expected(await client.revokeToken(id, flags.revoke), `${id} has no token ${flags.revoke}.`);
        return out.say(`revoked   ${flags.revoke}`);
      }
      const issued = await client.issueToken(id);
      if (!issued.ok && issued.problem.status === 409) {
        const { tokens } = expected(await client.partner(id), noPartner(id));
        if (tokens.length > 0) throw new CliError(twoTokens(id, tokens, new Date()));
      }
      out.say(tokenText(id, expected(issued, noPartner(id))));
    });

  withTarget(partner.command("secret").argument("<id>"))
    .description("show the secret that a partner's webhooks are signed with")
    .option("--rotate", "make a new one first; the previous one signs too, for a while")
    .option("--on", "first switch the webhook on again, after an answer of 410 switched it off")
    .action(async (id: string, flags: TargetFlags & { readonly rotate?: boolean; readonly on?: boolean }) => {
      const client = await connect(flags);
      if (flags.on) expected(await client.switchOn(id), noPartner(id));
      out.say(secretText(id, expected(await client.webhookSecret(id, flags.rotate), noPartner(id))));
    });

  withTarget(partner.command("try").argument("<id>"))
    .description("show what a changed policy file would do, before it is published")
    .option("--article <slug>", "also rule by rule for this article")
    .action(async (id: string, flags: TargetFlags & { readonly article?: string }) => {
      const { site } = await readSite(contentDir);
      const file = id + POLICY_EXTENSION;
      const [read] = (await readPolicies(contentDir, site, new Set([file]))).policies;
      if (!read)
        throw new CliError(
          `There is no file ${relative(process.cwd(), resolve(contentDir, "partners", file))}.`,
        );
      if (read.kind === "broken") throw new CliError(read.findings.map(formatFinding).join("\n"));
      const json = Buffer.from(JSON.stringify(read.policy));
      const trial = expected(
        await (await connect(flags)).tryPolicy(id, json, flags.article),
        "No such article.",
      );
      out.say(withLocalTimes(trialText(trial), site?.timezone));
    });

  withTarget(partner.command("pull").argument("<id>"))
    .description("write a policy that was changed at the desk into its file; from then on git changes it")
    .action(async (id: string, flags: TargetFlags) => {
      const client = await connect(flags);
      const { policy } = expected(await client.partner(id), noPartner(id));
      const dir = resolve(contentDir, "partners");
      const file = resolve(dir, policy.id + POLICY_EXTENSION);
      await mkdir(dir, { recursive: true });
      await writeFile(file, policyYaml(policy));
      expected(await client.putPartner(policy.id, Buffer.from(JSON.stringify(policy)), "git"), noPartner(id));
      out.say(`written   ${relative(process.cwd(), file)}
At the desk the policy is read-only from now on: change the file, and publish it.`);
    });

  withTarget(partner.command("remove").argument("<id>"))
    .description("remove a partner, its tokens, and the record of what it fetched")
    .option("--yes", "confirm it: without this, nothing is removed")
    .action(async (id: string, flags: TargetFlags & { readonly yes?: boolean }) => {
      if (!flags.yes) {
        throw new CliError(
          `This removes ${id}'s feed, its tokens and the record of what it fetched, permanently. Add --yes to do it.`,
        );
      }
      expected(await (await connect(flags)).removePartner(id), noPartner(id));
      out.say(`removed   partners/${id}`);
      const file = resolve(contentDir, "partners", id + POLICY_EXTENSION);
      if (existsSync(file)) {
        out.warn(
          `${relative(process.cwd(), file)} would bring it back with the next publish: delete it too.`,
        );
      }
    });
}

const noPartner = (id: string): string => `There is no partner ${id}.`;

// What `wireroom partner list`, `show`, `token` and `secret` print. Pure.

/** What `show` prints: everything about a partner; ages are relative to `now`. */
function partnerText(report: PartnerReport, now: Date): string {
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
function explanationText({ slug, headline, included, rules, ledger }: PartnerExplanation): string {
  return [
    `${slug}  “${headline}”`,
    aligned(rules.map(({ rule, passed, says }) => [passed ? "✓" : "✗", rule, says])),
    included ? "It is in the feed." : "It is not in the feed.",
    ...ledgerLines(ledger, included),
  ].join("\n");
}

/** What `try` prints: what a policy would change, and which of the newest articles match. */
function trialText({ change, rules, before, after, joins, leaves, newest, chosen }: PolicyTrial): string {
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
function tokenText(id: string, { name, token, url, header }: IssuedToken): string {
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
const twoTokens = (id: string, tokens: PartnerSummary["tokens"], now: Date): string =>
  [
    `${id} has two valid tokens. Revoke one first:`,
    ...tokens.map(
      ({ name, madeAt }) =>
        `  npx wireroom partner token ${id} --revoke ${name}   (made ${age(madeAt, now)})`,
    ),
  ].join("\n");

/** The secret that a webhook's signatures are checked with. */
function secretText(id: string, { url, secret, previous, off }: WebhookSecret): string {
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
