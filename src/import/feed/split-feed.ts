// A feed in XML -> its items, each a small document of its own: a broken item spoils no other, items have
// line numbers, and items that RSS 1.0's table of contents leaves out are found. XML that isn't well-formed
// is read as far as it can be followed (saxes).

import { SaxesParser } from "saxes";

type XmlKind = "rss" | "rdf" | "atom";

/** A feed, cut up. */
export interface SplitFeed {
  readonly kind: XmlKind;
  /** Attributes of the root, names as written. */
  readonly root: Readonly<Record<string, string>>;
  /** Those that are declared above the items. */
  readonly namespaces: Namespaces;
  /** The feed without its items. */
  readonly envelope: string;
  readonly items: readonly SplitItem[];
  /** A document that holds these items and nothing else. */
  readonly documentOf: (items: readonly string[]) => string;
  /** The first place where the XML is not well-formed. */
  readonly flaw?: { readonly line: number; readonly message: string };
}

interface SplitItem {
  readonly xml: string;
  /** 1-based. */
  readonly line: number;
}

const ROOTS: Readonly<Record<string, { readonly kind: XmlKind; readonly item: string }>> = {
  rss: { kind: "rss", item: "item" },
  rdf: { kind: "rdf", item: "item" },
  feed: { kind: "atom", item: "entry" },
};

// Items stand in the root or in the channel.
const DEEPEST_PARENT = 2;

interface Open {
  readonly name: string;
  readonly namespaces: Namespaces;
  readonly tag: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  readonly line: number;
}

/** Cuts a feed up; undefined for what has no root of one. */
export function splitFeed(document: string): SplitFeed | undefined {
  const ancestors: Open[] = [];
  const ranges: Range[] = [];
  let root: { readonly attributes: Readonly<Record<string, string>>; readonly name: string } | undefined;
  let item: { readonly start: number; readonly line: number } | undefined;
  let itemName: string | undefined;
  let parents: readonly Open[] = [];
  let flaw: SplitFeed["flaw"];

  const endItem = (end: number, closed: boolean) => {
    if (item) ranges.push({ ...item, end, closed });
    item = undefined;
  };
  followTags(document, (parser) => {
    let start = 0;
    let line = 1;
    parser.on("error", ({ message }) => {
      flaw ??= { line: parser.line, message: message.replace(/^\d+:\d+: /, "").replace(/\.$/, "") };
    });
    parser.on("opentagstart", () => {
      start = tagStart(document, parser);
      line = parser.line;
    });
    parser.on("opentag", ({ name, attributes, isSelfClosing }) => {
      const expected = ROOTS[localName(root?.name ?? "")]?.item;
      if (!root) root = { name, attributes };
      else if (itemName === undefined && localName(name) === expected && ancestors.length <= DEEPEST_PARENT) {
        itemName = name;
        parents = [...ancestors];
      }
      if (name === itemName) {
        // An item that was not closed ends where the next one starts.
        endItem(start, false);
        item = { start, line };
      }
      if (!isSelfClosing && !item)
        ancestors.push({
          name,
          namespaces: namespacesIn(attributes),
          tag: document.slice(start, parser.position),
        });
    });
    parser.on("closetag", ({ name, isSelfClosing }) => {
      if (item) {
        const tag = document.slice(tagStart(document, parser), parser.position);
        // The parser also closes what a stray end tag cuts off; the item goes on.
        if (name === itemName && (isSelfClosing || tag.startsWith(`</${itemName}`)))
          endItem(parser.position, true);
      } else if (!isSelfClosing) ancestors.pop();
    });
  });
  endItem(document.length, false);

  const kind = ROOTS[localName(root?.name ?? "")]?.kind;
  if (!root || !kind) return undefined;
  const opening = parents.map(({ tag }) => tag).join("");
  const closing = parents.map(({ name }) => `</${name}>`).reverse();
  return {
    kind,
    root: root.attributes,
    namespaces: Object.assign({}, ...parents.map(({ namespaces }) => namespaces)),
    envelope: without(document, ranges),
    items: ranges.map(({ start, end, closed, line }) => ({
      xml: document.slice(start, end) + (closed ? "" : `</${itemName}>`),
      line,
    })),
    documentOf: (items) =>
      [opening, ...items.map((xml) => marked(xml, itemName ?? "")), ...closing].join("\n"),
    ...(flaw ? { flaw } : {}),
  };
}

// feedsmith drops empty items. With an attribute that it knows it keeps them, so that items can be counted.
const marked = (item: string, name: string): string =>
  `<${name} xml:space="preserve"${item.slice(`<${name}`.length)}`;

function without(document: string, ranges: readonly Range[]): string {
  const ends = [0, ...ranges.map(({ end }) => end)];
  const starts = [...ranges.map((range) => range.start), document.length];
  return starts.map((start, index) => document.slice(ends[index], start)).join("");
}

type TagParser = SaxesParser<{ position: true; xmlns: false }>;

/** An element's name without its prefix, in lower case. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** Goes through `xml`; `listen` says what is done at which tag. Places are those of `xml`. */
export function followTags(xml: string, listen: (parser: TagParser) => void): void {
  const parser: TagParser = new SaxesParser({ position: true, xmlns: false });
  // What is not well-formed is followed as far as it goes.
  parser.on("error", () => {});
  listen(parser);
  // An `&` that starts no reference, which many feeds have, would swallow all up to the next semicolon; half
  // a surrogate pair makes the parser throw.
  parser.write(xml.toWellFormed().replaceAll("&", "_")).close();
}

/** Where the tag starts whose name or end was just read. */
export const tagStart = (xml: string, { position }: TagParser): number => xml.lastIndexOf("<", position - 1);

/** URIs of namespaces by their prefix; "" for the default one. */
export type Namespaces = Readonly<Record<string, string>>;

/** The namespaces that a tag declares. */
export const namespacesIn = (attributes: Readonly<Record<string, string>>): Namespaces =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([key, uri]) => {
      const [, prefix = ""] = /^xmlns(?::(.+))?$/.exec(key) ?? [];
      return /^xmlns(?::|$)/.test(key) ? [[prefix, uri.trim()]] : [];
    }),
  );
