// Boxes that a script would have filled with a film, a post or a chart: what their attributes say of it is all there is.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { playerFor, watchPage } from "../../article/player.ts";
import { attribute, elementsIn, wordsIn } from "../tree.ts";
import { classesOf, infogram, linked } from "./embeds.ts";
import { settledBareAddress } from "./frames.ts";
import type { Normalizing } from "./normalizing.ts";
import { link, paragraph, placed } from "./place.ts";

/** The film, or a link to what `box` would have been filled with; undefined for an element that shows something by itself. */
export function settledBox(
  box: Element,
  parent: Parents,
  normalizing: Normalizing,
): readonly RootContent[] | undefined {
  if (!hasData(box)) return undefined;
  const page = pageOfBox(box);
  const hasWords = wordsIn(box) !== "";
  // A picture of the chart may stand in it, or the words of the post.
  if (page !== undefined) {
    const made = linked(page, box, parent, normalizing);
    return hasWords || showsPicture(box) ? [...box.children, ...made] : made;
  }
  if (hasWords || !mayBeFilled(box)) return undefined;
  const film = filmOf(box);
  if (film !== undefined) {
    const pictures: readonly ElementContent[] = showsPicture(box) && !isPreview(box) ? box.children : [];
    return [...pictures, filmElement(film, normalizing)];
  }
  if (showsPicture(box)) return undefined;
  const post = addressesOf(box).find((address) => POST.test(address));
  if (post !== undefined) return linked(post, box, parent, normalizing);
  // A link that a script would have made a card of.
  const href = CARDS.some((name) => name in box.properties)
    ? normalizing.resolve(attribute(box, "href"), "link")
    : undefined;
  return href === undefined ? undefined : [placed(link(href), box, parent)];
}

const CARDS = ["dataPinDo", "dataIframelyUrl"];
const hasData = (box: Element): boolean =>
  box.tagName === "oembed" || Object.keys(box.properties).some((name) => name.startsWith("data"));

/** The page of a film that `box` will become, which shows nothing by itself; undefined for any other element. */
export function filmInBox(box: Element): string | undefined {
  const film =
    hasData(box) && wordsIn(box) === "" && mayBeFilled(box) && !showsPicture(box) ? filmOf(box) : undefined;
  return film && watchPage(film);
}

/** A film's player, or a link to it. An import leaves it to the publisher which players stay: a link alone is one until then. */
export function filmElement(film: string, normalizing: Normalizing): Element {
  const page = watchPage(film) ?? film;
  return settledBareAddress(film, normalizing) ?? paragraph(link(page));
}

const showsPicture = (box: Element): boolean => [...elementsIn(box)].some(({ tagName }) => tagName === "img");

/** True for an element that shows nothing by itself, but for a picture. */
const mayBeFilled = (box: Element): boolean =>
  !NO_BOX.test(box.tagName) && ![...elementsIn(box)].some(({ tagName }) => SHOWN.test(tagName));
const SHOWN = /^(?:iframe|video|audio|object|embed|math|svg|table|input|hr)$/;
const NO_BOX = /^(?:img|iframe|source|track|param|math|svg|table|tbody|tr|td|th|input|br|hr)$/;

// The picture that stands for a film until it is pressed.
const isPreview = (box: Element): boolean =>
  [...elementsIn(box)].every(
    (inner) =>
      inner.tagName !== "img" ||
      /^https?:\/\/(?:i\d?\.ytimg\.com|img\.youtube\.com|i\.vimeocdn\.com)\//.test(attribute(inner, "src")),
  );

/** The address of a film of YouTube or Vimeo that the attributes name. */
function filmOf(box: Element): string | undefined {
  const { dataYoutubeId, dataVimeoId, dataPlyrProvider, dataPlyrEmbedId } = box.properties;
  const byId =
    dataPlyrProvider === "vimeo"
      ? `https://vimeo.com/${dataPlyrEmbedId}`
      : dataVimeoId
        ? `https://vimeo.com/${dataVimeoId}`
        : `https://www.youtube.com/watch?v=${dataYoutubeId ?? dataPlyrEmbedId ?? ""}`;
  return [byId, ...addressesOf(box)].find((address) => playerFor(address) !== undefined);
}

/** The web addresses in an element's data: an attribute may be one, or hold JSON or HTML that names some. */
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

// A post of a social network, not its button to share something.
const POST =
  /^https:\/\/(?:(?:twitter|x)\.com\/\w+\/status\/\d|www\.instagram\.com\/(?:p|reel)\/|www\.facebook\.com\/(?:[\w.]+\/(?:posts|videos)\/|permalink\.php|watch)|www\.tiktok\.com\/@[\w.]+\/video\/|bsky\.app\/profile\/[^/]+\/post\/|www\.threads\.(?:net|com)\/@[^/]+\/post\/|www\.reddit\.com\/r\/\w+\/comments\/|www\.pinterest\.com\/pin\/|open\.spotify\.com\/\w+\/\w|soundcloud\.com\/[\w-]+\/[\w-]|t\.me\/\w+\/\d)/;

function pageOfBox(box: Element): string | undefined {
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
  const [account, film] = [attribute(box, "dataAccount"), attribute(box, "dataVideoId")];
  const player = attribute(box, "dataPlayer") || attribute(box, "dataPlayerId") || "default";
  return /^\d+$/.test(account) && /^[\w:-]+$/.test(film) && /^[\w-]+$/.test(player)
    ? `https://players.brightcove.net/${account}/${player}_default/index.html?videoId=${film}`
    : undefined;
}

const asIs = (address: string): string | undefined => (/^https:\/\//.test(address) ? address : undefined);

// An element of AMP: the attribute that names what it shows, and the page that shows the same.
const AMP: ReadonlyMap<string, readonly [string, (value: string) => string | undefined]> = new Map([
  ["amp-instagram", ["dataShortcode", (id) => `https://www.instagram.com/p/${id}/`]],
  ["amp-facebook", ["dataHref", asIs]],
  ["amp-tiktok", ["dataSrc", (film) => asIs(film) ?? `https://www.tiktok.com/embed/v2/${film}`]],
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

/** True for an element of a framework that becomes what it would have shown. */
export const isKnownBox = ({ tagName }: Element): boolean =>
  AMP.has(tagName) || BRIGHTCOVE.has(tagName) || tagName === "amp-twitter" || tagName === "oembed";
