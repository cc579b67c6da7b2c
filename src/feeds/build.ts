// What D1 holds of a feed -> its documents. Which version each is, the feed's object decides (feed-object.ts).

import type { Site } from "../article/site.ts";
import { sha256 } from "../lib/digest.ts";
import type { Instant } from "../lib/time.ts";
import { assemble, encode, highestSeq } from "./assemble.ts";
import { gzip } from "./document.ts";
import type { DocumentKey, FeedDocument, Finished } from "./feed.ts";
import type { DocumentMaterial } from "./sql-entries.ts";
import { shortHash } from "./version.ts";

/** A document that is put together, but not encoded yet. */
export interface Draft {
  readonly key: DocumentKey;
  /** Hash of the envelope, of the entries' hashes, and of whether any entry expires. */
  readonly hash: string;
  readonly etag: string;
  readonly items: number;
  /** Encodes it as the version that it is. */
  readonly finish: (
    identity: Pick<Finished, "version" | "changedAt" | "etag">,
    nextChange: Instant | undefined,
  ) => Promise<FeedDocument>;
}

/** Puts a document together. */
export async function draft(key: DocumentKey, material: DocumentMaterial, site: Site): Promise<Draft> {
  const assembly = assemble(key, material, site);
  const expiring = material.entries.some((entry) => entry.expires !== null);
  // An expiry that is set or lifted changes no byte, but it changes Cache-Control, so the ETag has to change as well.
  const hash = shortHash(await sha256(assembly.identity + (expiring ? "\nexpiring" : "")));
  const seq = highestSeq(material);
  const etag = `W/"${seq}-${hash}"`;
  return {
    key,
    hash,
    etag,
    items: material.entries.length,
    finish: async (identity, nextChange) => {
      const { bytes, places } = encode(assembly);
      return {
        ...key,
        ...identity,
        seq,
        ...(nextChange ? { nextChange } : {}),
        expiring,
        length: bytes.byteLength,
        gzip: await gzip(bytes),
        places,
      };
    },
  };
}
