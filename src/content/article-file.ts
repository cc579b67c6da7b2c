// An article as the API gives it -> `index.html`, which reads back as the same article. Pure.

import { stringify } from "yaml";
import type { ArticleInput } from "../article/article.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { htmlBody } from "./html-body.ts";

const SHORT_HASH_LENGTH = 12;

/** The name of a picture's file beside its article; undefined for an address that isn't a picture held here. */
export function pictureFile(address: string): string | undefined {
  const [, sha256, extension] = MEDIA_PATH.exec(address) ?? [];
  return sha256 && extension && `${sha256.slice(0, SHORT_HASH_LENGTH)}.${extension}`;
}

/** An article's file, and the addresses (`/media/…`) of the pictures that must lie beside it. */
export interface ExportedArticle {
  readonly file: string;
  readonly pictures: readonly string[];
}

/** Writes an article as a file. What the API fills in or measures itself is left out. */
export function articleFile(article: ArticleInput): ExportedArticle {
  const { body, restore: _restore, syndicate, sponsored, images, ...fields } = article;
  const pictures = new Set<string>();
  const local = (address: string) => {
    const name = pictureFile(address);
    if (name !== undefined) pictures.add(address);
    return name ?? address;
  };
  const frontMatter = {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmptyList(value))),
    ...(images.length === 0 ? {} : { images: images.map((image) => exportImage(image, local)) }),
    ...(syndicate ? {} : { syndicate }),
    ...(sponsored ? { sponsored } : {}),
  };
  const html = htmlBody(`${body.html}\n`, 1, (address) => MEDIA_PATH.test(address)).html(({ address }) =>
    local(address),
  );
  return {
    file: `---\n${stringify(frontMatter, { lineWidth: 0 })}---\n${html}\n`,
    pictures: [...pictures],
  };
}

function exportImage(image: ArticleInput["images"][number], local: (address: string) => string): object {
  const { src, alt, syndicate, width, height, type, length, ...said } = image;
  const name = local(src);
  // Of a picture elsewhere the size was typed; of one held here it is measured again.
  const typed = name === src ? { width, height, type, length } : {};
  return {
    src: name,
    ...(alt === "" ? {} : { alt }),
    ...said,
    ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)),
    ...(syndicate ? {} : { syndicate }),
  };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
