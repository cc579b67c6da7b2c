// Pictures that a partner may not have, taken out of an article: from its list, from its body, and from whatever else
// names their address. Bodies are read as `html/clean.ts` writes them.

import { type Article, IMAGE_MARK } from "../article/article.ts";
import type { Image } from "../article/image.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { type Html, html } from "../lib/text.ts";
import type { Policy } from "./policy.ts";

// A start tag whole, so that nothing within an attribute's value is taken for one.
const START_TAG = /<([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/g;
const MARK = new RegExp(`${IMAGE_MARK}([^${IMAGE_MARK}]*)${IMAGE_MARK}`, "g");
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

/** The article without the pictures that its newsroom, or the partner's policy, keeps back for their rights. */
export function syndicatedPictures(
  article: Article,
  { rights }: Pick<Policy["images"], "rights">,
  siteUrl: string,
): Article {
  const credited = rights === "credited";
  const isKept = ({ syndicate, credit, copyright }: Image) =>
    syndicate && !(credited && credit === undefined && copyright === undefined);
  const rest = withoutPictures(article, (image) => !isKept(image), siteUrl);
  // Images that are only in the body, and posters of videos, have no credit.
  return credited ? { ...rest, body: withoutPosters(withoutLooseImages(rest.body, () => false)) } : rest;
}

/** The article without some of its pictures, and without every address of theirs. */
export function withoutPictures(
  article: Article,
  isGone: (image: Image) => boolean,
  siteUrl: string,
): Article {
  const gone = article.images.filter(isGone);
  if (gone.length === 0) return article;
  const isNamed = (address: string) => gone.some((image) => isAddressOf(image, address, siteUrl));
  const unmarked = remarked(article.body, new Map(gone.map(({ src }) => [src, undefined])));
  const body = unmarked.replace(START_TAG, (tag, element: string, attributes: string) => {
    const rest = attributes.replace(ATTRIBUTE, (all, _, value: string) =>
      isNamed(decoded(value)) ? "" : all,
    );
    if (rest === attributes) return tag;
    return element === "img" ? "" : `<${element}${rest}>`;
  });
  return {
    ...article,
    images: article.images.filter(({ src }) => !isNamed(src)),
    bylines: article.bylines.map(({ avatar, ...byline }) =>
      avatar === undefined || isNamed(avatar) ? byline : { ...byline, avatar },
    ),
    body: html(body),
  };
}

/** The body with the marks of some images changed to others, or taken out; by the `src` of each. */
export const remarked = (body: Html, changed: ReadonlyMap<string, Image | undefined>): Html =>
  html(
    body.replace(MARK, (all, src: string) => {
      const image = changed.get(src);
      return image ? mark(image.src) : changed.has(src) ? "" : all;
    }),
  );

/** The body without those images that stand in it alone, in no article's list, and of which `isKept` says no. */
export const withoutLooseImages = (body: Html, isKept: (image: Image) => boolean): Html =>
  html(
    body.replace(START_TAG, (tag, element: string, attributes: string) => {
      if (element !== "img") return tag;
      const found = new Map(
        Array.from(attributes.matchAll(ATTRIBUTE), ([, name, value = ""]) => [name, value]),
      );
      const [width, height] = ["width", "height"].map((name) => Number(found.get(name)));
      const image = {
        src: decoded(found.get("src") ?? ""),
        alt: "" as const,
        syndicate: true,
        ...(width ? { width } : {}),
        ...(height ? { height } : {}),
      };
      return isKept(image) ? tag : "";
    }),
  );

const withoutPosters = (body: Html): Html =>
  html(
    body.replace(START_TAG, (tag, element: string) =>
      element === "video" ? tag.replace(/ poster="[^"]*"/, "") : tag,
    ),
  );

const mark = (src: string): string => IMAGE_MARK + src + IMAGE_MARK;

/**
 * Whether an address leads to a picture: to one held here if it contains the hash, as the address of a resizing service
 * does; to any other if it is the same but for the fragment.
 */
function isAddressOf({ src }: Image, address: string, siteUrl: string): boolean {
  const hash = ownHash(src, siteUrl);
  return hash === undefined ? withoutFragment(address) === withoutFragment(src) : address.includes(hash);
}

const withoutFragment = (address: string): string => address.replace(/#.*/s, "");

// `&` is the only character of an address that is escaped in an attribute.
const decoded = (value: string): string => value.replaceAll("&#x26;", "&");

/** SHA-256 of an image, from its absolute `src`; undefined for an image elsewhere. */
export const ownHash = (src: string, siteUrl: string): string | undefined =>
  src.startsWith(`${siteUrl}/`) ? MEDIA_PATH.exec(src.slice(siteUrl.length))?.[1] : undefined;
