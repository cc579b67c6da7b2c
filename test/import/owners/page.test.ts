// Every word of a saved page's article has one owner: a field or a note. The pages are generated: each part of an article in any
// of the places and the markup that newspapers give it, in four languages.

import fc from "fast-check";
import { expect, it } from "vitest";
import { readPage } from "../../../src/import/page/saved-page.ts";
import { placesOf, straysOf } from "./owners.ts";
import { layouts, pageOf, shownIn } from "./pages.ts";

it("every word of an article is in one field, or in a note", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const html = pageOf(layout);
      const [article] = readPage({ name: "page.html", content: html }).articles;
      if (!article) throw new Error("no article");
      const shown = shownIn(html);
      expect(straysOf(article, layout.story).filter(([word]) => shown.has(word))).toEqual([]);
      const places = placesOf(article);
      for (const title of layout.story.related)
        expect(["headline", "dek", "bylines"].filter((place) => places.get(place)?.includes(title))).toEqual(
          [],
        );
    }),
    { numRuns: 200, seed: 12 },
  );
});
