// The editor's schema. It holds every element that the clean-up keeps (html/allowed-html.ts): what the editor
// can't change itself, it keeps as it is, so that opening and saving a story loses nothing.

import { type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";
import { t } from "../../lib/translate.ts";
import { parsed } from "./dom.ts";
import { pictureNode } from "./pictures/node.ts";

/** Attributes that every element may have. */
const GLOBAL = ["id", "lang", "dir", "title"];
/** Inline elements without a button of their own, and their attributes. */
export const INLINE: Readonly<Record<string, readonly string[]>> = {
  abbr: [],
  bdi: [],
  bdo: [],
  cite: [],
  del: ["cite", "datetime"],
  ins: ["cite", "datetime"],
  kbd: [],
  mark: [],
  q: ["cite"],
  s: [],
  samp: [],
  small: [],
  span: [],
  strike: [],
  time: ["datetime"],
  tt: [],
  u: [],
  var: [],
};

type Attributes = Readonly<Record<string, string>>;

function attributesOf(element: Element, names: readonly string[]): Attributes {
  const entries = [...GLOBAL, ...names].map((name) => [name, element.getAttribute(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** A node or mark for the element `tag`, which keeps its attributes. */
function kept(tag: string, names: readonly string[] = []) {
  return {
    attrs: { own: { default: {} } },
    parseDOM: [
      {
        tag,
        getAttrs: (element: HTMLElement) => {
          const own = attributesOf(element, names);
          // A span that says nothing, as word processors write them, is none.
          return tag === "span" && Object.keys(own).length === 0 ? false : { own };
        },
      },
    ],
    toDOM: ({ attrs }: { readonly attrs: { readonly [name: string]: unknown } }) =>
      [tag, attrs.own as Attributes, 0] as const,
  };
}

/** A block in which other blocks are. */
const container = (tag: string, names: readonly string[] = []): NodeSpec => ({
  ...kept(tag, names),
  content: "block+",
  group: "block",
  defining: true,
});

/** A cell. prosemirror-tables asks for these attributes; `own` are the others. */
const cell = (tag: "td" | "th", tableRole: string): NodeSpec => ({
  content: "inline*",
  tableRole,
  isolating: true,
  attrs: {
    colspan: { default: 1 },
    rowspan: { default: 1 },
    colwidth: { default: null },
    own: { default: {} },
  },
  parseDOM: [
    {
      tag,
      getAttrs: (element: HTMLElement) => ({
        colspan: Number(element.getAttribute("colspan") ?? 1),
        rowspan: Number(element.getAttribute("rowspan") ?? 1),
        own: attributesOf(element, ["align", "scope"]),
      }),
    },
  ],
  toDOM: ({ attrs: { colspan, rowspan, own } }) => [
    tag,
    { ...own, ...(colspan > 1 ? { colspan } : {}), ...(rowspan > 1 ? { rowspan } : {}) },
    0,
  ],
});

const inlineMark = (tag: string, names: readonly string[]): MarkSpec => ({
  ...kept(tag, names),
  // An element inside another of its kind with other attributes stays one.
  excludes: "",
});

/** The document. Headings start at 2: the headline is 1. */
export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { ...kept("p"), content: "inline*", group: "block" },
    heading: {
      content: "inline*",
      group: "block",
      defining: true,
      attrs: { level: { default: 2 }, own: { default: {} } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
        tag: `h${level}`,
        getAttrs: (element: HTMLElement) => ({ level: Math.max(level, 2), own: attributesOf(element, []) }),
      })),
      toDOM: ({ attrs }) => [`h${attrs.level}`, attrs.own, 0],
    },
    blockquote: container("blockquote", ["cite"]),
    aside: container("aside"),
    div: container("div"),
    section: container("section"),
    bullet_list: { ...kept("ul"), content: "list_item+", group: "block" },
    ordered_list: { ...kept("ol", ["start", "reversed", "type"]), content: "list_item+", group: "block" },
    list_item: { ...kept("li", ["value"]), content: "paragraph block*", defining: true },
    code_block: {
      content: "text*",
      marks: "",
      group: "block",
      code: true,
      defining: true,
      attrs: { language: { default: "" } },
      parseDOM: [
        {
          tag: "pre",
          preserveWhitespace: "full",
          getAttrs: (pre: HTMLElement) => ({ language: pre.querySelector("code")?.className ?? "" }),
        },
      ],
      toDOM: ({ attrs }) => ["pre", ["code", attrs.language === "" ? {} : { class: attrs.language }, 0]],
    },
    table: {
      content: "table_row+",
      group: "block",
      tableRole: "table",
      isolating: true,
      attrs: { own: { default: {} }, caption: { default: "" } },
      parseDOM: [
        {
          tag: "table",
          getAttrs: (table: HTMLElement) => ({
            own: attributesOf(table, []),
            caption: table.querySelector(":scope > caption")?.innerHTML ?? "",
          }),
        },
        { tag: "caption", ignore: true },
      ],
      // The caption's HTML is in an attribute: a table's children are rows alone.
      toDOM: ({ attrs: { own, caption } }) =>
        caption === ""
          ? ["table", own, ["tbody", 0]]
          : [
              "table",
              own,
              ["caption", { contenteditable: "false", "data-html": caption }, plain(caption)],
              ["tbody", 0],
            ],
    },
    table_row: {
      content: "(table_cell | table_header)*",
      tableRole: "row",
      parseDOM: [{ tag: "tr" }],
      toDOM: () => ["tr", 0],
    },
    table_cell: cell("td", "cell"),
    table_header: cell("th", "header_cell"),
    horizontal_rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    picture: pictureNode,
    kept_block: keptNode("block"),
    text: { group: "inline" },
    hard_break: {
      inline: true,
      group: "inline",
      selectable: false,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    kept_inline: { ...keptNode("inline"), inline: true },
  },
  marks: {
    link: { ...kept("a", ["href", "rel", "hreflang"]), inclusive: false },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    sup: { parseDOM: [{ tag: "sup" }], excludes: "sub", toDOM: () => ["sup", 0] },
    sub: { parseDOM: [{ tag: "sub" }], excludes: "sup", toDOM: () => ["sub", 0] },
    ...Object.fromEntries(Object.entries(INLINE).map(([tag, names]) => [tag, inlineMark(tag, names)])),
    code: { ...kept("code"), excludes: "" },
  },
});

/** An element that can be moved and deleted, but not changed: `html` is the whole of it. */
function keptNode(group: "block" | "inline"): NodeSpec {
  const tag = group === "block" ? "div" : "span";
  return {
    group,
    atom: true,
    draggable: true,
    attrs: { html: {} },
    parseDOM: [
      {
        tag: `${tag}[data-kept]`,
        // Before the rules of `div` and `span`.
        priority: 100,
        getAttrs: (element) => ({ html: element.getAttribute("data-kept") }),
      },
    ],
    // Only words are shown: nothing of it runs in this page.
    toDOM: ({ attrs: { html } }) => [
      tag,
      { "data-kept": html, class: "kept", contenteditable: "false" },
      ["b", {}, nameOf(html)],
      ` ${elementOf(html)?.textContent?.replace(/\s+/g, " ").trim().slice(0, 120) ?? ""}`,
    ],
  };
}

const NAMES: Readonly<Record<string, string>> = {
  audio: t("Audio"),
  details: t("Folded text"),
  dl: t("Definitions"),
  figure: t("Figure"),
  iframe: t("Player"),
  img: t("Picture"),
  math: t("Formula"),
  pre: t("Code"),
  ruby: t("Ruby"),
  table: t("Table"),
  video: t("Video"),
};

const nameOf = (html: string): string => NAMES[elementOf(html)?.localName ?? ""] ?? "HTML";

/** The element that `html` writes. */
export const elementOf = (html: string): Element | null => parsed(html).firstElementChild;

const plain = (html: string): string => parsed(html).textContent;
