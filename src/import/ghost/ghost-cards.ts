// The cards of Ghost's editors -> HTML, by the fields that both editors keep of them.

import { escapeHtml } from "../../lib/text.ts";
import { isObject, type JsonObject } from "../parse-json.ts";

/** What a card needs besides its fields. */
export interface CardContext {
  /** Gives Markdown as HTML; undefined for what can't be read. */
  readonly toHtml?: ((markdown: string) => string | undefined) | undefined;
}

type Card = (fields: JsonObject, context: CardContext) => string | undefined;

const words = (fields: JsonObject, ...names: readonly string[]): string => {
  const found = names
    .map((name) => fields[name])
    .find((value) => typeof value === "string" && value.trim() !== "");
  return typeof found === "string" ? found.trim() : "";
};
const inner = (fields: JsonObject, name: string): JsonObject => {
  const value = fields[name];
  return isObject(value) ? value : {};
};

const paragraph = (html: string): string =>
  html === "" ? "" : /^<(?:p|ul|ol|h\d|blockquote|div)\b/i.test(html) ? html : `<p>${html}</p>`;

const figure = (image: string, caption: string): string =>
  `<figure>${image}${caption === "" ? "" : `<figcaption>${caption}</figcaption>`}</figure>`;

function picture(fields: JsonObject): string {
  const src = words(fields, "src");
  return src === ""
    ? ""
    : figure(
        `<img src="${escapeHtml(src)}" alt="${escapeHtml(words(fields, "alt", "altText"))}">`,
        words(fields, "caption"),
      );
}

/** A paragraph with a link; without words it shows its address. */
function link(address: string, label: string): string {
  return address === "" ? "" : `<p><a href="${escapeHtml(address)}">${escapeHtml(label || address)}</a></p>`;
}

const HEADING = /^<\/?(?:p|h\d)\b[^>]*>|<\/(?:p|h\d)>$/g;

const CARDS: ReadonlyMap<string, Card> = new Map<string, Card>([
  ["image", picture],
  [
    "gallery",
    ({ images, caption }) =>
      (Array.isArray(images) ? images : []).filter(isObject).map(picture).join("") +
      (typeof caption === "string" ? paragraph(caption.trim()) : ""),
  ],
  ["markdown", (fields, { toHtml }) => toHtml?.(words(fields, "markdown"))],
  ["html", (fields) => words(fields, "html")],
  [
    "codeblock",
    (fields) =>
      `<pre><code>${escapeHtml(words(fields, "code"))}</code></pre>${paragraph(words(fields, "caption"))}`,
  ],
  [
    "callout",
    (fields) => {
      const emoji = words(fields, "calloutEmoji");
      return `<aside><p>${emoji === "" ? "" : `${escapeHtml(emoji)} `}${words(fields, "calloutText").replace(HEADING, "")}</p></aside>`;
    },
  ],
  [
    "toggle",
    (fields) =>
      `<h4>${words(fields, "heading").replace(HEADING, "")}</h4>${paragraph(words(fields, "content"))}`,
  ],
  ["button", (fields) => link(words(fields, "buttonUrl"), words(fields, "buttonText"))],
  [
    "bookmark",
    (fields) =>
      link(words(fields, "url"), words(inner(fields, "metadata"), "title")) +
      paragraph(words(fields, "caption")),
  ],
  ["embed", (fields) => link(words(fields, "url"), "") + paragraph(words(fields, "caption"))],
  ["audio", (fields) => link(words(fields, "src"), words(fields, "title", "fileName"))],
  [
    "video",
    (fields) => link(words(fields, "src"), words(fields, "fileName")) + paragraph(words(fields, "caption")),
  ],
  [
    "file",
    (fields) =>
      link(words(fields, "src"), words(fields, "fileTitle", "fileName")) +
      paragraph(words(fields, "fileCaption")),
  ],
  [
    "header",
    (fields) =>
      `<h2>${words(fields, "header", "heading").replace(HEADING, "")}</h2>${paragraph(words(fields, "subheader", "subheading"))}${link(words(fields, "buttonUrl"), words(fields, "buttonText"))}`,
  ],
  [
    "product",
    (fields) =>
      picture({ src: words(fields, "productImageSrc") }) +
      `<h4>${words(fields, "productTitle").replace(HEADING, "")}</h4>${paragraph(words(fields, "productDescription"))}${link(words(fields, "productUrl"), words(fields, "productButton"))}`,
  ],
  [
    "call-to-action",
    (fields) =>
      picture({ src: words(fields, "imageUrl") }) +
      paragraph(words(fields, "textValue")) +
      link(words(fields, "buttonUrl"), words(fields, "buttonText")),
  ],
  ["horizontalrule", () => "<hr>"],
  // Never public, or nothing that is read.
  ["email", () => ""],
  ["email-cta", () => ""],
  ["signup", () => ""],
  ["paywall", () => "<!--members-only-->"],
]);

// What the older editor calls them.
const OTHER_NAMES: Readonly<Record<string, string>> = {
  hr: "horizontalrule",
  code: "codeblock",
  "card-markdown": "markdown",
  "image-card": "image",
  "html-card": "html",
};

/** A card as HTML; undefined for one that isn't known. What only members saw stands between Ghost's marks. */
export function cardHtml(name: string, fields: JsonObject, context: CardContext): string | undefined {
  const made = CARDS.get(OTHER_NAMES[name] ?? name)?.(fields, context);
  const isGated = inner(inner(fields, "visibility"), "web").nonMember === false;
  return made !== undefined && isGated
    ? `<!--kg-gated-block:begin nonMember:false-->${made}<!--kg-gated-block:end-->`
    : made;
}
