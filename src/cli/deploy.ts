// `npm run deploy`: refuses the demonstration, asks Cloudflare what exists already, checks, creates missing
// queues, migrates, deploys, publishes. It stops at the first step that fails.

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { CliError, formatFinding } from "../content/finding.ts";
import { parseSite } from "../content/folder.ts";
import { demonstrationIn } from "./demonstration.ts";
import { PROJECT_DIR } from "./target.ts";

/** One command of a deploy. */
export interface Step {
  /** What it does, for people. */
  readonly what: string;
  readonly command: readonly string[];
}

/** A command's exit code and output. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The resources of the Cloudflare account that the Worker needs and that exist already. */
export interface Account {
  readonly hasDatabase: boolean;
  readonly missingQueues: readonly string[];
}

const QUEUES = ["wireroom-rebuilds", "wireroom-renders", "wireroom-deliveries"];
const DATABASE = "wireroom";

/**
 * Finds out what the account has; `ask` runs a command. Throws `CliError` if a command fails: an expired
 * login or a network failure must not be taken for an empty account.
 */
export function readAccount(ask: (command: readonly string[]) => CommandResult): Account {
  const list = ask(["wrangler", "d1", "list", "--json"]);
  if (list.status !== 0) throw new CliError(unanswered(list));
  const databases = z.array(z.object({ name: z.string() })).parse(JSON.parse(list.stdout));
  const missingQueues = QUEUES.filter((name) => {
    const queue = ask(["wrangler", "queues", "info", name]);
    if (queue.status === 0) return false;
    if (queue.stderr.includes(noQueue(name))) return true;
    throw new CliError(unanswered(queue));
  });
  return { hasDatabase: databases.some(({ name }) => name === DATABASE), missingQueues };
}

/** Wrangler's message if there is no such queue. It has no code for that. */
export const noQueue = (name: string): string => `Queue "${name}" does not exist.`;

const unanswered = ({
  stdout,
  stderr,
}: CommandResult): string => `Nothing was deployed, because Cloudflare didn't answer what the account has already:

${(stderr.trim() || stdout.trim()).replace(/^/gm, "  ")}

If you aren't logged in: run \`npx wrangler login\`, or in CI, where nobody can log in, set CLOUDFLARE_API_TOKEN.`;

/**
 * The steps of a deploy. Migrations are additive, and run before the code that needs them is deployed. If
 * there is no database yet, the deploy creates it, and they run afterwards. With a token, the articles are
 * published to `url` at the end.
 */
export function deploySteps(account: Account, url: string, hasToken: boolean): readonly Step[] {
  const migrate: Step = {
    what: "Migrate the database",
    command: ["wrangler", "d1", "migrations", "apply", "DB", "--remote"],
  };
  const deploy: Step = { what: "Deploy the Worker", command: ["wrangler", "deploy"] };
  const queues = account.missingQueues.map(
    (name): Step => ({
      what: `Create the queue ${name}`,
      command: ["wrangler", "queues", "create", name],
    }),
  );
  const publish: Step = { what: `Publish content/ to ${url}`, command: ["wireroom", "publish", "--to", url] };
  return [
    { what: "Check the code", command: ["npm", "run", "check"] },
    { what: "Check the articles and site.yaml", command: ["wireroom", "check"] },
    ...queues,
    ...(account.hasDatabase ? [migrate, deploy] : [deploy, migrate]),
    ...(hasToken ? [publish] : []),
  ];
}

async function main(): Promise<void> {
  const content = join(PROJECT_DIR, "content");
  const demonstration = await demonstrationIn(content);
  if (demonstration.length > 0) {
    const lines = demonstration.map((finding) => formatFinding({ ...finding, level: "error" }));
    throw new CliError(
      `This is still the demonstration, so it isn't deployed. Ids of articles are made of \`tag\`, and can't be changed later.\n${lines.join("\n")}`,
    );
  }
  const site = parseSite(await readFile(join(content, "site.yaml"), "utf8"));
  const url = site.ok ? site.value.url : "";
  const hasToken = !!process.env.WIREROOM_TOKEN;
  for (const { what, command } of deploySteps(readAccount(ask), url, hasToken)) {
    console.log(`\n${what}: ${command.join(" ")}`);
    if (spawn(command, "inherit").status !== 0)
      throw new CliError(`\n${what} failed; the steps after it weren't run.`);
  }
  if (!hasToken) {
    console.log(`\nDeployed. Nothing is published yet: set a secret once with \`npx wrangler secret put PUBLISH_TOKEN\`,
then \`WIREROOM_TOKEN=… npx wireroom publish --to ${url}\`. With WIREROOM_TOKEN set, npm run deploy publishes too.`);
  }
}

function ask(command: readonly string[]): CommandResult {
  const { status, stdout, stderr, error } = spawn(command, "pipe");
  return { status: status ?? 1, stdout: stdout ?? "", stderr: stderr || (error?.message ?? "") };
}

/** Runs `wireroom`, or a program of this project's `node_modules/.bin`. */
function spawn([name = "", ...flags]: readonly string[], stdio: "inherit" | "pipe") {
  const [program, args] =
    name === "wireroom"
      ? [process.execPath, [join(import.meta.dirname, "main.ts"), ...flags]]
      : [name, flags];
  return spawnSync(program, args, {
    cwd: PROJECT_DIR,
    encoding: "utf8",
    stdio: ["inherit", stdio, stdio],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
}

// Only if it is run, not if a test imports it.
if (process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
