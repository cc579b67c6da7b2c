// A page as a tree, and what its head says of it. No script is run.

import type { Element, Root } from "hast";
import { parsePage } from "../../html/parse.ts";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import type { Resolve } from "../../html/warnings.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { legal, text } from "../../lib/text.ts";
import { resolveFrom } from "../normalize-html.ts";

/** The place of an element in `Page.elements`, and that of the last element in it. */
export interface Span {
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
  /** What stands in the page's JSON-LD blocks. */
  readonly jsonLd: readonly string[];
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
  const canonical = elements.find((e) => e.tagName === "link" && /\bcanonical\b/i.test(attribute(e, "rel")));
  const base = elements.find((e) => e.tagName === "base" && webUrl(attribute(e, "href")) !== undefined);
  const linked = elements.find(
    (e) => e.tagName === "a" && /(?:^|\s)p-canonical(?:\s|$)/.test(attribute(e, "className")),
  );
  const url = [
    canonical ? attribute(canonical, "href") : "",
    ...(meta.get("og:url") ?? []),
    // Medium's export.
    linked ? attribute(linked, "href") : "",
  ]
    .map(webUrl)
    .find(Boolean);
  return {
    root,
    elements,
    spans: spansOf(elements),
    meta,
    jsonLd: elements
      .filter(isJsonLd)
      .map((e) => e.children.map((c) => (c.type === "text" ? c.value : "")).join("")),
    ...omitUndefined({ url }),
    ...(base ? { base: attribute(base, "href") } : {}),
  };
}

function spansOf(elements: readonly Element[]): Page["spans"] {
  const spans = new Map<Element["properties"], Span>();
  // The innermost elements come last, and know their ends first.
  for (const [start, element] of [...elements.entries()].reverse()) {
    const last = element.children.findLast((child) => child.type === "element");
    spans.set(element.properties, { start, end: (last && spans.get(last.properties)?.end) ?? start });
  }
  return spans;
}

const isJsonLd = (element: Element): boolean =>
  element.tagName === "script" && /^application\/ld\+json\b/i.test(attribute(element, "type"));

// Articles have fewer names and tags.
const MOST_VALUES = 100;

function metaOf(elements: readonly Element[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const element of elements) {
    if (element.tagName !== "meta") continue;
    const value = text(attribute(element, "content"));
    for (const name of ["property", "name", "httpEquiv"]) {
      const key = attribute(element, name).toLowerCase();
      if (key === "" || value === "") continue;
      const values = found.get(key);
      if (values === undefined) found.set(key, [value]);
      else if (values.length < MOST_VALUES) values.push(value);
    }
  }
  return found;
}

/** The words of the first element that `wanted` holds for; undefined where there are none. */
export function firstWords(page: Page, wanted: (element: Element) => boolean): string | undefined {
  const element = page.elements.find(wanted);
  return (element && wordsIn(element)) || undefined;
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
