// Workers KV: one store, and in each location a cache that keeps values and misses for `cacheTtl` seconds. No value that is
// read is older than 60 s. A key takes one write a second.

import type { Call } from "../calls.ts";
import type { Random } from "../random.ts";
import { clock } from "../world.ts";

interface Value {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly metadata: unknown;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** The value that a key had from a moment on; undefined for none. */
interface Since {
  readonly at: number;
  readonly value: Value | undefined;
}

interface PutOptions {
  readonly metadata?: unknown;
  /** Seconds since 1970. */
  readonly expiration?: number;
  /** Seconds. */
  readonly expirationTtl?: number;
}

interface ReadOptions {
  readonly type?: string;
  /** Seconds. */
  readonly cacheTtl?: number;
}

const USUAL_SECONDS = 60;
const SHORTEST_SECONDS = 30;
const OLDEST_MILLISECONDS = 60_000;
const BETWEEN_WRITES_MILLISECONDS = 1_000;
const METADATA_BYTES_LIMIT = 1_024;

/** One namespace, shared by all isolates. */
export class Namespace {
  /** Newest first. */
  readonly #history = new Map<string, Since[]>();
  /** By place and key. */
  readonly #caches = new Map<string, Since & { readonly until: number }>();
  writes = 0;
  /** Keys of writes that were refused because they came less than a second after another. */
  readonly refused: string[] = [];

  /** The value in the store itself, past all caches. */
  stored(key: string): Value | undefined {
    return this.#at(key, clock.now)?.value;
  }

  keys(): readonly string[] {
    return [...this.#history.keys()].filter((key) => this.stored(key) !== undefined).sort();
  }

  /** Clears the store and all caches. */
  wipe(): void {
    this.#history.clear();
    this.#caches.clear();
  }

  write(place: string, key: string, value: Value | undefined): void {
    const last = this.#history.get(key)?.[0];
    if (last && clock.now - last.at < BETWEEN_WRITES_MILLISECONDS) {
      this.refused.push(key);
      throw new Error("KV PUT failed: 429 Too Many Requests");
    }
    const before = this.#history.get(key) ?? [];
    // Keep the values of the last minute, and the one that was the newest a minute ago.
    const kept = before.slice(
      0,
      1 + before.findIndex(({ at }) => at <= clock.now - OLDEST_MILLISECONDS) || before.length,
    );
    this.#history.set(key, [{ at: clock.now, value }, ...kept]);
    this.writes++;
    // A write is seen at once where it was made.
    this.#caches.delete(`${place} ${key}`);
  }

  read(place: string, key: string, cacheTtl: number, random: Random): Value | undefined {
    const name = `${place} ${key}`;
    const cached = this.#caches.get(name);
    if (cached && cached.until > clock.now) return alive(cached.value);
    // A write from another location may not have arrived yet. Together with the cache's time it is at most 60 s old.
    const late = random.chance(0.1) ? random.whole(0, Math.max(0, OLDEST_MILLISECONDS - cacheTtl * 1000)) : 0;
    const found = this.#at(key, clock.now - late);
    this.#caches.set(name, {
      at: clock.now,
      value: found?.value,
      until: clock.now + Math.min(cacheTtl * 1000, OLDEST_MILLISECONDS),
    });
    return alive(found?.value);
  }

  #at(key: string, moment: number): Since | undefined {
    const found = this.#history.get(key)?.find(({ at }) => at <= moment);
    return found && { ...found, value: alive(found.value) };
  }
}

const alive = (value: Value | undefined): Value | undefined =>
  value && value.until > clock.now ? value : undefined;

/** The binding of an isolate in a location. */
export function kvBinding(namespace: Namespace, place: string, call: Call, random: Random) {
  const read = (key: string, options: ReadOptions | string | undefined) => {
    const { type = "text", cacheTtl = USUAL_SECONDS } =
      typeof options === "string" ? { type: options } : (options ?? {});
    if (cacheTtl < SHORTEST_SECONDS)
      throw new TypeError(
        `Invalid cache_ttl of ${cacheTtl}. Cache TTL must be at least ${SHORTEST_SECONDS}.`,
      );
    return call("kv", () => namespace.read(place, key, cacheTtl, random)).then((found) => ({
      value: found ? asType(found.bytes, type) : null,
      metadata: found ? structuredClone(found.metadata) : null,
      cacheStatus: null,
    }));
  };
  return {
    get: async (key: string, options?: ReadOptions | string) => (await read(key, options)).value,
    getWithMetadata: async (key: string, options?: ReadOptions | string) => read(key, options),
    async put(key: string, given: string | ArrayBuffer | ArrayBufferView, options: PutOptions = {}) {
      const { metadata = null, expiration, expirationTtl } = options;
      if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES_LIMIT)
        throw new Error(`KV PUT failed: 413 Metadata is longer than ${METADATA_BYTES_LIMIT} bytes.`);
      const seconds = expirationTtl ?? (expiration ?? Number.POSITIVE_INFINITY) - clock.now / 1000;
      if (seconds < USUAL_SECONDS)
        throw new Error(`KV PUT failed: 400 Invalid expiration of ${seconds}. It must be at least 60.`);
      const bytes = new Uint8Array(
        typeof given === "string"
          ? Buffer.from(given)
          : given instanceof ArrayBuffer
            ? given
            : new Uint8Array(given.buffer, given.byteOffset, given.byteLength),
      );
      const value = {
        bytes,
        metadata: JSON.parse(JSON.stringify(metadata)) as unknown,
        until: clock.now + seconds * 1000,
      };
      await call("kv", () => namespace.write(place, key, value));
    },
    delete: (key: string) => call("kv", () => namespace.write(place, key, undefined)),
    list: ({
      prefix = "",
      limit = 1000,
      cursor = "",
    }: {
      prefix?: string;
      limit?: number;
      cursor?: string;
    } = {}) =>
      call("kv", () => {
        const found = namespace.keys().filter((key) => key.startsWith(prefix) && key > cursor);
        const keys = found.slice(0, limit).map((name) => {
          const { metadata, until } = namespace.stored(name) ?? { metadata: null, until: 0 };
          const expiration = Number.isFinite(until) ? { expiration: Math.round(until / 1000) } : {};
          return {
            name,
            ...expiration,
            ...(metadata === null ? {} : { metadata: structuredClone(metadata) }),
          };
        });
        return found.length > limit
          ? { keys, list_complete: false, cursor: keys.at(-1)?.name }
          : { keys, list_complete: true };
      }),
  };
}

function asType(bytes: Uint8Array<ArrayBuffer>, type: string): unknown {
  if (type === "arrayBuffer") return bytes.slice().buffer;
  if (type === "stream") return new Blob([bytes]).stream();
  const text = Buffer.from(bytes).toString();
  return type === "json" ? JSON.parse(text) : text;
}
