// What a picture's file says becomes fields of a form; what is missing keeps a story from being published.

import { describe, expect, it } from "vitest";
import {
  altProblems,
  fieldsFrom,
  filledIn,
  picturesIn,
  toldByFile,
  toldOfSource,
} from "../../src/desk/pictures/picture.ts";

describe("the fields by what a file says", () => {
  it.each([
    [{ creator: "Mara Quill" }, { credit: "Mara Quill" }],
    [{ credit: "Quill Pictures" }, { credit: "Quill Pictures" }],
    [{ creator: "Mara Quill", credit: "Quill Pictures" }, { credit: "Mara Quill/Quill Pictures" }],
    [
      { creator: "Mara Quill", credit: "MARA QUILL / Quill Pictures" },
      { credit: "MARA QUILL / Quill Pictures" },
    ],
    [{ headline: "Night ferry" }, { caption: "Night ferry" }],
    [{ headline: "Night ferry", caption: "It leaves." }, { caption: "It leaves." }],
    [
      { alt: "A ferry", copyright: "© Quill" },
      { alt: "A ferry", copyright: "© Quill" },
    ],
    [{ caption: "  " }, {}],
    [{ copyright: "x".repeat(400) }, { copyright: "x".repeat(300) }],
  ])("%j", (said, fields) => {
    expect(fieldsFrom(said)).toEqual(fields);
  });

  it("fill in what is empty, and nothing else", () => {
    const fields = { alt: "A ferry", caption: "It leaves.", credit: "Mara Quill", copyright: "© Quill" };
    expect(filledIn({ src: "/a" }, fields)).toEqual({
      picture: { src: "/a", ...fields },
      filled: ["alt", "caption", "credit", "copyright"],
    });
    const typed = { src: "/a", alt: "", caption: "Typed", credit: { name: "Ito Ren", role: "Drawing" } };
    expect(filledIn(typed, fields)).toEqual({
      picture: { ...typed, copyright: "© Quill" },
      filled: ["copyright"],
    });
  });
});

it("what a file tells beside the picture is said: removed, or kept by the site", () => {
  expect(toldByFile(["position", "device", "other"], false)).toBe(
    "Its file said: where it was taken and with which camera. That was removed, and is not kept.",
  );
  expect(toldByFile(["position"], true)).toContain("Readers get that too");
  expect(toldByFile(["other"], false)).toBeUndefined();
});

it.each([
  ["http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "by a generative model"],
  ["compositeWithTrainedAlgorithmicMedia", "in part by a generative model"],
  ["http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", undefined],
  ["constructor", undefined],
  [undefined, undefined],
])("how it came about is said where readers should know: %s", (source, words) => {
  const told = toldOfSource(source);
  if (words === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(words);
});

it("a picture of which nobody said what it shows is a problem; a decorative one is none", () => {
  const images = [
    { src: "/a" },
    { src: "/b", alt: "" },
    { src: "/c", alt: "A ferry" },
    null,
    "x",
    { src: 7 },
  ];
  expect(altProblems({ images }).map(({ path }) => path)).toEqual(["images[0].alt"]);
  expect(altProblems({ images: "none" })).toEqual([]);
  expect(picturesIn(images).map(({ src }) => src)).toEqual(["/a", "/b", "/c"]);
  expect(picturesIn({ length: 3 })).toEqual([]);
});
