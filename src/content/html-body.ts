// A body that is HTML already (`index.html`, as `wireroom export` writes it). It is kept character by
// character, except that references are replaced.

import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { checkBounds } from "../html/parse.ts";
import { escapeHtml } from "../lib/text.ts";
import {
  type Body,
  LINE_ATTRIBUTE,
  needsResolving,
  type PlacedElement,
  type Reference,
  referenceAttribute,
  referenceOf,
} from "./references.ts";

interface ReferencePosition {
  readonly reference: Reference;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A range of the source, and the text that replaces it. */
type Change = Pick<ReferencePosition, "start" | "end"> & { readonly text: string };

/**
 * Reads HTML that starts on `firstLine` of its file. A line break at its end belongs to the file, not to the
 * body. `wanted` is true for addresses that are references. @throws TooMuchMarkup
 */
export function htmlBody(file: string, firstLine = 1, wanted = needsResolving): Body {
  const source = file.replace(/\r?\n$/, "");
  checkBounds(source);
  const elements: PlacedElement[] = [];
  const positions: ReferencePosition[] = [];
  let line = firstLine;
  // `verbose` gives the position of each attribute, so that only that is replaced.
  visit(fromHtml(source, { fragment: true, verbose: true }), "element", (element) => {
    if (element.position) line = element.position.start.line + firstLine - 1;
    elements.push({ element, line });
    const name = referenceAttribute(element);
    const at = name && element.data?.position?.properties?.[name];
    const reference = name && referenceOf(element, at ? at.start.line + firstLine - 1 : line, wanted);
    if (!reference) return;
    // A picture that a script loads late may have no `src` yet.
    const [start, end] = at ? [at.start.offset, at.end.offset] : afterName(element);
    if (start !== undefined && end !== undefined) positions.push({ reference, name, start, end });
  });
  return {
    elements,
    references: positions.map(({ reference }) => reference),
    html(addressOf, withLines) {
      const changes: Change[] = positions.map(({ reference, name, start, end }) => ({
        ...{ start, end, text: `${start === end ? " " : ""}${name}="${escapeHtml(addressOf(reference))}"` },
      }));
      if (withLines) changes.push(...linesOf(source, elements));
      return changed(source, changes);
    },
  };
}

/** The offset after an element's name, where an attribute may be inserted. */
function afterName({ position, tagName }: Element): readonly [number | undefined, number | undefined] {
  const start = position?.start.offset;
  const at = start === undefined ? undefined : start + 1 + tagName.length;
  return [at, at];
}

/**
 * Adds each element's line as its first attribute: if one attribute is there twice, parsers take the first.
 */
function linesOf(source: string, elements: readonly PlacedElement[]): readonly Change[] {
  return elements.flatMap(({ element, line }) => {
    const start = element.position?.start.offset;
    // An element that the parser adds itself, such as `tbody`, isn't in the source.
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
