// AVIF (ISO/IEC 14496-12 and 23008-12), box by box. Offsets in it count from the start of the file, so
// nothing moves: EXIF and XMP are overwritten where they stand, with what may stay of them and then nothing;
// boxes that draw nothing become empty space, and so do items and properties that the main picture isn't made
// of. Orientation and colours are properties of the picture (`irot`, `imir`, `colr`), which aren't touched.

import {
  ascii,
  type Box,
  boxesIn,
  ITEM_LIMIT,
  joined,
  latin1,
  reader,
  Unreadable,
  u32,
  viewOf,
} from "./bytes.ts";
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
const IN_FILM: ReadonlySet<string> = new Set([
  ...[
    "mvhd",
    "trak",
    "mvex",
    "trex",
    "mehd",
    "tkhd",
    "tref",
    "trgr",
    "edts",
    "elst",
    "mdia",
    "mdhd",
    "hdlr",
    "elng",
  ],
  ...[
    "minf",
    "vmhd",
    "smhd",
    "nmhd",
    "sthd",
    "dinf",
    "stbl",
    "stsd",
    "stts",
    "ctts",
    "cslg",
    "stsc",
    "stsz",
    "stz2",
  ],
  ...[
    "stco",
    "co64",
    "stss",
    "sdtp",
    "sbgp",
    "sgpd",
    "subs",
    "saiz",
    "saio",
    "mfhd",
    "traf",
    "tfhd",
    "trun",
    "tfdt",
  ],
  ...EMPTY,
]);
const HOLDERS: ReadonlySet<string> = new Set([
  "moov",
  "trak",
  "mdia",
  "minf",
  "stbl",
  "moof",
  "traf",
  "mvex",
]);
/**
 * Size, depth, coding, colours, brightness, shape and orientation of a picture, its layers, and for what an
 * auxiliary one is.
 */
const PROPERTIES: ReadonlySet<string> = new Set([
  ...["ispe", "pixi", "av1C", "colr", "pasp", "clap", "irot", "imir", "auxC", "a1op", "a1lx", "lsel"],
  ...["clli", "mdcv", "cclv", "amve"],
]);
/** What an auxiliary picture must be to be drawn. */
const ALPHA: ReadonlySet<string> = new Set([
  ...["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"],
]);
/** Names that programs give to items and handlers by themselves. */
const NAMES: ReadonlySet<string> = new Set([
  ...["", "Color", "Alpha", "GMap", "TMap", "Exif", "XMP", "libavif", "PictureHandler", "VideoHandler"],
]);
/** Items that are pictures, or made of pictures. */
const PICTURES: ReadonlySet<string> = new Set(["av01", "grid", "iovl", "iden", "tmap"]);

interface Item {
  readonly type: string;
  readonly contentType: string;
}

