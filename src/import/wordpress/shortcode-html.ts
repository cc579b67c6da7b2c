// What WordPress's own shortcodes show, as HTML: captions, galleries, embeds, and players as links to their files.

import { escapeHtml } from "../../lib/text.ts";
import type { Attachment, Attachments } from "./attachments.ts";
import { parseShortcodes, type Shortcode } from "./shortcodes.ts";

/** What a post's shortcodes may show, and whom to tell. */
export interface ShortcodeContext {
  readonly postId: string;
  readonly attachments: Attachments;
  readonly note: (sentence: string) => void;
}

/** Gives the HTML of a shortcode; undefined for one that shows nothing as it stands, and then stays as text. */
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
  }
  return html.join("");
}

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
