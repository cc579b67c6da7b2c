// Faults of KV, which is only a cache: readers always get a published edition, and never an older one than before.

import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import type { Faults } from "../faulty.ts";
import { until } from "../harness.ts";
import { partner } from "../partners/partners.ts";
import { editionOf, startNewsroom } from "./newsroom.ts";

let room: Awaited<ReturnType<typeof startNewsroom>>;
beforeAll(async () => {
  room = await startNewsroom();
});
afterAll(() => room?.close());
beforeEach(() => room.begin());

const KEYS = FORMATS.map((format) => `feed:site:${format}`);

/** The present content of KV, for `kvOld`. */
async function snapshot(): Promise<NonNullable<Faults["kvOld"]>> {
  const { CACHE } = await room.worker.env();
  const copies = KEYS.map(async (key) => {
    const { value, metadata } = await CACHE.getWithMetadata(key, "arrayBuffer");
    return [key, value && { value: Buffer.from(value).toString("base64"), metadata }] as const;
  });
  return Object.fromEntries(await Promise.all(copies));
}

/** Overwrites every copy in KV. */
async function spoil(
  change: (value: Buffer, metadata: Record<string, unknown>) => [Buffer, Record<string, unknown> | null],
): Promise<void> {
  const { CACHE } = await room.worker.env();
  for (const key of KEYS) {
    const { value, metadata } = await CACHE.getWithMetadata<Record<string, unknown>>(key, "arrayBuffer");
    const [bytes, next] = change(Buffer.from(value ?? new ArrayBuffer()), metadata ?? {});
    await CACHE.put(key, new Uint8Array(bytes), next ? { metadata: next } : {});
  }
}

