// What an article's body points to: pictures and pages by relative addresses, which mean something only beside the
// file. The CLI finds out what each one is, and gives the address that stands in its place.

import type { Element } from "hast";
import { isFile, sourceOf } from "../html/normalize/picture-source.ts";

/** A relative address in a body, or one that can't be carried (`data:`, `file:`). */
export interface Reference {
  readonly kind: "image" | "link";
  /** As it stands in the HTML: percent-encoded, with its query and fragment. */
  readonly address: string;
  /** Line of the file. */
  readonly line: number;
  /** An image's alternative text; empty if it has none. */
  readonly alt: string;
  /** An image's `title`, which serves as its caption. */
  readonly title?: string;
}

/** An element of a body, and its line in the file. */
export interface PlacedElement {
  readonly element: Element;
  readonly line: number;
}

/** An article's body, read once; its HTML is written when the references are known. */
export interface Body {
  /** Every element, in the body's order; writing the HTML puts other addresses into them. */
  readonly elements: readonly PlacedElement[];
  readonly references: readonly Reference[];
  /**
   * The HTML, each reference replaced by what `addressOf` gives for it; `withLines` puts the line of the file on every element,
   * for `lineOf`.
   */
  readonly html: (addressOf: (reference: Reference) => string, withLines?: "with lines") => string;
}

/** The attribute that says on which line of its file an element stands. */
export const LINE_ATTRIBUTE = "data-wireroom-line";

/** The line of the file that `element` stands on, in HTML that was written with lines. */
export function lineOf({ properties }: Element): number | undefined {
  const line = Number(properties.dataWireroomLine);
  return Number.isInteger(line) ? line : undefined;
}

/** The attribute that holds an element's reference. */
export const referenceAttribute = (element: Element): "src" | "href" | undefined =>
  element.tagName === "img" ? "src" : element.tagName === "a" ? "href" : undefined;

/** True for an address that means something only beside the file, or that nobody else can open (`data:`, `file:`). */
export const needsPlace = (address: string): boolean => !STANDS_ALONE.test(address);

/** A picture worth showing takes more as `data:`. */
const PLACEHOLDER_CHARACTERS = 1000;

/** An element's reference; undefined where it has none, or one that `wanted` passes over. */
export function referenceOf(element: Element, line: number, wanted = needsPlace): Reference | undefined {
  const attribute = referenceAttribute(element);
  const value = attribute && element.properties[attribute];
  const written = typeof value === "string" ? value.trim() : "";
  // Of a picture that loads late, a placeholder stands in `src`.
  const address = attribute !== "src" || isFile(written) ? written : (sourceOf(element)?.address ?? written);
  if (address === "" || !wanted(address)) return undefined;
  // What stands in place of a picture until a script brings it: `noscript` beside it may hold the true one.
  if (
    attribute === "src" &&
    /^data:image\/(?:gif|svg)/i.test(address) &&
    address.length < PLACEHOLDER_CHARACTERS
  )
    return undefined;
  const { alt, title } = element.properties;
  return {
    kind: attribute === "src" ? "image" : "link",
    address,
    line,
    alt: typeof alt === "string" ? alt : "",
    ...(typeof title === "string" && title.trim() !== "" ? { title } : {}),
  };
}

// `data:` and `file:` do have a scheme, but nobody else can open them.
const STANDS_ALONE = /^(?!data:|file:)([a-z][a-z0-9+.-]*:|[/\\#])/i;
