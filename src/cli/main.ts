#!/usr/bin/env node

// The `wireroom` command: reads the flags, runs one command, sets the exit code.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { plainMessage } from "../content/finding.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Format } from "./check.ts";
import type { Client } from "./client.ts";
import type { TargetFlags } from "./target.ts";
import { output } from "./terminal.ts";

// To start fast, a command imports what it needs only when it runs.

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

type PullFlags = TargetFlags & {
  readonly dir: string;
  readonly giveBack?: boolean;
  readonly force?: boolean;
};

type MoveFlags = TargetFlags & { readonly dir: string; readonly force?: boolean };

const out = output(process.stdout, process.stderr);
const program = new Command("wireroom")
  .description("Write, check and publish a newsroom's articles, and get them back.")
  .version(version)
  .addHelpText("after", "\nWIREROOM_URL and WIREROOM_TOKEN can stand for --to and --token.");

/** Adds a command's flags or subcommands. Called only if its name is on the command line, also for help. */
const completions = new Map<Command, (command: Command) => Promise<void>>();

/** Collects the values of a flag that may be repeated. */
const collect = (value: string, values: readonly string[] = []): readonly string[] => [...values, value];

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
  .option("--dry-run", "only say what would be done")
  .option(
    "--prune",
    "withdraw articles and remove partners that came from a folder, if this folder no longer has them",
  )
  .option("--yes", "prune without asking")
  .option("--force", "overwrite what others have changed on the Worker since you sent it")
  .option(
    "--as-new <slug>",
    "send this article as a new one, though it has the text of one that vanished; may be repeated",
    collect,
  )
  .action(async (dir: string, flags: PublishFlags) => {
    const [{ runPublish }, { askOnce }] = await Promise.all([
      import("./publish.ts"),
      import("./terminal.ts"),
    ]);
    const options = { ...flags, dir: resolve(dir), ask: askOnce() };
    process.exitCode = await runPublish(options, await connect(flags), out);
  });

withTarget(program.command("withdraw").argument("<slug>", "the article"))
  .description("take an article down: its page answers 410, and its feeds say so")
  .option("--reason <text>", "why, for readers")
  .option("--silent", "take it out of the feeds without a notice")
  .action(
    async (slug: string, flags: TargetFlags & { readonly reason?: string; readonly silent?: boolean }) => {
      const { runWithdraw } = await import("./take-down.ts");
      await runWithdraw(slug, flags, await connect(flags), out);
    },
  );

withTarget(program.command("restore").argument("<slug>", "the article"))
  .description("bring a withdrawn article back as it was")
  .action(async (slug: string, flags: TargetFlags) => {
    const { runRestore } = await import("./take-down.ts");
    await runRestore(slug, await connect(flags), out);
  });

withTarget(
  program.command("mv").argument("<old>", "the article's slug").argument("<new>", "the slug that it gets"),
)
  .description(
    "rename an article: it keeps its id, and its old address redirects; if a renaming has made two articles, make them one",
  )
  .option("--dir <dir>", "the content folder", CONTENT_DIR)
  .option("--force", "move it even if others have changed it on the Worker since you sent it")
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
  .description("report every problem of articles, partners and site.yaml; nothing is sent")
  .addOption(new Option("--format <format>", "the output format").choices(FORMATS).default("text"))
  .action(async (path: string, { format, ...flags }: TargetFlags & { readonly format: Format }) => {
    const { runCheck } = await import("./check.ts");
    const { scopeOf } = await import("./check.ts");
    const scope = await scopeOf(path, resolve(CONTENT_DIR));
    const named = flags.to !== undefined;
    // CI sets a variable without a value to the empty string.
    if (!named && !process.env.WIREROOM_URL) {
      process.exitCode = await runCheck(scope, out, format);
      return;
    }
    const { renamedSince } = await import("./renamed.ts");
    const asked = { connect: () => connect(flags), named };
    process.exitCode = await runCheck(scope, out, format, (what) => renamedSince(what, asked, out));
  });

