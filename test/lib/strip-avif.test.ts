// Of an AVIF only what draws its main picture stays: items and their properties, references and names.

import { expect, it } from "vitest";
import { probeImage } from "../../src/lib/image-file.ts";
import { stripPicture } from "../../src/lib/strip/strip.ts";
import { box } from "../photograph.ts";

interface Item {
  readonly type: string;
  readonly data: string;
  /** Numbers of properties, the first being 1. */
  readonly properties?: readonly number[];
  readonly name?: string;
}

const u16 = (...values: readonly number[]) =>
  Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
const u32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const full = (type: string, ...content: readonly Buffer[]) => box(type, Buffer.alloc(4), ...content);

const ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";
const DEPTH = "urn:mpeg:mpegB:cicp:systems:auxiliary:depth";
const SIZE = full("ispe", u32(1200), u32(800));
const CODING = box("av1C", Buffer.from([0x81, 0, 0x0c, 0]));
const auxiliary = (type: string) => full("auxC", Buffer.from(`${type}\0`));

/** An AVIF of these items, with ids from 1, of which the first is the main one; `loose` stands behind their data. */
function avifOf(
  items: readonly Item[],
  {
    properties = [SIZE, CODING],
    references = [],
    loose = "",
    handler = "",
  }: {
    readonly properties?: readonly Buffer[];
    readonly references?: readonly (readonly [type: string, from: number, ...to: readonly number[]])[];
    readonly loose?: string;
    readonly handler?: string;
  } = {},
): Buffer {
  const meta = (start: number) => {
    let at = start;
    const places = items.map(({ data }, index) => {
      const place = [u16(index + 1, 0, 1), u32(at), u32(data.length)];
      at += data.length;
      return Buffer.concat(place);
    });
    return full(
      "meta",
      full("hdlr", Buffer.alloc(4), Buffer.from("pict"), Buffer.alloc(12), Buffer.from(`${handler}\0`)),
      full("pitm", u16(1)),
      full("iloc", Buffer.from([0x44, 0]), u16(items.length), ...places),
      full(
        "iinf",
        u16(items.length),
        ...items.map(({ type, name = "" }, index) =>
          box("infe", u32(2 << 24), u16(index + 1, 0), Buffer.from(`${type}${name}\0`)),
        ),
      ),
      full(
        "iref",
        ...references.map(([type, from, ...to]) => box(type, u16(from), u16(to.length), u16(...to))),
      ),
      box(
        "iprp",
        box("ipco", ...properties),
        full(
          "ipma",
          u32(items.length),
          ...items.map(({ properties: own = [1, 2] }, index) =>
            Buffer.concat([u16(index + 1), Buffer.from([own.length, ...own])]),
          ),
        ),
      ),
    );
  };
  const type = box("ftyp", Buffer.from("avif\0\0\0\0avifmif1miaf"));
  const data = Buffer.from(items.map((item) => item.data).join("") + loose);
  return Buffer.concat([type, meta(type.length + meta(0).length + 8), box("mdat", data)]);
}

/** What is left of a picture, and what was taken out; the second time there must be nothing more. */
function stripped(bytes: Buffer) {
  const result = stripPicture(bytes);
  if (!result) throw new Error("it is a picture");
  expect(stripPicture(result.bytes)).toEqual({ bytes: result.bytes, removed: [] });
  expect(probeImage(result.bytes)).toEqual(probeImage(bytes));
  expect(result.bytes.length).toBe(bytes.length);
  return { removed: result.removed, text: Buffer.from(result.bytes).toString("latin1") };
}

const MAIN: Item = { type: "av01", data: "MAINPIXELS".repeat(20) };

it("keeps the properties that draw, and takes all others off their items", () => {
  const properties = [
    ...[SIZE, CODING],
    full("udes", Buffer.from("en\0Name\0GPS 48.137 home of the source\0tags\0")),
    full("crtt", Buffer.from("GPS time")),
    box("uuid", Buffer.from("0123456789abcdefGPS uuid")),
    full("pixi", Buffer.from([3, 8, 8, 8])),
  ];
  const bytes = avifOf([{ ...MAIN, properties: [1, 0x82, 3, 4, 5, 6] }], { properties });
  const { text, removed } = stripped(bytes);
  expect(removed).toEqual(["position"]);
  expect(text).not.toMatch(/GPS|udes|crtt|uuid|home/);
  expect(text).toContain("pixi");
  // Each item still has its properties in their places: none stands for one that went.
  expect(text).toContain("\x00\x01\x06\x01\x82\x00\x00\x00\x06");
});

