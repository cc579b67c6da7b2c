// Which HTML may stand in an article: what `clean.ts` keeps, and what `wireroom check` says will be dropped.

import type { Element } from "hast";
import { defaultSchema, type Schema } from "hast-util-sanitize";
import { webUrl } from "../model/address.ts";

// Elements whose content is no text for readers; anything else that isn't allowed is unwrapped.
const STRIPPED = [
  ...[
    "script",
    "style",
    "template",
    "noscript",
    "noembed",
    "noframes",
    "title",
    "textarea",
    "select",
    "option",
  ],
  ...["svg", "math", "object", "embed", "applet", "canvas", "xmp", "plaintext"],
];

/** What may stand in an article. */
export const ALLOWED_HTML: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => name !== "input"),
    ...["caption", "col", "colgroup"],
    ...[
      "abbr",
      "aside",
      "audio",
      "bdi",
      "bdo",
      "cite",
      "figcaption",
      "figure",
      "iframe",
      "mark",
      "small",
      "time",
      "u",
    ],
    ...["video", "wbr"],
  ],
  attributes: {
    "*": ["dir", "lang", "title", "id"],
    a: ["href", "rel", "hreflang"],
    audio: ["src", "controls"],
    blockquote: ["cite"],
    code: [["className", /^language-./]],
    del: ["cite", "dateTime"],
    iframe: ["src", "width", "height", "allowFullScreen", "loading"],
    img: ["src", "alt", "width", "height"],
    ins: ["cite", "dateTime"],
    ol: ["start", "reversed", "type"],
    q: ["cite"],
    source: ["src", "type"],
    td: ["colSpan", "rowSpan", "align"],
    th: ["colSpan", "rowSpan", "align", "scope"],
    time: ["dateTime"],
    video: ["src", "controls", "width", "height", "poster"],
  },
  protocols: {
    href: ["http", "https", "mailto", "tel"],
    src: ["http", "https"],
    cite: ["http", "https"],
    poster: ["http", "https"],
  },
  // Ids stay as they are: prefixing them anew on every PUT would change the article each time.
  clobber: [],
  required: {},
  strip: STRIPPED,
};

/** Elements that a figure or a paragraph may stand in; any other is closed before it. */
export const FLOW: ReadonlySet<string> = new Set([
  ...["article", "aside", "blockquote", "dd", "details", "div", "figure", "li", "section", "td", "th"],
]);

/** Attributes that hold an address. */
export const ADDRESSES = ["href", "src", "cite", "poster"] as const;

/** What an iframe shows, as an absolute address; undefined for one that shows nothing. */
export function iframeAddress({ properties }: Element, siteUrl: string): string | undefined {
  const source = String(properties.src ?? "").trim();
  return source !== "" && URL.canParse(source, siteUrl) ? webUrl(new URL(source, siteUrl).href) : undefined;
}

/** True for an address whose iframe stays. */
export function isAllowedPlayer(address: string, iframeHosts: readonly string[]): boolean {
  const { protocol, host } = new URL(address);
  return protocol === "https:" && iframeHosts.includes(host);
}
