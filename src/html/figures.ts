// The article's images in its body: each becomes a mark, which every format and page replaces by the same
// figure, with the article's caption and credit.

import type { Element, Nodes, Parents, Root, RootContent } from "hast";
// The type of text that hast-util-to-html writes as it is: an address with `&` must reach the renderer
// unescaped.
import type {} from "remark-rehype";
import { SKIP, visit } from "unist-util-visit";
import { imageMark, OWN_SITE } from "../article/body.ts";
import type { WarningCode } from "../article/warning.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { type Text, text } from "../lib/text.ts";
import { t } from "../lib/translate.ts";
import { FLOW_PARENTS, wordsIn } from "./tree.ts";

/** The caption and alt text of an image. */
export interface ImageWords {
  readonly caption?: string | undefined;
  readonly alt?: string | undefined;
}

/** A place of an image in the body, with its caption and alt text there; "" without. */
interface ImagePlace {
  readonly src: string;
  readonly caption: Text;
  readonly alt: Text;
}

/** What `markFigures` found. */
export interface Figures {
  /** In the body's order. */
  readonly places: readonly ImagePlace[];
  readonly captions: ReadonlyMap<string, Text>;
  /** What an `img` had as its alternative text, where that isn't empty. */
  readonly alts: ReadonlyMap<string, Text>;
  readonly unlisted: readonly { readonly src: string; readonly alt: string }[];
}

// What a figure may show beside an image without a word of text.
const OTHER_CONTENT = new Set(["audio", "video", "iframe", "table", "hr"]);

/**
 * Takes out every image that is one of `listed` (as stored) or stored here, and puts its `imageMark` after
 * the paragraph that it was in, or in place of the figure. Changes `tree`.
 */
export function markFigures(tree: Root, listed: readonly string[]): Figures {
  const found: ImagePlace[] = [];
  const captions = new Map<string, Text>();
  const alts = new Map<string, Text>();
  const unlisted = new Map<string, string>();
  const known = new Set(listed);
  const places: (() => void)[] = [];
  // A figure may hold thousands of images, so each is looked through once.
  const judged = new Map<Element, boolean>();
  for (const [image, ancestors] of imagesOf(tree)) {
    const address = String(image.properties.src ?? "");
    const src = address.startsWith(OWN_SITE) ? address.slice(OWN_SITE.length) : address;
    if (!known.has(src) && !(address.startsWith(OWN_SITE) && MEDIA_PATH.test(src))) continue;
    const alt = text(String(image.properties.alt ?? ""));
    if (alt !== "" && !alts.has(src)) alts.set(src, alt);
    if (!known.has(src) && !unlisted.has(src)) unlisted.set(src, alt);
    const figure = ancestors.findLast(isFigure);
    if (figure && !judged.has(figure)) judged.set(figure, holdsNothingElse(figure));
    const replaced = figure && judged.get(figure) ? figure : undefined;
    const caption = text(replaced ? captionOf(replaced) : "");
    if (caption !== "" && !captions.has(src)) captions.set(src, caption);
    found.push({ src, caption, alt });
    const mark: RootContent = { type: "raw", value: imageMark(address) };
    places.push(() => place(mark, image, ancestors, replaced));
  }
  // The last first: each mark is put right after its paragraph, before the later ones that are there already.
  for (const set of places.reverse()) set();
  return { places: found, captions, alts, unlisted: [...unlisted].map(([src, alt]) => ({ src, alt })) };
}

/**
 * Calls `report` for each caption and alt text in the body that readers won't get. An image has one of each:
 * the one in `listed`, else the first in the body. `nth` counts the places of one image, from 0.
 */
export function reportDroppedWords(
  { places, captions, alts }: Figures,
  listed: ReadonlyMap<string, ImageWords>,
  report: (code: WarningCode, message: string, src: string, nth: number) => void,
): void {
  const counts = new Map<string, number>();
  for (const { src, caption, alt } of places) {
    const nth = counts.get(src) ?? 0;
    counts.set(src, nth + 1);
    const shownCaption = listed.get(src)?.caption ?? captions.get(src);
    if (caption !== "" && shownCaption !== undefined && caption !== shownCaption)
      report("caption-dropped", droppedCaption(start(caption), start(shownCaption)), src, nth);
    const shownAlt = listed.get(src)?.alt || alts.get(src);
    if (alt !== "" && shownAlt !== undefined && alt !== shownAlt)
      report("alt-dropped", droppedAlt(start(alt), start(shownAlt)), src, nth);
  }
}

