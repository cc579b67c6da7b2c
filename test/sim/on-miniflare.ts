// Plays histories on Miniflare's bindings, as far as those can be made to fail, since the simulated bindings may be wrong.
// There is one isolate at a time, and steps run one after the other. Time passes by moving the Worker's clock, and cron runs
// in each minute of it.

import { setTimeout as pause } from "node:timers/promises";
import type { Faults } from "../worker/faulty.ts";
import { startMovedWorker } from "../worker/moved-clock.ts";
import { articleOf, MINUTE } from "./article.ts";
import type { Fault } from "./faults.ts";
import type { History, Step } from "./history.ts";
import { DOCUMENTS, SITE_YAML, SLUGS } from "./site.ts";
import { isFiledUnder, type Sent, Witness } from "./witness.ts";
import { clock } from "./world.ts";

/** How long to wait for the Worker while something fails; cron of a later minute does what is left. */
const TROUBLED_PAUSE_MILLISECONDS = 200;
/** So long after the last failure all work must have ended. */
const TROUBLE_LASTS = 3 * MINUTE;

type Worker = Awaited<ReturnType<typeof startMovedWorker>>;

/** Plays a history on Miniflare, then checks the promises at rest. Returns the witness, with all violations. */
export async function playOnMiniflare(history: History): Promise<Witness> {
  const worker = await startMovedWorker({ siteYaml: SITE_YAML });
  try {
    const run = new Run(worker);
    for (const step of history.steps) {
      await run.advance(step.after ?? 0);
      await run.step(step);
    }
    await run.rest();
    return run.witness;
  } finally {
    await worker.close();
  }
}

