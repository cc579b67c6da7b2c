// An article's body as it is stored: HTML as `hast-util-to-html` writes the tree that the clean-up made
// (`html/clean.ts`), with two marks of ours in it. Everything that reads a body on its way out does so here:
// only this file knows how the serializer writes. A page view has no time for an HTML parser, so `partsOf`
// reads the serializer's spelling and that of `escapeHtml` alone, and throws on anything else. It so reads
// the bodies of entries too, which have figures, credits and other HTML of ours around the stored body.

import { HTML_ESCAPES, type Html, html, isVisible, type Text } from "../lib/text.ts";

/** Stands for the site's own address in a stored body. No cleaned text has this character. */
export const OWN_SITE = "\ufffe";

// Stands on both sides of the `src` of one of the article's images. No cleaned text has this character.
const IMAGE_MARK = "\uffff";

/** One of the article's images in a body, where its figure is to be: its `src` between two marks. */
export const imageMark = (src: string): string => IMAGE_MARK + src + IMAGE_MARK;

const MARKED_IMAGE = new RegExp(`${IMAGE_MARK}([^${IMAGE_MARK}]*)${IMAGE_MARK}`);
const MARKED_IMAGES = new RegExp(MARKED_IMAGE, "g");

/** A body with each image's mark replaced by what `made` returns for its `src`. */
export const replaceImages = (body: Html, made: (src: string) => string): Html =>
  html(body.replace(MARKED_IMAGES, (_, src: string) => made(src)));

/** A body split at its images: HTML at even indexes, the `src` of the image between at odd ones. */
export const splitAtImages = (body: Html): readonly string[] => body.split(MARKED_IMAGE);

/** A stored body for a site at `siteUrl`, which has no slash at its end; with "" addresses stay paths. */
export const withSite = (body: Html, siteUrl: string): Html => html(body.replaceAll(OWN_SITE, siteUrl));

/** A start tag; `attributesOf` reads its attributes. */
export interface StartTag {
  readonly kind: "start";
  readonly name: string;
  readonly html: string;
}

/** A part of a body. `html` is the part as it is written: all of them joined are the body. */
export type BodyPart =
  | StartTag
  | { readonly kind: "end"; readonly name: string; readonly html: string }
  | { readonly kind: "text"; readonly html: string }
  | { readonly kind: "image"; readonly src: string; readonly html: string };

/**
 * An attribute. `written` is the value as it is in the HTML, `value` has its references decoded; both ""
 * without one.
 */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly written: string;
}

// A value has no `"`, but may have `<` and `>`.
const ATTRIBUTES = '(?: [a-zA-Z-]+(?:="[^"]*")?)*';
const TOKEN = new RegExp(
  `<(/?)([a-z][a-z0-9]*)(${ATTRIBUTES})>|${IMAGE_MARK}([^${IMAGE_MARK}]*)${IMAGE_MARK}|[^<${IMAGE_MARK}]+`,
  "y",
);
const ATTRIBUTE = / ([a-zA-Z-]+)(?:="([^"]*)")?/g;
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries(HTML_ESCAPES).map(([character, reference]) => [reference, character]),
);
const REFERENCE = new RegExp(`&#x([0-9A-F]+);|${[...NAMED.keys()].join("|")}`, "g");
const OTHER_REFERENCE = new RegExp(
  `&(?!#x[0-9A-F]+;)(?!${[...NAMED.keys()].map((one) => one.slice(1)).join("|")})`,
);
const VOID: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "source", "track", "wbr"]);

/**
 * The parts of a body, each with the names of the elements that it is in, the innermost last. The names are
 * in one array that changes: copy it to keep it.
 * @throws Error for HTML that neither the serializer nor this code writes.
 */
export function* partsOf(body: Html): Generator<readonly [BodyPart, readonly string[]]> {
  const open: string[] = [];
  for (let at = 0; at < body.length; ) {
    TOKEN.lastIndex = at;
    const [written, slash, name, attributes, src] = TOKEN.exec(body) ?? [];
    if (written === undefined) throw unexpected(at);
    // The `src` of an image is written as it is, without references.
    if (src === undefined && OTHER_REFERENCE.test(attributes ?? written)) throw unexpected(at);
    if (src !== undefined) yield [{ kind: "image", src, html: written }, open];
    else if (name === undefined) yield [{ kind: "text", html: written }, open];
    else if (slash === "") {
      yield [{ kind: "start", name, html: written }, open];
      if (!VOID.has(name)) open.push(name);
    } else {
      if (open.pop() !== name || attributes !== "") throw unexpected(at);
      yield [{ kind: "end", name, html: written }, open];
    }
    at += written.length;
  }
  if (open.length > 0) throw unexpected(body.length);
}

const unexpected = (at: number): Error =>
  new Error(`a body isn't written as the clean-up writes it, from character ${at} on`);

/** The attributes of a start tag, in their order. */
export const attributesOf = (tag: StartTag): readonly Attribute[] =>
  Array.from(tag.html.slice(tag.name.length + 1).matchAll(ATTRIBUTE), ([, name = "", written = ""]) => ({
    name,
    written,
    value: decoded(written),
  }));

const decoded = (written: string): string =>
  written.replace(
    REFERENCE,
    (reference, code?: string) =>
      NAMED.get(reference) ?? String.fromCodePoint(Number.parseInt(code ?? "", 16)),
  );

