// Pictures of 3 by 2 pixels whose files say that they are to be turned, or cut, and the size at which Chromium shows them.

import {
  avifWith,
  cameraExif,
  jpegWith,
  packet,
  pngChunk,
  pngWith,
  SMALL,
  segment,
  webpWith,
} from "./photograph.ts";

/** A picture and how it is shown. */
export interface Shown {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const EXIF_START = Buffer.from("Exif\0\0");
const XMP_START = Buffer.from("http://ns.adobe.com/xap/1.0/\0");
const held = (orientation: number): Buffer =>
  segment(0xe1, Buffer.concat([EXIF_START, cameraExif(orientation)]));
const beforeEnd = (chunk: Buffer): Buffer =>
  Buffer.concat([SMALL.png.subarray(0, -12), chunk, SMALL.png.subarray(-12)]);

const property = (type: string, ...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(8 + numbers.length * 4);
  bytes.writeUInt32BE(bytes.length);
  bytes.write(type, 4, "latin1");
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(number, 8 + index * 4);
  return bytes;
};
const irot = (quarters: number): Buffer =>
  Buffer.concat([Buffer.from("00000009", "hex"), Buffer.from("irot"), Buffer.from([quarters])]);
/** Width, height, and how far the middle of what stays is from the middle, each as a fraction. */
const clap = (...fractions: readonly number[]): Buffer => property("clap", ...fractions);
/** One that no picture has: a thumbnail's, say. */
const ispe = (width: number, height: number): Buffer => property("ispe", 0, width, height);

/** The small AVIF with some properties more, which are its picture's, or nobody's. */
function avifOf(properties: readonly Buffer[], whose: "its own" | "nobody's" = "its own"): Buffer {
  const { avif } = SMALL;
  const endOf = (type: string) => avif.indexOf(type) - 4 + avif.readUInt32BE(avif.indexOf(type) - 4);
  // It has three already. The highest bit says that a property must be understood.
  const links = Buffer.from(whose === "its own" ? properties.map((_, index) => 0x80 | (4 + index)) : []);
  const more = Buffer.concat(properties);
  const made = Buffer.concat([
    ...[avif.subarray(0, endOf("ipco")), more],
    ...[avif.subarray(endOf("ipco"), endOf("ipma")), links, avif.subarray(endOf("ipma"))],
  ]);
  const added = { ipco: more.length, ipma: links.length, iprp: 0, meta: 0 };
  for (const type of ["iprp", "meta"] as const) added[type] = more.length + links.length;
  for (const [type, bytes] of Object.entries(added)) {
    const at = made.indexOf(type) - 4;
    made.writeUInt32BE(made.readUInt32BE(at) + bytes, at);
  }
  // Behind the version, the number of pictures and the picture's id stands how many properties it has.
  const count = made.indexOf("ipma") + 14;
  made[count] = (made[count] ?? 0) + links.length;
  const [before, after] = [avif, made].map((file) => {
    const place = Buffer.alloc(4);
    place.writeUInt32BE(file.indexOf("mdat") + 4);
    return place;
  }) as [Buffer, Buffer];
  made.set(after, made.indexOf(before, made.indexOf("iloc")));
  return made;
}

type Row = readonly [name: string, type: string, bytes: Buffer, width: number, height: number];

const ROWS: readonly Row[] = [
  ...([1, 2, 3, 4, 9].map((way) => [
    `a JPEG of orientation ${way}`,
    "jpeg",
    jpegWith(held(way)),
    3,
    2,
  ]) as Row[]),
  ...([5, 6, 7, 8].map((way) => [
    `a JPEG of orientation ${way}`,
    "jpeg",
    jpegWith(held(way)),
    2,
    3,
  ]) as Row[]),
  [
    "a JPEG with XMP before its EXIF",
    "jpeg",
    jpegWith(segment(0xe1, Buffer.concat([XMP_START, packet()])), held(6)),
    2,
    3,
  ],
  ["a JPEG with EXIF twice, the first unturned", "jpeg", jpegWith(held(1), held(6)), 3, 2],
  ["a JPEG with EXIF twice, the first turned", "jpeg", jpegWith(held(6), held(1)), 2, 3],
  ["a PNG that is turned", "png", pngWith(pngChunk("eXIf", cameraExif(6))), 2, 3],
  ["a PNG that is turned by half", "png", pngWith(pngChunk("eXIf", cameraExif(3))), 3, 2],
  ["a PNG with EXIF behind its pixels", "png", beforeEnd(pngChunk("eXIf", cameraExif(6))), 3, 2],
  ["a WebP with EXIF, which isn't looked at", "webp", webpWith(0x08, ["EXIF", cameraExif(6)]), 3, 2],
  [
    "an AVIF with EXIF, which isn't looked at",
    "avif",
    avifWith([{ type: "Exif", data: Buffer.concat([Buffer.alloc(4), cameraExif(6)]) }]),
    3,
    2,
  ],
  ["an AVIF turned left", "avif", avifOf([irot(1)]), 2, 3],
  ["an AVIF turned by half", "avif", avifOf([irot(2)]), 3, 2],
  ["an AVIF turned right", "avif", avifOf([irot(3)]), 2, 3],
  ["an AVIF in whose list a turn stands that isn't its own", "avif", avifOf([irot(1)], "nobody's"), 3, 2],
  ["an AVIF cut at the right", "avif", avifOf([clap(2, 1, 2, 1, -1, 2, 0, 1)]), 2, 2],
  ["an AVIF cut at the bottom", "avif", avifOf([clap(3, 1, 1, 1, 0, 1, -1, 2)]), 3, 1],
  ["an AVIF cut at the bottom, and turned", "avif", avifOf([clap(3, 1, 1, 1, 0, 1, -1, 2), irot(1)]), 1, 3],
  [
    "an AVIF cut at the left, which Chromium doesn't do",
    "avif",
    avifOf([clap(2, 1, 2, 1, 1, 2, 0, 1)]),
    3,
    2,
  ],
  ["an AVIF in whose list a larger size stands", "avif", avifOf([ispe(10, 10)], "nobody's"), 3, 2],
];

/** All of them. */
export const SHOWN_SIZES: readonly Shown[] = ROWS.map(([name, type, bytes, width, height]) => ({
  name,
  type: `image/${type}`,
  bytes,
  width,
  height,
}));
