// PNG (W3C, third edition), chunk by chunk. Chunks that draw the picture are copied, EXIF and XMP are written
// again, author and copyright stay, all else is left out, with any bytes after the end.

import { ascii, hasText, joined, latin1, type Part, u32, viewOf } from "./bytes.ts";
import { cleanExif } from "./exif.ts";
import { type Traces, traceOf } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

/** What every PNG starts with. */
export const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";

const DRAWING: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "bKGD", "hIST", "sBIT", "pHYs", "acTL", "fcTL", "fdAT"],
  // Colours.
  ...["gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI"],
]);
const RIGHTS: ReadonlySet<string> = new Set(["Author", "Copyright"]);
/** What a PNG's chunk with XMP starts with. */
export const XMP = "XML:com.adobe.xmp\0\0\0\0\0";

/** The picture without what it tells; undefined for one without pixels. */
export function stripPng(bytes: Uint8Array, traces: Traces): Uint8Array | undefined {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE.length)];
  let pixels = 0;
  let position = PNG_SIGNATURE.length;
  while (position + 8 <= bytes.length) {
    const type = latin1(bytes, position + 4, position + 8);
    const end = position + 12 + view.getUint32(position);
    if (end > bytes.length) {
      // Cut off in its pixels, it shows those that are there.
      if (type === "IDAT") parts.push(bytes.subarray(position));
      pixels += type === "IDAT" ? 1 : 0;
      break;
    }
    const data = bytes.subarray(position + 8, end - 4);
    if (type === "IDAT") pixels++;
    if (DRAWING.has(type)) parts.push(bytes.subarray(position, end));
    else parts.push(...cleanChunk(type, data, bytes.subarray(position, end), traces));
    position = end;
    if (type === "IEND") break;
  }
  if (position < bytes.length) traces.add("other");
  return pixels > 0 ? joined(parts) : undefined;
}

function cleanChunk(
  type: string,
  data: Uint8Array,
  whole: Uint8Array,
  traces: Traces,
): readonly Uint8Array[] {
  if (type === "eXIf") {
    const kept = cleanExif(data, traces);
    return kept ? [chunk(type, kept)] : [];
  }
  if (type === "iTXt" && hasText(data, 0, XMP)) {
    const kept = cleanXmp(data.subarray(XMP.length), traces);
    return kept ? [chunk(type, joined([ascii(XMP), kept]))] : [];
  }
  const isText = type === "tEXt" || type === "iTXt" || type === "zTXt";
  const keyword = isText ? latin1(data, 0, Math.max(0, Math.min(data.indexOf(0), 80))) : "";
  // Compressed text isn't read.
  const isOpen = type === "tEXt" || (type === "iTXt" && data[keyword.length + 1] === 0);
  if (isOpen && RIGHTS.has(keyword)) return [whole];
  traces.add(traceOf(keyword));
  return [];
}

/** A chunk, with its length and checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = joined([ascii(type), data]);
  return joined([u32(data.length), typed, u32(crc32(typed))]);
}

/** CRC-32 of ISO 3309, as every chunk ends with it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
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
