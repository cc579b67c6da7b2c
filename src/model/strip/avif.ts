// AVIF (ISO/IEC 14496-12 and 23008-12), box by box. Offsets in it count from the start of the file, so nothing moves: EXIF
// and XMP are overwritten where they stand, with what may stay of them and then nothing; boxes that draw nothing become empty
// space. Orientation and colours are properties of the picture (`irot`, `imir`, `colr`), which aren't touched.

import { type Box, boxesIn, ITEM_LIMIT, reader, Unreadable } from "./boxes.ts";
import { ascii, joined, latin1, u32, viewOf } from "./bytes.ts";
import { cleanExif } from "./exif.ts";
import { type Traces, traceOf } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

const DEPTH_LIMIT = 8;
const EMPTY: ReadonlySet<string> = new Set(["free", "skip"]);
const TOP: ReadonlySet<string> = new Set(["ftyp", "styp", "meta", "moov", "moof", "mdat", "sidx", ...EMPTY]);
const IN_META: ReadonlySet<string> = new Set([
  ...["hdlr", "pitm", "iloc", "iinf", "iprp", "iref", "idat", "dinf", "grpl"],
  ...EMPTY,
]);
/** Of a film the boxes are known that hold what is said of it. */
const TELLING: ReadonlySet<string> = new Set(["udta", "meta", "uuid"]);
const HOLDERS: ReadonlySet<string> = new Set(["moov", "trak", "mdia", "minf", "stbl", "moof", "traf"]);
/** Items that are pictures, or made of pictures. */
const PICTURES: ReadonlySet<string> = new Set(["av01", "grid", "iovl", "iden", "tmap"]);

interface Item {
  readonly type: string;
  readonly contentType: string;
}

