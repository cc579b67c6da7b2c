// A body's HTML as a document of the editor, and back. What the editor has no node for stays whole, so that
// opening and saving a text loses nothing.

import { DOMParser, DOMSerializer, Fragment, type Node } from "prosemirror-model";
import { parsed } from "./dom.ts";
import { isMarked, markPictures } from "./pictures/node.ts";
import { elementOf, INLINE, schema } from "./schema.ts";

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
  return withoutRepeatedIds(doc.children.map(written).join(""));
}

/** Writes the blocks of a document that was opened while nothing else is to be done: the first key needn't wait for it. */
export function writeAhead(doc: Node): void {
  // Not in every browser.
  const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 0, undefined));
  let next = 0;
  const work = (deadline?: IdleDeadline): void => {
    do {
      const block = doc.maybeChild(next++);
      if (!block) return;
      written(block);
    } while ((deadline?.timeRemaining() ?? 0) > LEAST_IDLE_MILLISECONDS);
    whenIdle(work);
  };
  whenIdle(work);
}

/** What writing one block may take on a slow device. */
const LEAST_IDLE_MILLISECONDS = 5;

const writtenBlocks = new WeakMap<Node, string>();

function written(block: Node): string {
  const before = writtenBlocks.get(block);
  if (before !== undefined) return before;
  const now = blockToHtml(block);
  writtenBlocks.set(block, now);
  return now;
}

function blockToHtml(block: Node): string {
  // A separate document: it loads none of the story's files and runs no script.
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
