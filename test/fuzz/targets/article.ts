// Articles sent to the API: refused with the path of each problem, or stored and rendered into documents that strict parsers
// accept.

import fc from "fast-check";
import { asInput } from "../../../src/article/as-input.ts";
import { FORMATS } from "../../../src/formats/format.ts";
import { CASES, startOf } from "../../fixtures/cases.ts";
import { elementsOf } from "../../formats/strict.ts";
import { documentOf, runPipeline, store } from "../../pipeline.ts";
import { anyText } from "../bits.ts";
import { anyHtml } from "../html.ts";
import { editedJson, strange } from "../json.ts";
import { must, type Outcome, target } from "../target.ts";

const maybe = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 150, arbitrary }, { weight: 1, arbitrary: strange });
const text = maybe(anyText.map((value) => `a${value}`.slice(0, 90)));
const url = maybe(
  fc.oneof(
    fc.constantFrom(
      "https://example.org/a.png",
      "https://münchen.example/?a=1&b=2",
      "https://news.example.com/x",
    ),
    anyText.map((value) => `https://example.org/${value}`.slice(0, 1900)),
  ),
);
const instant = maybe(fc.constantFrom("2024-10-24T11:30:00Z", "2024-10-24T20:30:00+09:00"));
const body = fc.record({ html: maybe(anyHtml) });
const optional = { requiredKeys: [] };

const written = fc.record(
  {
    headline: text,
    published: instant,
    body: maybe(body),
    shortHeadline: text,
    dek: text,
    section: maybe(fc.constant("asia-pacific")),
    tags: maybe(fc.array(text, { maxLength: 4 })),
    language: maybe(fc.constantFrom("en", "ar", "pt-BR", "zh-Hant", "x-private", "de-DE-u-co-phonebk")),
    bylines: maybe(
      fc.array(
        fc.oneof(
          text,
          fc.constant({ person: "david-choi" }),
          fc.record(
            {
              ...{ name: text, url, affiliation: text, bio: text, avatar: url },
              role: fc.constantFrom("author", "reporter", "editor", "photographer"),
              email: maybe(fc.constant("a@example.org")),
            },
            { requiredKeys: ["name"] },
          ),
        ),
        { maxLength: 3 },
      ),
    ),
    dateline: text,
    updated: instant,
    images: maybe(
      fc.array(
        fc.record(
          { src: url, alt: text, caption: text, credit: text, copyright: text },
          { requiredKeys: ["src"] },
        ),
        { maxLength: 3 },
      ),
    ),
    corrections: maybe(
      fc.array(fc.record({ at: instant, kind: fc.constantFrom("correction", "update"), text }), {
        maxLength: 2,
      }),
    ),
    rights: maybe(fc.record({ copyright: text, license: url, terms: text }, optional)),
    url,
    sponsored: maybe(fc.boolean()),
    syndicate: maybe(fc.boolean()),
  },
  { requiredKeys: ["headline", "published", "body"] },
);

const FIXTURES = CASES.map((name) => startOf(name).article);

/** Bodies of PUT /api/articles/{slug}. */
export const article = target<unknown>({
  name: "API: articles",
  inputs: 16_000,
  arbitrary: fc.oneof(
    { weight: 3, arbitrary: written },
    { weight: 2, arbitrary: editedJson(FIXTURES, fc.oneof(strange, anyHtml)) },
    { weight: 1, arbitrary: editedJson(FIXTURES) },
  ),
  check,
});

async function check(input: unknown): Promise<Outcome> {
  const stored = await store({ article: input });
  if (!stored.ok) {
    must(stored.problems.length > 0, () => "refused without a problem");
    const isWhole = typeof input !== "object" || input === null || Array.isArray(input);
    for (const { path, message } of stored.problems)
      must(
        (path !== "" || isWhole) && message !== "" && message !== "Invalid input",
        () => `${path}: ${message}`,
      );
    return "refused";
  }
  const { id: _, ...sent } = asInput(stored.value);
  const again = await store({ article: sent });
  must(JSON.stringify(again) === JSON.stringify(stored), () => `stored again: ${JSON.stringify(again)}`);
  const walked = await runPipeline({ article: input });
  for (const format of FORMATS) {
    const document = documentOf(format, [walked]);
    if (format === "json") JSON.parse(document);
    else elementsOf(document);
  }
  return "taken";
}
