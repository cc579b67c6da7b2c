// One run of `npm start` or `wireroom preview`: publishes what is saved in content/. No Worker can run with
// an invalid site.yaml; until that is corrected, an error server answers every request with its problems.

import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Finding, formatFinding } from "../../content/finding.ts";
import { isMissing, readSite } from "../../content/folder.ts";
import { lintWarnings } from "../check.ts";
import type { Client } from "../client.ts";
import { type PublishOptions, runPublish } from "../publish.ts";
import type { Output } from "../terminal.ts";
import { type LocalWorker, triggerCron } from "./local-worker.ts";
import { type ErrorServer, startErrorServer } from "./port.ts";
import { shutDown } from "./shutdown.ts";

/** Does one thing at a time, in the order of the calls. */
export class Session {
  readonly #content: Pick<PublishOptions, "dir" | "asOf">;
  readonly #start: (signal: AbortSignal) => Promise<LocalWorker>;
  readonly #port: number;
  readonly #client: Client;
  readonly #out: Output;
  readonly #filtered: WarningFilter;
  readonly #onOpen: () => Promise<void>;
  #worker: LocalWorker | undefined;
  /**
   * Aborted when site.yaml becomes invalid, which ends the Worker and all requests to it. Each Worker has its
   * own.
   */
  #lifetime = new AbortController();
  #queue: Promise<void> = Promise.resolve();
  #errorText = "";
  #errorServer: ErrorServer | undefined;

  /**
   * `client` publishes `content`. `start` starts a Worker on `port`, which ends when the signal is aborted.
   * `onOpen` is called each time that a new Worker has everything.
   */
  constructor(
    content: Pick<PublishOptions, "dir" | "asOf">,
    port: number,
    start: (signal: AbortSignal) => Promise<LocalWorker>,
    client: Client,
    out: Output,
    onOpen: () => Promise<void>,
  ) {
    this.#content = content;
    this.#port = port;
    this.#start = start;
    this.#client = client;
    this.#out = out;
    this.#filtered = withoutRepeatedWarnings(this.#untilAborted(out));
    this.#onOpen = onOpen;
  }

  /** The Worker's address; undefined while no Worker runs. */
  get url(): string | undefined {
    return this.#lifetime.signal.aborted ? undefined : this.#worker?.url;
  }

