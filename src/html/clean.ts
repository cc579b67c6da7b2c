// HTML from outside -> HTML that may stand in an article: normalised, an allow-list, addresses made absolute, figures marked.
// Runs once, when an article is stored.

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
  /** What the article says of them, by `src`; it goes before what the body says. */
  readonly imageWords?: ReadonlyMap<string, ImageWords>;
  /** Hosts whose iframes stay; others become links. */
  readonly iframeHosts: readonly string[];
  /** The line of the file that an element stands on, where the body comes from one. */
  readonly lineOf?: (element: Element) => number | undefined;
}

/** How the body of the article `slug` is cleaned on `site`. */
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
  /** Text of a `figcaption` that stood under one of the images, by the image's `src`. */
  readonly captions: ReadonlyMap<string, Text>;
  /** Alternative text of an `img` that shows one of the images, by the image's `src`. */
  readonly alts: ReadonlyMap<string, Text>;
  /** Images of this Wireroom that the body shows and `images` doesn't list: `src` and alt. */
  readonly unlisted: readonly { readonly src: string; readonly alt: string }[];
  /** What readers won't get of what was sent. */
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
 * The one place where an address is made whole: absolute, on this site too, so that every rule behind looks at what readers
 * will get. Undefined for what is no address, or one that only the sender can open.
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
  // A path names a page or an image of this site, even when the article's canonical page is elsewhere. A fragment names
  // a place in the article itself, whose own address has no slash at its end.
  const page = value.startsWith("#") && base.startsWith("/") ? base.slice(0, -1) : base;
  const root = /^\/(?![/\\])/.test(value) ? siteUrl : new URL(page, siteUrl).href;
  if (value === "" || !URL.canParse(value, root)) return undefined;
  const url = new URL(value, root);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  // Spelled like the article's own addresses: an image is found by comparing them.
  return webUrl(url.href) ?? (kind === "link" ? url.href : undefined);
}

/** Of an address on this site, path and all that follows; undefined for any other. */
function ownPath(address: string, siteUrl: string): string | undefined {
  // A path that starts with `//` would be read as another site's address the next time it is cleaned.
  if (!address.startsWith(`${siteUrl}/`) || address.startsWith(`${siteUrl}//`)) return undefined;
  return address.slice(siteUrl.length);
}

const imagesIn = (tree: Root): readonly Element[] =>
  [...elementsIn(tree)].filter(({ tagName }) => tagName === "img");

/** An address as the article's images have it: a path on this site, or a full address. */
const storedAddress = (address: string, siteUrl: string): string => ownPath(address, siteUrl) ?? address;

/** Addresses on this site as `OWN_SITE` and a path: nothing that is stored depends on where the site stands. */
function markOwnAddresses(tree: Root, siteUrl: string): void {
  visit(tree, "element", ({ properties }) => {
    for (const name of ADDRESSES) {
      const value = properties[name];
      const path = typeof value === "string" ? ownPath(value, siteUrl) : undefined;
      if (path !== undefined) properties[name] = OWN_SITE + path;
    }
  });
}
