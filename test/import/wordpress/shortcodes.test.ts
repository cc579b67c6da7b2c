import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseShortcodes } from "../../../src/import/wordpress/shortcodes.ts";
import { expectProportional } from "../../growth.ts";

const NAMES = new Set(["caption", "gallery"]);
const parse = (source: string) => parseShortcodes(source, NAMES);

const crumbs = fc.constantFrom(
  ...[
    "[caption]",
    "[/caption]",
    "[gallery ids='1']",
    "[[gallery]]",
    "[[",
    "]]",
    "[",
    "]",
    "/",
    '"',
    "'",
    "=",
    "<!--",
    "-->",
    "<b",
    ">",
    "x",
  ],
);
const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(crumbs).map((parts) => parts.join("")),
);

describe("shortcodes", () => {
  it("have attributes in every way of quoting, and content", () => {
    const { pieces } = parse(
      `a [caption id="x y" WIDTH='3' align=left solo "two words"]in <img alt="[gallery]">[/caption] b`,
    );
    expect(pieces).toEqual([
      "a ",
      {
        name: "caption",
        attributes: new Map([
          ["id", "x y"],
          ["width", "3"],
          ["align", "left"],
          ["0", "solo"],
          ["1", "two words"],
        ]),
        content: 'in <img alt="[gallery]">',
        source: expect.stringMatching(/^\[caption id.*\[\/caption\]$/),
      },
      " b",
    ]);
  });

  it.each([
    ["[[gallery]]", ["[gallery]"]],
    ["[[caption]x[/caption]]", ["[caption]x[/caption]"]],
    ["[gallery", ["[gallery"]],
    ["<a title='[gallery]'>", ["<a title='[gallery]'>"]],
    ["<!-- [gallery] -->", ["<!-- [gallery] -->"]],
    ["[Gallery] [galleries]", ["[Gallery] [galleries]"]],
  ])("are none in %s", (source, pieces) => {
    expect(parse(source).pieces.join("")).toEqual(pieces.join(""));
    expect(parse(source).pieces.every((piece) => typeof piece === "string")).toBe(true);
  });

  it("take no end tag that belongs to a later one", () => {
    const sources = parse("[caption a=1] x [caption]y[/caption]").pieces.map((p) =>
      typeof p === "string" ? p : p.source,
    );
    expect(sources).toEqual(["[caption a=1]", " x ", "[caption]y[/caption]"]);
  });

  it("of other names are counted where they look like one", () => {
    expect(parse("[sic] [poll id=1] [poll id=2] [contact-form] [b]x[/b] [1] [Ed. says]").unknown).toEqual(
      new Map([
        ["poll", 2],
        ["contact-form", 1],
        ["b", 1],
      ]),
    );
  });

  it("leave the text between them as it stands", () => {
    fc.assert(
      fc.property(texts, (source) => {
        const { pieces } = parse(source);
        let from = 0;
        let escapes = 0;
        for (const piece of pieces) {
          const written = typeof piece === "string" ? piece : piece.source;
          const at = source.indexOf(written, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(source.slice(from, at)).toMatch(/^[[\]]*$/);
          escapes += at - from;
          from = at + written.length;
        }
        if (!source.includes("[[")) expect(escapes + source.length - from).toBe(0);
      }),
    );
  });

  it.each([
    "[a ",
    "[gallery ",
    "[gallery a='\" ",
    "[caption]",
    "[[caption]",
    "[/caption]",
    "<a",
    "<!--",
    "[a-b x=",
  ])("take time in proportion to the text: %s", (crumb) => {
    expectProportional((count) => parse(crumb.repeat(count)), 80_000);
  });
});
