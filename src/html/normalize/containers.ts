// Elements that a script would have filled with a video, a post or a chart, of which only their attributes
// tell; and `video` and `audio`.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { playerFor, watchPage } from "../../article/player.ts";
import { t } from "../../lib/translate.ts";
import { attribute, classesOf, elementsIn, inPlaceOf, isElement, link, paragraph, wordsIn } from "../tree.ts";
import type { NormalizeContext } from "../warnings.ts";
import { infogram, linked } from "./embeds.ts";
import { normalizeBareAddress } from "./frames.ts";
import { isFile, lazySources } from "./picture-source.ts";

/**
 * The player, or a link to what a script would have shown in `box`; undefined for an element that shows
 * something itself.
 */
export function normalizeContainer(
  box: Element,
  parent: Parents,
  context: NormalizeContext,
): readonly RootContent[] | undefined {
  if (!hasData(box)) return undefined;
  const page = pageOfContainer(box);
  const hasWords = wordsIn(box) !== "";
  // The picture of a chart or the words of a post may be in it.
  if (page !== undefined) {
    const made = linked(page, box, parent, context);
    return hasWords || showsPicture(box) ? [...box.children, ...made] : made;
  }
  if (hasWords || !mayBeFilled(box)) return undefined;
  const video = videoOf(box);
  if (video !== undefined) {
    const pictures: readonly ElementContent[] = showsPicture(box) && !isPreview(box) ? box.children : [];
    return [...pictures, videoElement(video, context)];
  }
  if (showsPicture(box)) return undefined;
  const post = addressesOf(box).find((address) => POST.test(address));
  if (post !== undefined) return linked(post, box, parent, context);
  // A script would have made the link a card.
  const href = CARDS.some((name) => name in box.properties)
    ? context.resolve(attribute(box, "href"), "link")
    : undefined;
  return href === undefined ? undefined : [inPlaceOf(box, parent, link(href))];
}

const CARDS = ["dataPinDo", "dataIframelyUrl"];
const hasData = (box: Element): boolean =>
  box.tagName === "oembed" || Object.keys(box.properties).some((name) => name.startsWith("data"));

/** The page of the video that `normalizeContainer` will make of `box`; undefined for any other element. */
export function videoInContainer(box: Element): string | undefined {
  const video =
    hasData(box) && wordsIn(box) === "" && mayBeFilled(box) && !showsPicture(box) ? videoOf(box) : undefined;
  return video && watchPage(video);
}

/**
 * A video's player, or a link to its page. In an import always a link, which becomes a player when it is
 * published.
 */
function videoElement(video: string, context: NormalizeContext): Element {
  const page = watchPage(video) ?? video;
  return normalizeBareAddress(video, context) ?? paragraph(link(page));
}

const showsPicture = (box: Element): boolean => [...elementsIn(box)].some(({ tagName }) => tagName === "img");

/** True for an element that shows at most a picture by itself. */
const mayBeFilled = (box: Element): boolean =>
  !NO_BOX.test(box.tagName) && ![...elementsIn(box)].some(({ tagName }) => SHOWN.test(tagName));
const SHOWN = /^(?:iframe|video|audio|object|embed|math|svg|table|input|hr)$/;
const NO_BOX = /^(?:img|iframe|source|track|param|math|svg|table|tbody|tr|td|th|input|br|hr)$/;

// The picture that is shown until somebody starts the video.
const isPreview = (box: Element): boolean =>
  [...elementsIn(box)].every(
    (inner) =>
      inner.tagName !== "img" ||
      /^https?:\/\/(?:i\d?\.ytimg\.com|img\.youtube\.com|i\.vimeocdn\.com)\//.test(attribute(inner, "src")),
  );

/** The address of a YouTube or Vimeo video in an element's attributes. */
function videoOf(box: Element): string | undefined {
  const { dataYoutubeId, dataVimeoId, dataPlyrProvider, dataPlyrEmbedId } = box.properties;
  const byId =
    dataPlyrProvider === "vimeo"
      ? `https://vimeo.com/${dataPlyrEmbedId}`
      : dataVimeoId
        ? `https://vimeo.com/${dataVimeoId}`
        : `https://www.youtube.com/watch?v=${dataYoutubeId ?? dataPlyrEmbedId ?? ""}`;
  return [byId, ...addressesOf(box)].find((address) => playerFor(address) !== undefined);
}

