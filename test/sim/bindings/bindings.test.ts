// The simulated D1, KV and queues: what Cloudflare promises of the real ones, and the worst that the real ones may do.

import { describe, expect, it } from "vitest";
import { caller } from "../calls.ts";
import { Faults } from "../faults.ts";
import { clock, World } from "../world.ts";
import { Database, d1Binding } from "./d1.ts";
import { kvBinding, Namespace } from "./kv.ts";
import { type Consumer, type Message, MessageQueue, queueBinding } from "./queues.ts";

const START = Date.parse("2026-05-01T12:00:00Z");

/** Runs `work` in a new world. */
async function within(work: (world: World, faults: Faults) => Promise<void>, seed = 1): Promise<void> {
  const world = new World(seed, START);
  let end: { readonly error?: unknown } | undefined;
  work(world, new Faults()).then(
    () => {
      end = {};
    },
    (error: unknown) => {
      end = { error };
    },
  );
  await world.run(() => end !== undefined);
  if (end?.error) throw end.error;
}

const callOf = (world: World, faults: Faults, name = "isolate") =>
  caller(world, faults, world.random(name), () => true);

describe("D1", () => {
  const open = (world: World, faults: Faults) =>
    d1Binding(
      new Database("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"),
      callOf(world, faults),
    );

  it("gives rows, columns, changes and ids as D1 does", async () => {
    await within(async (world, faults) => {
      const db = open(world, faults);
      const insert = db.prepare("INSERT INTO t (name) VALUES (?)");
      expect((await insert.bind("a").run()).meta).toMatchObject({ changes: 1, last_row_id: 1 });
      expect((await db.prepare("SELECT * FROM t").run()).meta.changes).toBe(0);
      expect(await db.prepare("SELECT name FROM t WHERE id = ?1").bind(1).first("name")).toBe("a");
      expect(await db.prepare("SELECT name FROM t WHERE id = 2").first()).toBeNull();
      expect(await db.prepare("SELECT * FROM t").raw()).toEqual([[1, "a"]]);
      await expect(db.prepare("SELECT name FROM t").first("x")).rejects.toThrow("D1_COLUMN_NOTFOUND");
      await expect(insert.bind(undefined).run()).rejects.toThrow("D1_TYPE_ERROR");
      await expect(db.prepare("SELEKT").all()).rejects.toThrow(/^D1_ERROR: .*: SQLITE_ERROR$/);
    });
  });

  it("a batch is atomic", async () => {
    await within(async (world, faults) => {
      const db = open(world, faults);
      const insert = db.prepare("INSERT INTO t (name) VALUES (?)");
      await expect(db.batch([insert.bind("a"), insert.bind("a")])).rejects.toThrow(
        "D1_ERROR: UNIQUE constraint failed: t.name: SQLITE_CONSTRAINT",
      );
      expect(await db.prepare("SELECT count(*) AS n FROM t").first("n")).toBe(0);
    });
  });

  it("fails once or for some time, before or after the work is done", async () => {
    await within(async (world, faults) => {
      const db = open(world, faults);
      const insert = db.prepare("INSERT INTO t (name) VALUES (?)");
      const count = () => db.prepare("SELECT count(*) AS n FROM t").first("n");
      faults.add({ binding: "d1", way: "refused", skip: 0, seconds: 0 });
      await expect(insert.bind("a").run()).rejects.toThrow("D1_ERROR");
      expect(await count()).toBe(0);
      faults.add({ binding: "d1", way: "answer-lost", skip: 0, seconds: 0 });
      await expect(insert.bind("a").run()).rejects.toThrow("D1_ERROR");
      expect(await count()).toBe(1);
      faults.add({ binding: "d1", way: "refused", skip: 1, seconds: 30 });
      expect(await count()).toBe(1);
      await expect(count()).rejects.toThrow();
      await world.sleep(29_000);
      await expect(count()).rejects.toThrow();
      await world.sleep(2_000);
      expect(await count()).toBe(1);
    });
  });
});

