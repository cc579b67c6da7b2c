// Pictures on pages: which part of one stays where it is cut to a shape, which sizes of it there are, and
// pictures in a row. Pages have no inline style, so a focus is two classes, in steps of ten percent
// (picture.css).

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { type Image, isCropped, renditionPath, renditionWidths } from "../article/image.ts";
import { captionHtml, figureHtml, imageHtml, ours } from "../formats/body.ts";
import { phrasesFor } from "../formats/phrases.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import type { View } from "./view.tsx";

/** How a picture is loaded: "lead" first, "lazy" when it comes near. */
export type Loading = "lead" | "eager" | "lazy";

const STEP_PERCENT = 10;
const TOP = [50, 0] as const;
const LOADING = { lead: { fetchpriority: "high" }, eager: {}, lazy: { loading: "lazy" } } as const;

// How wide a picture is shown at most, by the widths of lists.css and article.css.
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
 * Classes for how a picture is cut: whole, or with what part. Without a focus, one that is higher than it is
 * wide keeps its upper edge, where a portrait has the head; the others have no class, and are cut as
 * picture.css says (50 % 30 %).
 */
function classesOf(image: Image): string | undefined {
  if (!isCropped(image)) return "whole";
  const { width = 0, height = 0, focus = height > width ? TOP : undefined } = image;
  if (focus === undefined) return undefined;
  const [x, y] = focus.map((percent) => Math.round(percent / STEP_PERCENT));
  return `fx-${x} fy-${y}`;
}

/** A `srcset`: the sizes that there are or will be, when somebody asks; undefined where the original does. */
function sourcesOf({ site, resizes }: View, image: Image): string | undefined {
  const widths = resizes ? renditionWidths(image) : [];
  const sha256 = hashOf(image, site.url);
  if (sha256 === undefined || widths.length === 0) return undefined;
  const made = widths.map((width) => `${site.url}${renditionPath(sha256, width)} ${width}w`);
  const isLargest = image.width !== undefined && image.width > (widths.at(-1) ?? 0);
  return [...made, ...(isLargest && isLight(image) ? [`${image.src} ${image.width}w`] : [])].join(", ");
}

/** Where a picture opens by itself: the largest that a screen can show. */
function largestOf({ site, resizes }: View, image: Image): string {
  const sha256 = hashOf(image, site.url);
  const largest = resizes ? renditionWidths(image).at(-1) : undefined;
  if (sha256 === undefined || largest === undefined || isLight(image)) return image.src;
  return `${site.url}${renditionPath(sha256, largest)}`;
}

/** Pictures up to here go out as they are, beside the smaller ones. */
const LIGHT_BYTES = 500_000;
const LIGHT_PIXELS = 2400;

const isLight = ({ width = 0, length = 0 }: Image): boolean => length <= LIGHT_BYTES && width <= LIGHT_PIXELS;

const hashOf = ({ src }: Image, siteUrl: string): string | undefined =>
  src.startsWith(`${siteUrl}/`) ? MEDIA_PATH.exec(src.slice(siteUrl.length))?.[1] : undefined;

/** Images with nothing but white space between them. */
type Row = readonly Image[];

/**
 * A story's parts (`storyParts`) as pages have them: the picture at the top is fetched first, all others when
 * they come near; smaller sizes to choose from; and those in a row are a gallery. In a story with a gallery
 * all figures are numbered, and each opens larger.
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
    // What leads the story stands alone above those that follow.
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

/** Where a picture is in its story, and the attributes that mark these words. */
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
  // A link needs a name: that of the picture, or else its place.
  const name = image.alt === "" ? ` aria-label="${sign}"${mark}` : "";
  const link = html(`<a class="larger" href="${escapeHtml(largestOf(view, image))}"${name}>${shown}</a>`);
  const caption = captionHtml(image);
  const words = caption === "" ? "" : ` ${caption}`;
  return figureHtml(image, link, html(`<span class="place"${mark}>${sign}</span>${words}`));
}
