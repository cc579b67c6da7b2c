// A KV that is slow, stale, or takes only one write per key and second.

import type { KVNamespace } from "@cloudflare/workers-types";
import { delayed, type Now } from "./faults.ts";

const WRITE_GAP_MILLISECONDS = 1000;
const written = new Map<string, number>();

/** The binding with its faults. */
export function faultyKv(real: KVNamespace, now: Now): KVNamespace {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return async (key: string, ...rest: unknown[]) => {
        const faults = now();
        await delayed(faults.delayMilliseconds?.kv);
        if (name === "delete" && faults.kvDelete) throw new Error("KV delete made to fail by a test");
        if (name === "put") put(key, faults);
        const old = faults.kvOld?.[key];
        if (name !== "getWithMetadata" || old === undefined) {
          return Reflect.apply(value, target, [key, ...rest]) as unknown;
        }
        if (old === null) return NOTHING;
        const bytes = bytesOf(old.value);
        const isStream = (rest[0] as { readonly type?: string } | undefined)?.type === "stream";
        return { value: isStream ? new Blob([bytes]).stream() : bytes, metadata: old.metadata };
      };
    },
  });
}

const NOTHING = { value: null, metadata: null };

const bytesOf = (base64: string): ArrayBuffer => {
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  return bytes.buffer;
};

function put(key: string, { kvPutOf, kvLimit }: ReturnType<Now>): void {
  if (kvPutOf !== undefined && key.includes(kvPutOf))
    throw new Error(`KV put of ${key} made to fail by a test`);
  if (!kvLimit) return;
  const last = written.get(key) ?? 0;
  if (Date.now() - last < WRITE_GAP_MILLISECONDS) throw new Error("KV PUT failed: 429 Too Many Requests");
  written.set(key, Date.now());
}
