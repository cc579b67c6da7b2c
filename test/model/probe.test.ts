// What the bytes of an image say: pictures of 3 by 2 pixels in each type that is served, and what is none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { probeImage } from "../../src/model/probe.ts";
import { SMALL } from "../photograph.ts";

const bytesOf = (name: keyof typeof SMALL): Uint8Array => Uint8Array.from(SMALL[name]);
const ascii = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The AVIF with one more picture of `width` by `height` in its list of properties. */
function withAnother(width: number, height: number): Uint8Array {
  const avif = Buffer.from(bytesOf("avif"));
  const end = avif.indexOf("ispe") + 16;
  const another = Buffer.from(avif.subarray(end - 20, end));
  another.writeUInt32BE(width, 12);
  another.writeUInt32BE(height, 16);
  for (const box of ["meta", "iprp", "ipco"]) {
    const start = avif.indexOf(box) - 4;
    avif.writeUInt32BE(avif.readUInt32BE(start) + another.length, start);
  }
  return Buffer.concat([avif.subarray(0, end), another, avif.subarray(end)]);
}

/** A JPEG with an EXIF segment that says how it was held. */
function turned(orientation: number): Uint8Array {
  const tiff = [
    0x49,
    0x49,
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    0x01,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const exif = [...ascii("Exif\0\0"), ...tiff];
  const jpeg = bytesOf("jpeg");
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.slice(2)]);
}

describe("images", () => {
  it.each([
    ["jpeg", "image/jpeg"],
    ["png", "image/png"],
    ["gif", "image/gif"],
    ["webp", "image/webp"],
    ["webpLossless", "image/webp"],
    ["avif", "image/avif"],
  ] as const)("%s", (name, type) => {
    const bytes = bytesOf(name);
    expect(probeImage(bytes)).toEqual({ type, width: 3, height: 2, length: bytes.byteLength });
  });

  it.each([
    [1, 3, 2],
    [3, 3, 2],
    [5, 2, 3],
    [6, 2, 3],
    [8, 2, 3],
  ])("a JPEG of orientation %i is shown as %i by %i", (orientation, width, height) => {
    expect(probeImage(turned(orientation))).toMatchObject({ type: "image/jpeg", width, height });
  });
});

it.each([
  [10, 10, 10, 10],
  [1, 1, 3, 2],
])(
  "an AVIF of two pictures, one %i by %i, is as large as the larger one",
  (width, height, shownWidth, shownHeight) => {
    expect(probeImage(withAnother(width, height))).toMatchObject({ width: shownWidth, height: shownHeight });
  },
);

describe("no images", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["SVG", ascii('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"></svg>')],
    ["HTML", ascii("<!doctype html><html><body><script>alert(1)</script></body></html>")],
    [
      "HTML after a PNG's first bytes",
      Uint8Array.from([...bytesOf("png").slice(0, 8), ...ascii("<html><script>")]),
    ],
    [
      "HEIC",
      Uint8Array.from([...bytesOf("avif").slice(0, 8), ...ascii("heic"), ...bytesOf("avif").slice(12)]),
    ],
    ["a PDF", ascii("%PDF-1.7\n")],
    ["a bitmap", Uint8Array.from([0x42, 0x4d, ...Array(60).fill(1)])],
    ["text", ascii("not an image")],
  ])("%s", (_name, bytes) => {
    expect(probeImage(bytes)).toBeUndefined();
  });

  it("a PNG without width", () => {
    const bytes = bytesOf("png");
    bytes.set([0, 0, 0, 0], 16);
    expect(probeImage(bytes)).toBeUndefined();
  });

  it.each(Object.keys(SMALL) as (keyof typeof SMALL)[])("the first 8 bytes of a %s", (name) => {
    expect(probeImage(bytesOf(name).slice(0, 8))).toBeUndefined();
  });

  it("any bytes at all, without an exception", () => {
    const starts = fc.constantFrom(...Object.keys(SMALL).map((name) => bytesOf(name as keyof typeof SMALL)));
    fc.assert(
      fc.property(starts, fc.nat(200), fc.uint8Array({ maxLength: 64 }), (start, length, rest) => {
        const facts = probeImage(Uint8Array.from([...start.slice(0, length), ...rest]));
        if (facts === undefined) return;
        expect(facts.width).toBeGreaterThan(0);
        expect(facts.height).toBeGreaterThan(0);
      }),
    );
  });
});
