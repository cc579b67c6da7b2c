// The editor's schema: only elements that the clean-up keeps (html/allowed-html.ts), so that nothing written
// here is lost when it is published.

import { DOMParser, DOMSerializer, type Node, Schema } from "prosemirror-model";

/** The document. Headings start at 2: the headline is 1. */
export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      content: "inline*",
      group: "block",
      defining: true,
      attrs: { level: { default: 2 } },
      parseDOM: [
        { tag: "h1", attrs: { level: 2 } },
        { tag: "h2", attrs: { level: 2 } },
        { tag: "h3", attrs: { level: 3 } },
        { tag: "h4", attrs: { level: 4 } },
        { tag: "h5", attrs: { level: 4 } },
        { tag: "h6", attrs: { level: 4 } },
      ],
      toDOM: ({ attrs }) => [`h${attrs.level}`, 0],
    },
    blockquote: {
      content: "block+",
      group: "block",
      defining: true,
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    bullet_list: {
      content: "list_item+",
      group: "block",
      parseDOM: [{ tag: "ul" }],
      toDOM: () => ["ul", 0],
    },
    ordered_list: {
      content: "list_item+",
      group: "block",
      parseDOM: [{ tag: "ol" }],
      toDOM: () => ["ol", 0],
    },
    list_item: {
      content: "paragraph block*",
      defining: true,
      parseDOM: [{ tag: "li" }],
      toDOM: () => ["li", 0],
    },
    code_block: {
      content: "text*",
      marks: "",
      group: "block",
      code: true,
      defining: true,
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
      toDOM: () => ["pre", ["code", 0]],
    },
    horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    text: { group: "inline" },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (element) => ({ href: element.getAttribute("href") }) }],
      toDOM: ({ attrs }) => ["a", { href: attrs.href }, 0],
    },
    strong: {
      parseDOM: [{ tag: "strong" }, { tag: "b" }],
      toDOM: () => ["strong", 0],
    },
    em: {
      parseDOM: [{ tag: "em" }, { tag: "i" }],
      toDOM: () => ["em", 0],
    },
    sup: { parseDOM: [{ tag: "sup" }], excludes: "sub", toDOM: () => ["sup", 0] },
    sub: { parseDOM: [{ tag: "sub" }], excludes: "sup", toDOM: () => ["sub", 0] },
    code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});

/** A body's HTML as a document of the editor. */
export function toDocument(html: string): Node {
  const root = new window.DOMParser().parseFromString(html, "text/html").body;
  return DOMParser.fromSchema(schema).parse(root);
}

/** A document as HTML, without empty paragraphs. */
export function toHtml(doc: Node): string {
  const box = document.createElement("div");
  DOMSerializer.fromSchema(schema).serializeFragment(doc.content, {}, box);
  for (const paragraph of box.querySelectorAll(":scope > p"))
    if (paragraph.childNodes.length === 0) paragraph.remove();
  return box.innerHTML;
}

/**
 * Pasted HTML with elements in place of inline styles. The page's Content-Security-Policy ignores inline
 * styles, but Google Docs marks bold text with them, and wraps everything in a `b` that isn't bold.
 */
export function withoutStyles(html: string): string {
  const { body } = new window.DOMParser().parseFromString(html, "text/html");
  for (const one of body.querySelectorAll("[style]")) {
    const style = one.getAttribute("style") ?? "";
    if (one.localName === "b" && /font-weight:\s*normal/.test(style)) one.replaceWith(...one.childNodes);
    else if (one.localName === "span") {
      if (/font-style:\s*italic/.test(style)) wrap(one, "em");
      if (/font-weight:\s*(?:bold|[6-9]00)/.test(style)) wrap(one, "strong");
    }
  }
  return body.innerHTML;
}

function wrap(one: Element, name: string): void {
  const made = one.ownerDocument.createElement(name);
  made.append(...one.childNodes);
  one.append(made);
}
