// Media RSS, enclosures and their like -> pictures with their words. What isn't a picture is noted with its address.

import type { MediaNs } from "feedsmith";
import type { ImportedImage } from "../imported.ts";
import { given, resolved } from "./item.ts";

/** A file that an item names. */
export interface NamedFile {
  readonly url?: string;
  readonly type?: string;
  readonly length?: number;
  /** What it is called, where nothing else describes it. */
  readonly title?: string;
}

/** Pictures, the lead first, and notes on what else there was. */
export interface Media {
  readonly images: readonly ImportedImage[];
  readonly notes: readonly string[];
}

type Common = Omit<MediaNs.ItemOrFeed, "groups" | "contents">;

const PICTURE_EXTENSION = /\.(?:jpe?g|png|gif|webp|avif)$/i;

/**
 * Reads everything that an item shows. Of a group, whose members are one picture in several sizes, the largest is taken;
 * `single` are addresses of pictures without more words.
 */
export function mediaOf(
  media: MediaNs.ItemOrFeed | undefined,
  files: readonly NamedFile[],
  single: readonly (string | undefined)[],
  base: string | undefined,
): Media {
  const contents = [
    ...(media?.contents ?? []).map((content) => withWords(content, [content, media])),
    ...(media?.groups ?? []).flatMap((group) => {
      const content = largest(group.contents ?? []);
      return content ? [withWords(content, [content, group, media])] : [];
    }),
  ];
  const named = files.map(({ url, type, length, title }) => ({
    ...given("url", url),
    ...given("type", type),
    medium: undefined,
    image: { ...given("alt", title), ...given("length", length === 0 ? undefined : length) },
  }));
  const images = new Map<string, ImportedImage>();
  const others = new Map<string, string | undefined>();
  for (const { url, type, medium, image } of [...contents, ...named]) {
    if (url === undefined) continue;
    const src = resolved(url, base);
    if (isPicture(src, type, medium)) {
      const known = images.get(src);
      // A file's title is its caption as often as not: it says something where nothing else does.
      const { alt, ...facts } = known ? { ...image, alt: known.alt } : image;
      const described = {
        src,
        ...facts,
        ...given("alt", alt),
        ...(type?.startsWith("image/") ? { type } : {}),
      };
      images.set(src, { ...described, ...known });
    } else others.set(src, type ?? medium);
  }
  const [first] = images.size > 0 ? [] : single.filter((url) => url !== undefined);
  if (first !== undefined) images.set(resolved(first, base), { src: resolved(first, base) });
  const thumbnail =
    media?.thumbnails?.[0] ??
    [...(media?.groups ?? []), ...(media?.contents ?? [])].find(({ thumbnails }) => thumbnails)
      ?.thumbnails?.[0];
  if (images.size === 0 && thumbnail?.url !== undefined) {
    const src = resolved(thumbnail.url, base);
    images.set(src, { src, ...given("width", thumbnail.width), ...given("height", thumbnail.height) });
  }
  return {
    images: [...images.values()],
    notes: Array.from(
      others,
      ([url, type]) =>
        `a file that is no picture was left out: ${url}${type === undefined ? "" : ` (${type})`}`,
    ),
  };
}

const isPicture = (url: string, type: string | undefined, medium: string | undefined): boolean => {
  if (medium !== undefined) return medium === "image";
  if (type?.includes("/")) return type.startsWith("image/");
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return PICTURE_EXTENSION.test(path);
};

function largest(contents: readonly MediaNs.Content[]): MediaNs.Content | undefined {
  const chosen = contents.find(({ isDefault }) => isDefault);
  if (chosen) return chosen;
  return contents.reduce<MediaNs.Content | undefined>(
    (best, next) => (best === undefined || (next.width ?? 0) > (best.width ?? 0) ? next : best),
    undefined,
  );
}

/** A content's own words, else those of what it stands in (Media RSS 1.5.1, "Optional Elements"). */
function withWords(content: MediaNs.Content, sources: readonly (Common | undefined)[]) {
  const said = <T>(pick: (source: Common) => T | undefined): T | undefined =>
    sources.map((source) => source && pick(source)).find((value) => value !== undefined);
  const credit = said(({ credits }) => credits?.[0]);
  const image: ImportedImage = {
    ...given(
      "alt",
      said(({ title }) => title?.value),
    ),
    ...given(
      "caption",
      said(({ description }) => description?.value),
    ),
    ...given("credit", credit?.value),
    ...given("creditRole", credit?.role),
    ...given(
      "copyright",
      said(({ copyright }) => copyright?.value),
    ),
    ...given("width", content.width),
    ...given("height", content.height),
    ...given("length", content.fileSize),
  };
  return {
    ...given("url", content.url),
    ...given("type", content.type),
    ...given("medium", content.medium),
    image,
  };
}
