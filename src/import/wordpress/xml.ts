// A part of a WXR file, read as a stream: what each element says, by its path. Mistakes are counted, and reading goes on.

import { type SaxesOptions, SaxesParser, type SaxesTagNS } from "saxes";

/** What is told of each element when it ends. */
export interface Element {
  /** Names with the usual prefixes, joined by `/`: `item/wp:postmeta/wp:meta_key`. */
  readonly path: string;
  readonly name: string;
  /** Text that stands in it, since its last child. */
  readonly value: string;
  readonly attributes: SaxesTagNS["attributes"];
}

/** What is wrong with a part. */
export interface Mistakes {
  readonly count: number;
  /** The first, in the parser's words. */
  readonly message: string;
  /** 1-based, in the part. */
  readonly line: number;
}

/** Namespaces of a part's surroundings, by prefix. */
export type Namespaces = Readonly<Record<string, string>>;

/** Each version of WXR has a namespace of its own. */
export const WXR_NAMESPACE = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/$/;

const PREFIXES: readonly (readonly [uri: RegExp, prefix: string])[] = [
  [/^https?:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/$/, "excerpt:"],
  [WXR_NAMESPACE, "wp:"],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, "content:"],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, "dc:"],
];

/** Reads `xml`, calling `onEnd` at each end tag. A part that ends in the middle is told of when `whole`. */
export function readElements(
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