program
  .command("new")
  .argument("<headline>", "the headline of the article")
  .description("begin an article: its folder, and a draft dated now in the site's time zone")
  .option("--slug <name>", "the name of its folder and address (default: made from the headline)")
  .option("--dir <dir>", "the content folder", CONTENT_DIR)
  .action(async (headline: string, { slug, dir }: { readonly slug?: string; readonly dir: string }) => {
    const { newArticle } = await import("./new-article.ts");
    await newArticle({ headline, dir: resolve(dir), ...omitUndefined({ slug }) }, out);
  });

withTarget(program.command("status"))
  .description("show every feed, its age and its errors, and articles that could not be rendered")
  .option("--audience", "show instead how many subscribers each feed has, as reported by feed services")
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
      "saved pages (text or HTML), feeds (RSS, Atom, JSON Feed), WordPress or Ghost exports, Markdown sites",
    )
    .description(
      "turn what you already have into articles; what can't be known is asked for, never invented",
    ),
  async (command) => (await import("./import/import-command.ts")).addImport(command, CONTENT_DIR, out),
);

withTarget(program.command("repair"))
  .description("have every feed rebuilt, after the database was restored to an earlier time")
  .action(async (flags: TargetFlags) => {
    await (await import("./status.ts")).runRepair(await connect(flags), out);
  });

completions.set(
  withTarget(program.command("deliveries")).description(
    "show what was sent to partners' webhooks, and what failed",
  ),
  async (command) => (await import("./deliveries.ts")).addDeliveries(command, connect, out),
);

withTarget(program.command("export").argument("<dir>", "an empty or new folder"))
  .description("write everything that the Worker has as a content folder")
  .option("--force", "write into a folder that isn't empty")
  .action(async (dir: string, flags: TargetFlags & { readonly force?: boolean }) => {
    const [{ runExport }, { PROJECT_DIR }] = await Promise.all([
      import("./export.ts"),
      import("./target.ts"),
    ]);
    const siteFile = join(PROJECT_DIR, CONTENT_DIR, "site.yaml");
    process.exitCode = await runExport({ ...flags, dir: resolve(dir), siteFile }, await connect(flags), out);
  });

withTarget(
  program
    .command("pull")
    .argument("[slug...]", "articles or drafts of the desk (default: all articles that are out)"),
)
  .description("write what was published at the desk into the content folder, with its pictures")
  .option("--give-back", "edit these articles in git from now on; at the desk they become read-only")
  .option("--force", "overwrite files that were changed since they were last published or pulled")
  .option("--dir <dir>", "the content folder", CONTENT_DIR)
  .action(async (slugs: readonly string[], { dir, ...flags }: PullFlags) => {
    const { runPull } = await import("./pull.ts");
    process.exitCode = await runPull({ ...flags, slugs, dir: resolve(dir) }, await connect(flags), out);
  });

const desk = program.command("desk").description("the editors' room in the browser");
withTarget(desk.command("invite").argument("<name>", "the person, as colleagues know them"))
  .description("print a link that signs somebody in at the desk, once; again for who is known already")
  .addOption(
    new Option("--role <role>", "what they may do: write; publish too; invite people too")
      .choices(["reporter", "editor", "admin"])
      .default("editor"),
  )
  .option("--email <address>", "their e-mail address, if Cloudflare Access lets people in")
  .action(async (name: string, flags: TargetFlags & { readonly role: string; readonly email?: string }) => {
    const { url } = await (await connect(flags)).invite(name, flags.role, flags.email);
    out.say(
      url.includes("/sign-in/")
        ? `${url}\n\nThe link works once, and for a day. It signs ${name} in, in the browser that opens it.`
        : `${url}\n\nCloudflare Access lets ${name} in there, by the e-mail address.`,
    );
  });

completions.set(
  program
    .command("preview")
    .description("serve content/ as it would be at another time; nothing that is stored changes"),
  async (command) => (await import("./preview.ts")).addPreview(command, out),
);

completions.set(
  program.command("partner").description("partner sites: what they get, and their credentials"),
  async (command) => {
    const { addPartnerCommands } = await import("./partner.ts");
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
