#!/usr/bin/env node
// The `wireroom` command: reads the flags, runs one command, sets the exit code.

import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { FORMATS, type Format } from "./check/formats.ts";
import { runCheck } from "./check.ts";
import { Client } from "./client.ts";
import { addDeliveries } from "./deliveries.ts";
import { runExport } from "./export.ts";
import { addImport } from "./import/command.ts";
import { addPartnerCommands } from "./partner/commands.ts";
import { addPreview } from "./preview.ts";
import { output } from "./progress.ts";
import { runPublish } from "./publish.ts";
import { audienceTable, problemLines, statusTable } from "./status.ts";
import { Stop } from "./stop.ts";
import { findTarget, PROJECT_DIR, type TargetFlags } from "./target.ts";

const CONTENT_DIR = "content";

const out = output(process.stdout, process.stderr);
const program = new Command("wireroom")
  .description("Publish articles to a Wireroom, and get them back.")
  .addHelpText("after", "\nThe target can be set once, as WIREROOM_URL and WIREROOM_TOKEN.");

const withTarget = (command: Command): Command =>
  command
    .option("--to <url>", "the Worker (default: WIREROOM_URL, or http://localhost:8787)")
    .option("--token <token>", "its publishing token (default: WIREROOM_TOKEN, or the local .dev.vars)");

const connect = async (flags: TargetFlags): Promise<Client> =>
  new Client(await findTarget(flags, process.env));

withTarget(program.command("publish").argument("[dir]", "the content folder", CONTENT_DIR))
  .description("send what is new or changed: pictures, articles, partners' policies")
  .option("--dry-run", "say what would be done, and do nothing")
  .option("--prune", "withdraw articles, and remove partners, that the folder no longer has")
  .action(
    async (dir: string, flags: TargetFlags & { readonly dryRun?: boolean; readonly prune?: boolean }) => {
      process.exitCode = await runPublish({ ...flags, dir: resolve(dir) }, await connect(flags), out);
    },
  );

program
  .command("check")
  .argument("[dir]", "the content folder", CONTENT_DIR)
  .description("say everything that is wrong with the articles, partners and site.yaml; nothing is sent")
  .addOption(new Option("--format <format>", "how to say it").choices(Object.keys(FORMATS)).default("text"))
  .action(async (dir: string, { format }: { readonly format: Format }) => {
    process.exitCode = await runCheck(resolve(dir), out, format);
  });

withTarget(program.command("status"))
  .description("show every feed, its age and its errors, and articles that could not be rendered")
  .option("--audience", "show instead how many subscribers feed services say that each feed has")
  .action(async (flags: TargetFlags & { readonly audience?: boolean }) => {
    const client = await connect(flags);
    if (flags.audience) return out.say(audienceTable(await client.audience()));
    out.say(statusTable(await client.feeds(), new Date()));
    for (const line of problemLines(await client.articles(true))) out.warn(line);
  });

addImport(program, CONTENT_DIR, out);

addDeliveries(withTarget(program.command("deliveries")), connect, out);

withTarget(program.command("export").argument("<dir>", "an empty or new folder"))
  .description("write everything that the Worker holds as a content folder")
  .option("--force", "write into a folder that isn't empty")
  .action(async (dir: string, flags: TargetFlags & { readonly force?: boolean }) => {
    const siteFile = join(PROJECT_DIR, CONTENT_DIR, "site.yaml");
    process.exitCode = await runExport({ ...flags, dir: resolve(dir), siteFile }, await connect(flags), out);
  });

addPreview(program.command("preview"), out);

addPartnerCommands(program, { contentDir: CONTENT_DIR, withTarget, connect, out });

try {
  await program.parseAsync();
} catch (error) {
  // What the file system refuses says which file and why; a stack would only hide it.
  if (!(error instanceof Stop || (error instanceof Error && "syscall" in error && "path" in error)))
    throw error;
  out.warn(error.message);
  process.exitCode = 1;
}
