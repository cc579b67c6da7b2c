// Finished documents in KV. The object of a feed, or of a partner, is the only writer of its keys.
//
//   KV key               value                          metadata                          lifetime
//   feed:{feed}:{format} gzipped bytes, JSON of places  {version, seq, etag, digest…}     while it is kept built
//
// KV may be wiped, be a minute old or fail: then documents come from their feed's object. What isn't always built (tags,
// authors, the archive) is kept so for some days after somebody asked for it; its copy goes from KV on the last of them,
// so that none is there which missed a change.

import type { KVNamespace } from "@cloudflare/workers-types";
import { sha256 } from "../model/digest.ts";
import type { Finished, StoredDocument, StoredKey } from "../model/feed.ts";
import { omitUndefined } from "../model/omit-undefined.ts";
import { ALWAYS } from "../store/feeds.ts";

const DAY_MILLISECONDS = 86_400_000;
/** KV takes no shorter one. */
const SHORTEST_LIFE_MILLISECONDS = 60_000;
/** Seconds for which each of KV's places may answer with the copy that it has. */
const PLACE_SECONDS = 30;

// KV takes 1,024 bytes of metadata: the places stand behind the gzipped bytes.
type Metadata = Omit<Finished, "gzip" | "places"> & {
  readonly gzipLength: number;
  /** SHA-256 of the value: what isn't whole, or an older version of this code wrote, is as good as missing. */
  readonly digest: string;
  /** The last day (UTC) on which it is kept built. */
  readonly keptUntil?: string;
};

/** A copy: the document, and the last day on which it is kept built. */
export type Copy<Key extends StoredKey> = Key & Finished & { readonly keptUntil: string | undefined };

/** A document's key in KV. */
export const copyName = ({ feed, format }: StoredKey): string => `feed:${feed}:${format}`;

/** The document of a key in KV. */
function keyOfCopy(name: string): StoredKey {
  const [, feed, format] = /^feed:(.*):([a-z]+)$/.exec(name) ?? [];
  return { feed, format } as StoredKey;
}

/** Writes a document to KV, where it stays until the end of the day `keptUntil`. KV takes one write a second and key. */
export async function writeCopy(
  kv: KVNamespace,
  document: StoredDocument,
  keptUntil: string | null,
  nowMilliseconds: number,
): Promise<void> {
  const { feed, format, gzip, places, ...rest } = document;
  const end = keptUntil === null ? 0 : Date.parse(keptUntil) + DAY_MILLISECONDS;
  const gone = Math.max(end, nowMilliseconds + SHORTEST_LIFE_MILLISECONDS);
  const value = await new Blob([gzip, JSON.stringify(places)]).arrayBuffer();
  const metadata: Metadata = {
    ...rest,
    ...(keptUntil === null ? {} : { keptUntil }),
    gzipLength: gzip.byteLength,
    digest: await sha256(value),
  };
  const lifetime = keptUntil === ALWAYS ? {} : { expiration: Math.ceil(gone / 1000) };
  await kv.put(copyName(document), value, { metadata, ...lifetime });
}

/** KV's copy, if it is as this code wrote it. @throws Error, when KV fails. */
export async function readCopy<Key extends StoredKey>(
  kv: KVNamespace,
  key: Key,
): Promise<Copy<Key> | undefined> {
  const options = { type: "arrayBuffer", cacheTtl: PLACE_SECONDS } as const;
  const { value, metadata } = await kv.getWithMetadata<Metadata>(copyName(key), options);
  if (!value || metadata?.digest !== (await sha256(value))) return undefined;
  const { gzipLength, digest: _, keptUntil, ...rest } = metadata;
  const places = new TextDecoder().decode(new Uint8Array(value, gzipLength));
  const document: Finished = { ...rest, gzip: value.slice(0, gzipLength), places: JSON.parse(places) };
  return Object.assign(document, key, { keptUntil });
}

/** Takes a document out of KV. */
export const dropCopy = (kv: KVNamespace, key: StoredKey): Promise<void> => kv.delete(copyName(key));

/** The documents that KV holds. One call for a thousand. @throws Error, when KV fails. */
export const copiesHeld = async (kv: KVNamespace): Promise<readonly StoredKey[]> =>
  [...(await copyVersions(kv)).keys()].map(keyOfCopy);

/** The version of each document that KV holds, by its key. One call for a thousand. @throws Error, when KV fails. */
export async function copyVersions(kv: KVNamespace): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for (let cursor: string | undefined; ; ) {
    const page = await kv.list<Metadata>({ prefix: "feed:", ...omitUndefined({ cursor }) });
    for (const { name, metadata } of page.keys) versions.set(name, metadata?.version ?? 0);
    if (page.list_complete) return versions;
    cursor = page.cursor;
  }
}
