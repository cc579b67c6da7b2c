// `npm start`: the Worker, its databases and its clock on this machine, with everything in content/ published,
// and published again when it changes. Whatever ends it ends every process that it started.

import { relative, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { readSite } from "./content.ts";
import { output } from "./progress.ts";
import { errorText, formatFinding } from "./report.ts";
import { keepRinging } from "./start/cron.ts";
import { endEverything, endWith, onEnd } from "./start/ending.ts";
import { portProblem } from "./start/port.ts";
import { ensureSecret } from "./start/secrets.ts";
import { Session } from "./start/session.ts";
import { watchContent } from "./start/watch.ts";
import { localUrl, migrate } from "./start/worker.ts";
import { Stop } from "./stop.ts";
import { DEV_VARS, PROJECT_DIR } from "./target.ts";

const CONTENT_DIR = resolve(PROJECT_DIR, "content");
const out = output(process.stdout, process.stderr);

interface Flags {
  readonly port: number;
  readonly state: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
}

async function start(flags: Flags): Promise<void> {
  const problem = await portProblem(flags.port);
  if (problem !== undefined) throw new Stop(problem);
  // The Worker is built with site.yaml, so without a sound one there is nothing to start.
  const { site, findings } = await readSite(CONTENT_DIR);
  if (!site) throw new Stop(findings.map(formatFinding).join("\n"));
  const token = await ensureSecret("PUBLISH_TOKEN", DEV_VARS);
  await ensureSecret("WEBHOOK_SECRET", DEV_VARS);

  const options = {
    port: flags.port,
    state: resolve(flags.state),
    ...(flags.verbose ? { onNoise: out.say } : {}),
    onGroup: onEnd,
  };
  await migrate(options);
  const session = new Session(CONTENT_DIR, options, token, out);
  await session.open();
  onEnd({ kill: keepRinging(() => session.url, out) });
  out.say(greeting(localUrl(flags.port), flags.watch));
  if (!flags.watch) return;
  const stopWatching = watchContent(
    CONTENT_DIR,
    (changes) => session.take(changes),
    (error) => out.warn(`content/ can't be published: ${errorText(error)}`),
  );
  onEnd({ kill: stopWatching });
}

const greeting = (url: string, watching: boolean): string => `
  Front page  ${url}/
  RSS         ${url}/rss.xml
  Atom        ${url}/atom.xml
  JSON Feed   ${url}/feed.json
  Token       PUBLISH_TOKEN in ${relative(process.cwd(), DEV_VARS) || DEV_VARS}

${watching ? "Watching content/. " : ""}Ctrl-C ends it.`;

function readPort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}

const program = new Command("npm start --")
  .description("Run Wireroom on this machine, with everything in content/ published.")
  .option("--port <number>", "the port to listen on", readPort, 8787)
  .option("--state <dir>", "where the local databases live", ".wireroom")
  .option("--no-watch", "publish once, and don't watch content/")
  .option("--verbose", "show what wrangler says");

endWith(process, out);
try {
  await start(program.parse().opts<Flags>());
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  await endEverything(1, error.message);
}
