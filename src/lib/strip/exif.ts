// EXIF (CIPA DC-008, a TIFF 6.0 structure): read, and written anew with what may stay. That is the
// orientation, the colour space, and who made the picture, who owns it and what it shows. GPS, camera, serial
// numbers, maker notes and thumbnails are never copied, since nothing is copied that isn't named here.

import { ascii, joined, latin1, u16, u32, viewOf } from "./bytes.ts";
import { isCameraCaption, type Trace, type Traces } from "./traces.ts";

const ENTRY_LIMIT = 1000;
const TEXT_BYTES_LIMIT = 16_000;

const TAG = {
  description: 0x010e,
  orientation: 0x0112,
  artist: 0x013b,
  copyright: 0x8298,
  exif: 0x8769,
  gps: 0x8825,
  colorSpace: 0xa001,
  interoperability: 0xa005,
  interoperabilityIndex: 0x0001,
} as const;
const GPS_VERSION = 0;

const TELLING = new Map<number, Trace>([
  ...[0x010f, 0x0110, 0xc614, 0x927c, 0xa432, 0xa433, 0xa434].map((tag) => [tag, "device"] as const),
  ...[0xa430, 0xa431, 0xa435, 0xc62f].map((tag) => [tag, "serial"] as const),
]);

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const UTF8 = 129;

/** An entry of a directory: its type, how many values, and where they stand. */
interface Entry {
  readonly type: number;
  readonly count: number;
  readonly at: number;
}

/**
 * Reads `tiff` (from `II` or `MM` on) and writes what may stay; undefined for nothing. Adds to `traces` what
 * may not.
 */
export function cleanExif(tiff: Uint8Array, traces: Traces): Uint8Array | undefined {
  const little = latin1(tiff, 0, 2) === "II";
  if (tiff.length < 8 || (!little && latin1(tiff, 0, 2) !== "MM")) {
    if (tiff.some((byte) => byte !== 0)) traces.add("other");
    return undefined;
  }
  const read = readerOf(tiff, little);
  const first = read.directory(read.long(4) ?? 0);
  const camera = first.entries.get(TAG.exif);
  const shot = read.directory(camera ? read.long(camera.at) : undefined);
  const place = first.entries.get(TAG.gps);
  const gps = read.directory(place ? read.long(place.at) : undefined);
  if (place && (gps.broken || [...gps.entries.keys()].some((tag) => tag !== GPS_VERSION)))
    traces.add("position");
  if (first.next !== 0) traces.add("preview");
  const interoperability = shot.entries.get(TAG.interoperability);
  const interop = read.directory(interoperability ? read.long(interoperability.at) : undefined);

  const kept = new Set<number>([TAG.exif, TAG.gps, TAG.interoperability]);
  const keep = (
    entries: ReadonlyMap<number, Entry>,
    tag: number,
    value: Uint8Array | undefined,
  ): Written[] => {
    if (!value) return [];
    kept.add(tag);
    return [{ tag, type: entries.get(tag)?.type === SHORT ? SHORT : ASCII, value }];
  };
  const short = (entries: ReadonlyMap<number, Entry>, tag: number, isKnown: (value: number) => boolean) => {
    const entry = entries.get(tag);
    const value = entry?.type === SHORT ? read.short(entry.at) : undefined;
    return keep(entries, tag, value !== undefined && isKnown(value) ? u16(value) : undefined);
  };
  const words = (tag: number) => keep(first.entries, tag, read.text(first.entries.get(tag)));

  const caption = words(TAG.description).filter(({ value }) => {
    if (!isCameraCaption(latin1(value, 0, 200))) return true;
    traces.add("device");
    return false;
  });
  const index = read.text(interop.entries.get(TAG.interoperabilityIndex));
  const space = short(shot.entries, TAG.colorSpace, () => true);
  const written: Directory = {
    entries: [
      ...caption,
      ...short(first.entries, TAG.orientation, (value) => value >= 1 && value <= 8),
      ...words(TAG.artist),
      ...words(TAG.copyright),
    ],
    // The two together say that the colours are Adobe RGB (DCF 2.0).
    children:
      space.length === 0 && !index
        ? []
        : [
            {
              tag: TAG.exif,
              directory: {
                entries: space,
                children: index
                  ? [
                      {
                        tag: TAG.interoperability,
                        directory: {
                          entries: [{ tag: TAG.interoperabilityIndex, type: ASCII, value: index }],
                          children: [],
                        },
                      },
                    ]
                  : [],
              },
            },
          ],
  };
  for (const tag of [...first.entries.keys(), ...shot.entries.keys()])
    if (!kept.has(tag)) traces.add(TELLING.get(tag) ?? "other");
  if (written.entries.length === 0 && written.children.length === 0) return undefined;
  return joined([ascii("MM"), u16(42), u32(8), write(written, 8)]);
}

