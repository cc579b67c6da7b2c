// Finished documents in KV, and full pages of the archive in R2. The object of a feed or partner is the only
// writer of its keys.
//
//   key                  value                               metadata                          lifetime
//   feed:{feed}:{format} gzipped bytes, JSON of the offsets  {version, seq, etag, digest…}     while it is warm
//
// A page of the archive stays warm for good once it was requested. It is in R2 because a client that walks
// the whole archive would use up the day's KV writes, and because R2 is strongly consistent.
//
// KV may be wiped, be a minute behind, or fail: then documents come from their feed's object. A document that
// isn't always warm (tags, authors) is warm for some days after a request. Its copy expires at the end of the
// last day: a cold document isn't rebuilt, so a copy of it would be outdated.

import type { KVNamespace, R2Bucket } from "@cloudflare/workers-types";
import type { Env, PartnerAccess } from "../env.ts";
import { sha256 } from "../lib/digest.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Finished, PartnerDocument, PartnerKey, StoredDocument, StoredKey } from "./feed.ts";
import { ALWAYS } from "./sql.ts";

const DAY_MILLISECONDS = 86_400_000;
/** The shortest lifetime that KV accepts. */
const SHORTEST_LIFE_MILLISECONDS = 60_000;
/** KV's `cacheTtl`: for how many seconds an edge location may answer from its own cache. */
const PLACE_SECONDS = 30;

// KV takes 1,024 bytes of metadata, so the entries' offsets (`entryOffsets`) follow the gzipped bytes in the
// value.
type Metadata = Omit<Finished, "gzip" | "entryOffsets"> & {
  readonly access?: PartnerAccess;
  readonly gzipLength: number;
  /** SHA-256 of the value: a truncated value, or one in an older version's layout, counts as missing. */
  readonly digest: string;
  /** The last day (UTC) on which it is warm. The name is an older one, since KV has copies with it. */
  readonly keptUntil?: string;
};

/** A copy: the document, and the last day on which it is warm. */
export type Copy<Key extends StoredKey> = Key & Finished & { readonly warmUntil: string | undefined };

/** A document's key in KV or R2. */

export const copyName = ({ feed, format }: StoredKey): string => `feed:${feed}:${format}`;

/** The document of a key in KV. */
function keyOfCopy(name: string): StoredKey {
  const [, feed, format] = /^feed:(.*):([a-z]+)$/.exec(name) ?? [];
  return { feed, format } as StoredKey;
}

type Stores = Pick<Env, "CACHE" | "MEDIA">;
const IN_R2 = "feed:archive/";

/** True for a document whose copy is in R2, not in KV. */
export const isInR2 = (key: StoredKey): boolean => copyName(key).startsWith(IN_R2);

/**
 * Writes a document to KV, until the end of the day `warmUntil`, or to R2. KV takes one write per second and
 * key.
 */
export async function writeCopy(
  { CACHE, MEDIA }: Stores,
  document: StoredDocument,
  warmUntil: string | null,
  nowMilliseconds: number,
): Promise<void> {
  const { feed, format, gzip, entryOffsets, ...rest } = document;
  const end = warmUntil === null ? 0 : Date.parse(warmUntil) + DAY_MILLISECONDS;
  const gone = Math.max(end, nowMilliseconds + SHORTEST_LIFE_MILLISECONDS);
  const value = await new Blob([gzip, JSON.stringify(entryOffsets)]).arrayBuffer();
  const metadata: Metadata = {
    ...rest,
    ...(warmUntil === null ? {} : { keptUntil: warmUntil }),
    gzipLength: gzip.byteLength,
    digest: await sha256(value),
  };
  if (isInR2(document)) {
    await MEDIA.put(copyName(document), value, { customMetadata: { copy: JSON.stringify(metadata) } });
    return;
  }
  const lifetime = warmUntil === ALWAYS ? {} : { expiration: Math.ceil(gone / 1000) };
  await CACHE.put(copyName(document), value, { metadata, ...lifetime });
}

