// Pictures as an article's body holds them: one `img` each, with the file that it stands for.

import type { Element, Parents, Root } from "hast";
import { text } from "../../model/text.ts";
import type { Resolve } from "./addresses.ts";
import { pictureName, sourceOf } from "./sources.ts";
import { attribute, elementsIn, isElement, replaceChildren } from "./tree.ts";

/** Makes of every picture an `img` with its file, `src=""` where there is none to name. Changes `tree`. */
export function settlePictures(tree: Root, resolve: Resolve): void {
  settle(tree, resolve);
  const shown = new Set<string>();
  for (const element of elementsIn(tree, (e) => e.tagName !== "noscript")) {
    if (element.tagName === "img") shown.add(pictureName(attribute(element, "src")));
  }
  openNoscript(tree, shown);
}

const IMAGES = new Set(["img", "amp-img", "amp-anim"]);

function settle(parent: Parents, resolve: Resolve, picture?: Element): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child)) return [child];
    if (IMAGES.has(child.tagName)) return isPixel(child) ? [] : [imageOf(child, resolve, picture)];
    if (child.tagName !== "picture") {
      settle(child, resolve, picture);
      return [child];
    }
    settle(child, resolve, child);
    return child.children.filter((inner) => !isElement(inner, "source"));
  });
}

// Counts readers, and shows nothing.
const isPixel = ({ properties: { width, height } }: Element): boolean =>
  width !== undefined && height !== undefined && Number(width) <= 1 && Number(height) <= 1;

function imageOf(element: Element, resolve: Resolve, picture?: Element): Element {
  const source = sourceOf(element, picture);
  const { alt, width, height, title, id } = element.properties;
  // The size of another file than the one that is taken says nothing.
  const size = source?.own ? { width: pixels(width), height: pixels(height) } : {};
  const properties = {
    src: (source && resolve(source.address, "file")) ?? "",
    alt: typeof alt === "string" ? text(alt) : undefined,
    ...size,
    title: typeof title === "string" ? title : undefined,
    id: typeof id === "string" ? id : undefined,
  };
  return { type: "element", tagName: "img", properties, children: [] };
}

const pixels = (value: unknown): number | undefined => {
  const number = Number(value);
  return Number.isInteger(number) && number > 1 && number < 100_000 ? number : undefined;
};

/** What is in `noscript` for a picture that scripts load late: shown where the picture itself isn't. */
function openNoscript(parent: Parents, shown: ReadonlySet<string>): void {
  replaceChildren(parent, (child) => {
    if (isElement(child, "noscript")) {
      const images = [...elementsIn(child)].filter((e) => e.tagName === "img" && attribute(e, "src") !== "");
      return images.filter((image) => !shown.has(pictureName(attribute(image, "src"))));
    }
    if (isElement(child)) openNoscript(child, shown);
    return [child];
  });
}
