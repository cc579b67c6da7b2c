// What an image's bytes say of it. Only headers are read; the pixels are not decoded.

import { GIF } from "image-size/types/gif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import { avifSize, isAvif } from "./avif-size.ts";
import { type ImageFacts, type ImageType, MAX_SIDE_PIXELS } from "./image-type.ts";
import { orientationOf } from "./strip/exif.ts";
import { exifOf } from "./strip/exif-of.ts";

// How large an AVIF is shown: the size of its main picture, cut and turned as its properties say (ISO/IEC 23008-12, 6.5).

// The types that are served: readers of all others would be 3 kB of the Worker.
const READERS = [
  ["image/jpeg", JPG],
  ["image/png", PNG],
  ["image/gif", GIF],
  ["image/webp", WEBP],
  ["image/avif", { validate: isAvif, calculate: avifSize }],
] as const;

// EXIF orientations that turn a picture by a quarter: it is shown with its sides swapped.
const QUARTER_TURNS: ReadonlySet<number | undefined> = new Set([5, 6, 7, 8]);

/**
 * Reads type and size from `bytes`, the size as browsers show it: turned by the EXIF of a JPEG or PNG, by the properties of an AVIF.
 * Undefined for what is no JPEG, PNG, GIF, WebP or AVIF, or is broken.
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

interface Header {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
}

function headerOf(bytes: Uint8Array): Header | undefined {
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
