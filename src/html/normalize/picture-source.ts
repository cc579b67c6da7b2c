// Which file a picture shows, in spite of lazy loading, several sizes and placeholders.

import type { Element } from "hast";
import { attribute, elementsIn } from "../tree.ts";

/** One file that an element offers; `size` compares those of one element. */
interface Candidate {
  readonly address: string;
  readonly size: number;
}

// Attributes in which scripts and plugins for lazy loading keep the true address.
const LAZY_SOURCES = [
  ...["dataSrc", "dataLazySrc", "dataOriginal", "dataOriginalSrc", "dataFallbackSrc", "dataLazy"],
  ...["dataHiResSrc", "dataHires", "dataOrigSrc", "dataRealSrc", "dataActualsrc", "dataEcho", "dataDeferSrc"],
  ...[
    "dataPagespeedLazySrc",
    "dataCfsrc",
    "dataEzsrc",
    "dataLlSrc",
    "dataLitespeedSrc",
    "dataFlickityLazyload",
  ],
];
const IS_SET = /^(?:data.*)?srcset$/i;
// The value of any other attribute, if it is the address of a picture and `src` names no file.
const PICTURE_FILE = /^[^\s{}"'<>]+\.(?:jpe?g|png|gif|webp|avif)(?:[?#]\S*)?$/i;
const FULL = /orig|large|full|hi-?res/i;
const SMALL = /thumb|small|medium|preview|lqip|poster/i;

// Files that are shown until the picture is loaded.
const PLACEHOLDER =
  /(?:^|[/_-])(?:blank|spacer|transparent|placeholder|pixel|1x1|lazy|lazyload|loading|loader|grey|gray|clear|dot)\.(?:gif|png|svg)$/i;

/** The file of a picture. */
export interface PictureSource {
  readonly address: string;
  /** True if the element's `width` and `height` are about this file. */
  readonly own: boolean;
}

/**
 * The largest file that `image`, and the `<picture>` around it, offer; undefined if there is none that others
 * can open. A file that `isListed` is true of, one of the article's pictures, comes before all others.
 */
export function sourceOf(
  image: Element,
  picture?: Element,
  isListed?: (address: string) => boolean,
): PictureSource | undefined {
  const src = attribute(image, "src");
  if (isListed && src !== "" && isListed(src)) return { address: src, own: true };
  const width = Number(attribute(image, "width")) || 0;
  const late = lazySources(image);
  const own = [...late, src, ...otherSources(image)].find(isFile);
  const sources = picture
    ? [...elementsIn(picture)].filter((e) => e.tagName === "source" && isPicture(e))
    : [];
  const candidates = [image, ...sources].flatMap((element) =>
    Object.keys(element.properties)
      .filter((name) => IS_SET.test(name))
      .flatMap((name) => candidatesOf(attribute(element, name), width || 1)),
  );
  const listed = isListed && [...late, ...candidates.map(({ address }) => address)].find(isListed);
  if (listed !== undefined) return { address: listed, own: listed === own };
  const largest = candidates.reduce<Candidate | undefined>(
    (best, next) => (best && best.size >= next.size ? best : next),
    undefined,
  );
  // A browser that knows `srcset` ignores `src`, so `src` wins only if `width` says that it is larger.
  const better = largest && (own === undefined || largest.size > width) ? largest.address : undefined;
  const address = better ?? own;
  return address === undefined ? undefined : { address: unscaled(address), own: address === own };
}

/**
 * The original file behind an address at which the sender's server scales it, or blurs it until a script
 * runs.
 */
function unscaled(address: string): string {
  const [, origin = "", query] = SCALED.exec(address) ?? [];
  const file = new URLSearchParams(query).get("url") ?? "";
  if (/^https?:\/\//.test(file)) return file;
  if (/^\/(?!\/)/.test(file)) return origin + file;
  return BLURRED.exec(address)?.[1] ?? address;
}

// Next.js, Vercel, Netlify; Wix.
const SCALED = /^(https?:\/\/[^/]+)?\/(?:_next\/image|_vercel\/image|\.netlify\/images)\/?\?(\S*)$/;
const BLURRED = /^(https:\/\/static\.wixstatic\.com\/media\/[^/]+)\/v1\/[^/]+\/[^/]*\bblur_\d/;

/** The addresses that an element keeps for lazy loading, the most reliable first. */
export const lazySources = (element: Element): readonly string[] =>
  LAZY_SOURCES.map((name) => attribute(element, name)).filter((address) => address !== "");

/** The addresses that a frame may show, the most reliable first. */
export const frameSources = (frame: Element): readonly string[] => [
  ...[attribute(frame, "src"), attribute(frame, "data")],
  ...lazySources(frame),
  ...Object.keys(frame.properties)
    .filter((name) => name.startsWith("data"))
    .map((name) => attribute(frame, name))
    .filter((value) => /^(?:https?:)?\/\/\S+$/i.test(value)),
];

function otherSources(image: Element): readonly string[] {
  const rank = (name: string) => (FULL.test(name) ? 0 : SMALL.test(name) ? 2 : 1);
  return Object.keys(image.properties)
    .filter((name) => name.startsWith("data"))
    .sort((a, b) => rank(a) - rank(b))
    .map((name) => attribute(image, name))
    .filter((value) => PICTURE_FILE.test(value));
}

/** True for an address that others can open and that is no placeholder. */
export const isFile = (address: string): boolean =>
  address !== "" &&
  !/^(?:data|blob|about|javascript):/i.test(address) &&
  !PLACEHOLDER.test(address.split(/[?#]/, 1)[0] ?? "");

const isPicture = (source: Element): boolean =>
  /^(?:image\/(?!svg)|$)/i.test(attribute(source, "type")) &&
  // Not the pictures for dark mode or for print.
  !/prefers-color-scheme:\s*dark|\bprint\b/i.test(attribute(source, "media"));

/** The files of a `srcset`. Read word by word, since addresses may contain commas. */
function candidatesOf(set: string, width: number): readonly Candidate[] {
  const found: Candidate[] = [];
  let address = "";
  const add = (descriptor: string) => {
    const number = Number.parseFloat(descriptor) || 1;
    const size = descriptor.endsWith("w") ? number : number * width;
    if (isFile(address)) found.push({ address, size });
    address = "";
  };
  for (const word of set.split(/\s+/)) {
    if (address === "") {
      const start = word.startsWith(",") ? word.slice(1) : word;
      address = start.endsWith(",") ? start.slice(0, -1) : start;
      if (start.endsWith(",")) add("1x");
      continue;
    }
    // `1x,next.jpg`: a comma without a space.
    const comma = word.indexOf(",");
    add(comma < 0 ? word : word.slice(0, comma));
    if (comma >= 0) address = word.slice(comma + 1);
  }
  if (address !== "") add("1x");
  return found;
}

/** The name that all sizes of one picture share: without size, type and query. */
export function pictureName(src: string): string {
  const url = URL.canParse(src, "https://site.invalid") ? new URL(src, "https://site.invalid") : undefined;
  if (!url) return src;
  // A scaling server has the original address as a parameter.
  const inner = url.searchParams.get("url");
  if (inner !== null && /\.(?:jpe?g|png|gif|webp|avif)$/i.test(inner)) return pictureName(inner);
  const start = url.pathname.lastIndexOf("/") + 1;
  const name = url.pathname.slice(start).replace(/\.[a-z]{3,4}$/i, "");
  const bare = name.replace(/(?:[-_]\d{2,5}x\d{2,5}|[-_]scaled|@\dx|[-_]\d{3,4}w)$/i, "").toLowerCase();
  // `1200.jpg` or `image.jpg` may be any picture, so the folder is part of the name.
  return NO_NAME.test(bare) ? url.pathname.slice(0, start) + bare : bare;
}

const NO_NAME = /^(?:\d*|.{1,3}|image|photo|picture|master|original|default|main|large|medium|small|index)$/i;

/** True for an element of at most 1 × 1 pixel: it counts readers, or is a window for a script. */
export const isPixel = ({ properties: { width, height } }: Element): boolean =>
  width !== undefined && height !== undefined && Number(width) <= 1 && Number(height) <= 1;
