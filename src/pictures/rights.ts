// Gives a rendition the creator and the rights of its original, which Cloudflare Images may drop. They are
// written as XMP, which JPEG, PNG and WebP can hold and all programs read. Orientation and colours aren't
// copied: Images has applied them.

import { probeImage } from "../lib/image-file.ts";
import { ascii, hasText, joined, latin1, type Part, u16, u32Little } from "../lib/strip/bytes.ts";
import { cleanExif, textsOf } from "../lib/strip/exif.ts";
import { cleanPhotoshop, fieldsOf, PHOTOSHOP } from "../lib/strip/iptc.ts";
import { EXIF, XMP as JPEG_XMP, jpegSegments, SEGMENT_BYTES_LIMIT } from "../lib/strip/jpeg.ts";
import { PNG_SIGNATURE, XMP as PNG_XMP, chunk as pngChunk, pngChunks } from "../lib/strip/png.ts";
import { chunksOf, chunk as webpChunk, XMP_FLAG } from "../lib/strip/webp.ts";
import { type Rights, xmpForCopy } from "../lib/strip/xmp.ts";
import { legal } from "../lib/text.ts";

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

/**
 * An image's XMP packet, and the rights in its other fields. IPTC comes before EXIF, which cameras write by
 * themselves.
 */
function metadataOf(bytes: Uint8Array): { readonly xmp?: Uint8Array | undefined; readonly rights: Rights } {
  switch (probeImage(bytes)?.type) {
    case "image/jpeg": {
      const parts = [...jpegSegments(bytes)];
      const find = (type: string, start: string) =>
        parts.find((part) => part.type === type && hasText(part.data, 0, start))?.data;
      const iptc = find("ed", PHOTOSHOP);
      const exif = find("e1", EXIF)?.subarray(EXIF.length);
      const xmp = find("e1", JPEG_XMP)?.subarray(JPEG_XMP.length);
      return { xmp, rights: { ...inExif(exif), ...inIptc(iptc) } };
    }
    case "image/png": {
      const parts = [...pngChunks(bytes)];
      const xmp = parts.find(({ type, data }) => type === "iTXt" && hasText(data, 0, PNG_XMP))?.data;
      const exif = parts.find(({ type }) => type === "eXIf")?.data;
      return { xmp: xmp?.subarray(PNG_XMP.length), rights: { ...inExif(exif), ...inTexts(parts) } };
    }
    case "image/webp": {
      const parts = [...chunksOf(bytes, 12, bytes.length)];
      const find = (wanted: string) => parts.find(({ type }) => type === wanted)?.data;
      const exif = find("EXIF");
      return { xmp: find("XMP "), rights: inExif(exif && hasText(exif, 0, EXIF) ? exif.subarray(6) : exif) };
    }
    default:
      return { rights: {} };
  }
}

function inExif(tiff: Uint8Array | undefined): Rights {
  const clean = tiff && cleanExif(tiff, new Set());
  return clean ? textIn(textsOf(clean)) : {};
}

function inIptc(data: Uint8Array | undefined): Rights {
  const clean = data && cleanPhotoshop(data, new Set());
  if (!clean) return {};
  const fields = fieldsOf(clean);
  return textIn({
    creator: fields.get(0x0250),
    headline: fields.get(0x0269),
    credit: fields.get(0x026e),
    copyright: fields.get(0x0274),
    caption: fields.get(0x0278),
  });
}

function inTexts(parts: readonly Part[]): Rights {
  const find = (keyword: string) =>
    parts
      .find(({ type, data }) => type === "tEXt" && hasText(data, 0, `${keyword}\0`))
      ?.data.subarray(keyword.length + 1);
  return textIn({ creator: find("Author"), copyright: find("Copyright") });
}

/** The fields that aren't empty, as text: UTF-8, else Latin-1. */
function textIn(fields: Readonly<Record<string, Uint8Array | undefined>>): Rights {
  const said = Object.entries(fields).flatMap(([name, bytes]) => {
    const value = bytes && legal(decoded(bytes)).trim();
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(said);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return latin1(bytes, 0, bytes.length);
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