class Run {
  readonly witness: Witness;
  readonly #worker: Worker;
  readonly #active: { readonly faults: Faults; readonly until: number }[] = [];
  #offset = 0;
  #isolate = 0;
  #noCronUntil = 0;
  #lastTrouble = Number.NEGATIVE_INFINITY;
  #lastFault = Number.NEGATIVE_INFINITY;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.witness = new Witness(
      () => this.#lastTrouble,
      () => this.#lastFault,
    );
  }

  /** Lets simulated seconds pass. */
  async advance(seconds: number): Promise<void> {
    const end = this.#now() + seconds * 1000;
    for (let next = this.#nextMinute(); next <= end; next = this.#nextMinute()) {
      await this.#moveTo(next);
      if (next >= this.#noCronUntil) await this.#worker.scheduled();
      await this.#calm();
    }
    await this.#moveTo(end);
    await this.#calm();
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case "put": {
        const { sent, body } = articleOf(this.witness, step);
        return this.#sent(sent, await this.#worker.put(step.slug, body));
      }
      case "withdraw": {
        const sent = this.witness.sends(step.slug);
        return this.#sent(sent, await this.#worker.del(step.slug, `silent=${step.silent ?? false}`));
      }
      case "read":
        for (let time = 0; time < (step.times ?? 1); time++) {
          if (time > 0) await this.advance(step.every ?? 1);
          await this.read(step.path);
        }
        return;
      case "fail":
        return this.#fails(faultsOf(step), step.seconds);
      case "no-alarms":
        return this.#fails({ alarms: "never" }, step.seconds);
      case "no-cron":
        this.#noCronUntil = this.#now() + step.seconds * 1000;
        this.#lastTrouble = Math.max(this.#lastTrouble, this.#noCronUntil);
        return;
      case "kill":
      case "end-object":
        return this.#restart();
      case "wipe-kv":
        return this.#wipeKv();
      // Miniflare can't do these steps, or has no public address for them.
      case "read-partner":
      case "subscribe":
      case "refuse":
      case "restore":
        return;
    }
  }

  async read(
    path: string,
  ): Promise<{ readonly status: number; readonly text: string; readonly etag: string }> {
    const askedAt = this.#now();
    const response = await this.#worker.fetch(path);
    const text = await response.text();
    const { status, headers } = response;
    const lastModified = Date.parse(headers.get("Last-Modified") ?? "");
    if (status >= 500 && askedAt > this.#lastTrouble + TROUBLE_LASTS)
      this.witness.broken("unavailable", `${status} for ${path}`);
    this.witness.saw({
      ...{ viewer: this.#viewer, path, text, at: this.#now(), askedAt },
      kind: DOCUMENTS.includes(path) ? "document" : "page",
      lastModified: Number.isNaN(lastModified) || status >= 400 ? undefined : lastModified,
    });
    return { status, text, etag: headers.get("ETag") ?? "" };
  }

  /** Ends all failures, waits, and checks that each document holds the stored articles, byte for byte as a new build. */
  async rest(): Promise<void> {
    this.#active.length = 0;
    this.#noCronUntil = 0;
    this.#lastTrouble = Math.min(this.#lastTrouble, this.#now());
    await this.#setFaults();
    await this.advance(6 * 60);
    await this.#worker.scheduled("0 * * * *");
    await this.advance(2 * 60);
    const stored = await this.#stored();
    const before = new Map<string, string>();
    for (const path of DOCUMENTS) {
      const { status, text, etag } = await this.read(path);
      const wanted = stored.filter(
        ({ revision }) => revision && isFiledUnder(path.slice(0, path.lastIndexOf("/")), revision),
      );
      const found = new Set(Array.from(text.matchAll(/zq(\d+)b/g), ([, digits]) => Number(digits)));
      if (found.size !== wanted.length || wanted.some(({ number }) => !found.has(number)))
        this.witness.broken(
          "at rest",
          `${path} (${status}) holds ${[...found]}, not ${wanted.map(({ number }) => number)}`,
        );
      before.set(path, `${status} ${etag} ${text}`);
    }
    const { DB } = await this.#worker.env();
    await this.#wipeKv();
    await DB.prepare("UPDATE feeds SET cached_version = 0").run();
    await this.#restart();
    for (const path of DOCUMENTS) {
      const { status, text, etag } = await this.read(path);
      if (before.get(path) !== `${status} ${etag} ${text}`)
        this.witness.broken("at rest", `${path} differs from a new build`);
    }
  }

  /** Compares the articles that the API returns with those that were sent. Returns the published ones. */
  async #stored(): Promise<readonly Sent[]> {
    const found: Sent[] = [];
    for (const slug of SLUGS) {
      const answer = await this.#worker.api(`/articles/${slug}`);
      const number = Number(/zq(\d+)h/.exec(await answer.text())?.[1] ?? 0);
      const isWithdrawn = answer.headers.get("Wireroom-Status") === "withdrawn";
      const candidates = this.witness.candidates(slug);
      const isTrue =
        answer.status === 404
          ? candidates.every(({ outcome }) => outcome === "unknown")
          : candidates.some((one) => (isWithdrawn ? !one.revision : one.number === number));
      if (!isTrue) this.witness.broken("lost", `${slug} is revision ${number} (${answer.status})`);
      const sent = this.witness.sent[number - 1];
      const { published = Number.POSITIVE_INFINITY, expires = Number.POSITIVE_INFINITY } =
        sent?.revision ?? {};
      if (sent && !isWithdrawn && published <= this.#now() && expires > this.#now()) found.push(sent);
    }
    return found;
  }

  async #sent(sent: Sent, answer: Response): Promise<void> {
    await answer.arrayBuffer();
    const { status } = answer;
    sent.outcome = status >= 500 ? "unknown" : status < 300 ? "stored" : "refused";
    sent.endedAt = this.#now();
    sent.isolate = this.#viewer;
  }

  get #viewer(): string {
    return `miniflare ${this.#isolate}`;
  }

  #now(): number {
    clock.now = Date.now() + this.#offset;
    return clock.now;
  }

  #nextMinute(): number {
    return (Math.floor(this.#now() / MINUTE) + 1) * MINUTE;
  }

  async #moveTo(instant: number): Promise<void> {
    this.#offset = Math.max(this.#offset, instant - Date.now());
    await this.#worker.moveBy(this.#offset);
    await this.#setFaults();
  }

  /** Waits for work under way: until all of it has ended if nothing fails, else for a fixed time. */
  async #calm(): Promise<void> {
    const isTroubled = this.#now() < this.#lastTrouble + TROUBLE_LASTS;
    if (isTroubled) await pause(TROUBLED_PAUSE_MILLISECONDS);
    else if (this.witness.sent.some(({ outcome }) => outcome === "stored")) await this.#worker.settled();
  }

  async #fails(faults: Faults, seconds: number): Promise<void> {
    this.#active.push({ faults, until: this.#now() + seconds * 1000 });
    await this.#setFaults();
  }

  async #setFaults(): Promise<void> {
    const now = this.#now();
    const active = this.#active.filter(({ until }) => until > now);
    if (active.length > 0) this.#lastTrouble = now;
    if (active.some(({ faults }) => faults.alarms === undefined)) this.#lastFault = now;
    await this.#worker.fail(Object.assign({}, ...active.map(({ faults }) => faults)));
  }

  async #restart(): Promise<void> {
    this.#lastTrouble = this.#now();
    this.#isolate++;
    await this.#worker.reload();
    await this.#moveTo(this.#now());
  }

  async #wipeKv(): Promise<void> {
    this.#lastTrouble = this.#now();
    const { CACHE } = await this.#worker.env();
    for (const { name } of (await CACHE.list()).keys) await CACHE.delete(name);
  }
}

/** The fault of Miniflare's bindings that comes nearest to one of the simulation. */
function faultsOf({ binding, way }: Fault): Faults {
  switch (binding) {
    case "d1":
      return way === "late" ? { delayMilliseconds: { d1: 50 } } : { d1: true };
    case "kv":
      return way === "late" ? { delayMilliseconds: { kv: 50 } } : { kvGet: true, kvPut: true };
    case "queue":
    case "object":
      return way === "late" ? { messages: "late" } : { queue: way === "refused" ? "fail" : "lose" };
    case "r2":
      return { r2Get: true, r2Head: true, r2Put: true };
    case "outside":
      return {};
  }
}
