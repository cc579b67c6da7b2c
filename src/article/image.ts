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

/** The path of an image that is held here. */
export const mediaPath = (sha256: string, type: ImageType): string => `/media/${sha256}.${IMAGE_TYPES[type]}`;

/** Why a picture of this size is refused; undefined for one that isn't. */
export const tooManyPixels = ({ width, height }: Pick<ImageFacts, "width" | "height">): string | undefined =>
  width * height > PIXELS_LIMIT
    ? `has ${width} × ${height} pixels, more than ${PIXELS_LIMIT / 1_000_000} megapixels: save it smaller`
    : undefined;

/** The path of a narrower picture that is made of an image held here, when somebody asks for it first. */
export const renditionPath = (sha256: string, width: number): string => `/media/w${width}/${sha256}.webp`;

const RENDITION_WIDTHS = [480, 960, 1600, 2400];
/** What Cloudflare Images reads; of GIF it would have to make a film. */
const RESIZABLE: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);
/** A picture that is no heavier is as good as a narrower one of the same width. */
const HEAVY_BYTES = 500_000;

/** In which widths pages offer an image, in pixels, ascending: none for one that is small, or can't be made over. */
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

/** Schema: an image as the API takes it. Of an image held here, facts are looked up and what was sent is ignored. */
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
  /** What stays where the picture is cut to a shape: percent from the left and from the top; without it 50 and 30, or 50 and 0 if it is higher than wide. */
  focus: z.exactOptional(z.tuple([percentField, percentField], "must be two numbers, like [50, 30]")),
  /** False for what must not be cut, a chart say; without it, PNG and GIF aren't and all else is. */
  crop: z.exactOptional(z.boolean()),
});

/** An image as it is stored; `src` is a path on this site or a web URL. */
export type ImageInput = z.infer<typeof imageSchema>;

/** An image ready for a format: `src` is absolute, `credit` has a name. */
export interface Image extends Omit<ImageInput, "credit"> {
  readonly credit?: { readonly name: NonNullable<ImageInput["caption"]>; readonly role?: string };
}

/** True for a picture that may be cut to a shape. What is drawn with a program, and so PNG or GIF, mostly must not. */
export const isCropped = ({ crop, type }: Pick<Image, "crop" | "type">): boolean =>
  crop ?? (type !== "image/png" && type !== "image/gif");
