// Runs a history: does its steps, waits until no work is under way, and checks every promise.

import { articleOf, MINUTE } from "./article.ts";
import { bundleWorker, type Code, type Edit, migrations } from "./bundle.ts";
import { type Answered, type Asked, Cloud, HOME, type IsolateName, SITE_URL, TOKEN } from "./cloud.ts";
import { type History, type Step, SUBSCRIBERS } from "./history.ts";
import { hubToldOf, subscribedSince } from "./logged.ts";
import { Outside } from "./outside.ts";
import { ALWAYS_KEPT, DOCUMENTS, HUB, PARTNER, SLUGS, site } from "./site.ts";
import { type Revision, type Sent, type Violation, Witness } from "./witness.ts";
import { clock, inParallel, World } from "./world.ts";

const START = Date.parse("2026-05-01T12:00:20Z");
/** From the last step to the check at rest: cron has run, and all cached documents have expired. */
const QUIET_MINUTES = 6;
/** In longer gaps between two steps cron runs only once an hour. */
const LONG_GAP = 30 * MINUTE;
const HOURLY = "0 * * * *";
const MINUTELY = "* * * * *";

/** The result of a run. */
export interface Report {
  readonly violations: readonly Violation[];
  /** What happened, a line each. */
  readonly notes: readonly string[];
  readonly logs: readonly string[];
  readonly counts: Counts;
}

/** Requests and calls of bindings in a run. */
export interface Counts {
  /** Requests for documents, without those of the check at rest. */
  polls: number;
  /** Calls of D1 by those requests, before and after their answers. */
  pollD1: number;
  /** Writes of KV. */
  kvWrites: number;
  /** Calls of D1 by puts and withdrawals. */
  putD1: number;
}

/** A bundle of the Worker, with the tables of its database. */
export interface Prepared {
  readonly code: Code;
  readonly tables: Uint8Array | string;
}

/** Bundles the Worker with these edits, for any number of runs. */
export async function prepare(edits: readonly Edit[] = []): Promise<Prepared> {
  const code = await bundleWorker("src/index.ts", site, edits);
  const empty = new Cloud(code, new World(0, START), { tables: migrations() });
  const tables = empty.database.snapshot();
  empty.close();
  return { code, tables };
}

/** Runs a history. */
export const simulate = async (prepared: Prepared, history: History): Promise<Report> =>
  (await play(prepared, history, (run) => run.all())).report();

/** Runs `work` with a newsroom, readers and subscribers; besides `work` only cron does something. */
export async function play(
  prepared: Prepared,
  history: History,
  work: (run: Run) => Promise<void>,
): Promise<Run> {
  const run = new Run(prepared, history);
  let end: { readonly error?: unknown } | undefined;
  work(run).then(
    () => {
      end = {};
    },
    (error: unknown) => {
      end = { error };
    },
  );
  await run.world.run(() => end !== undefined);
  run.cloud.close();
  if (end?.error) throw end.error;
  return run;
}

/** One run: a simulated Cloudflare with its newsroom, readers and subscribers. */
export class Run {
  readonly world: World;
  readonly cloud: Cloud;
  readonly witness: Witness;
  readonly #outside: Outside;
  readonly counts: Counts = { polls: 0, pollD1: 0, kvWrites: 0, putD1: 0 };
  readonly #prepared: Prepared;
  readonly #history: History;
  /** Polls and puts; their calls are counted at the end, since `waitUntil` work may go on. */
  readonly #asked: { readonly kind: "poll" | "put"; readonly calls: Readonly<Record<string, number>> }[] = [];
  readonly #read = new Map<string, { readonly etag: string; readonly text: string }>();
  /** D1 before each change, in a history that restores it. */
  readonly #snapshots: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  #partner: { readonly path: string; readonly headers: Readonly<Record<string, string>> } | undefined;
  #isCounted = true;
  #lastTrouble = Number.NEGATIVE_INFINITY;
  #cronUntil = Number.POSITIVE_INFINITY;
  #noCronUntil = 0;
  #nextStepAt = 0;
  #lastStepAt = START;

