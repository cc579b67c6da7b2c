// Strips metadata from pictures' files: GPS position, camera, serial numbers, and all else that isn't needed.
// The orientation, the colour profile and the rights stay. Each format is walked through by its own rules
// (`strip/`), and what isn't known to be needed for drawing or for the rights isn't copied, so unknown fields
// are removed too.

import { stripAvif } from "./avif.ts";
import { hasText, sameBytes } from "./bytes.ts";
import { stripGif } from "./gif.ts";
import { stripJpeg } from "./jpeg.ts";
import { PNG_SIGNATURE, stripPng } from "./png.ts";
import { TRACES, type Trace, type Traces } from "./traces.ts";
import { stripWebp } from "./webp.ts";

export { TRACES, type Trace } from "./traces.ts";

/** A picture's file without its metadata. */
export interface Stripped {
  /** The very bytes that were given, where there was nothing to take out. */
  readonly bytes: Uint8Array;
  /** What was taken out, in the order of `TRACES`. */
  readonly removed: readonly Trace[];
}

/**
 * Strips a JPEG, PNG, GIF, WebP or AVIF; undefined for any other file, or one too broken to tell pixels from
 * metadata. Pixels are not decoded and stay as they are. Stripping twice is the same as stripping once.
 */
export function stripPicture(bytes: Uint8Array): Stripped | undefined {
  const strip = STRIPPERS.find(({ isOne }) => isOne(bytes))?.strip;
  const traces: Traces = new Set();
  const clean = strip?.(bytes, traces);
  if (!clean) return undefined;
  if (sameBytes(clean, bytes)) return { bytes, removed: [] };
  // Rewritten without a finding, such as padding.
  if (traces.size === 0) traces.add("other");
  return { bytes: clean, removed: TRACES.filter((trace) => traces.has(trace)) };
}

const STRIPPERS: readonly {
  readonly isOne: (bytes: Uint8Array) => boolean;
  readonly strip: (bytes: Uint8Array, traces: Traces) => Uint8Array | undefined;
}[] = [
  { isOne: (bytes) => hasText(bytes, 0, "\xff\xd8\xff"), strip: stripJpeg },
  { isOne: (bytes) => hasText(bytes, 0, PNG_SIGNATURE), strip: stripPng },
  { isOne: (bytes) => hasText(bytes, 0, "GIF8") && bytes.length >= 13, strip: stripGif },
  { isOne: (bytes) => hasText(bytes, 0, "RIFF") && hasText(bytes, 8, "WEBP"), strip: stripWebp },
  { isOne: (bytes) => hasText(bytes, 4, "ftyp"), strip: stripAvif },
];
