// Pictures of the article inside its body: each becomes a marked block where it stands, so that every format and page
// sets it as the same figure, with the caption and credit that the article gives it.

import type { Element, Nodes, Parents, Root, RootContent } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";
import { MEDIA_PATH } from "../model/address.ts";
import { IMAGE_MARK, OWN_SITE } from "../model/article.ts";
import { type Text, text } from "../model/text.ts";

// Text that rehype-stringify writes as it is: an address with `&` must reach the renderer unescaped.
declare module "hast" {
  interface RootContentMap {
    raw: { type: "raw"; value: string };
  }
}

/** What `markFigures` found. */
export interface Figures {
  readonly captions: ReadonlyMap<string, Text>;
  readonly unlisted: readonly { readonly src: string; readonly alt: string }[];
}

// Elements that a figure may stand in; any other is closed before it.
const FLOW = new Set(["article", "aside", "blockquote", "dd", "details", "div", "figure", "li", "section", "td", "th"]);

/**
 * Takes out every image that is one of `listed` (as stored) or held here, and puts `IMAGE_MARK + src + IMAGE_MARK`
 * after the paragraph that it stood in, or in place of the figure. Changes `tree`.
 */
export function markFigures(tree: Root, listed: readonly string[]): Figures {
  const captions = new Map<string, Text>();
  const unlisted = new Map<string, string>();
  const known = new Set(listed);
  for (const [image, ancestors] of imagesOf(tree)) {
    const address = String(image.properties.src ?? "");
    const src = address.startsWith(OWN_SITE) ? address.slice(OWN_SITE.length) : address;
    if (!known.has(src) && !(address.startsWith(OWN_SITE) && MEDIA_PATH.test(src))) continue;
    if (!known.has(src)) unlisted.set(src, text(String(image.properties.alt ?? "")));
    const mark: RootContent = { type: "raw", value: `${IMAGE_MARK}${address}${IMAGE_MARK}` };
    const figure = ancestors.findLast((node): node is Element => node.type === "element" && node.tagName === "figure");
    if (figure) {
      const caption = text(captionOf(figure));
      if (caption !== "") captions.set(src, caption);
    }
    place(mark, image, ancestors, figure);
  }
  return { captions, unlisted: [...unlisted].map(([src, alt]) => ({ src, alt })) };
}

/** Every `img` with its ancestors, root first. */
function imagesOf(tree: Root): [Element, Parents[]][] {
  const found: [Element, Parents[]][] = [];
  const walk = (node: Nodes, ancestors: Parents[]) => {
    if (node.type === "element" && node.tagName === "img") found.push([node, ancestors]);
    if ("children" in node) for (const child of node.children) walk(child, [...ancestors, node]);
  };
  walk(tree, []);
  return found;
}

function place(mark: RootContent, image: Element, ancestors: readonly Parents[], figure: Element | undefined): void {
  // From the image upwards: the first node whose parent may hold a figure is what the mark follows.
  const chain: Nodes[] = [...ancestors, image];
  let top = chain.length - 1;
  while (top > 1 && !mayHoldFigure(chain[top - 1])) top--;
  const anchor = figure && onlyImageOf(figure) === image ? figure : chain[top];
  const at = chain.indexOf(anchor as Nodes);
  const parent = chain[at - 1] as Parents;
  const siblings = parent.children as RootContent[];
  const index = siblings.indexOf(anchor as RootContent);
  if (anchor === figure || anchor === image) {
    siblings.splice(index, 1, mark);
    return;
  }
  siblings.splice(index + 1, 0, mark);
  for (let i = chain.length - 1; i >= at && (i === chain.length - 1 || isEmpty(chain[i])); i--) {
    const holder = chain[i - 1] as Parents;
    const children = holder.children as RootContent[];
    children.splice(children.indexOf(chain[i] as RootContent), 1);
  }
}

const mayHoldFigure = (node: Nodes | undefined): boolean =>
  node?.type === "root" || (node?.type === "element" && FLOW.has(node.tagName));

const isEmpty = (node: Nodes | undefined): boolean =>
  node !== undefined && "children" in node && node.children.every((c) => c.type === "text" && c.value.trim() === "");

function onlyImageOf(figure: Element): Element | undefined {
  const images: Element[] = [];
  visit(figure, "element", (node) => {
    if (node.tagName === "img") images.push(node);
  });
  return images.length === 1 ? images[0] : undefined;
}

function captionOf(figure: Element): string {
  const caption = figure.children.find((c): c is Element => c.type === "element" && c.tagName === "figcaption");
  return caption ? textOf(caption) : "";
}
