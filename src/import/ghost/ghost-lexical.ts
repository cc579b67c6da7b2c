// The documents of Ghost's editor (Lexical's JSON) -> HTML, for a post whose HTML is missing: texts, lists,
// pictures.

import * as z from "zod/mini";
import { escapeHtml } from "../../lib/text.ts";
import { readJson } from "../parse-json.ts";

const words = z.catch(z.optional(z.string()), undefined);
const nodeSchema = z.object({
  type: z.string(),
  text: words,
  format: z.catch(z.number(), 0),
  tag: words,
  listType: words,
  url: words,
  src: words,
  alt: words,
  altText: words,
  caption: words,
  html: words,
  code: words,
  title: words,
  fileName: words,
  children: z.catch(z.array(z.unknown()), []),
});
type Node = z.infer<typeof nodeSchema>;
type Write = (node: Node, inside: string) => string;

const figure = (image: string, caption: string | undefined): string =>
  `<figure>${image}${caption ? `<figcaption>${caption}</figcaption>` : ""}</figure>`;

const link: Write = ({ url, src, title, fileName }) => {
  const address = url ?? src ?? "";
  const label = title || fileName || address;
  return address && `<p><a href="${escapeHtml(address)}">${escapeHtml(label)}</a></p>`;
};

const WRITE: ReadonlyMap<string, Write> = new Map<string, Write>([
  ["root", (_, inside) => inside],
  ["paragraph", (_, inside) => inside && `<p>${inside}</p>`],
  ["text", textOf],
  ["linebreak", () => "<br>"],
  ["tab", () => " "],
  ["heading", ({ tag }, inside) => element(/^h[1-6]$/.test(tag ?? "") ? (tag ?? "") : "h2", inside)],
  ["quote", (_, inside) => element("blockquote", `<p>${inside}</p>`)],
  ["aside", (_, inside) => element("blockquote", `<p>${inside}</p>`)],
  ["list", ({ listType }, inside) => element(listType === "number" ? "ol" : "ul", inside)],
  ["listitem", (_, inside) => element("li", inside)],
  ["link", ({ url }, inside) => `<a href="${escapeHtml(url ?? "")}">${inside}</a>`],
  ["autolink", ({ url }, inside) => `<a href="${escapeHtml(url ?? "")}">${inside}</a>`],
  ["at-link", ({ url }, inside) => `<a href="${escapeHtml(url ?? "")}">${inside}</a>`],
  ["horizontalrule", () => "<hr>"],
  [
    "image",
    ({ src, alt, altText, caption }) =>
      figure(`<img src="${escapeHtml(src ?? "")}" alt="${escapeHtml(alt ?? altText ?? "")}">`, caption),
  ],
  ["codeblock", ({ code }) => `<pre><code>${escapeHtml(code ?? "")}</code></pre>`],
  ["html", ({ html }) => html ?? ""],
  ["embed", link],
  ["bookmark", link],
  ["audio", link],
  ["video", link],
  ["file", link],
  // Never public, or nothing that is read.
  ["email", () => ""],
  ["email-cta", () => ""],
  ["signup", () => ""],
  ["paywall", () => "<!--members-only-->"],
]);

/** What a document says, and the kinds of its nodes that are left out. */
export interface LexicalRead {
  readonly html: string;
  readonly unknown: ReadonlySet<string>;
}

/**
 * Reads Lexical's JSON; undefined for what is none. @throws RangeError for what is nested too deeply to walk.
 */
export function lexicalHtml(written: string): LexicalRead | undefined {
  const document = z.object({ root: z.unknown() }).safeParse(readJson(written));
  if (!document.success) return undefined;
  const unknown = new Set<string>();
  const html = htmlOf(document.data.root, unknown);
  return { html, unknown };
}

function htmlOf(value: unknown, unknown: Set<string>): string {
  const read = nodeSchema.safeParse(value);
  if (!read.success) return "";
  const node = read.data;
  // Ghost's own kinds of the editor's kinds: `extended-text`, `extended-heading`.
  const write = WRITE.get(node.type.replace(/^extended-/, ""));
  const inside = node.children.map((child) => htmlOf(child, unknown)).join("");
  if (!write) unknown.add(node.type);
  return write ? write(node, inside) : inside;
}

const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

// Lexical's bits of a text's format.
const FORMATS = [
  [1, "strong"],
  [2, "em"],
  [4, "s"],
  [8, "u"],
  [16, "code"],
  [32, "sub"],
  [64, "sup"],
  [128, "mark"],
] as const;

function textOf({ text, format }: Node): string {
  const marks = FORMATS.filter(([bit]) => (format & bit) !== 0);
  return marks.reduce((inside, [, name]) => element(name, inside), String(escapeHtml(text ?? "")));
}
