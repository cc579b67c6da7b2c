// A body that is HTML already (`index.html`, what `wireroom export` writes): kept character by character,
// but for the references in it.

import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { escapeHtml } from "../model/text.ts";
import { checkBounds } from "./parse-html.ts";
import {
  type Body,
  needsPlace,
  type PlacedElement,
  type Reference,
  referenceAttribute,
  referenceOf,
} from "./references.ts";

interface Place {
  readonly reference: Reference;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads HTML that starts on `firstLine` of its file. One line end at its end belongs to the file, not to the body.
 * `wanted` says which addresses are references. @throws TooMuchMarkup
 */
export function htmlBody(file: string, firstLine = 1, wanted = needsPlace): Body {
  const source = file.replace(/\r?\n$/, "");
  checkBounds(source);
  const elements: PlacedElement[] = [];
  const places: Place[] = [];
  let line = firstLine;
  // `verbose` gives the place of each attribute, so that it alone is replaced.
  visit(fromHtml(source, { fragment: true, verbose: true }), "element", (element) => {
    if (element.position) line = element.position.start.line + firstLine - 1;
    elements.push({ element, line });
    const name = referenceAttribute(element);
    const at = name && element.data?.position?.properties?.[name];
    const reference = at && referenceOf(element, at.start.line + firstLine - 1, wanted);
    if (!reference || at.start.offset === undefined || at.end.offset === undefined) return;
    places.push({ reference, name, start: at.start.offset, end: at.end.offset });
  });
  places.sort((a, b) => a.start - b.start);
  return {
    elements,
    references: places.map((place) => place.reference),
    html(addressOf) {
      let done = 0;
      let written = "";
      for (const { reference, name, start, end } of places) {
        written += `${source.slice(done, start)}${name}="${escapeHtml(addressOf(reference))}"`;
        done = end;
      }
      return written + source.slice(done);
    },
  };
}
