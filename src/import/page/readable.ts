// What Mozilla's Readability takes for the article on a page. It walks and changes a DOM, which no tree can stand in for: one is
// built of the page's tree, without printing and parsing it, and what it finds is made a tree again of the page's own elements.

import { Readability } from "@mozilla/readability";
import type { Element, ElementContent, Parents, Root } from "hast";
import { parseHTML } from "linkedom";
import { attribute, elementsIn } from "../../html/tree.ts";

// Readability takes a second for ten thousand elements.
const MOST_ELEMENTS = 8000;

/**
 * The article in `page`; undefined where Readability finds none, or would take too long. Its elements share their
 * `properties` with those of `page`, but for the ones that Readability made.
 */
export function readable(page: Root): Root | undefined {
  const elements = [...elementsIn(page)];
  if (elements.length > MOST_ELEMENTS) return undefined;
  const { document } = parseHTML("<!doctype html><html></html>");
  const numbers = new Map(elements.map((element, at) => [element, at]));
  const fill = (parent: DomNode, { children }: Parents): void => {
    for (const child of children) {
      if (child.type === "text") parent.appendChild(document.createTextNode(child.value));
      if (child.type !== "element") continue;
      const made = document.createElement(child.tagName);
      for (const name of ATTRIBUTES) {
        const value = read(child, name);
        if (value !== "") made.setAttribute(WRITTEN[name] ?? name, value);
      }
      made.setAttribute(NUMBER, String(numbers.get(child)));
      fill(made, child);
      parent.appendChild(made);
    }
  };
  const html = page.children.find((child) => child.type === "element" && child.tagName === "html");
  fill(document.documentElement, html?.type === "element" ? html : page);
  const found = new Readability<DomNode>(document, {
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node: unknown) => node as DomNode,
  }).parse();
  const wrapper = found?.content?.firstChild;
  return wrapper ? { type: "root", children: childrenOf(wrapper, elements) } : undefined;
}

/** All that Readability reads of an element. */
const ATTRIBUTES: readonly string[] = [
  ...["className", "id", "role", "rel", "itemProp", "itemType", "style", "hidden", "ariaHidden", "ariaModal"],
  ...[
    "href",
    "src",
    "srcSet",
    "alt",
    "width",
    "height",
    "data",
    "type",
    "dir",
    "name",
    "content",
    "property",
  ],
];
const WRITTEN: Readonly<Record<string, string>> = {
  className: "class",
  ariaHidden: "aria-hidden",
  ariaModal: "aria-modal",
};
const NUMBER = "data-number";

function read(element: Element, name: string): string {
  if (name === "hidden") return element.properties.hidden ? "hidden" : "";
  const value = attribute(element, name);
  // It would take the start of a text for a byline, and out.
  return name === "className" ? value.replace(/\bdateline\b/gi, "") : value;
}

const TEXT = 3;
const ELEMENT = 1;

// What is used of a DOM.
interface DomNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
  readonly firstChild: DomNode | null;
  appendChild(child: DomNode): void;
  getAttribute(name: string): string | null;
}

const childrenOf = (node: DomNode, elements: readonly Element[]): ElementContent[] =>
  [...node.childNodes].flatMap((child): ElementContent[] => {
    if (child.nodeType === TEXT) return [{ type: "text", value: child.textContent ?? "" }];
    if (child.nodeType !== ELEMENT) return [];
    const source = elements[Number(child.getAttribute(NUMBER) ?? -1)];
    const tagName = child.localName.toLowerCase();
    const children = childrenOf(child, elements);
    return [{ type: "element", tagName, properties: source?.properties ?? {}, children }];
  });
