// How large an AVIF is shown: the size of its main picture, cut and turned as its properties say (ISO/IEC 23008-12, 6.5).

import { PIXELS_LIMIT } from "./image-type.ts";
import { type Box, boxesIn, reader, Unreadable } from "./strip/boxes.ts";
import { latin1 } from "./strip/bytes.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** True for a file that starts as an AVIF does. */
export const isAvif = (bytes: Uint8Array): boolean => latin1(bytes, 4, 12) === "ftypavif";

/** The size in pixels at which browsers show an AVIF; undefined for one without a main picture. */
export function avifSize(bytes: Uint8Array): Size | undefined {
  try {
    const meta = boxesIn(bytes, 0, bytes.length, "as far as they are whole").find(
      ({ type }) => type === "meta",
    );
    return meta && sizeOf(bytes, propertiesOf(bytes, meta));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The properties of the main picture, in their order. */
function propertiesOf(bytes: Uint8Array, meta: Box): readonly Box[] {
  const find = (boxes: readonly Box[], wanted: string): Box => {
    const box = boxes.find(({ type }) => type === wanted);
    if (!box) throw new Unreadable(`there is no ${wanted}`);
    return box;
  };
  const within = ({ content, end }: Box, from = content) => boxesIn(bytes, from, end);
  const inMeta = within(meta, meta.content + 4);
  const main = find(inMeta, "pitm");
  const readMain = reader(bytes, main.content, main.end);
  const isLong = readMain(4) >>> 24 > 0;
  const id = readMain(isLong ? 4 : 2);

  const inProperties = within(find(inMeta, "iprp"));
  const all = within(find(inProperties, "ipco"));
  const links = find(inProperties, "ipma");
  const read = reader(bytes, links.content, links.end);
  const [version, flags] = [read(1), read(3)];
  for (let left = read(4); left > 0; left--) {
    const item = read(version < 1 ? 2 : 4);
    // The highest bit says that it must be understood.
    const numbers = Array.from({ length: read(1) }, () => (flags & 1 ? read(2) & 0x7fff : read(1) & 0x7f));
    if (item === id) return numbers.flatMap((number) => all[number - 1] ?? []);
  }
  return [];
}

function sizeOf(bytes: Uint8Array, properties: readonly Box[]): Size | undefined {
  const readerOf = (wanted: string) => {
    const box = properties.find(({ type }) => type === wanted);
    return box && reader(bytes, box.content, box.end);
  };
  const whole = readerOf("ispe");
  if (!whole) return undefined;
  whole(4);
  const size = { width: whole(4), height: whole(4) };
  // Of one that is too large for its devices no cut makes a small one: they draw all of it before.
  const shown = size.width * size.height > PIXELS_LIMIT ? size : cut(size, readerOf("clap"));
  const turns = readerOf("irot")?.(1) ?? 0;
  return turns % 2 === 1 ? { width: shown.height, height: shown.width } : shown;
}

/** What `clap` leaves of a picture. Chromium cuts at the right and at the bottom alone, and whole pixels; else nothing. */
function cut(size: Size, read: ((size: number) => number) | undefined): Size {
  if (!read) return size;
  const fraction = (signed: boolean) => {
    const above = read(4);
    return (signed && above > 0x7fffffff ? above - 2 ** 32 : above) / read(4);
  };
  const [width, height] = [fraction(false), fraction(false)];
  const [right, down] = [fraction(true), fraction(true)];
  const startsAtCorner = (size.width - width) / 2 + right === 0 && (size.height - height) / 2 + down === 0;
  const isWhole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  return isWhole && startsAtCorner && width <= size.width && height <= size.height ? { width, height } : size;
}
