// Which images of this Wireroom an article shows.

import { MEDIA_PATH } from "../model/address.ts";
import { IMAGE_MARK, OWN_SITE, type StoredArticle } from "../model/article.ts";
import { html } from "../model/text.ts";

/** SHA-256 of an image's bytes, from its `src`; undefined for an image elsewhere. */
export const hashOf = (src: string): string | undefined => MEDIA_PATH.exec(src)?.[1];

/** SHA-256 of every image of an article that is held here. */
export const ownMedia = ({ images }: Pick<StoredArticle, "images">): readonly string[] =>
  images.map((image) => hashOf(image.src)).filter((hash) => hash !== undefined);

/** The article without some images, in its list and in its body. */
export function withoutMedia(article: StoredArticle, hashes: readonly string[]): StoredArticle {
  const gone = article.images.filter((image) => hashes.includes(hashOf(image.src) ?? ""));
  const body = gone.reduce<string>(
    (done, { src }) => done.replaceAll(`${IMAGE_MARK}${OWN_SITE}${src}${IMAGE_MARK}`, ""),
    article.body,
  );
  return { ...article, images: article.images.filter((image) => !gone.includes(image)), body: html(body) };
}