/**
 * The copy in KV or R2; undefined if there is none, or if its digest is wrong. @throws Error, when the read
 * fails.
 */
export async function readCopy<Key extends StoredKey>(
  { CACHE, MEDIA }: Stores,
  key: Key,
): Promise<Copy<Key> | undefined> {
  const options = { type: "arrayBuffer", cacheTtl: PLACE_SECONDS } as const;
  const { value, metadata } = isInR2(key)
    ? await fromR2(MEDIA, copyName(key))
    : await CACHE.getWithMetadata<Metadata>(copyName(key), options);
  return value && metadata ? checkedCopy(key, value, metadata) : undefined;
}

/** A partner's copy of which only the metadata has been read: who may read the rest. */
export interface OpenCopy {
  readonly access: PartnerAccess | undefined;
  /** Undefined if its digest is wrong. @throws Error, when the read fails. */
  readonly read: () => Promise<PartnerDocument | undefined>;
  /** Leaves the rest unread. */
  readonly close: () => Promise<void>;
}

/** Opens a partner's copy in KV; undefined if there is none. @throws Error, when KV fails. */
export async function openCopy({ CACHE }: Stores, key: PartnerKey): Promise<OpenCopy | undefined> {
  const options = { type: "stream", cacheTtl: PLACE_SECONDS } as const;
  const { value, metadata } = await CACHE.getWithMetadata<Metadata>(copyName(key), options);
  if (!value || !metadata) return undefined;
  return {
    access: metadata.access,
    read: async () => checkedCopy(key, await new Response(value as BodyInit).arrayBuffer(), metadata),
    close: () => value.cancel(),
  };
}

async function checkedCopy<Key extends StoredKey>(
  key: Key,
  value: ArrayBuffer,
  metadata: Metadata,
): Promise<Copy<Key> | undefined> {
  if (metadata.digest !== (await sha256(value))) return undefined;
  const { gzipLength, digest: _, keptUntil: warmUntil, ...rest } = metadata;
  const entryOffsets = new TextDecoder().decode(new Uint8Array(value, gzipLength));
  const document: Finished = {
    ...rest,
    gzip: value.slice(0, gzipLength),
    entryOffsets: JSON.parse(entryOffsets),
  };
  return Object.assign(document, key, { warmUntil });
}

async function fromR2(bucket: R2Bucket, name: string) {
  const object = await bucket.get(name);
  const copy = object?.customMetadata?.copy;
  return {
    value: object ? await object.arrayBuffer() : null,
    metadata: copy === undefined ? null : (JSON.parse(copy) as Metadata),
  };
}

/** Deletes a document from KV. */
export const dropCopy = (kv: KVNamespace, key: StoredKey): Promise<void> => kv.delete(copyName(key));

/**
 * The documents that have a copy in KV or R2. One call lists a thousand. @throws Error, when a call fails.
 */
export async function copiesHeld({ CACHE, MEDIA }: Stores): Promise<readonly StoredKey[]> {
  const names = [...(await copyVersions(CACHE)).keys()];
  for (let cursor: string | undefined; ; ) {
    const page = await MEDIA.list({ prefix: IN_R2, ...omitUndefined({ cursor }) });
    names.push(...page.objects.map(({ key }) => key));
    if (!page.truncated) return names.map(keyOfCopy);
    cursor = page.cursor;
  }
}

/** The version of each copy in KV, by its key. One call lists a thousand. @throws Error, when KV fails. */
export async function copyVersions(kv: KVNamespace): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for (let cursor: string | undefined; ; ) {
    const page = await kv.list<Metadata>({ prefix: "feed:", ...omitUndefined({ cursor }) });
    for (const { name, metadata } of page.keys) versions.set(name, metadata?.version ?? 0);
    if (page.list_complete) return versions;
    cursor = page.cursor;
  }
}
