// Removes elements and players that a partner doesn't allow from a body. Text is kept: a plainer element
// allows the place of one that isn't allowed, or its content does.

import type { Element, ElementContent, Root, RootContent } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { toHtml } from "hast-util-to-html";
import { parseFragment } from "parse5";
import { SKIP, visit } from "unist-util-visit";
import { hasElement, hasEmptyElement } from "../article/body.ts";
import { formulaText } from "../article/plain-text.ts";
import { isPlayerOf, watchPage } from "../article/player.ts";
import { type Html, html } from "../lib/text.ts";

/** The plainer element for a block that isn't allowed. It keeps the text apart from the next block's. */
const PLAINER: Readonly<Record<string, string>> = {
  ...{
    figure: "div",
    figcaption: "p",
    aside: "div",
    section: "div",
    details: "div",
    summary: "p",
    dl: "div",
  },
  ...{
    dt: "p",
    dd: "p",
    h1: "p",
    h2: "p",
    h3: "p",
    h4: "p",
    h5: "p",
    h6: "p",
    pre: "p",
    blockquote: "div",
    div: "p",
    li: "p",
    tr: "p",
    caption: "p",
  },
};
/** Other elements that separate words. */
const APART: ReadonlySet<string> = new Set(["p", "br", "hr", "td", "th"]);
/** A table needs all of these. If one isn't allowed, no part of a table is. */
const TABLE = ["table", "tr", "td"];
const TABLE_PARTS: ReadonlySet<string> = new Set([
  ...[...TABLE, "th", "thead", "tbody", "tfoot", "caption", "col", "colgroup"],
]);
/** Elements that may contain a paragraph. */
const CONTAINERS: ReadonlySet<string> = new Set([
  ...["div", "section", "aside", "figure", "blockquote", "details", "li", "td", "th", "dd"],
]);
const PLAYERS: ReadonlySet<string> = new Set(["iframe", "video", "audio"]);

/** Elements that show something without any text. */
const SHOWN: ReadonlySet<string> = new Set([...PLAYERS, "img", "hr", "math"]);
/** Elements without an end tag that show nothing. */
const VOID: ReadonlySet<string> = new Set(["br", "wbr", "col", "source", "track"]);
/** Parts of a table that stay even when they are empty: without them the others would move. */
const CELLS: ReadonlySet<string> = new Set(["td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"]);

/**
 * The body with the elements of `tags` alone (undefined: all), and iframes from the hosts of `embeds` alone.
 * Any other player becomes a link. Elements that end up empty are removed.
 */
export function restrictHtml(
  body: Html,
  { tags, embeds }: { readonly tags?: readonly string[]; readonly embeds: readonly string[] },
): Html {
  if (tags === undefined && !hasElement(body, ["iframe"]) && !hasEmptyElement(body)) return body;
  const allowed = tags && new Set(tags);
  const isTable = TABLE.every((name) => allowed?.has(name));
  const allows = (name: string) =>
    allowed === undefined || (allowed.has(name) && (isTable || !TABLE_PARTS.has(name)));
  const root = parse(body);
  /** Elements inside a link, where no other link may be. */
  const linked = new Set<Element>();
  visit(root, "element", (node, index, parent) => {
    if (!parent || index === undefined) return;
    const { tagName } = node;
    const isLinked = linked.has(node);
    if (tagName === "math") {
      // A formula is kept with all its parts, or replaced by its text.
      if (allows("math")) return SKIP;
      parent.children.splice(index, 1, { type: "text", value: formulaText(node) });
      return [SKIP, index + 1];
    }
    if (
      allows(tagName) &&
      !(tagName === "iframe" && !isFrom(node, embeds)) &&
      !(tagName === "a" && isLinked) &&
      !(tagName === "li" && !isList(parent))
    ) {
      if (tagName === "a") visit(node, "element", (inner) => void linked.add(inner));
      return;
    }
    const hasLink = isPlayerLink(parent.children.slice(index + 1).find(isSeen));
    const instead = !PLAYERS.has(tagName)
      ? plainer(node, allows)
      : hasLink
        ? []
        : linkTo(node, parent, isLinked);
    parent.children.splice(index, 1, ...instead);
    // Visit the replacement next.
    return [SKIP, index];
  });
  removeEmpty(root);
  return html(write(root));
}

