// What an article lost, or what readers won't see, although it was accepted. A PUT answers with these, the
// CLI prints them with their lines, an import writes them as notes. They never keep an article from being
// published.

/** Every code, and what it means; add a code here to have it in the OpenAPI document. */
export const WARNING_CODES = {
  "frame-became-link": "An iframe became a link: its host is not in iframeHosts of site.yaml, or not https.",
  "article-empty": "The article has neither text nor a picture; no partner gets it.",
  "frame-dropped": "An iframe without an address was removed.",
  "embed-became-link": "What a script or plug-in would have shown became a link.",
  "picture-dropped": "A picture without a file that others can open was removed.",
  "caption-dropped": "A caption in the body isn't shown: the picture's entry in `images` has another one.",
  "alt-dropped":
    "A description (alt) in the body isn't used: the picture's entry in `images` has another one.",
  "background-dropped": "A background picture behind other content was removed.",
  "pixel-dropped": "A tracking pixel was removed.",
  "player-dropped": "A video or audio player without a file was removed.",
  "svg-became-text": "A drawing (inline SVG) was replaced by its words.",
  "svg-dropped": "A drawing (inline SVG) without words was removed.",
  "script-dropped": "A script was removed.",
  "handler-dropped": "An event handler was removed.",
  "element-dropped": "An element was removed with its contents.",
  "hidden-dropped": "Content that was hidden (`hidden`, `display: none`) was removed.",
  "element-unwrapped": "An element was removed, and its contents stayed.",
  "address-dropped": "An address that nobody else can open was removed.",
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
