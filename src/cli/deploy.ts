// `npm run deploy`: refuse the demonstration, check, migrate, deploy, publish — each step only when the one before went well.

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSite } from "../site.ts";
import { demonstrationIn } from "./demonstration.ts";
import { formatFinding } from "./report.ts";
import { PROJECT_DIR } from "./target.ts";

/** One command of a deploy. */
export interface Step {
  /** What it does, for the person who waits. */
  readonly what: string;
  readonly command: readonly string[];
}

const QUEUES = ["wireroom-rebuilds", "wireroom-deliveries"];
const DATABASE = "wireroom";

/**
 * The steps of a deploy. Migrations are additive and go before the code that needs them; only the first deploy makes
 * the database, so there they come after it. `url` and a token are where the articles go in the end.
 */
export function deploySteps(first: boolean, url: string, hasToken: boolean): readonly Step[] {
  const migrate: Step = {
    what: "Migrate the database",
    command: ["wrangler", "d1", "migrations", "apply", "DB", "--remote"],
  };
  const deploy: Step = { what: "Deploy the Worker", command: ["wrangler", "deploy"] };
  const queues = QUEUES.map(
    (name): Step => ({
      what: `Make the queue ${name}`,
      command: ["wrangler", "queues", "create", name],
    }),
  );
  const publish: Step = { what: `Publish content/ to ${url}`, command: ["wireroom", "publish", "--to", url] };
  return [
    { what: "Check the code", command: ["npm", "run", "check"] },
    { what: "Check the articles and site.yaml", command: ["wireroom", "check"] },
    ...(first ? [...queues, deploy, migrate] : [migrate, deploy]),
    ...(hasToken ? [publish] : []),
  ];
}

async function main(): Promise<void> {
  const content = join(PROJECT_DIR, "content");
  const demonstration = await demonstrationIn(content);
  if (demonstration.length > 0) {
    console.error(
      "This is still the demonstration, and isn't deployed. Ids of articles are made of `tag`, and can't be changed later.",
    );
    for (const finding of demonstration) console.error(formatFinding({ ...finding, level: "error" }));
    process.exitCode = 1;
    return;
  }
  const site = parseSite(await readFile(join(content, "site.yaml"), "utf8"));
  const url = site.ok ? site.value.url : "";
  const hasToken = !!process.env.WIREROOM_TOKEN;
  const first = run(["wrangler", "d1", "info", DATABASE], "ignore") !== 0;
  for (const { what, command } of deploySteps(first, url, hasToken)) {
    console.log(`\n${what}: ${command.join(" ")}`);
    const status = run(command, "inherit");
    // A queue that an earlier, interrupted first deploy made is no trouble.
    if (status !== 0 && !command.includes("queues")) {
      console.error(`\n${what} failed; nothing after it was done.`);
      process.exitCode = 1;
      return;
    }
  }
  if (!hasToken) {
    console.log(`\nDeployed. Nothing is published yet: set a secret once with \`npx wrangler secret put PUBLISH_TOKEN\`,
then \`WIREROOM_TOKEN=… npx wireroom publish --to ${url}\`. With WIREROOM_TOKEN set, npm run deploy publishes too.`);
  }
}

/** Runs a command of this project's `node_modules/.bin`, or our own; its exit code, 1 where a signal ended it. */
function run([name = "", ...flags]: readonly string[], stdio: "inherit" | "ignore"): number {
  const [program, args] =
    name === "wireroom"
      ? [process.execPath, [join(import.meta.dirname, "main.ts"), ...flags]]
      : [name, flags];
  return spawnSync(program, args, { cwd: PROJECT_DIR, stdio }).status ?? 1;
}

// Run, not imported by a test.
if (process.argv[1] === import.meta.filename) await main();
