// Where the EXIF stands that browsers look at: the first of a JPEG, and that of a PNG if it comes before the pixels. Chromium
// doesn't look at that of WebP, nor of AVIF, which has properties of its own for turning.

import type { ImageType } from "./image.ts";
import { hasText, latin1, viewOf } from "./strip/bytes.ts";
import { PNG_SIGNATURE } from "./strip/png.ts";

const EXIF = "Exif\0\0";
const APP1 = 0xe1;
const SOS = 0xda;

/** The TIFF structure by which browsers turn a picture; undefined where there is none. */
export function exifOf(bytes: Uint8Array, type: ImageType): Uint8Array | undefined {
  if (type === "image/jpeg") return inJpeg(bytes);
  return type === "image/png" ? inPng(bytes) : undefined;
}

function inJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  let start = bytes.indexOf(0xff, 2);
  while (start !== -1 && start + 4 <= bytes.length) {
    const marker = bytes[start + 1];
    if (marker === SOS) return undefined;
    // A marker may have any number of FF before it.
    const end = marker === 0xff ? start + 1 : start + 2 + view.getUint16(start + 2);
    if (marker === APP1 && hasText(bytes, start + 4, EXIF))
      return bytes.subarray(start + 4 + EXIF.length, end);
    start = bytes.indexOf(0xff, end);
  }
  return undefined;
}

function inPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  let start = PNG_SIGNATURE.length;
  while (start + 8 <= bytes.length) {
    const type = latin1(bytes, start + 4, start + 8);
    if (type === "IDAT") return undefined;
    const end = start + 12 + view.getUint32(start);
    if (type === "eXIf") return bytes.subarray(start + 8, end - 4);
    start = end;
  }
  return undefined;
}
