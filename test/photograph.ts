// Pictures of 3 by 2 pixels in each type that is served, and the same as a camera and an agency leave them: with a position, a
// device, serial numbers, a small copy, and the rights.

import { crc32 } from "node:zlib";

const BASE64 = {
  jpeg: "/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQAt//2Q==",
  png: "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAMAAACqqpYoAAAAA1BMVEXMAAA/z1L+AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNggAAAAAgAAa9T6iIAAAAASUVORK5CYII=",
  gif: "R0lGODlhAwACAIAAAExpccwAACH5BAUAAAAALAAAAAADAAIAAAICjF8AOw==",
  webp: "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoDAAIAAUAmJaACdLoB+AADsAD+91kv/kFpXLeAP/4yp8ZU+Mqf8XMAAAA=",
  webpLossless: "UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAAAcQZY7+ByKi/wEA",
  avif: "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACEAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAMAAAACAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAApbWRhdBIACgg4BCtICGg0gDITH/JihOAAFgAAkDWOPHAtaq41gA==",
} as const;

/** Pictures that tell nothing but themselves. */
export const SMALL = Object.fromEntries(
  Object.entries(BASE64).map(([name, text]) => [name, Buffer.from(text, "base64")]),
) as { readonly [Name in keyof typeof BASE64]: Buffer };

/** What no reader may find in a file: each stands in every photograph below that has room for it. */
export const TOLD = [
  ...[
    "Nokori",
    "NK-700",
    "SN-4711",
    "LENS-0815",
    "Owner Olga",
    "Kai Strasse 7",
    "52,31.2N",
    "Exposure Wizard",
  ],
  ...["MAKERNOTE", "THUMBNAIL", "a comment", "GPSLatitude"],
] as const;

/** What every reader finds in it still. */
export const RIGHTS = {
  creator: "Mara Quill",
  credit: "Quill Pictures",
  copyright: "(c) 2026 Mara Quill",
  caption: "The ferry leaves the harbour.",
  headline: "Night ferry",
} as const;

type Field = readonly [tag: number, type: number, count: number, value: Uint8Array | Directory];
interface Directory extends ReadonlyArray<Field> {}

const text = (tag: number, value: string): Field => [
  tag,
  2,
  value.length + 1,
  Buffer.from(`${value}\0`, "latin1"),
];
const short = (tag: number, value: number): Field => [tag, 3, 1, Buffer.from([value & 255, value >> 8])];
const rationals = (tag: number, ...values: number[]): Field => {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) {
    bytes.writeUInt32LE(value, index * 8);
    bytes.writeUInt32LE(1, index * 8 + 4);
  }
  return [tag, 5, values.length, bytes];
};

/** A TIFF header and its directories, little-endian as most cameras write it. */
export function tiff(first: Directory, thumbnail?: Directory): Buffer {
  const write = (directory: Directory, at: number, next: number): Buffer => {
    const rows = Buffer.alloc(2 + directory.length * 12 + 4);
    rows.writeUInt16LE(directory.length, 0);
    const values: Uint8Array[] = [];
    let end = at + rows.length;
    for (const [index, [tag, type, count, value]] of directory.entries()) {
      const row = 2 + index * 12;
      const bytes = value instanceof Uint8Array ? value : write(value, end, 0);
      rows.writeUInt16LE(tag, row);
      rows.writeUInt16LE(type, row + 2);
      rows.writeUInt32LE(count, row + 4);
      if (value === bytes && bytes.length <= 4) rows.set(bytes, row + 8);
      else {
        rows.writeUInt32LE(end, row + 8);
        values.push(bytes);
        end += bytes.length;
      }
    }
    rows.writeUInt32LE(next, rows.length - 4);
    return Buffer.concat([rows, ...values]);
  };
  const start = Buffer.from("49492a0008000000", "hex");
  const size = write(first, 8, 0).length;
  const body = write(first, 8, thumbnail ? 8 + size : 0);
  return Buffer.concat([start, body, ...(thumbnail ? [write(thumbnail, 8 + size, 0)] : [])]);
}

/** EXIF as a camera writes it. `orientation` 6: it was held upright, a quarter turned. */
export const cameraExif = (orientation = 6): Buffer =>
  tiff(
    [
      text(0x010e, RIGHTS.caption),
      text(0x010f, "Nokori"),
      text(0x0110, "NK-700"),
      short(0x0112, orientation),
      text(0x0131, "Exposure Wizard"),
      text(0x013b, RIGHTS.creator),
      text(0x8298, RIGHTS.copyright),
      [
        0x8769,
        4,
        1,
        [
          [0x927c, 7, 9, Buffer.from("MAKERNOTE")],
          short(0xa001, 0xffff),
          [0xa005, 4, 1, [text(0x0001, "R03")]],
          text(0xa430, "Owner Olga"),
          text(0xa431, "SN-4711"),
          text(0xa434, "Nokori 35"),
          text(0xa435, "LENS-0815"),
        ],
      ],
      [
        0x8825,
        4,
        1,
        [
          [0x0000, 1, 4, Buffer.from([2, 3, 0, 0])],
          text(0x0001, "N"),
          rationals(0x0002, 52, 31, 12),
          text(0x0003, "E"),
          rationals(0x0004, 13, 24, 36),
        ],
      ],
    ],
    [short(0x0103, 6), [0x0201, 4, 1, Buffer.from("THUM")], [0x0202, 7, 9, Buffer.from("THUMBNAIL")]],
  );

