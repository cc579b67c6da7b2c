// The simulated Cloudflare: isolates in locations, the bindings that they share, requests, cron, queues, objects.

import type { Site } from "../../src/article/site.ts";
import { Database, d1Binding } from "./bindings/d1.ts";
import { kvBinding, Namespace } from "./bindings/kv.ts";
import { type ObjectClass, ObjectNamespace } from "./bindings/objects.ts";
import { type Message, MessageQueue, queueBinding } from "./bindings/queues.ts";
import { type Bucket, r2Binding } from "./bindings/r2.ts";
import type { Code, WorkerModule } from "./bundle.ts";
import { type Call, caller } from "./calls.ts";
import { Faults } from "./faults.ts";
import { globalsOf } from "./globals.ts";
import type { Random } from "./random.ts";
import { clock, type Invocation, running, type World } from "./world.ts";

/** The site's address, and the token of its API. */
export const SITE_URL = "https://wire.example.org";
export const TOKEN = "test-token";
/** The location that gets the newsroom's requests, runs cron and queue consumers, and holds the objects. */
export const HOME = "home";

/** The isolate that holds the objects. */
const OBJECTS = `${HOME}/9`;

/** An isolate: a location and a number, `tokyo/0`. */
export type IsolateName = `${string}/${number}`;

interface Isolate {
  readonly id: string;
  readonly place: string;
  readonly module: WorkerModule;
  readonly env: unknown;
  isAlive: boolean;
  /** Called when the isolate is lost, for each that waits for it. */
  readonly onGone: Set<() => void>;
}

/** A request from outside. */
export interface Asked {
  readonly method?: string;
  /** Includes the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The isolate that answered. An isolate that replaces a lost one has another name here. */
  readonly isolate: string;
  /** When the isolate answered: milliseconds since 1970. */
  readonly at: number;
  /** Calls before and after the answer, by binding. The counts grow while `waitUntil` work goes on. */
  readonly calls: Readonly<Record<string, number>>;
}

/** An outgoing request of the Worker. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** The answer to an outgoing request. */
interface OutsideAnswer {
  readonly status: number;
  readonly body?: string;
}

/** The handlers of a Worker that the simulation calls. */
interface Handlers {
  readonly fetch: (request: Request, env: unknown, context: unknown) => Response | Promise<Response>;
  readonly scheduled: (controller: unknown, env: unknown, context: unknown) => unknown;
  readonly queue: (batch: unknown, env: unknown, context: unknown) => unknown;
}

/** Options of a simulated account. */
export interface CloudOptions {
  readonly tables: Uint8Array | string;
  /** Answers the Worker's outgoing requests; by default none gets an answer. */
  readonly outside?: (request: Outgoing) => OutsideAnswer;
  /** Replaces the settings that the Worker was bundled with. */
  readonly site?: Site;
  /** Drops all messages that are sent to queues. */
  readonly isStill?: boolean;
}

/** One account with one Worker. */
export class Cloud {
  readonly world: World;
  readonly faults = new Faults();
  readonly database: Database;
  readonly namespace = new Namespace();
  readonly bucket: Bucket = new Map();
  readonly queues = new Map<string, MessageQueue>();
  /** By the binding's name. */
  readonly objects = new Map<string, ObjectNamespace>();
  /** Every line that the Worker printed. */
  readonly logs: { readonly at: number; readonly line: string }[] = [];
  /** Invocations that ended in an uncaught error. */
  readonly uncaught: string[] = [];
  readonly #code: Code;
  readonly #options: CloudOptions;
  readonly #random: Random;
  readonly #isolates = new Map<string, Isolate>();
  #generations = 0;

