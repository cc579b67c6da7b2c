// The editor's schema. It holds every element that the clean-up keeps (html/allowed-html.ts): what the editor
// can't change itself, it keeps as it is, so that opening and saving a story loses nothing.

import {
  DOMParser,
  DOMSerializer,
  Fragment,
  type MarkSpec,
  type Node,
  type NodeSpec,
  Schema,
} from "prosemirror-model";
import { parsed } from "./dom.ts";
import { isMarked, markPictures, pictureNode } from "./pictures/node.ts";

/** Attributes that every element may have. */
const GLOBAL = ["id", "lang", "dir", "title"];
/** Inline elements without a button of their own, and their attributes. */
const INLINE: Readonly<Record<string, readonly string[]>> = {
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
  audio: "Audio",
  details: "Folded text",
  dl: "Definitions",
  figure: "Figure",
  iframe: "Player",
  img: "Picture",
  math: "Formula",
  pre: "Code",
  ruby: "Ruby",
  table: "Table",
  video: "Video",
};

const nameOf = (html: string): string => NAMES[elementOf(html)?.localName ?? ""] ?? "HTML";

/** The element that `html` writes. */
const elementOf = (html: string): Element | null => parsed(html).firstElementChild;

const plain = (html: string): string => parsed(html).textContent;

/** A body's HTML as a document of the editor. */
export function toDocument(html: string): Node {
  const body = parsed(html);
  markPictures(body);
  keepUnknown(body);
  return DOMParser.fromSchema(schema).parse(body);
}

const CONTAINERS: ReadonlySet<string> = new Set(["blockquote", "aside", "div", "section"]);
const TEXT_BLOCKS: ReadonlySet<string> = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6"]);
const MARKS: ReadonlySet<string> = new Set([
  ...["a", "strong", "b", "em", "i", "sup", "sub", "code"],
  ...Object.keys(INLINE),
]);
/** Elements that are blocks wherever they stand; other unknown ones are part of a line. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["audio", "details", "dl", "figure", "iframe", "pre", "table", "video", "ul", "ol", "hr"],
  ...CONTAINERS,
  ...TEXT_BLOCKS,
]);

/** Puts a placeholder with its HTML in place of each element that the schema has no node for. */
function keepUnknown(parent: Element): void {
  for (const child of [...parent.children]) {
    if (child.hasAttribute("data-kept")) child.removeAttribute("data-kept");
    if (isKnown(child)) keepUnknown(child);
    else keepWhole(child, isBlock(child) && !isLine(parent) ? "div" : "span");
  }
}

/** True for an element that the editor can change. Its children are looked at by themselves. */
function isKnown(element: Element): boolean {
  const { localName: name } = element;
  if (CONTAINERS.has(name))
    return element.parentElement?.localName === "li" || !isLine(element.parentElement);
  if (isMarked(element)) return true;
  if (TEXT_BLOCKS.has(name) || name === "hr" || name === "br" || name === "li") return true;
  if (name === "ul" || name === "ol") return [...element.children].every(isItem);
  if (name === "pre") return isPlainCode(element);
  if (name === "table") return isPlainTable(element);
  if (TABLE_PARTS.has(name)) return true;
  // A mark round a block, such as a link round a paragraph, can't be in a line.
  return MARKS.has(name) && element.querySelector([...BLOCKS].join()) === null;
}

const TABLE_PARTS: ReadonlySet<string> = new Set(["caption", "thead", "tbody", "tr", "th", "td"]);

/**
 * A table of lines of text, whose header, if there is one, has header cells alone. Others have parts that the
 * editor has no node for.
 */
function isPlainTable(table: Element): boolean {
  const parts = [...table.children].map(({ localName }) => localName).join(" ");
  const inBody = [...table.querySelectorAll(":scope > tbody > tr")];
  const isHeader = (row: Element) => [...row.children].every(({ localName }) => localName === "th");
  return (
    /^(?:caption ?)?(?:thead ?)?(?:tbody)?$/.test(parts) &&
    [...table.querySelectorAll(":scope > thead > tr")].every(isHeader) &&
    [...table.querySelectorAll("thead, tbody, tr, caption")].every(
      ({ attributes }) => attributes.length === 0,
    ) &&
    table.querySelector([...BLOCKS].join()) === null &&
    inBody.length > 0
  );
}

/** An item that starts with a line, as the schema's do. */
function isItem(item: Element): boolean {
  const first = [...item.childNodes].find(
    (node) => node.textContent?.trim() !== "" || node instanceof Element,
  );
  const startsWithBlock = first instanceof Element && isBlock(first) && first.localName !== "p";
  return item.localName === "li" && (!startsWithBlock || isLine(item));
}

/** `pre` with nothing but text, or with one `code` of which that is true. */
function isPlainCode(pre: Element): boolean {
  const code = pre.children.length === 1 ? pre.firstElementChild : undefined;
  if (pre.attributes.length > 0) return false;
  return code
    ? code.localName === "code" && code.children.length === 0 && pre.childNodes.length === 1
    : !code;
}

