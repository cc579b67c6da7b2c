// Lists that Word copies: paragraphs whose marker is between two of its comments, `[if !supportLists]` and `[endif]`, or,
// where a mail program took those out, in a `span` with the style `mso-list:Ignore`.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../tree.ts";

const LEVEL = /mso-list:[^;]*\blevel([1-9])/i;
const MARKER = /mso-list:\s*ignore/i;
const OPENING = /^\[if !supportLists\]/i;
const NUMBER = /^(?:\d{1,4}|[a-z]|[ivxlc]{1,6})[.)]/i;

/** An item of a list, without its marker. */
interface Item {
  readonly level: number;
  readonly isNumbered: boolean;
  readonly children: readonly ElementContent[];
}

/** Puts Word's paragraphs that are items of a list into lists, everywhere below `parent`. */
export function makeWordLists(parent: Parents): void {
  const made: RootContent[] = [];
  let items: Item[] = [];
  let blanks: RootContent[] = [];
  const end = (): void => {
    if (items.length > 0) made.push(...listsOf(items));
    made.push(...blanks);
    [items, blanks] = [[], []];
  };
  for (const child of parent.children) {
    const item = isElement(child) && child.tagName === "p" ? itemOf(child) : undefined;
    if (item) {
      items.push(item);
      blanks = [];
    } else if (items.length > 0 && child.type === "text" && child.value.trim() === "") blanks.push(child);
    else {
      end();
      if (isElement(child)) makeWordLists(child);
      made.push(child);
    }
  }
  end();
  parent.children = made as typeof parent.children;
}

/** The item that a paragraph is; undefined for any other paragraph. */
function itemOf(paragraph: Element): Item | undefined {
  const { children } = paragraph;
  const level = LEVEL.exec(attribute(paragraph, "style") ?? "")?.[1];
  const stretch = betweenComments(children) ?? (level === undefined ? undefined : markerIn(children));
  if (!stretch) return undefined;
  const { start, length } = stretch;
  const marker = wordsIn({ type: "root", children: children.slice(start, start + length) }).trim();
  return {
    level: Number(level ?? 1),
    isNumbered: NUMBER.test(marker),
    children: children.toSpliced(start, length),
  };
}

/** A stretch of a paragraph's children. */
interface Stretch {
  readonly start: number;
  readonly length: number;
}

function betweenComments(children: readonly ElementContent[]): Stretch | undefined {
  const start = children.findIndex((child) => child.type === "comment" && OPENING.test(child.value));
  const length = children
    .slice(start)
    .findIndex((child) => child.type === "comment" && child.value === "[endif]");
  return start === -1 || length === -1 ? undefined : { start, length: length + 1 };
}

/** The child that is nothing but the marker. */
function markerIn(children: readonly ElementContent[]): Stretch | undefined {
  const start = children.findIndex((child) => {
    if (child.type !== "element") return false;
    const marker = [child, ...elementsIn(child)].find((one) => MARKER.test(attribute(one, "style") ?? ""));
    return marker !== undefined && wordsIn(marker).trim() === wordsIn(child).trim();
  });
  return start === -1 ? undefined : { start, length: 1 };
}

/** Lists of the items, those of deeper levels within the item before. */
function listsOf(items: readonly Item[]): readonly Element[] {
  const lists: Element[] = [];
  for (let index = 0; index < items.length; ) {
    const item = items[index] as Item;
    let next = index + 1;
    while ((items[next]?.level ?? 0) > item.level) next++;
    const children = [...item.children, ...listsOf(items.slice(index + 1, next))];
    const made: Element = { type: "element", tagName: "li", properties: {}, children };
    const tagName = item.isNumbered ? "ol" : "ul";
    const last = lists.at(-1);
    if (last?.tagName === tagName) last.children.push(made);
    else lists.push({ type: "element", tagName, properties: {}, children: [made] });
    index = next;
  }
  return lists;
}
