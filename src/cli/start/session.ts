// The Worker while somebody works on content/: what is saved is published; and with a broken site.yaml, with which no Worker
// can run, every address says what is wrong with it until it is mended.

import { remarksOn } from "../check.ts";
import type { Client } from "../client.ts";
import { readSite } from "../content.ts";
import type { Output } from "../progress.ts";
import { type PublishOptions, runPublish } from "../publish.ts";
import { type Finding, formatFinding } from "../report.ts";
import { ring } from "./cron.ts";
import { endEverything } from "./ending.ts";
import { newsOnly, type Telling } from "./news.ts";
import { standIn } from "./stand-in.ts";
import type { Changes } from "./watch.ts";
import { type LocalWorker, startWorker, type WorkerOptions } from "./worker.ts";

/** One run of `npm start` or of a preview. */
export class Session {
  readonly #content: Pick<PublishOptions, "dir" | "asOf">;
  readonly #options: WorkerOptions;
  readonly #client: Client;
  readonly #out: Output;
  readonly #tell: Telling;
  readonly #onOpen: () => Promise<void>;
  #worker: LocalWorker | undefined;
  #siteIsBroken = false;
  #broken = "";
  #standIn: Awaited<ReturnType<typeof standIn>> | undefined;

  /** `content` is what to publish, `client` what does it; `onOpen` is called each time that all of it is published. */
  constructor(
    content: Pick<PublishOptions, "dir" | "asOf">,
    options: WorkerOptions,
    client: Client,
    out: Output,
    onOpen: () => Promise<void>,
  ) {
    this.#content = content;
    this.#options = options;
    this.#client = client;
    this.#out = out;
    this.#tell = newsOnly(out);
    this.#onOpen = onOpen;
  }

  /** The Worker's address; undefined while there is none that answers. */
  get url(): string | undefined {
    return this.#siteIsBroken ? undefined : this.#worker?.url;
  }

  /** Starts the Worker and publishes everything, now or when site.yaml is mended. Throws `Stop` if it can't. */
  async begin(): Promise<void> {
    const { site, findings } = await readSite(this.#content.dir);
    return site ? this.#open() : this.#siteBroke(findings);
  }

  async #open(): Promise<void> {
    this.#out.say(`Building the Worker and starting it on ${this.#client.url} …`);
    const worker = await startWorker(this.#options);
    this.#worker = worker;
    this.#siteIsBroken = false;
    worker.group.ended.then(() => this.#workerEnded(worker));
    this.#out.say("Publishing content/ …");
    await this.#tell(undefined, (out) => runPublish(this.#content, this.#client, out));
    await this.#ringMinute();
    await this.#onOpen();
  }

  /** Publishes what changed. */
  async take({ names, site }: Changes): Promise<void> {
    if (site) return this.#takeSite();
    // Without a Worker they wait: all is published when it is back.
    if (this.url === undefined) return;
    await this.#tell(names, async (out) => {
      await runPublish({ ...this.#content, only: names, quiet: true }, this.#client, out);
      // Whoever just saved an article has it before them: what `check` would remark helps now.
      for (const remark of await remarksOn(this.#content.dir, names)) out.warn(formatFinding(remark));
    });
  }

  async #takeSite(): Promise<void> {
    const reloaded = this.#worker?.reloaded();
    const { site, findings } = await readSite(this.#content.dir);
    if (!site) return this.#siteBroke(findings);
    if (this.#siteIsBroken) {
      await this.#standIn?.close();
      this.#standIn = undefined;
      await this.#worker?.group.stop();
      return this.#open();
    }
    await reloaded;
    this.#out.say("reloaded  content/site.yaml");
    // Another section or person may be what an article was refused for, and entries carry the site's settings.
    await this.#tell(undefined, (out) => runPublish({ ...this.#content, quiet: true }, this.#client, out));
    await this.#ringMinute();
  }

  /** Puts an answer in the place of the Worker, which would keep every request waiting. */
  async #siteBroke(findings: readonly Finding[]): Promise<void> {
    this.#siteIsBroken = true;
    const lines = findings.map(formatFinding);
    const wait = "No Worker can run with this site.yaml. It comes back when the file is mended.";
    this.#broken = [...lines, wait].join("\n");
    this.#out.warn(this.#broken);
    await this.#worker?.group.stop();
    this.#standIn ??= await standIn(this.#options.port, () => this.#broken);
  }

  async #workerEnded(worker: LocalWorker): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    const forSite = this.#siteIsBroken || !(await readSite(this.#content.dir)).site;
    if (forSite) this.#siteIsBroken = true;
    else await endEverything(1, `wrangler dev ended. It said:\n${worker.group.tail()}`);
  }

  async #ringMinute(): Promise<void> {
    if (this.#worker) await ring(this.#worker.url, "minute", this.#out);
  }
}
