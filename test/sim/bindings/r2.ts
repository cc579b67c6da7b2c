// The part of R2 that pictures use.

import type { Call } from "../calls.ts";
import { clock } from "../world.ts";

interface Stored {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly httpMetadata: unknown;
  readonly customMetadata: unknown;
  readonly etag: string;
  readonly uploaded: Date;
}

/** One bucket, shared by all isolates. */
export type Bucket = Map<string, Stored>;

/** The binding of one isolate. */
export function r2Binding(bucket: Bucket, call: Call) {
  const headOf = (key: string, { bytes, ...rest }: Stored) => ({
    key,
    size: bytes.byteLength,
    ...rest,
    httpEtag: `"${rest.etag}"`,
  });
  return {
    head: (key: string) =>
      call("r2", () => {
        const found = bucket.get(key);
        return found ? headOf(key, found) : null;
      }),
    get: (key: string) =>
      call("r2", () => {
        const found = bucket.get(key);
        if (!found) return null;
        const { body } = new Response(found.bytes.slice());
        return { ...headOf(key, found), body, arrayBuffer: async () => found.bytes.slice().buffer };
      }),
    put: (
      key: string,
      bytes: ArrayBuffer | Uint8Array,
      { httpMetadata = {}, customMetadata = {} }: { httpMetadata?: unknown; customMetadata?: unknown } = {},
    ) =>
      call("r2", () => {
        const etag = String(bucket.size + clock.now);
        const stored = { bytes: new Uint8Array(bytes), httpMetadata, customMetadata, etag };
        bucket.set(key, { ...stored, uploaded: new Date(clock.now) });
        return headOf(key, { ...stored, uploaded: new Date(clock.now) });
      }),
    delete: (keys: string | readonly string[]) =>
      call("r2", () => {
        for (const key of typeof keys === "string" ? [keys] : keys) bucket.delete(key);
      }),
    list: ({ prefix = "" }: { readonly prefix?: string } = {}) =>
      call("r2", () => ({
        objects: [...bucket].filter(([key]) => key.startsWith(prefix)).map(([key, one]) => headOf(key, one)),
        truncated: false,
      })),
  };
}
