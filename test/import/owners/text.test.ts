// Every word of an article in a page saved as text has one owner: a field or a note.

import fc from "fast-check";
import { expect, it } from "vitest";
import { readText } from "../../../src/import/text/saved-text.ts";
import { straysOf, wordsOf } from "./owners.ts";
import { layouts, textOf } from "./texts.ts";

it("every word of an article is in one field, or in a note", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const content = textOf(layout);
      const [article] = readText({ name: "page.txt", content }).articles;
      if (!article) throw new Error("no article");
      const shown = new Set(wordsOf(content));
      expect(straysOf(article, layout.story).filter(([word]) => shown.has(word))).toEqual([]);
    }),
    { numRuns: 100, seed: 12 },
  );
});
