// What a picture that was made over gets back from the one that it was made of: whose it is, and nothing
// else.

import { describe, expect, it } from "vitest";
import { probeImage } from "../../src/lib/image-file.ts";
import { stripPicture } from "../../src/lib/strip/strip.ts";
import { withRights } from "../../src/pictures/rights.ts";
import {
  cameraExif,
  jpegWith,
  PHOTOGRAPHS,
  photoshop,
  pngChunk,
  pngWith,
  RIGHTS,
  SMALL,
  segment,
  TOLD,
  webpWith,
} from "../photograph.ts";

const COPIES = ["jpeg", "png", "webp", "webpLossless"] as const;
const EXIF = Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()]);

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

describe.each(COPIES)("a %s", (copy) => {
  it.each(["jpeg", "png", "webp"] as const)(
    "made of a %s says whose that was, and is the same picture",
    (original) => {
      // As it was sent to a site that strips, and to one that keeps everything.
      for (const bytes of [
        PHOTOGRAPHS[original],
        stripPicture(PHOTOGRAPHS[original])?.bytes ?? new Uint8Array(),
      ]) {
        const made = withRights(SMALL[copy], bytes);
        const text = textOf(made);
        for (const value of Object.values(RIGHTS)) expect(text).toContain(value);
        expect(text).toContain("https://quill.example/terms?a=1&amp;b=2");
        expect([...TOLD, "Orientation"].filter((told) => text.includes(told))).toEqual([]);
        const { length: _, ...facts } = probeImage(SMALL[copy]) ?? { length: 0 };
        expect(probeImage(made)).toMatchObject(facts);
        expect(stripPicture(made)).toEqual({ bytes: made, removed: [] });
        // Once is enough.
        expect(withRights(made, bytes)).toBe(made);
      }
    },
  );

  it("stays as it is where nobody said anything", () => {
    for (const bytes of [SMALL.jpeg, SMALL.png, SMALL.webp, SMALL.gif, SMALL.avif])
      expect(withRights(SMALL[copy], bytes)).toBe(SMALL[copy]);
  });
});

it.each<[string, Buffer, readonly (keyof typeof RIGHTS)[]]>([
  ["a JPEG's EXIF", jpegWith(segment(0xe1, EXIF)), ["creator", "copyright", "caption"]],
  [
    "a JPEG's IPTC",
    jpegWith(segment(0xed, photoshop())),
    ["creator", "copyright", "caption", "credit", "headline"],
  ],
  ["a PNG's EXIF", pngWith(pngChunk("eXIf", cameraExif())), ["creator", "copyright", "caption"]],
  [
    "a PNG's texts",
    pngWith(pngChunk("tEXt", Buffer.from(`Copyright\0${RIGHTS.copyright}`, "latin1"))),
    ["copyright"],
  ],
  ["a WebP's EXIF", webpWith(0x08, ["EXIF", cameraExif()]), ["creator", "copyright", "caption"]],
  ["a WebP's EXIF as a JPEG has it", webpWith(0x08, ["EXIF", EXIF]), ["creator", "copyright", "caption"]],
])("the rights in %s are said in XMP", (_name, original, fields) => {
  const text = textOf(withRights(SMALL.webp, original));
  for (const field of fields) expect(text).toContain(RIGHTS[field]);
  expect(text).toContain("<dc:rights><rdf:Alt><rdf:li");
});

it("what XML can't write is left out of it", () => {
  const original = jpegWith(
    segment(
      0xed,
      Buffer.from(photoshop().toString("latin1").replace("Mara Quill", "M<r& \x01uill"), "latin1"),
    ),
  );
  expect(textOf(withRights(SMALL.png, original))).toContain("<rdf:li>M&lt;r&amp; uill</rdf:li>");
});

it("a WebP with holes keeps them", () => {
  const holed = Buffer.from(SMALL.webpLossless);
  // Bit 28 behind the signature of VP8L.
  holed[24] = (holed[24] ?? 0) | 0x10;
  const flags = (bytes: Uint8Array) => bytes[20];
  expect(flags(withRights(holed, PHOTOGRAPHS.jpeg))).toBe(0x14);
  expect(flags(withRights(SMALL.webpLossless, PHOTOGRAPHS.jpeg))).toBe(0x04);
});
