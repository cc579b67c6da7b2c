// The Worker as it is deployed, its bindings wrapped: each call is counted by invocation, and fails when a test says
// so. The real binding stands beneath. /__faults, /__counts, /__stale and /__routes are this entry's own, and in no deployed Worker.

import { withEnv } from "cloudflare:workers";
import type {
  D1Database,
  D1PreparedStatement,
  D1Result,
  KVNamespace,
  Queue,
  R2Bucket,
} from "@cloudflare/workers-types";
import site from "../../content/site.yaml";
import { createApp } from "../../src/app.ts";
import type {
  AskedWhy,
  DeliveryMessage,
  Env,
  PartnerPoll,
  PolicySender,
  RebuildMessage,
  RenderMessage,
  Runtime,
} from "../../src/env.ts";
import type { FeedKey, PartnerKey } from "../../src/feeds/feed.ts";
import type { Format } from "../../src/formats/format.ts";
import worker, { FeedObject as RealFeedObject, PartnerObject as RealPartnerObject } from "../../src/index.ts";
import { IsolateCache } from "../../src/isolate.ts";
import type { Policy } from "../../src/partners/policy.ts";
import { runtimeOf } from "../../src/runtime.ts";
import { faultyD1 } from "./faulty/d1.ts";
import type { BindingFaults } from "./faulty/faults.ts";
import { faultyKv } from "./faulty/kv.ts";
import { faultyFeeds, faultyPartners } from "./faulty/objects.ts";
import { faultyQueue, releaseHeld } from "./faulty/queue.ts";
import { faultyImages, faultyR2 } from "./faulty/r2.ts";

/** What fails from now on. */
export interface Faults extends BindingFaults {
  /** Every statement. */
  readonly d1?: boolean;
  /** Every statement of an invocation after so many. */
  readonly d1After?: number;
  readonly kvGet?: boolean;
  readonly kvPut?: boolean;
  /** `never`: no alarm of an object does anything; cron and readers alone have it build. */
  readonly alarms?: "never";
  /** Of messages, and of touches of objects. `fail`: sending throws. `lose`: it seems to work, and nothing arrives. */
  readonly queue?: "fail" | "lose";
  /** What another writer does, once, just before the statement or batch whose SQL holds `before`. */
  readonly interlude?: { readonly before: string; readonly sql: string } | undefined;
}

/** A route of the router: `ALL` for any method, a path as hono writes it. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** What one invocation asked of its bindings. */
export interface Counts {
  /** `GET /rss.xml`, `queue 3` (messages), `* * * * *` */
  readonly invocation: string;
  statements: number;
  mostParameters: number;
  /** Bytes of the longest text that was handed to D1. */
  longest: number;
  rowsRead: number;
  rowsWritten: number;
  kvGets: number;
  kvPuts: number;
  /** Class A: `put`, `list`. */
  r2Writes: number;
  /** Class B: `get`, `head`. */
  r2Reads: number;
  sent: number;
}

let faults: Faults = {};
let counts: Counts[] = [];

interface Bound {
  readonly sql: string;
  readonly real: D1PreparedStatement;
  readonly parameters: number;
  readonly longest: number;
}
const bound = new WeakMap<object, Bound>();

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/__faults") {
      faults = await request.json();
      if (faults.messages !== "hold") await releaseHeld();
      return new Response(null, { status: 204 });
    }
    if (pathname === "/__counts") {
      const taken = counts;
      counts = [];
      return Response.json(taken);
    }
    if (pathname === "/__stale") {
      const sql = "SELECT count(*) AS stale FROM feeds WHERE stale_since IS NOT NULL";
      return Response.json(await env.DB.prepare(sql).first("stale"));
    }
    if (pathname === "/__routes") {
      const { routes } = createApp({ env, site, fingerprint: "", isolate: new IsolateCache() });
      return Response.json(routes.map(({ method, path }) => ({ method, path })) satisfies readonly Route[]);
    }
    const wrapped = wrap(env, `${request.method} ${pathname}`);
    return within(wrapped, () => worker.fetch(request, wrapped, context));
  },
  scheduled(controller, env) {
    const wrapped = wrap(env, controller.cron);
    return within(wrapped, () => worker.scheduled(controller));
  },
  queue(batch, env) {
    return within(wrap(env, `queue ${batch.messages.length}`), () => worker.queue(batch));
  },
} satisfies ExportedHandler<Env, RebuildMessage | RenderMessage | DeliveryMessage>;