describe("KV", () => {
  it("a write is seen at once where it was made, elsewhere within a minute, also after a miss", async () => {
    await within(async (world, faults) => {
      const namespace = new Namespace();
      const at = (place: string) =>
        kvBinding(namespace, place, callOf(world, faults, place), world.random(place));
      const [here, there] = [at("here"), at("there")];
      expect(await there.get("key")).toBeNull();
      await here.put("key", "one", { metadata: { version: 1 } });
      expect(await here.getWithMetadata("key")).toMatchObject({ value: "one", metadata: { version: 1 } });
      expect(await there.get("key")).toBeNull();
      await world.sleep(60_000);
      expect(await there.get("key")).toBe("one");
    });
  });

  it("no value that is read is older than a minute, however long the location caches it", async () => {
    for (let seed = 1; seed <= 30; seed++) {
      await within(async (world, faults) => {
        const namespace = new Namespace();
        const random = world.random("here");
        const kv = kvBinding(namespace, "there", callOf(world, faults), random);
        for (let version = 1; version < 100; version++) {
          namespace.write("here", "key", {
            bytes: new Uint8Array(Buffer.from(String(clock.now))),
            metadata: null,
            until: Number.POSITIVE_INFINITY,
          });
          await world.sleep(random.whole(1000, 9000));
          const begun = clock.now;
          const written = Number((await kv.get("key", { cacheTtl: 30 })) ?? begun);
          expect(begun - written).toBeLessThanOrEqual(60_000 + 9000);
        }
      }, seed);
    }
  });

  it("takes one write per key and second, and expired keys are gone", async () => {
    await within(async (world, faults) => {
      const namespace = new Namespace();
      const kv = kvBinding(namespace, "here", callOf(world, faults), world.random("here"));
      await kv.put("key", "one", { expirationTtl: 60 });
      await expect(Promise.all([kv.put("key", "two"), kv.put("key", "three")])).rejects.toThrow("429");
      await kv.put("other", "one");
      expect((await kv.list({ prefix: "o" })).keys).toEqual([{ name: "other" }]);
      await world.sleep(2_000);
      await kv.put("key", "four", { expirationTtl: 60 });
      await world.sleep(61_000);
      expect(await kv.get("key")).toBeNull();
      await expect(kv.put("key", "five", { expirationTtl: 59 })).rejects.toThrow("at least 60");
    });
  });
});

describe("a queue", () => {
  /** Sends ten messages. Returns what the consumer got, batch by batch; `handle` decides how each ends. */
  async function consumed(
    consumer: Consumer,
    handle: (message: Message, time: number) => void,
    seed = 1,
  ): Promise<{
    readonly batches: readonly (readonly unknown[])[];
    readonly atOnce: number;
    readonly dropped: number;
  }> {
    const batches: unknown[][] = [];
    let [running, atOnce, dropped] = [0, 0, 0];
    await within(async (world, faults) => {
      const queue = new MessageQueue("queue", consumer, world, async (_, messages) => {
        atOnce = Math.max(atOnce, ++running);
        batches.push(messages.map(({ body }) => body));
        await world.sleep(500);
        for (const message of messages) handle(message, message.attempts);
        running--;
        return "done";
      });
      const messages = Array.from({ length: 10 }, (_, body) => ({ body }));
      await queueBinding(queue, callOf(world, faults)).sendBatch(messages);
      await world.sleep(600_000);
      dropped = queue.dropped;
    }, seed);
    return { batches, atOnce, dropped };
  }

  it("keeps to the configured size and concurrency of batches", async () => {
    const { batches, atOnce } = await consumed({ max_batch_size: 2, max_concurrency: 3 }, (message) =>
      message.ack(),
    );
    expect(Math.max(...batches.map(({ length }) => length))).toBe(2);
    expect(atOnce).toBeLessThanOrEqual(3);
    expect(new Set(batches.flat()).size).toBe(10);
  });

  it("delivers messages out of order, and some twice", async () => {
    const all = [];
    for (let seed = 1; seed <= 10; seed++)
      all.push((await consumed({ max_batch_size: 1 }, (message) => message.ack(), seed)).batches.flat());
    expect(all.some((bodies) => bodies.length > 10)).toBe(true);
    expect(all.some((bodies) => bodies.join() !== [...bodies].sort().join())).toBe(true);
  });

  it("delivers a retried message again, and gives it up after the last retry", async () => {
    const { batches, dropped } = await consumed({ max_batch_size: 10, max_retries: 2 }, (message) =>
      message.body === 7 ? message.retry({ delaySeconds: 2 }) : message.ack(),
    );
    expect(batches.flat().filter((body) => body === 7).length % 3).toBe(0);
    expect(dropped).toBeGreaterThanOrEqual(1);
  });

  it("refuses to send a batch of more than 100 messages", async () => {
    await within(async (world, faults) => {
      const queue = new MessageQueue("queue", {}, world, async () => "done");
      const binding = queueBinding(queue, callOf(world, faults));
      const many = Array.from({ length: 101 }, (_, body) => ({ body }));
      await expect(binding.sendBatch(many)).rejects.toThrow("exceeds limit of 100");
      await expect(binding.sendBatch([{ body: "x".repeat(300_000) }])).rejects.toThrow("256000 bytes");
    });
  });
});
