// What a picture's file says of itself, in each type: for the form that an editor fills in.

import { describe, expect, it } from "vitest";
import { saidIn } from "../../src/lib/strip/rights.ts";
import { stripPicture } from "../../src/lib/strip/strip.ts";
import { cameraExif, jpegWith, PHOTOGRAPHS, photoshop, RIGHTS, SMALL, segment } from "../photograph.ts";

const said = (bytes: Uint8Array) => {
  const stripped = stripPicture(bytes);
  if (!stripped) throw new Error("it is a picture");
  return saidIn(stripped.bytes);
};
const xmpSegment = (inner: string) =>
  segment(
    0xe1,
    Buffer.from(
      `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`,
    ),
  );

describe.each(Object.keys(PHOTOGRAPHS) as (keyof typeof PHOTOGRAPHS)[])("a %s", (type) => {
  it("says who made it, whose it is and what it shows", () => {
    expect(said(PHOTOGRAPHS[type])).toMatchObject(RIGHTS);
  });

  it("that says nothing gives nothing", () => {
    expect(Object.values(said(SMALL[type])).filter((one) => one !== undefined)).toEqual([]);
  });
});

it("reads IPTC alone, and EXIF alone", () => {
  expect(said(jpegWith(segment(0xed, photoshop())))).toMatchObject(RIGHTS);
  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()]));
  const { creator, copyright, caption } = RIGHTS;
  expect(said(jpegWith(exif))).toMatchObject({ creator, copyright, caption });
});

it("takes the default language, every creator, and XMP before older fields", () => {
  const bytes = jpegWith(
    segment(0xed, photoshop()),
    xmpSegment(
      `<dc:description><rdf:Alt><rdf:li xml:lang="de">Die Fähre</rdf:li><rdf:li xml:lang="x-default">The
        ferry &amp; its crew</rdf:li></rdf:Alt></dc:description>
       <dc:creator><rdf:Seq><rdf:li>Mara Quill</rdf:li><rdf:li>Ito Ren</rdf:li></rdf:Seq></dc:creator>
       <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="en">A white ferry</rdf:li></rdf:Alt></core:AltTextAccessibility>
       <ext:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</ext:DigitalSourceType>`,
    ),
  );
  expect(said(bytes)).toMatchObject({
    caption: "The ferry & its crew",
    creator: "Mara Quill, Ito Ren",
    alt: "A white ferry",
    credit: RIGHTS.credit,
    sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
  });
});

it("an address may be a reference, and an empty value is none", () => {
  const source = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
  const bytes = jpegWith(
    xmpSegment(`<ext:DigitalSourceType rdf:resource="${source}"/><dc:rights><rdf:Alt/></dc:rights>`),
  );
  expect(said(bytes)).toMatchObject({ sourceType: source, copyright: undefined });
});
