// D1 -> a finished document. What its version is, D1 decides: a build whose bytes differ commits the next one.

import type { D1Database } from "@cloudflare/workers-types";
import { sha256 } from "../model/digest.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey, FeedDocument } from "../model/feed.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { commitVersion } from "../store/feeds.ts";
import { ARCHIVE_PAGE_SIZE, type FeedMaterial, numberReleases, readMaterial } from "../store/material.ts";
import { assemble, encode, highestSeq } from "./assemble.ts";
import { gzip } from "./document.ts";

/** A document, and what it was built from. */
export interface BuiltDocument {
  readonly document: FeedDocument;
  readonly material: FeedMaterial;
}

const ATTEMPT_LIMIT = 5;
// 80 bits: two documents of one feed never share a tag.
const HASH_DIGITS = 20;

/** Builds a document as it is at `now`. @throws Error, when D1 fails or other builds keep being faster. */
export async function buildDocument(
  { env, site }: Runtime,
  key: DocumentKey,
  now: Instant,
): Promise<BuiltDocument> {
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const limit = key.feed.startsWith("archive/") ? ARCHIVE_PAGE_SIZE : site.pages.feed;
    const material = await readMaterial(env.DB, key, now, limit);
    if ([...material.entries, ...material.tombstones].some(({ seq }) => seq === 0)) {
      await numberReleases(env.DB, now);
      continue;
    }
    const assembly = assemble(key, material, site);
    const expiring = material.entries.some((entry) => entry.expires !== null);
    // An end that is set or lifted changes no byte, but how long others may keep the document.
    const hash = (await sha256(assembly.identity + (expiring ? "\nexpiring" : ""))).slice(0, HASH_DIGITS);
    const { bytes, places } = encode(assembly);
    const identity = await versionOf(env.DB, key, material, { hash, bytes: bytes.byteLength }, now);
    if (!identity) continue;
    const document: FeedDocument = {
      ...key,
      ...identity,
      seq: highestSeq(material),
      ...(material.nextChange ? { nextChange: material.nextChange } : {}),
      expiring,
      length: bytes.byteLength,
      gzip: await gzip(bytes),
      places,
    };
    return { document, material };
  }
  throw new Error(`${key.feed} as ${key.format} changed ${ATTEMPT_LIMIT} times while it was built`);
}

/** The document's version, tag and date: those of D1 for the same bytes, else the next. Undefined when the race was lost. */
async function versionOf(
  db: D1Database,
  key: DocumentKey,
  material: FeedMaterial,
  { hash, bytes }: { readonly hash: string; readonly bytes: number },
  now: Instant,
): Promise<Pick<FeedDocument, "version" | "etag" | "changedAt"> | undefined> {
  const { row } = material;
  if (row?.built_hash === hash && row.etag && row.changed_at) {
    return { version: row.version, etag: row.etag, changedAt: row.changed_at };
  }
  // Two versions never share a second, or If-Modified-Since could miss the later one.
  const after = row?.changed_at ? addSeconds(row.changed_at, 1) : now;
  const changedAt = after > now ? after : now;
  const etag = `W/"${highestSeq(material)}-${hash}"`;
  const from = row?.version ?? 0;
  const won = await commitVersion(db, key, from, {
    hash,
    etag,
    changedAt,
    items: material.entries.length,
    bytes,
  });
  return won ? { version: from + 1, etag, changedAt } : undefined;
}
