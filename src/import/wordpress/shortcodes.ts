// WordPress's shortcodes (https://codex.wordpress.org/Shortcode_API) -> HTML: captions, galleries, embeds,
// and links to audio and video. Others stay as text. Finding them takes linear time.

import { escapeHtml } from "../../lib/text.ts";
import type { Attachment, Attachments } from "./attachments.ts";
import { CODE_NAMES, codeHtml } from "./code-shortcodes.ts";
import { addressOfEmbed, EMBED_NAMES } from "./embed-shortcodes.ts";

/** What a post's shortcodes may show, and whom to tell. */
export interface ShortcodeContext {
  readonly postId: string;
  readonly attachments: Attachments;
  readonly note: (sentence: string) => void;
  /** Told that a page builder's shortcodes stay in the text, which then can't be published as it is. */
  readonly hold?: () => void;
}

/**
 * Gives the HTML of a shortcode; undefined for one that shows nothing as it stands, and then stays as text.
 */
type Show = (shortcode: Shortcode, context: ShortcodeContext) => string | undefined;

const SHOW: ReadonlyMap<string, Show> = new Map<string, Show>([
  ["caption", caption],
  ["wp_caption", caption],
  ["gallery", gallery],
  ["embed", ({ content, attributes }) => link(content ?? attributes.get("src") ?? attributes.get("0"))],
  ["audio", ({ attributes }) => link(first(attributes, ["src", "mp3", "m4a", "ogg", "wav", "flac", "0"]))],
  [
    "video",
    ({ attributes }) =>
      link(first(attributes, ["src", "mp4", "m4v", "webm", "ogv", "flv", "mov", "wmv", "0"])),
  ],
  ["playlist", playlist],
  ...EMBED_NAMES.map((name): [string, Show] => [name, (shortcode) => link(addressOfEmbed(shortcode))]),
  ...Array.from(CODE_NAMES, (name): [string, Show] => [name, ({ content }) => codeHtml(content)]),
]);
const NAMES: ReadonlySet<string> = new Set(SHOW.keys());

/** Content with WordPress's own shortcodes shown; others stay as text and are named in a note. */
export function expandShortcodes(content: string, context: ShortcodeContext): string {
  const { pieces, unknown } = parseShortcodes(content, NAMES);
  const counts = new Map(unknown);
  const html = pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const shown = SHOW.get(piece.name)?.(piece, context);
    if (shown === undefined) counts.set(piece.name, (counts.get(piece.name) ?? 0) + 1);
    return shown ?? piece.source;
  });
  if (counts.size > 0) {
    const names = Array.from(counts, ([name, count]) =>
      count > 1 ? `[${name}] (${count} times)` : `[${name}]`,
    );
    context.note(
      `shortcodes stay in the text as they stand, as nothing says what they show: ${names.join(", ")}`,
    );
    if ([...counts.keys()].some((name) => PAGE_BUILDER.test(name))) context.hold?.();
  }
  return html.join("");
}

// WPBakery, Divi, Avada, Enfold, Cornerstone, Tatsu, Jupiter, Salient, Flatsome, King Composer, tagDiv,
// Impreza, Themify, Qode and Mikado lay out whole texts with their shortcodes.
const PAGE_BUILDER =
  /^(?:vc|et_pb|fusion|av|cs|x|tatsu|mk|nectar|ux|kc|td|tdb|tdc|us|themify|qode|mkdf|eltdf?|edgtf|wpb|trx|siteorigin|fl_builder|elementor|thrive)[_-]/;

/** A picture with its words, as they stand in the library. */
const figure = ({ address, image, caption: words }: Attachment): string =>
  `<figure><img src="${escapeHtml(address)}" alt="${escapeHtml(image?.alt ?? "")}">${
    words === "" ? "" : `<figcaption>${words}</figcaption>`
  }</figure>`;

// The caption stands behind the picture, or, until WordPress 3.4, in an attribute.
function caption({ content, attributes }: Shortcode): string | undefined {
  if (content === undefined) return undefined;
  const inner = content
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .trim();
  const end = endOfPicture(inner);
  const words = attributes.get("caption") ?? inner.slice(end).trim();
  const shown = attributes.has("caption") ? inner : inner.slice(0, end).trim();
  if (shown === "") return undefined;
  return words === "" ? shown : `<figure>${shown}<figcaption>${words}</figcaption></figure>`;
}

/** Where the first picture of some HTML ends, with the link round it; 0 where there is none. */
function endOfPicture(html: string): number {
  const start = html.search(/<img[\s/]/i);
  const end = start === -1 ? -1 : html.indexOf(">", start);
  if (end === -1) return 0;
  const after = /^\s*<\/a\s*>/i.exec(html.slice(end + 1));
  return end + 1 + (after?.[0].length ?? 0);
}

function gallery({ attributes }: Shortcode, context: ShortcodeContext): string | undefined {
  const listed = attributes.get("ids") ?? attributes.get("include");
  const pictures = listed === undefined ? attachedTo(attributes, context) : byIds(listed, "gallery", context);
  return pictures?.map(figure).join("");
}

function attachedTo(attributes: Shortcode["attributes"], context: ShortcodeContext) {
  const post = attributes.get("id") ?? context.postId;
  const pictures = post === context.postId ? context.attachments.picturesOf(post) : [];
  if (pictures.length === 0) {
    const whose = post === context.postId ? "attached to the post" : `of another post (${post})`;
    context.note(
      `a gallery of the pictures ${whose} is not carried over: the export does not hold them with it`,
    );
  }
  const ids = idsIn(attributes.get("exclude") ?? "");
  const excluded = new Set(ids.map((id) => context.attachments.byId.get(id)));
  return pictures.filter((picture) => !excluded.has(picture));
}

