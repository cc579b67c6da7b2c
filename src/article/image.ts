// An image of an article: what is measured from its bytes, and what the newsroom says of it.

import * as z from "zod/mini";
import { webAddressField } from "../lib/address.ts";
import {
  IMAGE_TYPES,
  type ImageFacts,
  type ImageType,
  MAX_SIDE_PIXELS,
  PIXELS_LIMIT,
} from "../lib/image-file.ts";
import { textField } from "../lib/text.ts";

/** How many images an article may have. A photo essay has this many; an entry with them has some 150 kB. */
export const IMAGES_LIMIT = 300;

/** The path of an image that is stored here. */
export const mediaPath = (sha256: string, type: ImageType): string => `/media/${sha256}.${IMAGE_TYPES[type]}`;

/** Why a picture of this size is refused; undefined for one that isn't. */
export const tooManyPixels = ({ width, height }: Pick<ImageFacts, "width" | "height">): string | undefined =>
  width * height > PIXELS_LIMIT
    ? `has ${width} × ${height} pixels, more than ${PIXELS_LIMIT / 1_000_000} megapixels: save it smaller`
    : undefined;

/** The path of a narrower rendition of an image that is stored here. It is made at the first request. */
export const renditionPath = (sha256: string, width: number): string => `/media/w${width}/${sha256}.webp`;

const RENDITION_WIDTHS = [480, 960, 1600, 2400];
/** What Cloudflare Images resizes; of an animated GIF it would make a video. */
const RESIZABLE: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);
/** Up to this size the original is as good as a rendition of the same width. */
const HEAVY_BYTES = 500_000;

/**
 * The widths in pixels, ascending, in which pages offer an image; empty for one that is small or can't be
 * resized.
 */
export function renditionWidths({
  type,
  width,
  length,
}: Partial<Pick<ImageFacts, "type" | "width" | "length">>): readonly number[] {
  if (type === undefined || width === undefined || !RESIZABLE.has(type)) return [];
  const narrower = RENDITION_WIDTHS.filter((one) => one < width);
  const isHeavy = (length ?? 0) > HEAVY_BYTES && width <= (RENDITION_WIDTHS.at(-1) ?? 0);
  return isHeavy ? [...narrower, width] : narrower;
}

/** Schema: one of the media types in `IMAGE_TYPES`. */
export const imageTypeField = z.enum(Object.keys(IMAGE_TYPES) as [ImageType, ...ImageType[]]);
/** Schema: a side of an image. */
export const pixelsField = z.int().check(z.minimum(1), z.maximum(MAX_SIDE_PIXELS));

const percentField = z
  .number("must be a number from 0 to 100")
  .check(z.minimum(0, "must be a number from 0 to 100"), z.maximum(100, "must be a number from 0 to 100"));

/**
 * Schema: an image as the API takes it. For an image that is stored here, size and type are looked up, and
 * those sent are ignored.
 */
export const imageSchema = z.strictObject({
  src: webAddressField,
  alt: z._default(z.union([z.literal(""), textField(2000)]), ""),
  caption: z.exactOptional(textField(3000)),
  credit: z.exactOptional(
    z.union([
      textField(300),
      z.strictObject({ name: textField(300), role: z.exactOptional(textField(100)) }),
    ]),
  ),
  copyright: z.exactOptional(textField(300)),
  width: z.exactOptional(pixelsField),
  height: z.exactOptional(pixelsField),
  type: z.exactOptional(imageTypeField),
  length: z.exactOptional(z.int().check(z.minimum(1))),
  syndicate: z._default(z.boolean(), true),
  /**
   * The point that stays visible when the picture is cropped: percent from the left and from the top.
   * Default: 50 and 30, or 50 and 0 if it is higher than wide.
   */
  focus: z.exactOptional(z.tuple([percentField, percentField], "must be two numbers, like [50, 30]")),
  /**
   * False for a picture that must not be cropped, such as a chart. Default: false for PNG and GIF, else true.
   */
  crop: z.exactOptional(z.boolean()),
});

/** An image as it is stored; `src` is a path on this site or a web URL. */
export type ImageInput = z.infer<typeof imageSchema>;

/** An image ready for a format: `src` is absolute, `credit` has a name. */
export interface Image extends Omit<ImageInput, "credit"> {
  readonly credit?: { readonly name: NonNullable<ImageInput["caption"]>; readonly role?: string };
}

/** True for a picture that may be cropped. PNG and GIF are mostly drawings, which must not. */
export const isCropped = ({ crop, type }: Pick<Image, "crop" | "type">): boolean =>
  crop ?? (type !== "image/png" && type !== "image/gif");
