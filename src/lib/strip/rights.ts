// Reads what a picture's file says of its creator, its rights and what it shows.

import { probeImage } from "../image-file.ts";
import { legal } from "../text.ts";
import { hasText, latin1, type Part } from "./bytes.ts";
import { cleanExif, textsOf } from "./exif.ts";
import { cleanPhotoshop, fieldsOf, PHOTOSHOP } from "./iptc.ts";
import { EXIF, XMP as JPEG_XMP, jpegSegments } from "./jpeg.ts";
import { XMP as PNG_XMP, pngChunks } from "./png.ts";
import { chunksOf } from "./webp.ts";
import { type Rights, xmpTexts } from "./xmp.ts";

/** What a file says of its picture, for a form. Each field is missing if the file doesn't say it. */
export interface Said extends Rights {
  /** For people who can't see the picture. */
  readonly alt?: string | undefined;
  /** How it came about: an address of IPTC's vocabulary, such as `…/trainedAlgorithmicMedia`. */
  readonly sourceType?: string | undefined;
}

/**
 * What a picture's file says, once it is stripped (`strip.ts`). XMP comes before IPTC and EXIF, which older
 * programs leave as they were.
 */
export function saidIn(stripped: Uint8Array): Said {
  const { rights } = metadataOf(stripped);
  const packet = packetIn(stripped);
  const xmp = packet ? xmpTexts(packet) : new Map<string, string>();
  const first = (...names: readonly string[]) => names.map((name) => xmp.get(name)).find(Boolean);
  return {
    creator: first("dc:creator", "plus:ImageCreator", "tiff:Artist") ?? rights.creator,
    copyright: first("dc:rights", "tiff:Copyright") ?? rights.copyright,
    caption: first("dc:description", "tiff:ImageDescription") ?? rights.caption,
    credit: first("photoshop:Credit", "cc:attributionName") ?? rights.credit,
    headline: first("photoshop:Headline") ?? rights.headline,
    alt: first("Iptc4xmpCore:AltTextAccessibility"),
    sourceType: first("Iptc4xmpExt:DigitalSourceType"),
  };
}

/** The XMP that stripping has written, which every type of file holds as it is. */
function packetIn(stripped: Uint8Array): Uint8Array | undefined {
  const [start, end] = ["<x:xmpmeta", "</x:xmpmeta>"].map((mark) => indexOf(stripped, mark));
  return start === undefined || end === undefined || start === -1 || end < start
    ? undefined
    : stripped.subarray(start, end + "</x:xmpmeta>".length);
}

function indexOf(bytes: Uint8Array, mark: string): number {
  const first = mark.charCodeAt(0);
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (hasText(bytes, at, mark)) return at;
  return -1;
}

/**
 * An image's XMP packet, and the rights in its other fields. IPTC comes before EXIF, which cameras write by
 * themselves.
 */
export function metadataOf(bytes: Uint8Array): {
  readonly xmp?: Uint8Array | undefined;
  readonly rights: Rights;
} {
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
