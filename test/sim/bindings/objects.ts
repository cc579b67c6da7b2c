// Durable Objects: one instance at a time for each name, with storage that outlives it, an output gate, and an alarm. An
// instance ends when it was idle for some time (`idle`). It may also end during its work: then it is gone at once (`lost`),
// or it runs on without knowing that another took its place (`replaced`).

import type { Call } from "../calls.ts";
import type { Random } from "../random.ts";
import { clock, type Invocation, running, type World } from "../world.ts";
import { ObjectStorage, StoredState } from "./storage.ts";

const IDLE_MILLISECONDS = 10_000;
/** A failed alarm is retried after 2 s, then after twice as long each time; after the seventh failure never again. */
const ALARM_RETRIES = 6;
const ALARM_RETRY_MILLISECONDS = 2_000;
const RESET = "Durable Object reset because its host was lost.";

type Instance = Record<string, unknown>;

/** A Durable Object's class, as a Worker exports it. */
export type ObjectClass = new (context: unknown, env: unknown) => Instance;

/** The isolate that an instance runs in. */
export interface Host {
  readonly objectClass: ObjectClass;
  /** Bindings whose calls are made while `isAlive`. */
  readonly env: (name: string, isAlive: () => boolean) => unknown;
}

/** How an instance ends. */
export type End = "idle" | "lost" | "replaced";

interface Live {
  instance: Instance;
  readonly storage: ObjectStorage;
  isAlive: boolean;
  busy: number;
  lastAt: number;
  blocked: Promise<unknown> | undefined;
  /** Rejects the pending calls of this instance when it ends. */
  readonly onGone: Set<(error: Error) => void>;
}

interface Slot {
  readonly name: string;
  readonly state: StoredState;
  live?: Live | undefined;
  generation: number;
  /** The alarm that is planned or runs; and how many were ever planned: only the last one fires. */
  planned: number | undefined;
  plans: number;
  /** Consecutive failures of the alarm. */
  failures: number;
}

/** One namespace: all objects of a class. */
export class ObjectNamespace {
  readonly className: string;
  readonly #world: World;
  readonly #host: () => Host;
  readonly #random: Random;
  readonly #slots = new Map<string, Slot>();
  /** No alarm fires before this time; those that come due meanwhile are late. Milliseconds since 1970. */
  alarmsOffUntil = 0;
  /** Whether alarms are ever late by seconds, or fire twice. */
  readonly #isRough: boolean;

  constructor(className: string, world: World, host: () => Host, isRough = true) {
    this.className = className;
    this.#world = world;
    this.#host = host;
    this.#random = world.random(`objects ${className}`);
    this.#isRough = isRough;
  }

  /** Names of all objects that ever existed. */
  names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /** Ends the instance of an object, if there is one. */
  end(name: string, how: End): void {
    const slot = this.#slots.get(name);
    const live = slot?.live;
    if (!slot || !live) return;
    slot.live = undefined;
    live.storage.detach();
    if (how !== "replaced") live.isAlive = false;
    for (const gone of live.onGone) gone(new Error(RESET));
    // A set alarm stays set, and an alarm that was running fires again.
    slot.planned = undefined;
    this.#plan(slot);
  }

  /** Removes all objects and their storage. */
  wipe(): void {
    for (const name of this.names()) this.end(name, "lost");
    for (const { state } of this.#slots.values()) state.sqlite.close();
    this.#slots.clear();
  }

  /** The binding of one isolate. */
  binding(call: Call) {
    const idFromName = (name: string) => this.#id(name);
    const get = ({ name }: { readonly name: string }) => this.#stub(name, call);
    return { idFromName, get, getByName: (name: string) => get({ name }) };
  }

  /** The stub: arguments and results of an object's methods are cloned. */
  #stub(name: string, call: Call): unknown {
    const id = this.#id(name);
    return new Proxy(
      {},
      {
        get: (_, method) => {
          if (method === "id") return id;
          if (method === "name") return name;
          // A stub is no promise.
          if (typeof method !== "string" || method === "then") return undefined;
          return (...given: unknown[]) => {
            const sent = method === "fetch" ? given : structuredClone(given);
            return call("object", () => this.#invoke(this.#slot(name), method, sent));
          };
        },
      },
    );
  }

  #slot(name: string): Slot {
    const known = this.#slots.get(name);
    if (known) return known;
    const slot: Slot = {
      name,
      state: new StoredState(),
      generation: 0,
      planned: undefined,
      plans: 0,
      failures: 0,
    };
    this.#slots.set(name, slot);
    return slot;
  }

