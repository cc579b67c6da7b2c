// What is taken out of pictures, what stays, and that the picture itself doesn't change.

import { describe, expect, it } from "vitest";
import { probeImage } from "../../src/lib/image-file.ts";
import { stripPicture } from "../../src/lib/strip/strip.ts";
import {
  avifWith,
  cameraExif,
  gifWith,
  jpegWith,
  PHOTOGRAPHS,
  packet,
  photoshop,
  pngChunk,
  pngWith,
  RIGHTS,
  SMALL,
  segment,
  TOLD,
  tiff,
  webpWith,
} from "../photograph.ts";

const stripped = (bytes: Uint8Array) => {
  const result = stripPicture(bytes);
  if (!result) throw new Error("it is a picture");
  return { ...result, text: Buffer.from(result.bytes).toString("latin1") };
};
const exifSegment = (bytes: Buffer) => segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), bytes]));

const TYPES = Object.keys(PHOTOGRAPHS) as (keyof typeof PHOTOGRAPHS)[];

describe.each(TYPES)("a %s", (type) => {
  it("tells where, with what, by whose device nothing was taken, and no more than itself", () => {
    const { text } = stripped(PHOTOGRAPHS[type]);
    expect(TOLD.filter((told) => text.includes(told))).toEqual([]);
    expect(TOLD.filter((told) => PHOTOGRAPHS[type].includes(told)).length).toBeGreaterThan(4);
  });

  it("keeps its rights", () => {
    const { text } = stripped(PHOTOGRAPHS[type]);
    for (const [name, value] of Object.entries(RIGHTS))
      expect([name, text]).toEqual([name, expect.stringContaining(value)]);
    expect(text).toContain(
      '<rights:WebStatement rdf:resource="https://quill.example/terms?a=1&amp;b=2"'.replace(
        "rights",
        "xmpRights",
      ),
    );
    expect(text).toContain("https://quill.example/buy");
  });

  it("says what was taken out", () => {
    const { removed } = stripped(PHOTOGRAPHS[type]);
    expect(removed).toEqual(["position", "device", "serial", "preview", "other"]);
  });

  it("stays the same picture", () => {
    const { length: _, ...facts } = probeImage(PHOTOGRAPHS[type]) ?? { length: 0 };
    const { length, ...after } = probeImage(stripped(PHOTOGRAPHS[type]).bytes) ?? { length: 0 };
    expect(after).toEqual(facts);
    expect(length).toBeLessThanOrEqual(PHOTOGRAPHS[type].length);
  });

  it("has nothing more to be taken out the second time", () => {
    const { bytes } = stripped(PHOTOGRAPHS[type]);
    expect(stripPicture(bytes)).toEqual({ bytes, removed: [] });
  });

  it("is the very same where it tells nothing", () => {
    const { bytes, removed } = stripped(SMALL[type]);
    expect([bytes === SMALL[type], removed]).toEqual([true, []]);
  });
});

describe("what stays in a JPEG", () => {
  const { bytes, text } = stripped(PHOTOGRAPHS.jpeg);

  it("is how it was held: browsers turn it", () => {
    expect(probeImage(bytes)).toMatchObject({ width: 2, height: 3 });
  });

  it("are its colours: the profile, Adobe's mark, and EXIF's sign of Adobe RGB", () => {
    expect(text).toContain("a profile of colours");
    expect(text).toContain("Adobe\0\x64");
    expect(text).toContain("R03");
  });

  it("is what draws it, to the byte", () => {
    const drawn = SMALL.jpeg.subarray(2);
    expect(Buffer.from(bytes).subarray(-drawn.length)).toEqual(drawn);
  });

  it("is what stands between its scans and draws, and no segment there that tells", () => {
    const scan = SMALL.jpeg.subarray(SMALL.jpeg.indexOf("ffda", "hex"), -2);
    const again = Buffer.concat([
      SMALL.jpeg.subarray(0, -2),
      exifSegment(cameraExif()),
      scan,
      SMALL.jpeg.subarray(-2),
    ]);
    const clean = stripped(again);
    expect(clean.text).not.toContain("Nokori");
    expect(Buffer.from(clean.bytes).subarray(-scan.length - 2, -2)).toEqual(scan);
  });

  it("is no second EXIF, nor a length that lies", () => {
    const twice = stripped(jpegWith(exifSegment(cameraExif()), exifSegment(cameraExif())));
    expect(twice.text.split("Exif\0\0")).toHaveLength(2);
    expect(
      stripPicture(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]), cameraExif()])),
    ).toBeUndefined();
  });
});

