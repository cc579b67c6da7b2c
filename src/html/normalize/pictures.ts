// Pictures as an article's body holds them: one `img` each, with the file that it stands for.

import type { Element, Parents, Root, RootContent } from "hast";
import { watchPage } from "../../article/player.ts";
import { attribute, elementsIn, isElement, replaceChildren } from "../tree.ts";
import { settleBackground } from "./backgrounds.ts";
import { filmInBox } from "./boxes.ts";
import type { Normalizing } from "./normalizing.ts";
import { frameSources, isFile, pictureName, sourceOf } from "./picture-source.ts";

/**
 * Makes of every picture an `img` with its file, `src=""` where there is none to name, and brings out what `noscript` holds
 * instead. Changes `tree`. Returns the images whose file isn't the one that their width and height are about.
 */
export function settlePictures(tree: Root, normalizing: Normalizing): ReadonlySet<Element> {
  const others = new Set<Element>();
  const hasNoscript = settle(tree, normalizing, others);
  if (!hasNoscript) return others;
  const shown = new Set<string>();
  for (const element of elementsIn(tree, (e) => e.tagName !== "noscript")) {
    if (element.tagName === "img") shown.add(pictureName(attribute(element, "src")));
    for (const address of lateFrame(element)) shown.add(address);
    const film = filmInBox(element);
    if (film !== undefined) shown.add(film);
  }
  openNoscript(tree, shown);
  return others;
}

const IMAGES: ReadonlySet<string> = new Set(["img", "amp-img", "amp-anim"]);

/** Where a picture stands. */
interface Place {
  readonly picture?: Element;
  readonly link?: Element;
}

/** Returns true where there is a `noscript`. */
function settle(parent: Parents, normalizing: Normalizing, others: Set<Element>, place: Place = {}): boolean {
  let [hasNoscript, hasPicture] = [false, false];
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    const { tagName } = child;
    // Whose picture a script would have put there.
    if (tagName === "picture" && ![...elementsIn(child)].some((e) => IMAGES.has(e.tagName)))
      child.children.push({ type: "element", tagName: "img", properties: {}, children: [] });
    if (IMAGES.has(tagName)) {
      settleImage(child, normalizing, others, place);
      continue;
    }
    if (tagName === "noscript") hasNoscript = true;
    if (tagName === "picture") hasPicture = true;
    const within =
      tagName === "a"
        ? { ...place, link: child }
        : tagName === "picture"
          ? { ...place, picture: child }
          : place;
    if (settle(child, normalizing, others, within)) hasNoscript = true;
    settleBackground(child, normalizing);
  }
  dropPreviews(parent);
  if (hasPicture) {
    replaceChildren(parent, (child) =>
      isElement(child, "picture") ? child.children.filter((inner) => !isElement(inner, "source")) : [child],
    );
  }
  return hasNoscript;
}

/** Takes out the small pictures that stand before the same picture until it comes. */
function dropPreviews(parent: Parents): void {
  if (!parent.children.some(isPreview)) return;
  const shown = new Set<string>();
  for (const element of elementsIn(parent, (e) => e.tagName !== "noscript"))
    if (element.tagName === "img" && !isPreview(element)) shown.add(pictureName(attribute(element, "src")));
  replaceChildren(parent, (child) =>
    isPreview(child) && shown.has(pictureName(attribute(child, "src"))) ? [] : [child],
  );
}

const isPreview = (node: RootContent): node is Element =>
  isElement(node, "img") && /thumb|preview|placeholder|lqip|blur/i.test(attribute(node, "className"));

function settleImage(
  image: Element,
  { resolve, isListed }: Normalizing,
  others: Set<Element>,
  { picture, link }: Place,
): void {
  const listed = isListed && ((address: string) => isListed(resolve(address, "file") ?? ""));
  const source = sourceOf(image, picture, listed) ?? opened(link);
  image.tagName = "img";
  image.children = [];
  const src = (source && resolve(source.address, "file")) ?? "";
  // Where it stood: the same article sent again is the same.
  image.properties = "src" in image.properties ? { ...image.properties, src } : { src, ...image.properties };
  if (source && !source.own) others.add(image);
}

// A preview without a file of its own links to the picture.
function opened(link: Element | undefined) {
  const address = link ? attribute(link, "href") : "";
  return /\.(?:jpe?g|png|webp|avif)(?:[?#]|$)/i.test(address) && isFile(address)
    ? { address, own: false }
    : undefined;
}

const IN_NOSCRIPT: ReadonlySet<string> = new Set(["img", "iframe", "video", "audio"]);

/** What a frame shows, or will show. */
const lateFrame = (element: Element): readonly string[] =>
  element.tagName === "iframe"
    ? frameSources(element)
        .filter(isFile)
        .map((address) => watchPage(address) ?? address)
    : [];

/** What is in `noscript` for a picture or frame that scripts load late: shown where it isn't shown already. */
function openNoscript(parent: Parents, shown: ReadonlySet<string>): void {
  const made: RootContent[] = [];
  for (const child of parent.children) {
    if (!isElement(child, "noscript")) {
      if (isElement(child)) openNoscript(child, shown);
      made.push(child);
      continue;
    }
    const held = inNoscript(child, shown);
    const before = made.findLastIndex((node) => node.type !== "text" || node.value.trim() !== "");
    const placeholder = made[before];
    // It stood where the picture comes now.
    if (held.some(isImage) && placeholder && isImage(placeholder) && attribute(placeholder, "src") === "")
      made.splice(before, 1);
    made.push(...held);
  }
  parent.children = made as typeof parent.children;
}

const isImage = (node: RootContent): node is Element => isElement(node, "img");

function inNoscript(noscript: Element, shown: ReadonlySet<string>): readonly Element[] {
  const inside = [...elementsIn(noscript)];
  const held = inside.filter(({ tagName }) => IN_NOSCRIPT.has(tagName));
  // A poll or a comment system leaves a link to its page; a sentence that asks for scripts is none.
  if (held.length === 0 && !/javascript/i.test(noscript.children.map(plainText).join(" ")))
    return inside.filter((element) => element.tagName === "a" && attribute(element, "href") !== "");
  return held.filter((element) =>
    element.tagName === "img"
      ? attribute(element, "src") !== "" && !shown.has(pictureName(attribute(element, "src")))
      : lateFrame(element).every((address) => !shown.has(address)),
  );
}

const plainText = (node: Element["children"][number]): string =>
  node.type === "text" ? node.value : node.type === "element" ? node.children.map(plainText).join(" ") : "";
