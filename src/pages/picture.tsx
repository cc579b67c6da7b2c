// Pictures on pages: the part that stays when a picture is cropped, its sizes, and galleries. Pages have no
// inline style, so a focus is two classes, in steps of ten percent (picture.css).

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { type Image, isCropped, renditionPath, renditionWidths } from "../article/image.ts";
import { captionHtml, figureHtml, imageHtml, ours } from "../formats/body.ts";
import { phrasesFor } from "../formats/phrases.ts";
import { mediaHash } from "../lib/address.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import type { View } from "./view.tsx";

/** How a picture is loaded: "lead" first, "lazy" when it comes near. */
export type Loading = "lead" | "eager" | "lazy";

const STEP_PERCENT = 10;
const TOP = [50, 0] as const;
const LOADING = { lead: { fetchpriority: "high" }, eager: {}, lazy: { loading: "lazy" } } as const;

// The largest widths at which pictures are shown; they follow from lists.css and article.css.
const SIZES = {
  lead: "(min-width: 64rem) 50rem, 100vw",
  eager: "(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, 100vw",
  lazy: "(min-width: 64rem) 24rem, (min-width: 40rem) 50vw, 100vw",
  story: "(min-width: 50rem) 48rem, 100vw",
} as const;

/** A picture in a list. */
export const Picture: FC<{ view: View; image: Image; loading: Loading }> = ({ view, image, loading }) => (
  <img
    src={image.src}
    srcset={sourcesOf(view, image)}
    sizes={sourcesOf(view, image) && SIZES[loading]}
    class={classesOf(image)}
    alt={image.alt}
    width={image.width}
    height={image.height}
    {...LOADING[loading]}
  />
);

/**
 * Classes for how a picture is cropped: not at all, or round a focus. Without a focus, a picture that is
 * higher than wide keeps its upper edge, where a portrait has the head. The others have no class, and the
 * focus of picture.css (50 % 30 %).
 */
function classesOf(image: Image): string | undefined {
  if (!isCropped(image)) return "whole";
  const { width = 0, height = 0, focus = height > width ? TOP : undefined } = image;
  if (focus === undefined) return undefined;
  const [x, y] = focus.map((percent) => Math.round(percent / STEP_PERCENT));
  return `fx-${x} fy-${y}`;
}

/** A `srcset` of all sizes, which are made when first requested; undefined if the original is enough. */
function sourcesOf({ site, resizes }: View, image: Image): string | undefined {
  const widths = resizes ? renditionWidths(image) : [];
  const sha256 = mediaHash(image.src, site.url);
  if (sha256 === undefined || widths.length === 0) return undefined;
  const made = widths.map((width) => `${site.url}${renditionPath(sha256, width)} ${width}w`);
  const isLargest = image.width !== undefined && image.width > (widths.at(-1) ?? 0);
  return [...made, ...(isLargest && isLight(image) ? [`${image.src} ${image.width}w`] : [])].join(", ");
}

/** The link of a picture that opens by itself: its largest size. */
function largestOf({ site, resizes }: View, image: Image): string {
  const sha256 = mediaHash(image.src, site.url);
  const largest = resizes ? renditionWidths(image).at(-1) : undefined;
  if (sha256 === undefined || largest === undefined || isLight(image)) return image.src;
  return `${site.url}${renditionPath(sha256, largest)}`;
}

/** An original up to this size is offered too, beside the smaller ones. */
const LIGHT_BYTES = 500_000;
const LIGHT_PIXELS = 2400;

const isLight = ({ width = 0, length = 0 }: Image): boolean => length <= LIGHT_BYTES && width <= LIGHT_PIXELS;

/** Images with nothing but white space between them. */
type Row = readonly Image[];

/**
 * A story's parts (`storyParts`) as HTML for pages. The picture at the top is fetched first, the others
 * lazily, each with a `srcset`. Pictures in a row become a gallery. In a story with a gallery, all figures
 * are numbered, and each links to its largest size.
 */
export function withPictures(parts: readonly (Html | Image)[], article: Article, view: View): string {
  const { phrases } = phrasesFor(article.language);
  const rows = rowsOf(parts);
  const count = parts.filter((part) => typeof part !== "string").length;
  const isNumbered = rows.some((row) => typeof row !== "string" && row.length > 1);
  let number = 0;
  const written = rows.map((row, index) => {
    if (typeof row === "string") return row;
    const figures = row.map((image, place) => {
      number += 1;
      const sign = { words: phrases.place(number, count), mark: ours(article) };
      return pageFigure(image, view, index === 0 && place === 0, isNumbered ? sign : undefined);
    });
    // The picture at the top stands alone, above the gallery.
    const alone = index === 0 || figures.length === 1 ? figures.splice(0, 1) : [];
    const gallery = figures.length === 0 ? [] : [`<div class="gallery">${figures.join("\n")}</div>`];
    return [...alone, ...gallery].join("\n");
  });
  return written.join("");
}

/** The parts with the images of each row together. */
function rowsOf(parts: readonly (Html | Image)[]): readonly (Html | Row)[] {
  const rows: (Html | Image[])[] = [];
  let space = "";
  for (const part of parts) {
    const last = rows.at(-1);
    if (typeof part === "string") {
      if (Array.isArray(last) && part.trim() === "") space += part;
      else rows.push(html(space + part));
    } else if (Array.isArray(last)) last.push(part);
    else rows.push([part]);
    if (typeof part !== "string" || part.trim() !== "") space = "";
  }
  return rows;
}

/** A picture's number in its story, and the attributes for the language of those words. */
interface Place {
  readonly words: string;
  readonly mark: string;
}

function pageFigure(image: Image, view: View, isTop: boolean, place?: Place): string {
  const sources = sourcesOf(view, image);
  const more = sources === undefined ? "" : `srcset="${escapeHtml(sources)}" sizes="${SIZES.story}" `;
  const shown = imageHtml(image, `${isTop ? 'fetchpriority="high" ' : 'loading="lazy" '}${more}`);
  if (place === undefined) return figureHtml(image, shown);
  const { mark } = place;
  const sign = escapeHtml(place.words);
  // A link needs an accessible name: the picture's alt text, or else its number.
  const name = image.alt === "" ? ` aria-label="${sign}"${mark}` : "";
  const link = html(`<a class="larger" href="${escapeHtml(largestOf(view, image))}"${name}>${shown}</a>`);
  const caption = captionHtml(image);
  const words = caption === "" ? "" : ` ${caption}`;
  return figureHtml(image, link, html(`<span class="place"${mark}>${sign}</span>${words}`));
}
