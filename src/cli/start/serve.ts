// Starts a local Worker, publishes content/ to it, and then what changes there: what `npm start` and
// `wireroom preview` share.

import { accessSync, constants, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Site } from "../../article/site.ts";
import { errorText, formatFinding } from "../../content/finding.ts";
import { readSite } from "../../content/folder.ts";
import { CliError } from "../../lib/cli-error.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";
import { Client } from "../client.ts";
import { DEV_VARS, ensureSecret, PROJECT_DIR } from "../target.ts";
import type { Output } from "../terminal.ts";
import { localUrl, migrate, startCron, startWorker, type WorkerOptions } from "./local-worker.ts";
import { acquireLock } from "./lock.ts";
import { portProblem } from "./port.ts";
import { Session } from "./session.ts";
import { onShutdown } from "./shutdown.ts";
import { watchContent } from "./watch.ts";

const CONTENT_DIR = resolve(PROJECT_DIR, "content");

/** What to run, and how. */
interface Serving extends Omit<WorkerOptions, "onOutput" | "onGroup"> {
  /** The command that the user typed, for messages. */
  readonly command: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
  /** Publish articles as they were at that time. */
  readonly asOf?: Instant;
  /** First lines of the greeting; called when everything is published. */
  readonly about?: (client: Client) => Promise<Readonly<Record<string, string>>>;
}

/** Reads site.yaml. Throws `CliError` if it isn't valid: the Worker is built with it. */
export async function readValidSite(): Promise<Site> {
  const { site, findings } = await readSite(CONTENT_DIR);
  if (!site) throw new CliError(findings.map(formatFinding).join("\n"));
  return site;
}

/**
 * Starts the Worker and publishes everything. Resolves when that is done; with an invalid site.yaml, when the
 * error server runs. Throws `CliError` if it can't.
 */
export async function serve(
  { command, watch, verbose = false, asOf, about, ...worker }: Serving,
  out: Output,
): Promise<void> {
  const problem = await portProblem(worker.port, command);
  if (problem !== undefined) throw new CliError(problem);
  const { release } = acquireLock(worker.state, command);
  onShutdown({ kill: release });
  const token = await ensureSecret("PUBLISH_TOKEN", DEV_VARS);
  await ensureSecret("WEBHOOK_SECRET", DEV_VARS);
  // wrangler and our build write there. If they can't, they only print a stack trace.
  mkdirSync(join(PROJECT_DIR, ".wrangler"), { recursive: true });
  accessSync(join(PROJECT_DIR, ".wrangler"), constants.W_OK);

  const options = {
    ...worker,
    ...omitUndefined({ onOutput: verbose ? out.say : undefined }),
    onGroup: onShutdown,
  };
  out.say("Bringing the local database up to date …");
  await migrate(options);
  const client = new Client({ url: localUrl(worker.port), token });
  const content = { dir: CONTENT_DIR, ...omitUndefined({ asOf }) };
  const start = (signal: AbortSignal) => startWorker(options, signal);
  const session = new Session(content, worker.port, start, client, out, async () =>
    out.say(greeting({ ...(await about?.(client)), ...addresses(client.url) }, watch)),
  );
  const begun = session.begin();
  // Watches from the beginning, to notice what is saved while everything is being published.
  if (watch) {
    const stopWatching = watchContent(
      CONTENT_DIR,
      (changes) => session.take(changes),
      (error) => out.warn(`content/ can't be published: ${errorText(error)}`),
    );
    onShutdown({ kill: stopWatching });
  }
  await begun;
  onShutdown({ kill: startCron(() => session.url, out) });
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
