// The globals of each simulated isolate: they use the simulated clock and the seed. Those that really work on another thread
// (digests, streams, blobs) end at once here.

import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Random } from "./random.ts";
import { clock, running, SimulatedDate, type World } from "./world.ts";

type Bytes = ArrayBuffer | ArrayBufferView;

const bytesOf = (bytes: Bytes): Uint8Array =>
  bytes instanceof ArrayBuffer
    ? new Uint8Array(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A copy in a new buffer: Node's small buffers share a pool. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** What the globals of an isolate depend on. */
export interface Surroundings {
  readonly random: Random;
  /** False once the isolate is gone; then its timers never fire. */
  readonly isAlive: () => boolean;
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Takes each line that the isolate logs. */
  readonly log: (line: string) => void;
}

/** The globals of one isolate, by name. */
export function globalsOf(world: World, { random, isAlive, fetch, log }: Surroundings) {
  const begun = clock.now;
  const timers = new Set<number>();
  let lastTimer = 0;
  const setTimeout = (work: () => void, milliseconds = 0): number => {
    const timer = ++lastTimer;
    const invocation = running.getStore();
    timers.add(timer);
    world.after(milliseconds, () => {
      if (!timers.delete(timer) || !isAlive() || invocation?.isOver) return;
      if (invocation) running.run(invocation, work);
      else work();
    });
    return timer;
  };
  const clearTimeout = (timer: number) => void timers.delete(timer);

  const timeout = (milliseconds: number): AbortSignal => {
    const controller = new AbortController();
    setTimeout(
      () => controller.abort(new DOMException("The operation timed out", "TimeoutError")),
      milliseconds,
    );
    return controller.signal;
  };

  const getRandomValues = <T extends Uint8Array>(bytes: T): T => {
    for (let index = 0; index < bytes.length; index++) bytes[index] = random.whole(0, 255);
    return bytes;
  };
  const randomUUID = (): string => {
    const digits = Buffer.from(getRandomValues(new Uint8Array(16))).toString("hex");
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
  };
  const subtle = {
    digest: async (_sha256: string, data: Bytes) =>
      bufferOf(createHash("sha256").update(bytesOf(data)).digest()),
    timingSafeEqual: (a: Bytes, b: Bytes) => timingSafeEqual(bytesOf(a), bytesOf(b)),
    importKey: async (_format: string, raw: Bytes) => ({ raw: new Uint8Array(bytesOf(raw)) }),
    sign: async (_hmac: string, key: { readonly raw: Uint8Array }, data: Bytes) =>
      bufferOf(createHmac("sha256", key.raw).update(bytesOf(data)).digest()),
    deriveBits: async (
      { salt, info }: { readonly salt: Uint8Array; readonly info: Uint8Array },
      key: { readonly raw: Uint8Array },
      bits: number,
    ) => hkdfSync("sha256", key.raw, salt, info, bits / 8),
  };

  return {
    Date: SimulatedDate,
    performance: { now: () => clock.now - begun, timeOrigin: begun },
    setTimeout,
    clearTimeout,
    AbortSignal: Object.assign(Object.create(AbortSignal) as typeof AbortSignal, { timeout }),
    Math: Object.assign(Object.create(Math) as typeof Math, { random: random.next }),
    crypto: { subtle, getRandomValues, randomUUID },
    Blob: SimulatedBlob,
    CompressionStream: streamOf(gzipSync),
    DecompressionStream: streamOf(gunzipSync),
    fetch,
    console: { log, error: log, warn: log, info: log, debug: log },
  };
}

/** `Blob` without threads. */
class SimulatedBlob {
  readonly #bytes: Uint8Array;
  constructor(parts: readonly (string | Bytes)[]) {
    this.#bytes = Buffer.concat(
      parts.map((part) => (typeof part === "string" ? Buffer.from(part) : bytesOf(part))),
    );
  }
  get size(): number {
    return this.#bytes.byteLength;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return bufferOf(this.#bytes);
  }
  async text(): Promise<string> {
    return Buffer.from(this.#bytes).toString();
  }
  stream(): ReadableStream<Uint8Array> {
    const bytes = this.#bytes;
    return new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
  }
}

/** The class of a stream that converts all its bytes at its end. */
const streamOf = (convert: (bytes: Uint8Array) => Uint8Array) =>
  class extends TransformStream<Uint8Array, Uint8Array> {
    constructor(_format: "gzip") {
      const chunks: Uint8Array[] = [];
      super({
        transform: (chunk) => void chunks.push(chunk),
        flush: (controller) => controller.enqueue(convert(Buffer.concat(chunks))),
      });
    }
  };
