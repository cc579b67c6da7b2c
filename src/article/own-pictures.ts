// The images stored here that an article shows or links to.

import { MEDIA_PATH } from "../lib/address.ts";
import type { ImageFacts } from "../lib/image-file.ts";
import type { StoredArticle } from "./article.ts";
import { mediaIn, withoutMediaIn } from "./body.ts";
import type { BylineInput, Person } from "./byline.ts";

/** SHA-256 of an image's bytes, from its `src`; undefined for an image elsewhere. */
export const hashOf = (src: string): string | undefined => MEDIA_PATH.exec(src)?.[1];

/**
 * SHA-256 of everything stored here that an article shows or links to: images, avatars, and media in its
 * body.
 */
export function ownMedia({ images, bylines, body }: StoredArticle): readonly string[] {
  const listed = [...images.map((image) => image.src), ...bylines.map(avatarOf)].map((src) =>
    hashOf(src ?? ""),
  );
  return [...new Set([...listed, ...mediaIn(body)])].filter((hash) => hash !== undefined);
}

/** The article without some images, in its list and in its body. */
export function withoutMedia(article: StoredArticle, hashes: readonly string[]): StoredArticle {
  const gone = article.images.filter((image) => hashes.includes(hashOf(image.src) ?? ""));
  return {
    ...article,
    images: article.images.filter((image) => !gone.includes(image)),
    bylines: article.bylines.map((byline) => {
      if (!hashes.includes(hashOf(avatarOf(byline) ?? "") ?? "")) return byline;
      const { avatar: _, ...rest } = byline as Person;
      return rest;
    }),
    body: withoutMediaIn(article.body, hashes),
  };
}

/** The article with its images' present lengths in bytes: one whose metadata was stripped is shorter. */
export function withFacts(article: StoredArticle, media: ReadonlyMap<string, ImageFacts>): StoredArticle {
  const images = article.images.map((image) => {
    const facts = media.get(hashOf(image.src) ?? "");
    return facts && image.length !== undefined ? { ...image, length: facts.length } : image;
  });
  return { ...article, images };
}

const avatarOf = (byline: BylineInput): string | undefined =>
  typeof byline === "object" && "avatar" in byline ? byline.avatar : undefined;
