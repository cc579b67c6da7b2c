// NewsBreak: full English texts with pictures, bylines and credits, under the permalink.

import { expect, it } from "vitest";
import { html } from "../../src/lib/text.ts";
import { newsbreak } from "../../src/partners/profiles/newsbreak.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { accepted, findingsOf, withLead, words } from "./accepted.ts";
import { documentOf, noticeOf } from "./items.ts";

const { bylines } = accepted().article;

it.each([
  ["one word less than all", accepted({ body: html(words(149)) }), /^body is cut/],
  ["no byline", accepted({ article: { bylines: [] } }), /^bylines names no author/],
  [
    "an editor's name alone",
    accepted({ article: { bylines: bylines.filter(({ role }) => role === "editor") } }),
    /^bylines names no author/,
  ],
  ["German", accepted({ article: { language: "de" } }), /^language is de/],
  ["Enga, whose tag starts like English's", accepted({ article: { language: "enq" } }), /^language is enq/],
])("refuses %s", (_, item, finding) => {
  expect(findingsOf(newsbreak, item)).toEqual([expect.stringMatching(finding)]);
});

it.each([
  ["all words", accepted({ body: html(words(150)) })],
  ["one reporter", accepted({ article: { bylines: bylines.slice(0, 1) } })],
  ["British English", accepted({ article: { language: "en-GB" } })],
])("takes %s", (_, item) => expect(findingsOf(newsbreak, item)).toEqual([]));

it("advises a credit or a copyright for each picture", () => {
  const advice = (item: ReturnType<typeof accepted>) => findingsOf(newsbreak, item, "advice");
  expect(advice(withLead({ credit: undefined }))).toEqual([]);
  expect(advice(withLead({ copyright: undefined }))).toEqual([]);
  expect(advice(withLead({ credit: undefined, copyright: undefined }))).toEqual([
    "images[0].credit is missing, and NewsBreak wants every picture credited",
  ]);
});

it("keeps its guid, which is no page that others may have too, when an article is corrected or withdrawn, and moves no date but atom:updated", () => {
  const { published, id } = accepted().article;
  const read = [
    documentOf(newsbreak, [accepted({ modified: published })]),
    documentOf(newsbreak, [accepted()]),
    documentOf(newsbreak, [], { notices: [noticeOf("full", "2024-11-02T03:04:05Z")] }),
  ].map((document) =>
    ["guid", "pubDate", "atom:updated"].map(
      (name) => textsAt(elementsOf(document), `rss/channel/item/${name}`)[0],
    ),
  );
  expect(read).toEqual([
    [id, "Thu, 24 Oct 2024 11:30:00 GMT", undefined],
    [id, "Thu, 24 Oct 2024 11:30:00 GMT", "2024-10-25T08:30:00Z"],
    [id, "Thu, 24 Oct 2024 11:30:00 GMT", "2024-11-02T03:04:05Z"],
  ]);
});
