// WXR 1.0 to 1.2 (https://wordpress.org/export/) -> its records as they stand. Each item is parsed by itself,
// so that one that is not well-formed spoils no other.

import { type SaxesOptions, SaxesParser, type SaxesTagNS } from "saxes";
import type { Problem } from "../../lib/problem.ts";
import { legal } from "../../lib/text.ts";
import { textOfHtml } from "../normalize-html.ts";

/** An item: a post, an attachment, a guest author … */
export interface WxrItem {
  /** 1-based line of its start tag. */
  readonly line: number;
  /** What its elements say, by their name with the usual prefix: `wp:post_id`, `content:encoded`. */
  readonly fields: ReadonlyMap<string, string>;
  readonly terms: readonly WxrTerm[];
  /** `wp:postmeta`; of a key that comes twice the first, as WordPress does. */
  readonly meta: ReadonlyMap<string, string>;
  readonly comments: number;
}

/** A category, tag, author … of an item. */
interface WxrTerm {
  /** Its taxonomy. */
  readonly domain: string;
  readonly nicename: string;
  readonly name: string;
}

/** Everything that a WXR file says. */
export interface Wxr {
  readonly channel: ReadonlyMap<string, string>;
  /** `wp:author`, each with its fields and metadata. */
  readonly authors: readonly ReadonlyMap<string, string>[];
  /** Nicenames of categories, by their `wp:term_id`. */
  readonly categories: ReadonlyMap<string, string>;
  /** Items of the types that were asked for. */
  readonly items: readonly WxrItem[];
  /** How many items of each other type there are. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** Reads WXR that comes in pieces; of items only those whose `wp:post_type` is one of `types` are kept. */
export function parseWxr(chunks: Iterable<string>, types: ReadonlySet<string>): Wxr {
  let { namespaces, ...head } = readHead("");
  const items: WxrItem[] = [];
  const leftOut = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { kind, xml, line, ended } of partsOf(chunks)) {
    if (kind === "head") {
      ({ namespaces, ...head } = readHead(legal(xml)));
      continue;
    }
    const { item, problem } = readItem(legal(xml), line, namespaces);
    const type = item.fields.get("wp:post_type") || "post";
    if (!ended) problems.push({ path: titleOf(item), message: CUT_OFF, line });
    else if (!types.has(type)) leftOut.set(type, (leftOut.get(type) ?? 0) + 1);
    else {
      items.push(item);
      if (problem) problems.push(problem);
    }
  }
  return { ...head, items, leftOut, problems };
}

const CUT_OFF = "was left out: the file ends inside it, so more may be missing; export it again";

/** The item's title, else its guid or id, for messages. */
export const titleOf = ({ fields }: Pick<WxrItem, "fields">): string =>
  textOfHtml(fields.get("title")) || fields.get("guid")?.trim() || fields.get("wp:post_id") || "";

function readHead(xml: string) {
  const channel = new Map<string, string>();
  const authors: ReadonlyMap<string, string>[] = [];
  const categories = new Map<string, string>();
  let fields = new Map<string, string>();
  let key = "";
  const { namespaces } = readElements(xml, { whole: false }, ({ path, name, value }) => {
    if (path === "rss/channel/wp:author") authors.push(fields);
    else if (path === "rss/channel/wp:category")
      categories.set(fields.get("wp:term_id") ?? "", fields.get("wp:category_nicename") ?? "");
    else if (name === "wp:meta_key") key = value;
    else if (name === "wp:meta_value") keepFirst(fields, key, value);
    else if (path.split("/").length > 3) return keepFirst(fields, name, value);
    else keepFirst(channel, name, value);
    if (path.split("/").length === 3) fields = new Map();
  });
  return { channel, authors, categories, namespaces };
}

