// An image of an article: what is measured from its bytes, and what the newsroom says of it.

import * as z from "zod/mini";
import { webAddressField } from "./address.ts";
import { textField } from "./text.ts";

/** Image types that are served: their media type, the extension in their address. */
export const IMAGE_TYPES = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
} as const;

/** One of the media types in `IMAGE_TYPES`. */
export type ImageType = keyof typeof IMAGE_TYPES;

/** The path of an image that is held here. */
export const mediaPath = (sha256: string, type: ImageType): string => `/media/${sha256}.${IMAGE_TYPES[type]}`;

/** No picture is wider or higher; a header that says so is broken. */
export const MAX_SIDE_PIXELS = 100_000;

/** What the bytes of an image say: type, size in pixels, length in bytes. */
export interface ImageFacts {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly length: number;
}

/** Schema: one of the media types in `IMAGE_TYPES`. */
export const imageTypeField = z.enum(Object.keys(IMAGE_TYPES) as [ImageType, ...ImageType[]]);
/** Schema: a side of an image. */
export const pixelsField = z.int().check(z.minimum(1), z.maximum(MAX_SIDE_PIXELS));

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
});

/** An image as it is stored; `src` is a path on this site or a web URL. */
export type ImageInput = z.infer<typeof imageSchema>;

/** An image ready for a format: `src` is absolute, `credit` has a name. */
export interface Image extends Omit<ImageInput, "credit"> {
  readonly credit?: { readonly name: NonNullable<ImageInput["caption"]>; readonly role?: string };
}
