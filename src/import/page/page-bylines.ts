// Who wrote a page's article: the line with names that it shows, names without the publication's own, and the box
// about the author.

import type { Element } from "hast";
import { attribute, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import type { ImportedByline } from "../importer.ts";
import { personName } from "../text/person-name.ts";
import { bareName, bylinesIn, isAddress, isNobody, readByline } from "../text/read-byline.ts";
import { type Bio, readBio } from "../text/take-authors.ts";
import { SURE } from "../text/text-lines.ts";
import type { HeadlineArea } from "./headline-area.ts";
import { hasToken } from "./page-boilerplate.ts";
import { type Facts, factsOf, type Told, tell } from "./page-facts.ts";
import { hasWord, type Page, withInner } from "./page-tree.ts";

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
const MOST_ELEMENTS = 150;

/** Names by the headline; of all other places only where they are marked as the author's. */
export function shownByline(page: Page, { all, before, after }: HeadlineArea): ShownByline {
  // Medium's export has them in its footer.
  const writers = page.elements.filter((e) => hasWord(e, "className", /^p-author$/) && wordsIn(e) !== "");
  if (writers.length > 0) return { bylines: writers.flatMap(linkedName), sure: true };
  const area = [...after, ...before].filter(isByline);
  return (
    firstOf(area, namesIn) ??
    firstOf(after.slice(0, MOST_ELEMENTS), namesAfterMark) ??
    firstOf(all.filter(isByline), namesIn) ??
    firstOf(area, wholeField) ?? { bylines: [], sure: false }
  );
}

const isByline = (e: Element): boolean =>
  hasToken(e, BYLINE) || hasWord(e, "rel", /^author$/i) || hasWord(e, "itemProp", /^author$/);

/** What `read` finds in the first of `elements` that is short, and has names. */
function firstOf(
  elements: readonly Element[],
  read: (element: Element, words: string) => ShownByline | undefined,
): ShownByline | undefined {
  for (const element of elements) {
    const words = wordsIn(element);
    const found = words === "" || words.length > LONGEST_CHARACTERS ? undefined : read(element, words);
    if (found && found.bylines.length > 0) return found;
  }
  return undefined;
}

const MARK = /^\W*(?:(?:written|posted|published)\s+)?(?:by|von|par|por|door)(?:\s+|\s*:\s*|$)/i;
const MARK_ALONE = /^\W*(?:(?:written|posted|published)\s+)?(?:by|von|par|por|door|autore?|author)\W*$/i;
const JOINT = /^(?:[\s,|&]*|and|und|et|y|e|en)$/i;

/** A line that starts with "By", of any class. Of `By <a>A</a>, <a>B</a> on Monday` the pieces that are names. */
function namesAfterMark(element: Element, words: string): ShownByline {
  const read = readByline(words);
  if (read && read.confidence >= SURE) {
    const bylines = named(read.value.bylines);
    if (bylines.length > 0) return { bylines, sure: true };
  }
  const pieces = piecesOf(element);
  const at = pieces.findIndex((piece) => MARK.test(piece));
  const bylines: ImportedByline[] = [];
  for (const piece of at < 0 ? [] : pieces.slice(at)) {
    const rest = bylines.length === 0 ? piece.replace(MARK, "") : piece;
    if (JOINT.test(rest)) continue;
    const name = personName(rest.replace(/^(?:,|&|and|und|et|y|e)\s+|\s*[,|]$/giu, ""));
    if (name === undefined) break;
    bylines.push({ name });
  }
  return { bylines, sure: true };
}

const MOST_FIELD_WORDS = 5;

/** Without a personal name, the whole text of an author's element by the headline is the byline: `Regan`, an agency. */
function wholeField(element: Element): ShownByline {
  const written = piecesOf(element)
    .filter((piece) => /\p{L}/u.test(piece) && !MARK_ALONE.test(piece))
    .join(" ");
  const isName = /^\p{Lu}[^\d@:!?]*$/u.test(written) && written.split(/\s+/).length <= MOST_FIELD_WORDS;
  return { bylines: isName ? bylinesIn(written) : [], sure: false };
}

/** The names in a byline's element: its links to the author, else its words, else names among its pieces. */
function namesIn(element: Element): ShownByline {
  const links = withInner(element).filter((e) => e.tagName === "a" && hasWord(e, "rel", /^author$/i));
  const linked = new Map(links.flatMap(linkedName).map((byline) => [byline.name, byline]));
  // Words of neighbours that show no space between them are still two.
  const pieces = piecesOf(element);
  const read = readByline(pieces.join(" "));
  const names = named(read?.value.bylines ?? []);
  // `Author` before a link would be read as a name.
  const isSame = linked.size === 0 || names.some(({ name }) => linked.has(name));
  if (isSame && names.length > 0 && read && read.confidence >= SURE)
    return { bylines: names.map((byline) => ({ ...byline, ...linked.get(byline.name) })), sure: true };
  if (linked.size > 0) return { bylines: [...linked.values()], sure: true };
  const people = new Set(pieces.flatMap((piece) => personName(bareName(piece)) ?? []));
  return people.size > 0
    ? { bylines: Array.from(people, (name) => ({ name })), sure: true }
    : { bylines: names, sure: false };
}

const named = (bylines: readonly ImportedByline[]): readonly ImportedByline[] =>
  bylines.map((byline) => ({ ...byline, name: bareName(byline.name) })).filter(({ name }) => !isNobody(name));

/** The texts in an element, each by itself. */
function piecesOf(element: Element): readonly string[] {
  if (/^(?:script|style|svg|template|noscript|time)$/.test(element.tagName)) return [];
  return element.children
    .flatMap((child) =>
      child.type === "text" ? [text(child.value)] : child.type === "element" ? piecesOf(child) : [],
    )
    .filter((piece) => piece !== "");
}

function linkedName(link: Element): readonly ImportedByline[] {
  const url = webUrl(attribute(link, "href"));
  const [byline] = bylinesIn(wordsIn(link));
  return byline ? [{ name: byline.name, ...omitUndefined({ url }) }] : [];
}

const LONGEST_BIO_CHARACTERS = 2000;
const SENTENCE = /\p{Ll}{3}["”»)]?[.!?](?:\s+\p{Lu}|\s*$)|\p{Lo}{3}[.!?؟।。！？]/u;

/**
 * Gives the byline's person their bio: `read` from the text, else from a box on the page. Without a byline,
 * it names one.
 */
export function withBio(page: Page, told: Told, read: (known: Facts) => Bio | undefined): Told {
  const bylines = told.bylines?.value ?? [];
  if (bylines.some((byline) => byline.bio !== undefined)) return told;
  const bio = read(factsOf(told)) ?? boxedBio(page, bylines);
  if (bio === undefined) return told;
  const signed = bylines.length > 0 ? bylines : [{ name: bio.name }];
  const value = signed.map((byline) => (byline.name === bio.name ? { ...byline, bio: bio.text } : byline));
  return {
    ...told,
    ...tell({ bylines: [value, told.bylines?.why ?? "the bio at the end names the author"] }),
  };
}

function boxedBio(page: Page, bylines: readonly ImportedByline[]): Bio | undefined {
  const names = bylines.map(({ name }) => name);
  for (const element of page.elements.filter(isBio)) {
    // Beside its paragraphs are names, portraits and links.
    const paragraphs = withInner(element).filter(({ tagName }) => tagName === "p");
    const words = (paragraphs.length > 0 ? paragraphs : [element]).map((e) => wordsIn(e)).join(" ");
    if (words === "" || words.length > LONGEST_BIO_CHARACTERS) continue;
    const bio = readBio(words, names);
    if (bio) return bio.value;
    const name = names.find((each) => wordsIn(element).includes(each));
    // The name may stand over the sentences; a day or an account beside it is no bio.
    if (name !== undefined && SENTENCE.test(words)) return { name, text: words };
  }
  return undefined;
}

const isBio = (element: Element): boolean =>
  hasToken(element, /^(?:bio|biography)$/) ||
  (hasToken(element, /^authors?$/) && hasToken(element, /^(?:about|description|box|info)$/));