describe("EXIF", () => {
  const withDirectory = (...fields: Parameters<typeof tiff>[0]) =>
    stripped(jpegWith(exifSegment(tiff(fields))));

  it("has no position where only the version of GPS is said", () => {
    expect(withDirectory([0x8825, 4, 1, [[0, 1, 4, Buffer.from([2, 3, 0, 0])]]]).removed).toEqual(["other"]);
    expect(withDirectory([0x8825, 4, 1, Buffer.from([255, 255, 0, 0])]).removed).toEqual(["position"]);
  });

  it("has no caption that a camera wrote by itself", () => {
    const said = "OLYMPUS DIGITAL CAMERA";
    const { text, removed } = withDirectory([0x010e, 2, said.length + 1, Buffer.from(`${said}\0`)]);
    expect([text.includes(said), removed]).toEqual([false, ["device"]]);
  });

  it.each([0, 9, 300])("has no orientation %i", (orientation) => {
    const { text } = withDirectory([0x0112, 3, 1, Buffer.from([orientation & 255, orientation >> 8])]);
    expect(text).not.toContain("Exif");
  });

  it("that points round in circles ends", () => {
    const loop = tiff([[0x8769, 4, 1, Buffer.from([8, 0, 0, 0])]]);
    expect(stripped(jpegWith(exifSegment(loop))).text).not.toContain("Exif");
  });
});

describe("XMP", () => {
  const withPacket = (xml: string) =>
    stripped(pngWith(pngChunk("iTXt", Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xml}`))));
  const described = (inner: string) =>
    withPacket(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description>${inner}</rdf:Description></rdf:RDF>`,
    );

  it("that is broken goes, and says so", () => {
    expect(withPacket("<x:xmpmeta><exif:GPSLatitude>").removed).toEqual(["position"]);
    expect(withPacket("").removed).toEqual(["other"]);
  });

  it("is known by its namespaces, not by its prefixes", () => {
    const { text } = described(
      '<dc:Make xmlns:dc="http://ns.adobe.com/tiff/1.0/">Nokori</dc:Make><dc:rights>Mine</dc:rights>',
    );
    expect([text.includes("Nokori"), text.includes("<dc:rights>Mine</dc:rights>")]).toEqual([false, true]);
  });

  it("takes along nothing that stands inside of what stays", () => {
    const { text, removed } = described(
      '<dc:rights><rdf:Alt><rdf:li xml:lang="en" x:GPS="1" xmlns:x="urn:x">Mine<x:City xmlns:x="urn:x">Kai</x:City></rdf:li></rdf:Alt></dc:rights>',
    );
    expect([text.includes("GPS"), text.includes("Kai"), removed]).toEqual([false, false, ["position"]]);
  });

  it("expands no entity", () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "bbbb">]>${"<a>&b;</a>"}`;
    expect(withPacket(bomb).removed).toEqual(["other"]);
  });
});

describe("what can't be walked through is no picture", () => {
  it.each([
    ["a JPEG without a scan", SMALL.jpeg.subarray(0, 100)],
    ["a PNG without pixels", SMALL.png.subarray(0, 50)],
    ["a GIF without a frame", SMALL.gif.subarray(0, 19)],
    ["a WebP without pixels", webpWith(0).subarray(0, 30)],
    ["an AVIF cut off", SMALL.avif.subarray(0, -1)],
    ["an AVIF with an item in another file", avifElsewhere()],
    ["text", Buffer.from("not a picture")],
    ["nothing", Buffer.alloc(0)],
  ])("%s", (_, bytes) => {
    expect(stripPicture(bytes)).toBeUndefined();
  });

  function avifElsewhere(): Buffer {
    const avif = Buffer.from(avifWith([{ type: "Exif", data: cameraExif() }]));
    const places = avif.indexOf("iloc");
    // The data reference index of the first item.
    avif.writeUInt16BE(1, places + 14);
    return avif;
  }
});

it("GIF, IPTC and WebP alone are walked through too", () => {
  expect(stripped(gifWith(Buffer.from([0x21, 0xfe, 2, 65, 66, 0]))).bytes).toEqual(new Uint8Array(SMALL.gif));
  expect(stripped(jpegWith(segment(0xed, photoshop()))).removed).toEqual(["position", "preview"]);
  const flags = (bytes: Uint8Array) => bytes[20];
  expect(flags(stripped(webpWith(0x0c, ["EXIF", tiff([])], ["XMP ", packet()])).bytes)).toBe(0x04);
});
