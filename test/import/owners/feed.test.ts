// Every word of an item of a feed has one owner: a field or a note.

import fc from "fast-check";
import { expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";
import { feedOf, layouts, shownIn } from "./feeds.ts";
import { straysOf, wordsOf } from "./owners.ts";

it("every word of an item is in one field, or in a note", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const [article] = readFeed({ name: "feed", content: feedOf(layout) }).articles;
      if (!article) throw new Error("no article");
      const shown = new Set(wordsOf(shownIn(layout)));
      expect(straysOf(article, layout.story).filter(([word]) => shown.has(word))).toEqual([]);
    }),
    { numRuns: 200, seed: 12 },
  );
});
