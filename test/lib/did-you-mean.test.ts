// The name that was meant: near ones, parts of longer ones, and none where a guess would mislead.

import { expect, it } from "vitest";
import { didYouMean } from "../../src/lib/did-you-mean.ts";

it.each([
  ["wrld", ["town", "world"], "world"],
  ["wrold", ["town", "world"], "world"],
  ["abuot", ["about", "world"], "about"],
  ["Lead.JPG", ["lead.png", "lead.jpg"], "lead.jpg"],
  ["ad", ["ada"], "ada"],
  ["ada", ["ada-quill", "theo"], "ada-quill"],
  ["ada-quill-jr", ["ada-quill"], "ada-quill"],
  ["headlin", ["deadline", "headline"], "headline"],
])("%s of %j is %s", (wrong, names, meant) => {
  expect(didYouMean(wrong, names)).toBe(`; did you mean "${meant}"?`);
});

it.each([
  ["nobody", ["ada", "theo"]],
  ["quill", ["ada-quill", "theo-quill"]],
  ["world", ["town"]],
  ["", []],
])("%s of %j is nothing", (wrong, names) => {
  expect(didYouMean(wrong, names)).toBe("");
});
