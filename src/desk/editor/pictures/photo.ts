// A worker of the editor: reads the files of pictures, so that typing never waits for it. It hashes a file,
// says what it is, and what it says of itself. The Worker that stores it reads it again in the same way.

import { IMAGE_TYPES, type ImageFacts, PIXELS_LIMIT, probeImage } from "../../../lib/image-file.ts";
import { hasText } from "../../../lib/strip/bytes.ts";
import { type Said, saidIn } from "../../../lib/strip/rights.ts";
import { stripPicture, type Trace } from "../../../lib/strip/strip.ts";
import { t } from "../../../lib/translate.ts";

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
  /** `reason` is a sentence with the file's name. */
  | { readonly ok: false; readonly reason: string };

/** A file to be read. */
export interface Question {
  readonly id: number;
  readonly file: File;
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

async function read(file: File): Promise<Photo> {
  try {
    if (file.size > BYTES_LIMIT)
      return refused(
        t("“{name}” has {megabytes} MB, more than {most} MB: save it smaller.", {
          name: file.name,
          megabytes: Math.ceil(file.size / 1_000_000),
          most: BYTES_LIMIT / 1_000_000,
        }),
      );
    const bytes = new Uint8Array(await file.arrayBuffer());
    return await look(bytes, file.name);
  } catch {
    return refused(t("“{name}” can't be read: it may have been moved or deleted.", { name: file.name }));
  }
}

async function look(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Photo> {
  const facts = probeImage(bytes);
  if (!facts) return refused(otherKind(bytes, name));
  const { type, width, height } = facts;
  if (width * height > PIXELS_LIMIT)
    return refused(
      t("“{name}” has {width} × {height} pixels, more than {most} megapixels: save it smaller.", {
        ...{ name, width, height },
        most: PIXELS_LIMIT / 1_000_000,
      }),
    );
  const stripped = stripPicture(bytes);
  if (!stripped)
    return refused(t("“{name}” is damaged or cut off: save it again in a picture program.", { name }));
  if (!("subtle" in crypto))
    return refused(
      t("“{name}” can't be sent from this address: browsers need https:// for that, or localhost.", { name }),
    );
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const src = `/media/${sha256}.${IMAGE_TYPES[type]}`;
  return { ok: true, sha256, src, facts, said: saidIn(stripped.bytes), removed: stripped.removed };
}

const refused = (reason: string): Photo => ({ ok: false, reason });

function otherKind(bytes: Uint8Array, name: string): string {
  if (hasText(bytes, 4, "ftyphei") || hasText(bytes, 4, "ftypmif1"))
    return t("“{name}” is a HEIC picture, which browsers can't show: use a JPEG, PNG, GIF, WebP or AVIF.", {
      name,
    });
  if (hasText(bytes, 0, "%PDF")) return t("“{name}” is a PDF: use a JPEG, PNG, GIF, WebP or AVIF.", { name });
  if (hasText(bytes, 0, "II*\0") || hasText(bytes, 0, "MM\0*"))
    return t("“{name}” is a TIFF or a camera's raw file: use a JPEG, PNG, GIF, WebP or AVIF.", { name });
  if (hasText(bytes, 4, "ftyp"))
    return t("“{name}” is a film: use a JPEG, PNG, GIF, WebP or AVIF.", { name });
  return t("“{name}” is no picture, or a broken one: use a JPEG, PNG, GIF, WebP or AVIF.", { name });
}
