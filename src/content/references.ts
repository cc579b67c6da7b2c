// The references in an article's body: relative addresses of pictures and pages, which work only beside the
// file. images.ts resolves them; the body's HTML is then written with the addresses that readers can open.

import type { Element } from "hast";
import { isFile, sourceOf } from "../html/normalize/picture-source.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";

/** A relative address in a body, or one that nobody else can open (`data:`, `file:`). */
export interface Reference {
  readonly kind: "image" | "link";
  /** As in the HTML: percent-encoded, with its query and fragment. */
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

/** An article's body, parsed once. Its HTML is written when the references are resolved. */
export interface Body {
  /** Every element in document order. `html` changes the addresses in them. */
  readonly elements: readonly PlacedElement[];
  readonly references: readonly Reference[];
  /**
   * Writes the HTML, with each reference replaced by `addressOf(reference)`. `withLines` adds the line of the
   * file to every element, for `lineOf`.
   */
  readonly html: (addressOf: (reference: Reference) => string, withLines?: "with lines") => string;
}

/** The attribute that holds the line of an element in its file. */
export const LINE_ATTRIBUTE = "data-wireroom-line";

/** The line of `element` in its file, from HTML that was written with lines. */
export function lineOf({ properties }: Element): number | undefined {
  const line = Number(properties.dataWireroomLine);
  return Number.isInteger(line) ? line : undefined;
}

/** The attribute that holds an element's reference. */
export const referenceAttribute = (element: Element): "src" | "href" | undefined =>
  element.tagName === "img" ? "src" : element.tagName === "a" ? "href" : undefined;

/** True for an address that works only beside the file, or that nobody else can open (`data:`, `file:`). */
export const needsResolving = (address: string): boolean => !ABSOLUTE.test(address);

/** A `data:` address of a real picture is longer. */
const MAX_PLACEHOLDER_CHARACTERS = 1000;

/** An element's reference; undefined if it has none, or if `wanted` is false for its address. */
export function referenceOf(element: Element, line: number, wanted = needsResolving): Reference | undefined {
  const attribute = referenceAttribute(element);
  const value = attribute && element.properties[attribute];
  const written = typeof value === "string" ? value.trim() : "";
  // A picture that a script loads late has a placeholder in `src`.
  const address = attribute !== "src" || isFile(written) ? written : (sourceOf(element)?.address ?? written);
  if (address === "" || !wanted(address)) return undefined;
  // A placeholder until a script loads the picture, which may be in a `noscript` beside it.
  if (
    attribute === "src" &&
    /^data:image\/(?:gif|svg)/i.test(address) &&
    address.length < MAX_PLACEHOLDER_CHARACTERS
  )
    return undefined;
  const { alt, title } = element.properties;
  return {
    kind: attribute === "src" ? "image" : "link",
    address,
    line,
    alt: typeof alt === "string" ? alt : "",
    ...omitUndefined({ title: typeof title === "string" && title.trim() !== "" ? title : undefined }),
  };
}

/**
 * An address with a scheme, or from the root. `data:` and `file:` have a scheme too, but nobody else can open
 * them.
 */
const ABSOLUTE = /^(?!data:|file:)([a-z][a-z0-9+.-]*:|[/\\#])/i;
