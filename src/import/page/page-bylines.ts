// Who wrote a page's article: the line with names that it shows, and names without the publication's own.

import type { Element } from "hast";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import type { ImportedByline } from "../importer.ts";
import { bareName, bylinesIn, isAddress, isNobody } from "../text/author-field.ts";
import { personName } from "../text/person-name.ts";
import { readByline } from "../text/read-byline.ts";
import { SURE } from "../text/text-lines.ts";
import type { HeadlineArea } from "./headline-area.ts";
import { hasToken } from "./page-boilerplate.ts";
import type { Page } from "./page-tree.ts";

/** Each name once with each role, without the publication's own. A paper after a name is who they work for. */
export function withoutPublication(
  bylines: readonly ImportedByline[],
  publication: readonly string[],
): readonly ImportedByline[] {
  const seen = new Set(publication.map((name) => `${name.toLowerCase()} `));
  return bylines
    .map((byline) => withEmployer(byline, publication))
    .filter(({ name, role = "author" }) => {
      const key = `${name.toLowerCase()} ${role === "author" ? "" : role}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** `Marta Quill, Harbour Times`, where that is the page's publication, or a host. */
function withEmployer(byline: ImportedByline, publication: readonly string[]): ImportedByline {
  if (byline.affiliation !== undefined) return byline;
  for (const { index, 0: mark } of byline.name.matchAll(/\s*(?:[,|/–—-]|(?<=\p{Ll}{3})\.)\s+(?=\S)/gu)) {
    const name = personName(byline.name.slice(0, index));
    const rest = byline.name.slice(index + mark.length);
    const isPaper = publication.some((paper) => sameStart(paper, rest)) || isAddress(rest);
    if (name !== undefined && isPaper) return { ...byline, name, affiliation: rest };
  }
  return byline;
}

/** True where one is the other with more words. */
const sameStart = (a: string, b: string): boolean => {
  const [one, other] = [`${a.toLowerCase()} `, `${b.toLowerCase()} `];
  return one.startsWith(other) || other.startsWith(one);
};

/** The line with names that a page shows. */
export interface ShownByline {
  readonly bylines: readonly ImportedByline[];
  /** True for names of people, with a mark such as `By` or in a link to the author. */
  readonly sure: boolean;
}

const BYLINE = /^(?:byline|bylines|author|authors|authorname|vcard|writer|autor|auteur)$/;
const LONGEST_CHARACTERS = 200;

/** Names by the headline; of all other places only where they are marked as the author's. */
export function shownByline(page: Page, { all, before, after }: HeadlineArea): ShownByline {
  // Medium's export has them in its footer.
  const writers = page.elements.filter((e) => hasClass(e, "p-author") && wordsIn(e) !== "");
  if (writers.length > 0) return { bylines: writers.flatMap(linkedName), sure: true };
  const area = [...after, ...before];
  return (
    firstNamed(area, isByline) ??
    firstMarked(after) ??
    firstNamed(all, isByline) ??
    wholeField(area) ?? { bylines: [], sure: false }
  );
}

const isByline = (e: Element): boolean =>
  hasToken(e, BYLINE) || hasRel(e, "author") || /(?:^|\s)author(?:\s|$)/.test(attribute(e, "itemProp"));

function firstNamed(
  elements: readonly Element[],
  isWanted: (element: Element) => boolean,
): ShownByline | undefined {
  for (const element of elements) {
    if (!isWanted(element) || wordsIn(element).length > LONGEST_CHARACTERS) continue;
    const found = namesIn(element);
    if (found) return found;
  }
  return undefined;
}

/** A line that starts with "By", of any class. */
function firstMarked(elements: readonly Element[]): ShownByline | undefined {
  for (const element of elements.slice(0, MOST_ELEMENTS)) {
    const words = wordsIn(element);
    if (words.length > LONGEST_CHARACTERS || words === "") continue;
    const read = readByline(words);
    const names = read && read.confidence >= SURE ? named(read.value.bylines) : namesAfterMark(element);
    if (names.length > 0) return { bylines: names, sure: true };
  }
  return undefined;
}

const MOST_ELEMENTS = 150;

/** `By <a>A</a>, <a>B</a> on Monday`: the pieces after "By" that are names. */
function namesAfterMark(element: Element): readonly ImportedByline[] {
  const pieces = piecesOf(element);
  const at = pieces.findIndex((piece) => MARK.test(piece));
  if (at === -1) return [];
  const [first = "", ...others] = pieces.slice(at);
  const names: ImportedByline[] = [];
  for (const piece of [first.replace(MARK, ""), ...others]) {
    if (JOINT.test(piece)) continue;
    const name = personName(piece.replace(/^(?:,|&|and|und|et|y|e)\s+|\s*[,|]$/giu, ""));
    if (name === undefined) break;
    names.push({ name });
  }
  return names;
}

const MARK = /^\W*(?:(?:written|posted|published)\s+)?(?:by|von|par|por|door)(?:\s+|\s*:\s*|$)/i;
const JOINT = /^(?:[\s,|&]*|and|und|et|y|e|en)$/i;

const MOST_FIELD_WORDS = 5;

/** What stands in an author's element by the headline is who wrote it, if no person: `Regan`, an agency. */
function wholeField(elements: readonly Element[]): ShownByline | undefined {
  for (const element of elements) {
    if (!isByline(element)) continue;
    const written = piecesOf(element)
      .filter((piece) => /\p{L}/u.test(piece) && !MARK_ALONE.test(piece))
      .join(" ");
    const isName = /^\p{Lu}[^\d@:!?]*$/u.test(written) && written.split(/\s+/).length <= MOST_FIELD_WORDS;
    const bylines = isName ? bylinesIn(written) : [];
    if (bylines.length > 0) return { bylines, sure: false };
  }
  return undefined;
}

const MARK_ALONE = /^\W*(?:(?:written|posted|published)\s+)?(?:by|von|par|por|door|autore?|author)\W*$/i;

/** The names in a byline's element: its links to the author, else its words, else names among its pieces. */
function namesIn(element: Element): ShownByline | undefined {
  const links = [element, ...elementsIn(element)].filter((e) => e.tagName === "a" && hasRel(e, "author"));
  const linked = links.flatMap(linkedName);
  const unique = [...new Map(linked.map((byline) => [byline.name, byline])).values()];
  // Words of neighbours that show no space between them are still two.
  const pieces = piecesOf(element);
  const read = readByline(pieces.join(" "));
  const names = named(read?.value.bylines ?? []);
  // `Author` before a link would be read as a name.
  const isOther = unique.length > 0 && !names.some(({ name }) => unique.some((one) => one.name === name));
  if (isOther) return { bylines: unique, sure: true };
  if (read && read.confidence >= SURE && names.length > 0)
    return {
      bylines: names.map((byline) => ({ ...byline, ...unique.find(({ name }) => name === byline.name) })),
      sure: true,
    };
  if (unique.length > 0) return { bylines: unique, sure: true };
  const people = pieces.flatMap((piece) => personName(bareName(piece)) ?? []);
  if (people.length > 0) return { bylines: [...new Set(people)].map((name) => ({ name })), sure: true };
  if (names.length > 0 && read) return { bylines: names, sure: false };
  return undefined;
}

const named = (bylines: readonly ImportedByline[]): readonly ImportedByline[] =>
  bylines.flatMap((byline) => {
    const name = bareName(byline.name);
    return isNobody(name) ? [] : [{ ...byline, name }];
  });

/** The texts in an element, each by itself. */
function piecesOf(element: Element): readonly string[] {
  const below = element.children.flatMap((child) =>
    child.type === "text" ? [text(child.value)] : child.type === "element" ? piecesOf(child) : [],
  );
  return UNREAD.has(element.tagName) ? [] : below.filter((piece) => piece !== "");
}

const UNREAD = new Set(["script", "style", "svg", "template", "noscript", "time"]);

function linkedName(link: Element): readonly ImportedByline[] {
  const url = webUrl(attribute(link, "href"));
  const [byline] = bylinesIn(wordsIn(link));
  return byline ? [{ name: byline.name, ...omitUndefined({ url }) }] : [];
}

const hasClass = (element: Element, name: string): boolean =>
  attribute(element, "className").split(/\s+/).includes(name);

const hasRel = (element: Element, rel: string): boolean =>
  attribute(element, "rel").toLowerCase().split(/\s+/).includes(rel);