  #invoke(slot: Slot, method: string, given: readonly unknown[]): Promise<unknown> {
    const live = this.#live(slot);
    let isGone: (error: Error) => void = () => {};
    const gone = new Promise<never>((_, reject) => {
      isGone = reject;
    });
    live.onGone.add(isGone);
    const work = async () => {
      while (live.blocked) await live.blocked;
      if (method === "alarm" || method === "constructor") throw new TypeError(`${method} can't be called`);
      const found = live.instance[method];
      if (typeof found !== "function")
        throw new TypeError(`The RPC receiver does not implement "${method}".`);
      const result: unknown = await found.apply(live.instance, given);
      await live.storage.onDisk();
      return method === "fetch" ? result : structuredClone(result);
    };
    const ended = this.#within(slot, live, method, work).finally(() => live.onGone.delete(isGone));
    return Promise.race([ended, gone]);
  }

  /** Runs `work` as this object: its outgoing calls wait for its writes, and it isn't idle meanwhile. */
  async #within<T>(slot: Slot, live: Live, what: string, work: () => Promise<T>): Promise<T> {
    live.busy++;
    try {
      return await running.run(this.#invocation(slot, live, what), work);
    } finally {
      live.busy--;
      live.lastAt = clock.now;
      this.#world.after(IDLE_MILLISECONDS, () => {
        const isQuiet = live.busy === 0 && live.storage.pending === undefined;
        if (slot.live === live && isQuiet && live.lastAt + IDLE_MILLISECONDS <= clock.now)
          this.end(slot.name, "idle");
      });
    }
  }

  #live(slot: Slot): Live {
    if (slot.live) return slot.live;
    const { objectClass, env } = this.#host();
    const random = this.#world.random(`${this.className} ${slot.name} ${slot.generation++}`);
    const storage = new ObjectStorage(slot.state, this.#world, random, () => this.#plan(slot));
    const live: Live = {
      storage,
      instance: {},
      isAlive: true,
      busy: 0,
      lastAt: clock.now,
      blocked: undefined,
      onGone: new Set(),
    };
    slot.live = live;
    const context = {
      id: this.#id(slot.name),
      storage,
      waitUntil: (work: Promise<unknown>) => void work.catch(() => {}),
      blockConcurrencyWhile: <T>(work: () => Promise<T>): Promise<T> => {
        const blocked = work().finally(() => {
          if (live.blocked === blocked) live.blocked = undefined;
        });
        live.blocked = blocked;
        return blocked;
      },
      abort: () => this.end(slot.name, "lost"),
    };
    live.instance = running.run(
      this.#invocation(slot, live, "constructor"),
      () =>
        new objectClass(
          context,
          env(slot.name, () => live.isAlive),
        ),
    );
    return live;
  }

  #invocation({ name }: Slot, { storage }: Live, what: string): Invocation {
    return {
      name: `${this.className} ${name} ${what}`,
      calls: {},
      isOver: false,
      outputGate: () => storage.pending,
    };
  }

  #id(name: string) {
    return {
      name,
      toString: () => `${this.className}-${name}`,
      equals: (other: { readonly name?: string }) => other.name === name,
    };
  }

  /** Plans the stored alarm. */
  #plan(slot: Slot, extraMilliseconds = 0): void {
    const at = slot.state.alarm;
    if (at === slot.planned) return;
    slot.planned = at;
    const plan = ++slot.plans;
    if (at === undefined) return;
    const roughly = this.#isRough && this.#random.chance(0.03) ? this.#random.whole(0, 20_000) : 0;
    const late = this.#random.whole(1, 15) + roughly + extraMilliseconds;
    const due = () => {
      if (slot.plans !== plan || this.#slots.get(slot.name) !== slot) return;
      if (clock.now >= this.alarmsOffUntil) void this.#fire(slot, at);
      else this.#world.after(10_000, due);
    };
    this.#world.after(Math.max(0, at - clock.now) + late, due);
  }

  async #fire(slot: Slot, at: number): Promise<void> {
    const live = this.#live(slot);
    const { storage } = live;
    const isRetry = slot.failures > 0;
    const run = () =>
      this.#within(slot, live, "alarm", async () => {
        while (live.blocked) await live.blocked;
        const { alarm } = live.instance;
        if (typeof alarm !== "function") throw new TypeError(`${this.className} has no alarm handler`);
        await alarm.call(live.instance, { isRetry, retryCount: slot.failures });
      });
    storage.alarmBegins(at);
    let wait = 0;
    try {
      await run();
      if (slot.live !== live) return;
      slot.failures = 0;
    } catch (error) {
      if (slot.live !== live) return;
      this.#world.note(`     alarm of ${slot.name} failed: ${String(error)}`);
      slot.failures = slot.failures === ALARM_RETRIES ? 0 : slot.failures + 1;
      wait = slot.failures === 0 ? 0 : ALARM_RETRY_MILLISECONDS * 2 ** (slot.failures - 1);
    }
    storage.alarmEnds(at, slot.failures === 0);
    slot.planned = undefined;
    this.#plan(slot, wait);
    if (wait === 0 && this.#isRough && this.#random.chance(0.02)) await run().catch(() => {});
  }
}
