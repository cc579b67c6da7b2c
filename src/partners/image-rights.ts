// Takes pictures that a partner has no right to out of an article: out of its list, its body, and every
// attribute that holds their address. The regular expressions read bodies as `html/clean.ts` writes them.

import { type Article, IMAGE_MARK } from "../article/article.ts";
import type { Image } from "../article/image.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { type Html, html } from "../lib/text.ts";
import type { Policy } from "./policy.ts";

// Matches whole start tags, so that nothing inside an attribute's value is taken for one.
const START_TAG = /<([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/g;
const MARK = new RegExp(`${IMAGE_MARK}([^${IMAGE_MARK}]*)${IMAGE_MARK}`, "g");
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

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

/**
 * The body with some images' marks replaced by others', or removed where the map has undefined. Keys are
 * `src`.
 */
export const withImageMarks = (body: Html, changed: ReadonlyMap<string, Image | undefined>): Html =>
  html(
    body.replace(MARK, (all, src: string) => {
      const image = changed.get(src);
      return image ? mark(image.src) : changed.has(src) ? "" : all;
    }),
  );

/** The body without images that aren't in the article's list and that `isKept` rejects. */
export const withoutUnlistedImages = (body: Html, isKept: (image: Image) => boolean): Html =>
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
 * Whether an address leads to an image. For one that is stored here it does if it contains the hash, as
 * addresses of resizing services do. For any other it must be the same, apart from the fragment.
 */
function isAddressOf({ src }: Image, address: string, siteUrl: string): boolean {
  const hash = mediaHash(src, siteUrl);
  return hash === undefined ? withoutFragment(address) === withoutFragment(src) : address.includes(hash);
}

const withoutFragment = (address: string): string => address.replace(/#.*/s, "");

// The serializer escapes only `&` in an address.
const decoded = (value: string): string => value.replaceAll("&#x26;", "&");

/** SHA-256 of an image, from its absolute `src`; undefined for an image elsewhere. */
export const mediaHash = (src: string, siteUrl: string): string | undefined =>
  src.startsWith(`${siteUrl}/`) ? MEDIA_PATH.exec(src.slice(siteUrl.length))?.[1] : undefined;
