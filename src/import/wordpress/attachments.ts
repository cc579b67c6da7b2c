// The files that an export knows, by their id, by the addresses they are shown under, and by the post they
// hang on.

import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { splitCaption } from "../figure-captions.ts";
import type { ImportedImage } from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import type { WxrItem } from "./wxr.ts";

/** A file of the media library. */
export interface Attachment {
  readonly address: string;
  readonly title: string;
  /** HTML. */
  readonly caption: string;
  /** What a picture is as one of the article's; undefined for other files. */
  readonly image?: ImportedImage;
}

/** The media library. */
export interface Attachments {
  readonly byId: ReadonlyMap<string, Attachment>;
  /**
   * The file that `address` shows, in whatever size and from whatever host. `id` is the file's, as the text
   * has it: after a move it may be another file's, so that both must have one name.
   */
  find(address: string, id?: string): Attachment | undefined;
  /** The pictures that were uploaded to a post, in its order. */
  picturesOf(postId: string): readonly Attachment[];
}

/** Makes the library of an export's attachments. */
export function attachmentsOf(items: readonly WxrItem[]): Attachments {
  const byId = new Map<string, Attachment>();
  const byName = new Map<string, Attachment>();
  const ofPost = new Map<
    string,
    { readonly attachment: Attachment; readonly order: number; readonly id: number }[]
  >();
  for (const item of items) {
    const attachment = attachmentOf(item);
    const id = item.fields.get("wp:post_id") ?? "";
    if (!attachment) continue;
    byId.set(id, attachment);
    byName.set(nameOf(attachment.address), attachment);
    if (!attachment.image) continue;
    const parent = item.fields.get("wp:post_parent") ?? "";
    const entry = { attachment, order: Number(item.fields.get("wp:menu_order") ?? 0), id: Number(id) };
    const siblings = ofPost.get(parent);
    if (siblings) siblings.push(entry);
    else ofPost.set(parent, [entry]);
  }
  return {
    byId,
    find(address, id) {
      const name = nameOf(withoutPhoton(address) ?? address);
      const found = byName.get(name) ?? byName.get(name.replace(SIZE, "$1"));
      if (found || id === undefined) return found;
      const named = byId.get(id);
      return named && fileOf(named.address) === fileOf(address) ? named : undefined;
    },
    picturesOf: (postId) =>
      (ofPost.get(postId) ?? [])
        .toSorted((a, b) => a.order - b.order || a.id - b.id)
        .map(({ attachment }) => attachment),
  };
}

// `photo-300x200.jpg` is a smaller `photo.jpg`.
const SIZE = /-\d{1,5}x\d{1,5}(\.[a-z0-9]+)$/i;
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)$/i;
// Where plug-ins for credits keep them, the most used first.
const CREDIT_KEYS = ["_media_credit", "_navis_media_credit", "media_credit", "isc_image_source", "credit"];

/** An address as it names a file: without scheme and query, and as the upload was called. */
const nameOf = (address: string): string =>
  (webUrl(address) ?? address)
    .replace(/^https?:/i, "")
    .replace(/[?#].*$/s, "")
    .replace(/-(?:scaled|rotated)(\.[a-z0-9]+)$/i, "$1");

/** The file's own name, whatever its host, folder and size. */
const fileOf = (address: string): string =>
  nameOf(withoutPhoton(address) ?? address)
    .replace(/^.*\//, "")
    .replace(SIZE, "$1")
    .toLowerCase();

// Jetpack's CDN: the picture's own address without its scheme, then what size it has.
const PHOTON = /^(?:https?:)?\/\/i\d\.wp\.com\/([^?#]+)/i;

/** The picture's own address, where `address` is that of Jetpack's CDN; undefined for others. */
export function withoutPhoton(address: string): string | undefined {
  const [, own] = PHOTON.exec(address.trim()) ?? [];
  return own === undefined ? undefined : webUrl(`https://${own}`);
}

function attachmentOf({ fields, meta }: WxrItem): Attachment | undefined {
  const address = webUrl((fields.get("wp:attachment_url") || fields.get("guid") || "").trim());
  if (address === undefined) return undefined;
  const title = textOfHtml(fields.get("title")) ?? "";
  const caption = fields.get("excerpt:encoded")?.trim() ?? "";
  if (!PICTURE.test(nameOf(address))) return { address, title, caption };
  const file = meta.get("_wp_attachment_metadata") ?? "";
  const credit = CREDIT_KEYS.map((key) => textOfHtml(meta.get(key))).find((value) => value !== undefined);
  const words = splitCaption(textOfHtml(caption) ?? "");
  const image = omitUndefined({
    src: address,
    alt: textOfHtml(meta.get("_wp_attachment_image_alt")),
    caption: words.caption,
    credit: credit ?? words.credit ?? textOfHtml(serialised(file, "credit")),
    copyright: words.copyright ?? textOfHtml(serialised(file, "copyright")),
    width: sizeOf(file, "width"),
    height: sizeOf(file, "height"),
  });
  return { address, title, caption, image };
}

// `_wp_attachment_metadata` is PHP's serialize(): the file's own size comes first, what the camera wrote
// last.
const serialised = (file: string, key: "credit" | "copyright"): string | undefined =>
  new RegExp(`s:${key.length}:"${key}";s:\\d+:"([^"]*)"`).exec(file)?.[1];

function sizeOf(file: string, key: "width" | "height"): number | undefined {
  const pixels = Number(new RegExp(`s:${key.length}:"${key}";[is]:(?:\\d+:")?(\\d+)`).exec(file)?.[1]);
  return pixels > 0 ? pixels : undefined;
}
