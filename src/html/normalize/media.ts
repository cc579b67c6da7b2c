// Films and sounds: nothing starts by itself, everything can be stopped, and what has no file goes whole.

import type { Element, Parents, RootContent } from "hast";
import { playerFor } from "../../article/player.ts";
import { attribute, isElement } from "../tree.ts";
import { filmElement, settledBox } from "./boxes.ts";
import type { Normalizing } from "./normalizing.ts";
import { isFile, lazySources } from "./picture-source.ts";

/** True for an element that plays a film or a sound. */
export const isMedia = (node: Element): boolean =>
  isElement(node, "video", "audio", "amp-video", "amp-audio");

/** The player, or what stood in it for readers that have none where it names no file. Changes `media`. */
export function settledMedia(
  media: Element,
  parent: Parents,
  normalizing: Normalizing,
): readonly RootContent[] {
  const { resolve, losses } = normalizing;
  media.tagName = media.tagName.replace("amp-", "");
  const name = media.tagName;
  const source = settleFile(media);
  let files = source === undefined ? 0 : 1;
  media.children = media.children.filter((child) => {
    if (!isElement(child, "source", "track")) return true;
    const address = settleFile(child);
    if (address !== undefined && child.tagName === "source") files++;
    return address !== undefined;
  });
  const film = [media, ...media.children].find(
    (node): node is Element => isElement(node) && playerFor(attribute(node, "src")) !== undefined,
  );
  if (film) return [filmElement(attribute(film, "src"), normalizing)];
  if (files === 0) {
    const filled = settledBox(media, parent, normalizing);
    if (filled) return filled;
    losses.tell(
      "player-dropped",
      `holds <${name}> without a web address of a file, which is taken out`,
      media,
    );
    return media.children.filter((child) => !isElement(child, "track"));
  }
  delete media.properties.autoPlay;
  media.properties.controls = true;
  const posters = [attribute(media, "poster"), attribute(media, "dataPoster"), pictureBehind(media)];
  const poster = resolve(posters.find(isFile) ?? "", "file");
  if (poster === undefined) delete media.properties.poster;
  else media.properties.poster = poster;
  return [media];

  /** The picture that a style put behind the player (`backgrounds.ts`), which goes: a browser shows nothing within one. */
  function pictureBehind({ tagName, children }: Element): string {
    const [only, ...others] = children;
    if (tagName !== "video" || others.length > 0 || !only || !isElement(only, "img")) return "";
    media.children = [];
    return attribute(only, "src");
  }

  /** Resolves `src`, or what a script would have put there. */
  function settleFile(element: Element): string | undefined {
    const written = [attribute(element, "src"), ...lazySources(element)].find((address) => address !== "");
    const address = written === undefined ? undefined : resolve(written, "file");
    if (address === undefined) delete element.properties.src;
    else element.properties.src = address;
    return address;
  }
}
