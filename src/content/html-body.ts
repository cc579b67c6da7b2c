// A body that is HTML already (`index.html`, what `wireroom export` writes): kept character by character,
// but for the references in it.

import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { checkBounds } from "../html/parse-html.ts";
import { escapeHtml } from "../lib/text.ts";
import {
  type Body,
  LINE_ATTRIBUTE,
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

/** A piece of the source, and what stands there instead. */
type Change = Pick<Place, "start" | "end"> & { readonly text: string };

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
    const reference = name && referenceOf(element, at ? at.start.line + firstLine - 1 : line, wanted);
    if (!reference) return;
    // A picture that loads late may have no `src` yet.
    const [start, end] = at ? [at.start.offset, at.end.offset] : afterName(element);
    if (start !== undefined && end !== undefined) places.push({ reference, name, start, end });
  });
  return {
    elements,
    references: places.map((place) => place.reference),
    html(addressOf, withLines) {
      const changes: Change[] = places.map(({ reference, name, start, end }) => ({
        ...{ start, end, text: `${start === end ? " " : ""}${name}="${escapeHtml(addressOf(reference))}"` },
      }));
      if (withLines) changes.push(...linesOf(source, elements));
      return changed(source, changes);
    },
  };
}

/** Where an element's first attribute may be put. */
function afterName({ position, tagName }: Element): readonly [number | undefined, number | undefined] {
  const start = position?.start.offset;
  const at = start === undefined ? undefined : start + 1 + tagName.length;
  return [at, at];
}

/** The line of every element as its first attribute: of two with one name, a parser takes the first. */
function linesOf(source: string, elements: readonly PlacedElement[]): readonly Change[] {
  return elements.flatMap(({ element, line }) => {
    const start = element.position?.start.offset;
    // What a parser adds by itself, a `tbody` say, stands nowhere.
    if (start === undefined || source[start] !== "<") return [];
    const at = start + 1 + element.tagName.length;
    return [{ start: at, end: at, text: ` ${LINE_ATTRIBUTE}="${line}"` }];
  });
}

function changed(source: string, changes: Change[]): string {
  let done = 0;
  let written = "";
  for (const { start, end, text } of changes.sort((a, b) => a.start - b.start)) {
    written += source.slice(done, start) + text;
    done = end;
  }
  return written + source.slice(done);
}
