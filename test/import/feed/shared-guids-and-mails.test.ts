// Authors with mail addresses, as feeds write them; and two articles that have one guid.

import { expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (items: string) =>
  readFeed({
    name: "feed.xml",
    content: `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title>${items}</channel></rss>`,
  });

const MARTA = [{ name: "Marta Quill", email: "marta@h.example" }];

it.each([
  ["author", "marta@h.example (Marta Quill)", MARTA],
  ["author", "Marta Quill (marta@h.example)", MARTA],
  ["author", "Marta Quill &lt;marta@h.example&gt;", MARTA],
  ["author", "noreply@blogger.com (Marta Quill)", [{ name: "Marta Quill" }]],
  ["author", "noreply@blogger.com (Unknown)", undefined],
  ["author", "marta@h.example", undefined],
  ["dc:creator", "Marta Quill (marta@h.example)", MARTA],
  ["dc:creator", "marta@h.example (Marta Quill)", MARTA],
  ["dc:creator", '"Marta Quill" &lt;mailto:marta@h.example&gt;', MARTA],
  ["dc:creator", "noreply@blogger.com (Unknown)", undefined],
  ["dc:creator", "Unknown", undefined],
  ["dc:creator", "admin", undefined],
  ["dc:creator", "No Author", undefined],
  ["dc:creator", "Posted by Marta Quill", [{ name: "Marta Quill" }]],
])("%s %s", (element, written, bylines) => {
  const { articles } = read(
    `<item><title>Boats</title><${element}>${written}</${element}><description>Words</description></item>`,
  );
  expect(articles[0]?.bylines).toEqual(bylines);
});

it("two items of one guid are two articles where address and text differ, and one where either is the same", () => {
  const item = (title: string, link: string) =>
    `<item><title>${title}</title><link>https://h.example/${link}</link><guid isPermaLink="false">7</guid><description>${title} words</description></item>`;
  const { articles, problems } = read(
    item("Boats", "boats") +
      item("Nets", "nets") +
      item("Boats", "boats?again") +
      item("Boats, mended", "boats"),
  );
  expect(articles.map(({ headline, id, notes }) => ({ headline, id, notes }))).toEqual([
    { headline: "Boats", id: "7" },
    {
      headline: "Nets",
      id: "https://h.example/nets",
      notes: ["its id is another item's as well (7): its id is its address"],
    },
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    "has the same id as item 1: left out",
    "has the same id as item 1: left out",
  ]);
});
