// Flipboard: how much text, how large a picture, and which date a change changes.

import { expect, it } from "vitest";
import { html, text } from "../../src/lib/text.ts";
import { flipboard } from "../../src/partners/profiles/flipboard.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { accepted, findingsOf, pictureProblem, words } from "./accepted.ts";
import { documentOf, noticeOf } from "./items.ts";

const CUT = html(words(100));
const EXCERPT = html('<p class="wr-dek">Dek.</p>');
const summaryOf = (length: number) => ({ article: { summary: text("s".repeat(length)) } });

it.each([
  ["the full text", accepted(summaryOf(10)), []],
  ["a part of it and 300 characters", accepted({ ...summaryOf(300), body: CUT }), []],
  ["an excerpt and 300 characters", accepted({ ...summaryOf(300), body: EXCERPT }), []],
  [
    "no text at all, whatever is said of it",
    accepted({ article: { ...summaryOf(300).article, body: html("") }, body: EXCERPT }),
    ["body has no text, and Flipboard takes no article without text"],
  ],
  [
    "a part of it and 299 characters",
    accepted({ ...summaryOf(299), body: CUT }),
    [
      "body is cut and the summary has 299 characters, and Flipboard wants the full text or a summary of at least 300 characters",
    ],
  ],
])("takes or refuses %s", (_, item, refusals) => {
  expect(findingsOf(flipboard, item)).toEqual(refusals);
});

it.each([
  [{ width: 400, height: 400 }, ""],
  [{ width: 399, height: 400 }, "is 399 pixels wide; it must be at least 400"],
  [{ width: 400, height: 399 }, "is 399 pixels high; it must be at least 400"],
])("a picture of %j", (changes, problem) => {
  expect(pictureProblem(flipboard, changes)).toBe(problem);
  expect(flipboard.pictures).toMatchObject({ minWidth: 400, minHeight: 400 });
});

it("advises a picture, and does without", () => {
  const item = accepted({ article: { images: [] } });
  expect(findingsOf(flipboard, item)).toEqual([]);
  expect(findingsOf(flipboard, item, "advice")).toEqual([
    "images is empty, and Flipboard wants a picture of at least 400 px a side",
  ]);
});

it("says when an article was corrected or withdrawn, and never moves its first date", () => {
  const { published } = accepted().article;
  const dates = [
    documentOf(flipboard, [accepted({ modified: published })]),
    documentOf(flipboard, [accepted()]),
    documentOf(flipboard, [], { notices: [noticeOf("full", "2024-11-02T03:04:05Z")] }),
  ].map((document) =>
    ["pubDate", "atom:updated"].map((name) => textsAt(elementsOf(document), `rss/channel/item/${name}`)[0]),
  );
  expect(dates).toEqual([
    ["Thu, 24 Oct 2024 11:30:00 GMT", undefined],
    ["Thu, 24 Oct 2024 11:30:00 GMT", "2024-10-25T08:30:00Z"],
    ["Thu, 24 Oct 2024 11:30:00 GMT", "2024-11-02T03:04:05Z"],
  ]);
});
