// Where the words of a source's article ended up: a word has as many owners as fields and notes hold it.

import { parseBody } from "../../../src/html/parse.ts";
import { wordsIn } from "../../../src/html/tree.ts";
import type { ImportedArticle } from "../../../src/import/importer.ts";
import type { Story } from "./stories.ts";

/** Words of four letters or more, and numbers, in small letters. */
export const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/\p{L}[\p{L}\p{M}]{3,}|\d{4,}/gu) ?? [];

/** The places that hold words, each once: `text` without captions, which are the pictures'. */
export function placesOf(article: ImportedArticle): ReadonlyMap<string, string> {
  const { bylines = [], images = [], body, corrections = [] } = article;
  const html = body.kind === "html" ? parseBody(body.html) : undefined;
  const text = html
    ? wordsIn(html, (e) => e.tagName === "figcaption")
    : (body.kind === "text" ? body.paragraphs : []).join("\n");
  const places: [string, string | undefined][] = [
    ["headline", article.headline],
    ["dek", article.dek],
    ["dateline", article.dateline],
    // A byline is one place, with what it says of where they work; a bio is another.
    ["bylines", bylines.map(({ name, affiliation = "" }) => `${name} ${affiliation}`).join("; ")],
    ["bio", bylines.map(({ bio = "" }) => bio).join(" ")],
    ["caption", images.map(({ caption = "" }) => caption).join(" ")],
    ["alt", images.map(({ alt = "" }) => alt).join(" ")],
    ["credit", images.map(({ credit = "", copyright = "" }) => `${credit} ${copyright}`).join(" ")],
    ["text", text],
    ["corrections", corrections.map((one) => one.text).join(" ")],
    ["tags", [...(article.sections ?? []), ...(article.tags ?? [])].join(" ")],
    ["notes", (article.notes ?? []).join(" ")],
  ];
  return new Map(places.flatMap(([name, words]) => (words ? [[name, words] as const] : [])));
}

/** For each word of `lines` that stands in one line alone: the places that hold it. */
function ownersOf(
  article: ImportedArticle,
  lines: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const inLines = new Map<string, number>();
  for (const line of lines)
    for (const word of new Set(wordsOf(line))) inLines.set(word, (inLines.get(word) ?? 0) + 1);
  const places = Array.from(placesOf(article), ([name, words]) => [name, new Set(wordsOf(words))] as const);
  return new Map(
    [...inLines]
      .filter(([, count]) => count === 1)
      .map(([word]) => [word, places.filter(([, words]) => words.has(word)).map(([name]) => name)] as const),
  );
}

// What a line says of its own kind, and how a day is written.
const MARKS = new Set(
  wordsOf(
    "march märz mars marzo updated aktualisiert jour actualizado 2026 photo foto " +
      "reported from mitarbeit avec contribution información zenith",
  ),
);

/** The words of a story's article that have no owner, or several; with their owners. */
export function straysOf(
  article: ImportedArticle,
  { language: _language, related, relatedTitle, day: _day, updated: _updated, names: _names, ...own }: Story,
): readonly (readonly [string, readonly string[]])[] {
  const lines = Object.values(own).flat();
  // Those of other articles may be in a note, or nowhere.
  const others = new Set([...related, relatedTitle].flatMap(wordsOf));
  return [...ownersOf(article, [...lines, ...related, relatedTitle])].filter(
    ([word, owners]) => owners.length > 1 || (owners.length === 0 && !others.has(word) && !MARKS.has(word)),
  );
}
