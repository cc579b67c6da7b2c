// The Worker while somebody works on content/: what is saved is published, and a broken site.yaml, with which the
// Worker answers nothing, is waited out.

import type { Client } from "../client.ts";
import { readSite } from "../content.ts";
import type { Output } from "../progress.ts";
import { type PublishOptions, runPublish } from "../publish.ts";
import { formatFinding } from "../report.ts";
import { ring } from "./cron.ts";
import { endEverything } from "./ending.ts";
import type { Changes } from "./watch.ts";
import { type LocalWorker, startWorker, type WorkerOptions } from "./worker.ts";

/** One run of `npm start` or of a preview. */
export class Session {
  readonly #content: Pick<PublishOptions, "dir" | "asOf">;
  readonly #options: WorkerOptions;
  readonly #client: Client;
  readonly #out: Output;
  #worker: LocalWorker | undefined;
  #siteIsBroken = false;

  /** `content` is what to publish, `client` what does it. */
  constructor(
    content: Pick<PublishOptions, "dir" | "asOf">,
    options: WorkerOptions,
    client: Client,
    out: Output,
  ) {
    this.#content = content;
    this.#options = options;
    this.#client = client;
    this.#out = out;
  }

  /** The Worker's address; undefined while there is none that answers. */
  get url(): string | undefined {
    return this.#siteIsBroken ? undefined : this.#worker?.url;
  }

  /** Starts the Worker and publishes everything. Throws `Stop` if it can't. */
  async open(): Promise<void> {
    const worker = await startWorker(this.#options);
    this.#worker = worker;
    this.#siteIsBroken = false;
    worker.group.ended.then(() => this.#workerEnded(worker));
    await runPublish(this.#content, this.#client, this.#out);
    await this.#ringMinute();
  }

  /** Publishes what changed. */
  async take({ names, site }: Changes): Promise<void> {
    if (site) return this.#takeSite();
    // Without a Worker they wait: all is published when it is back.
    if (this.url === undefined) return;
    await runPublish({ ...this.#content, only: names, quiet: true }, this.#client, this.#out);
  }

  async #takeSite(): Promise<void> {
    const reloaded = this.#worker?.reloaded();
    const { site, findings } = await readSite(this.#content.dir);
    if (!site) {
      this.#siteIsBroken = true;
      for (const finding of findings) this.#out.warn(formatFinding(finding));
      return this.#out.warn("The Worker can't run with this site.yaml, and comes back when it is mended.");
    }
    if (this.#siteIsBroken) {
      await this.#worker?.group.stop();
      await this.open();
      return;
    }
    await reloaded;
    this.#out.say("reloaded  content/site.yaml");
    // Another section or person may be what an article was refused for, and entries carry the site's settings.
    await runPublish({ ...this.#content, quiet: true }, this.#client, this.#out);
    await this.#ringMinute();
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
