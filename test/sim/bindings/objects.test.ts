// The simulated Durable Objects: what Cloudflare promises of the real ones, and the worst that the real ones may do.

import { describe, expect, it } from "vitest";
import { type Call, caller } from "../calls.ts";
import { Faults } from "../faults.ts";
import { clock, World } from "../world.ts";
import { type ObjectClass, ObjectNamespace } from "./objects.ts";

const START = Date.parse("2026-05-01T12:00:00Z");

/** Storage as the objects here use it. */
interface Storage {
  readonly sql: {
    exec: (sql: string, ...parameters: unknown[]) => { toArray: () => Record<string, unknown>[] };
  };
  readonly transactionSync: <T>(work: () => T) => T;
  readonly setAlarm: (at: number) => Promise<void>;
  readonly getAlarm: () => Promise<number | null>;
}

/** A log outside of the object: each line is a call, so it shows what left the object. */
interface Outside {
  readonly note: (text: string) => Promise<void>;
}

class Counter {
  readonly storage: Storage;
  readonly outside: Outside;
  made = clock.now;
  constructor({ storage }: { readonly storage: Storage }, outside: Outside) {
    this.storage = storage;
    this.outside = outside;
    storage.sql.exec("CREATE TABLE IF NOT EXISTS counts (n INTEGER)");
  }
  count(): number {
    this.storage.sql.exec("INSERT INTO counts VALUES (?)", clock.now);
    return this.total();
  }
  total(): number {
    return this.storage.sql.exec("SELECT count(*) AS n FROM counts").toArray()[0]?.n as number;
  }
  bornAt(): number {
    return this.made;
  }
  half(): void {
    this.storage.transactionSync(() => {
      this.count();
      throw new Error("not this");
    });
  }
  async tell(text: string): Promise<void> {
    this.count();
    await this.outside.note(text);
  }
  async slowly(): Promise<void> {
    await this.outside.note("begun");
    this.count();
    await this.outside.note("counted");
  }
  wake(at: number): Promise<void> {
    return this.storage.setAlarm(at);
  }
  planned(): Promise<number | null> {
    return this.storage.getAlarm();
  }
  give(): unknown {
    return { method: () => 1 };
  }
  async alarm(): Promise<void> {
    await this.outside.note("alarm");
  }
}

class Failing extends Counter {
  override async alarm(): Promise<void> {
    await super.alarm();
    throw new Error("the alarm fails");
  }
}

type Stub = {
  [Name in Exclude<keyof Counter, "storage" | "outside" | "made">]: (...given: never[]) => Promise<never>;
} & {
  readonly count: () => Promise<number>;
  readonly total: () => Promise<number>;
  readonly bornAt: () => Promise<number>;
  readonly tell: (text: string) => Promise<void>;
  readonly wake: (at: number) => Promise<void>;
  readonly planned: () => Promise<number | null>;
};

/** Runs `work` in a world with objects. Returns what they logged outside, with the seconds. */
async function within(
  work: (stub: Stub, objects: ObjectNamespace, world: World) => Promise<void>,
  { seed = 1, objectClass = Counter as unknown, isRough = false } = {},
): Promise<readonly string[]> {
  const world = new World(seed, START);
  const faults = new Faults();
  const notes: string[] = [];
  const callOf = (name: string, isAlive: () => boolean): Call =>
    caller(world, faults, world.random(name), isAlive);
  const host = {
    objectClass: objectClass as ObjectClass,
    env: (name: string, isAlive: () => boolean) => {
      const call = callOf(name, isAlive);
      return {
        note: (text: string) => call("kv", () => void notes.push(`${(clock.now - START) / 1000} ${text}`)),
      };
    },
  };
  const objects = new ObjectNamespace("Counter", world, () => host, isRough);
  const stub = objects.binding(callOf("reader", () => true)).getByName("one") as Stub;
  let isOver = false;
  let failed: unknown;
  work(stub, objects, world).then(
    () => {
      isOver = true;
    },
    (error: unknown) => {
      failed = error;
      isOver = true;
    },
  );
  await world.run(() => isOver);
  if (failed) throw failed;
  return notes;
}

const words = (notes: readonly string[]) => notes.map((note) => note.split(" ")[1]);