it("drops a thumbnail, which may show what was cut away", () => {
  const bytes = avifOf([MAIN, { type: "av01", data: "UNCROPPEDFACE".repeat(9) }], {
    references: [["thmb", 2, 1]],
  });
  const { text, removed } = stripped(bytes);
  expect(removed).toEqual(["preview"]);
  expect(text).not.toContain("FACE");
  expect(text).toContain(MAIN.data);
});

it("keeps the tiles of a grid, their alpha and a map of tones, and drops depth and other pictures", () => {
  const properties = [SIZE, CODING, auxiliary(ALPHA), auxiliary(DEPTH)];
  const items: readonly Item[] = [
    { type: "grid", data: "GRID" },
    { type: "av01", data: "TILE-A" },
    { type: "av01", data: "TILE-B" },
    { type: "grid", data: "ALPHAGRID", properties: [1, 2, 3] },
    { type: "av01", data: "ALPHA-A" },
    { type: "av01", data: "DEPTH", properties: [1, 2, 4] },
    { type: "tmap", data: "TONES" },
    { type: "av01", data: "GAINS" },
    { type: "av01", data: "ANOTHER" },
  ];
  const { text, removed } = stripped(
    avifOf(items, {
      properties,
      references: [
        ["dimg", 1, 2, 3],
        ["dimg", 4, 5],
        ["auxl", 4, 1],
        ["auxl", 6, 1],
        ["dimg", 7, 1, 8],
      ],
    }),
  );
  for (const kept of ["GRID", "TILE-A", "TILE-B", "ALPHAGRID", "ALPHA-A", "TONES", "GAINS"])
    expect(text).toContain(kept);
  expect(text).not.toMatch(/DEPTH|ANOTHER/);
  expect(removed).toEqual(["other"]);
});

it("keeps what a picture shares with one that goes", () => {
  const bytes = avifOf([MAIN, { type: "av01", data: "THUMB" }], { references: [["thmb", 2, 1]] });
  // The thumbnail's place is now in the middle of the picture.
  const at = bytes.indexOf("MAINPIXELS");
  bytes.writeUInt32BE(at + 10, bytes.indexOf("iloc") + 4 + 4 + 4 + 14 + 6);
  const { text } = stripped(bytes);
  expect(text).toContain(MAIN.data);
  expect(text).not.toContain("THUMB");
});

it("drops names of items and handlers, but for those of programs, and what belongs to no item", () => {
  const { text, removed } = stripped(
    avifOf([{ ...MAIN, name: "at the source's.heic" }], { handler: "Ana's camera", loose: "left over" }),
  );
  expect(text).not.toMatch(/source|Ana|left/);
  expect(removed).toContain("other");
  const plain = avifOf([{ ...MAIN, name: "Color" }], { handler: "libavif" });
  expect(stripPicture(plain)?.removed).toEqual([]);
});

it("is no picture where its items have more places than there are", () => {
  const bytes = avifOf([MAIN]);
  // Numbers of no bytes: each place is the whole file.
  bytes.writeUInt16BE(0, bytes.indexOf("iloc") + 4 + 4);
  bytes.writeUInt16BE(65_535, bytes.indexOf("iloc") + 4 + 4 + 4 + 4);
  expect(stripPicture(bytes)).toBeUndefined();
});

it("is as large as its devices must draw it, where that is too much, whatever is cut away", () => {
  const sized = (side: number) => {
    const clap = box(
      "clap",
      ...[10, 1, 10, 1, (10 - side) / 2, 1, (10 - side) / 2, 1].map((n) => u32(n >>> 0)),
    );
    const properties = [full("ispe", u32(side), u32(side)), CODING, clap];
    return probeImage(avifOf([{ ...MAIN, properties: [1, 0x82, 3] }], { properties }));
  };
  expect(sized(1000)).toMatchObject({ width: 10, height: 10 });
  expect(sized(60_000)).toMatchObject({ width: 60_000, height: 60_000 });
});