/** A range of bytes in the file. */
type Range = readonly [number, number];

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
    const data = has("moov") || has("moof") ? [] : boxes.filter((box) => box.type === "mdat");
    for (const box of boxes) {
      if (box.type === "meta") cleanMeta(clean, box, data, traces);
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

/** Overwrites all of `media`, which holds only items, that no kept item uses. */
function cleanMeta(bytes: Uint8Array, meta: Box, media: readonly Box[], traces: Traces): void {
  const boxes = boxesIn(bytes, meta.content + 4, meta.end);
  for (const box of boxes) {
    if (!IN_META.has(box.type)) empty(bytes, box, traces);
    else if (EMPTY.has(box.type)) blank(bytes, box.content, box.end, traces);
    else if (box.type === "hdlr") cleanName(bytes, box.content + 24, box.end, 0, traces);
  }
  const find = (type: string) => boxes.find((box) => box.type === type);
  const [infos, places, data] = [find("iinf"), find("iloc"), find("idat")];
  const auxiliary = cleanProperties(bytes, find("iprp"), traces);
  if (!infos || !places) return;
  const items = itemsOf(bytes, infos, traces);
  const references = referencesOf(bytes, find("iref"), traces);
  const drawn = drawnItems(mainItem(bytes, find("pitm")), items, references, auxiliary);
  const kept: Range[] = [];
  const dropped: Range[] = [];
  for (const { id, extents } of placesOf(bytes, places, data)) {
    const item = items.get(id);
    const isPicture = item !== undefined && PICTURES.has(item.type);
    if (item && !isPicture) cleanItem(bytes, item, extents, traces);
    if (!isPicture || drawn.has(id)) kept.push(...extents);
    else {
      dropped.push(...extents);
      const isThumbnail = references.some(({ type, from }) => type === "thmb" && from === id);
      if (extents.some(([start, end]) => holdsData(bytes, start, end)))
        traces.add(isThumbnail ? "preview" : "other");
    }
  }
  for (const [start, end] of rangesWithout(dropped, kept)) bytes.fill(0, start, end);
  // What belongs to no item.
  const whole = [...media, ...(data ? [data] : [])].map(({ content, end }): Range => [content, end]);
  for (const [start, end] of rangesWithout(whole, kept)) blank(bytes, start, end, traces);
}

/** The parts of `ranges` that are in none of `others`. */
function rangesWithout(ranges: readonly Range[], others: readonly Range[]): readonly Range[] {
  const sorted = others.toSorted(([a], [b]) => a - b);
  return ranges.flatMap(([start, end]) => {
    const rest: Range[] = [];
    let position = start;
    for (const [from, to] of sorted) {
      if (to <= position) continue;
      if (from >= end) break;
      if (from > position) rest.push([position, from]);
      position = to;
    }
    if (position < end) rest.push([position, end]);
    return rest;
  });
}

/**
 * Empties properties that aren't known, and takes them off all items. Returns the type (`auxC`) of auxiliary
 * items.
 */
function cleanProperties(
  bytes: Uint8Array,
  holder: Box | undefined,
  traces: Traces,
): ReadonlyMap<number, string> {
  const types = new Map<number, string>();
  if (!holder) return types;
  const inside = boxesIn(bytes, holder.content, holder.end);
  const gone = new Set<number>();
  const auxiliary = new Map<number, string>();
  for (const box of inside) {
    if (EMPTY.has(box.type)) blank(bytes, box.content, box.end, traces);
    else if (box.type !== "ipco" && box.type !== "ipma") empty(bytes, box, traces);
    if (box.type !== "ipco") continue;
    for (const [index, property] of boxesIn(bytes, box.content, box.end).entries()) {
      const { type, content, end } = property;
      if (type === "auxC") auxiliary.set(index + 1, latin1(bytes, content + 4, end).split("\0")[0] ?? "");
      if (PROPERTIES.has(type)) continue;
      gone.add(index + 1);
      if (EMPTY.has(type)) blank(bytes, content, end, traces);
      else empty(bytes, property, traces);
    }
  }
  for (const { type, content, end } of inside) {
    if (type !== "ipma") continue;
    const read = reader(bytes, content, end);
    const version = read(1);
    const size = read(3) & 1 ? 2 : 1;
    let position = content + 8;
    for (let left = read(4); left > 0; left--) {
      const id = read(version < 1 ? 2 : 4);
      const count = read(1);
      position += version < 1 ? 3 : 5;
      for (let i = 0; i < count; i++, position += size) {
        // The highest bit only says that a reader must understand the property.
        const index = read(size) & (size === 1 ? 0x7f : 0x7fff);
        const aux = auxiliary.get(index);
        if (aux !== undefined) types.set(id, aux);
        if (gone.has(index)) bytes.fill(0, position, position + size);
      }
    }
  }
  return types;
}

function mainItem(bytes: Uint8Array, main: Box | undefined): number {
  if (!main) throw new Unreadable("there is no pitm");
  const read = reader(bytes, main.content, main.end);
  return read(4) >= 0x1000000 ? read(4) : read(2);
}

interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

/** `iref` (8.11.12): which items an item is made of, or describes. */
function referencesOf(bytes: Uint8Array, holder: Box | undefined, traces: Traces): readonly Reference[] {
  if (!holder) return [];
  const size = bytes[holder.content] === 0 ? 2 : 4;
  return boxesIn(bytes, holder.content + 4, holder.end).flatMap((box) => {
    if (EMPTY.has(box.type)) {
      blank(bytes, box.content, box.end, traces);
      return [];
    }
    const read = reader(bytes, box.content, box.end);
    const from = read(size);
    const to = Array.from({ length: read(2) }, () => read(size));
    return [{ type: box.type, from, to }];
  });
}

/** The main picture, what it is made of, its alpha, and a map of tones that is made of it. */
function drawnItems(
  main: number,
  items: ReadonlyMap<number, Item>,
  references: readonly Reference[],
  auxiliary: ReadonlyMap<number, string>,
): ReadonlySet<number> {
  const drawn = new Set([main]);
  // A grid of tiles, its alpha, the tiles of that, a map of tones: no real picture is made in more steps.
  for (let step = 0; step < DEPTH_LIMIT; step++) {
    for (const { type, from, to } of references) {
      const isOf = to.some((id) => drawn.has(id));
      const isAlpha = type === "auxl" && ALPHA.has(auxiliary.get(from) ?? "");
      const isTones = type === "dimg" && items.get(from)?.type === "tmap";
      if (isOf && (isAlpha || isTones)) drawn.add(from);
      if (type === "dimg" && drawn.has(from)) for (const id of to) drawn.add(id);
    }
  }
  return drawn;
}

/** Writes what may stay of an item over it, and fills up the rest. */
function cleanItem(
  bytes: Uint8Array,
  { type, contentType }: Item,
  extents: readonly Range[],
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
    // Four bytes with the distance to the TIFF header (ISO/IEC 23008-12, A.2.1).
    const start = 4 + viewOf(content).getUint32(0);
    const kept = cleanExif(content.subarray(Math.min(start, content.length)), traces);
    return kept && joined([u32(0), kept]);
  }
  if (type === "mime" && contentType === "application/rdf+xml") return cleanXmp(content, traces);
  traces.add(traceOf(contentType || type));
  return undefined;
}