/** A body with each start tag replaced by what `made` returns. */
export function replaceTags(body: Html, made: (tag: StartTag) => string): Html {
  let written = "";
  for (const [part] of partsOf(body)) written += part.kind === "start" ? made(part) : part.html;
  return html(written);
}

/** A start tag without the attributes that `isDropped` is true of. */
export function withoutAttributes(tag: StartTag, isDropped: (attribute: Attribute) => boolean): string {
  const kept = tag.html
    .slice(tag.name.length + 1, -1)
    .replace(ATTRIBUTE, (all, name: string, written = "") =>
      isDropped({ name, written, value: decoded(written) }) ? "" : all,
    );
  return `<${tag.name}${kept}>`;
}

/** An element of a body. */
export interface BodyElement {
  readonly tag: StartTag;
  /** What is in it. */
  readonly inside: readonly BodyPart[];
  readonly html: string;
  /** The names of the elements that it is in. */
  readonly ancestors: readonly string[];
}

/**
 * A body with each element of one of `names` replaced by what `made` returns. An element within one that was
 * found isn't looked for, nor elements without an end tag.
 */
export function replaceElements(
  body: Html,
  names: readonly string[],
  made: (element: BodyElement) => string,
): Html {
  if (!hasElement(body, names)) return body;
  let written = "";
  let found:
    | { readonly tag: StartTag; readonly ancestors: readonly string[]; inside: BodyPart[] }
    | undefined;
  for (const [part, open] of partsOf(body)) {
    if (!found) {
      if (part.kind === "start" && names.includes(part.name))
        found = { tag: part, ancestors: [...open], inside: [] };
      else written += part.html;
    } else if (part.kind === "end" && open.length === found.ancestors.length) {
      const { tag, inside, ancestors } = found;
      const all = [tag, ...inside, part].map(({ html }) => html).join("");
      written += made({ tag, inside, ancestors, html: all });
      found = undefined;
    } else found.inside.push(part);
  }
  return html(written);
}

/**
 * The length of what stands before the first paragraph's words; undefined for a body that starts with
 * anything else than a paragraph.
 */
export function startOfParagraph(body: Html): number | undefined {
  let before = 0;
  for (const [part] of partsOf(body)) {
    before += part.html.length;
    if (part.kind === "start" && part.name === "p") return before;
    if (part.html.trim() !== "") return undefined;
  }
  return undefined;
}

/** True for a body with an element that is empty, or has white space and line breaks alone. */
export function hasEmptyElement(body: Html): boolean {
  let isEmpty = false;
  for (const [part] of partsOf(body)) {
    if (part.kind === "end" && isEmpty) return true;
    const isSpace = part.kind === "text" && part.html.trim() === "";
    const isBreak = part.kind === "start" && (part.name === "br" || part.name === "wbr");
    if (!isSpace && !isBreak) isEmpty = part.kind === "start" && !VOID.has(part.name);
  }
  return false;
}

/** False for a body without such elements: a quick test, so that most bodies are never taken apart. */
export const hasElement = (body: Html, names: readonly string[]): boolean =>
  names.some((name) => body.includes(`<${name}>`) || body.includes(`<${name} `));

// Elements that show something without a word of text.
const SHOWN: ReadonlySet<string> = new Set(["img", "iframe", "video", "audio"]);

/**
 * True for an article with nothing in it: no picture, no dek, and a body without text or anything else to
 * see.
 */
export function isEmptyArticle({
  body,
  images,
  dek,
}: {
  readonly body: Html;
  readonly images: readonly unknown[];
  readonly dek?: Text | undefined;
}): boolean {
  if (images.length > 0 || dek !== undefined) return false;
  for (const [part] of partsOf(body)) {
    if (part.kind === "text" && isVisible(part.html)) return false;
    if (part.kind === "start" && SHOWN.has(part.name)) return false;
  }
  return true;
}

/**
 * The text of a body, as readers without markup or pictures get it: a space for each tag, references decoded.
 * Elements for whose start tag `isLeftOut` is true aren't in it.
 */
export function textOfBody(body: Html, isLeftOut: (tag: StartTag) => boolean = () => false): string {
  let text = "";
  /** How many elements are around the one that is left out. */
  let outside: number | undefined;
  for (const [part, open] of partsOf(body)) {
    if (outside === undefined) {
      text += part.kind === "text" ? decoded(part.html) : " ";
      if (part.kind === "start" && !VOID.has(part.name) && isLeftOut(part)) outside = open.length;
    } else if (part.kind === "end" && open.length === outside) outside = undefined;
  }
  return text;
}

/** The words of that text. */
export const wordsOfBody = (body: Html): readonly string[] =>
  textOfBody(body)
    .split(/\s+/)
    .filter((word) => word !== "");

const OWN_MEDIA = new RegExp(`${OWN_SITE}/media/([0-9a-f]{64})\\.`, "g");

/** SHA-256 of everything stored here that a stored body shows or links to. */
export const mediaIn = (body: Html): readonly string[] =>
  Array.from(body.matchAll(OWN_MEDIA), ([, hash = ""]) => hash);

/**
 * A stored body without the images whose SHA-256 is one of `hashes`, and without attributes that lead to one.
 */
export function withoutMediaIn(body: Html, hashes: readonly string[]): Html {
  const isGone = (address: string): boolean => mediaIn(html(address)).some((hash) => hashes.includes(hash));
  const unmarked = replaceImages(body, (src) => (isGone(src) ? "" : imageMark(src)));
  return replaceTags(unmarked, (tag) => withoutAttributes(tag, ({ written }) => isGone(written)));
}