function readItem(xml: string, line: number, namespaces: Namespaces) {
  const fields = new Map<string, string>();
  const terms: WxrTerm[] = [];
  const meta = new Map<string, string>();
  let comments = 0;
  let key = "";
  const { mistakes } = readElements(xml, { namespaces }, ({ path, name, value, attributes }) => {
    // An end tag too many ends the item for the parser: what follows stands at the top.
    const place = path.replace(/^item\//, "");
    if (place === "wp:postmeta/wp:meta_key") key = value;
    else if (place === "wp:postmeta/wp:meta_value") keepFirst(meta, key, value);
    else if (place === "wp:comment") comments++;
    else if (place === "category") {
      const domain = attributes.domain?.value ?? "category";
      terms.push({ domain, nicename: attributes.nicename?.value ?? "", name: value });
    } else if (place === name) keepFirst(fields, name, value);
  });
  const item: WxrItem = { line, fields, terms, meta, comments };
  if (!mistakes) return { item };
  const more = mistakes.count > 1 ? `, and ${mistakes.count - 1} more like it` : "";
  const message = `is not well-formed XML (${mistakes.message}${more}): read as far as it goes; look at it`;
  return { item, problem: { path: titleOf(item), message, line: line + mistakes.line - 1 } };
}

function keepFirst(map: Map<string, string>, key: string, value: string): void {
  if (!map.has(key)) map.set(key, value);
}

/** What is told of each element when it ends. */
interface Element {
  /** Names with the usual prefixes, joined by `/`: `item/wp:postmeta/wp:meta_key`. */
  readonly path: string;
  readonly name: string;
  /** Text that stands in it, since its last child. */
  readonly value: string;
  readonly attributes: SaxesTagNS["attributes"];
}

/** What is wrong with a part. */
interface Mistakes {
  readonly count: number;
  /** The first, in the parser's words. */
  readonly message: string;
  /** 1-based, in the part. */
  readonly line: number;
}

/** Namespaces of a part's surroundings, by prefix. */
type Namespaces = Readonly<Record<string, string>>;

/** Each version of WXR has a namespace of its own. */
export const WXR_NAMESPACE = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/$/;

const PREFIXES: readonly (readonly [uri: RegExp, prefix: string])[] = [
  [/^https?:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/$/, "excerpt:"],
  [WXR_NAMESPACE, "wp:"],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, "content:"],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, "dc:"],
];

/** Reads `xml`, calling `onEnd` at each end tag. A part that ends in the middle is told of when `whole`. */
function readElements(
  xml: string,
  { namespaces = {}, whole = true }: { readonly namespaces?: Namespaces; readonly whole?: boolean },
  onEnd: (element: Element) => void,
): { readonly mistakes?: Mistakes; readonly namespaces: Namespaces } {
  const parser = new SaxesParser<SaxesOptions & { xmlns: true }>({
    xmlns: true,
    fragment: true,
    additionalNamespaces: { ...namespaces },
  });
  const seen: Record<string, string> = {};
  let mistakes: Mistakes | undefined;
  let path = "";
  let value = "";
  const append = (piece: string) => {
    value += piece;
  };
  parser.on("error", ({ message }) => {
    const first = mistakes ?? {
      message: message.replace(/^\d+:\d+: /, "").replace(/\.$/, ""),
      line: parser.line,
    };
    mistakes = { ...first, count: (mistakes?.count ?? 0) + 1 };
  });
  parser.on("text", append);
  parser.on("cdata", append);
  let depth = 0;
  parser.on("opentag", (tag) => {
    if (++depth > MOST_DEPTH) throw new TooDeep(parser.line);
    Object.assign(seen, tag.ns);
    path += `${path === "" ? "" : "/"}${nameOf(tag)}`;
    value = "";
  });
  parser.on("closetag", (tag) => {
    const name = nameOf(tag);
    depth--;
    onEnd({ path, name, value, attributes: tag.attributes });
    path = path.slice(0, Math.max(0, path.length - name.length - 1));
    value = "";
  });
  try {
    parser.write(withReferences(xml));
    if (whole) parser.close();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    mistakes = { message: "nested too deeply", line: error.line, count: 1 };
  }
  return { ...(mistakes && { mistakes }), namespaces: seen };
}

