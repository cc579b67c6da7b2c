// `npm start`: the Worker, its databases and its clock on this machine, with everything in content/ published,
// and published again when it changes. Whatever ends it ends every process that it started.

import { relative, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Client } from "./client.ts";
import { readSite } from "./content.ts";
import { output } from "./progress.ts";
import { runPublish } from "./publish.ts";
import { formatFinding } from "./report.ts";
import { keepRinging, ring } from "./start/cron.ts";
import { endEverything, endWith, onEnd } from "./start/ending.ts";
import { portProblem } from "./start/port.ts";
import { ensureToken } from "./start/token.ts";
import { type Changes, watchContent } from "./start/watch.ts";
import { type LocalWorker, migrate, startWorker } from "./start/worker.ts";
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
  await checkSite();
  const token = await ensureToken(DEV_VARS);

  const options = {
    port: flags.port,
    state: resolve(flags.state),
    ...(flags.verbose ? { onNoise: out.say } : {}),
    onGroup: onEnd,
  };
  await migrate(options);
  const worker = await startWorker(options);
  worker.group.ended.then(() => endEverything(1, `wrangler dev ended. It said:\n${worker.group.tail()}`));

  const client = new Client({ url: worker.url, token });
  await runPublish({ dir: CONTENT_DIR }, client, out);
  await ring(worker.url, "minute", out);
  onEnd({ kill: keepRinging(worker.url, out) });
  out.say(greeting(worker.url, flags.watch));
  if (!flags.watch) return;
  const stopWatching = watchContent(
    CONTENT_DIR,
    (changes) => republish(changes, worker, client),
    (error) => out.warn(error instanceof Stop ? error.message : `content/ can't be published: ${error}`),
  );
  onEnd({ kill: stopWatching });
}

/** The Worker is built with site.yaml, so without a sound one there is nothing to start. */
async function checkSite(): Promise<void> {
  const { site, findings } = await readSite(CONTENT_DIR);
  if (!site) throw new Stop(findings.map(formatFinding).join("\n"));
}

async function republish({ slugs, site }: Changes, worker: LocalWorker, client: Client): Promise<void> {
  if (!site) {
    await runPublish({ dir: CONTENT_DIR, only: slugs, quiet: true }, client, out);
    return;
  }
  const reloaded = worker.reloaded();
  const { site: sound, findings } = await readSite(CONTENT_DIR);
  for (const finding of findings) out.warn(formatFinding(finding));
  if (!sound)
    return out.warn("The Worker can't run with this site.yaml, and answers errors until it is mended.");
  await reloaded;
  out.say("reloaded  content/site.yaml");
  // Another section or person may be what an article was refused for, and entries carry the site's settings.
  await runPublish({ dir: CONTENT_DIR, quiet: true }, client, out);
  await ring(worker.url, "minute", out);
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
