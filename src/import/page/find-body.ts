// Finds the part of a page that holds the article's text. Each part that may be it gets points for what speaks for and against it;
// Mozilla's Readability is asked where the marked ones hold little of the page.

import type { Element, Root } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import type { Explained } from "../importer.ts";
import { markedParts, teasersBelow } from "./body-parts.ts";
import { linesBelow } from "./lines-below.ts";
import { type Dropped, linkedShare, withoutBoilerplate } from "./page-boilerplate.ts";
import type { Page } from "./page-tree.ts";
import { readable } from "./readable.ts";

/** The part of a page that holds the article's text. */
export interface FoundBody {
  readonly tree: Root;
  /** Of its words, in UTF-16 code units; a Han or Kana sign counts as three. */
  readonly length: number;
  readonly elements: number;
  readonly explained: readonly Explained[];
  /** Blocks that were taken out of it. */
  readonly dropped: readonly Dropped[];
  /** The element of the page that it is in, where it is one. */
  readonly place?: Element;
}

/** A part that may be the text. */
interface Candidate extends Omit<FoundBody, "explained"> {
  readonly why: string;
  readonly points: number;
  readonly ofText: boolean;
  readonly linked: number;
  readonly teasers: number;
}

/** What all candidates are measured by. */
interface Measures {
  /** The length of the longest that is a text. */
  readonly most: number;
  readonly readability: Candidate | undefined;
}

// A short text, or one of mostly links, is an article only where the page declares one.
const SHORTEST_CHARACTERS = 250;
const MOST_LINKED = 0.5;
const FEWEST_TEASERS = 3;
// Of two parts with the text, the more clearly marked one is taken unless it holds much less.
const LEAST_SHARE = 0.6;
// An `article` or `main` with less of the page's words than this may be another box than the article's.
const LEAST_SHARE_OF_PAGE = 0.4;
const LEAST_SHARE_OF_FOUND = 0.5;
const LONG_LINE_CHARACTERS = 60;

/** What speaks against a candidate, with the points that it takes. */
const AGAINST: readonly (readonly [
  name: string,
  points: number,
  holds: (part: Candidate, all: Measures) => boolean,
])[] = [
  ["short", 40, ({ length }) => length < SHORTEST_CHARACTERS],
  ["mostly links", 40, ({ linked }) => linked > MOST_LINKED],
  ["a list of other articles", 40, ({ teasers }) => teasers >= FEWEST_TEASERS],
  ["much less than another part", 10, ({ length }, { most }) => length < most * LEAST_SHARE],
  [
    "far less than Readability finds",
    10,
    (part, { readability }) => readability !== undefined && isBetter(readability, part),
  ],
];

/** The text of the page's article; undefined where it has none. `declared`: the page says that it is an article. */
export function findBody(page: Page, declared: boolean): FoundBody | undefined {
  const marked = markedParts(page);
  const parts = marked.parts.map(({ part, ...mark }) => candidate(part, mark));
  const texts = parts.filter(isText);
  const most = Math.max(0, ...texts.map(({ length }) => length));
  const clearest = texts.find(({ length }) => length >= most * LEAST_SHARE);
  const readability = clearest?.ofText ? undefined : readabilityOf(marked.page, clearest);
  const all = readability ? [...parts, readability] : parts;
  const scored = all.map((part) => {
    const against = AGAINST.filter(([, , holds]) => holds(part, { most, readability }));
    const score = against.reduce((sum, [, minus]) => sum - minus, part.points);
    const why = [`${part.why} +${part.points}`, ...against.map(([name, minus]) => `${name} −${minus}`)];
    return { part, score, why: `${why.join(", ")}: ${part.length} characters` };
  });
  const [best] = scored.toSorted((a, b) => b.score - a.score);
  const chosen =
    best && best.score >= 0 ? best : declared ? scored.find(({ part }) => isDeclared(part)) : undefined;
  if (!chosen) return undefined;
  const told = scored.map(({ part, why }) => ({
    text: startOf(part.tree),
    as: part === chosen.part ? "body" : "other part",
    why,
  }));
  const said = chosen.part.dropped.map(({ element: _element, ...block }) => block);
  return { ...chosen.part, explained: [...told, ...said] };
}

const isText = ({ length, linked, teasers }: Candidate): boolean =>
  length >= SHORTEST_CHARACTERS && linked <= MOST_LINKED && teasers < FEWEST_TEASERS;

/** True for a part that is the text where the page declares an article, however short it is. */
const isDeclared = ({ length, why }: Candidate): boolean => length > 0 && why !== READABILITY;

const READABILITY = "Readability";

/** What Readability finds, where no part or one of little of the page is marked, and it is a text. */
function readabilityOf(root: Root, clearest: Candidate | undefined): Candidate | undefined {
  const rest = withoutBoilerplate(root, () => {});
  if (clearest && clearest.length >= lengthOf(wordsIn(rest)) * LEAST_SHARE_OF_PAGE) return undefined;
  const tree = readable(rest);
  const found = tree && measured(tree, { why: READABILITY, points: 1, ofText: false });
  return found && isText(found) ? found : undefined;
}

/** True where `found` has far more, and not only more words of readers under the article. */
function isBetter(found: Candidate, part: Candidate): boolean {
  if (part === found || part.length >= found.length * LEAST_SHARE_OF_FOUND) return false;
  const hasHeadline = [...elementsIn(part.tree)].some((e) => e.tagName === "h1");
  const opening = linesBelow(part.tree).find((line) => line.length >= LONG_LINE_CHARACTERS);
  return !hasHeadline || opening === undefined || wordsIn(found.tree).includes(opening);
}

type Mark = Pick<Candidate, "why" | "points" | "ofText">;

function candidate(part: Element | Root, mark: Mark): Candidate {
  const dropped: Dropped[] = [];
  const root = withoutBoilerplate(part, (block) => dropped.push(block));
  return { ...measured(root, mark), dropped, ...(part.type === "element" ? { place: part } : {}) };
}

const measured = (root: Root, mark: Mark): Candidate => ({
  ...mark,
  dropped: [],
  tree: withoutPage(root),
  length: lengthOf(wordsIn(root)),
  elements: [...elementsIn(root)].length,
  linked: linkedShare(root),
  teasers: teasersBelow(root),
});

// Scripts that need a sign where others need a syllable or a word.
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
const DENSITY = 3;

const lengthOf = (words: string): number => words.length + (DENSITY - 1) * (words.match(DENSE)?.length ?? 0);

/** A class of the whole page can make `body` the article: then its contents are. */
function withoutPage({ children }: Root): Root {
  const [only] = children;
  return only && isElement(only, "html", "body")
    ? withoutPage({ type: "root", children: only.children })
    : { type: "root", children };
}

const SHOWN_CHARACTERS = 80;

function startOf(root: Root): string {
  const words = wordsIn(root);
  return `${words.slice(0, SHOWN_CHARACTERS)}${words.length > SHOWN_CHARACTERS ? "…" : ""}`;
}

/** True where the page asks for a password. */
export const asksForPassword = (page: Page): boolean =>
  [...elementsIn(page.root)].some((e) => e.tagName === "input" && attribute(e, "type") === "password");
