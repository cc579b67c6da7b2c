// The deployed Worker with wrapped bindings: each call is counted by invocation, and fails when a test says so, else it goes to
// the real binding. Only this entry has /__faults, /__counts, /__stale and /__routes; a deployed Worker doesn't.

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
  DeliveryMessage,
  Env,
  FeedObjectApi,
  PartnerObjectApi,
  RebuildMessage,
  RenderMessage,
  Runtime,
} from "../../src/env.ts";
import worker, { FeedObject as RealFeedObject, PartnerObject as RealPartnerObject } from "../../src/index.ts";
import { IsolateCache } from "../../src/isolate.ts";
import { runtimeOf } from "../../src/runtime.ts";
import { faultyD1 } from "./faulty/d1.ts";
import type { BindingFaults } from "./faulty/faults.ts";
import { faultyKv } from "./faulty/kv.ts";
import { faultyObjects } from "./faulty/objects.ts";
import { faultyQueue, releaseHeld } from "./faulty/queue.ts";
import { faultyImages, faultyR2 } from "./faulty/r2.ts";

/** What fails from now on. */
export interface Faults extends BindingFaults {
  /** Every statement. */
  readonly d1?: boolean;
  /** Every statement of an invocation after the first so many. */
  readonly d1After?: number;
  readonly kvGet?: boolean;
  readonly kvPut?: boolean;
  /** `never`: objects' alarms do nothing, so only cron and readers cause builds. */
  readonly alarms?: "never";
  /** For messages and touches of objects. `fail`: sending throws. `lose`: sending succeeds, but nothing arrives. */
  readonly queue?: "fail" | "lose";
  /** Another writer's change, made once, just before the statement or batch whose SQL contains `before`. */
  readonly interlude?: { readonly before: string; readonly sql: string } | undefined;
}

/** A route of the router: `ALL` for any method, a path as hono writes it. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The calls of bindings by one invocation. */
export interface Counts {
  /** `GET /rss.xml`, `queue 3` (messages), `* * * * *` */
  readonly invocation: string;
  statements: number;
  mostParameters: number;
  /** Bytes of the longest text sent to D1. */
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

const FEED_CALLS = [
  ...(["touch", "rebuild", "current", "keep"] as const),
  ...(["subscribe", "unsubscribe", "begin", "end"] as const),
] satisfies (keyof FeedObjectApi)[];
const PARTNER_CALLS = [
  ...(["touch", "rebuild", "poll", "noteFetch", "writeFetches"] as const),
  ...(["change", "remove", "addToken", "dropToken"] as const),
] satisfies (keyof PartnerObjectApi)[];

/** The object of a feed. */
export class FeedObject extends RealFeedObject {
  protected override runtime(): Promise<Runtime> {
    return runtimeOf(this.env);
  }
  /** What its own SQLite answers. */
  async sql(query: string, ...values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    return this.ctx.storage.sql.exec(query, ...values).toArray();
  }
}

/** The object of a partner. */
export class PartnerObject extends RealPartnerObject {
  protected override runtime(): Promise<Runtime> {
    return runtimeOf(this.env);
  }
}

asInvocations(FeedObject.prototype, FEED_CALLS, "alarm");
asInvocations(PartnerObject.prototype, PARTNER_CALLS, "alarm of a partner");

interface Instance {
  readonly ctx: DurableObjectState;
  env: Env;
}

/** Makes each call of a class's objects an invocation: `object touch site`. They also learn to `forget`. */
function asInvocations(prototype: object, calls: readonly string[], alarm: string): void {
  const realEnvs = new WeakMap<Instance, Env>();
  for (const call of [...calls, "alarm"]) {
    const real = Reflect.get(prototype, call) as (...given: readonly unknown[]) => unknown;
    const watched = function (this: Instance, ...given: readonly unknown[]) {
      const realEnv = realEnvs.get(this) ?? this.env;
      realEnvs.set(this, realEnv);
      const [feed] = given;
      const of = typeof feed === "object" && feed !== null && "id" in feed ? feed.id : feed;
      this.env = wrap(realEnv, call === "alarm" ? `object ${alarm}` : `object ${call} ${of}`);
      if (call === "alarm" && faults.alarms === "never") return Promise.resolve();
      return Reflect.apply(real, this, given) as unknown;
    };
    Object.defineProperty(prototype, call, { value: watched });
  }
  // Loses all its state, like a new object.
  const forget = async function (this: Instance): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.ctx.abort("made to forget by a test");
  };
  Object.defineProperty(prototype, "forget", { value: forget });
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
    FEEDS: faultyObjects(env.FEEDS, now),
    PARTNERS: faultyObjects(env.PARTNERS, now),
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
            // `first` doesn't return the numbers of rows.
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
  return watch(real, "DB", {
    prepare: (sql: string) => statement({ sql, real: real.prepare(sql), parameters: 0, longest: 0 }),
    batch: async (statements: readonly D1PreparedStatement[]) => {
      const inner = statements.map((one) => bound.get(one)).filter((one) => one !== undefined);
      await running(inner);
      const results = await real.batch(inner.map((one) => one.real));
      return results.map((result) => counted(result, count));
    },
  });
}

function bucket(real: R2Bucket, count: Counts): R2Bucket {
  const counting = (name: keyof R2Bucket, kind: "r2Writes" | "r2Reads") => ({
    [name]: (...given: readonly unknown[]) => {
      count[kind]++;
      return pass(real, name, given);
    },
  });
  return watch(real, "MEDIA", {
    ...{ ...counting("put", "r2Writes"), ...counting("list", "r2Writes") },
    ...{ ...counting("get", "r2Reads"), ...counting("head", "r2Reads") },
  });
}

function namespace(real: KVNamespace, count: Counts): KVNamespace {
  const counting = (name: keyof KVNamespace, kind: "kvPuts" | "kvGets") => ({
    [name]: async (...given: readonly unknown[]) => {
      count[kind]++;
      if (kind === "kvPuts" ? faults.kvPut : faults.kvGet)
        throw new Error(`KV ${name} made to fail by a test`);
      return pass(real, name, given);
    },
  });
  return watch(real, "CACHE", {
    ...{ ...counting("put", "kvPuts"), ...counting("get", "kvGets") },
    ...{ ...counting("getWithMetadata", "kvGets"), ...counting("delete", "kvGets") },
    ...counting("list", "kvGets"),
  });
}

function queue<T>(real: Queue<T>, count: Counts): Queue<T> {
  return watch(real, "a queue", {
    sendBatch: async (messages: Parameters<typeof real.sendBatch>[0]) => {
      count.sent += [...messages].length;
      if (faults.queue === "fail") throw new Error("the queue was made to fail by a test");
      return faults.queue === "lose" ? undefined : real.sendBatch(messages);
    },
  });
}

/** A binding with only these calls: any other wouldn't be counted. */
function watch<T extends object>(real: T, binding: string, calls: Readonly<Record<string, unknown>>): T {
  return new Proxy(real, {
    get(_, name) {
      const call = calls[String(name)];
      if (call === undefined)
        throw new Error(`the Worker uses ${binding}'s ${String(name)}, which no test counts`);
      return call;
    },
  });
}

const pass = <T extends object>(real: T, name: keyof T, given: readonly unknown[]): unknown =>
  Reflect.apply(real[name] as (...given: readonly unknown[]) => unknown, real, given);