/** The object of a feed, each of whose calls is an invocation: `object touch site`. */
export class FeedObject extends RealFeedObject {
  readonly #real: Env;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#real = env;
  }

  protected override runtime(): Promise<Runtime> {
    return runtimeOf(this.env);
  }
  override touch(feed: FeedKey) {
    this.#begin(`touch ${feed}`);
    return super.touch(feed);
  }
  override rebuild(feed: FeedKey, lost?: readonly Format[]) {
    this.#begin(`rebuild ${feed}`);
    return super.rebuild(feed, lost);
  }
  override current(feed: FeedKey, format: Format, why: AskedWhy) {
    this.#begin(`current ${feed}`);
    return super.current(feed, format, why);
  }
  override keep(feed: FeedKey, format: Format) {
    this.#begin(`keep ${feed}`);
    return super.keep(feed, format);
  }
  override subscribe(...given: Parameters<RealFeedObject["subscribe"]>) {
    this.#begin(`subscribe ${given[0]}`);
    return super.subscribe(...given);
  }
  override unsubscribe(...given: Parameters<RealFeedObject["unsubscribe"]>) {
    this.#begin(`unsubscribe ${given[0]}`);
    return super.unsubscribe(...given);
  }
  override begin(...given: Parameters<RealFeedObject["begin"]>) {
    this.#begin(`begin ${given[0]}`);
    return super.begin(...given);
  }
  override end(...given: Parameters<RealFeedObject["end"]>) {
    this.#begin(`end ${given[0]}`);
    return super.end(...given);
  }
  override alarm() {
    this.#begin("alarm");
    return faults.alarms === "never" ? Promise.resolve() : super.alarm();
  }
  /** What its own SQLite answers. */
  async sql(query: string, ...values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    return this.ctx.storage.sql.exec(query, ...values).toArray();
  }
  /** Loses all that it knows, as if it had been made anew. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.ctx.abort("made to forget by a test");
  }

  #begin(what: string): void {
    this.env = wrap(this.#real, `object ${what}`);
  }
}

/** The object of a partner, likewise. */
export class PartnerObject extends RealPartnerObject {
  readonly #real: Env;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#real = env;
  }

  protected override runtime(): Promise<Runtime> {
    return runtimeOf(this.env);
  }
  override touch(feed: PartnerKey["feed"]) {
    this.#begin(`touch ${feed}`);
    return super.touch(feed);
  }
  override rebuild(feed: PartnerKey["feed"], lost?: readonly "partner"[]) {
    this.#begin(`rebuild ${feed}`);
    return super.rebuild(feed, lost);
  }
  override poll(feed: PartnerKey["feed"], asked: PartnerPoll) {
    this.#begin(`poll ${feed}`);
    return super.poll(feed, asked);
  }
  override change(policy: Policy, digest: string, sender: PolicySender) {
    this.#begin(`change ${policy.id}`);
    return super.change(policy, digest, sender);
  }
  override remove(feed: PartnerKey["feed"], by: string) {
    this.#begin(`remove ${feed}`);
    return super.remove(feed, by);
  }
  override alarm() {
    this.#begin("alarm of a partner");
    return faults.alarms === "never" ? Promise.resolve() : super.alarm();
  }
  /** Loses all that it knows, as if it had been made anew. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.ctx.abort("made to forget by a test");
  }

  #begin(what: string): void {
    this.env = wrap(this.#real, `object ${what}`);
  }
}

// The runtime types what it gives back as unknown.
const within = <T>(env: Env, run: () => T): T => withEnv(env, run) as T;

function wrap(env: Env, invocation: string): Env {
  const d1 = { statements: 0, mostParameters: 0, longest: 0, rowsRead: 0, rowsWritten: 0 };
  const count = { invocation, ...d1, kvGets: 0, kvPuts: 0, r2Writes: 0, r2Reads: 0, sent: 0 };
  counts.push(count);
  return {
    ...env,
    DB: database(faultyD1(env.DB, now, answerLost), count),
    MEDIA: bucket(faultyR2(env.MEDIA, now), count),
    CACHE: namespace(faultyKv(env.CACHE, now), count),
    REBUILDS: queue(faultyQueue(env.REBUILDS, now), count),
    RENDERS: queue(faultyQueue(env.RENDERS, now), count),
    DELIVERIES: queue(faultyQueue(env.DELIVERIES, now), count),
    FEEDS: faultyFeeds(env.FEEDS, now),
    PARTNERS: faultyPartners(env.PARTNERS, now),
    ...(env.IMAGES ? { IMAGES: faultyImages(env.IMAGES, now) } : {}),
  };
}

const now = (): Faults => faults;
const answerLost = (): void => {
  faults = { ...faults, d1Lost: undefined };
};

/** Adds what D1 says that a statement cost. */
function counted<T>(result: D1Result<T>, count: Counts): D1Result<T> {
  count.rowsRead += result.meta.rows_read;
  count.rowsWritten += result.meta.rows_written;
  return result;
}