/** Removes empty elements below `node`, in place. True if anything visible is left. */
function removeEmpty(node: Root | Element): boolean {
  const hasText = node.children.some((child) => child.type === "text" && child.value.trim() !== "");
  let shows = hasText;
  node.children = (node.children as ElementContent[]).flatMap((child): ElementContent[] => {
    if (child.type !== "element" || VOID.has(child.tagName)) return [child];
    if (SHOWN.has(child.tagName) || removeEmpty(child)) {
      shows = true;
      return [child];
    }
    if (CELLS.has(child.tagName) || isTarget(child)) return [child];
    if (isBlock(child)) return hasText ? [SPACE] : [];
    // Keep white space, since it separates words.
    return child.children;
  });
  return shows;
}

/** True for the target of a link within the page. */
const isTarget = ({ tagName, properties }: Element): boolean =>
  (tagName === "a" || tagName === "span") && properties.id !== undefined && properties.href === undefined;

// The link that feeds carry beside a player (formats/body.ts).
const isPlayerLink = (node: RootContent | undefined): boolean =>
  node?.type === "element" && String(node.properties.className) === "wr-player";
const isSeen = (node: RootContent): boolean => node.type !== "text" || node.value.trim() !== "";

/** The nearest plainer element that is allowed, with the same content; else the content alone. */
function plainer(node: Element, allows: (name: string) => boolean): ElementContent[] {
  let name = PLAINER[node.tagName];
  while (name !== undefined && !allows(name)) name = PLAINER[name];
  // A paragraph can't contain blocks, so they stay as they are.
  const holdsBlock = node.children.some(isBlock);
  if (name !== undefined && !(name === "p" && holdsBlock)) return [{ ...node, tagName: name }];
  return holdsBlock || !isApart(node) ? node.children : [SPACE, ...node.children, SPACE];
}

/** A link to the player's page, as a paragraph, a link or text: whichever the parent may contain. */
function linkTo(
  { properties, children }: Element,
  parent: Root | Element,
  isLinked: boolean,
): ElementContent[] {
  const source = [properties, ...children.map((child) => ("properties" in child ? child.properties : {}))]
    .map(({ src }) => src)
    .find((src) => typeof src === "string");
  if (typeof source !== "string") return [];
  const page = watchPage(source) ?? source;
  const text = { type: "text" as const, value: String(properties.title ?? page) };
  const link: Element = { type: "element", tagName: "a", properties: { href: page }, children: [text] };
  if (isLinked) return [text];
  if (parent.type === "element" && !CONTAINERS.has(parent.tagName)) return [link];
  return [{ type: "element", tagName: "p", properties: {}, children: [link] }];
}

/** Outside of a list, a parser would let an item end the item around it. */
const isList = (parent: Root | Element): boolean =>
  parent.type === "element" && (parent.tagName === "ul" || parent.tagName === "ol");

const isFrom = ({ properties }: Element, hosts: readonly string[]): boolean =>
  typeof properties.src === "string" && isPlayerOf(properties.src, hosts);

const SPACE = { type: "text", value: " " } as const;
const isApart = ({ tagName }: Element): boolean => tagName in PLAINER || APART.has(tagName);
const isBlock = (node: ElementContent): boolean =>
  node.type === "element" &&
  (node.tagName in PLAINER ||
    ["p", "ul", "ol", "table", "img"].includes(node.tagName) ||
    node.children.some(isBlock));

/** A tree as HTML. */
export const write = (root: Root): string => toHtml(root);

/** A body as a tree. @throws Error, if it is not a fragment. */
export function parse(body: Html): Root {
  const tree = fromParse5(parseFragment(body));
  if (tree.type !== "root") throw new Error("a fragment was parsed as something else");
  return tree;
}