/**
 * How `tiff` (from `II` or `MM` on) says that the picture is to be turned, 1 to 8; undefined where it
 * doesn't.
 */
export function orientationOf(tiff: Uint8Array): number | undefined {
  const little = latin1(tiff, 0, 2) === "II";
  if (!little && latin1(tiff, 0, 2) !== "MM") return undefined;
  const read = readerOf(tiff, little);
  const entry = read.directory(read.long(4)).entries.get(TAG.orientation);
  return entry?.type === SHORT ? read.short(entry.at) : undefined;
}

/** What `tiff` says of who made the picture, who owns it and what it shows, NUL at the end of each. */
export function textsOf(tiff: Uint8Array) {
  const little = latin1(tiff, 0, 2) === "II";
  const read = readerOf(tiff, little);
  const { entries } = read.directory(read.long(4));
  const text = (tag: number) => read.text(entries.get(tag));
  return { creator: text(TAG.artist), copyright: text(TAG.copyright), caption: text(TAG.description) };
}

function readerOf(tiff: Uint8Array, little: boolean) {
  const view = viewOf(tiff);
  const long = (at: number) => (at + 4 <= tiff.length ? view.getUint32(at, little) : undefined);
  const short = (at: number) => (at + 2 <= tiff.length ? view.getUint16(at, little) : undefined);

  /**
   * The entries of a directory, and the offset of the next one, 0 for none. A broken entry ends the
   * directory.
   */
  function directory(at: number | undefined) {
    const entries = new Map<number, Entry>();
    const count = at === undefined || at < 8 ? undefined : short(at);
    if (at === undefined || count === undefined || count > ENTRY_LIMIT)
      return { entries, next: 0, broken: true };
    for (let place = at + 2; place < at + 2 + count * 12; place += 12) {
      const [tag, type, size] = [short(place), short(place + 2), long(place + 4)];
      if (tag === undefined || type === undefined || size === undefined)
        return { entries, next: 0, broken: true };
      if (!entries.has(tag)) entries.set(tag, { type, count: size, at: place + 8 });
    }
    return { entries, next: long(at + 2 + count * 12) ?? 0, broken: false };
  }

  /**
   * The bytes of a text, with the NUL at its end; undefined for one that is blank, broken or far too long.
   */
  function text(entry: Entry | undefined): Uint8Array | undefined {
    if (!entry || (entry.type !== ASCII && entry.type !== UTF8) || entry.count > TEXT_BYTES_LIMIT)
      return undefined;
    const at = entry.count <= 4 ? entry.at : long(entry.at);
    if (at === undefined || at + entry.count > tiff.length) return undefined;
    const bytes = tiff.subarray(at, at + entry.count);
    if (bytes.every((byte) => byte <= 0x20)) return undefined;
    return bytes.at(-1) === 0 ? bytes : joined([bytes, Uint8Array.of(0)]);
  }
  return { long, short, directory, text };
}

/** A value to be written: numbers big-endian. */
interface Written {
  readonly tag: number;
  readonly type: number;
  readonly value: Uint8Array;
}

interface Directory {
  readonly entries: readonly Written[];
  readonly children: readonly { readonly tag: number; readonly directory: Directory }[];
}

/**
 * A directory for offset `at`, then its values and the directories that it names. Tags ascend (TIFF 6.0,
 * section 2).
 */
function write({ entries, children }: Directory, at: number): Uint8Array {
  const rows: { readonly tag: number; readonly row: Uint8Array }[] = [];
  const values: Uint8Array[] = [];
  let end = at + 2 + (entries.length + children.length) * 12 + 4;
  const put = (value: Uint8Array): number => {
    const place = end;
    const even = value.length % 2 === 0 ? value : joined([value, Uint8Array.of(0)]);
    values.push(even);
    end += even.length;
    return place;
  };
  for (const { tag, type, value } of entries) {
    const count = type === SHORT ? value.length / 2 : value.length;
    const field = value.length <= 4 ? joined([value, new Uint8Array(4 - value.length)]) : u32(put(value));
    rows.push({ tag, row: joined([u16(tag), u16(type), u32(count), field]) });
  }
  for (const { tag, directory } of children) {
    const row = joined([u16(tag), u16(LONG), u32(1), u32(put(write(directory, end)))]);
    rows.push({ tag, row });
  }
  rows.sort((a, b) => a.tag - b.tag);
  return joined([u16(rows.length), ...rows.map(({ row }) => row), u32(0), ...values]);
}