const droppedCaption = (here: string, shown: string): string =>
  t(
    "gives a picture the caption “{here}”, which isn't shown: a picture has one, and this one's is “{shown}”",
    { here, shown },
  );

const droppedAlt = (here: string, shown: string): string =>
  t(
    "gives a picture the alternative text “{here}”, which isn't shown: a picture has one, and this one's is “{shown}”",
    { here, shown },
  );

const SHOWN_CHARACTERS = 80;
const start = (words: string): string =>
  words.length <= SHOWN_CHARACTERS ? words : `${words.slice(0, SHOWN_CHARACTERS).trimEnd()}…`;

/** Every `img` with its ancestors, root first. */
function imagesOf(tree: Root): [Element, Parents[]][] {
  const found: [Element, Parents[]][] = [];
  const walk = (node: Nodes, ancestors: Parents[]) => {
    if (node.type === "element" && node.tagName === "img") found.push([node, ancestors]);
    if (!("children" in node)) return;
    const within = [...ancestors, node];
    for (const child of node.children) walk(child, within);
  };
  walk(tree, []);
  return found;
}

function place(
  mark: RootContent,
  image: Element,
  ancestors: readonly Parents[],
  figure: Element | undefined,
): void {
  const chain: Nodes[] = figure ? ancestors.slice(0, ancestors.indexOf(figure) + 1) : [...ancestors, image];
  const last = chain.length - 1;
  // Upwards from what is replaced: the first node whose parent may hold a figure is what the mark follows.
  let top = last;
  while (top > 1 && !mayHoldFigure(chain[top - 1])) top--;
  const siblings = (chain[top - 1] as Parents).children as RootContent[];
  const index = siblings.indexOf(chain[top] as RootContent);
  if (top === last) {
    siblings.splice(index, 1, mark);
    return;
  }
  siblings.splice(index + 1, 0, mark);
  for (let i = last; i >= top && (i === last || isEmpty(chain[i])); i--) {
    const { children } = chain[i - 1] as { children: RootContent[] };
    const at = children.indexOf(chain[i] as RootContent);
    children.splice(at, 1);
    const [first] = children;
    // A parser drops a line end right after `<pre>`, so one that is there now needs another before it.
    if (at === 0 && isPre(chain[i - 1]) && first?.type === "text" && first.value.startsWith("\n"))
      first.value = `\n${first.value}`;
  }
}

const isPre = (node: Nodes | undefined): boolean => node?.type === "element" && node.tagName === "pre";

const mayHoldFigure = (node: Nodes | undefined): boolean =>
  node?.type === "root" || (node?.type === "element" && FLOW_PARENTS.has(node.tagName));

const isEmpty = (node: Nodes | undefined): boolean =>
  node !== undefined &&
  "children" in node &&
  node.children.every((c) => c.type === "text" && c.value.trim() === "");

const isFigure = (node: Parents): node is Element => node.type === "element" && node.tagName === "figure";

/** True for a figure of one image and its caption: a mark says all of it. */
function holdsNothingElse(figure: Element): boolean {
  let images = 0;
  let others = 0;
  visit(figure, (node) => {
    if (node.type === "text" && node.value.trim() !== "") others++;
    if (node.type !== "element") return;
    if (node.tagName === "figcaption") return SKIP;
    if (node.tagName === "img") images++;
    if (OTHER_CONTENT.has(node.tagName)) others++;
  });
  return images === 1 && others === 0;
}

function captionOf(figure: Element): string {
  const caption = figure.children.find(
    (c): c is Element => c.type === "element" && c.tagName === "figcaption",
  );
  return caption ? wordsIn(caption) : "";
}
