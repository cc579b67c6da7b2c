// HTML -> a tree: parsed within bounds, and reduced to what an article may hold.

import type { Nodes, Root, Text } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import {
  type DefaultTreeAdapterMap,
  defaultTreeAdapter,
  html,
  parse,
  parseFragment,
  type TreeAdapter,
} from "parse5";
import { visit } from "unist-util-visit";
import { legal, withoutReordering } from "../lib/legal-text.ts";
import { t } from "../lib/translate.ts";
import { ADDRESSES, ALLOWED_HTML } from "./allowed-html.ts";
import { normalizeFormulas } from "./formulas.ts";
import { BLOCKS } from "./tree.ts";

// Trees are walked recursively, and a parser opens formatting that was never closed again in every block.
// Without bounds the stack or the memory would run out, and at other sizes than in the Worker.

/** How deep elements may be nested. Real articles stay below 50, and the Worker's stack holds about 1,800. */
const MAX_DEPTH = 200;

const TOO_DEEP = t("is nested more than {depth} deep: take elements out of each other", { depth: MAX_DEPTH });
const TOO_OPEN = t(
  "opens elements such as {examples} thousands of times without closing them: close each where it ends",
  { examples: "<b>, <i>, <a>" },
);

// The shortest tag has three characters, and real articles have ten for each element. Below this number
// nothing is refused.
const FREE_ELEMENTS = 1_000;

/** HTML beyond the bounds. Its message completes the sentence "The body …". */
export class TooMuchMarkup extends RangeError {
  /** 1-based line of the file, if it is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

// The element that a body is parsed in. Without it parse5 parses as in a `template`, where a row needs no
// table.
const PLACE = defaultTreeAdapter.createElement("div", html.NS.HTML, []);

/** A fragment as parse5's tree, parsed as for readers without scripts. @throws TooMuchMarkup */
const parseBounded = (source: string): DefaultTreeAdapterMap["documentFragment"] =>
  parseFragment(PLACE, source, { scriptingEnabled: false, treeAdapter: boundedFor(source) });

/** Checks HTML, a fragment or a whole page, that another parser is to read. @throws TooMuchMarkup */
export const checkBounds = (source: string): void => void parseBounded(source);

/** `roots`: how many elements are opened around the content. */
function boundedFor(source: string, roots = 1): TreeAdapter<DefaultTreeAdapterMap> {
  const most = FREE_ELEMENTS + source.length / 3;
  let depth = -roots;
  let opened = 0;
  return {
    ...defaultTreeAdapter,
    onItemPush() {
      if (++depth > MAX_DEPTH) throw new TooMuchMarkup(TOO_DEEP);
      if (++opened > most) {
        throw new TooMuchMarkup(TOO_OPEN);
      }
    },
    onItemPop() {
      depth--;
    },
  };
}

/**
 * HTML as a tree. What is in `noscript` becomes elements, since readers run no script. @throws TooMuchMarkup
 */
export const parseBody = (source: string): Root => fromParse5(parseBounded(legal(source))) as Root;

/** A whole page as a tree, `html` and all, by the same rules. @throws TooMuchMarkup */
export function parsePage(source: string): Root {
  const page = legal(source);
  // `html` and `body` are opened around what a page shows.
  const treeAdapter = boundedFor(page, 2);
  return fromParse5(parse(page, { scriptingEnabled: false, treeAdapter })) as Root;
}

/**
 * A copy of `tree` with only what the allow-list has (`allowed-html.ts`). Written and parsed again, the copy
 * is the same tree. Also writes schemes in lower case, in `tree` itself.
 */
export function allowedTree(tree: Root): Root {
  lowerSchemes(tree);
  const hasFormulas = normalizeFormulas(tree);
  const clean = sanitize(tree, ALLOWED_HTML) as Root;
  makeLegal(clean);
  const stable = untilStable(clean, hasFormulas);
  balanceBidi(stable);
  return stable;
}

const ROUND_LIMIT = 10;

/**
 * Writes and parses a tree until it no longer changes. Without an element that was taken out, a parser may
 * nest the others in another way, and some trees can't be written as HTML at all.
 */
function untilStable(tree: Root, hasFormulas: boolean): Root {
  let current = tree;
  let written = "";
  for (let round = 0; round < ROUND_LIMIT; round++) {
    protectLeadingNewlines(current);
    const now = toHtml(current);
    if (now === written) break;
    written = now;
    current = parseBody(written);
    // Parsers have other rules within formulas, so what they make of one is checked again.
    if (hasFormulas) {
      normalizeFormulas(current);
      current = sanitize(current, ALLOWED_HTML) as Root;
    }
  }
  return current;
}

// `HTTPS:` is `https:` (RFC 3986 §3.1), but the sanitizer is case-sensitive.
function lowerSchemes(tree: Root): void {
  visit(tree, "element", ({ properties }) => {
    for (const name of ADDRESSES) {
      const value = properties[name];
      if (typeof value === "string")
        properties[name] = value.replace(/^[a-z][a-z0-9+.-]*:/i, (scheme) => scheme.toLowerCase());
    }
  });
}

// A reference like `&#1;` becomes an illegal character only when it is parsed.
function makeLegal(tree: Root): void {
  visit(tree, (node) => {
    if (node.type === "text") node.value = legal(node.value);
    if (node.type !== "element") return;
    for (const [name, value] of Object.entries(node.properties)) {
      if (typeof value === "string") node.properties[name] = withoutReordering(legal(value));
      // The sanitizer leaves an empty attribute in place of a class that isn't allowed.
      if (Array.isArray(value)) node.properties[name] = legal(value.join(" ")) || undefined;
    }
  });
}

/** Elements at which a line of text ends, and with it every isolate that is open in it (UAX #9, X8). */
const LINE_ENDS: ReadonlySet<string> = new Set([...BLOCKS, "br", "caption", "summary", "math"]);

/**
 * Takes out characters that reorder the text around them. An isolate may open in one element and end in
 * another of its line.
 */
function balanceBidi(tree: Root): void {
  let line: Text[] = [];
  const endLine = () => {
    const kept = withoutReordering(line.map(({ value }) => value).join(TEXT_END)).split(TEXT_END);
    for (const [index, text] of line.entries()) text.value = kept[index] ?? "";
    line = [];
  };
  const walk = (node: Nodes): void => {
    if (node.type === "text") line.push(node);
    if (!("children" in node)) return;
    const isLine = node.type !== "element" || LINE_ENDS.has(node.tagName);
    if (isLine) endLine();
    for (const child of node.children) walk(child);
    if (isLine) endLine();
  };
  walk(tree);
}

// No legal text has this character.
const TEXT_END = "\0";

// A parser drops a line end right after `<pre>`. One that belongs to the text needs another before it.
function protectLeadingNewlines(tree: Root): void {
  visit(tree, "element", (node) => {
    const first = node.tagName === "pre" ? node.children[0] : undefined;
    if (first?.type === "text" && first.value.startsWith("\n")) first.value = `\n${first.value}`;
  });
}
