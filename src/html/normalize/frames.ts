// Frames, plug-ins and bare addresses of videos. Players of allowed hosts stay, others become a link to the
// page that they show. An address is resolved before any rule looks at it.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { isPlayerOf, normalizePlayer, playerFor, serviceOf, watchPage } from "../../article/player.ts";
import { webUrl } from "../../lib/address.ts";
import { text } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import { parseBody } from "../parse.ts";
import {
  attribute,
  classesOf,
  element,
  holdsBlock,
  inPlaceOf,
  isBlank,
  isBlock,
  isElement,
  link,
  standsAlone,
  withoutBreaks,
} from "../tree.ts";
import type { NormalizeContext } from "../warnings.ts";
import { frameSources, isFile, isPixel } from "./picture-source.ts";

/** True for an element that shows another page. It becomes a frame, a link or a picture. */
export const isFrame = (node: Element): boolean => FRAMES.has(node.tagName);

const FRAMES: ReadonlySet<string> = new Set([
  ...["iframe", "object", "embed", "amp-iframe", "amp-youtube", "amp-vimeo"],
  ...["lite-youtube", "lite-vimeo", "youtube-video", "vimeo-video"],
]);

/** What replaces `frame`, whose children are normalised already. */
export function normalizeFrame(
  frame: Element,
  parent: Parents,
  context: NormalizeContext,
): readonly RootContent[] {
  if (isPixel(frame) || repeatsQuotation(frame, parent)) return [];
  const written = sourceOf(frame);
  const isObject = isElement(frame, "object", "embed");
  const inside = isObject ? frame.children.filter((child) => !isElement(child, "param")) : [];
  const hasFallback = inside.some((child) => child.type !== "text" || child.value.trim() !== "");
  if (written === undefined) {
    if (hasFallback) return fallbackOf(inside, frame, parent);
    const own = attribute(frame, "srcDoc");
    if (frame.tagName === "iframe" && own !== "") return ownDocument(own);
    context.warnings.add(
      "frame-dropped",
      t("holds {element} without a web address, which is taken out", { element: nameOf(frame) }),
      frame,
    );
    return [];
  }
  const address = playerAddress(context.resolve(written, "file"));
  if (address === undefined) {
    const message = t(
      'holds {element} with the address "{address}", which is taken out: use one with https://',
      { element: nameOf(frame), address: written.slice(0, 40) },
    );
    context.warnings.add("frame-dropped", message, frame);
    return fallbackOf(inside, frame, parent);
  }
  if (isObject && isPicture(frame, address)) return [element("img", { src: address, alt: titleOf(frame) })];
  const isPlayer = !isObject || playerFor(address) !== undefined;
  if (isPlayer && isAllowed(address, context)) return [playerElement(address, frame, context)];
  if (hasFallback) return fallbackOf(inside, frame, parent);
  reportLink(frame, address, isPlayer, context);
  const page = watchPage(address) ?? address;
  return [inPlaceOf(frame, parent, link(page, titleOf(frame) || page))];
}

/** The fallback in a plug-in; a line of words becomes a paragraph. */
function fallbackOf(inside: Element["children"], frame: Element, parent: Parents): readonly RootContent[] {
  const isLine = inside.length > 0 && inside.every((child) => child.type === "text" || isElement(child, "a"));
  return isLine && standsAlone(frame, parent) ? [element("p", {}, ...inside)] : inside;
}

/**
 * The player, or a link to the page, for an address of YouTube or Vimeo; undefined for any other address, and
 * in imports.
 */
export function normalizeBareAddress(
  address: string,
  { iframeHosts }: NormalizeContext,
): Element | undefined {
  const player = playerFor(address);
  if (player === undefined || iframeHosts === undefined) return undefined;
  if (isPlayerOf(player, iframeHosts)) {
    return element("iframe", { src: player, ...playerDefaults(player) });
  }
  return element("p", {}, link(watchPage(player) ?? address));
}

/** Attributes that a video's player gets unless others were written. */
const playerDefaults = (player: string): Element["properties"] => ({
  ...{ title: serviceOf(player), width: 560, height: 315 },
  ...{ allowFullScreen: true, loading: "lazy", referrerPolicy: "strict-origin-when-cross-origin" },
});

const isAllowed = (address: string, { iframeHosts }: NormalizeContext): boolean =>
  iframeHosts === undefined || isPlayerOf(address, iframeHosts);

/**
 * A player's address as an article may hold it. An import without a base may have relative addresses, which
 * stay.
 */
function playerAddress(resolved: string | undefined): string | undefined {
  if (resolved === undefined) return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(resolved)) return resolved;
  const address = webUrl(resolved);
  return address === undefined ? undefined : normalizePlayer(address);
}

/** True for WordPress's frame of another site's post, if a quotation of the same post stands beside it. */
function repeatsQuotation(frame: Element, parent: Parents): boolean {
  const isEmbedded = (node: RootContent) =>
    isElement(node) && classesOf(node).includes("wp-embedded-content");
  return isEmbedded(frame) && parent.children.some((node) => node !== frame && isEmbedded(node));
}

function sourceOf(frame: Element): string | undefined {
  const video = attribute(frame, "videoId") || attribute(frame, "videoid") || attribute(frame, "dataVideoid");
  if (/^[\w-]+$/.test(video)) {
    return frame.tagName.includes("vimeo")
      ? `https://vimeo.com/${video}`
      : `https://www.youtube.com/watch?v=${video}`;
  }
  const movie = frame.children.find(
    (child): child is Element =>
      isElement(child, "param") && /^(?:movie|src|url)$/i.test(attribute(child, "name")),
  );
  const named = [...(movie ? [attribute(movie, "value")] : []), ...frameSources(frame)];
  return named.find((address) => address !== "" && !NO_PAGE.test(address));
}

