// HTML from outside -> HTML that may stand in an article: an allow-list, addresses made absolute, figures marked.
// Runs once, when an article is stored.

import type { Element, Properties, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { SKIP, visit } from "unist-util-visit";
import { afterHost, webUrl } from "../model/address.ts";
import { OWN_SITE } from "../model/article.ts";
import { fail, ok, type Result } from "../model/problem.ts";
import { articlePath } from "../model/resolve.ts";
import type { Site } from "../model/site.ts";
import { type Html, html, type Text } from "../model/text.ts";
import { ADDRESSES, iframeAddress, isAllowedPlayer } from "./allowed-html.ts";
import { allowedIn, parseBody } from "./body-tree.ts";
import { excerptOf } from "./excerpt.ts";
import { markFigures } from "./figures.ts";
import { type Loss, Losses } from "./losses.ts";
import { TooMuchMarkup } from "./parse-html.ts";

/** What the clean-up needs to know of the article and the site. */
export interface CleanOptions {
  /** Where relative addresses start: the article's folder, as a path on this site or a full address. */
  readonly base: string;
  /** The site's public address; links to it become paths. */
  readonly siteUrl: string;
  /** `src` of each of the article's images, as stored. */
  readonly images: readonly string[];
  /** Hosts whose iframes stay; others become links. */
  readonly iframeHosts: readonly string[];
  /** The line of the file that an element stands on, where the body comes from one. */
  readonly lineOf?: (element: Element) => number | undefined;
}

/** How the body of the article `slug` is cleaned on `site`. */
export const cleaningOf = (
  slug: string,
  {
    url,
    images,
  }: { readonly url?: string | undefined; readonly images: readonly { readonly src: string }[] },
  site: Pick<Site, "url" | "iframeHosts">,
): CleanOptions => ({
  base: url ?? `${articlePath(slug)}/`,
  siteUrl: site.url,
  images: images.map(({ src }) => src),
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
  readonly losses: readonly Loss[];
}

/** Cleans `source`. Fails only on HTML that goes beyond the bounds of `parse-html.ts`. */
export function cleanBody(source: string, options: CleanOptions): Result<CleanBody> {
  try {
    const tree = parseBody(source);
    const losses = new Losses(options.lineOf);
    replaceIframes(tree, options, losses);
    const clean = allowedIn(tree);
    resolveAddresses(clean, options);
    const figures = markFigures(clean, options.images);
    const excerpt = excerptOf(clean);
    const body = html(toHtml(clean, { allowDangerousHtml: true }).trim());
    return ok({ body, excerpt, ...figures, losses: losses.all() });
  } catch (error) {
    if (error instanceof TooMuchMarkup) return fail({ path: "body.html", message: error.message });
    throw error;
  }
}

/** An iframe from a host that isn't allowed becomes a link to what it would have shown. */
function replaceIframes(tree: Root, { iframeHosts, siteUrl }: CleanOptions, losses: Losses): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "iframe" || !parent || index === undefined) return;
    const address = iframeAddress(node, siteUrl);
    if (address !== undefined && isAllowedPlayer(address, iframeHosts)) {
      // What stands inside is text to a parser, and would be escaped once more each time.
      node.children = [];
      return;
    }
    tellIframe(address, node, losses);
    const label = String(node.properties.title || address);
    const link: Element = {
      type: "element",
      tagName: "a",
      properties: { href: address },
      children: [{ type: "text", value: label }],
    };
    const paragraph: Element = { type: "element", tagName: "p", properties: {}, children: [link] };
    const replacement = address === undefined ? [] : [paragraph];
    parent.children.splice(index, 1, ...replacement);
    return [SKIP, index + replacement.length];
  });
}

function tellIframe(address: string | undefined, node: Element, losses: Losses): void {
  if (address === undefined) {
    losses.tell("frame-dropped", "holds an iframe without a web address, which is taken out", node);
    return;
  }
  const { host, protocol } = new URL(address);
  const way =
    protocol === "https:"
      ? `add ${host} to iframeHosts in site.yaml`
      : "its address must start with https://";
  const message = `holds an iframe from ${host}, which becomes a link; to keep it, ${way}`;
  losses.tell("frame-became-link", message, node);
}

function resolveAddresses(tree: Root, { base, siteUrl }: CleanOptions): void {
  visit(tree, "element", ({ properties }) => {
    for (const name of ADDRESSES) {
      const value = properties[name];
      if (typeof value === "string") setOrDelete(properties, name, resolveAddress(value, base, siteUrl));
    }
  });
}

/** An address on this site as `OWN_SITE` and a path, others absolute; undefined for what is no address. */
function resolveAddress(value: string, base: string, siteUrl: string): string | undefined {
  if (/^(mailto|tel):/i.test(value)) return value;
  // A path names a page or an image of this site, even when the article's canonical page is elsewhere. A fragment names
  // a place in the article itself, whose own address has no slash at its end.
  const page = value.startsWith("#") && base.startsWith("/") ? base.slice(0, -1) : base;
  const root = /^\/(?![/\\])/.test(value) ? siteUrl : new URL(page, siteUrl).href;
  if (!URL.canParse(value, root)) return undefined;
  const url = new URL(value, root);
  // A path that starts with `//` would be read as another site's address the next time it is cleaned.
  const own = url.origin === siteUrl && !url.pathname.startsWith("//");
  // Spelled like the article's own addresses: an image is found by comparing them.
  return own ? OWN_SITE + afterHost(url) : (webUrl(url.href) ?? url.href);
}

function setOrDelete(properties: Properties, name: string, value: string | undefined): void {
  if (value === undefined) delete properties[name];
  else properties[name] = value;
}
