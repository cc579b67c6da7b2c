// `wireroom partner …`: the commands for partner sites, what they get, and their credentials.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { formatFinding } from "../content/finding.ts";
import { readSite } from "../content/folder.ts";
import { POLICY_EXTENSION, readPolicies } from "../content/partner-file.ts";
import { CliError } from "../lib/cli-error.ts";
import { withLocalTimes } from "../lib/time.ts";
import { policyYaml } from "../partners/policy-yaml.ts";
import { type Client, expected } from "./client.ts";
import { type NewFlags, newPartner } from "./partner-new.ts";
import {
  explanationText,
  partnerTable,
  partnerText,
  secretText,
  tokenText,
  trialText,
  twoTokens,
} from "./partner-text.ts";
import type { TargetFlags } from "./target.ts";
import { type Output, withTerminal } from "./terminal.ts";

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
