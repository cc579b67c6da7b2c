// A worker of the editor: reads the files of pictures, so that typing never waits for it. It hashes a file,
// says what it is, and what it says of itself. The Worker that stores it reads it again in the same way.

import { IMAGE_TYPES, type ImageFacts, PIXELS_LIMIT, probeImage } from "../../../lib/image-file.ts";
import { hasText } from "../../../lib/strip/bytes.ts";
import { type Said, saidIn } from "../../../lib/strip/rights.ts";
import { stripPicture, type Trace } from "../../../lib/strip/strip.ts";

const BYTES_LIMIT = 20_000_000;

/** A picture's file. */
export type Photo =
  | {
      readonly ok: true;
      /** Lower-case hex. */
      readonly sha256: string;
      /** Its address on this site. */
      readonly src: string;
      readonly facts: ImageFacts;
      readonly said: Said;
      /** What is removed from it before it is stored. */
      readonly removed: readonly Trace[];
    }
  /** `reason` ends a sentence that starts with the file's name. */
  | { readonly ok: false; readonly reason: string };

/** A file to be read. */
export interface Question {
  readonly id: number;
  readonly file: Blob;
}

/** What was read of it. */
export interface Reply {
  readonly id: number;
  readonly photo: Photo;
}

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  void read(data.file).then((photo) => {
    const reply: Reply = { id: data.id, photo };
    // In a worker; the types are those of a page.
    (postMessage as (message: Reply) => void)(reply);
  });
});

async function read(file: Blob): Promise<Photo> {
  try {
    if (file.size > BYTES_LIMIT)
      return refused(`has ${Math.ceil(file.size / 1_000_000)} MB, more than 20 MB: save it smaller`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    return await look(bytes);
  } catch {
    return refused("can't be read: it may have been moved or deleted");
  }
}

async function look(bytes: Uint8Array<ArrayBuffer>): Promise<Photo> {
  const facts = probeImage(bytes);
  if (!facts) return refused(`is ${kindOf(bytes)}: use a JPEG, PNG, GIF, WebP or AVIF`);
  const { type, width, height } = facts;
  if (width * height > PIXELS_LIMIT)
    return refused(
      `has ${width} × ${height} pixels, more than ${PIXELS_LIMIT / 1_000_000} megapixels: save it smaller`,
    );
  const stripped = stripPicture(bytes);
  if (!stripped) return refused("is damaged or cut off: save it again in a picture program");
  if (!("subtle" in crypto))
    return refused("can't be sent from this address: browsers need https:// for that, or localhost");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const src = `/media/${sha256}.${IMAGE_TYPES[type]}`;
  return { ok: true, sha256, src, facts, said: saidIn(stripped.bytes), removed: stripped.removed };
}

const refused = (reason: string): Photo => ({ ok: false, reason });

function kindOf(bytes: Uint8Array): string {
  if (hasText(bytes, 4, "ftyphei") || hasText(bytes, 4, "ftypmif1"))
    return "a HEIC picture, which browsers can't show";
  if (hasText(bytes, 0, "%PDF")) return "a PDF";
  if (hasText(bytes, 0, "II*\0") || hasText(bytes, 0, "MM\0*")) return "a TIFF or a camera's raw file";
  if (hasText(bytes, 4, "ftyp")) return "a film";
  return "no picture, or a broken one";
}
