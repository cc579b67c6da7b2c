// Where the EXIF stands that browsers look at: the first of a JPEG, and that of a PNG if it comes before the pixels. Chromium
// doesn't look at that of WebP, nor of AVIF, which has properties of its own for turning.

import type { ImageType } from "../image-type.ts";
import { hasText } from "./bytes.ts";
import { EXIF } from "./jpeg.ts";
import { jpegSegments, pngChunks } from "./parts.ts";

/** The TIFF structure by which browsers turn a picture; undefined where there is none. */
export function exifOf(bytes: Uint8Array, imageType: ImageType): Uint8Array | undefined {
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
