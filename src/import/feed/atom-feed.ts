// Entries of Atom 1.0 as feedsmith read them. Atom 0.3 is rewritten as 1.0 before feedsmith sees it, and
// XHTML as HTML.

import type { AtomFeed } from "feedsmith";
import { idOf } from "../../article/article-id.ts";
import type { Site } from "../../article/site.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import { escapeHtml } from "../../lib/text.ts";
import {
  asText,
  bylinesOf,
  type FeedHead,
  type FeedItem,
  firstOf,
  joinedIn,
  resolved,
  type Words,
} from "./feed-item.ts";
import { mediaOf } from "./feed-media.ts";
import { followTags, localName, tagStart } from "./split-feed.ts";

/** A feed's head, and who its entries are by where they don't say so themselves (RFC 4287 §4.1.1). */
export interface AtomHead extends FeedHead {
  readonly authors: readonly AtomFeed.Person[];
  /** By which a Wireroom made URIs of ids that are none. */
  readonly tag?: Site["tag"];
}

/** The envelope of an Atom feed. */
export function atomHead(feed: AtomFeed.Feed<string>): AtomHead {
  const alternate = feed.links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href;
  const self = feed.links?.find(({ rel }) => rel === "self")?.href;
  const own = feed.generator?.text === "Wireroom";
  const [, authority = "", date = ""] = (own && /^tag:([^,]+),([^:]+):/.exec(feed.id ?? "")) || [];
  return {
    own,
    authors: feed.authors ?? [],
    ...omitUndefined({
      tag: date === "" ? undefined : { authority, date },
      title: feed.title?.value,
      names: someOf([feed.id, alternate].filter((name) => name !== undefined)),
      language: feed.xml?.lang,
      base: feed.xml?.base ?? self ?? alternate,
    }),
  };
}

/** One entry. */
export function atomItem(entry: AtomFeed.Entry<string>, head: AtomHead): FeedItem {
  const base = entry.xml?.base === undefined ? head.base : resolved(entry.xml.base, head.base);
  const alternates = (entry.links ?? []).filter(({ rel }) => rel === undefined || rel === "alternate");
  const alternate = alternates.find(({ type }) => type?.includes("html")) ?? alternates[0];
  const link = alternate?.href === undefined ? undefined : resolved(alternate.href, base);
  const sources = [
    ["author", entry.authors],
    ["the source's author", entry.source?.authors],
    ["dc:creator", entry.dc?.creators?.map((name) => ({ name }))],
    ["the feed's author", head.authors],
  ] as const;
  const [from, people = []] = sources.find(([, people]) => people !== undefined && people.length > 0) ?? [];
  const persons = (list: readonly AtomFeed.Person[]) =>
    list.map(({ name, uri, email }) => ({ name, url: uri && resolved(uri, base), email }));
  const authors = bylinesOf(persons(people));
  const contributors = bylinesOf(persons(entry.contributors ?? []), "contributor");
  const files = (entry.links ?? [])
    .filter(({ rel }) => rel === "enclosure")
    .map(({ href, type, length, title }) => ({
      ...omitUndefined({ url: href, type, length, title }),
    }));
  const media = mediaOf(entry.media, files, [entry.itunes?.image], base);
  const license =
    entry.links?.find(({ rel }) => rel === "license")?.href ??
    entry.creativeCommons?.licenses?.[0] ??
    entry.cc?.license;
  const rightsWords = words(entry.rights, "rights", base);
  const copyright = rightsWords ? asText(rightsWords) : entry.dc?.rights?.[0];
  const rights = omitUndefined({ copyright, license });
  const { content } = entry;
  return omitUndefined({
    id: entry.id !== undefined && head.tag ? idOf(entry.id, head.tag) : entry.id,
    idFrom: entry.id === undefined ? undefined : "id",
    title: words(entry.title, "title", base),
    link,
    published: firstOf(
      ["published", entry.published],
      ["dcterms:issued", entry.dcterms?.issued?.[0]],
      ["dc:date", entry.dc?.dates?.[0]],
    ),
    updated: firstOf(["updated", entry.updated], ["dcterms:modified", entry.dcterms?.modified?.[0]]),
    people: [...authors.bylines, ...contributors.bylines],
    peopleFrom: from,
    // Ours has one element a name.
    joined: head.own ? undefined : joinedIn(authors.bylines),
    categories: [
      ...(entry.categories ?? []).flatMap(({ label, term }) => label ?? nameIn(term)),
      ...(entry.dc?.subjects ?? []),
    ].filter((name) => name !== undefined),
    content: words(content, "content", base),
    summary: words(entry.summary, "summary", base),
    language: entry.xml?.lang ?? content?.xml?.lang,
    rights: Object.keys(rights).length === 0 ? undefined : rights,
    images: media.images,
    notes: [
      ...authors.notes,
      ...media.notes,
      ...(content?.src === undefined ? [] : [`the text is elsewhere: ${resolved(content.src, base)}`]),
    ],
  });
}