/** XMP as an agency and a program leave it. */
export const packet = (): Buffer =>
  Buffer.from(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Exposure Wizard">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
    xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    exif:GPSLatitude="52,31.2N" aux:SerialNumber="SN-4711" aux:OwnerName="Owner Olga" tiff:Make="Nokori"
    ps:Credit="${RIGHTS.credit}" ps:Headline="${RIGHTS.headline}" ps:City="Kai Strasse 7">
   <dc:creator><rdf:Seq><rdf:li>${RIGHTS.creator}</rdf:li></rdf:Seq></dc:creator>
   <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">${RIGHTS.copyright}</rdf:li></rdf:Alt></dc:rights>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${RIGHTS.caption}</rdf:li></rdf:Alt></dc:description>
   <rights:WebStatement rdf:resource="https://quill.example/terms?a=1&amp;b=2"/>
   <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
     <plus:LicensorURL>https://quill.example/buy</plus:LicensorURL><plus:LicensorEmail>Owner Olga</plus:LicensorEmail>
   </rdf:li></rdf:Seq></plus:Licensor>
   <xmp:Thumbnails><rdf:Alt><rdf:li>THUMBNAIL</rdf:li></rdf:Alt></xmp:Thumbnails>
   <aux:Lens>LENS-0815</aux:Lens>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`,
  );

/** What Photoshop writes: IPTC's fields, and a small copy. */
export function photoshop(): Buffer {
  const field = (record: number, dataset: number, value: string): Buffer => {
    const bytes = Buffer.from(value);
    return Buffer.concat([
      Buffer.from([0x1c, record, dataset, bytes.length >> 8, bytes.length & 255]),
      bytes,
    ]);
  };
  const iim = Buffer.concat([
    field(1, 90, "\x1b%G"),
    field(2, 80, RIGHTS.creator),
    field(2, 90, "Kai Strasse 7"),
    field(2, 105, RIGHTS.headline),
    field(2, 110, RIGHTS.credit),
    field(2, 116, RIGHTS.copyright),
    field(2, 120, RIGHTS.caption),
  ]);
  const block = (id: number, data: Buffer): Buffer => {
    const head = Buffer.from([
      0x38,
      0x42,
      0x49,
      0x4d,
      id >> 8,
      id & 255,
      0,
      0,
      0,
      0,
      data.length >> 8,
      data.length & 255,
    ]);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  return Buffer.concat([
    Buffer.from("Photoshop 3.0\0"),
    block(0x040c, Buffer.from("THUMBNAIL")),
    block(0x0404, iim),
  ]);
}

/** A JPEG segment. */
export const segment = (marker: number, data: Buffer | string): Buffer => {
  const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : data;
  return Buffer.concat([
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]),
    bytes,
  ]);
};

/** The small JPEG with some segments at its start. */
export const jpegWith = (...segments: readonly Buffer[]): Buffer =>
  Buffer.concat([SMALL.jpeg.subarray(0, 2), ...segments, SMALL.jpeg.subarray(2)]);

/** A chunk of PNG. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}

/** Where a PNG's first chunk ends: 8 bytes of signature, 25 of IHDR. */
const AFTER_IHDR = 33;

/** The small PNG with some chunks behind its header. */
export const pngWith = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([SMALL.png.subarray(0, AFTER_IHDR), ...chunks, SMALL.png.subarray(AFTER_IHDR)]);

function webpChunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length % 2)]);
}

/** The small WebP in its extended form, with some chunks behind the pixels. */
export function webpWith(flags: number, ...chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const extended = webpChunk("VP8X", Buffer.from([flags, 0, 0, 0, 2, 0, 0, 1, 0, 0]));
  const rest = chunks.map(([type, data]) => webpChunk(type, data));
  const body = Buffer.concat([Buffer.from("WEBP"), extended, SMALL.webp.subarray(12), ...rest]);
  return webpChunk("RIFF", body);
}

/** The small GIF with some blocks before its frame. */
export const gifWith = (...blocks: readonly Buffer[]): Buffer =>
  Buffer.concat([SMALL.gif.subarray(0, 19), ...blocks, SMALL.gif.subarray(19)]);

/** XMP in a GIF: the packet as it is, and the way out of it. */
const gifXmp = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from("XMP DataXMP"),
    packet(),
    Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]),
  ]);

/** A box of ISO media files. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([size, Buffer.from(type, "latin1"), ...content]);
}

/** The small AVIF with items of other types beside the picture, and boxes at its end. */
export function avifWith(
  items: readonly { readonly type: string; readonly contentType?: string; readonly data: Buffer }[],
  ...boxes: readonly (readonly [string, Buffer])[]
): Buffer {
  const part = (type: string) => {
    const at = SMALL.avif.indexOf(type) - 4;
    return SMALL.avif.subarray(at, at + SMALL.avif.readUInt32BE(at));
  };
  const pixels = part("mdat").subarray(8);
  const all = [{ type: "av01", data: pixels }, ...items];
  const number = (value: number, size: number) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntBE(value, 0, size);
    return bytes;
  };
  const infos = all.map(({ type, ...item }, index) => {
    const contentType = "contentType" in item ? `${item.contentType}\0` : "";
    return box(
      "infe",
      Buffer.from([2, 0, 0, 0]),
      number(index + 1, 2),
      number(0, 2),
      Buffer.from(`${type}\0${contentType}`),
    );
  });
  const meta = (start: number) => {
    let at = start;
    const places = all.flatMap(({ data }, index) => {
      const place = [number(index + 1, 2), number(0, 2), number(1, 2), number(at, 4), number(data.length, 4)];
      at += data.length;
      return place;
    });
    return box(
      "meta",
      Buffer.alloc(4),
      part("hdlr"),
      part("pitm"),
      box("iinf", Buffer.alloc(4), number(all.length, 2), ...infos),
      box("iloc", Buffer.alloc(4), Buffer.from([0x44, 0]), number(all.length, 2), ...places),
      part("iprp"),
    );
  };
  const start = part("ftyp").length + meta(0).length + 8;
  return Buffer.concat([
    part("ftyp"),
    meta(start),
    box("mdat", ...all.map(({ data }) => data)),
    ...boxes.map(([type, data]) => box(type, data)),
  ]);
}

/** A colour profile, as far as a walk looks at it. */
const PROFILE = Buffer.from("ICC_PROFILE\0\x01\x01a profile of colours", "latin1");

/** The same picture in each type with all that may stand in it. */
export const PHOTOGRAPHS: Readonly<Record<"jpeg" | "png" | "gif" | "webp" | "avif", Buffer>> = {
  jpeg: Buffer.concat([
    jpegWith(
      segment(0xe0, "JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01THU"),
      segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()])),
      segment(0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), packet()])),
      segment(0xe1, "http://ns.adobe.com/xmp/extension/\0GPSLatitude THUMBNAIL"),
      segment(0xe2, PROFILE),
      segment(0xe2, "MPF\0THUMBNAIL"),
      segment(0xeb, "JP\0\0Nokori NK-700"),
      segment(0xed, photoshop()),
      segment(0xee, "Adobe\0\x64\0\0\0\0\x01"),
      segment(0xfe, "a comment"),
    ),
    Buffer.from("THUMBNAIL behind the end"),
  ]),
  png: Buffer.concat([
    pngWith(
      pngChunk("gAMA", Buffer.from([0, 0, 0xb1, 0x8f])),
      pngChunk("eXIf", cameraExif(1)),
      pngChunk("tEXt", Buffer.from("Comment\0a comment")),
      pngChunk("tEXt", Buffer.from(`Copyright\0${RIGHTS.copyright}`, "latin1")),
      pngChunk("zTXt", Buffer.from("Raw profile type exif\0\0Nokori")),
      pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), packet()])),
      pngChunk("tIME", Buffer.from([7, 0xea, 3, 2, 18, 0, 0])),
      pngChunk("caBX", Buffer.from("Nokori NK-700")),
    ),
    Buffer.from("THUMBNAIL behind the end"),
  ]),
  gif: gifWith(
    Buffer.from([0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0]),
    Buffer.from([0x21, 0xfe, 9, ...Buffer.from("a comment"), 0]),
    gifXmp(),
  ),
  webp: webpWith(
    0x2c,
    ["ICCP", PROFILE],
    ["EXIF", cameraExif(1)],
    ["XMP ", packet()],
    ["NKRI", Buffer.from("Nokori")],
  ),
  avif: avifWith(
    [
      { type: "Exif", data: Buffer.concat([Buffer.alloc(4), cameraExif(1)]) },
      { type: "mime", contentType: "application/rdf+xml", data: packet() },
      { type: "mime", contentType: "text/plain", data: Buffer.from("a comment") },
    ],
    ["uuid", Buffer.from("a position: GPSLatitude, Nokori")],
    ["free", Buffer.from("Kai Strasse 7")],
  ),
};