  constructor(code: Code, world: World, options: CloudOptions) {
    this.#code = code;
    this.world = world;
    this.#options = options;
    this.#random = world.random("ways to isolates, and which of them run cron and queues");
    this.database = new Database(options.tables);
    const { queues, durable_objects: objects } = code.config;
    for (const { queue, ...consumer } of queues?.consumers ?? []) {
      const consume = (name: string, messages: readonly Message[]) => this.#consume(name, messages);
      this.queues.set(queue, new MessageQueue(queue, consumer, world, consume));
    }
    for (const { name, class_name } of objects?.bindings ?? []) {
      this.objects.set(name, new ObjectNamespace(class_name, world, () => this.#host(class_name)));
    }
  }

  /** Ends everything and frees the databases' memory, which the garbage collector doesn't see. */
  close(): void {
    for (const name of this.isolates()) this.kill(name);
    for (const objects of this.objects.values()) objects.wipe();
    this.database.close();
  }

  /** Ends an isolate with all that it was doing. The next request to it starts a new one. */
  kill(name: IsolateName): void {
    const isolate = this.#isolates.get(name);
    if (!isolate) return;
    this.#isolates.delete(name);
    isolate.isAlive = false;
    for (const gone of isolate.onGone) gone();
    if (name !== OBJECTS) return;
    for (const objects of this.objects.values())
      for (const object of objects.names()) objects.end(object, "lost");
  }

  /** Names of the isolates that exist now. */
  isolates(): readonly IsolateName[] {
    return [...this.#isolates.keys()] as IsolateName[];
  }

  /** Sends a request to an isolate. Returns undefined if the isolate was lost before it answered. */
  async ask(
    name: IsolateName,
    { method = "GET", path, headers = {}, body }: Asked,
  ): Promise<Answered | undefined> {
    await this.world.sleep(this.#way());
    const request = new Request(SITE_URL + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const answered = await this.#invoke(
      name,
      `${method} ${path}`,
      async ({ fetch }, isolate, invocation, context) => {
        const response = await fetch(request, isolate.env, context);
        const text = await response.text();
        const { status, headers } = response;
        return { status, headers, text, isolate: isolate.id, at: clock.now, calls: invocation.calls };
      },
    );
    return answered === "gone" || answered === "failed" ? undefined : answered;
  }

  /** Runs a cron trigger in an isolate at `HOME`. Resolves when it has ended, or the isolate is lost. */
  async cron(cron: string): Promise<void> {
    const controller = { cron, scheduledTime: clock.now, noRetry: () => {} };
    await this.#invoke(this.#atHome(), `cron ${cron}`, async ({ scheduled }, { env }, _, context) => {
      await scheduled(controller, env, context);
    });
  }

  async #consume(queue: string, messages: readonly Message[]): Promise<"done" | "failed"> {
    const batch = { queue, messages, ackAll: () => messages.forEach((m) => void m.ack()) };
    const end = await this.#invoke(
      this.#atHome(),
      `queue ${queue}`,
      async (handlers, { env }, _, context) => {
        await handlers.queue(batch, env, context);
        return "done" as const;
      },
    );
    // A lost isolate can't report its end.
    return end === "gone" ? new Promise(() => {}) : end;
  }

