// Articles made up by fast-check, of every kind that a newsroom could publish, with names and texts that are hard to tell
// apart once they stand in one line.

import fc from "fast-check";
import { ROLES } from "../../../src/article/byline.ts";
import type { PipelineInput } from "../../pipeline.ts";

const NAMES = [
  "Ana Núñez",
  "Al",
  "Alan Berg",
  "Mary-Ann O’Hara",
  "Team Data & Maps",
  "ليلى حداد",
  "김민지",
  "Jean de la Tour",
];
const PIECES = [
  ...[
    "The harbour opened again",
    "rain",
    "1,500",
    "<b>not bold</b>",
    "AT&T",
    "]]>",
    "&amp;",
    "“quoted”",
    "—",
    "x < y",
  ],
  ...["Updated", "Correction, 1 May 2024:", "مرحبا", "e\u0301", "…", "Smith:", "reporting by"],
];
const FACTS = { type: "image/png", width: 1600, height: 900, length: 48213 } as const;
const MEDIA = ["a", "b", "c"].map((letter) => ({ sha256: letter.repeat(64), ...FACTS }));

const words = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(" "));
const instant = fc
  .date({ min: new Date("2001-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const source = (index: number) => `/media/${MEDIA[index]?.sha256}.png`;

const block = fc.oneof(
  words.map((text) => `<p>${escaped(text)}</p>`),
  words.map((text) => `<h2>${escaped(text)}</h2>`),
  words.map((text) => `<ul><li>${escaped(text)}</li></ul>`),
  words.map((text) => `<pre>\n\n  ${escaped(text)}</pre>`),
  words.map((text) => `<blockquote><p>${escaped(text)}</p></blockquote>`),
  fc.constantFrom(0, 1, 2).map((index) => `<p><img src="${source(index)}" alt="Shown"></p>`),
  fc.constant(
    '<p>A <a href="../other/">link</a> and <img src="https://pictures.example/p.png" alt="Theirs">.</p>',
  ),
);

const bylines = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom(...NAMES),
      role: fc.constantFrom(...ROLES),
      affiliation: words,
      url: fc.constant("https://people.example/one?a=1&b=2"),
      avatar: fc.constant("https://people.example/one.png"),
      email: fc.constant("one@people.example"),
      bio: words,
    },
    { requiredKeys: ["name"] },
  ),
  { maxLength: 4, selector: ({ name }) => name },
);

const article = fc.record(
  {
    headline: words,
    shortHeadline: words,
    dek: words,
    section: fc.constant("asia-pacific"),
    tags: fc.uniqueArray(words, { maxLength: 3 }),
    language: fc.constantFrom("en", "en-US", "de", "fr-CA", "es", "ar", "ko", "pt-BR"),
    bylines,
    dateline: words,
    published: fc.constant("2000-10-24T11:30:00Z"),
    updated: instant,
    images: fc.subarray([0, 1, 2]).chain((indices) =>
      fc.tuple(
        ...indices.map((index) =>
          fc.record(
            {
              src: fc.constant(source(index)),
              alt: words,
              caption: words,
              credit: fc.oneof(
                words,
                fc.record({ name: words, role: fc.constantFrom("Photographer", "agency") }),
              ),
              copyright: words,
            },
            { requiredKeys: ["src"] },
          ),
        ),
      ),
    ),
    body: fc
      .uniqueArray(block, { minLength: 1, maxLength: 6 })
      .map((blocks) => ({ html: blocks.join("\n") })),
    corrections: fc.array(
      fc.record({
        at: instant,
        kind: fc.constantFrom("correction", "clarification", "update"),
        text: words,
      }),
      { maxLength: 3 },
    ),
    rights: fc.record(
      { copyright: words, terms: words, license: fc.constant("https://licences.example/by?v=4&x=1") },
      { requiredKeys: [] },
    ),
    sponsored: fc.boolean(),
    url: fc.constant("https://www.example.com/news/story?a=1&b=2"),
  },
  { requiredKeys: ["headline", "published", "body"] },
);

/** Any article, ready to be published. */
export const anyWalk: fc.Arbitrary<PipelineInput> = article.map((article) => ({ article, media: MEDIA }));
