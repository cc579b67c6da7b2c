// Inline SVG: its words stay, in the sentence that it stands in; a photograph that it frames stays as a picture.

import type { Element, Parents, RootContent } from "hast";
import { text } from "../../lib/text.ts";
import { attribute, elementsIn, isElement, wordsIn } from "../tree.ts";
import type { Normalizing } from "./normalizing.ts";
import { isFile } from "./picture-source.ts";
import { element, placed } from "./place.ts";

/** What stands in the place of an inline SVG. */
export function settledDrawing(
  svg: Element,
  parent: Parents,
  { resolve, losses }: Normalizing,
): readonly RootContent[] {
  if (attribute(svg, "ariaHidden") === "true") return [];
  const words = wordsOf(svg);
  if (words !== "") {
    losses.tell(
      "svg-became-text",
      "holds <svg>, of which only the words stay; to keep it, use it as a picture",
      svg,
    );
    return [placed({ type: "text", value: words }, svg, parent)];
  }
  const image = [...elementsIn(svg)].find(({ tagName }) => tagName === "image");
  const file = image && (attribute(image, "xLinkHref") || attribute(image, "href"));
  const src = file && isFile(file) ? resolve(file, "file") : undefined;
  if (src !== undefined) return [element("img", { src, alt: "" })];
  losses.tell("svg-dropped", "holds <svg>, which is taken out with all that is in it", svg);
  return [];
}

/** The drawing's title, then the words in it. */
function wordsOf(svg: Element): string {
  const title = svg.children.find((child): child is Element => isElement(child, "title"));
  const lines: string[] = [];
  const texts = elementsIn(svg, ({ tagName }) => !WORDS.has(tagName) && !UNREAD.has(tagName));
  for (const inner of texts) if (WORDS.has(inner.tagName)) lines.push(wordsIn(inner));
  const name = (title && wordsIn(title)) || text(attribute(svg, "ariaLabel"));
  return [...new Set([name, ...lines])].filter((words) => words !== "").join(", ");
}

const WORDS: ReadonlySet<string> = new Set(["text", "foreignObject"]);
const UNREAD: ReadonlySet<string> = new Set(["defs", "script", "style", "metadata", "title", "desc"]);
