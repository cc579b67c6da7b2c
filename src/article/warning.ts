// What an article lost, or what readers won't see, although it was accepted. A PUT answers with these, the CLI prints them
// with their lines, an import writes them as notes. They never keep an article from being published.

/** Every code, and what it means; add a code here to have it in the OpenAPI document. */
export const WARNING_CODES = {
  "frame-became-link": "An iframe became a link: its host is not in iframeHosts of site.yaml, or not https.",
  "article-empty": "The article has neither text nor a picture; no partner gets it.",
  "frame-dropped": "An iframe that names nothing to show was taken out.",
  "embed-became-link": "What a script or plug-in would have shown became a link.",
  "picture-dropped": "A picture without a file that others can open was taken out.",
  "caption-dropped": "A caption in the body isn't shown: the picture's entry in `images` has another one.",
  "alt-dropped":
    "A description (alt) in the body isn't used: the picture's entry in `images` has another one.",
  "background-dropped": "A picture behind other content (a background of a style) was taken off.",
  "pixel-dropped": "A picture of one pixel, which counts readers, was taken out.",
  "player-dropped": "A film or sound without a file was taken out.",
  "svg-became-text": "Of a drawing (inline SVG) only the words stayed.",
  "svg-dropped": "A drawing (inline SVG) without words was taken out.",
  "script-dropped": "A script was taken out.",
  "handler-dropped": "An event handler was taken off.",
  "element-dropped": "An element was taken out with all that was in it.",
  "hidden-dropped": "What readers didn't see where it came from (hidden, display: none) was left out.",
  "element-unwrapped": "An element was taken off, and what stood in it stayed.",
  "address-dropped": "An address that nobody else can open was taken off.",
} as const satisfies Readonly<Record<string, string>>;

/** What kind of loss it is, for programs. */
export type WarningCode = keyof typeof WARNING_CODES;

/** One thing that was lost or changed. */
export interface Warning {
  readonly code: WarningCode;
  /** Where, as a path into the article that was sent: `body.html`, `images[1].src`. */
  readonly path: string;
  /** What happened and how to mend it, one sentence without a full stop. */
  readonly message: string;
}
