// Pictures that a style puts behind a box. In an empty box such a picture is all there is to see: it becomes an `img`.

import type { Element } from "hast";
import { attribute, elementsIn, isElement } from "../tree.ts";
import type { Normalizing } from "./normalizing.ts";
import { isFile, pictureName } from "./picture-source.ts";

// Bounded, so that no style takes long to read.
const IN_STYLE =
  /background(?:-image)?\s{0,20}:[^;]{0,300}?url\(\s{0,20}(?:"([^"]*)"|'([^']*)'|([^()\s"']*))\s{0,20}\)/i;
// Where scripts that load backgrounds late keep the address.
const LATE = ["dataBg", "dataBackground", "dataBackgroundImage", "dataBgImage", "dataBgSrc"];
const LATE_ADDRESS =
  /^(?:url\(\s{0,20}["']?)?((?:https?:)?\/\/[^\s"'()]+|[^\s"'(){}]+\.(?:jpe?g|png|gif|webp|avif))/i;

/** Takes the background off `box`, whose own pictures are settled. Of an empty box, or one with a caption alone, it becomes the picture. */
export function settleBackground(box: Element, { resolve, losses }: Normalizing): void {
  const address = backgroundOf(box);
  if (address === undefined) return;
  const { properties, children } = box;
  for (const name of LATE) delete properties[name];
  if (typeof properties.style === "string") properties.style = properties.style.replace(IN_STYLE, "");
  if (children.every((child) => isElement(child, "figcaption") || isBlank(child))) {
    const src = resolve(address, "file") ?? "";
    const alt = attribute(box, "ariaLabel") || attribute(box, "title");
    delete properties.title;
    children.unshift({ type: "element", tagName: "img", properties: { src, alt }, children: [] });
    return;
  }
  const name = pictureName(address);
  const isShown = [...elementsIn(box)].some(
    (inner) => inner.tagName === "img" && pictureName(attribute(inner, "src")) === name,
  );
  if (isShown) return;
  const message = `holds a background picture on <${box.tagName}>, which is taken off: put it into the text as an <img>`;
  losses.tell("background-dropped", message, box);
}

/** The address of the picture behind a box, "" for one that nobody else can open; undefined where there is none. */
function backgroundOf(box: Element): string | undefined {
  const late = LATE.map((name) => LATE_ADDRESS.exec(attribute(box, name))?.[1]);
  const [, ...styled] = IN_STYLE.exec(attribute(box, "style")) ?? [];
  const found = [...late, ...styled].filter((address) => address !== undefined);
  return found.find(isFile) ?? (found.length === 0 ? undefined : "");
}

const isBlank = (node: Element["children"][number]): boolean =>
  node.type === "comment" || (node.type === "text" && node.value.trim() === "");
