// HTML from outside -> the body of an article: normalised, reduced by an allow-list, its addresses resolved,
// its figures marked. Runs once, when an article is stored.

import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { OWN_SITE } from "../article/body.ts";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import { MEDIA_PATH, webUrl } from "../lib/address.ts";
import { fail, ok, type Result } from "../lib/problem.ts";
import { type Html, html, legal, type Text } from "../lib/text.ts";
import { ADDRESSES } from "./allowed-html.ts";
import { excerptOf } from "./excerpt.ts";
import { type ImageWords, markFigures, reportDroppedWords } from "./figures.ts";
import { normalize } from "./normalize/normalize.ts";
import { allowedTree, parseBody, TooMuchMarkup } from "./parse.ts";
import { attribute, elementsIn } from "./tree.ts";
import { type BodyWarning, BodyWarnings, type NormalizeContext } from "./warnings.ts";

/** What the clean-up needs to know of the article and the site. */
export interface CleanOptions {
  /** Where relative addresses start: the article's folder, as a path on this site or a full address. */
  readonly base: string;
  /** The site's public address; links to it become paths. */
  readonly siteUrl: string;
  /** `src` of each of the article's images, as stored. */
  readonly images: readonly string[];
  /** The article's own captions and alt texts, by `src`. They take precedence over those in the body. */
  readonly imageWords?: ReadonlyMap<string, ImageWords>;
  /** Hosts whose iframes stay; others become links. */
  readonly iframeHosts: readonly string[];
  /** The line of the file that an element is on, for a body from a file. */
  readonly lineOf?: (element: Element) => number | undefined;
}

/** The options for cleaning the body of the article `slug` on `site`. */
export const cleanOptionsFor = (
  slug: string,
  {
    url,
    images,
  }: {
    readonly url?: string | undefined;
    readonly images: readonly ({ readonly src: string } & ImageWords)[];
  },
  site: Pick<Site, "url" | "iframeHosts">,
): CleanOptions => ({
  base: url ?? `${articlePath(slug)}/`,
  siteUrl: site.url,
  images: images.map(({ src }) => src),
  imageWords: new Map(images.map((image) => [image.src, image])),
  iframeHosts: site.iframeHosts,
});

/** A cleaned body. */
export interface CleanBody {
  readonly body: Html;
  /** See `StoredArticle.excerpt`. */
  readonly excerpt: Text;
  /** The `figcaption` of each image, by the image's `src`. */
  readonly captions: ReadonlyMap<string, Text>;
  /** The alt text of each image's `img`, by the image's `src`. */
  readonly alts: ReadonlyMap<string, Text>;
  /** Images stored here that are in the body but not in `images`: `src` and alt text. */
  readonly unlisted: readonly { readonly src: string; readonly alt: string }[];
  /** What readers won't get. */
  readonly warnings: readonly BodyWarning[];
}

/** Cleans `source`. Fails only on HTML that goes beyond the bounds of `parse.ts`. */
export function cleanBody(source: string, options: CleanOptions): Result<CleanBody> {
  try {
    const tree = parseBody(source);
    const warnings = new BodyWarnings(options.lineOf);
    normalize(tree, contextOf(options, warnings));
    const shown = Map.groupBy(imagesIn(tree), (image) =>
      storedAddress(attribute(image, "src"), options.siteUrl),
    );
    const clean = allowedTree(tree);
    markOwnAddresses(clean, options.siteUrl);
    const figures = markFigures(clean, options.images);
    reportDroppedWords(figures, options.imageWords ?? new Map(), (code, message, src, nth) =>
      warnings.add(code, message, shown.get(src)?.[nth]),
    );
    const excerpt = excerptOf(clean);
    const body = html(toHtml(clean, { allowDangerousHtml: true }).trim());
    const { captions, alts, unlisted } = figures;
    return ok({ body, excerpt, captions, alts, unlisted, warnings: warnings.all() });
  } catch (error) {
    if (error instanceof TooMuchMarkup) return fail({ path: "body.html", message: error.message });
    throw error;
  }
}

function contextOf(
  { base, siteUrl, images, iframeHosts }: CleanOptions,
  warnings: BodyWarnings,
): NormalizeContext {
  const listed = new Set(images);
  return {
    resolve: (address, kind) => resolveAddress(address, kind, base, siteUrl),
    warnings,
    iframeHosts,
    isListed(address) {
      const path = ownPath(address, siteUrl);
      return listed.has(path ?? address) || (path !== undefined && MEDIA_PATH.test(path));
    },
  };
}

/**
 * Makes an address absolute, on this site too. This happens nowhere else, so that every later rule sees the
 * address that readers get. Undefined for what is no address, or one that only the sender can open.
 */
function resolveAddress(
  written: string,
  kind: "link" | "file",
  base: string,
  siteUrl: string,
): string | undefined {
  const value = legal(written).trim();
  const scheme = /^(mailto|tel):/i.exec(value)?.[0];
  if (scheme !== undefined)
    return kind === "link" ? scheme.toLowerCase() + value.slice(scheme.length) : undefined;
  // A path names a page or an image of this site, even when the article's canonical page is elsewhere. A
  // fragment names a place in the article itself, whose own address has no slash at its end.
  const page = value.startsWith("#") && base.startsWith("/") ? base.slice(0, -1) : base;
  const root = /^\/(?![/\\])/.test(value) ? siteUrl : new URL(page, siteUrl).href;
  if (value === "" || !URL.canParse(value, root)) return undefined;
  const url = new URL(value, root);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  // Spelled like the article's own addresses: an image is found by comparing them.
  return webUrl(url.href) ?? (kind === "link" ? url.href : undefined);
}

/** The path, with query and fragment, of an address on this site; undefined for any other address. */
function ownPath(address: string, siteUrl: string): string | undefined {
  // The next clean-up would read a path that starts with `//` as the address of another site.
  if (!address.startsWith(`${siteUrl}/`) || address.startsWith(`${siteUrl}//`)) return undefined;
  return address.slice(siteUrl.length);
}

const imagesIn = (tree: Root): readonly Element[] =>
  [...elementsIn(tree)].filter(({ tagName }) => tagName === "img");

/** An address as the article's images have it: a path on this site, or a full address. */
const storedAddress = (address: string, siteUrl: string): string => ownPath(address, siteUrl) ?? address;

/**
 * Writes addresses on this site as `OWN_SITE` and a path, so that nothing stored depends on the site's
 * address.
 */
function markOwnAddresses(tree: Root, siteUrl: string): void {
  visit(tree, "element", ({ properties }) => {
    for (const name of ADDRESSES) {
      const value = properties[name];
      const path = typeof value === "string" ? ownPath(value, siteUrl) : undefined;
      if (path !== undefined) properties[name] = OWN_SITE + path;
    }
  });
}