/** The web addresses in an element's data attributes: an attribute may be one, or JSON or HTML with some. */
const addressesOf = ({ properties, tagName }: Element): readonly string[] =>
  Object.entries(properties)
    .filter(([name]) => name.startsWith("data") || (tagName === "oembed" && name === "url"))
    .flatMap(
      ([, value]) =>
        String(value)
          .replaceAll("\\/", "/")
          .replaceAll("&amp;", "&")
          .match(/(?:https?:)?\/\/[^\s"'<>\\]+/g) ?? [],
    )
    .map((address) => (address.startsWith("//") ? `https:${address}` : address));

// Pages of single posts in social networks, not their pages for sharing.
const POST =
  /^https:\/\/(?:(?:twitter|x)\.com\/\w+\/status\/\d|www\.instagram\.com\/(?:p|reel)\/|www\.facebook\.com\/(?:[\w.]+\/(?:posts|videos)\/|permalink\.php|watch)|www\.tiktok\.com\/@[\w.]+\/video\/|bsky\.app\/profile\/[^/]+\/post\/|www\.threads\.(?:net|com)\/@[^/]+\/post\/|www\.reddit\.com\/r\/\w+\/comments\/|www\.pinterest\.com\/pin\/|open\.spotify\.com\/\w+\/\w|soundcloud\.com\/[\w-]+\/[\w-]|t\.me\/\w+\/\d)/;

function pageOfContainer(box: Element): string | undefined {
  const names = classesOf(box);
  const src = attribute(box, "dataSrc");
  if (names.includes("flourish-embed") && /^(?:visualisation|story|visualization)\/\d+$/.test(src)) {
    return `https://public.flourish.studio/${src}/`;
  }
  const id = attribute(box, "dataId");
  if (names.includes("infogram-embed") && id !== "") return infogram(/^[\w/-]+$/.exec(id)?.[0]);
  const tweet = attribute(box, "dataTweetid");
  if (/^\d+$/.test(tweet)) return `https://twitter.com/i/status/${tweet}`;
  if (BRIGHTCOVE.has(box.tagName)) return brightcove(box);
  const amp = AMP.get(box.tagName);
  const value = amp && attribute(box, amp[0]);
  return value && /^[\w/:.@?=&%-]+$/.test(value) ? amp?.[1](value) : undefined;
}

const BRIGHTCOVE: ReadonlySet<string> = new Set(["video", "video-js", "amp-brightcove"]);

function brightcove(box: Element): string | undefined {
  const [account, video] = [attribute(box, "dataAccount"), attribute(box, "dataVideoId")];
  const player = attribute(box, "dataPlayer") || attribute(box, "dataPlayerId") || "default";
  return /^\d+$/.test(account) && /^[\w:-]+$/.test(video) && /^[\w-]+$/.test(player)
    ? `https://players.brightcove.net/${account}/${player}_default/index.html?videoId=${video}`
    : undefined;
}

const asIs = (address: string): string | undefined => (/^https:\/\//.test(address) ? address : undefined);

// Elements of AMP: the attribute that names what it shows, and the page that shows the same.
const AMP: ReadonlyMap<string, readonly [string, (value: string) => string | undefined]> = new Map([
  ["amp-instagram", ["dataShortcode", (id) => `https://www.instagram.com/p/${id}/`]],
  ["amp-facebook", ["dataHref", asIs]],
  ["amp-tiktok", ["dataSrc", (video) => asIs(video) ?? `https://www.tiktok.com/embed/v2/${video}`]],
  ["amp-pinterest", ["dataUrl", asIs]],
  ["amp-reddit", ["dataSrc", asIs]],
  ["amp-imgur", ["dataImgurId", (id) => `https://imgur.com/${id}`]],
  ["amp-gist", ["dataGistid", (id) => `https://gist.github.com/${id}`]],
  ["amp-dailymotion", ["dataVideoid", (id) => `https://www.dailymotion.com/video/${id}`]],
  [
    "amp-soundcloud",
    [
      "dataTrackid",
      (id) => `https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F${id}`,
    ],
  ],
]);

/** True for a framework's element that `normalizeContainer` replaces. */
export const isKnownContainer = ({ tagName }: Element): boolean =>
  AMP.has(tagName) || BRIGHTCOVE.has(tagName) || tagName === "amp-twitter" || tagName === "oembed";

/** True for an element that plays video or sound. */
export const isMedia = (node: Element): boolean =>
  isElement(node, "video", "audio", "amp-video", "amp-audio");

/**
 * The player, with controls and without autoplay. Without a file: the fallback in it. Changes `media`.
 */
export function normalizeMedia(
  media: Element,
  parent: Parents,
  context: NormalizeContext,
): readonly RootContent[] {
  const { resolve, warnings } = context;
  media.tagName = media.tagName.replace("amp-", "");
  const name = media.tagName;
  const source = resolveFile(media);
  let files = source === undefined ? 0 : 1;
  media.children = media.children.filter((child) => {
    if (!isElement(child, "source", "track")) return true;
    const address = resolveFile(child);
    if (address !== undefined && child.tagName === "source") files++;
    return address !== undefined;
  });
  const video = [media, ...media.children].find(
    (node): node is Element => isElement(node) && playerFor(attribute(node, "src")) !== undefined,
  );
  if (video) return [videoElement(attribute(video, "src"), context)];
  if (files === 0) {
    const filled = normalizeContainer(media, parent, context);
    if (filled) return filled;
    warnings.add(
      "player-dropped",
      t("holds {element} without a web address of a file, which is taken out", { element: `<${name}>` }),
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

  /**
   * The address of a background (`normalizeBackground`) that became an `img` in the player, where browsers
   * don't show it.
   */
  function pictureBehind({ tagName, children }: Element): string {
    const [only, ...others] = children;
    if (tagName !== "video" || others.length > 0 || !only || !isElement(only, "img")) return "";
    media.children = [];
    return attribute(only, "src");
  }

  /** Resolves `src`, or what a script would have put there. */
  function resolveFile(element: Element): string | undefined {
    const written = [attribute(element, "src"), ...lazySources(element)].find((address) => address !== "");
    const address = written === undefined ? undefined : resolve(written, "file");
    if (address === undefined) delete element.properties.src;
    else element.properties.src = address;
    return address;
  }
}
