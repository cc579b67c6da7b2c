// Takes pictures that a partner has no right to out of an article: out of its list, its body, and every
// attribute that holds their address.

import type { Article } from "../article/article.ts";
import { attributesOf, imageMark, replaceImages, replaceTags, withoutAttributes } from "../article/body.ts";
import type { Image } from "../article/image.ts";
import { mediaHash } from "../lib/address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Html } from "../lib/text.ts";
import type { Policy } from "./policy.ts";

/**
 * The article without the pictures that its newsroom marked `syndicate: false`, or that the policy's
 * `images.rights` excludes.
 */
export function withPermittedPictures(
  article: Article,
  { rights }: Pick<Policy["images"], "rights">,
  siteUrl: string,
): Article {
  const credited = rights === "credited";
  const isKept = ({ syndicate, credit, copyright }: Image) =>
    syndicate && !(credited && credit === undefined && copyright === undefined);
  const rest = withoutPictures(article, (image) => !isKept(image), siteUrl);
  // Images that stand in the body alone, and posters of videos, can't have a credit.
  return credited ? { ...rest, body: withoutPosters(withoutUnlistedImages(rest.body, () => false)) } : rest;
}

/**
 * The article without the pictures that `isGone` names, and without any attribute that holds their address.
 */
export function withoutPictures(
  article: Article,
  isGone: (image: Image) => boolean,
  siteUrl: string,
): Article {
  const gone = article.images.filter(isGone);
  if (gone.length === 0) return article;
  const isNamed = (address: string) => gone.some((image) => isAddressOf(image, address, siteUrl));
  const unmarked = withImageMarks(article.body, new Map(gone.map(({ src }) => [src, undefined])));
  const body = replaceTags(unmarked, (tag) => {
    const rest = withoutAttributes(tag, ({ value }) => isNamed(value));
    return tag.name === "img" && rest !== tag.html ? "" : rest;
  });
  return {
    ...article,
    images: article.images.filter(({ src }) => !isNamed(src)),
    bylines: article.bylines.map(({ avatar, ...byline }) =>
      avatar === undefined || isNamed(avatar) ? byline : { ...byline, avatar },
    ),
    body,
  };
}

/**
 * The body with some images' marks replaced by others', or removed where the map has undefined. Keys are
 * `src`.
 */
export const withImageMarks = (body: Html, changed: ReadonlyMap<string, Image | undefined>): Html =>
  replaceImages(body, (src) => {
    const image = changed.get(src);
    return image ? imageMark(image.src) : changed.has(src) ? "" : imageMark(src);
  });

/** The body without images that aren't in the article's list and that `isKept` rejects. */
export const withoutUnlistedImages = (body: Html, isKept: (image: Image) => boolean): Html =>
  replaceTags(body, (tag) => {
    if (tag.name !== "img") return tag.html;
    const found = new Map(attributesOf(tag).map(({ name, value }) => [name, value]));
    const [width, height] = ["width", "height"].map((name) => Number(found.get(name)) || undefined);
    const image: Image = {
      src: found.get("src") ?? "",
      alt: "",
      syndicate: true,
      ...omitUndefined({ width, height }),
    };
    return isKept(image) ? tag.html : "";
  });

const withoutPosters = (body: Html): Html =>
  replaceTags(body, (tag) =>
    tag.name === "video" ? withoutAttributes(tag, ({ name }) => name === "poster") : tag.html,
  );

/**
 * Whether an address leads to an image. For one that is stored here it does if it contains the hash, as
 * addresses of resizing services do. For any other it must be the same, apart from the fragment.
 */
function isAddressOf({ src }: Image, address: string, siteUrl: string): boolean {
  const hash = mediaHash(src, siteUrl);
  return hash === undefined ? withoutFragment(address) === withoutFragment(src) : address.includes(hash);
}

const withoutFragment = (address: string): string => address.replace(/#.*/s, "");
