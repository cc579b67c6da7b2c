#!/usr/bin/env node

// The `wireroom` command: reads the flags, runs one command, sets the exit code.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { plainMessage } from "../lib/cli-error.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Format } from "./check/formats.ts";
import type { Client } from "./client.ts";
import { output } from "./progress.ts";
import type { TargetFlags } from "./target.ts";

// Nothing that takes long to load stands above: a command loads what it needs once it is called.

const CONTENT_DIR = "content";
const FORMATS = ["text", "json", "github"] as const satisfies readonly Format[];
const { version }: { version: string } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
);

type PublishFlags = TargetFlags & {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly asNew?: readonly string[];
};

type MoveFlags = TargetFlags & { readonly dir: string; readonly force?: boolean };

const out = output(process.stdout, process.stderr);
const program = new Command("wireroom")
  .description("Write, check and publish a newsroom's articles, and get them back.")
  .version(version)
  .addHelpText("after", "\nWIREROOM_URL and WIREROOM_TOKEN can stand for --to and --token.");

/** What gives a command its flags, or commands of its own: done where its name is among the words, for help too. */
const completions = new Map<Command, (command: Command) => Promise<void>>();

/** Collects the values of a flag that may be repeated. */
const also = (value: string, values: readonly string[] = []): readonly string[] => [...values, value];

const withTarget = (
  command: Command,
  to = "the Worker (default: WIREROOM_URL, or http://localhost:8787)",
): Command =>
  command
    .option("--to <url>", to)
    .option("--token <token>", "its publishing token (default: WIREROOM_TOKEN, or the local .dev.vars)");

const connect = async (flags: TargetFlags): Promise<Client> => {
  const [{ Client }, { findTarget }] = await Promise.all([import("./client.ts"), import("./target.ts")]);
  return new Client(await findTarget(flags, process.env));
};

withTarget(program.command("publish").argument("[dir]", "the content folder", CONTENT_DIR))
  .description("send what is new or changed: pictures, articles, partners' policies")
  .option("--dry-run", "say what would be done, and do nothing")
  .option(
    "--prune",
    "withdraw articles, and remove partners, that git has published and the folder no longer has",
  )
  .option("--yes", "prune without asking")
  .option("--force", "write over what others have changed on the Worker since it was sent")
  .option(
    "--as-new <slug>",
    "send this new article though it has the text of one that is gone; may be repeated",
    also,
  )
  .action(async (dir: string, flags: PublishFlags) => {
    const [{ runPublish }, { askOnce }] = await Promise.all([
      import("./publish.ts"),
      import("./partner/terminal.ts"),
    ]);
    const options = { ...flags, dir: resolve(dir), ask: askOnce() };
    process.exitCode = await runPublish(options, await connect(flags), out);
  });

withTarget(program.command("withdraw").argument("<slug>", "the article"))
  .description("take an article down: its page answers 410, and its feeds say so")
  .option("--reason <text>", "why, told to readers")
  .option("--silent", "take it out at once, without a notice")
  .action(
    async (slug: string, flags: TargetFlags & { readonly reason?: string; readonly silent?: boolean }) => {
      const { runWithdraw } = await import("./take-down.ts");
      await runWithdraw(slug, flags, await connect(flags), out);
    },
  );

withTarget(program.command("restore").argument("<slug>", "the article"))
  .description("bring an article back that was withdrawn, as it was")
  .action(async (slug: string, flags: TargetFlags) => {
    const { runRestore } = await import("./take-down.ts");
    await runRestore(slug, await connect(flags), out);
  });

withTarget(
  program.command("mv").argument("<old>", "the article's slug").argument("<new>", "the slug that it gets"),
)
  .description(
    "rename an article: it keeps its id, and its old address redirects; of two that are the same article it makes one",
  )
  .option("--dir <dir>", "the content folder", CONTENT_DIR)
  .option("--force", "move it though others have changed it on the Worker since it was sent")
  .action(async (from: string, to: string, flags: MoveFlags) => {
    const { runMove } = await import("./move.ts");
    const named = flags.to !== undefined || process.env.WIREROOM_URL !== undefined;
    const options = { dir: resolve(flags.dir), from, to, named, force: flags.force ?? false };
    process.exitCode = await runMove(options, () => connect(flags), out);
  });