  /**
   * Starts the Worker and publishes everything, now or when site.yaml is valid. Throws `CliError` if it
   * can't.
   */
  begin(): Promise<void> {
    return this.#enqueue(async () => {
      const { site, findings } = await readSite(this.#content.dir);
      return site ? this.#open() : this.#reportSite(findings);
    });
  }

  /** Publishes what changed. */
  async take({ names, site }: Changes): Promise<void> {
    const task = this.#enqueue(() => (site ? this.#publishWithSite() : this.#publishChanged(names)));
    // Checked outside the queue: with an invalid site.yaml wrangler answers nothing, so the current task
    // would never end.
    if (site && !(await readSite(this.#content.dir)).site) this.#lifetime.abort();
    return task;
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const task = this.#queue.then(work).catch((error: unknown) => this.#failed(error));
    this.#queue = task.catch(() => undefined);
    return task;
  }

  /** Rethrows the error, unless it came because site.yaml has become invalid. */
  async #failed(error: unknown): Promise<void> {
    // That change has its own task, and once site.yaml is valid again, everything is published.
    if (this.#lifetime.signal.aborted) return;
    const { site, findings } = await readSite(this.#content.dir);
    if (site) throw error;
    await this.#reportSite(findings);
  }

  async #open(): Promise<void> {
    const lifetime = new AbortController();
    this.#lifetime = lifetime;
    await this.#errorServer?.close();
    this.#errorServer = undefined;
    await this.#worker?.group.ended;
    lifetime.signal.throwIfAborted();
    this.#out.say(`Building the Worker and starting it on ${this.#client.url} …`);
    const worker = await this.#start(lifetime.signal);
    this.#worker = worker;
    worker.group.ended.then(() => this.#workerEnded(worker, lifetime));
    this.#out.say("Publishing content/ …");
    await this.#publish();
    await this.#runMinuteCron();
    lifetime.signal.throwIfAborted();
    await this.#onOpen();
  }

  async #publishChanged(names: ReadonlySet<string>): Promise<void> {
    // When the Worker is back, everything is published.
    if (this.url === undefined) return;
    await this.#publish({ only: names, quiet: true }, async (out) => {
      // The writer has just saved this article, so lint warnings are useful now.
      for (const warning of await lintWarnings(this.#content.dir, names)) out.warn(formatFinding(warning));
    });
  }

  async #publishWithSite(): Promise<void> {
    const reloaded = this.#worker?.reloaded();
    const { site, findings } = await readSite(this.#content.dir);
    if (!site) return this.#reportSite(findings);
    const { signal } = this.#lifetime;
    if (signal.aborted) return this.#open();
    await reloaded;
    signal.throwIfAborted();
    this.#out.say("reloaded  content/site.yaml");
    // An article may have been refused for a section or person that exists now, and entries contain the
    // site's settings.
    await this.#publish({ quiet: true });
    await this.#runMinuteCron();
  }

  async #publish(
    options: Pick<PublishOptions, "only" | "quiet"> = {},
    after?: (out: Output) => Promise<void>,
  ): Promise<void> {
    const client = this.#client.until(this.#lifetime.signal);
    await this.#filtered(options.only, async (out) => {
      await runPublish({ ...this.#content, ...options }, client, out);
      await after?.(out);
    });
  }

  /** Ends the Worker, which would leave every request without an answer, and starts the error server. */
  async #reportSite(findings: readonly Finding[]): Promise<void> {
    this.#lifetime.abort();
    const lines = findings.map(formatFinding);
    const hint = "The Worker can't run with this site.yaml. It starts again when the file is corrected.";
    this.#errorText = [...lines, hint].join("\n");
    this.#out.warn(this.#errorText);
    await this.#worker?.group.ended;
    try {
      this.#errorServer ??= await startErrorServer(this.#port, () => this.#errorText);
    } catch (error) {
      await shutDown(
        1,
        `Can't answer on port ${this.#port}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  async #workerEnded(worker: LocalWorker, lifetime: AbortController): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    if (lifetime.signal.aborted) return;
    if ((await readSite(this.#content.dir)).site)
      await shutDown(1, `wrangler dev ended. Its output:\n${worker.group.tail()}`);
    else lifetime.abort();
  }

  async #runMinuteCron(): Promise<void> {
    if (this.#worker) await triggerCron(this.#worker.url, "minute", this.#untilAborted(this.#out));
  }

  /** Prints nothing once site.yaml is invalid: what fails then, fails because of that. */
  #untilAborted(out: Output): Output {
    const unlessAborted = (print: (line: string) => void) => (line: string) => {
      if (!this.#lifetime.signal.aborted) print(line);
    };
    return { ...out, say: unlessAborted(out.say), warn: unlessAborted(out.warn) };
  }
}

/**
 * Runs work that prints warnings. `names` are the articles and policies that it looks at; undefined means
 * all.
 */
export type WarningFilter = (
  names: ReadonlySet<string> | undefined,
  work: (out: Output) => Promise<unknown>,
) => Promise<void>;

/**
 * Prints a warning only when it is new: repeated at each save, old warnings would hide new ones. Errors and
 * all other lines are always printed.
 */
export function withoutRepeatedWarnings(out: Output): WarningFilter {
  let active: ReadonlySet<string> = new Set();
  return async (names, work) => {
    const printed = new Set<string>();
    const warn = (line: string) => {
      const key = keyOf(line);
      if (key !== undefined) printed.add(key);
      if (key === undefined || !active.has(key)) out.warn(line);
    };
    await work({ ...out, warn });
    const others = [...active].filter((key) => names && !isOf(key, names));
    active = new Set([...others, ...printed]);
  };
}

/** A line of `formatFinding`. The line number isn't compared: it changes with the lines above. */
const WARNING = /^(\S+?)(?::\d+)? {2}warning: {2}(.*)$/s;

function keyOf(line: string): string | undefined {
  const [, file, message] = WARNING.exec(line) ?? [];
  return file === undefined ? undefined : `${file}  ${message}`;
}

const isOf = (key: string, names: ReadonlySet<string>): boolean =>
  (key.split("  ")[0] ?? "").split("/").some((part) => names.has(part));

// Watches the content folder, and reports changes together that come shortly after each other.

const QUIET_MS = 150;
const WATCHED: ReadonlySet<string> = new Set(["articles", "partners"]);

/** What has changed since the last report. */
export interface Changes {
  /** Names of folders in `articles`, and of files in `partners`. */
  readonly names: ReadonlySet<string>;
  /** True if site.yaml has changed. */
  readonly site: boolean;
}

/**
 * Calls `publish` after changes in `dir`, even if an earlier call hasn't ended. Returns a function that ends
 * the watching. `onError` gets the error if something can't be watched, or if `publish` fails.
 */
export function watchContent(
  dir: string,
  publish: (changes: Changes) => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let names = new Set<string>();
  let site = false;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    const changes = { names, site };
    names = new Set();
    site = false;
    publish(changes).catch(onError);
  };
  const onChange = (file: string) => {
    const [top = "", name] = relative(dir, file).split(sep);
    const changed = WATCHED.has(top) ? visibleNames(join(dir, top), name) : [];
    for (const each of changed) names.add(each);
    if (top === "site.yaml") site = true;
    else if (changed.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MS);
  };
  const close = watchTree(dir, onChange, onError);
  return () => {
    clearTimeout(timer);
    close();
  };
}

/**
 * Watches each folder by itself. On Linux, Node's recursive watching loses a file when an editor replaces it
 * by renaming; a folder's own watcher sees that.
 */
function watchTree(
  root: string,
  onChange: (file: string) => void,
  onError: (error: unknown) => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const forget = (path: string) => {
    for (const [dir, watcher] of watchers) {
      if (dir !== path && !dir.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(dir);
    }
  };
  const add = (dir: string) => {
    try {
      const names = subfolders(dir);
      if (names && !watchers.has(dir)) watchers.set(dir, watchFolder(dir));
      for (const name of names ?? []) if (!watchers.has(join(dir, name))) add(join(dir, name));
    } catch (error) {
      onError(error);
    }
  };
  const watchFolder = (dir: string) => {
    const watcher = watch(dir, (event, name) => {
      // This name may be another folder now, which the old watcher doesn't see.
      if (event === "rename" && name !== null) forget(join(dir, name));
      add(dir);
      if (name !== null) onChange(join(dir, name));
    });
    return watcher.on("error", (error) => {
      forget(dir);
      // If the folder was deleted, the error is expected.
      if (subfolders(dir)) onError(error);
    });
  };
  add(root);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** `name`; for a new folder all names in it, since they may be older than its watcher. Without dotfiles. */
const visibleNames = (dir: string, name: string | undefined): readonly string[] =>
  (name === undefined ? (namesIn(dir) ?? []) : [name]).filter((each) => !each.startsWith("."));

const subfolders = (dir: string): readonly string[] | undefined =>
  namesIn(dir, (entry) => entry.isDirectory() && !entry.name.startsWith("."));

function namesIn(dir: string, wanted = (_entry: Dirent) => true): readonly string[] | undefined {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries.filter(wanted).map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
