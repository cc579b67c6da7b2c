// Gives a rendition the creator and the rights of its original, which Cloudflare Images may drop. They are
// written as XMP, which JPEG, PNG and WebP can hold and all programs read. Orientation and colours aren't
// copied: Images has applied them.

import { probeImage } from "../lib/image-file.ts";
import { ascii, joined, type Part, u16, u32Little } from "../lib/strip/bytes.ts";
import { XMP as JPEG_XMP, jpegSegments, SEGMENT_BYTES_LIMIT } from "../lib/strip/jpeg.ts";
import { PNG_SIGNATURE, XMP as PNG_XMP, chunk as pngChunk, pngChunks } from "../lib/strip/png.ts";
import { metadataOf } from "../lib/strip/rights.ts";
import { chunksOf, chunk as webpChunk, XMP_FLAG } from "../lib/strip/webp.ts";
import { xmpForCopy } from "../lib/strip/xmp.ts";

/**
 * Returns `copy`, a JPEG, PNG or WebP, with the rights of `original`. `copy` is unchanged if it has XMP of
 * its own, is of another type, or if the original names no rights.
 */
export function withRights(copy: Uint8Array, original: Uint8Array): Uint8Array {
  const { xmp, rights } = metadataOf(original);
  const packet = xmpForCopy(xmp, rights);
  if (!packet || metadataOf(copy).xmp) return copy;
  switch (probeImage(copy)?.type) {
    case "image/jpeg":
      return inJpeg(copy, packet);
    case "image/png":
      return inPng(copy, packet);
    case "image/webp":
      return inWebp(copy, packet);
    default:
      return copy;
  }
}

function inJpeg(copy: Uint8Array, packet: Uint8Array): Uint8Array {
  const data = joined([ascii(JPEG_XMP), packet]);
  if (data.length > SEGMENT_BYTES_LIMIT) return copy;
  // JFIF comes first (ISO/IEC 10918-5, 6.1).
  const [first] = jpegSegments(copy);
  const at = first?.type === "e0" ? 2 + 4 + first.data.length : 2;
  const segment = joined([Uint8Array.of(0xff, 0xe1), u16(data.length + 2), data]);
  return joined([copy.subarray(0, at), segment, copy.subarray(at)]);
}

function inPng(copy: Uint8Array, packet: Uint8Array): Uint8Array {
  const [header] = pngChunks(copy);
  const at = PNG_SIGNATURE.length + 12 + (header?.data.length ?? 0);
  const text = pngChunk("iTXt", joined([ascii(PNG_XMP), packet]));
  return joined([copy.subarray(0, at), text, copy.subarray(at)]);
}

/** A WebP in the extended form, the only one with room for XMP (RFC 9649, 2.7). */
function inWebp(copy: Uint8Array, packet: Uint8Array): Uint8Array {
  const parts = [...chunksOf(copy, 12, copy.length)];
  const extended = parts.find(({ type }) => type === "VP8X");
  const flags = Uint8Array.from(extended?.data ?? extendedFor(copy, parts[0]));
  flags[0] = (flags[0] ?? 0) | XMP_FLAG;
  const rest = parts.filter(({ type }) => type !== "VP8X").map(({ type, data }) => webpChunk(type, data));
  const body = joined([ascii("WEBP"), webpChunk("VP8X", flags), ...rest, webpChunk("XMP ", packet)]);
  return joined([ascii("RIFF"), u32Little(body.length), body]);
}

const ALPHA_FLAG = 0x10;

/** The VP8X header for a WebP in the simple form: whether it has alpha, width − 1 and height − 1. */
function extendedFor(copy: Uint8Array, pixels: Part | undefined): Uint8Array {
  const { width = 1, height = 1 } = probeImage(copy) ?? {};
  const three = (value: number) => u32Little(value).subarray(0, 3);
  // In the lossless form, bit 28 after the signature says so (3.4).
  const hasAlpha = pixels?.type === "VP8L" && ((pixels.data[4] ?? 0) & 0x10) !== 0;
  return joined([Uint8Array.of(hasAlpha ? ALPHA_FLAG : 0, 0, 0, 0), three(width - 1), three(height - 1)]);
}