  constructor(prepared: Prepared, history: History) {
    this.#prepared = prepared;
    this.#history = history;
    this.world = new World(history.seed, START);
    const lastFault = () => this.cloud.faults.lastAt;
    this.witness = new Witness(() => Math.max(this.#lastTrouble, lastFault()), lastFault);
    this.#outside = new Outside(this.world, this.witness);
    this.cloud = new Cloud(prepared.code, this.world, {
      tables: prepared.tables,
      outside: (request) => this.#outside.answer(request),
      site: this.#site,
    });
  }

  async all(): Promise<void> {
    void this.#cron();
    if (this.#history.steps.some((step) => step.do === "read-partner")) await this.#storePartner();
    const going: Promise<void>[] = [];
    for (const step of this.#history.steps) {
      const wait = (step.after ?? 0) * 1000;
      this.#nextStepAt = clock.now + wait;
      await this.world.sleep(wait);
      this.#lastStepAt = clock.now;
      this.world.note(JSON.stringify(step));
      going.push(this.step(step));
    }
    this.#nextStepAt = 0;
    await Promise.all(going);
    await this.#rest();
    this.#cronUntil = 0;
    for (const { kind, calls } of this.#asked)
      this.counts[kind === "poll" ? "pollD1" : "putD1"] += calls.d1 ?? 0;
    const { writes, refused } = this.cloud.namespace;
    this.counts.kvWrites = writes;
    if (refused.length > 0) this.witness.broken("too many writes", refused.join(", "));
    for (const what of this.cloud.uncaught)
      if (/ (?:cron|queue) /.test(what)) this.witness.broken("uncaught", what);
  }

  report(): Report {
    return {
      violations: this.witness.violations,
      notes: this.world.notes,
      logs: this.cloud.logs.map(({ line }) => line),
      counts: this.counts,
    };
  }

  /** Does one step; resolves when it has ended. */
  async step(step: Step): Promise<void> {
    const { cloud, world } = this;
    if ((step.do === "put" || step.do === "withdraw") && this.#isRestored)
      this.#snapshots.push({ at: clock.now, bytes: cloud.database.snapshot() });
    switch (step.do) {
      case "put":
        return this.#put(step);
      case "withdraw": {
        const sent = this.witness.sends(step.slug);
        const path = `/api/articles/${step.slug}?silent=${step.silent ?? false}`;
        return this.#sent(sent, await this.#api({ method: "DELETE", path }));
      }
      case "read":
        for (let time = 0; time < (step.times ?? 1); time++) {
          if (time > 0) await world.sleep((step.every ?? 1) * 1000);
          await this.read(step.at, step.path, time > 0);
        }
        return;
      case "read-partner":
        await this.#readPartner(step.at);
        return;
      case "subscribe":
        return this.#subscribe(step.who, step.path);
      case "refuse":
        this.#outside.refuse(step.who, clock.now + step.seconds * 1000);
        return;
      case "fail":
        // If a subscriber's confirmation is lost, the hub doesn't subscribe it.
        if (step.binding === "outside") for (const who of SUBSCRIBERS) this.#outside.refused.add(who);
        return cloud.faults.add(step);
      case "kill":
        this.#lastTrouble = clock.now;
        return cloud.kill(step.isolate);
      case "end-object": {
        const all = [...cloud.objects.values()].flatMap((objects) =>
          objects.names().map((name) => [objects, name] as const),
        );
        const [objects, name] = all[step.number % Math.max(1, all.length)] ?? [];
        if (!objects || name === undefined) return;
        this.#lastTrouble = clock.now;
        return objects.end(name, step.how);
      }
      case "no-alarms":
        this.#lastTrouble = clock.now + step.seconds * 1000;
        for (const objects of cloud.objects.values()) objects.alarmsOffUntil = this.#lastTrouble;
        return;
      case "no-cron":
        this.#noCronUntil = clock.now + step.seconds * 1000;
        this.#lastTrouble = this.#noCronUntil;
        return;
      case "wipe-kv":
        this.#lastTrouble = clock.now;
        return cloud.namespace.wipe();
      case "restore": {
        const snapshot = this.#snapshots.at(-1 - step.back) ?? this.#snapshots[0];
        if (!snapshot) return;
        this.#lastTrouble = clock.now;
        cloud.database.restore(snapshot.bytes);
        this.witness.restored(snapshot.at);
        this.#snapshots.length = 0;
        return this.#buildAllAnew();
      }
    }
  }

  /** Reads a document or page as a reader, and shows the answer to the witness. */
  async read(at: IsolateName, path: string, isConditional = false): Promise<Answered | undefined> {
    const askedAt = clock.now;
    const known = isConditional ? this.#read.get(`${at} ${path}`) : undefined;
    const answer = await this.cloud.ask(at, { path, headers: known ? { "If-None-Match": known.etag } : {} });
    if (!answer) return undefined;
    const isDocument = DOCUMENTS.includes(path);
    if (isDocument && this.#isCounted) {
      this.counts.polls++;
      this.#asked.push({ kind: "poll", calls: answer.calls });
    }
    if (!this.#isCounted && ALWAYS_KEPT.includes(path)) this.#asksNoDatabase(path, answer);
    const { status, isolate } = answer;
    const troubleIsOver = clock.now > Math.max(this.#lastTrouble, this.cloud.faults.lastAt) + 2 * MINUTE;
    if (status >= 500 && troubleIsOver)
      this.witness.broken("unavailable", `${status} for ${path} of ${isolate}`);
    const etag = answer.headers.get("ETag") ?? "";
    if (status === 200 && isDocument) this.#read.set(`${at} ${path}`, { etag, text: answer.text });
    const text = status === 304 && known ? known.text : answer.text;
    const lastModified = Date.parse(answer.headers.get("Last-Modified") ?? "");
    this.witness.saw({
      ...{ viewer: isolate, path, text, at: answer.at, askedAt },
      kind: isDocument ? "document" : "page",
      lastModified: Number.isNaN(lastModified) || status >= 400 ? undefined : lastModified,
    });
    return answer;
  }

  get #site() {
    return this.#history.hasOutsideHub ? { ...site, hub: HUB } : site;
  }

  get #isRestored(): boolean {
    return this.#history.steps.some((step) => step.do === "restore");
  }

  async #buildAllAnew(): Promise<void> {
    for (let time = 0; time < 60; time++) {
      const answer = await this.#api({ method: "POST", path: "/api/rebuild" });
      this.#lastTrouble = clock.now;
      if (answer?.status === 202) return;
      await this.world.sleep(10_000);
    }
    throw new Error("feeds could not be built anew");
  }

  #api({ headers, ...asked }: Asked, at: IsolateName = `${HOME}/0`): Promise<Answered | undefined> {
    const more = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json", ...headers };
    return this.cloud.ask(at, { ...asked, headers: more });
  }

  async #put(step: Step & { readonly do: "put" }): Promise<void> {
    const { sent, body } = articleOf(this.witness, step);
    this.#sent(
      sent,
      await this.#api({ method: "PUT", path: `/api/articles/${step.slug}`, body: JSON.stringify(body) }),
    );
  }

  #sent(sent: Sent, answer: Answered | undefined): void {
    const status = answer?.status ?? 0;
    const isUnknown = answer?.status === undefined || status >= 500 || sent.isDoubtful;
    sent.outcome = isUnknown ? "unknown" : status < 300 ? "stored" : "refused";
    // Calls that are under way may still arrive.
    sent.endedAt = clock.now + (sent.outcome === "unknown" ? 5_000 : 0);
    if (answer) {
      sent.isolate = answer.isolate;
      this.#asked.push({ kind: "put", calls: answer.calls });
    }
    this.world.note(
      `     ${sent.number} (${sent.slug}) is ${sent.outcome}: ${status} ${status >= 300 ? answer?.text : ""}`,
    );
  }

