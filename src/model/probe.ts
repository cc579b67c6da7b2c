// What an image's bytes say of it. Only headers are read; the pixels are not decoded.

// The readers of what is served, one by one: those of every other type would be 3 kB of the Worker.
import { GIF } from "image-size/types/gif";
import { HEIF } from "image-size/types/heif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import { type ImageFacts, type ImageType, MAX_SIDE_PIXELS } from "./image.ts";

const READERS = [
  ["image/jpeg", JPG],
  ["image/png", PNG],
  ["image/gif", GIF],
  ["image/webp", WEBP],
  ["image/avif", HEIF],
] as const;

// EXIF orientations that turn a picture by a quarter: it is shown with its sides swapped.
const QUARTER_TURNS = new Set([5, 6, 7, 8]);

/** Reads type and size from `bytes`; undefined for what is no JPEG, PNG, GIF, WebP or AVIF, or is broken. */
export function probeImage(bytes: Uint8Array): ImageFacts | undefined {
  const size = headerOf(bytes);
  if (!size || !isSide(size.width) || !isSide(size.height)) return undefined;
  const turned = size.orientation !== undefined && QUARTER_TURNS.has(size.orientation);
  const [width, height] = turned ? [size.height, size.width] : [size.width, size.height];
  return { type: size.mediaType, width, height, length: bytes.byteLength };
}

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= MAX_SIDE_PIXELS;

interface Header {
  readonly mediaType: ImageType;
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
}

function headerOf(bytes: Uint8Array): Header | undefined {
  try {
    const found = READERS.find(([, reader]) => reader.validate(bytes));
    if (!found) return undefined;
    const [mediaType, reader] = found;
    const { images = [], ...first } = reader.calculate(bytes);
    // HEIF holds more than AVIF, and more than one picture: the largest is the one that is shown.
    if (reader === HEIF && first.type !== "avif") return undefined;
    const largest = images.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), first);
    return { ...first, ...largest, mediaType };
  } catch {
    // A reader throws for what is broken, which is an answer here, not a failure.
    return undefined;
  }
}
