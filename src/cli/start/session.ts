// The Worker while somebody works on content/: what is saved is published; and with a broken site.yaml, with which no Worker
// can run, every address says what is wrong with it until it is mended.

import { type Finding, formatFinding } from "../../content/finding.ts";
import { readSite } from "../../content/folder.ts";
import { remarksOn } from "../check.ts";
import type { Client } from "../client.ts";
import type { Output } from "../progress.ts";
import { type PublishOptions, runPublish } from "../publish.ts";
import { ring } from "./cron.ts";
import { newsOnly, type Telling } from "./news.ts";
import { shutDown } from "./shutdown.ts";
import { standIn } from "./stand-in.ts";
import type { Changes } from "./watch.ts";
import type { LocalWorker } from "./worker.ts";

/** One run of `npm start` or of a preview. It does one thing at a time, in the order in which it is asked. */
export class Session {
  readonly #content: Pick<PublishOptions, "dir" | "asOf">;
  readonly #start: (signal: AbortSignal) => Promise<LocalWorker>;
  readonly #port: number;
  readonly #client: Client;
  readonly #out: Output;
  readonly #tell: Telling;
  readonly #onOpen: () => Promise<void>;
  #worker: LocalWorker | undefined;
  /** Aborted when site.yaml breaks, which ends the Worker and all that waits for its answers. Each Worker has its own. */
  #life = new AbortController();
  #lastTurn: Promise<void> = Promise.resolve();
  #broken = "";
  #standIn: Awaited<ReturnType<typeof standIn>> | undefined;

  /**
   * `content` is what to publish, `client` what does it. `start` starts a Worker on `port`, which ends when its signal is
   * aborted; `onOpen` is called each time that all is published.
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
    this.#tell = newsOnly(this.#whileSound(out));
    this.#onOpen = onOpen;
  }

  /** The Worker's address; undefined while there is none that answers. */
  get url(): string | undefined {
    return this.#life.signal.aborted ? undefined : this.#worker?.url;
  }

  /** Starts the Worker and publishes everything, now or when site.yaml is mended. Throws `CliError` if it can't. */
  begin(): Promise<void> {
    return this.#inTurn(async () => {
      const { site, findings } = await readSite(this.#content.dir);
      return site ? this.#open() : this.#siteBroke(findings);
    });
  }

  /** Publishes what changed. */
  async take({ names, site }: Changes): Promise<void> {
    const turn = this.#inTurn(() => (site ? this.#takeSite() : this.#takeNames(names)));
    // Looked at before its turn: with a broken site.yaml wrangler answers nothing, so what has the turn would never end.
    if (site && !(await readSite(this.#content.dir)).site) this.#life.abort();
    return turn;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(work).catch((error: unknown) => this.#failed(error));
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Throws the error again, unless it came because site.yaml broke. */
  async #failed(error: unknown): Promise<void> {
    // The change that broke it has a turn of its own, and once it is mended, everything is published again.
    if (this.#life.signal.aborted) return;
    const { site, findings } = await readSite(this.#content.dir);
    if (site) throw error;
    await this.#siteBroke(findings);
  }

  async #open(): Promise<void> {
    const life = new AbortController();
    this.#life = life;
    await this.#standIn?.close();
    this.#standIn = undefined;
    await this.#worker?.group.ended;
    life.signal.throwIfAborted();
    this.#out.say(`Building the Worker and starting it on ${this.#client.url} …`);
    const worker = await this.#start(life.signal);
    this.#worker = worker;
    worker.group.ended.then(() => this.#workerEnded(worker, life));
    this.#out.say("Publishing content/ …");
    await this.#publish();
    await this.#ringMinute();
    life.signal.throwIfAborted();
    await this.#onOpen();
  }

  async #takeNames(names: ReadonlySet<string>): Promise<void> {
    // Without a Worker they wait: all is published when it is back.
    if (this.url === undefined) return;
    await this.#publish({ only: names, quiet: true }, async (out) => {
      // Somebody has just saved this article, so the remarks that `check` would make are useful now.
      for (const remark of await remarksOn(this.#content.dir, names)) out.warn(formatFinding(remark));
    });
  }

  async #takeSite(): Promise<void> {
    const reloaded = this.#worker?.reloaded();
    const { site, findings } = await readSite(this.#content.dir);
    if (!site) return this.#siteBroke(findings);
    const { signal } = this.#life;
    if (signal.aborted) return this.#open();
    await reloaded;
    signal.throwIfAborted();
    this.#out.say("reloaded  content/site.yaml");
    // Another section or person may be what an article was refused for, and entries carry the site's settings.
    await this.#publish({ quiet: true });
    await this.#ringMinute();
  }

  async #publish(
    options: Pick<PublishOptions, "only" | "quiet"> = {},
    after?: (out: Output) => Promise<void>,
  ): Promise<void> {
    const client = this.#client.until(this.#life.signal);
    await this.#tell(options.only, async (out) => {
      await runPublish({ ...this.#content, ...options }, client, out);
      await after?.(out);
    });
  }

  /** Puts an answer in the place of the Worker, which would keep every request waiting. */
  async #siteBroke(findings: readonly Finding[]): Promise<void> {
    this.#life.abort();
    const lines = findings.map(formatFinding);
    const wait = "No Worker can run with this site.yaml. It comes back when the file is mended.";
    this.#broken = [...lines, wait].join("\n");
    this.#out.warn(this.#broken);
    await this.#worker?.group.ended;
    try {
      this.#standIn ??= await standIn(this.#port, () => this.#broken);
    } catch (error) {
      await shutDown(
        1,
        `Can't answer on port ${this.#port}: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  async #workerEnded(worker: LocalWorker, life: AbortController): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    if (life.signal.aborted) return;
    if ((await readSite(this.#content.dir)).site)
      await shutDown(1, `wrangler dev ended. It said:\n${worker.group.tail()}`);
    else life.abort();
  }

  async #ringMinute(): Promise<void> {
    if (this.#worker) await ring(this.#worker.url, "minute", this.#whileSound(this.#out));
  }

  /** Says nothing once site.yaml is broken: what then fails, fails for that. */
  #whileSound(out: Output): Output {
    const unlessBroken = (tell: (line: string) => void) => (line: string) => {
      if (!this.#life.signal.aborted) tell(line);
    };
    return { ...out, say: unlessBroken(out.say), warn: unlessBroken(out.warn) };
  }
}
