// The documents of Ghost's editor (Lexical's JSON) -> HTML, for a post whose HTML is missing.

import * as z from "zod/mini";
import { escapeHtml } from "../../lib/text.ts";
import { readJson } from "../parse-json.ts";
import { type CardContext, cardHtml } from "./ghost-cards.ts";

const words = z.catch(z.optional(z.string()), undefined);
const nodeSchema = z.looseObject({
  type: z.string(),
  text: words,
  format: z.catch(z.number(), 0),
  tag: words,
  listType: words,
  url: words,
  headerState: z.catch(z.number(), 0),
  children: z.catch(z.array(z.unknown()), []),
});
type Node = z.infer<typeof nodeSchema>;
type Write = (node: Node, inside: string) => string;

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
  ["table", (_, inside) => element("table", inside)],
  ["tablerow", (_, inside) => element("tr", inside)],
  ["tablecell", ({ headerState }, inside) => element(headerState > 0 ? "th" : "td", inside)],
]);

/** What a document says, and the kinds of its nodes that are left out. */
export interface DocumentRead {
  readonly html: string;
  readonly unknown: ReadonlySet<string>;
}

/**
 * Reads Lexical's JSON; undefined for what is none. @throws RangeError for what is nested too deeply to walk.
 */
export function lexicalHtml(written: string, context: CardContext): DocumentRead | undefined {
  const document = z.object({ root: z.unknown() }).safeParse(readJson(written));
  if (!document.success) return undefined;
  const unknown = new Set<string>();
  const html = htmlOf(document.data.root, unknown, context);
  return { html, unknown };
}

function htmlOf(value: unknown, unknown: Set<string>, context: CardContext): string {
  const read = nodeSchema.safeParse(value);
  if (!read.success) return "";
  const node = read.data;
  // Ghost's own kinds of the editor's kinds: `extended-text`, `extended-heading`.
  const type = node.type.replace(/^extended-/, "");
  const card = WRITE.has(type) ? undefined : cardHtml(type, node, context);
  if (card !== undefined) return card;
  const inside = node.children.map((child) => htmlOf(child, unknown, context)).join("");
  const write = WRITE.get(type);
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