// Addresses that a frame has until a script sets its own.
const NO_PAGE = /^(?:about|data|blob):/i;

/** The contents of a frame's own document. The allow-list cleans them later. */
const ownDocument = (document: string): readonly RootContent[] => parseBody(document).children;

const isPicture = (frame: Element, address: string): boolean =>
  /^image\//i.test(attribute(frame, "type")) ||
  (/\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(address) && isFile(address));

const titleOf = (frame: Element): string => text(attribute(frame, "title") || attribute(frame, "ariaLabel"));

const KEPT = [
  "width",
  "height",
  "title",
  "allowFullScreen",
  "loading",
  "referrerPolicy",
  "dir",
  "lang",
  "id",
] as const;

function playerElement(address: string, frame: Element, { iframeHosts }: NormalizeContext): Element {
  // In the order in which they were written, so that the same article sent again has the same bytes.
  const written = Object.fromEntries(
    Object.entries(frame.properties).filter(
      ([name]) => (KEPT as readonly string[]).includes(name) || name === "src",
    ),
  );
  const properties: Element["properties"] =
    "src" in written ? { ...written, src: address } : { src: address, ...written };
  if (iframeHosts === undefined || serviceOf(address) === undefined) return element("iframe", properties);
  // One side is enough: no default is added for the other.
  const isSized = "width" in properties || "height" in properties;
  const missing = Object.entries(playerDefaults(address)).filter(
    ([name]) => !(name in properties) && !(isSized && (name === "width" || name === "height")),
  );
  return element("iframe", { ...properties, ...Object.fromEntries(missing) });
}

const nameOf = ({ tagName }: Element): string => (tagName === "iframe" ? t("an iframe") : `<${tagName}>`);

function reportLink(
  frame: Element,
  address: string,
  isPlayer: boolean,
  { warnings }: NormalizeContext,
): void {
  const { tagName } = frame;
  const host = URL.canParse(address) ? new URL(address).host : t("an address");
  if (!isPlayer) {
    warnings.add(
      "embed-became-link",
      t("holds {element} of {host}, which becomes a link", { element: `<${tagName}>`, host }),
      frame,
    );
    return;
  }
  const values = { element: nameOf(frame), host };
  warnings.add(
    "frame-became-link",
    address.startsWith("https:")
      ? t(
          "holds {element} from {host}, which becomes a link; to keep it, add {host} to iframeHosts in site.yaml",
          values,
        )
      : t(
          "holds {element} from {host}, which becomes a link; to keep it, its address must start with https://",
          values,
        ),
    frame,
  );
}

/**
 * A paragraph or box, split at its lines that are the address of a video: those become players. Undefined if
 * there is none.
 */
export function splitAtVideos(element: Element, context: NormalizeContext): readonly Element[] | undefined {
  if (element.tagName !== "p" && element.tagName !== "div") return undefined;
  const { id, ...properties } = element.properties;
  const parts: Element[] = [];
  let rest: ElementContent[] = [];
  let hasPlayer = false;
  const close = () => {
    const tagName = holdsBlock(rest) ? element.tagName : "p";
    if (!rest.every(isBlank)) parts.push({ ...element, tagName, properties, children: withoutBreaks(rest) });
    rest = [];
  };
  for (const line of linesOf(element.children)) {
    const [only, ...more] = line.filter((child) => !isBlank(child));
    const address = only && more.length === 0 ? bareAddress(only) : undefined;
    const player = address === undefined ? undefined : normalizeBareAddress(address, context);
    if (player) {
      hasPlayer = true;
      close();
      parts.push(player);
    } else rest.push(...line);
  }
  close();
  const [first] = parts;
  if (first && id !== undefined) first.properties = { id, ...first.properties };
  return hasPlayer ? parts : undefined;
}

/** `children` split at line breaks and blocks; a break is the last of its line. */
function linesOf(children: readonly ElementContent[]): readonly (readonly ElementContent[])[] {
  const lines: ElementContent[][] = [[]];
  for (const child of children) {
    if (isBlock(child)) lines.push([]);
    lines.at(-1)?.push(child);
    if (isBlock(child) || isElement(child, "br")) lines.push([]);
  }
  return lines;
}

/** The player for a text that is the address of a video and stands alone; undefined for any other text. */
export function bareTextAddress(
  node: RootContent,
  parent: Parents,
  context: NormalizeContext,
): readonly Element[] | undefined {
  // Lines within a paragraph: `splitAtVideos`.
  if (parent.type !== "root" && !isElement(parent, "figure", "section", "article", "main", "body"))
    return undefined;
  const address = bareAddress(node);
  if (address === undefined || !standsAlone(node, parent)) return undefined;
  const made = normalizeBareAddress(address, context);
  return made && [made];
}

/** The address, if it is all that a text or a link says; a `span` or `font` around it doesn't matter. */
function bareAddress(node: RootContent): string | undefined {
  if (node.type === "text") return /^\s*(https?:\/\/\S+)\s*$/.exec(node.value)?.[1];
  if (!isElement(node)) return undefined;
  const [only, ...others] = node.children.filter((child) => !isBlank(child));
  if (!only || others.length > 0) return undefined;
  const { tagName } = node;
  if (tagName === "a") return bareAddress(only) && attribute(node, "href");
  return tagName === "span" || tagName === "font" ? bareAddress(only) : undefined;
}
