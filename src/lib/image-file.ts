// What an image's file says of it: its type, and the size at which browsers show it. Only headers are read;
// the pixels are not decoded.

import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import { type Box, boxesIn, hasText, latin1, reader, Unreadable } from "./strip/bytes.ts";
import { orientationOf } from "./strip/exif.ts";
import { EXIF, jpegSegments } from "./strip/jpeg.ts";
import { pngChunks } from "./strip/png.ts";

/** Image types that are served: their media type, the extension in their address. */
export const IMAGE_TYPES = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
} as const;

/** One of the media types in `IMAGE_TYPES`. */
export type ImageType = keyof typeof IMAGE_TYPES;

/** What the bytes of an image say: type, size in pixels, length in bytes. */
export interface ImageFacts {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly length: number;
}

/** No picture is wider or higher; a header that says so is broken. */
export const MAX_SIDE_PIXELS = 100_000;

/** A browser holds four bytes a pixel of what it shows; Cloudflare Images reads no larger picture either. */
export const PIXELS_LIMIT = 100_000_000;

// Readers of the other types that the package knows would add 3 kB to the Worker.
const READERS = [
  ["image/jpeg", JPG],
  ["image/png", PNG],
  ["image/gif", GIF],
  ["image/webp", WEBP],
  [
    "image/avif",
    { validate: (bytes: Uint8Array) => latin1(bytes, 4, 12) === "ftypavif", calculate: avifSize },
  ],
] as const;

// EXIF orientations that turn a picture by a quarter: it is shown with its sides swapped.
const QUARTER_TURNS: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8]);

/**
 * Reads type and size from `bytes`, the size as browsers show it: turned by the EXIF of a JPEG or PNG, by the
 * properties of an AVIF. Undefined for what is no JPEG, PNG, GIF, WebP or AVIF, or is broken.
 */
export function probeImage(bytes: Uint8Array): ImageFacts | undefined {
  const size = headerOf(bytes);
  if (!size || !isSide(size.width) || !isSide(size.height)) return undefined;
  const { type } = size;
  const exif = exifOf(bytes, type);
  const isTurned = exif !== undefined && QUARTER_TURNS.has(orientationOf(exif));
  const [width, height] = isTurned ? [size.height, size.width] : [size.width, size.height];
  return { type, width, height, length: bytes.byteLength };
}

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= MAX_SIDE_PIXELS;

/** In pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

function headerOf(bytes: Uint8Array): (Size & { readonly type: ImageType }) | undefined {
  try {
    const found = READERS.find(([, reader]) => reader.validate(bytes));
    if (!found) return undefined;
    const [type, reader] = found;
    const size = reader.calculate(bytes);
    return size && { width: size.width, height: size.height, type };
  } catch {
    // A reader throws for what is broken, which is an answer here, not a failure.
    return undefined;
  }
}

/**
 * The EXIF (a TIFF structure) by which browsers turn a picture: the first one of a JPEG, and that of a PNG if
 * it comes before the pixels. Undefined where there is none. Chromium ignores that of WebP, and that of AVIF,
 * which has its own properties.
 */
function exifOf(bytes: Uint8Array, imageType: ImageType): Uint8Array | undefined {
  if (imageType === "image/jpeg") {
    for (const { type, data } of jpegSegments(bytes))
      if (type === "e1" && hasText(data, 0, EXIF)) return data.subarray(EXIF.length);
  }
  if (imageType === "image/png") {
    for (const { type, data } of pngChunks(bytes)) {
      if (type === "IDAT") return undefined;
      if (type === "eXIf") return data;
    }
  }
  return undefined;
}

/**
 * The size at which browsers show an AVIF: that of its main picture, cut and turned as its properties say
 * (ISO/IEC 23008-12, 6.5). Undefined where there is no main picture.
 */
function avifSize(bytes: Uint8Array): Size | undefined {
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
    // The highest bit only says that a reader must understand the property.
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
  // A picture beyond the limit stays so: browsers decode all of it before they cut.
  const shown = size.width * size.height > PIXELS_LIMIT ? size : cut(size, readerOf("clap"));
  const turns = readerOf("irot")?.(1) ?? 0;
  return turns % 2 === 1 ? { width: shown.height, height: shown.width } : shown;
}

/**
 * What `clap` leaves of a picture. Chromium cuts only at the right and the bottom, and only whole pixels; it
 * ignores any other cut.
 */
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