/** `infe` in `iinf`: what each item is, by its id. Names that somebody gave go. */
function itemsOf(bytes: Uint8Array, infos: Box, traces: Traces): ReadonlyMap<number, Item> {
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
      cleanName(bytes, content + 8, end, SPACE, traces);
      continue;
    }
    const id = read(own === 2 ? 2 : 4);
    read(2);
    const at = content + 4 + (own === 2 ? 4 : 6);
    const [, contentType = ""] = latin1(bytes, at + 4, Math.min(end, at + 400)).split("\0");
    items.set(id, { type: latin1(bytes, at, at + 4), contentType });
    // More may follow, which would be read as part of the name.
    cleanName(bytes, at + 4, end, SPACE, traces);
  }
  return items;
}

const SPACE = 0x20;

/**
 * Fills a name up with `filler`, unless it is one that programs give by themselves. It ends with a zero, or
 * with its box.
 */
function cleanName(bytes: Uint8Array, start: number, end: number, filler: number, traces: Traces): void {
  const zero = bytes.subarray(start, end).indexOf(0);
  const last = zero === -1 ? end : start + zero;
  const name = latin1(bytes, start, Math.min(last, start + 1000)).trim();
  if (NAMES.has(name)) return;
  traces.add(traceOf(name));
  bytes.fill(filler, start, last);
}

/** `iloc` (8.11.3): where each item's bytes are in the file. */
function placesOf(
  bytes: Uint8Array,
  places: Box,
  data: Box | undefined,
): readonly { readonly id: number; readonly extents: readonly Range[] }[] {
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
  let extentsLeft = ITEM_LIMIT;
  return Array.from({ length: count }, () => {
    const id = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    const reference = read(2);
    const base = read(baseSize);
    const extentCount = read(2);
    extentsLeft -= extentCount;
    if (extentsLeft < 0) throw new Unreadable("too many extents");
    // Items in other files can't be read.
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
    if (!IN_FILM.has(box.type)) empty(bytes, box, traces);
    else if (EMPTY.has(box.type)) blank(bytes, box.content, box.end, traces);
    else if (box.type === "hdlr") cleanName(bytes, box.content + 24, box.end, 0, traces);
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
  if (holdsData(bytes, start, end)) traces.add("other");
  bytes.fill(0, start, end);
}

const holdsData = (bytes: Uint8Array, start: number, end: number): boolean =>
  bytes.subarray(start, end).some((byte) => byte !== 0);