describe("KV", () => {
  it("failing on get: readers get the newest edition from D1", async () => {
    await room.fail({ kvGet: true });
    await room.expectFeeds(room.edition());
    expect((await room.publish()).status).toBe(200);
    await room.expectFeeds(room.edition());
    await room.worker.settled();
    await room.mended();
  });

  it("failing on put of one format: the others are written; that one stays dirty until it is", async () => {
    await room.fail({ kvPutOf: "site:atom" });
    expect((await room.publish()).status).toBe(200);
    await room.logged("made to fail by a test");
    await until("rss and json are written", async () =>
      (await room.feeds()).every(({ format, stale_since }) => format === "atom" || stale_since === null),
    );
    const atom = (await room.feeds()).find(({ format }) => format === "atom");
    expect(atom?.stale_since).not.toBeNull();
    expect(atom?.cached_version).toBeLessThan(atom?.version ?? 0);
    await room.expectFeeds(room.edition());
    await room.mended();
  });

  it("failing on delete: a removed partner's mark stays until its copy is deleted", async () => {
    await partner(room.worker, "gone", { profile: "json", access: "public" });
    const { CACHE } = await room.worker.env();
    const key = "feed:partner/gone:partner";
    const copy = async () => (await CACHE.get(key)) !== null;
    await until("its feed is in KV", copy);
    await room.worker.settled();
    await room.fail({ kvDelete: true });
    expect((await room.worker.api("/partners/gone", { method: "DELETE" })).ok).toBe(true);
    await room.logged("KV delete made to fail");
    expect((await room.worker.fetch("/partners/gone/feed.json")).status).toBe(401);
    expect(await copy()).toBe(true);
    await room.fail({});
    await until("its copy is gone", async () => !(await copy()));
    await room.mended();
  });

  it("slow: all requests wait, and get the right answer", async () => {
    await room.fail({ delayMilliseconds: { kv: 500 } });
    const newest = room.edition() + 1;
    const [published] = await Promise.all([room.publish(), room.expectFeeds(newest - 1, newest)]);
    expect(published.status).toBe(200);
    await room.expectFeeds(newest);
    await room.worker.settled();
    await room.mended();
  });

  it("stale for 30 s, as in another edge location: the old edition, then always the new one", async () => {
    const kvOld = await snapshot();
    expect((await room.publish()).status).toBe(200);
    await room.worker.settled();
    await room.worker.reload();
    await room.fail({ kvOld });
    const [old, next] = [room.edition() - 1, room.edition()];
    await room.expectFeeds(old);
    // The location's copy expires, and so does the one in the isolate's memory.
    await room.fail({});
    await room.worker.moveBy(11_000);
    await room.expectFeeds(next);
    await room.fail({ kvOld });
    await room.worker.moveBy(22_000);
    const etags = (await room.read()).map(({ headers }) => headers.etag);
    for (let turn = 0; turn < 5; turn++) {
      await room.expectFeeds(next);
      expect((await room.read()).map(({ headers }) => headers.etag)).toEqual(etags);
    }
    // A publisher at that location doesn't get KV's old copy.
    expect((await room.publish()).status).toBe(200);
    await room.expectFeeds(next + 1);
    await room.worker.settled();
    await room.expectFeeds(next + 1);
    await room.mended();
  });

  it("a copy is lost: readers get the newest edition from D1", async () => {
    await room.fail({ kvOld: Object.fromEntries(KEYS.map((key) => [key, null])) });
    await room.expectFeeds(room.edition());
    await room.mended();
  });

  it.each<[string, Parameters<typeof spoil>[0]]>([
    ["cut off in its document", (value, metadata) => [value.subarray(0, 100), metadata]],
    ["cut off behind it", (value, metadata) => [value.subarray(0, Number(metadata.gzipLength)), metadata]],
    [
      "with a byte that was turned",
      (value, metadata) => {
        const turned = Buffer.from(value);
        turned.writeUInt8(turned.readUInt8(200) ^ 1, 200);
        return [turned, metadata];
      },
    ],
    ["of nothing", (_, metadata) => [Buffer.alloc(0), metadata]],
    ["without metadata", (value) => [value, null]],
    ["with another program's metadata", (value) => [value, { version: 99, gzipLength: 20 }]],
    [
      "as an older version of this code wrote it",
      (value, { digest: _, ...metadata }) => [value, { ...metadata, version: 99 }],
    ],
    ["of other bytes", (_, metadata) => [Buffer.from("Edition 9999"), metadata]],
  ])("holding a value %s: the newest edition, out of D1, and it is written anew", async (_, change) => {
    const [before, state] = [await room.read(), await room.feeds()];
    const { CACHE: kv } = await room.worker.env();
    const copiesBefore = await Promise.all(KEYS.map((key) => kv.getWithMetadata(key, "arrayBuffer")));
    const whole = copiesBefore.map(({ value, metadata }) => [value && Buffer.from(value), metadata]);
    await spoil(change);
    await room.worker.reload();
    await room.expectFeeds(room.edition());
    expect((await room.read()).map(({ headers }) => headers.etag)).toEqual(
      before.map(({ headers }) => headers.etag),
    );
    // A read a minute later restores the copy. Until then edge locations may have cached the miss.
    await room.worker.moveBy(61_000);
    await room.expectFeeds(room.edition());
    await until("KV has whole copies", async () => {
      const { CACHE } = await room.worker.env();
      const copies = await Promise.all(KEYS.map((key) => CACHE.getWithMetadata(key, "arrayBuffer")));
      return copies.every(({ value, metadata }, index) =>
        isDeepStrictEqual([value && Buffer.from(value), metadata], whole[index]),
      );
    });
    await room.worker.moveBy(0);
    await room.mended();
    expect((await room.feeds()).map(({ version }) => version)).toEqual(state.map(({ version }) => version));
  });

  it("taking one write a second of a key: no edit is lost, and the last one is written", async () => {
    await room.fail({ kvLimit: true });
    for (let edit = 0; edit < 4; edit++) {
      expect((await room.publish()).status).toBe(200);
      await room.expectFeeds(room.edition());
      await until("the edit was built", async () =>
        (await room.worker.counts()).some(({ kvPuts }) => kvPuts > 0),
      );
    }
    await room.logged("429 Too Many Requests");
    // The messages are retried by themselves, still under that limit.
    await room.worker.settled();
    for (const format of FORMATS) expect(editionOf(await room.worker.document(format))).toBe(room.edition());
    await room.mended();
  });
});
