// Small versions of pictures for the editor.

import { t } from "../../../lib/translate.ts";
import type { Picture } from "../../pictures/picture.ts";
import { element } from "../dom.ts";
import { hashIn } from "./node.ts";

const SMALL_PIXELS = 480;
const RESIZABLE: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);
/** The files of pictures that were chosen in this page: they are shown before they are sent. */
const files = new Map<string, string>();

/** Shows a picture from its file until the page is closed. */
export function showFile(src: string, file: Blob): void {
  if (!files.has(src)) files.set(src, URL.createObjectURL(file));
}

/** An `img` without words of its own: they stand beside it. */
export function thumbnail(picture: Picture): HTMLElement {
  const { src, width, height } = picture;
  const hash = hashIn(src);
  // Other sites' pictures aren't loaded: they would learn who works on what.
  if (hash === undefined && !files.has(src))
    return element("p", { class: "elsewhere" }, t("This picture is on another site, and not shown here."));
  const image = element("img", {
    src: files.get(src) ?? smallOf(picture, hash),
    alt: "",
    loading: "lazy",
    decoding: "async",
  });
  if (width !== undefined && height !== undefined) {
    image.width = width;
    image.height = height;
  }
  image.addEventListener("error", () =>
    image.replaceWith(
      element(
        "p",
        { class: "elsewhere" },
        t("This picture can't be shown: it was removed for good, or the server can't be reached."),
      ),
    ),
  );
  return image;
}

function smallOf({ src, type, width }: Picture, hash: string | undefined): string {
  const isLarge = RESIZABLE.has(type ?? "") && (width ?? 0) > SMALL_PIXELS;
  return hash !== undefined && isLarge ? `/media/w${SMALL_PIXELS}/${hash}.webp` : src;
}