function playlist({ attributes }: Shortcode, context: ShortcodeContext): string | undefined {
  const listed = attributes.get("ids");
  if (listed === undefined) return undefined;
  return byIds(listed, "playlist", context)
    .map(({ address, title }) => link(address, title || address) ?? "")
    .join("");
}

function byIds(listed: string, kind: string, { attachments, note }: ShortcodeContext): readonly Attachment[] {
  const ids = idsIn(listed);
  const missing = ids.filter((id) => !attachments.byId.has(id));
  if (missing.length > 0) {
    note(`files of a ${kind} are not in the export and are left out: attachments ${missing.join(", ")}`);
  }
  return ids.flatMap((id) => attachments.byId.get(id) ?? []);
}

const idsIn = (listed: string): readonly string[] => listed.match(/\d+/g) ?? [];

const first = (attributes: Shortcode["attributes"], names: readonly string[]): string | undefined =>
  names.map((name) => attributes.get(name)).find((value) => value !== undefined && value !== "");

/** A paragraph with a link; undefined where there is no address. */
export function link(address: string | undefined, label = address): string | undefined {
  const href = address?.trim() ?? "";
  if (!/^(?:https?:)?\//i.test(href)) return undefined;
  // An attribute's value is HTML already: `&amp;` in it is one sign.
  const safe = href.replace(/&(?:amp|#0?38);/g, "&");
  return `<p><a href="${escapeHtml(safe)}">${escapeHtml(label === address ? safe : (label ?? safe))}</a></p>`;
}

/** `[name key="value"]content[/name]`. */
interface Shortcode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Undefined where it has no end tag. */
  readonly content?: string;
  /** As it stands in the text. */
  readonly source: string;
}

/** A text, cut at its shortcodes. */
export interface Shortcodes {
  readonly pieces: readonly (string | Shortcode)[];
  /** What looks like a shortcode of another name, and how often it opens. */
  readonly unknown: ReadonlyMap<string, number>;
}

// Comments and tags hide what stands in them: a bracket in a block's settings or in an address opens nothing.
const MARKS = /<!--|<[a-z/][^<>]*>|\[(\[?)([a-z][\w-]*)(?=[\s\]/=])/gi;
const END_TAG = /\[\/([a-z][\w-]*)\]/gi;

/**
 * Finds the shortcodes whose name is one of `names`. `[[name]]` is the text `[name]`, as WordPress shows it.
 */
export function parseShortcodes(source: string, names: ReadonlySet<string>): Shortcodes {
  const next = finder(source);
  const closed = new Set(Array.from(source.matchAll(END_TAG), ([, name]) => name));
  const pieces: (string | Shortcode)[] = [];
  const unknown = new Map<string, number>();
  const marks = new RegExp(MARKS);
  let done = 0;
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    const [mark, doubled = "", name = ""] = match;
    if (mark === "<!--") marks.lastIndex = next("-->", match.index);
    if (name === "") continue;
    const open = next("]", marks.lastIndex);
    if (open === source.length) continue;
    const written = source.slice(marks.lastIndex, Math.min(open, next("[", marks.lastIndex)));
    const isKnown = names.has(name) && (closed.has(name) || !CODE_NAMES.has(name));
    if (!isKnown) {
      // `x[i=0]` is no shortcode.
      if (source[marks.lastIndex] === "=") continue;
      // `[sic]` is no shortcode; what has settings, an end tag or a name that no word has is one.
      if (written.includes("=") || closed.has(name) || /[_\d-]/.test(name))
        unknown.set(name, (unknown.get(name) ?? 0) + 1);
      continue;
    }
    const end = endOf(source, name, open, next);
    const inner = source.slice(match.index + doubled.length, end.after);
    if (doubled === "[" && source[end.after] === "]") pieces.push(source.slice(done, match.index), inner);
    else {
      const attributes = attributesOf(source.slice(marks.lastIndex, open));
      const content = end.content === undefined ? {} : { content: source.slice(open + 1, end.content) };
      pieces.push(source.slice(done, match.index + doubled.length), {
        name,
        attributes,
        ...content,
        source: inner,
      });
    }
    done = end.after + (doubled === "[" && source[end.after] === "]" ? 1 : 0);
    marks.lastIndex = done;
  }
  pieces.push(source.slice(done));
  return { pieces: pieces.filter((piece) => piece !== ""), unknown };
}

type Finder = (needle: string, from: number) => number;

/**
 * Finds the next `needle`, else the text's end. Positions asked for never go back, so that no part is
 * searched twice.
 */
function finder(source: string): Finder {
  const found = new Map<string, number>();
  return (needle, from) => {
    const known = found.get(needle) ?? -1;
    if (known >= from) return known;
    const at = source.indexOf(needle, from);
    const position = at === -1 ? source.length : at;
    found.set(needle, position);
    return position;
  };
}

/**
 * Where a shortcode ends that opens until `open`. One that opens again before its end tag has none of its
 * own.
 */
function endOf(
  source: string,
  name: string,
  open: number,
  next: Finder,
): { readonly after: number; readonly content?: number } {
  const tag = `[/${name}]`;
  const close = next(tag, open);
  // Code is to the letter, and may show the shortcode itself.
  const again = CODE_NAMES.has(name) ? source.length : next(`[${name}`, open);
  return close < again ? { after: close + tag.length, content: close } : { after: open + 1 };
}

const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** Named values by their lower-case name, others by their number. */
function attributesOf(written: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let position = 0;
  for (const [, name, ...values] of written.replace(/[\u00a0\u200b]/g, " ").matchAll(ATTRIBUTE)) {
    const value = values.find((candidate) => candidate !== undefined) ?? "";
    attributes.set(name?.toLowerCase() ?? String(position++), value);
  }
  return attributes;
}
