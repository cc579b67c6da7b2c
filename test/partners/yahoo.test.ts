// Yahoo: 150 words, a picture of 1280 by 720 pixels within 5 MB, and a date that never changes.

import { expect, it } from "vitest";
import { html } from "../../src/lib/text.ts";
import { yahoo } from "../../src/partners/profiles/yahoo.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { accepted, findingsOf, pictureProblem, words } from "./accepted.ts";
import { documentOf, noticeOf } from "./items.ts";

it.each([
  ["150 words", words(150), []],
  ["149 words", words(149), ["body has 149 words, and Yahoo wants at least 150"]],
  [
    "149 words of text beside captions, credits, signs and references",
    `<p class="wr-dek">A dek.</p><figure class="wr-figure"><img src="x" alt="a > b"><figcaption>A caption.</figcaption></figure>${words(149)} – &#x26; <p class="wr-bio">Ana writes.</p><aside class="wr-corrections"><p>It was wrong.</p></aside>`,
    ["body has 149 words, and Yahoo wants at least 150"],
  ],
  ["a word in quotes and with signs in it", `${words(149)}<p>“don&#x27;t-know,”</p>`, []],
])("counts %s", (_, body, refusals) => {
  expect(findingsOf(yahoo, accepted({ body: html(body) }))).toEqual(refusals);
});

it.each([
  [{ width: 1280, height: 720 }, ""],
  [{ width: 1279, height: 720 }, "is 1,279 pixels wide; it must be at least 1,280"],
  [{ width: 1280, height: 719 }, "is 719 pixels high; it must be at least 720"],
  [{ length: 5_000_000 }, ""],
  [{ length: 5_000_001 }, "has 5,000,001 bytes; it must have at most 5,000,000"],
  [{ width: undefined }, "must be uploaded, or come with its width: the partner has rules for that"],
])("a picture of %j", (changes, problem) => {
  expect(pictureProblem(yahoo, changes).replace(/; only a picture.*/, "")).toBe(problem);
  const rules = { required: true, minWidth: 1280, minHeight: 720, maxBytes: 5_000_000 };
  expect(yahoo.pictures).toMatchObject(rules);
});

it("shows a correction and a withdrawal in atom:updated, and never moves the first date", () => {
  const { published } = accepted().article;
  const dates = [
    documentOf(yahoo, [accepted({ modified: published })]),
    documentOf(yahoo, [accepted()]),
    documentOf(yahoo, [], { notices: [noticeOf("full", "2024-11-02T03:04:05Z")] }),
  ].map((document) =>
    ["pubDate", "atom:updated"].map((name) => textsAt(elementsOf(document), `rss/channel/item/${name}`)[0]),
  );
  expect(dates).toEqual([
    ["Thu, 24 Oct 2024 11:30:00 GMT", undefined],
    ["Thu, 24 Oct 2024 11:30:00 GMT", "2024-10-25T08:30:00Z"],
    ["Thu, 24 Oct 2024 11:30:00 GMT", "2024-11-02T03:04:05Z"],
  ]);
});
