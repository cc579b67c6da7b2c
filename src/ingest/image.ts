// What an image's bytes say of it. Only headers are read; the pixels are not decoded.

import { imageSize } from "image-size";
import { type ImageFacts, type ImageType, MAX_SIDE_PIXELS } from "../model/image.ts";

// `image-size` names types by extension; what isn't here isn't served.
const TYPES: Readonly<Record<string, ImageType>> = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};

// EXIF orientations that turn a picture by a quarter: it is shown with its sides swapped.
const QUARTER_TURNS = new Set([5, 6, 7, 8]);

/** Reads type and size from `bytes`; undefined for what is no JPEG, PNG, GIF, WebP or AVIF, or is broken. */
export function probeImage(bytes: Uint8Array): ImageFacts | undefined {
  const size = headerOf(bytes);
  const type = size?.type === undefined ? undefined : TYPES[size.type];
  if (!size || !type || !isSide(size.width) || !isSide(size.height)) return undefined;
  const turned = size.orientation !== undefined && QUARTER_TURNS.has(size.orientation);
  const [width, height] = turned ? [size.height, size.width] : [size.width, size.height];
  return { type, width, height, length: bytes.byteLength };
}

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= MAX_SIDE_PIXELS;

function headerOf(bytes: Uint8Array): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(bytes);
  } catch {
    // It throws for every input that is no image it knows, which is an answer here, not a failure.
    return undefined;
  }
}