function database(real: D1Database, count: Counts): D1Database {
  const running = async (statements: readonly Bound[]): Promise<void> => {
    count.statements += statements.length;
    count.mostParameters = Math.max(count.mostParameters, ...statements.map(({ parameters }) => parameters));
    count.longest = Math.max(count.longest, ...statements.map(({ longest }) => longest));
    if (faults.d1 || count.statements > (faults.d1After ?? Number.POSITIVE_INFINITY))
      throw new Error("D1_ERROR: made to fail by a test");
    const { interlude } = faults;
    if (!interlude || !statements.some(({ sql }) => sql.includes(interlude.before))) return;
    faults = { ...faults, interlude: undefined };
    await real.prepare(interlude.sql).run();
  };
  const statement = (inner: Bound): D1PreparedStatement => {
    const proxy = new Proxy(inner.real, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) => {
          if (name === "bind") {
            const texts = values
              .filter((one) => typeof one === "string")
              .map((one) => Buffer.byteLength(one));
            const longest = Math.max(0, ...texts);
            return statement({ ...inner, real: target.bind(...values), parameters: values.length, longest });
          }
          if (name !== "all" && name !== "run" && name !== "first")
            throw new Error(`the Worker uses a statement's ${String(name)}, which no test counts`);
          return running([inner]).then(async () => {
            const result = counted(await target.all<Record<string, unknown>>(), count);
            if (name !== "first") return result;
            // `first` itself says nothing of rows.
            const [row] = result.results;
            const [column] = values;
            return row === undefined ? null : typeof column === "string" ? row[column] : row;
          });
        };
      },
    });
    bound.set(proxy, inner);
    return proxy;
  };
  return new Proxy(real, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => statement({ sql, real: target.prepare(sql), parameters: 0, longest: 0 });
      if (name !== "batch") throw new Error(`the Worker uses DB.${String(name)}, which no test counts`);
      return async (statements: readonly D1PreparedStatement[]) => {
        const inner = statements.map((one) => bound.get(one)).filter((one) => one !== undefined);
        await running(inner);
        const results = await target.batch(inner.map((one) => one.real));
        return results.map((result) => counted(result, count));
      };
    },
  });
}

const R2_CLASSES: Readonly<Record<string, "r2Writes" | "r2Reads">> = {
  put: "r2Writes",
  list: "r2Writes",
  get: "r2Reads",
  head: "r2Reads",
};

function bucket(real: R2Bucket, count: Counts): R2Bucket {
  return new Proxy(real, {
    get(target, name) {
      const kind = R2_CLASSES[String(name)];
      if (!kind) throw new Error(`the Worker uses MEDIA.${String(name)}, which no test counts`);
      return (...values: unknown[]) => {
        count[kind]++;
        return Reflect.apply(Reflect.get(target, name), target, values) as unknown;
      };
    },
  });
}

function namespace(real: KVNamespace, count: Counts): KVNamespace {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => {
        if (name === "put") count.kvPuts++;
        else count.kvGets++;
        if (name === "put" ? faults.kvPut : faults.kvGet) {
          return Promise.reject(new Error(`KV ${String(name)} made to fail by a test`));
        }
        return Reflect.apply(value, target, values) as unknown;
      };
    },
  });
}

function queue<T>(real: Queue<T>, count: Counts): Queue<T> {
  return new Proxy(real, {
    get(target, name) {
      if (name !== "sendBatch")
        throw new Error(`the Worker uses a queue's ${String(name)}, which no test counts`);
      return async (messages: Parameters<typeof target.sendBatch>[0]) => {
        count.sent += [...messages].length;
        if (faults.queue === "fail") throw new Error("the queue was made to fail by a test");
        return faults.queue === "lose" ? undefined : target.sendBatch(messages);
      };
    },
  });
}
