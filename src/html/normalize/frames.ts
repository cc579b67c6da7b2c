// Frames, and what else shows another page in an article: players of hosts that are allowed stay, others become a link to
// what they show. The address is resolved before any rule looks at it, and written as it was judged.

import type { Element, Parents, RootContent } from "hast";
import { isPlayerOf, playerFor, serviceOf, settledPlayer, watchPage } from "../../article/player.ts";
import { webUrl } from "../../lib/address.ts";
import { text } from "../../lib/text.ts";
import { parseBody } from "../body-tree.ts";
import { attribute, isElement } from "../tree.ts";
import { classesOf } from "./embeds.ts";
import type { Normalizing } from "./normalizing.ts";
import { frameSources, isFile } from "./picture-source.ts";
import { element, link, placed, standsAlone } from "./place.ts";

/** Elements that show something from another address, and become a frame, a link or a picture. */
export const isFrame = (node: Element): boolean => FRAMES.has(node.tagName);

const FRAMES: ReadonlySet<string> = new Set([
  ...["iframe", "object", "embed", "amp-iframe", "amp-youtube", "amp-vimeo"],
  ...["lite-youtube", "lite-vimeo", "youtube-video", "vimeo-video"],
]);

/** What stands in the place of `frame`, whose children were settled already. */
export function settledFrame(
  frame: Element,
  parent: Parents,
  normalizing: Normalizing,
): readonly RootContent[] {
  if (isPoint(frame) || isDoubleOfQuote(frame, parent)) return [];
  const written = sourceOf(frame);
  const isObject = isElement(frame, "object", "embed");
  const inside = isObject ? frame.children.filter((child) => !isElement(child, "param")) : [];
  const hasFallback = inside.some((child) => child.type !== "text" || child.value.trim() !== "");
  if (written === undefined) {
    if (hasFallback) return standing(inside, frame, parent);
    const own = attribute(frame, "srcDoc");
    if (frame.tagName === "iframe" && own !== "") return opened(own);
    normalizing.losses.tell(
      "frame-dropped",
      `holds ${nameOf(frame)} without a web address, which is taken out`,
      frame,
    );
    return [];
  }
  const address = playable(normalizing.resolve(written, "file"));
  if (address === undefined) {
    const message = `holds ${nameOf(frame)} with the address "${written.slice(0, 40)}", which is taken out: use one with https://`;
    normalizing.losses.tell("frame-dropped", message, frame);
    return standing(inside, frame, parent);
  }
  if (isObject && isPicture(frame, address)) return [element("img", { src: address, alt: titleOf(frame) })];
  const isPlayer = !isObject || playerFor(address) !== undefined;
  if (isPlayer && isAllowed(address, normalizing)) return [playerElement(address, frame, normalizing)];
  if (hasFallback) return standing(inside, frame, parent);
  tellLink(frame, address, isPlayer, normalizing);
  const page = watchPage(address) ?? address;
  return [placed(link(page, titleOf(frame) || page), frame, parent)];
}

/** What stood in a plug-in for readers that don't have it; a line of words is a paragraph. */
function standing(inside: Element["children"], frame: Element, parent: Parents): readonly RootContent[] {
  const isLine = inside.length > 0 && inside.every((child) => child.type === "text" || isElement(child, "a"));
  return isLine && standsAlone(frame, parent) ? [element("p", {}, ...inside)] : inside;
}

/** A bare address of YouTube or Vimeo that stands on a line of its own, as its player or as a link to its page. */
export function settledBareAddress(address: string, { iframeHosts }: Normalizing): Element | undefined {
  const player = playerFor(address);
  if (player === undefined || iframeHosts === undefined) return undefined;
  if (isPlayerOf(player, iframeHosts)) {
    return element("iframe", { src: player, ...playing(player) });
  }
  return element("p", {}, link(watchPage(player) ?? address));
}

/** What the player of a film has where nobody wrote it otherwise. */
const playing = (player: string): Element["properties"] => ({
  ...{ title: serviceOf(player), width: 560, height: 315 },
  ...{ allowFullScreen: true, loading: "lazy", referrerPolicy: "strict-origin-when-cross-origin" },
});

const isAllowed = (address: string, { iframeHosts }: Normalizing): boolean =>
  iframeHosts === undefined || isPlayerOf(address, iframeHosts);

/** As it may stand in an article. Without a base an import's addresses may be relative, and nothing can be said of them. */
function playable(resolved: string | undefined): string | undefined {
  if (resolved === undefined) return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(resolved)) return resolved;
  const address = webUrl(resolved);
  return address === undefined ? undefined : settledPlayer(address);
}

// A counter, or a script's own window.
const isPoint = ({ properties: { width, height } }: Element): boolean =>
  width !== undefined && height !== undefined && Number(width) <= 1 && Number(height) <= 1;

/** True for the frame in which WordPress shows a post of another site, which it quotes before it. */
function isDoubleOfQuote(frame: Element, parent: Parents): boolean {
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
  return named.find((address) => address !== "" && !NOTHING.test(address));
}

// What stands in a frame until its script comes.
const NOTHING = /^(?:about|data|blob):/i;

/** What a frame's own document shows; what may not stand in an article is taken out of it later. */
const opened = (document: string): readonly RootContent[] => parseBody(document).children;

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

function playerElement(address: string, frame: Element, { iframeHosts }: Normalizing): Element {
  // In the order in which they were written: the same article sent again is the same.
  const written = Object.fromEntries(
    Object.entries(frame.properties).filter(
      ([name]) => (KEPT as readonly string[]).includes(name) || name === "src",
    ),
  );
  const properties: Element["properties"] =
    "src" in written ? { ...written, src: address } : { src: address, ...written };
  if (iframeHosts === undefined || serviceOf(address) === undefined) return element("iframe", properties);
  // One side alone says how large it is, too.
  const isSized = "width" in properties || "height" in properties;
  const missing = Object.entries(playing(address)).filter(
    ([name]) => !(name in properties) && !(isSized && (name === "width" || name === "height")),
  );
  return element("iframe", { ...properties, ...Object.fromEntries(missing) });
}

const nameOf = ({ tagName }: Element): string => (tagName === "iframe" ? "an iframe" : `<${tagName}>`);

function tellLink(frame: Element, address: string, isPlayer: boolean, { losses }: Normalizing): void {
  const { tagName } = frame;
  const host = URL.canParse(address) ? new URL(address).host : "an address";
  if (!isPlayer) {
    losses.tell("embed-became-link", `holds <${tagName}> of ${host}, which becomes a link`, frame);
    return;
  }
  const way = address.startsWith("https:")
    ? `add ${host} to iframeHosts in site.yaml`
    : "its address must start with https://";
  losses.tell(
    "frame-became-link",
    `holds ${nameOf(frame)} from ${host}, which becomes a link; to keep it, ${way}`,
    frame,
  );
}
