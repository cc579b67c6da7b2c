// A page as a tree, what its head says of it, and the lines of text in it. No script is run.

import type { Element, ElementContent, Nodes, Parents, Root, RootContent } from "hast";
import { parsePage } from "../../html/parse.ts";
import { attribute, BLOCKS, element, elementsIn, wordsIn } from "../../html/tree.ts";
import type { Resolve } from "../../html/warnings.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { legal, text } from "../../lib/text.ts";
import { resolveFrom } from "../normalize-html.ts";

/** The place of an element in `Page.elements`, and that of the last element in it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A page, read once. */
export interface Page {
  readonly root: Root;
  /** Every element, in the document's order. */
  readonly elements: readonly Element[];
  /** Where each starts and ends, counted in elements; by its `properties`, which copies of it share. */
  readonly spans: ReadonlyMap<Element["properties"], Span>;
  /** Contents of `meta` by their `name`, `property` or `http-equiv` in lower case. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** The page's own address, by its canonical link or else by Open Graph. */
  readonly url?: string;
  /** `<base href>`, where it is a full address. */
  readonly base?: string;
}

/** Parses a page, the one time that it is parsed. @throws RangeError for one with too much markup. */
export function readDocument(source: string): Page {
  const root = parsePage(source);
  const elements = [...elementsIn(root)];
  const meta = metaOf(elements);
  const hrefOf = (tagName: string, is: (e: Element) => boolean): string => {
    const found = elements.find((e) => e.tagName === tagName && is(e));
    return found ? attribute(found, "href") : "";
  };
  const addresses = [
    hrefOf("link", (e) => hasWord(e, "rel", /^canonical$/i)),
    ...(meta.get("og:url") ?? []),
    // Medium's export.
    hrefOf("a", (e) => hasWord(e, "className", /^p-canonical$/)),
  ];
  const url = addresses.map(webUrl).find(Boolean);
  const base = hrefOf("base", (e) => webUrl(attribute(e, "href")) !== undefined) || undefined;
  return { root, elements, spans: spansOf(elements), meta, ...omitUndefined({ url, base }) };
}

function spansOf(elements: readonly Element[]): Page["spans"] {
  const spans = new Map<Element["properties"], Span>();
  // The innermost elements come last, and know their ends first.
  for (const [start, { properties, children }] of [...elements.entries()].reverse()) {
    const last = children.findLast((child) => child.type === "element");
    spans.set(properties, { start, end: (last && spans.get(last.properties)?.end) ?? start });
  }
  return spans;
}

// Articles have fewer names and tags.
const MOST_VALUES = 100;

function metaOf(elements: readonly Element[]): Page["meta"] {
  const found = new Map<string, string[]>();
  for (const e of elements.filter(({ tagName }) => tagName === "meta")) {
    const value = text(attribute(e, "content"));
    for (const name of ["property", "name", "httpEquiv"]) {
      const key = attribute(e, name).toLowerCase();
      if (key === "" || value === "") continue;
      found.set(key, [...(found.get(key) ?? []), value].slice(0, MOST_VALUES));
    }
  }
  return found;
}

/**
 * What addresses of this page stand for. A picture's path that doesn't start with a slash is a file that was
 * saved with the page, unless `<base>` says otherwise.
 */
export function resolverOf({ url, base }: Page): Resolve {
  const resolve = resolveFrom(base ?? url);
  return (written, kind) => {
    const address = legal(written).trim();
    const isBeside =
      kind === "file" && base === undefined && !/^(?:[a-z][a-z0-9+.-]*:|[/\\]|$)/i.test(address);
    return isBeside ? address.replace(/^\.\//, "") : resolve(address, kind);
  };
}

/** True where an attribute that is a list (`className`, `rel`, `itemProp`) has a word that `wanted` matches. */
export const hasWord = (element: Element, name: string, wanted: RegExp): boolean =>
  attribute(element, name)
    .split(/\s+/)
    .some((word) => wanted.test(word));

/** An element and every element in it. */
export const withInner = (element: Element): readonly Element[] => [element, ...elementsIn(element)];

/** A copy of `node` without the elements that `gone` is true of. */
export function copyWithout(node: Parents, gone: (element: Element) => boolean): Root {
  const kept = (children: readonly RootContent[]): RootContent[] =>
    children.flatMap((child): RootContent[] => {
      if (child.type !== "element") return [child];
      return gone(child) ? [] : [{ ...child, children: kept(child.children) as Element["children"] }];
    });
  return { type: "root", children: kept(node.children) };
}

/** The lines of text in `node` as readers see them, split at blocks and line breaks, each as a `span`. */
export function lineElementsBelow(node: Nodes): readonly Element[] {
  const lines: Element[] = [];
  let line: ElementContent[] = [];
  const end = (): void => {
    const span = element("span", {}, ...line);
    line = [];
    if (wordsIn(span) !== "") lines.push(span);
  };
  const walk = (at: Nodes): void => {
    if (at !== node && !holdsLineEnd(at)) {
      line.push(at as ElementContent);
      return;
    }
    if (endsLine(at)) end();
    if ("children" in at) for (const child of at.children) walk(child);
    if (endsLine(at)) end();
  };
  walk(node);
  end();
  return lines;
}

/** The words of each line in `node`. */
export const linesBelow = (node: Nodes): readonly string[] =>
  lineElementsBelow(node).map((line) => wordsIn(line));

const endsLine = (at: Nodes): boolean =>
  at.type === "element" && (at.tagName === "br" || BLOCKS.has(at.tagName));

const holdsLineEnd = (at: Nodes): boolean =>
  at.type === "element" && (endsLine(at) || at.children.some((child) => holdsLineEnd(child)));
