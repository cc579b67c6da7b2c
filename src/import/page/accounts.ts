// Finds lines that were taken off a page's article (as headline, standfirst, byline or boilerplate) and are in none of its
// fields. Each is written down as a note, so that no text is lost.

import type { Nodes } from "hast";
import { BLOCKS, wordsIn } from "../../html/tree.ts";
import type { Facts, Told } from "./facts.ts";

/** A line that was taken off the article. */
export interface TakenLine {
  readonly text: string;
  /** What it was taken for: `headline`, `byline`, `boilerplate` … */
  readonly as: string;
  readonly told?: Told;
}

/** Letters and digits alone: descriptions are cut short, and quotation marks differ. */
export const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Sentences on the lines whose words are neither in `facts` nor in `body`, the words of the text. */
export function lostLines(taken: readonly TakenLine[], facts: Facts, body: string): readonly string[] {
  const fields = [...stringsIn(facts), body].map(bare);
  const isKept = (words: string) => fields.some((field) => field.includes(words));
  const lost = taken.filter(({ text, as, told }) => {
    const words = bare(text);
    if (words === "" || isKept(words) || namesAlone(words, facts)) return false;
    if (as === "date") return !isDated(told, facts);
    const names = told?.bylines?.value.map(({ name }) => bare(name)) ?? [];
    return names.length === 0 || !names.every(isKept);
  });
  const lines = [...new Set(lost.map(({ text }) => text))];
  return lines.length === 0
    ? []
    : [`taken for no part of the text: ${lines.map((line) => `“${line}”`).join(" ")}`];
}

/** True for names of the byline with no more than a mark beside them: `Written by`. */
function namesAlone(words: string, { bylines = [] }: Facts): boolean {
  const others = bylines.reduce((line, { name }) => line.replace(bare(name), ""), words);
  return others !== words && others.length <= MARK_CHARACTERS;
}

const MARK_CHARACTERS = 16;

/** True where the line's days are the article's; of a line whose date can't be read, where it has a day at all. */
function isDated(told: Told | undefined, facts: Facts): boolean {
  const known = [facts.published, facts.updated].map((date) => date?.value.slice(0, DAY_CHARACTERS));
  const said = [told?.published?.value, told?.updated?.value].flatMap((date) => date ?? []);
  return said.length === 0
    ? facts.published !== undefined
    : said.every(({ value }) => known.includes(value.slice(0, DAY_CHARACTERS)));
}

const DAY_CHARACTERS = "2026-01-31".length;

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The lines below `node`, as blocks and line breaks part them. */
export function linesBelow(node: Nodes): readonly string[] {
  const lines: string[] = [];
  let line: Nodes[] = [];
  const end = () => {
    const words = wordsIn({ type: "element", tagName: "span", properties: {}, children: line as never });
    if (words !== "") lines.push(words);
    line = [];
  };
  const holdsBlock = (at: Nodes): boolean =>
    at.type === "element" &&
    (at.tagName === "br" || BLOCKS.has(at.tagName) || at.children.some((child) => holdsBlock(child)));
  const walk = (at: Nodes): void => {
    if (!holdsBlock(at)) {
      line.push(at);
      return;
    }
    const isBlock = at.type === "element" && (at.tagName === "br" || BLOCKS.has(at.tagName));
    if (isBlock) end();
    if ("children" in at) for (const child of at.children) walk(child);
    if (isBlock) end();
  };
  if ("children" in node) for (const child of node.children) walk(child);
  end();
  return lines;
}
