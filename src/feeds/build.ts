// D1 -> a finished document. What its version is, D1 decides: a build whose bytes differ commits the next one.

import { sha256 } from "../model/digest.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey, FeedDocument, StoredDocument } from "../model/feed.ts";
import type { Instant } from "../model/time.ts";
import type { FeedRow } from "../store/feeds.ts";
import { ARCHIVE_PAGE_SIZE, numberReleases, readMaterial } from "../store/material.ts";
import { assemble, encode, highestSeq } from "./assemble.ts";
import { gzip } from "./document.ts";
import { ATTEMPT_LIMIT, shortHash, versionOf } from "./version.ts";

/** A document, what its row was before, and how many entries it has. */
export interface Built<Document extends StoredDocument = StoredDocument> {
  readonly document: Document;
  readonly row: FeedRow | undefined;
  readonly items: number;
}

/** Builds a document as it is at `now`. @throws Error, when D1 fails or other builds keep being faster. */
export async function buildDocument(
  { env, site }: Runtime,
  key: DocumentKey,
  now: Instant,
): Promise<Built<FeedDocument>> {
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
    const hash = shortHash(await sha256(assembly.identity + (expiring ? "\nexpiring" : "")));
    const { bytes, places } = encode(assembly);
    const etag = `W/"${highestSeq(material)}-${hash}"`;
    const facts = { hash, etag, items: material.entries.length, bytes: bytes.byteLength };
    const identity = await versionOf(env.DB, key, material.row, facts, now);
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
    return { document, row: material.row, items: material.entries.length };
  }
  throw new Error(`${key.feed} as ${key.format} changed ${ATTEMPT_LIMIT} times while it was built`);
}
