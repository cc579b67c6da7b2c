// What the bytes of an image say: pictures of 3 by 2 pixels in each type that is served, and what is none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { probeImage } from "../../src/lib/image-file.ts";
import { stripPicture } from "../../src/lib/strip/strip.ts";
import { SMALL } from "../photograph.ts";
import { SHOWN_SIZES } from "../shown-sizes.ts";

const bytesOf = (name: keyof typeof SMALL): Uint8Array => Uint8Array.from(SMALL[name]);
const ascii = (value: string): Uint8Array => new TextEncoder().encode(value);

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

  it.each(SHOWN_SIZES)("as it is shown: $name", ({ type, bytes, width, height }) => {
    const facts = { type, width, height };
    expect(probeImage(bytes)).toEqual({ ...facts, length: bytes.byteLength });
    // What is stripped is shown as before.
    expect(probeImage(stripPicture(bytes)?.bytes ?? new Uint8Array())).toMatchObject(facts);
  });
});

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
