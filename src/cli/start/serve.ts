// From nothing to a Worker that has everything in content/, and gets what changes there: what `npm start` and a preview
// share.

import { accessSync, constants, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Site } from "../../article/site.ts";
import { errorText, formatFinding } from "../../content/finding.ts";
import { readSite } from "../../content/folder.ts";
import { CliError } from "../../lib/cli-error.ts";
import type { Instant } from "../../lib/time.ts";
import { Client } from "../client.ts";
import type { Output } from "../progress.ts";
import { DEV_VARS, PROJECT_DIR } from "../target.ts";
import { keepRinging } from "./cron.ts";
import { takeLock } from "./lock.ts";
import { portProblem } from "./port.ts";
import { ensureSecret } from "./secrets.ts";
import { Session } from "./session.ts";
import { onShutdown } from "./shutdown.ts";
import { watchContent } from "./watch.ts";
import { localUrl, migrate, startWorker, type WorkerOptions } from "./worker.ts";

const CONTENT_DIR = resolve(PROJECT_DIR, "content");

/** What runs where, and what is said of it. */
interface Serving extends Omit<WorkerOptions, "onNoise" | "onGroup"> {
  /** What to type to start it, before the flags. */
  readonly command: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
  /** Publish articles as they stood then. */
  readonly asOf?: Instant;
  /** Lines of the greeting, which come first; asked for once all is published. */
  readonly about?: (client: Client) => Promise<Readonly<Record<string, string>>>;
}

/** The publication. Throws `CliError` where site.yaml isn't sound: the Worker is built with it. */
export async function soundSite(): Promise<Site> {
  const { site, findings } = await readSite(CONTENT_DIR);
  if (!site) throw new CliError(findings.map(formatFinding).join("\n"));
  return site;
}

/**
 * Starts the Worker, publishes everything, and comes back when that is done; with a broken site.yaml, once every address says
 * so. Throws `CliError` if it can't.
 */
export async function serve(
  { command, watch, verbose = false, asOf, about, ...worker }: Serving,
  out: Output,
): Promise<void> {
  const problem = await portProblem(worker.port, command);
  if (problem !== undefined) throw new CliError(problem);
  const { release } = takeLock(worker.state, command);
  onShutdown({ kill: release });
  const token = await ensureSecret("PUBLISH_TOKEN", DEV_VARS);
  await ensureSecret("WEBHOOK_SECRET", DEV_VARS);
  // wrangler and our build write there; what they say of a folder that they can't write to is a stack.
  mkdirSync(join(PROJECT_DIR, ".wrangler"), { recursive: true });
  accessSync(join(PROJECT_DIR, ".wrangler"), constants.W_OK);

  const options = { ...worker, ...(verbose ? { onNoise: out.say } : {}), onGroup: onShutdown };
  out.say("Bringing the local database up to date …");
  await migrate(options);
  const client = new Client({ url: localUrl(worker.port), token });
  const content = { dir: CONTENT_DIR, ...(asOf ? { asOf } : {}) };
  const start = (signal: AbortSignal) => startWorker(options, signal);
  const session = new Session(content, worker.port, start, client, out, async () =>
    out.say(greeting({ ...(await about?.(client)), ...addresses(client.url) }, watch)),
  );
  const begun = session.begin();
  // Watched from the beginning: what is saved, or broken, while everything is being published counts too.
  if (watch) {
    const stopWatching = watchContent(
      CONTENT_DIR,
      (changes) => session.take(changes),
      (error) => out.warn(`content/ can't be published: ${errorText(error)}`),
    );
    onShutdown({ kill: stopWatching });
  }
  await begun;
  onShutdown({ kill: keepRinging(() => session.url, out) });
}

const addresses = (url: string) => ({
  "Front page": `${url}/`,
  RSS: `${url}/rss.xml`,
  Atom: `${url}/atom.xml`,
  "JSON Feed": `${url}/feed.json`,
  Token: `PUBLISH_TOKEN in ${relative(process.cwd(), DEV_VARS) || DEV_VARS}`,
});

const greeting = (lines: Readonly<Record<string, string>>, watching: boolean): string => `
${Object.entries(lines)
  .map(([name, value]) => `  ${name.padEnd(10)}  ${value}`)
  .join("\n")}

${watching ? "Watching content/. " : ""}Ctrl-C ends it.`;
