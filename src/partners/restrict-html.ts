// A body as a partner may have it, without elements and players that the partner doesn't take.
// What an element said is kept: one that isn't taken gives way to a plainer one, or to what is in it.

import type { Element, ElementContent, Root, RootContent } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { toHtml } from "hast-util-to-html";
import { parseFragment } from "parse5";
import { SKIP, visit } from "unist-util-visit";
import { formulaText } from "../article/formula.ts";
import { isPlayerOf, watchPage } from "../article/player.ts";
import { type Html, html } from "../lib/text.ts";

/** What stands in for a block that isn't taken, so that its text doesn't run into the next. */
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
/** A table needs all of these: unless all are taken, no part of one is. */
const TABLE = ["table", "tr", "td"];
const TABLE_PARTS: ReadonlySet<string> = new Set([
  ...[...TABLE, "th", "thead", "tbody", "tfoot", "caption", "col", "colgroup"],
]);
/** What a paragraph may stand in. */
const CONTAINERS: ReadonlySet<string> = new Set([
  ...["div", "section", "aside", "figure", "blockquote", "details", "li", "td", "th", "dd"],
]);
const PLAYERS: ReadonlySet<string> = new Set(["iframe", "video", "audio"]);

/** What shows something without a word in it. */
const SHOWN: ReadonlySet<string> = new Set([...PLAYERS, "img", "hr", "math"]);
/** What has no end tag, and shows nothing. */
const VOID: ReadonlySet<string> = new Set(["br", "wbr", "col", "source", "track"]);
/** What stays empty in a table: without it the others would move. */
const CELLS: ReadonlySet<string> = new Set(["td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"]);
/** An empty element, or one with line breaks alone. */
const EMPTY = /<([a-z][a-z0-9]*)(?: [a-zA-Z-]+(?:="[^"]*")?)*>(?:\s|<br>|<wbr>)*<\/\1>/;

/**
 * The body with `tags` alone (all, where undefined), and with iframes of `embeds` alone; any other player is a link. Elements
 * that nothing is left in are out.
 */
export function fitHtml(
  body: Html,
  { tags, embeds }: { readonly tags?: readonly string[]; readonly embeds: readonly string[] },
): Html {
  if (tags === undefined && !body.includes("<iframe") && !EMPTY.test(body)) return body;
  const allowed = tags && new Set(tags);
  const isTable = TABLE.every((name) => allowed?.has(name));
  const takes = (name: string) =>
    allowed === undefined || (allowed.has(name) && (isTable || !TABLE_PARTS.has(name)));
  const root = parse(body);
  /** What stands in a link, where no other may. */
  const linked = new Set<Element>();
  visit(root, "element", (node, index, parent) => {
    if (!parent || index === undefined) return;
    const { tagName } = node;
    const isLinked = linked.has(node);
    if (tagName === "math") {
      // A formula is kept with all its parts, or replaced by its text.
      if (takes("math")) return SKIP;
      parent.children.splice(index, 1, { type: "text", value: formulaText(node) });
      return [SKIP, index + 1];
    }
    if (
      takes(tagName) &&
      !(tagName === "iframe" && !isFrom(node, embeds)) &&
      !(tagName === "a" && isLinked) &&
      !(tagName === "li" && !isList(parent))
    ) {
      if (tagName === "a") visit(node, "element", (inner) => void linked.add(inner));
      return;
    }
    const hasLink = isPlayerLink(parent.children.slice(index + 1).find(isSeen));
    const instead = !PLAYERS.has(tagName)
      ? plainer(node, takes)
      : hasLink
        ? []
        : linkTo(node, parent, isLinked);
    parent.children.splice(index, 1, ...instead);
    // What took its place is looked at next.
    return [SKIP, index];
  });
  takeEmpty(root);
  return html(write(root));
}

/** Takes out what is empty below `node`; true where something is left to see. Changes it. */
function takeEmpty(node: Root | Element): boolean {
  const hasText = node.children.some((child) => child.type === "text" && child.value.trim() !== "");
  let shows = hasText;
  node.children = (node.children as ElementContent[]).flatMap((child): ElementContent[] => {
    if (child.type !== "element" || VOID.has(child.tagName)) return [child];
    if (SHOWN.has(child.tagName) || takeEmpty(child)) {
      shows = true;
      return [child];
    }
    if (CELLS.has(child.tagName) || isTarget(child)) return [child];
    if (isBlock(child)) return hasText ? [SPACE] : [];
    // White space parts words, wherever it stood.
    return child.children;
  });
  return shows;
}

/** True for a place that links lead to. */
const isTarget = ({ tagName, properties }: Element): boolean =>
  (tagName === "a" || tagName === "span") && properties.id !== undefined && properties.href === undefined;

// The link that feeds have beside a player (formats/body.ts).
const isPlayerLink = (node: RootContent | undefined): boolean =>
  node?.type === "element" && String(node.properties.className) === "wr-player";
const isSeen = (node: RootContent): boolean => node.type !== "text" || node.value.trim() !== "";

/** The plainest element that is taken, with the same in it; else only what is in it. */
function plainer(node: Element, takes: (name: string) => boolean): ElementContent[] {
  let name = PLAINER[node.tagName];
  while (name !== undefined && !takes(name)) name = PLAINER[name];
  // A paragraph can't hold blocks: they stay as they are.
  const holdsBlock = node.children.some(isBlock);
  if (name !== undefined && !(name === "p" && holdsBlock)) return [{ ...node, tagName: name }];
  return holdsBlock || !isApart(node) ? node.children : [SPACE, ...node.children, SPACE];
}

/** A paragraph with a link, or what of it may stand in the parent. */
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

/** Outside of a list an item ends the one that it stands in, for a parser. */
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

/** A body as a tree. @throws Error, for what is no fragment. */
export function parse(body: Html): Root {
  const tree = fromParse5(parseFragment(body));
  if (tree.type !== "root") throw new Error("a fragment was parsed as something else");
  return tree;
}
