// The documents of Ghost's editor before version 5.50 (Mobiledoc's JSON,
// https://github.com/bustle/mobiledoc-kit/blob/main/MOBILEDOC.md) -> HTML, for a post whose HTML is missing.

import { escapeHtml } from "../../lib/text.ts";
import { isObject, readJson } from "../parse-json.ts";
import { type CardContext, cardHtml } from "./ghost-cards.ts";
import type { DocumentRead } from "./ghost-lexical.ts";

/** Reads Mobiledoc's JSON; undefined for what is none. */
export function mobiledocHtml(written: string, context: CardContext): DocumentRead | undefined {
  const document = readJson(written);
  if (!isObject(document) || !Array.isArray(document.sections)) return undefined;
  const unknown = new Set<string>();
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const [markups, cards, atoms] = [list(document.markups), list(document.cards), list(document.atoms)];
  const markersHtml = (markers: unknown): string => lineHtml(list(markers), markups, atoms);
  const html = document.sections.map((section: unknown) => {
    const [kind, first, second] = list(section);
    switch (kind) {
      case 1:
        return elementHtml(tagOf(first), markersHtml(second));
      case 2:
        return typeof first === "string" ? `<figure><img src="${escapeHtml(first)}" alt=""></figure>` : "";
      case 3:
        return elementHtml(
          first === "ol" ? "ol" : "ul",
          list(second)
            .map((item) => `<li>${markersHtml(item)}</li>`)
            .join(""),
        );
      case 10: {
        const [name, fields] = list(cards[Number(first)]);
        const made = cardHtml(String(name), isObject(fields) ? fields : {}, context);
        if (made === undefined && typeof name === "string") unknown.add(name);
        return made ?? "";
      }
      default:
        return "";
    }
  });
  return { html: html.join(""), unknown };
}

const TAGS = /^(?:p|h[1-6]|blockquote|aside|pull-quote)$/;
const tagOf = (tag: unknown): string =>
  typeof tag === "string" && TAGS.test(tag.toLowerCase())
    ? tag.toLowerCase().replace("pull-quote", "blockquote")
    : "p";

const elementHtml = (tag: string, inside: string): string => {
  if (inside === "") return "";
  return tag === "blockquote" || tag === "aside"
    ? `<blockquote><p>${inside}</p></blockquote>`
    : `<${tag}>${inside}</${tag}>`;
};

const INLINE = /^(?:a|b|strong|i|em|u|s|code|sub|sup|mark|del)$/;

/** Pieces of a text, each with the markups that it opens, and how many it closes. */
function lineHtml(
  markers: readonly unknown[],
  markups: readonly unknown[],
  atoms: readonly unknown[],
): string {
  const open: string[] = [];
  let html = "";
  for (const marker of markers) {
    if (!Array.isArray(marker)) continue;
    const [kind, opened, closed, value] = marker;
    for (const index of Array.isArray(opened) ? opened : []) {
      const markup: unknown = markups[Number(index)];
      const [tag, attributes] = Array.isArray(markup) ? markup : [];
      const name = typeof tag === "string" && INLINE.test(tag.toLowerCase()) ? tag.toLowerCase() : "span";
      const at = Array.isArray(attributes) ? attributes.indexOf("href") : -1;
      const href: unknown = at === -1 ? undefined : attributes[at + 1];
      html += name === "a" ? `<a href="${escapeHtml(typeof href === "string" ? href : "")}">` : `<${name}>`;
      open.push(name);
    }
    if (kind === 0 && typeof value === "string") html += escapeHtml(value);
    if (kind === 1) {
      const atom: unknown = atoms[Number(value)];
      const [name, text] = Array.isArray(atom) ? atom : [];
      html += name === "soft-return" ? "<br>" : typeof text === "string" ? escapeHtml(text) : "";
    }
    for (let count = Number(closed) || 0; count > 0 && open.length > 0; count--) html += `</${open.pop()}>`;
  }
  return (
    html +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join("")
  );
}
