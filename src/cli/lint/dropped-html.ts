// HTML that the clean-up drops. Classes, styles and the like go without a word: they say nothing of the article.

import type { Element } from "hast";
import { sanitize } from "hast-util-sanitize";
import { ADDRESSES, ALLOWED_HTML } from "../../ingest/allowed-html.ts";
import type { PlacedElement } from "../../ingest/references.ts";
import type { Problem } from "../../model/problem.ts";
import type { Rule } from "./material.ts";

/** Elements, addresses and event handlers that readers won't get; each kind once, where it stands first. */
export const droppedHtml: Rule = ({ body }) => {
  // What stands in an element that is taken out goes with it, and is told with it.
  const gone = new Set<object>();
  const found = body.elements.flatMap(({ element, line }) => {
    const told = gone.has(element);
    if (told || STRIPPED.has(element.tagName)) for (const child of element.children) gone.add(child);
    return told ? [] : lossesOf(element).map((what) => ({ what, line }));
  });
  return Array.from(
    Map.groupBy(found, ({ what }) => what),
    ([what, places]): Problem => ({
      path: "body",
      line: places[0]?.line ?? 1,
      message: `holds ${what}${places.length > 1 ? ` (${places.length} times)` : ""}`,
    }),
  );
};

const STRIPPED: ReadonlySet<string> = new Set(ALLOWED_HTML.strip);
const KEPT: ReadonlySet<string> = new Set(ALLOWED_HTML.tagNames);
// Looked at alone, a cell has no table.
const ALONE = { ...ALLOWED_HTML, ancestors: {} };

function lossesOf({ tagName, properties }: PlacedElement["element"]): readonly string[] {
  if (STRIPPED.has(tagName)) return [`<${tagName}>, which is taken out with all that is in it`];
  if (tagName === "input") return ["<input> (a check box, say), which is taken out"];
  if (!KEPT.has(tagName)) return [`<${tagName}>, which is taken off; what stands in it stays`];
  const handlers = Object.keys(properties)
    .filter((name) => /^on[a-z]/i.test(name))
    .map((name) => `${name.toLowerCase()} on <${tagName}>, which is taken off: articles run no script`);
  return [...handlers, ...lostAddresses({ type: "element", tagName, properties, children: [] })];
}

function lostAddresses(element: Element): readonly string[] {
  // An iframe has a rule of its own.
  if (element.tagName === "iframe" || !ADDRESSES.some((name) => name in element.properties)) return [];
  const clean = sanitize(element, ALONE);
  const kept = clean.type === "element" ? clean.properties : {};
  return ADDRESSES.filter((name) => name in element.properties && !(name in kept)).map((name) => {
    const address = String(element.properties[name]).trim();
    return `${name}="${address.slice(0, 40)}" on <${element.tagName}>, which is taken off: use an address with https://`;
  });
}
