// The types of images that are served, what is known of an image from its bytes, and how large one may be.

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

/** What the bytes of an image say: type, size in pixels, length in bytes. */
export interface ImageFacts {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly length: number;
}

/** No picture is wider or higher; a header that says so is broken. */
export const MAX_SIDE_PIXELS = 100_000;

/** A browser holds four bytes a pixel of what it shows; Cloudflare Images reads no larger picture either. */
export const PIXELS_LIMIT = 100_000_000;