  async #storePartner(): Promise<void> {
    await this.#api({ method: "PUT", path: `/api/partners/${PARTNER.id}`, body: JSON.stringify(PARTNER) });
    const issued = await this.#api({ method: "POST", path: `/api/partners/${PARTNER.id}/tokens` });
    const { url, token } = JSON.parse(issued?.text ?? "{}") as {
      readonly url: string;
      readonly token: string;
    };
    this.#partner = { path: new URL(url).pathname, headers: { Authorization: `Bearer ${token}` } };
    // The partner gets no webhook for articles of its first document.
    await this.#readPartner("home/0");
  }

  async #readPartner(at: IsolateName): Promise<Answered | undefined> {
    if (!this.#partner) return undefined;
    const askedAt = clock.now;
    const answer = await this.cloud.ask(at, this.#partner);
    if (answer?.status === 200) {
      const { path } = this.#partner;
      this.witness.saw({
        viewer: answer.isolate,
        path,
        kind: "partner",
        text: answer.text,
        at: answer.at,
        askedAt,
      });
    }
    return answer;
  }

  async #subscribe(who: string, path: string): Promise<void> {
    const form = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": SITE_URL + path,
      "hub.callback": `https://${who}/callback`,
    });
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    await this.cloud.ask("paris/0", { method: "POST", path: "/hub", headers, body: String(form) });
  }

  async #cron(): Promise<void> {
    const late = this.world.random("cron");
    while (clock.now < this.#cronUntil) {
      const next = (Math.floor(clock.now / MINUTE) + 1) * MINUTE;
      await this.world.sleep(next - clock.now + late.whole(0, 4000));
      if (clock.now >= this.#cronUntil || clock.now < this.#noCronUntil) continue;
      const isFullHour = next % (60 * MINUTE) === 0;
      const isInGap = clock.now - this.#lastStepAt > LONG_GAP && this.#nextStepAt - clock.now > LONG_GAP;
      if (isFullHour) void this.cloud.cron(HOURLY);
      if (isFullHour || !isInGap) void this.cloud.cron(MINUTELY);
    }
  }

  /** Ends all failures, waits, and checks the promises "when all is quiet". */
  async #rest(): Promise<void> {
    const { cloud, world, witness } = this;
    world.note("at rest from here on");
    this.#isCounted = false;
    cloud.faults.mend();
    this.#noCronUntil = 0;
    this.#lastTrouble = Math.min(this.#lastTrouble, clock.now);
    // If a history turns alarms off for ever, cron must do all work: they stay off.
    for (const objects of cloud.objects.values())
      if (objects.alarmsOffUntil < clock.now + LONG_GAP) objects.alarmsOffUntil = 0;
    // Lost copies in KV are found once an hour.
    if (this.#history.steps.some((step) => step.do === "wipe-kv")) await cloud.cron(HOURLY);
    let end = clock.now + QUIET_MINUTES * MINUTE;
    // Check at a time that isn't close to a release or an expiry.
    const moments = witness.sent.flatMap(({ revision }) => [
      revision?.published ?? 0,
      revision?.expires ?? 0,
    ]);
    while (moments.some((moment) => moment > end - 3 * MINUTE && moment < end + MINUTE)) end += MINUTE;
    await world.sleep(end - clock.now);
    const stored = await this.#stored();
    if (!stored) return;
    const fresh = new Cloud(this.#prepared.code, world, {
      tables: cloud.database.snapshot(),
      isStill: true,
      site: this.#site,
    });
    const documents = new Map<string, Answered>();
    await inParallel(
      DOCUMENTS.filter((path) => this.witness.isTouched(path)),
      async (path) => {
        const wanted = await fresh.ask("fresh/0", { path });
        if (!wanted) return;
        documents.set(path, wanted);
        this.witness.holds(path, wanted, stored);
        this.witness.isSame(path, await this.read("paris/8", path), wanted);
      },
    );
    await inParallel(
      [...this.#read.keys()].map((name) => name.split(" ")),
      async ([at = "", path = ""]) => {
        const wanted = documents.get(path);
        const answer = wanted && (await this.read(at as IsolateName, path));
        if (wanted) this.witness.isSame(path, answer, wanted, this.#isRestored);
      },
    );
    fresh.close();
    if (this.#partner) {
      const answer = await this.#readPartner("paris/8");
      this.witness.partnerHolds(answer, stored);
      if (answer) this.#asksNoDatabase(PARTNER.id, answer);
    }
    await this.#isDelivered(documents);
    if (this.#partner) this.#isTold(stored);
    await this.#withoutDatabase(documents);
  }

  /** Checks that each subscriber has the newest version of its document, and that the outside hub was told of it. */
  async #isDelivered(documents: ReadonlyMap<string, Answered>): Promise<void> {
    // D1 has lost the subscriptions that were made after the time that it was restored to.
    if (this.#isRestored) return;
    const changedAt = (answer: Answered | undefined) =>
      Date.parse(answer?.headers.get("Last-Modified") ?? "");
    if (this.#history.hasOutsideHub) {
      if (this.#outside.refused.size > 0) return;
      for (const path of ALWAYS_KEPT) {
        const answer = documents.get(path);
        // A version may be dated some seconds ahead, so the time of the call doesn't show which version it was.
        const told = this.#outside.heard.has(path) ? hubToldOf(this.cloud, path) : 0;
        if (told < changedAt(answer))
          this.witness.broken("undelivered", `the outside hub hasn't heard of ${path}`);
      }
      return;
    }
    for (const [name, since] of subscribedSince(this.cloud)) {
      const [who = "", path = ""] = name.split(" ");
      if (this.#outside.refused.has(who)) continue;
      const bodies = this.#outside.delivered.get(name) ?? [];
      const answer = await this.read("paris/8", path);
      const isNewest = bodies.length === 0 ? !(changedAt(answer) > since) : bodies.at(-1) === answer?.text;
      if (isNewest) continue;
      const hadIt = bodies.includes(answer?.text ?? "");
      this.witness.broken(
        hadIt ? "told backwards" : "undelivered",
        `${who} ${bodies.length === 0 ? "was never told of" : "has an older"} ${path}`,
      );
    }
  }

  /** Checks that the last webhook event for each article matches its state. */
  #isTold(stored: readonly (Sent & { readonly revision: Revision })[]): void {
    if (this.#outside.refused.size > 0 || this.#isRestored) return;
    for (const slug of SLUGS) {
      const isTheirs = stored.some((one) => one.slug === slug && one.revision.section === "news");
      const { type } = this.#outside.told.get(slug) ?? {};
      const isKnown = type !== undefined && type !== "article.retracted";
      const candidates = this.witness.candidates(slug);
      const isWithdrawn = candidates.length > 0 && candidates.every(({ revision }) => !revision);
      // No webhook is sent for an expiry, or for an article that moved to another section.
      if (isKnown ? isWithdrawn : isTheirs)
        this.witness.broken("untold", `the partner was last told of ${slug}: ${type ?? "nothing"}`);
    }
  }

  /** Compares the articles that the API returns with those that were sent. Returns those that feeds must show. */
  async #stored(): Promise<readonly (Sent & { readonly revision: Revision })[] | undefined> {
    const inFeeds: (Sent & { readonly revision: Revision })[] = [];
    for (const slug of SLUGS) {
      const answer = await this.#api({ path: `/api/articles/${slug}` });
      const candidates = this.witness.candidates(slug);
      const number = Number(/zq(\d+)h/.exec(answer?.text ?? "")?.[1] ?? 0);
      const isWithdrawn = answer?.headers.get("Wireroom-Status") === "withdrawn";
      const isTrue =
        answer?.status === 404
          ? candidates.every(({ outcome }) => outcome === "unknown")
          : candidates.some((one) => (isWithdrawn ? !one.revision : one.number === number));
      if (!isTrue)
        this.witness.broken(
          "lost",
          `${slug} is ${isWithdrawn ? "withdrawn" : `revision ${number}`} (${answer?.status}), of ${candidates.map((one) => one.number)}`,
        );
      const sent = this.witness.sent[number - 1];
      const { revision } = sent ?? {};
      if (!sent || !revision || isWithdrawn || revision.published > clock.now) continue;
      if (revision.expires === undefined || revision.expires > clock.now) inFeeds.push({ ...sent, revision });
    }
    return inFeeds;
  }

  #asksNoDatabase(path: string, { calls: { d1 = 0 }, isolate }: Answered): void {
    if (d1 > 0) this.witness.broken("asks D1", `${path} of ${isolate}: ${d1} calls`);
  }

  async #withoutDatabase(documents: ReadonlyMap<string, Answered>): Promise<void> {
    const { faults } = this.cloud;
    const troubled = faults.lastAt;
    for (const binding of ["d1", "object"] as const)
      faults.add({ binding, way: "refused", skip: 0, seconds: 600 });
    await inParallel(ALWAYS_KEPT, async (path) => {
      const wanted = documents.get(path);
      const answer = await this.cloud.ask("oslo/0", { path });
      if (wanted && answer?.text !== wanted.text)
        this.witness.broken(
          "without a database",
          `${path} is ${answer?.status} ${answer?.headers.get("ETag")}`,
        );
    });
    const last = this.#partner && (await this.#readPartner("oslo/0"));
    if (last && last.status !== 200)
      this.witness.broken("without a database", `the partner gets ${last.status}`);
    faults.mend();
    faults.lastAt = troubled;
  }
}
