// The parts that a Wireroom adds to a body (formats/body.ts), each with a class `wr-…`, taken off again. The
// rest of the HTML stays to the letter: parts are cut out of it where they stand.

import type { Element, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { SKIP, visit } from "unist-util-visit";
import { checkBounds } from "../../../html/parse.ts";
import { omitUndefined } from "../../../lib/omit-undefined.ts";
import { text } from "../../../lib/text.ts";
import type { Overrides } from "../../../words/overrides.ts";
import type { ImportedCorrection, ImportedImage } from "../../importer.ts";
import { type CreditParts, readCorrection } from "./wireroom-credits.ts";

/** What the parts say, and the body without them. */
export interface WireroomParts extends CreditParts {
  readonly html: string;
  readonly dek?: string;
  readonly dateline?: string;
  /** Pictures of our figures, in the body's order. */
  readonly images: readonly ImportedImage[];
  readonly corrections: readonly ImportedCorrection[];
  readonly updated: boolean;
  readonly sponsored: boolean;
  /** The text was cut to an excerpt. */
  readonly excerpt: boolean;
  /** It is no article but a notice that one was withdrawn. */
  readonly withdrawn: boolean;
  /** Of the wrapper round text that is written from right to left. */
  readonly language?: string;
}

type Found = { -readonly [K in keyof WireroomParts]?: WireroomParts[K] } & {
  readonly images: ImportedImage[];
  readonly corrections: ImportedCorrection[];
  readonly bios: { name?: string; bio: string }[];
};

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

/** Notes what a part says. Its element is cut out, or replaced by the HTML that is given back. */
type Take = (element: Element, found: Found, about: About) => string | undefined;

interface About {
  readonly source: string;
  readonly language: string;
  readonly lead: string | undefined;
  /** Words in place of ours that a label may be written in. */
  readonly words: Overrides | undefined;
  /** What the story starts with. */
  readonly first: RootContent | undefined;
}

const PARTS: Readonly<Record<string, Take>> = {
  "wr-dek": (element, found) => {
    found.dek ??= text(textOf(element));
    return "";
  },
  "wr-sponsored": (_, found) => {
    found.sponsored = true;
    return "";
  },
  "wr-figure": takeFigure,
  "wr-dateline": (element, found) => {
    found.dateline ??= text(textOf(element)).replace(/ —$/, "");
    return "";
  },
  "wr-corrections": takeCorrections,
  "wr-credits": (element, found, { language }) => {
    found.credits ??= { line: text(textOf(element)), language: languageOf(element) ?? language };
    return "";
  },
  "wr-bio": (element, found) => {
    const name = child(element, "strong");
    const whole = text(textOf(element));
    const named = name && text(textOf(name));
    found.bios.push(
      named === undefined ? { bio: whole } : { name: named, bio: text(whole.slice(named.length + 1)) },
    );
    return "";
  },
  "wr-updated": (_, found) => {
    found.updated = true;
    return "";
  },
  "wr-player": () => "",
  "wr-more": (_, found) => {
    found.excerpt = true;
    return "";
  },
  "wr-notice": (_, found) => {
    found.withdrawn = true;
    return "";
  },
};

const BEFORE_STORY = new Set(["wr-dek", "wr-sponsored"]);

/**
 * Takes our parts off `source`; undefined where none is in it. `language` is the article's, `lead` the lead's
 * address; a site's own `words` are known beside ours.
 */
export function takeWireroomParts(
  source: string,
  language: string,
  lead: string | undefined,
  words?: Overrides,
): WireroomParts | undefined {
  if (!source.includes("wr-")) return undefined;
  checkBounds(source);
  const tree = fromHtml(source, { fragment: true, verbose: true });
  const found: Found = { images: [], corrections: [], bios: [] };
  const cuts: Cut[] = [];
  const wrapper = child(tree, "div", "wr-article");
  const own = wrapper && languageOf(wrapper);
  const first = (wrapper ?? tree).children.find(
    (node) =>
      (node.type === "element" && !BEFORE_STORY.has(partOf(node) ?? "")) ||
      (node.type === "text" && node.value.trim() !== ""),
  );
  const about = { source, language: own ?? language, lead, words, first };
  visit(tree, "element", (element, _, parent) => {
    const part = partOf(element);
    const take = part === undefined ? undefined : PARTS[part];
    const { start, end } = element.position ?? {};
    if (take === undefined || start?.offset === undefined || end?.offset === undefined) return;
    const instead = take(element, found, about) ?? source.slice(start.offset, end.offset);
    const whole = part === "wr-dateline" && parent ? lonely(parent, element) : undefined;
    cuts.push({
      start: whole?.position?.start.offset ?? start.offset,
      end: instead === "" ? pastSpace(source, whole?.position?.end.offset ?? end.offset) : end.offset,
      instead,
    });
    return SKIP;
  });
  cuts.push(...tagsOf(wrapper));
  if (cuts.length === 0) return undefined;
  const html = without(source, cuts).trim();
  return {
    sponsored: false,
    excerpt: false,
    updated: false,
    ...found,
    withdrawn: found.withdrawn === true && html === "",
    html,
    ...omitUndefined({ language: own }),
  };
}

/**
 * The lead at the top comes off; any other figure stays in its place, as a figure whose words the images
 * have.
 */
function takeFigure(element: Element, found: Found, { source, lead, first }: About): string | undefined {
  // In a paragraph of its own, as feeds have it, or without, as pages and older versions do.
  const paragraph = child(element, "p");
  const image = child(element, "img") ?? (paragraph && child(paragraph, "img"));
  const src = image && property(image, "src");
  if (!image || src === undefined) return undefined;
  const caption = child(element, "figcaption");
  const inCaption = (name: string) => {
    const span = caption && child(caption, "span", name);
    return span && text(textOf(span));
  };
  const words =
    caption?.children.filter((node) => node.type !== "element" || partOf(node) === undefined) ?? [];
  const size = (name: string) => Number(property(image, name)) || undefined;
  found.images.push({
    src,
    ...omitUndefined({
      alt: property(image, "alt") || undefined,
      caption: captionOf(words.map((node) => textOf(node)).join("")),
      credit: inCaption("wr-credit"),
      copyright: inCaption("wr-copyright"),
      width: size("width"),
      height: size("height"),
    }),
  });
  if (element === first && src === (lead ?? src)) return "";
  return `<figure>${source.slice(image.position?.start.offset, image.position?.end.offset)}</figure>`;
}

/** A caption without what stands between it and its credits; undefined where there is none. */
function captionOf(words: string): string | undefined {
  // Between credit and copyright a comma, before them a dash; older versions wrote neither.
  const caption = text(words.replace(/(?:^| )—\s*,?\s*$/, ""));
  return caption === "" || caption === "," ? undefined : caption;
}

function takeCorrections(element: Element, found: Found, about: About): string {
  for (const line of element.children) {
    const label = line.type === "element" ? child(line, "strong") : undefined;
    if (line.type !== "element" || !label) continue;
    const whole = text(textOf(line));
    const words = text(textOf(label));
    const correction = readCorrection(
      words,
      text(whole.slice(words.length)),
      languageOf(label) ?? about.language,
      about.words,
    );
    if (correction) found.corrections.push(correction);
  }
  return "";
}

const partOf = ({ properties }: Element): string | undefined =>
  Array.isArray(properties.className)
    ? properties.className.map(String).find((name) => name.startsWith("wr-"))
    : undefined;

const property = ({ properties }: Element, name: string): string | undefined =>
  properties[name] === undefined || properties[name] === null ? undefined : String(properties[name]);

const languageOf = (element: Element): string | undefined => property(element, "lang");

function child(parent: Element | Root, name: string, part?: string): Element | undefined {
  const children: readonly RootContent[] = parent.children;
  return children.find(
    (node): node is Element =>
      node.type === "element" && node.tagName === name && (part === undefined || partOf(node) === part),
  );
}

/** The paragraph that holds nothing but `element`. */
const lonely = (parent: Element | Root, element: Element): Element | undefined =>
  parent.type === "element" &&
  parent.tagName === "p" &&
  parent.children.every((node) => node === element || (node.type === "text" && node.value.trim() === ""))
    ? parent
    : undefined;

/** The wrapper's own tags. */
function tagsOf(wrapper: Element | undefined): readonly Cut[] {
  const { opening, closing } = wrapper?.data?.position ?? {};
  return [opening, closing].flatMap((tag) =>
    tag?.start.offset === undefined || tag.end.offset === undefined
      ? []
      : [{ start: tag.start.offset, end: tag.end.offset, instead: "" }],
  );
}

// One space or line end behind a part is the one that was written with it.
const pastSpace = (source: string, end: number): number =>
  source[end] === " " || source[end] === "\n" ? end + 1 : end;

function without(source: string, cuts: readonly Cut[]): string {
  let done = 0;
  let kept = "";
  for (const { start, end, instead } of cuts.toSorted((a, b) => a.start - b.start)) {
    if (start < done) continue;
    kept += source.slice(done, start) + instead;
    done = end;
  }
  return kept + source.slice(done);
}
