// Pictures on pages: which part of one stays where it is cut to a shape, which sizes of it there are, and pictures in a row.
// Pages have no inline style, so a focus is two classes, in steps of ten percent (picture.css).

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { type Image, isCropped, renditionPath, renditionWidths } from "../article/image.ts";
import { ours } from "../formats/body.ts";
import { phrasesFor } from "../formats/phrases.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { escapeHtml } from "../lib/text.ts";
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
 * Classes for how a picture is cut: whole, or with what part. Without a focus, one that is higher than it is wide keeps its
 * upper edge, where a portrait has the head; the others have no class, and are cut as picture.css says (50 % 30 %).
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

const FIGURE_START = '<figure class="wr-figure">';
const FIGURE_END = "</figure>";
const CAPTION_START = "<figcaption>";

/** A figure of ours as `formats/body.ts` writes it, and what stands behind it. No attribute's value holds a `"`. */
interface Figure {
  readonly image: string;
  readonly caption: string;
  readonly behind: string;
}

/**
 * A story's figures as pages have them: the one at the top is fetched first, all others when they come near; smaller sizes to
 * choose from; and those in a row are a gallery. In a story with a gallery all figures are numbered, from the first in the
 * story to the last, and each opens larger.
 */
export function withPictures(story: string, article: Article, view: View): string {
  const [start = "", ...parts] = story.split(FIGURE_START);
  const bySource = new Map(article.images.map((image) => [escapeHtml(image.src), image]));
  const { phrases } = phrasesFor(article.language);
  const inRows = rowsOf(parts.map(figureOf));
  const isNumbered = inRows.some((row) => row.length > 1);
  let number = 0;
  const rows = inRows.map((row, index) => {
    const isTop = index === 0 && start === "";
    const figures = row.map((figure, place) => {
      number += 1;
      const sign = { words: phrases.place(number, parts.length), mark: ours(article) };
      return figureHtml(figure, view, bySource, isTop && place === 0, isNumbered ? sign : undefined);
    });
    // What leads the story stands alone above those that follow.
    const alone = isTop || row.length === 1 ? figures.splice(0, 1) : [];
    const gallery = figures.length === 0 ? [] : [`<div class="gallery">${figures.join("\n")}</div>`];
    return [...alone, ...gallery].join("\n") + (row.at(-1)?.behind ?? "");
  });
  return start + rows.join("");
}

/** Figures between which nothing stands, together. */
function rowsOf(figures: readonly Figure[]): readonly (readonly Figure[])[] {
  const rows: Figure[][] = [];
  let isOpen = false;
  for (const figure of figures) {
    if (isOpen) rows.at(-1)?.push(figure);
    else rows.push([figure]);
    isOpen = figure.behind.trim() === "";
  }
  return rows;
}

function figureOf(part: string): Figure {
  const end = part.indexOf(FIGURE_END);
  const [image = "", caption = ""] = part.slice(0, end).replace("</figcaption>", "").split(CAPTION_START);
  return { image, caption, behind: part.slice(end + FIGURE_END.length) };
}

/** Where a picture stands in its row, and the attributes that mark these words. */
interface Place {
  readonly words: string;
  readonly mark: string;
}

function figureHtml(
  { image: tag, caption }: Figure,
  view: View,
  bySource: ReadonlyMap<string, Image>,
  isTop: boolean,
  place?: Place,
): string {
  const [, source = ""] = /^<img src="([^"]*)"/.exec(tag) ?? [];
  const image = bySource.get(source);
  const sources = image && sourcesOf(view, image);
  const more = sources === undefined ? "" : `srcset="${escapeHtml(sources)}" sizes="${SIZES.story}" `;
  const shown = tag.replace("<img ", `<img ${isTop ? 'fetchpriority="high" ' : 'loading="lazy" '}${more}`);
  if (place === undefined || !image) {
    return `${FIGURE_START}${shown}${caption === "" ? "" : `${CAPTION_START}${caption}</figcaption>`}${FIGURE_END}`;
  }
  const { mark } = place;
  const sign = escapeHtml(place.words);
  // A link needs a name: that of the picture, or else its place.
  const name = image.alt === "" ? ` aria-label="${sign}"${mark}` : "";
  const link = `<a class="larger" href="${escapeHtml(largestOf(view, image))}"${name}>${shown}</a>`;
  const words = caption === "" ? "" : ` ${caption}`;
  return `${FIGURE_START}${link}${CAPTION_START}<span class="place"${mark}>${sign}</span>${words}</figcaption>${FIGURE_END}`;
}