// An address with a query is often written as it stands: `?w=1200&q=80`.
const BARE_AMPERSAND = /&(?!(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][\w.]*);)/g;

/** XML whose ampersands all start references; CDATA sections and comments stay as they are. */
function withReferences(xml: string): string {
  const parts: string[] = [];
  for (let done = 0; done < xml.length; ) {
    const next = /<!\[CDATA\[|<!--/g;
    next.lastIndex = done;
    const mark = next.exec(xml);
    const start = mark?.index ?? xml.length;
    parts.push(xml.slice(done, start).replace(BARE_AMPERSAND, "&amp;"));
    const end = mark ? xml.indexOf(mark[0] === "<!--" ? "-->" : "]]>", start) : -1;
    done = end === -1 ? xml.length : end;
    parts.push(xml.slice(start, done));
  }
  return parts.join("");
}

// WXR nests five deep. The parser's time for a tag grows with its depth.
const MOST_DEPTH = 100;

class TooDeep extends Error {
  readonly line: number;
  constructor(line: number) {
    super("nested too deeply");
    this.line = line;
  }
}

function nameOf({ uri, prefix, local }: SaxesTagNS): string {
  if (uri === "") return prefix === "" ? local : `${prefix}:${local}`;
  return `${PREFIXES.find(([pattern]) => pattern.test(uri))?.[1] ?? `{${uri}}`}${local}`;
}

/** A piece of the file, which is read piece by piece: an export may be larger than memory. */
export interface Part {
  /** The head is everything before the first item. */
  readonly kind: "head" | "item";
  readonly xml: string;
  /** 1-based line of its start. */
  readonly line: number;
  /** False for the last item of a file that was cut off. */
  readonly ended: boolean;
}

/** Splits the file into its head and its items. Tags in CDATA sections and comments are ignored. */
export function* partsOf(chunks: Iterable<string>): Iterable<Part> {
  let held = "";
  let line = 1;
  let from = 0;
  let open: number | undefined;
  let isHead = true;
  for (const chunk of wholeTags(chunks)) {
    held += chunk;
    const marks = /<!\[CDATA\[|<!--|<item(?=[\s>])|<\/item\s*>/g;
    marks.lastIndex = from;
    let given = 0;
    let unclosed: number | undefined;
    const lineAt = (position: number): number => {
      line += lineEnds(held, given, position);
      given = position;
      return line;
    };
    for (let match = marks.exec(held); match; match = marks.exec(held)) {
      const [mark] = match;
      const end = mark === "<item" ? match.index : marks.lastIndex;
      if (mark === "<item" || mark.startsWith("</")) {
        if (open !== undefined)
          yield { kind: "item", xml: held.slice(open, end), line: lineAt(open), ended: true };
        else if (isHead) yield { kind: "head", xml: held.slice(0, match.index), line: 1, ended: true };
        isHead = false;
        open = mark === "<item" ? match.index : undefined;
      } else {
        const close = held.indexOf(mark === "<!--" ? "-->" : "]]>", marks.lastIndex);
        if (close === -1) {
          unclosed = match.index;
          break;
        }
        marks.lastIndex = close;
      }
    }
    from = unclosed ?? held.length;
    const kept = isHead ? 0 : (open ?? from);
    lineAt(kept);
    held = held.slice(kept);
    from -= kept;
    if (open !== undefined) open = 0;
  }
  if (isHead) yield { kind: "head", xml: held, line: 1, ended: true };
  if (open !== undefined) yield { kind: "item", xml: held, line, ended: false };
}

/** The same text in pieces that end behind a tag, so that no mark stands in two of them. */
function* wholeTags(chunks: Iterable<string>): Iterable<string> {
  let rest = "";
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(">") + 1;
    if (end > 0) yield rest + chunk.slice(0, end);
    rest = end > 0 ? chunk.slice(end) : rest + chunk;
  }
  if (rest !== "") yield rest;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
