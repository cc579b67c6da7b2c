// `npm run deploy`: refuse the demonstration, ask Cloudflare what is there already, check, make the queues that are missing,
// migrate, deploy, publish. Each step is taken only when the one before it went well.

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { formatFinding } from "../content/finding.ts";
import { parseSite } from "../content/folder.ts";
import { CliError } from "../lib/cli-error.ts";
import { demonstrationIn } from "./demonstration.ts";
import { PROJECT_DIR } from "./target.ts";

/** One command of a deploy. */
export interface Step {
  /** What it does, for the person who waits. */
  readonly what: string;
  readonly command: readonly string[];
}

/** What a command answered: its exit code, and what it said of a failure. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which of the things that the Worker needs are in the Cloudflare account already. */
export interface Account {
  readonly hasDatabase: boolean;
  readonly missingQueues: readonly string[];
}

const QUEUES = ["wireroom-rebuilds", "wireroom-renders", "wireroom-deliveries"];
const DATABASE = "wireroom";

/**
 * Finds out what is in the account; `ask` runs a command and gives its answer. Throws `CliError` where Cloudflare doesn't say: an
 * expired login or a network that is down must not be taken for an empty account.
 */
export function readAccount(ask: (command: readonly string[]) => Answer): Account {
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

/** How wrangler says that there is no such queue. */
export const noQueue = (name: string): string => `Queue "${name}" does not exist.`;

const unanswered = ({
  stdout,
  stderr,
}: Answer): string => `Nothing was deployed, because Cloudflare didn't say what is there already:

${(stderr.trim() || stdout.trim()).replace(/^/gm, "  ")}

If you aren't logged in: run \`npx wrangler login\`, or set CLOUDFLARE_API_TOKEN where nobody can log in, as in CI.`;

/**
 * The steps of a deploy. Migrations are additive and go before the code that needs them; where there is no database yet the
 * deploy makes it, and they come after. `url` and a token are where the articles go in the end.
 */
export function deploySteps(account: Account, url: string, hasToken: boolean): readonly Step[] {
  const migrate: Step = {
    what: "Migrate the database",
    command: ["wrangler", "d1", "migrations", "apply", "DB", "--remote"],
  };
  const deploy: Step = { what: "Deploy the Worker", command: ["wrangler", "deploy"] };
  const queues = account.missingQueues.map(
    (name): Step => ({
      what: `Make the queue ${name}`,
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
      `This is still the demonstration, and isn't deployed. Ids of articles are made of \`tag\`, and can't be changed later.\n${lines.join("\n")}`,
    );
  }
  const site = parseSite(await readFile(join(content, "site.yaml"), "utf8"));
  const url = site.ok ? site.value.url : "";
  const hasToken = !!process.env.WIREROOM_TOKEN;
  for (const { what, command } of deploySteps(readAccount(ask), url, hasToken)) {
    console.log(`\n${what}: ${command.join(" ")}`);
    if (spawn(command, "inherit").status !== 0)
      throw new CliError(`\n${what} failed; nothing after it was done.`);
  }
  if (!hasToken) {
    console.log(`\nDeployed. Nothing is published yet: set a secret once with \`npx wrangler secret put PUBLISH_TOKEN\`,
then \`WIREROOM_TOKEN=… npx wireroom publish --to ${url}\`. With WIREROOM_TOKEN set, npm run deploy publishes too.`);
  }
}

function ask(command: readonly string[]): Answer {
  const { status, stdout, stderr, error } = spawn(command, "pipe");
  return { status: status ?? 1, stdout: stdout ?? "", stderr: stderr || (error?.message ?? "") };
}

/** Runs a command of this project's `node_modules/.bin`, or our own. */
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

// Run, not imported by a test.
if (process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