/** The picture without what it tells; undefined for one that can't be read through. */
export function stripAvif(bytes: Uint8Array, traces: Traces): Uint8Array | undefined {
  // A copy: what Node calls a Buffer shares its memory with its slices.
  const whole = new Uint8Array(bytes);
  try {
    const boxes = boxesIn(whole, 0, whole.length, "as far as they are whole");
    const has = (type: string) => boxes.some((box) => box.type === type);
    if (boxes[0]?.type !== "ftyp" || !(has("meta") || has("moov"))) return undefined;
    const end = boxes.at(-1)?.end ?? 0;
    if (end < whole.length) traces.add("other");
    const clean = whole.subarray(0, end);
    for (const box of boxes) {
      if (box.type === "meta") cleanMeta(clean, box, traces);
      else if (!TOP.has(box.type)) empty(clean, box, traces);
      else if (HOLDERS.has(box.type)) cleanFilm(clean, box, 0, traces);
    }
    for (const box of boxes) if (EMPTY.has(box.type)) blank(clean, box.content, box.end, traces);
    return clean;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function cleanMeta(bytes: Uint8Array, meta: Box, traces: Traces): void {
  const boxes = boxesIn(bytes, meta.content + 4, meta.end);
  for (const box of boxes) {
    if (!IN_META.has(box.type)) empty(bytes, box, traces);
    else if (EMPTY.has(box.type)) blank(bytes, box.content, box.end, traces);
  }
  const find = (type: string) => boxes.find((box) => box.type === type);
  const infos = find("iinf");
  const places = find("iloc");
  if (!infos || !places) return;
  const items = itemsOf(bytes, infos);
  for (const { id, extents } of placesOf(bytes, places, find("idat"))) {
    const item = items.get(id);
    if (item && !PICTURES.has(item.type)) cleanItem(bytes, item, extents, traces);
  }
}

/** Writes what may stay of an item over it, and fills up the rest. */
function cleanItem(
  bytes: Uint8Array,
  { type, contentType }: Item,
  extents: readonly (readonly [number, number])[],
  traces: Traces,
): void {
  const content = joined(extents.map(([start, end]) => bytes.subarray(start, end)));
  const next = new Uint8Array(content.length);
  const kept = keptOf(content, type, contentType, traces);
  if (kept && kept.length <= next.length) {
    if (type === "mime") next.fill(0x20);
    next.set(kept);
  }
  let position = 0;
  for (const [start, end] of extents) {
    bytes.set(next.subarray(position, position + end - start), start);
    position += end - start;
  }
}

function keptOf(
  content: Uint8Array,
  type: string,
  contentType: string,
  traces: Traces,
): Uint8Array | undefined {
  if (content.every((byte) => byte === 0)) return undefined;
  if (type === "Exif" && content.length > 4) {
    // Four bytes say where the TIFF header stands behind them (ISO/IEC 23008-12, A.2.1).
    const start = 4 + viewOf(content).getUint32(0);
    const kept = cleanExif(content.subarray(Math.min(start, content.length)), traces);
    return kept && joined([u32(0), kept]);
  }
  if (type === "mime" && contentType === "application/rdf+xml") return cleanXmp(content, traces);
  traces.add(traceOf(contentType || type));
  return undefined;
}

/** `infe` in `iinf`: what each item is, by its id. */
function itemsOf(bytes: Uint8Array, infos: Box): ReadonlyMap<number, Item> {
  const version = bytes[infos.content] ?? 0;
  const items = new Map<number, Item>();
  for (const { type, content, end } of boxesIn(bytes, infos.content + (version === 0 ? 6 : 8), infos.end)) {
    if (type !== "infe") continue;
    const read = reader(bytes, content, end);
    const own = read(1);
    read(3);
    // Older ones have no type: they name a file.
    if (own < 2) {
      items.set(read(2), { type: "mime", contentType: "" });
      continue;
    }
    const id = read(own === 2 ? 2 : 4);
    read(2);
    const at = content + 4 + (own === 2 ? 4 : 6);
    const [, contentType = ""] = latin1(bytes, at + 4, Math.min(end, at + 400)).split("\0");
    items.set(id, { type: latin1(bytes, at, at + 4), contentType });
  }
  return items;
}

/** `iloc` (8.11.3): where each item's bytes stand in the file. */
function placesOf(
  bytes: Uint8Array,
  places: Box,
  data: Box | undefined,
): readonly { readonly id: number; readonly extents: readonly (readonly [number, number])[] }[] {
  const read = reader(bytes, places.content, places.end);
  const version = read(1);
  if (version > 2) throw new Unreadable("iloc is of a later version");
  read(3);
  const sizes = read(1);
  const more = read(1);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  const count = read(version < 2 ? 2 : 4);
  if (count > ITEM_LIMIT) throw new Unreadable("too many items");
  return Array.from({ length: count }, () => {
    const id = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    const reference = read(2);
    const base = read(baseSize);
    const extentCount = read(2);
    // Only what stands in this file can be looked at.
    const [from, to] = method === 1 ? [data?.content ?? 0, data?.end ?? 0] : [0, bytes.length];
    const extents = Array.from({ length: extentCount }, () => {
      read(indexSize);
      const start = from + base + read(offsetSize);
      const length = read(lengthSize);
      const end = length === 0 ? to : start + length;
      if (method > 1 || reference !== 0 || start > to || end > to)
        throw new Unreadable("an item is elsewhere");
      return [start, end] as const;
    });
    return { id, extents };
  });
}

function cleanFilm(bytes: Uint8Array, holder: Box, depth: number, traces: Traces): void {
  if (depth > DEPTH_LIMIT) throw new Unreadable("boxes are nested too deep");
  for (const box of boxesIn(bytes, holder.content, holder.end)) {
    if (TELLING.has(box.type)) empty(bytes, box, traces);
    else if (EMPTY.has(box.type)) blank(bytes, box.content, box.end, traces);
    else if (HOLDERS.has(box.type)) cleanFilm(bytes, box, depth + 1, traces);
  }
}

/** Makes a box empty space. */
function empty(bytes: Uint8Array, { type, start, content, end }: Box, traces: Traces): void {
  const text = latin1(bytes, content, Math.min(end, content + 60_000));
  const sign = traceOf(text.includes("\xa9xyz") ? "gps" : text);
  traces.add(sign === "position" ? sign : traceOf(type));
  bytes.set(ascii("free"), start + 4);
  bytes.fill(0, content, end);
}

function blank(bytes: Uint8Array, start: number, end: number, traces: Traces): void {
  if (bytes.subarray(start, end).some((byte) => byte !== 0)) traces.add("other");
  bytes.fill(0, start, end);
}
