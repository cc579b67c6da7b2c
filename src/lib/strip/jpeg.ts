// JPEG (ITU-T T.81, annex B), marker by marker. Segments that draw the picture are copied; EXIF, XMP and IPTC
// are written again; comments, other applications' segments and bytes after the end of the picture are left
// out.

import { ascii, hasText, joined, type Part, u16, viewOf } from "./bytes.ts";
import { cleanExif } from "./exif.ts";
import { cleanPhotoshop, PHOTOSHOP } from "./iptc.ts";
import { type Traces, traceOf } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** What a JPEG's segment with EXIF starts with. */
export const EXIF = "Exif\0\0";
/** What a JPEG's segment with XMP starts with. */
export const XMP = "http://ns.adobe.com/xap/1.0/\0";
const LONG_XMP = "http://ns.adobe.com/xmp/extension/\0";
/** What a segment holds at most. */
export const SEGMENT_BYTES_LIMIT = 0xffff - 2;

/** The picture without what it tells; undefined for one without a scan. */
export function stripJpeg(bytes: Uint8Array, traces: Traces): Uint8Array | undefined {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  const written = new Set<string>();
  let scans = 0;
  let position = 2;
  while (position + 1 < bytes.length) {
    const start = bytes.indexOf(0xff, position);
    if (start === -1) break;
    if (start > position) traces.add("other");
    const marker = bytes[start + 1] ?? 0;
    // A marker may have any number of FF before it (B.1.1.2).
    if (marker === 0xff || marker === 0 || isRestart(marker) || marker === SOI) {
      position = start + (marker === 0xff ? 1 : 2);
      continue;
    }
    if (marker === EOI) {
      parts.push(bytes.subarray(start, start + 2));
      if (start + 2 < bytes.length) traces.add("other");
      break;
    }
    const end = start + 4 <= bytes.length ? start + 2 + view.getUint16(start + 2) : bytes.length + 1;
    if (end > bytes.length || end < start + 4) break;
    const segment = bytes.subarray(start, end);
    position = end;
    if (marker === SOS) {
      position = endOfScan(bytes, end);
      parts.push(bytes.subarray(start, position));
      scans++;
    } else if (isDrawing(marker)) {
      parts.push(segment);
    } else {
      const kept = cleanSegment(marker, segment.subarray(4), written, traces);
      if (kept && kept.length <= SEGMENT_BYTES_LIMIT) {
        parts.push(Uint8Array.of(0xff, marker), u16(kept.length + 2), kept);
      }
    }
  }
  return scans > 0 ? joined(parts) : undefined;
}

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** Frames, tables of Huffman and arithmetic coding, quantization, lines, restarts. */
const isDrawing = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xdb && marker <= 0xdf);

/** Where the data of a scan ends: at a marker that is neither a restart nor an FF of the data (B.1.1.5). */
function endOfScan(bytes: Uint8Array, from: number): number {
  let position = from;
  for (;;) {
    const found = bytes.indexOf(0xff, position);
    if (found === -1 || found + 1 >= bytes.length) return bytes.length;
    const next = bytes[found + 1] ?? 0;
    if (next !== 0 && !isRestart(next)) return found;
    position = found + 2;
  }
}

/** What stays of an application's segment or a comment; `written` are the kinds that have one already. */
function cleanSegment(
  marker: number,
  data: Uint8Array,
  written: Set<string>,
  traces: Traces,
): Uint8Array | undefined {
  const once = (kind: string, kept: Uint8Array | undefined): Uint8Array | undefined => {
    if (kept === undefined || written.has(kind)) return undefined;
    written.add(kind);
    return kept;
  };
  const starts = (text: string) => hasText(data, 0, text);
  if (marker === 0xe0 && starts("JFIF\0") && data.length >= 14) {
    if (data.length > 14) traces.add("preview");
    return once("jfif", data.length === 14 ? data : joined([data.subarray(0, 12), new Uint8Array(2)]));
  }
  if (marker === 0xe1 && starts(EXIF)) {
    // By the first one a picture is turned, though nothing of it should stay.
    const isFirst = !written.has("exif");
    written.add("exif");
    const kept = cleanExif(data.subarray(EXIF.length), traces);
    return isFirst && kept ? joined([ascii(EXIF), kept]) : undefined;
  }
  if (marker === 0xe1 && starts(XMP)) {
    const kept = cleanXmp(data.subarray(XMP.length), traces);
    return once("xmp", kept && joined([ascii(XMP), kept]));
  }
  if (marker === 0xe1 && starts(LONG_XMP)) {
    const sign = traceOf(new TextDecoder().decode(data));
    traces.add(sign === "position" ? sign : "other");
    return undefined;
  }
  if (marker === 0xe2 && starts("ICC_PROFILE\0")) return data;
  if (marker === 0xed && starts(PHOTOSHOP)) return once("iptc", cleanPhotoshop(data, traces));
  // Says how colours are encoded: without it they are wrong.
  if (marker === 0xee && starts("Adobe") && data.length >= 12) return once("adobe", data.subarray(0, 12));
  traces.add(marker === 0xe0 && starts("JFXX\0") ? "preview" : "other");
  return undefined;
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