withTarget(
  program.command("check"),
  "the Worker to ask whether folders were renamed (default: WIREROOM_URL, or none)",
)
  .argument("[path]", "the content folder, or an article or another file in it", CONTENT_DIR)
  .description("say everything that is wrong with the articles, partners and site.yaml; nothing is sent")
  .addOption(new Option("--format <format>", "how to say it").choices(FORMATS).default("text"))
  .action(async (path: string, { format, ...flags }: TargetFlags & { readonly format: Format }) => {
    const { runCheck } = await import("./check.ts");
    const { scopeOf } = await import("./check/scope.ts");
    const scope = await scopeOf(path, resolve(CONTENT_DIR));
    const named = flags.to !== undefined;
    // An empty variable is what CI makes of one that isn't set.
    if (!named && !process.env.WIREROOM_URL) {
      process.exitCode = await runCheck(scope, out, format);
      return;
    }
    const { renamedSince } = await import("./check/renamed-since.ts");
    const asked = { connect: () => connect(flags), named };
    process.exitCode = await runCheck(scope, out, format, (what) => renamedSince(what, asked, out));
  });

program
  .command("new")
  .argument("<headline>", "the headline of the article")
  .description("begin an article: its folder, and a draft with today's date by the site's clocks")
  .option("--slug <name>", "the name of its folder and address (default: made of the headline)")
  .option("--dir <dir>", "the content folder", CONTENT_DIR)
  .action(async (headline: string, { slug, dir }: { readonly slug?: string; readonly dir: string }) => {
    const { newArticle } = await import("./new-article.ts");
    await newArticle({ headline, dir: resolve(dir), ...omitUndefined({ slug }) }, out);
  });

withTarget(program.command("status"))
  .description("show every feed, its age and its errors, and articles that could not be rendered")
  .option("--audience", "show instead how many subscribers each feed has, as feed services report them")
  .option("--articles", "show instead where each article is kept, and who sent it last")
  .action(async (flags: TargetFlags & { readonly audience?: boolean; readonly articles?: boolean }) => {
    const client = await connect(flags);
    const { articlesTable, audienceTable, homesLine, problemLines, statusTable } = await import(
      "./status.ts"
    );
    if (flags.audience) return out.say(audienceTable(await client.audience()));
    const articles = await client.articles();
    if (flags.articles) return out.say(articlesTable(articles, new Date()));
    out.say(statusTable(await client.feeds(), new Date()));
    out.say(`\n${homesLine(articles)}`);
    for (const line of problemLines(articles.filter(({ problem }) => problem !== null))) out.warn(line);
  });

completions.set(
  program
    .command("import")
    .argument(
      "<file|dir...>",
      "saved pages (text or HTML), feeds (RSS, Atom, JSON Feed), WordPress or Ghost exports",
    )
    .description("turn what you already have into articles; what can't be known is asked for, never made up"),
  async (command) => (await import("./import/import-command.ts")).addImport(command, CONTENT_DIR, out),
);

withTarget(program.command("repair"))
  .description("after the database was restored to an earlier time: have every feed built anew")
  .action(async (flags: TargetFlags) => {
    await (await import("./repair.ts")).runRepair(await connect(flags), out);
  });

completions.set(
  withTarget(program.command("deliveries")).description(
    "show what partners' webhooks were told, or could not be",
  ),
  async (command) => (await import("./deliveries.ts")).addDeliveries(command, connect, out),
);

withTarget(program.command("export").argument("<dir>", "an empty or new folder"))
  .description("write everything that the Worker holds as a content folder")
  .option("--force", "write into a folder that isn't empty")
  .action(async (dir: string, flags: TargetFlags & { readonly force?: boolean }) => {
    const [{ runExport }, { PROJECT_DIR }] = await Promise.all([
      import("./export.ts"),
      import("./target.ts"),
    ]);
    const siteFile = join(PROJECT_DIR, CONTENT_DIR, "site.yaml");
    process.exitCode = await runExport({ ...flags, dir: resolve(dir), siteFile }, await connect(flags), out);
  });

completions.set(
  program
    .command("preview")
    .description("serve content/ as it would be at another time; nothing that is stored is touched"),
  async (command) => (await import("./preview.ts")).addPreview(command, out),
);

completions.set(
  program.command("partner").description("partner sites: what they get, and their credentials"),
  async (command) => {
    const { addPartnerCommands } = await import("./partner/commands.ts");
    addPartnerCommands(command, { contentDir: CONTENT_DIR, withTarget, connect, out });
  },
);

try {
  for (const [command, complete] of completions)
    if (process.argv.includes(command.name())) await complete(command);
  await program.parseAsync();
} catch (error) {
  const message = plainMessage(error);
  if (message === undefined) throw error;
  out.warn(message);
  process.exitCode = 1;
}