// A term may be an address, which names nothing: Blogger's and GData's kinds are such.
const nameIn = (term: string | undefined): readonly string[] =>
  term === undefined || webUrl(term) !== undefined ? [] : [term];

// RFC 4287 §3.1.1 and §4.1.3.1; other media types than these hold no words.
const TYPES: Readonly<Record<string, "text" | "html" | "xhtml">> = {
  text: "text",
  "text/plain": "text",
  html: "html",
  "text/html": "html",
  xhtml: "xhtml",
  "application/xhtml+xml": "xhtml",
};

function words(
  construct: AtomFeed.Content | undefined,
  from: string,
  base: string | undefined,
): Words | undefined {
  const kind = TYPES[construct?.type?.toLowerCase() ?? "text"];
  if (construct?.value === undefined || kind === undefined) return undefined;
  const own = construct.xml?.base;
  return {
    value: kind === "xhtml" ? closedElements(construct.value) : construct.value,
    kind: kind === "text" ? "text" : "html",
    from: `${from} (${kind})`,
    ...omitUndefined({ base: own === undefined ? base : resolved(own, base) }),
  };
}

const VOID = new Set([
  ...["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"],
  "wbr",
]);

const DIV = /^\s*<(?:[\w.-]+:)?div[\s>]/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** XHTML as HTML: to HTML `<p/>` is a start tag, so that it gets its end tag here. */
function closedElements(xhtml: string): string {
  if (!xhtml.includes("/>")) return xhtml;
  const edits: Edit[] = [];
  followTags(`<div>${xhtml}</div>`, (parser) => {
    parser.on("opentag", ({ name, isSelfClosing }) => {
      if (!isSelfClosing || VOID.has(localName(name))) return;
      const end = parser.position - "<div>".length;
      edits.push({ start: end - "/>".length, end, text: `></${name}>` });
    });
  });
  return edited(xhtml, edits);
}

// Text constructs of Atom 0.3.
const CONSTRUCTS = new Set(["title", "summary", "content", "copyright"]);

/**
 * An entry of Atom 0.3 with the text constructs of 1.0. There `mode` says how content is written (`xml`
 * unless given, `escaped`, `base64`) and `type` what it is.
 */
export function asAtom1(entry: string): string {
  const edits: Edit[] = [];
  let depth = 0;
  let open:
    | { readonly name: string; readonly start: number; readonly end: number; mode: string; type: string }
    | undefined;
  let start = 0;
  followTags(entry, (parser) => {
    parser.on("opentagstart", () => {
      start = tagStart(entry, parser);
    });
    parser.on("opentag", ({ name, attributes, isSelfClosing }) => {
      depth++;
      if (depth !== 2 || isSelfClosing || !CONSTRUCTS.has(localName(name))) return;
      const { mode = "xml", type = "text/plain" } = attributes;
      open = { name, start, end: parser.position, mode, type };
    });
    parser.on("closetag", ({ name, attributes }) => {
      depth--;
      if (depth !== 1 || open?.name !== name) return;
      const { start, end, mode, type } = open;
      open = undefined;
      const inner = entry.slice(end, tagStart(entry, parser));
      const kept = ["xml:base", "xml:lang"].flatMap((key) =>
        attributes[key] === undefined ? [] : [` ${key}="${escapeHtml(attributes[key])}"`],
      );
      const [kind, content] = converted(inner, mode, type);
      const element = localName(name) === "copyright" ? name.replace(/copyright$/i, "rights") : name;
      edits.push({
        start,
        end: parser.position,
        text: `<${element} type="${kind}"${kept.join("")}>${content}</${element}>`,
      });
    });
  });
  return edited(entry, edits);
}

function converted(inner: string, mode: string, type: string): readonly [kind: string, xml: string] {
  const plain = type === "text/plain" || type === "text";
  const kind = plain ? "text" : "html";
  if (mode === "escaped") return [kind, inner];
  if (mode === "base64") return [kind, escapeHtml(decoded(inner) ?? "")];
  if (plain) return ["text", inner];
  // Elements as they stand; 1.0 has them in a `div`.
  return ["xhtml", DIV.test(inner) ? inner : `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`];
}

function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    // Invalid base64 can't be read.
    return undefined;
  }
}

function edited(source: string, edits: readonly Edit[]): string {
  let done = 0;
  let result = "";
  for (const { start, end, text } of edits) {
    result += source.slice(done, start) + text;
    done = end;
  }
  return result + source.slice(done);
}
