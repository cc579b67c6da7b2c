// Media RSS, enclosures and their like -> pictures with their words. What isn't a picture is noted with its
// address.

import type { MediaNs } from "feedsmith";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedImage } from "../importer.ts";
import { asText, resolved } from "./feed-item.ts";

/** A file that an item names. */
export interface NamedFile {
  readonly url?: string;
  readonly type?: string;
  readonly length?: number;
  /** What it is called: its caption as often as not, so that it describes what nothing else does. */
  readonly title?: string;
  /** `image`, where the format says that it is one. */
  readonly medium?: string;
}

/** Pictures, the lead first, and notes on what else there was. */
export interface Media {
  readonly images: readonly ImportedImage[];
  readonly notes: readonly string[];
}

type Common = Omit<MediaNs.ItemOrFeed, "groups" | "contents">;

const PICTURE_EXTENSION = /\.(?:jpe?g|png|gif|webp|avif)$/i;

/**
 * Reads everything that an item shows. Of a group, whose members are one picture in several sizes, the
 * largest is taken; `single` are addresses of pictures for where there is no other.
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
  const named = files.map(({ url, type, medium, length, title }) => ({
    ...omitUndefined({ url, type, medium }),
    image: omitUndefined({ alt: title, length: length === 0 ? undefined : length }),
  }));
  const images = new Map<string, ImportedImage>();
  const others = new Map<string, string | undefined>();
  for (const { url, type, medium, image } of [...contents, ...named]) {
    if (url === undefined) continue;
    const src = resolved(url, base);
    if (isPicture(src, type, medium)) {
      const known = images.get(src);
      const { alt, ...facts } = image;
      const described = known?.alt !== undefined || known?.caption !== undefined;
      const typed = type?.startsWith("image/") ? { type } : {};
      images.set(src, {
        src,
        ...facts,
        ...typed,
        ...omitUndefined({ alt: described ? undefined : alt }),
        ...known,
      });
    } else others.set(src, type ?? medium);
  }
  const fallback = [
    ...single.map((url) => ({ url })),
    ...[media, ...(media?.groups ?? []), ...(media?.contents ?? [])].flatMap((one) => one?.thumbnails ?? []),
  ].find(({ url }) => url !== undefined);
  if (images.size === 0 && fallback?.url !== undefined) {
    const { url, ...size } = fallback;
    images.set(url, { src: resolved(url, base), ...sizeOf(size) });
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

const sizeOf = ({ width, height }: { readonly width?: number; readonly height?: number }) => ({
  ...omitUndefined({ width, height }),
});

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

const wordsOf = (words: MediaNs.TitleOrDescription | undefined): string | undefined => {
  if (words?.value === undefined) return undefined;
  const kind = words.type === "html" ? "html" : words.type === undefined ? "either" : "text";
  return asText({ value: words.value, kind, from: "media" }) || undefined;
};

/** A content's own words, else those of what it stands in (Media RSS 1.5.1, "Optional Elements"). */
function withWords(content: MediaNs.Content, sources: readonly (Common | undefined)[]) {
  const said = <T>(pick: (source: Common) => T | undefined): T | undefined =>
    sources.map((source) => source && pick(source)).find((value) => value !== undefined);
  const credit = said(({ credits }) => credits?.[0]);
  const image: ImportedImage = {
    ...omitUndefined({
      alt: said(({ title }) => wordsOf(title)),
      caption: said(({ description }) => wordsOf(description)),
      credit: credit?.value,
      creditRole: credit?.role,
      copyright: said(({ copyright }) => copyright?.value),
    }),
    ...sizeOf(content),
    ...omitUndefined({ length: content.fileSize }),
  };
  return {
    ...omitUndefined({ url: content.url, type: content.type, medium: content.medium }),
    image,
  };
}
