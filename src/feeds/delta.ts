// Delta encoding of feeds (RFC 3229, with the `feed` instance manipulation that Wyman described): a client
// that says which version it has gets only the entries that are new since. It names its version by the entity
// tag, `W/"{seq}-{hash}"`.

import { WIRE_FORMATS } from "../formats/index.ts";
import type { FeedDocument } from "./feed.ts";

/** The version of a document that a client has. */
export interface DeltaBase {
  /** Its entity tag, as we gave it out. */
  readonly etag: string;
  readonly seq: number;
}

// A proxy may have put its own suffix into the tag.
const OUR_TAG = /"((\d{1,15})-[0-9a-f]{20})(?:(?:-+|;)[a-z]+)?"/g;
const FEED = /(?:^|,)\s*feed\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?=,|$)/i;

/**
 * The client's version, if it accepts a delta (`A-IM: feed`) and names a version of ours in If-None-Match;
 * the newest of several. Undefined if it must get everything: its tag isn't ours, or is newer than our
 * document.
 */
export function deltaBase(headers: Headers, { entryOffsets, seq }: FeedDocument): DeltaBase | undefined {
  const manipulations = FEED.exec(headers.get("A-IM") ?? "");
  if (!manipulations || Number(manipulations[1] ?? 1) === 0) return undefined;
  const tags = Array.from((headers.get("If-None-Match") ?? "").matchAll(OUR_TAG), ([, tag, number]) => ({
    etag: `W/"${tag}"`,
    seq: Number(number),
  }));
  const base = tags.toSorted((a, b) => b.seq - a.seq)[0];
  if (!base || base.seq > seq) return undefined;
  // If every entry is new, a delta saves nothing.
  return entryOffsets.length > 0 && entryOffsets.every(([entry]) => entry > base.seq) ? undefined : base;
}

/** The document with only those entries that are newer than `base`. */
export function newerThan(base: DeltaBase, document: FeedDocument, rawBytes: ArrayBuffer): Uint8Array {
  const { entryOffsets, format } = document;
  const [, start = rawBytes.byteLength] = entryOffsets[0] ?? [];
  const end = entryOffsets.at(-1)?.[2] ?? start;
  const separator = new TextEncoder().encode(WIRE_FORMATS[format].separator);
  const bytes = new Uint8Array(rawBytes.byteLength);
  let length = 0;
  const write = (part: Uint8Array) => {
    bytes.set(part, length);
    length += part.byteLength;
  };
  write(new Uint8Array(rawBytes, 0, start));
  for (const [index, [, from, to]] of entryOffsets.filter(([seq]) => seq > base.seq).entries()) {
    if (index > 0) write(separator);
    write(new Uint8Array(rawBytes, from, to - from));
  }
  write(new Uint8Array(rawBytes, end));
  return bytes.subarray(0, length);
}
