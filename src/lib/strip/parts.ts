// The parts of a JPEG, PNG or WebP, one after the other, for reading what stands in them.

import { latin1, viewOf } from "./bytes.ts";
import { PNG_SIGNATURE } from "./png.ts";

const SOS = 0xda;

/** A part: a JPEG's marker (`e1`), a PNG's or WebP's four letters; and what is in it. */
export interface Part {
  readonly type: string;
  readonly data: Uint8Array;
}

/** A JPEG's segments before its first scan. */
export function* jpegSegments(bytes: Uint8Array): Generator<Part> {
  const view = viewOf(bytes);
  let start = bytes.indexOf(0xff, 2);
  while (start !== -1 && start + 4 <= bytes.length) {
    const marker = bytes[start + 1] ?? 0;
    if (marker === SOS) return;
    // A marker may have any number of FF before it.
    const end = marker === 0xff ? start + 1 : start + 2 + view.getUint16(start + 2);
    if (marker !== 0xff) yield { type: marker.toString(16), data: bytes.subarray(start + 4, end) };
    start = bytes.indexOf(0xff, end);
  }
}

/** A PNG's chunks. */
export function* pngChunks(bytes: Uint8Array): Generator<Part> {
  const view = viewOf(bytes);
  let start = PNG_SIGNATURE.length;
  while (start + 12 <= bytes.length) {
    const end = start + 12 + view.getUint32(start);
    yield { type: latin1(bytes, start + 4, start + 8), data: bytes.subarray(start + 8, end - 4) };
    start = end;
  }
}
