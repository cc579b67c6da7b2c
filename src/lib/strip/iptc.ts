// What Photoshop writes into pictures: image resource blocks (Adobe Photoshop File Formats Specification), of
// which one holds IPTC's fields (IIM 4.2). The fields that say who made the picture, who owns it and what it
// shows stay.

import { ascii, hasText, joined, u16, u32, viewOf } from "./bytes.ts";
import { cleanExif } from "./exif.ts";
import type { Traces } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

/** What a segment of these blocks starts with. */
export const PHOTOSHOP = "Photoshop 3.0\0";

const BLOCK = { iptc: 0x0404, thumbnailBgr: 0x0409, thumbnail: 0x040c, exif: 0x0422, xmp: 0x0424 } as const;

// Record × 256 + dataset: the coded character set, title, by-line with its title, headline, credit, source,
// copyright, caption and who wrote that.
const KEPT: ReadonlySet<number> = new Set([
  0x015a, 0x0205, 0x0250, 0x0255, 0x0269, 0x026e, 0x0273, 0x0274, 0x0278, 0x027a,
]);
const CHARACTER_SET = 0x015a;
const VERSIONS: ReadonlySet<number> = new Set([0x0100, 0x0200]);
// Content location, city, sub-location, province, country.
const PLACES: ReadonlySet<number> = new Set([0x021a, 0x021b, 0x025a, 0x025c, 0x025f, 0x0264, 0x0265]);
const TITLE = 0x0205;

/**
 * Reads blocks, `PHOTOSHOP` before them, and writes what may stay; undefined for nothing. Adds to `traces`
 * what may not.
 */
export function cleanPhotoshop(data: Uint8Array, traces: Traces): Uint8Array | undefined {
  const view = viewOf(data);
  let kept: Uint8Array | undefined;
  let position = PHOTOSHOP.length;
  while (position + 12 <= data.length && hasText(data, position, "8BIM")) {
    const id = view.getUint16(position + 4);
    // A Pascal string, padded to an even length with its own length byte.
    const name = ((data[position + 6] ?? 0) + 2) & ~1;
    const start = position + 6 + name + 4;
    if (start > data.length) break;
    const end = start + view.getUint32(start - 4);
    if (end > data.length) break;
    const content = data.subarray(start, end);
    if (id === BLOCK.iptc && kept === undefined) kept = cleanIim(content, traces);
    else if (id === BLOCK.thumbnail || id === BLOCK.thumbnailBgr) traces.add("preview");
    else if (id === BLOCK.exif) cleanExif(content, traces);
    else if (id === BLOCK.xmp) cleanXmp(content, traces);
    else traces.add("other");
    position = end + ((end - start) % 2);
  }
  if (position < data.length) traces.add("other");
  if (!kept) return undefined;
  const padding = new Uint8Array(kept.length % 2);
  return joined([ascii(PHOTOSHOP), ascii("8BIM"), u16(BLOCK.iptc), u16(0), u32(kept.length), kept, padding]);
}

function cleanIim(iim: Uint8Array, traces: Traces): Uint8Array | undefined {
  const view = viewOf(iim);
  const kept: { readonly field: number; readonly bytes: Uint8Array }[] = [];
  let position = 0;
  while (position + 5 <= iim.length && iim[position] === 0x1c) {
    const field = view.getUint16(position + 1);
    const length = view.getUint16(position + 3);
    const end = position + 5 + length;
    // Above 32,767 bytes the length is written in another way (IIM 4.2, 1.6). No field that stays is so long.
    if (length > 0x7fff || end > iim.length) break;
    if (KEPT.has(field)) kept.push({ field, bytes: iim.subarray(position, end) });
    else if (!VERSIONS.has(field)) traces.add(PLACES.has(field) ? "position" : "other");
    position = end;
  }
  if (iim.subarray(position).some((byte) => byte !== 0)) traces.add("other");
  return kept.some(({ field }) => field !== CHARACTER_SET && field !== TITLE)
    ? joined(kept.map(({ bytes }) => bytes))
    : undefined;
}

/** The fields in cleaned blocks, with `PHOTOSHOP` before them: by record × 256 + dataset. */
export function fieldsOf(clean: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const view = viewOf(clean);
  const fields = new Map<number, Uint8Array>();
  // Behind the block's mark, its number, its empty name and its length.
  let position = PHOTOSHOP.length + 12;
  while (position + 5 <= clean.length && clean[position] === 0x1c) {
    const field = view.getUint16(position + 1);
    const end = position + 5 + view.getUint16(position + 3);
    if (!fields.has(field)) fields.set(field, clean.subarray(position + 5, end));
    position = end;
  }
  return fields;
}