  /** Runs a handler in an isolate. Its `waitUntil` work goes on after this resolves. */
  async #invoke<T>(
    name: IsolateName,
    what: string,
    run: (handlers: Handlers, isolate: Isolate, invocation: Invocation, context: unknown) => Promise<T>,
  ): Promise<T | "gone" | "failed"> {
    const isolate = this.#isolate(name);
    const invocation: Invocation = { name: `${name} ${what}`, calls: {}, isOver: false };
    const background: Promise<unknown>[] = [];
    const context = {
      waitUntil: (work: Promise<unknown>) =>
        void background.push(work.catch((error) => this.#failed(invocation, error))),
      passThroughOnException: () => {},
      props: {},
    };
    const gone = new Promise<"gone">((resolve) => isolate.onGone.add(() => resolve("gone")));
    const work = running
      .run(invocation, () => run(isolate.module.default as Handlers, isolate, invocation, context))
      .catch((error: unknown) => {
        this.#failed(invocation, error);
        return "failed" as const;
      });
    const end = await Promise.race([work, gone]);
    // More work may be added during the wait.
    const finish = async () => {
      for (let index = 0; index < background.length; index++) await background[index];
      invocation.isOver = true;
    };
    void finish();
    return end;
  }

  #failed({ name }: Invocation, error: unknown): void {
    this.uncaught.push(`${name}: ${String(error)}`);
    this.world.note(`     uncaught in ${name}: ${String(error)}`);
  }

  #atHome(): IsolateName {
    return `${HOME}/${this.#random.whole(0, 1)}`;
  }

  #way(): number {
    return this.#random.whole(1, 30);
  }

  #isolate(name: string): Isolate {
    const known = this.#isolates.get(name);
    if (known) return known;
    const [place = name] = name.split("/");
    const id = `${name} (${this.#generations++})`;
    const random = this.world.random(id);
    const isAlive = () => isolate.isAlive;
    const call = caller(this.world, this.faults, random, isAlive);
    const env = this.#env(place, call, random);
    const globals = globalsOf(this.world, {
      random,
      isAlive,
      fetch: (url, init) => this.#fetch(call, url, init),
      log: (line) => {
        this.logs.push({ at: clock.now, line });
        if (line.includes('"error"')) this.world.note(`     ${name} logs ${line.slice(0, 200)}`);
      },
    });
    class DurableObject {
      readonly ctx: unknown;
      readonly env: unknown;
      constructor(ctx: unknown, objectEnv: unknown) {
        this.ctx = ctx;
        this.env = objectEnv;
      }
    }
    const isolate: Isolate = {
      id,
      place,
      module: this.#code.evaluate(
        globals,
        { env, DurableObject, WorkerEntrypoint: DurableObject },
        this.#options.site ?? this.#code.site,
      ),
      env,
      isAlive: true,
      onGone: new Set(),
    };
    this.#isolates.set(name, isolate);
    return isolate;
  }

  #env(place: string, call: Call, random: Random): unknown {
    const { d1_databases, kv_namespaces, r2_buckets, queues, vars } = this.#code.config;
    const still = { send: () => call("queue", () => {}), sendBatch: () => call("queue", () => {}) };
    const bindings: (readonly [string, unknown])[] = [
      ...(d1_databases ?? []).map(({ binding }) => [binding, d1Binding(this.database, call)] as const),
      ...(kv_namespaces ?? []).map(
        ({ binding }) => [binding, kvBinding(this.namespace, place, call, random)] as const,
      ),
      ...(r2_buckets ?? []).map(({ binding }) => [binding, r2Binding(this.bucket, call)] as const),
      ...(queues?.producers ?? []).map(({ binding, queue }) => {
        const found = this.queues.get(queue);
        return [binding, found && !this.#options.isStill ? queueBinding(found, call) : still] as const;
      }),
      ...Array.from(this.objects, ([binding, objects]) => [binding, objects.binding(call)] as const),
    ];
    const secrets = { SITE_URL, PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "a secret of the simulation" };
    return { ...vars, ...secrets, ...Object.fromEntries(bindings) };
  }

  /** The isolate in which a class's objects run, at `HOME`. */
  #host(className: string) {
    const isolate = this.#isolate(OBJECTS);
    return {
      objectClass: isolate.module[className] as ObjectClass,
      env: (name: string, isAlive: () => boolean) => {
        const random = this.world.random(`${className} ${name} ${this.#generations++}`);
        return this.#env(isolate.place, caller(this.world, this.faults, random, isAlive), random);
      },
    };
  }

  #fetch(call: Call, url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const given = init.body;
    const body =
      given instanceof ArrayBuffer
        ? Buffer.from(given).toString()
        : given === undefined || given === null
          ? ""
          : String(given);
    const request: Outgoing = {
      method: init.method ?? "GET",
      url: new URL(url instanceof Request ? url.url : url),
      headers: new Headers(init.headers),
      body,
    };
    const { outside = (): OutsideAnswer => ({ status: 502 }) } = this.#options;
    const answered = call("outside", () => outside(request)).then(
      (answer) => new Response(answer.body ?? null, { status: answer.status }),
    );
    const { signal } = init;
    if (!signal) return answered;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    return Promise.race([answered, aborted]);
  }
}
