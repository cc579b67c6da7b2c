// Pictures as an article's body holds them: one `img` each, with its file. Also those that a style puts
// behind a box.

import type { Element, Parents, Root, RootContent } from "hast";
import { watchPage } from "../../article/player.ts";
import { t } from "../../lib/translate.ts";
import { attribute, elementsIn, isElement, replaceChildren } from "../tree.ts";
import type { NormalizeContext } from "../warnings.ts";
import { videoInContainer } from "./containers.ts";
import { frameSources, isFile, isPixel, pictureName, sourceOf } from "./picture-source.ts";

/**
 * Makes every picture an `img` with its file, or with `src=""` if it has none, and takes pictures and players
 * out of `noscript` that are shown nowhere else. Changes `tree`. Returns the images whose `width` and
 * `height` are about another file.
 */
export function normalizePictures(tree: Root, context: NormalizeContext): ReadonlySet<Element> {
  const resized = new Set<Element>();
  const hasNoscript = normalizeImages(tree, context, resized);
  if (!hasNoscript) return resized;
  const shown = new Set<string>();
  for (const element of elementsIn(tree, (e) => e.tagName !== "noscript")) {
    if (element.tagName === "img") shown.add(pictureName(attribute(element, "src")));
    for (const address of lateFrame(element)) shown.add(address);
    const video = videoInContainer(element);
    if (video !== undefined) shown.add(video);
  }
  openNoscript(tree, shown);
  return resized;
}

const IMAGES: ReadonlySet<string> = new Set(["img", "amp-img", "amp-anim"]);

/** What a picture is in. */
interface Place {
  readonly picture?: Element;
  readonly link?: Element;
}

/** Normalises the images below `parent`. True if there is a `noscript`. */
function normalizeImages(
  parent: Parents,
  context: NormalizeContext,
  resized: Set<Element>,
  place: Place = {},
): boolean {
  let [hasNoscript, hasPicture] = [false, false];
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    const { tagName } = child;
    // A script would have added the image.
    if (tagName === "picture" && ![...elementsIn(child)].some((e) => IMAGES.has(e.tagName)))
      child.children.push({ type: "element", tagName: "img", properties: {}, children: [] });
    if (IMAGES.has(tagName)) {
      normalizeImage(child, context, resized, place);
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
    if (normalizeImages(child, context, resized, within)) hasNoscript = true;
    normalizeBackground(child, context);
  }
  dropPreviews(parent);
  if (hasPicture) {
    replaceChildren(parent, (child) =>
      isElement(child, "picture") ? child.children.filter((inner) => !isElement(inner, "source")) : [child],
    );
  }
  return hasNoscript;
}

/** Takes out small previews beside the same picture. */
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

function normalizeImage(
  image: Element,
  { resolve, isListed }: NormalizeContext,
  resized: Set<Element>,
  { picture, link }: Place,
): void {
  const listed = isListed && ((address: string) => isListed(resolve(address, "file") ?? ""));
  const source = sourceOf(image, picture, listed) ?? linkedFile(link);
  image.tagName = "img";
  image.children = [];
  const src = (source && resolve(source.address, "file")) ?? "";
  // `src` keeps its place, so that the same article sent again has the same bytes.
  image.properties = "src" in image.properties ? { ...image.properties, src } : { src, ...image.properties };
  if (source && !source.own) resized.add(image);
}

/** The picture that a preview without a file of its own links to. */
function linkedFile(link: Element | undefined) {
  const address = link ? attribute(link, "href") : "";
  return /\.(?:jpe?g|png|webp|avif)(?:[?#]|$)/i.test(address) && isFile(address)
    ? { address, own: false }
    : undefined;
}

const IN_NOSCRIPT: ReadonlySet<string> = new Set(["img", "iframe", "video", "audio"]);

/** The addresses that a frame shows, at once or later. */
const lateFrame = (element: Element): readonly string[] =>
  element.tagName === "iframe"
    ? frameSources(element)
        .filter(isFile)
        .map((address) => watchPage(address) ?? address)
    : [];

/** Replaces each `noscript` by the pictures and frames in it that aren't in `shown`. */
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
    // The placeholder of that picture.
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
  // Keeps the link to the page of a poll or of comments, but no sentence that asks for JavaScript.
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

// Repetitions are bounded, so that no style takes long to match.
const IN_STYLE =
  /background(?:-image)?\s{0,20}:[^;]{0,300}?url\(\s{0,20}(?:"([^"]*)"|'([^']*)'|([^()\s"']*))\s{0,20}\)/i;
// Attributes in which scripts that load backgrounds late keep the address.
const LATE = ["dataBg", "dataBackground", "dataBackgroundImage", "dataBgImage", "dataBgSrc"];
const LATE_ADDRESS =
  /^(?:url\(\s{0,20}["']?)?((?:https?:)?\/\/[^\s"'()]+|[^\s"'(){}]+\.(?:jpe?g|png|gif|webp|avif))/i;

/**
 * Takes the background picture off `box`, whose own pictures are normalised already. In a box with nothing
 * but a caption it becomes an `img`.
 */
function normalizeBackground(box: Element, { resolve, warnings }: NormalizeContext): void {
  const address = backgroundOf(box);
  if (address === undefined) return;
  const { properties, children } = box;
  for (const name of LATE) delete properties[name];
  if (typeof properties.style === "string") properties.style = properties.style.replace(IN_STYLE, "");
  if (children.every((child) => isElement(child, "figcaption") || isWhiteSpace(child))) {
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
  const message = t(
    "holds a background picture on {element}, which is taken off: put it into the text as an {image}",
    { element: `<${box.tagName}>`, image: "<img>" },
  );
  warnings.add("background-dropped", message, box);
}

/**
 * The address of the picture behind a box, "" if nobody else can open it; undefined if there is no picture.
 */
function backgroundOf(box: Element): string | undefined {
  const late = LATE.map((name) => LATE_ADDRESS.exec(attribute(box, name))?.[1]);
  const [, ...applyStyle] = IN_STYLE.exec(attribute(box, "style")) ?? [];
  const found = [...late, ...applyStyle].filter((address) => address !== undefined);
  return found.find(isFile) ?? (found.length === 0 ? undefined : "");
}

const isWhiteSpace = (node: Element["children"][number]): boolean =>
  node.type === "comment" || (node.type === "text" && node.value.trim() === "");

/** The image; nothing, and a warning, for one of a single pixel or without a file. */
export function dropEmptyImage(image: Element, { warnings }: NormalizeContext): readonly Element[] {
  if (isPixel(image)) {
    warnings.add(
      "pixel-dropped",
      t("holds a picture of 1 × 1 pixel, which counts readers and is taken out"),
      image,
    );
    return [];
  }
  if (attribute(image, "src") !== "") return [image];
  // Only a placeholder.
  if (attribute(image, "ariaHidden") === "true") return [];
  const alt = attribute(image, "alt");
  const message =
    alt === ""
      ? t(
          "holds a picture without a file that others can open, which is taken out: PUT its bytes to /api/media, or use a web address",
        )
      : t(
          "holds the picture “{alt}” without a file that others can open, which is taken out: PUT its bytes to /api/media, or use a web address",
          { alt: alt.slice(0, 60) },
        );
  warnings.add("picture-dropped", message, image);
  return [];
}
