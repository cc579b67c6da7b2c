// The allow-list: which HTML an article may hold. `clean.ts` drops the rest, and `wireroom check` says what.

import { defaultSchema, type Schema } from "hast-util-sanitize";
import { FORMULA_ATTRIBUTES, FORMULA_TAGS } from "./formulas.ts";

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
  ...["svg", "object", "embed", "plaintext"],
];

// Policies that tell another site no more than the page's own policy.
const REFERRER_POLICIES = [
  "strict-origin-when-cross-origin",
  "strict-origin",
  "origin",
  "same-origin",
  "no-referrer",
];

/** The HTML that an article may hold. */
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
    ...["video", "track", "wbr"],
    ...FORMULA_TAGS,
  ],
  attributes: {
    ...FORMULA_ATTRIBUTES,
    "*": ["dir", "lang", "title", "id"],
    a: ["href", "rel", "hreflang"],
    audio: ["src", "controls"],
    blockquote: ["cite"],
    code: [["className", /^language-./]],
    del: ["cite", "dateTime"],
    iframe: [
      ...["src", "width", "height", "allowFullScreen", "loading"],
      // Some players don't play without a referrer.
      ["referrerPolicy", ...REFERRER_POLICIES],
    ],
    img: ["src", "alt", "width", "height"],
    ins: ["cite", "dateTime"],
    li: ["value"],
    ol: ["start", "reversed", "type"],
    q: ["cite"],
    source: ["src", "type"],
    td: ["colSpan", "rowSpan", "align"],
    th: ["colSpan", "rowSpan", "align", "scope"],
    time: ["dateTime"],
    track: ["src", "kind", "srcLang", "label", "default"],
    video: ["src", "controls", "width", "height", "poster"],
  },
  protocols: {
    href: ["http", "https", "mailto", "tel"],
    src: ["http", "https"],
    cite: ["http", "https"],
    poster: ["http", "https"],
  },
  ancestors: {
    ...defaultSchema.ancestors,
    track: ["audio", "video"],
    ...Object.fromEntries(FORMULA_TAGS.filter((name) => name !== "math").map((name) => [name, ["math"]])),
  },
  // Ids get no prefix, which would be added again by every PUT.
  clobber: [],
  required: {},
  strip: STRIPPED,
};

/** Attributes that hold an address. */
export const ADDRESSES = ["href", "src", "cite", "poster"] as const;
