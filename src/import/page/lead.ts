// The pictures of a page: the one that its metadata names leads, with the words that the page has for it.

import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { pictureName, sourceOf } from "../../html/normalize/picture-source.ts";
import { elementsIn, isElement } from "../../html/tree.ts";
import type { ImportedImage } from "../importer.ts";
import { tidyHtml } from "../tidy.ts";
import { type Page, resolverOf } from "./document.ts";

/**
 * Puts the lead before the pictures that the body shows. `candidates` are what the metadata names: often one picture cut
 * in several ways, so the one that the page shows is taken, else the first.
 */
export function withLead(
  page: Page,
  candidates: readonly ImportedImage[],
  shown: readonly ImportedImage[],
): readonly ImportedImage[] {
  for (const candidate of candidates) {
    const same = shown.find(({ src }) => isPicture(candidate, src));
    if (same) return [merged(candidate, same), ...shown.filter((image) => image !== same)];
  }
  for (const candidate of candidates) {
    const same = besideBody(page, candidate);
    // A file that was saved with the page is at hand; of two on the web the metadata names the larger one.
    const { src, width, height, ...words } = same ?? {};
    if (src !== undefined)
      return [{ ...(isSaved(src) ? merged(candidate, { src }) : candidate), ...words }, ...shown];
  }
  return [...candidates.slice(0, 1), ...shown];
}

const isSaved = (src: string): boolean => !URL.canParse(src);

const isPicture = (candidate: ImportedImage, src: string | undefined): boolean =>
  src !== undefined && candidate.src !== undefined && pictureName(src) === pictureName(candidate.src);

// What readers saw goes before what search engines were told, whose width and height are another file's.
const merged = (
  { src: _src, width: _width, height: _height, ...words }: ImportedImage,
  shown: ImportedImage,
) => ({
  ...words,
  ...shown,
});

/** The picture where the page shows it above its text, with its caption. */
function besideBody(page: Page, candidate: ImportedImage): ImportedImage | undefined {
  const shows = (e: Element) => isElement(e, "img", "amp-img") && isPicture(candidate, sourceOf(e)?.address);
  const image = page.elements.find(shows);
  if (!image) return undefined;
  const figure = page.elements.find((e) => e.tagName === "figure" && [...elementsIn(e)].includes(image));
  return tidyHtml(toHtml(figure ?? image), resolverOf(page)).images.find(({ src }) =>
    isPicture(candidate, src),
  );
}
