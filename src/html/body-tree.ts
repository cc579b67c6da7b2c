// HTML -> a tree of what may stand in an article.

import type { Nodes, Root, Text } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { inOrder, legal } from "../lib/legal-text.ts";
import { ADDRESSES, ALLOWED_HTML } from "./allowed-html.ts";
import { settleFormulas } from "./formulas.ts";
import { parseBounded } from "./parse-html.ts";
import { BLOCKS } from "./tree.ts";

/** A body as a tree. Readers run no script: what stands in `noscript` is elements, not text. @throws TooMuchMarkup */
export const parseBody = (source: string): Root => fromParse5(parseBounded(legal(source))) as Root;

/** A copy of `tree` that holds only what may stand in an article, ready to be written. Lowers schemes in `tree` itself. */
export function allowedIn(tree: Root): Root {
  lowerSchemes(tree);
  const hasFormulas = settleFormulas(tree);
  const clean = sanitize(tree, ALLOWED_HTML) as Root;
  makeLegal(clean);
  const settledTree = settled(clean, hasFormulas);
  keepOrder(settledTree);
  return settledTree;
}

const MOST_ROUNDS = 10;

// What isn't allowed may have parted elements that don't stand in each other, and some trees have no spelling at all:
// what is kept must be what a parser makes of it, or each time it is read it would be another.
function settled(tree: Root, hasFormulas: boolean): Root {
  let settling = tree;
  let written = "";
  for (let round = 0; round < MOST_ROUNDS; round++) {
    keepFirstLines(settling);
    const now = toHtml(settling);
    if (now === written) break;
    written = now;
    settling = parseBody(written);
    // In a formula a parser follows other rules: what it makes of one is looked at again.
    if (hasFormulas) {
      settleFormulas(settling);
      settling = sanitize(settling, ALLOWED_HTML) as Root;
    }
  }
  return settling;
}

// The sanitizer compares schemes letter by letter, but `HTTPS:` is `https:` (RFC 3986 §3.1).
function lowerSchemes(tree: Root): void {
  visit(tree, "element", ({ properties }) => {
    for (const name of ADDRESSES) {
      const value = properties[name];
      if (typeof value === "string")
        properties[name] = value.replace(/^[a-z][a-z0-9+.-]*:/i, (scheme) => scheme.toLowerCase());
    }
  });
}

// `&#1;` and its like become illegal characters only when parsed.
function makeLegal(tree: Root): void {
  visit(tree, (node) => {
    if (node.type === "text") node.value = legal(node.value);
    if (node.type !== "element") return;
    for (const [name, value] of Object.entries(node.properties)) {
      if (typeof value === "string") node.properties[name] = inOrder(legal(value));
      // Of a class that isn't allowed the sanitizer leaves the empty attribute.
      if (Array.isArray(value)) node.properties[name] = legal(value.join(" ")) || undefined;
    }
  });
}

/** Where a line of text ends besides at blocks: what an isolate opens there ends there too (UAX #9, X8). */
const LINE_ENDS: ReadonlySet<string> = new Set([...BLOCKS, "br", "caption", "summary", "math"]);

/** No text may turn the order of what stands round it. An isolate may open in one element and end in another of its line. */
function keepOrder(tree: Root): void {
  let line: Text[] = [];
  const endLine = () => {
    const kept = inOrder(line.map(({ value }) => value).join(TEXT_END)).split(TEXT_END);
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

// No legal text holds it.
const TEXT_END = "\0";

// A parser drops the line end after `<pre>`: one that is meant needs another before it.
function keepFirstLines(tree: Root): void {
  visit(tree, "element", (node) => {
    const first = node.tagName === "pre" ? node.children[0] : undefined;
    if (first?.type === "text" && first.value.startsWith("\n")) first.value = `\n${first.value}`;
  });
}
