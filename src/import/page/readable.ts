// Mozilla's Readability on a page that marks nothing: it weighs paragraphs. Linkedom is its document; nothing is loaded or run.

import { Readability } from "@mozilla/readability";
import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { parseHTML } from "linkedom";
import { parseBody } from "../../html/parse.ts";
import { elementsIn } from "../../html/tree.ts";

// Weighing takes a second for ten thousand elements.
const MOST_ELEMENTS = 8000;

/** The article on a page, as Readability finds it; undefined where it finds none, or would take too long. */
export function readable(page: Root): Root | undefined {
  if ([...elementsIn(page)].length > MOST_ELEMENTS) return undefined;
  const { document } = parseHTML(toHtml(page));
  const found = new Readability(document, { disableJSONLD: true, keepClasses: true }).parse();
  if (typeof found?.content !== "string") return undefined;
  const tree = parseBody(found.content);
  // Its own wrapper round the text.
  const [wrapper] = tree.children;
  return { type: "root", children: wrapper?.type === "element" ? wrapper.children : tree.children };
}
