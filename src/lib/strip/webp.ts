// WebP (RFC 9649), chunk by chunk. Chunks that draw the picture are copied, EXIF and XMP are written again,
// all else is left out.

import { ascii, hasText, joined, latin1, type Part, u32Little, viewOf } from "./bytes.ts";
import { cleanExif } from "./exif.ts";
import type { Traces } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

const DRAWING: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const IN_FRAME: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ALPH"]);
const PIXELS: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ANMF"]);
const FRAME_HEADER_BYTES = 16;
const EXIF_FLAG = 0x08;
/** In the first byte of `VP8X`: there is a chunk of XMP. */
export const XMP_FLAG = 0x04;

/** The picture without what it tells; undefined for one without pixels. */
export function stripWebp(bytes: Uint8Array, traces: Traces): Uint8Array | undefined {
  const end = Math.min(bytes.length, 8 + viewOf(bytes).getUint32(4, true));
  if (end < bytes.length) traces.add("other");
  const kept: Part[] = [];
  for (const { type, data } of chunksOf(bytes, 12, end)) {
    if (type === "ANMF") kept.push({ type, data: cleanFrame(data, traces) });
    else if (DRAWING.has(type)) kept.push({ type, data });
    else {
      const clean = cleanChunk(type, data, traces);
      if (clean && !kept.some((other) => other.type === type)) kept.push({ type, data: clean });
    }
  }
  if (!kept.some(({ type }) => PIXELS.has(type))) return undefined;
  const has = (type: string) => kept.some((other) => other.type === type);
  // Only the extended form has room for them (section 2.7).
  const chunks = kept.flatMap(({ type, data }) => {
    if (type !== "VP8X") return [chunk(type, data)];
    const flagged = new Uint8Array(data);
    const others = (flagged[0] ?? 0) & ~(EXIF_FLAG | XMP_FLAG);
    flagged[0] = others | (has("EXIF") ? EXIF_FLAG : 0) | (has("XMP ") ? XMP_FLAG : 0);
    return [chunk(type, flagged)];
  });
  const body = joined([ascii("WEBP"), ...chunks]);
  return joined([ascii("RIFF"), u32Little(body.length), body]);
}

function cleanChunk(type: string, data: Uint8Array, traces: Traces): Uint8Array | undefined {
  // Some writers put JPEG's name before it.
  if (type === "EXIF") return cleanExif(hasText(data, 0, "Exif\0\0") ? data.subarray(6) : data, traces);
  if (type === "XMP ") return cleanXmp(data, traces);
  traces.add("other");
  return undefined;
}

/** A frame of an animation is a row of chunks itself (section 2.7.1.1). */
function cleanFrame(data: Uint8Array, traces: Traces): Uint8Array {
  const parts = [data.subarray(0, FRAME_HEADER_BYTES)];
  for (const { type, data: inner } of chunksOf(data, FRAME_HEADER_BYTES, data.length)) {
    if (IN_FRAME.has(type)) parts.push(chunk(type, inner));
    else traces.add("other");
  }
  return joined(parts);
}

/** The chunks from `start`, 12 for those of a file, to `end`. One that is cut off ends with the file. */
export function* chunksOf(bytes: Uint8Array, start: number, end: number): Generator<Part> {
  const view = viewOf(bytes);
  let position = start;
  while (position + 8 <= end) {
    const size = view.getUint32(position + 4, true);
    const data = bytes.subarray(position + 8, Math.min(position + 8 + size, end));
    yield { type: latin1(bytes, position, position + 4), data };
    position += 8 + size + (size % 2);
  }
}

/** A chunk, with its length. */
export const chunk = (type: string, data: Uint8Array): Uint8Array =>
  joined([ascii(type), u32Little(data.length), data, new Uint8Array(data.length % 2)]);