const isBlock = (element: Element): boolean =>
  BLOCKS.has(element.localName) || element.getAttribute("display") === "block";

/** True for an element that holds a line of text. An item does unless it has paragraphs. */
const isLine = (element: Element | null): boolean =>
  element !== null &&
  (TEXT_BLOCKS.has(element.localName) ||
    MARKS.has(element.localName) ||
    TABLE_PARTS.has(element.localName) ||
    (element.localName === "li" && element.querySelector(":scope > p") === null));

function keepWhole(element: Element, tag: "div" | "span"): void {
  const place = element.ownerDocument.createElement(tag);
  place.setAttribute("data-kept", element.outerHTML);
  element.replaceWith(place);
}

/**
 * A document as HTML, without empty paragraphs. Blocks that haven't changed since the last call are not written
 * again, so that typing in a long story stays fast.
 */
export function toHtml(doc: Node): string {
  const html = doc.children.map((block) => {
    const before = writtenBlocks.get(block);
    if (before !== undefined) return before;
    const now = blockToHtml(block);
    writtenBlocks.set(block, now);
    return now;
  });
  return withoutRepeatedIds(html.join(""));
}

const writtenBlocks = new WeakMap<Node, string>();

function blockToHtml(block: Node): string {
  // A document of its own: nothing of what is in the story is loaded or run.
  const page = document.implementation.createHTMLDocument("");
  const box = page.body;
  DOMSerializer.fromSchema(schema).serializeFragment(Fragment.from(block), { document: page }, box);
  for (const caption of box.querySelectorAll("caption[data-html]")) {
    caption.innerHTML = caption.getAttribute("data-html") ?? "";
    for (const name of ["contenteditable", "data-html"]) caption.removeAttribute(name);
  }
  for (const table of box.querySelectorAll("table")) setHeaderApart(table);
  for (const item of box.querySelectorAll("li")) unwrapOnlyParagraph(item);
  for (const paragraph of box.querySelectorAll(":scope > p"))
    if (paragraph.childNodes.length === 0) paragraph.remove();
  // At the end: what is kept stays as it is.
  for (const place of box.querySelectorAll("[data-kept]")) {
    const element = elementOf(place.getAttribute("data-kept") ?? "");
    if (element) place.replaceWith(page.adoptNode(element));
    else place.remove();
  }
  return box.innerHTML;
}

/** A paragraph that was split in two has its id in both halves: the first one keeps it. */
function withoutRepeatedIds(html: string): string {
  const found = html.match(/ id="[^"]*"/g) ?? [];
  if (new Set(found).size === found.length) return html;
  const body = parsed(html);
  const ids = new Set<string>();
  for (const one of body.querySelectorAll("[id]")) {
    if (ids.has(one.id)) one.removeAttribute("id");
    ids.add(one.id);
  }
  return body.innerHTML;
}

/** Puts the first rows that have header cells alone into a `thead`. */
function setHeaderApart(table: HTMLTableElement): void {
  const [body] = table.tBodies;
  const rows = [...(body?.rows ?? [])];
  const end = rows.findIndex((row) => [...row.cells].some(({ localName }) => localName === "td"));
  if (!body || end <= 0) return;
  const head = table.ownerDocument.createElement("thead");
  head.append(...rows.slice(0, end));
  body.before(head);
}

/** `<li><p>One</p></li>` as `<li>One</li>`: lists with a paragraph in each item are set apart by readers. */
function unwrapOnlyParagraph(item: Element): void {
  const paragraphs = [...item.children].filter(({ localName }) => localName === "p");
  const [only] = paragraphs;
  if (!only || paragraphs.length > 1 || only.attributes.length > 0) return;
  if ([...item.children].some(({ localName }) => !["p", "ul", "ol"].includes(localName))) return;
  only.replaceWith(...only.childNodes);
}

/**
 * Pasted HTML with elements in place of inline styles. The page's Content-Security-Policy ignores inline
 * styles, but Google Docs marks bold text with them, and wraps everything in a `b` that isn't bold.
 */
export function withoutStyles(html: string): string {
  const body = parsed(html);
  for (const one of body.querySelectorAll("[style]")) {
    const style = one.getAttribute("style") ?? "";
    if (one.localName === "b" && /(?<![-\w])font-weight:\s*normal/.test(style))
      one.replaceWith(...one.childNodes);
    else if (one.localName === "span") {
      if (/font-style:\s*italic/.test(style)) wrap(one, "em");
      if (/(?<![-\w])font-weight:\s*(?:bold|[6-9]00)/.test(style)) wrap(one, "strong");
    }
  }
  return body.innerHTML;
}

function wrap(one: Element, name: string): void {
  const made = one.ownerDocument.createElement(name);
  made.append(...one.childNodes);
  one.append(made);
}
