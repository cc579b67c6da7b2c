// A picture in the text: a node that has nothing but the picture's address. What is said of it is in the
// album, once for every place where the picture stands.

import type { Node, NodeSpec } from "prosemirror-model";
import { creditName, type Picture } from "../../pictures/picture.ts";

const MARK = "data-picture";
const OWN = /^\/media\/[0-9a-f]{64}\.(?:jpg|png|gif|webp|avif)$/;

/** The node of a picture. */
export const pictureNode: NodeSpec = {
  group: "block",
  atom: true,
  draggable: true,
  attrs: { src: {} },
  parseDOM: [
    {
      tag: `figure[${MARK}]`,
      // Before all rules of other figures.
      priority: 100,
      getAttrs: (element) => {
        const src = element.getAttribute(MARK) ?? "";
        return OWN.test(src) && { src };
      },
    },
  ],
  toDOM: ({ attrs: { src } }) => ["figure", { [MARK]: src }, ["img", { src }]],
};

/** The SHA-256 in the address of a picture that is stored here; undefined for any other. */
export const hashIn = (src: string): string | undefined => (OWN.test(src) ? src.slice(7, 71) : undefined);

/** True for an element that `markPictures` has made. */
export const isMarked = (element: Element): boolean => element.hasAttribute(MARK);

/**
 * Puts a mark, which the schema reads, in place of each figure or image that is stored here: behind its
 * paragraph, as the clean-up does. Returns what they say of themselves.
 */
export function markPictures(body: Element): readonly Picture[] {
  for (const one of body.querySelectorAll(`[${MARK}]`))
    if (!one.querySelector("img")) one.removeAttribute(MARK);
  // The last first: each mark is put right behind its paragraph, before the later ones that are there already.
  const images = [...body.querySelectorAll("img")].reverse();
  const found = images.flatMap((image) => {
    const src = pathOf(image);
    if (src === undefined) return [];
    const figure = image.closest("figure");
    const place = figure && holdsNothingElse(figure) ? figure : lineOf(image);
    if (!place) return [];
    const caption = figure?.querySelector("figcaption")?.textContent?.replace(/\s+/g, " ").trim();
    const mark = body.ownerDocument.createElement("figure");
    mark.setAttribute(MARK, src);
    place.after(mark);
    if (place === figure) place.remove();
    else {
      image.remove();
      if (place.textContent?.trim() === "" && place.children.length === 0) place.remove();
    }
    return [{ src, ...(image.alt === "" ? {} : { alt: image.alt }), ...(caption ? { caption } : {}) }];
  });
  return found.reverse();
}

function pathOf(image: HTMLImageElement): string | undefined {
  const src = image.getAttribute("src") ?? "";
  const path = src.startsWith(`${location.origin}/`) ? src.slice(location.origin.length) : src;
  return OWN.test(path) ? path : undefined;
}

const holdsNothingElse = (figure: Element): boolean =>
  figure.querySelectorAll("img").length === 1 &&
  !figure.querySelector("audio, video, iframe, table, hr, figure") &&
  [...figure.childNodes].every(
    (child) => child.textContent?.trim() === "" || (child as Element).localName === "figcaption",
  );

/** The paragraph that an image stands in, unless that is in something that takes no figure. */
function lineOf(image: Element): Element | undefined {
  const line = image.closest("p");
  if (line) return line.closest("table, figure, details, dl") ? undefined : line;
  return image.parentElement?.localName === "body" ? image : undefined;
}

/** How the schema writes a picture. */
const WRITTEN = /<figure data-picture="([^"]*)"><img src="[^"]*"><\/figure>/g;

/** Writes the pictures of a text's HTML with their words, and without those that `isReady` says no to. */
export const writePictures = (
  html: string,
  pictureOf: (src: string) => Picture | undefined,
  isReady: (src: string) => boolean,
): string =>
  html.replace(WRITTEN, (_, src: string) => {
    if (!isReady(src)) return "";
    const { alt = "", caption } = pictureOf(src) ?? {};
    const words = caption ? `<figcaption>${escaped(caption)}</figcaption>` : "";
    return `<figure><img src="${src}" alt="${escaped(alt)}">${words}</figure>`;
  });

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Each picture in a document, once, with its place. */
export function picturesOf(doc: Node): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  doc.descendants((node, at) => {
    if (node.type.name !== "picture") return !node.isTextblock;
    const src = String(node.attrs.src);
    if (!found.has(src)) found.set(src, at);
    return false;
  });
  return found;
}

/** Caption and credit in one line, as a list shows them; "" for neither. */
export const lineFor = (picture: Picture): string =>
  [picture.caption ?? "", creditName(picture)].filter((one) => one !== "").join(" — ");
