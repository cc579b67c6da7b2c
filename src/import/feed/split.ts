// A feed in XML -> its items, each a small document of its own. So one broken item can't spoil the others, items have
// lines, and a table of contents (RSS 1.0) that leaves some out hides none. Only tags are looked at; what is not
// well-formed is taken as far as it can be followed.

import { type Namespaces, namespacesIn } from "./signs.ts";
import { followTags, localName, tagStart } from "./tags.ts";

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

  const finish = (end: number, closed: boolean) => {
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
        finish(start, false);
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
          finish(parser.position, true);
      } else if (!isSelfClosing) ancestors.pop();
    });
  });
  finish(document.length, false);

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

// feedsmith leaves out items that say nothing; with an attribute that it knows none is, and they can be counted.
const marked = (item: string, name: string): string =>
  `<${name} xml:space="preserve"${item.slice(`<${name}`.length)}`;

function without(document: string, ranges: readonly Range[]): string {
  const ends = [0, ...ranges.map(({ end }) => end)];
  const starts = [...ranges.map((range) => range.start), document.length];
  return starts.map((start, index) => document.slice(ends[index], start)).join("");
}
