// Chooses the importer of a source by its root element, by the shape of its JSON, or because it is plain
// text.

import { readFeed } from "../../import/feed/read-feed.ts";
import { readGhost } from "../../import/ghost/ghost.ts";
import type { Importer } from "../../import/importer.ts";
import { readPage } from "../../import/page/saved-page.ts";
import { parseJson } from "../../import/parse-json.ts";
import { readText } from "../../import/text/saved-text.ts";
import { readWordpress } from "../../import/wordpress/wordpress.ts";
import { WXR_NAMESPACE } from "../../import/wordpress/wxr.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";

/** How a source is read. A page is one article; the others hold any number. */
export interface DetectedSource {
  readonly kind: "text" | "page" | "feed" | "wordpress" | "ghost" | "markdown";
  readonly read: Importer;
}

const KINDS = {
  text: readText,
  page: readPage,
  feed: readFeed,
  wordpress: readWordpress,
  ghost: readGhost,
} as const;

const ROOTS: Readonly<Record<string, keyof typeof KINDS>> = {
  html: "page",
  rss: "feed",
  "rdf:RDF": "feed",
  feed: "feed",
};

// The one DTD that feeds really have, from 1999. It is named, never fetched.
const NETSCAPE_RSS =
  /^<!DOCTYPE\s+rss\s+PUBLIC\s+["']-\/\/Netscape Communications\/\/DTD RSS 0\.91\/\/EN["'][^[\]<>]*>$/i;
const HTML_DOCTYPE = /^<!doctype\s+html\b[^[\]<>]*>$/i;

const JSON_FEED = /^https?:\/\/(www\.)?jsonfeed\.org\/version\//;

// Text files that no importer reads, though they look like plain text.
const STRANGERS: readonly (readonly [pattern: RegExp, message: string])[] = [
  [
    /^---\r?\n(?:.*\r?\n)*?---/,
    "has front matter, so it is no saved page: give a file in Markdown the ending .md",
  ],
  [
    /^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?Content-Type: *multipart\/related/i,
    "is a web archive (MHTML): save the page as HTML, complete, instead",
  ],
];

/**
 * Finds the importer for a file's text. XML with a DTD or entities is refused without parsing it.
 */
export function detectSource(content: string, name: string): Result<DetectedSource> {
  const refuse = (message: string) => fail({ path: "", message });
  const as = (kind: keyof typeof KINDS) => ok({ kind, read: KINDS[kind] });
  const start = content.trimStart();
  const stranger = STRANGERS.find(([pattern]) => pattern.test(start.slice(0, 2000)));
  if (stranger) return refuse(stranger[1]);
  if (/^[[{]/.test(start)) return detectJson(content, name, as);
  const prolog = readProlog(start);
  if (prolog.doctype !== undefined) {
    if (HTML_DOCTYPE.test(prolog.doctype)) return as("page");
    if (!NETSCAPE_RSS.test(prolog.doctype))
      return refuse("has a DTD (<!DOCTYPE …>), which could hide anything behind entities: take it out");
  }
  const root = ROOTS[prolog.root] ?? ROOTS[prolog.root.toLowerCase()];
  if (/^rss$/i.test(prolog.root) && declares(prolog.tag, WXR_NAMESPACE)) return as("wordpress");
  if (root) return as(root);
  if (prolog.isXml || isXml(start, prolog, name))
    return refuse(
      `is XML with the root <${prolog.root}>, which is no feed, export or page that can be imported`,
    );
  return as(/\.x?html?$/i.test(name) ? "page" : "text");
}

/**
 * True for XML without its declaration: its name says so, its root has a namespace, or it is one element from
 * start to end. Text may start with a tag; then it doesn't end with the same one, and no other follows.
 */
function isXml(start: string, { root, tag }: Prolog, name: string): boolean {
  if (root === "") return false;
  if (XML_ENDING.test(name)) return true;
  if (HTML_NAMES.test(root)) return false;
  let end = start.trimEnd();
  while (/(?:--|\?)>$/.test(end.slice(-3))) {
    const from = end.lastIndexOf(end.endsWith("?>") ? "<?" : "<!--");
    if (from === -1) break;
    end = end.slice(0, from).trimEnd();
  }
  return /\sxmlns(?::[\w.-]+)?\s*=/.test(tag) || end.endsWith(`</${root}>`) || end === `${tag}>`;
}
const XML_ENDING = /\.(?:xml|rss|rdf|atom|wxr|opml)$/i;
const HTML_NAMES =
  /^(?:a|abbr|address|article|aside|b|blockquote|body|center|cite|code|dd|div|dl|dt|em|fieldset|figure|font|footer|form|h[1-6]|head|header|hr|i|iframe|img|li|main|nav|ol|p|picture|pre|q|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|title|tr|tt|u|ul|video)$/i;

/** True for a start tag that declares a namespace, whatever its prefix. */
const declares = (tag: string, namespace: RegExp): boolean =>
  [...tag.matchAll(/\sxmlns:[\w.-]+\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].some(([, double, single]) =>
    namespace.test((double ?? single ?? "").trim()),
  );

function detectJson(
  content: string,
  name: string,
  as: (kind: keyof typeof KINDS) => Result<DetectedSource>,
): Result<DetectedSource> {
  const refuse = (message: string) => fail({ path: "", message });
  const parsed = parseJson(content);
  // "[1/2] …" is how the words under a picture may start.
  if ("error" in parsed)
    return /\.json$/i.test(name) ? refuse(`is not valid JSON: ${parsed.error}`) : as("text");
  const { value } = parsed;
  if (typeof value === "object" && value !== null) {
    if ("version" in value && typeof value.version === "string" && JSON_FEED.test(value.version))
      return as("feed");
    if ("db" in value || ("data" in value && "meta" in value)) return as("ghost");
  }
  return refuse("is JSON, but neither a JSON Feed (`version`) nor a Ghost export (`db`)");
}

const LONGEST_TAG_CHARACTERS = 20_000;
const START_TAG = /^<(?:[^<>"']|"[^"]*"|'[^']*')*/;

interface Prolog {
  readonly isXml: boolean;
  readonly doctype?: string;
  /** Name of the first element; "" where none stands there. */
  readonly root: string;
  /** Its start tag, as far as it can be followed. */
  readonly tag: string;
}

/** What stands before the first element: XML declaration, comments, processing instructions, DOCTYPE. */
function readProlog(start: string): Prolog {
  const isXml = start.startsWith("<?xml");
  let doctype: string | undefined;
  let position = 0;
  const skipTo = (end: string) => {
    const found = start.indexOf(end, position);
    position = found === -1 ? start.length : found + end.length;
  };
  while (position < start.length) {
    if (/\s/.test(start[position] ?? "")) position++;
    else if (start.startsWith("<?", position)) skipTo("?>");
    else if (start.startsWith("<!--", position)) skipTo("-->");
    else if (/^<!doctype/i.test(start.slice(position, position + 9))) {
      const from = position;
      skipTo(">");
      doctype = start.slice(from, position);
    } else break;
  }
  const root = /^<([a-z_][\w.:-]*)[\s/>]/i.exec(start.slice(position, position + 200))?.[1] ?? "";
  const [tag] = START_TAG.exec(start.slice(position, position + LONGEST_TAG_CHARACTERS)) ?? [""];
  return { isXml, ...omitUndefined({ doctype }), root, tag };
}