describe("an object", () => {
  it("a new instance has what was stored, and not what was in memory", async () => {
    await within(async (stub, objects, world) => {
      expect(await stub.count()).toBe(1);
      const born = await stub.bornAt();
      objects.end("one", "lost");
      await world.sleep(1000);
      expect(await stub.count()).toBe(2);
      expect(await stub.bornAt()).toBeGreaterThan(born);
    });
  });

  it("an idle instance is removed, but not while a write is on its way to disk", async () => {
    await within(async (stub, _, world) => {
      const born = await stub.bornAt();
      await world.sleep(9_000);
      expect(await stub.bornAt()).toBe(born);
      await world.sleep(11_000);
      expect(await stub.bornAt()).toBeGreaterThan(born);
    });
  });

  it("a transaction is atomic", async () => {
    await within(async (stub) => {
      await expect(stub.half()).rejects.toThrow("not this");
      expect(await stub.total()).toBe(0);
    });
  });

  it("callers get clones, and can't call `alarm` or a method that the class doesn't define", async () => {
    await within(async (stub) => {
      await expect(stub.give()).rejects.toThrow(/could not be cloned/);
      await expect(stub.alarm()).rejects.toThrow("alarm can't be called");
      await expect((stub as unknown as { fly: () => Promise<void> }).fly()).rejects.toThrow(
        "does not implement",
      );
    });
  });

  it("nothing leaves the object before its writes are on disk (output gate)", async () => {
    let told = 0;
    let lost = 0;
    for (let seed = 1; seed <= 60; seed++) {
      let total = 0;
      const notes = await within(
        async (stub, objects, world) => {
          await stub.total();
          const ended = stub.tell("told").catch(() => {});
          await world.sleep(seed);
          objects.end("one", seed % 2 === 0 ? "lost" : "replaced");
          await ended;
          await world.sleep(5_000);
          total = await stub.total();
        },
        { seed },
      );
      told += notes.length;
      lost += 1 - total;
      expect(notes.length).toBeLessThanOrEqual(total);
    }
    // Some instances were lost before the write and some after it.
    expect(told).toBeGreaterThan(2);
    expect(lost).toBeGreaterThan(2);
  });

  it("a replaced instance keeps running, but can't store anything", async () => {
    const notes = await within(async (stub, objects, world) => {
      await stub.total();
      const ended = expect(stub.slowly()).rejects.toThrow("reset");
      await world.sleep(25);
      objects.end("one", "replaced");
      await ended;
      await world.sleep(5_000);
      expect(await stub.total()).toBe(0);
    });
    expect(words(notes)).toEqual(["begun"]);
  });
});

describe("an alarm", () => {
  it("fires once when it is due, and is then unset", async () => {
    const notes = await within(async (stub, _, world) => {
      await stub.wake(START + 60_000);
      expect(await stub.planned()).toBe(START + 60_000);
      await world.sleep(120_000);
      expect(await stub.planned()).toBeNull();
    });
    expect(words(notes)).toEqual(["alarm"]);
    expect(Number(notes[0]?.split(" ")[0])).toBeCloseTo(60, 0);
  });

  it("fires at the time that was set last; at once, if that is in the past", async () => {
    const notes = await within(async (stub, _, world) => {
      await stub.wake(START + 60_000);
      await stub.wake(START - 1000);
      await world.sleep(120_000);
    });
    expect(words(notes)).toEqual(["alarm"]);
    expect(Number(notes[0]?.split(" ")[0])).toBeLessThan(5);
  });

  it("fires again when the instance was lost while it ran", async () => {
    const notes = await within(async (stub, objects, world) => {
      await stub.wake(START + 60_000);
      await world.sleep(60_000 - (clock.now - START) + 16);
      objects.end("one", "lost");
      await world.sleep(60_000);
    });
    expect(notes.length).toBeGreaterThanOrEqual(1);
    expect(Number(notes.at(-1)?.split(" ")[0])).toBeGreaterThan(60.016);
  });

  it("is tried seven times within 136 seconds if it fails, and then never again", async () => {
    const notes = await within(
      async (stub, _, world) => {
        await stub.wake(START + 1000);
        await world.sleep(3_600_000);
        expect(await stub.planned()).toBeNull();
      },
      { objectClass: Failing },
    );
    expect(words(notes)).toEqual(Array(7).fill("alarm"));
    expect(Number(notes.at(-1)?.split(" ")[0])).toBeLessThan(136);
  });

  it("that came due while no alarms fire, fires when they work again", async () => {
    const notes = await within(async (stub, objects, world) => {
      await stub.wake(START + 1000);
      objects.alarmsOffUntil = START + 60_000;
      await world.sleep(120_000);
    });
    expect(Number(notes[0]?.split(" ")[0])).toBeGreaterThan(60);
  });

  it("is sometimes late, and sometimes fires twice", async () => {
    const times: number[] = [];
    for (let seed = 1; seed <= 100; seed++) {
      const notes = await within(
        async (stub, _, world) => {
          await stub.wake(START + 1000);
          await world.sleep(60_000);
        },
        { seed, isRough: true },
      );
      times.push(notes.length === 2 ? -1 : Number(notes[0]?.split(" ")[0]));
    }
    expect(times).toContain(-1);
    expect(Math.max(...times)).toBeGreaterThan(2);
  });
});
