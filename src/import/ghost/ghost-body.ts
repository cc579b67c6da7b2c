// The text of a Ghost post as everybody saw it: parts for members or e-mail are taken out first, then Ghost's
// cards (https://ghost.org/docs/themes/content/) become HTML that needs no styles and scripts of Ghost's.

import type { Element, ElementContent, Parents } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { checkBounds } from "../../html/parse.ts";
import { attribute, elementsIn, isElement, replaceChildren, wordsIn } from "../../html/tree.ts";
import type { Resolve } from "../../html/warnings.ts";
import { webUrl } from "../../lib/address.ts";
import { type NormalizedHtml, normalizeHtml, resolveFrom } from "../normalize-html.ts";
import type { CardContext } from "./ghost-cards.ts";
import { lexicalHtml } from "./ghost-lexical.ts";
import { mobiledocHtml } from "./ghost-mobiledoc.ts";
import type { PostRow } from "./ghost-tables.ts";

/** Reads the body of `post`; `note` is told what is left out. */
export function bodyOf(
  post: PostRow,
  { resolve }: SiteAddresses,
  note: (sentence: string) => void,
  context: CardContext = {},
): NormalizedHtml {
  try {
    const source = sourceOf(post, note, context);
    if (source === undefined) return { html: "", images: [], problem: UNREADABLE };
    const { html, hidden, paywall } = withoutHidden(source);
    if (hidden > 0) note(`parts for members or e-mails alone are left out: ${hidden}`);
    if (paywall) note("a paywall stands in its text: what follows it was for members");
    return normalizeHtml(plainCards(html), resolve);
  } catch (error) {
    // As in `normalizeHtml`: trees are walked recursively.
    if (error instanceof RangeError) return { html: "", images: [], problem: "is nested too deeply" };
    throw error;
  }
}

const UNREADABLE = "has no HTML in the export: open it in Ghost, save it, and export again";

/** The post's HTML, or what its editor's document makes; undefined for one that can't be read. */
function sourceOf(
  { html, lexical, mobiledoc }: PostRow,
  note: (sentence: string) => void,
  context: CardContext,
): string | undefined {
  if (html || (!lexical && !mobiledoc)) return html ?? "";
  const read =
    (lexical ? lexicalHtml(lexical, context) : undefined) ??
    (mobiledoc ? mobiledocHtml(mobiledoc, context) : undefined);
  if (!read) return undefined;
  note("its text is made of what Ghost's editor keeps, since its HTML is missing");
  if (read.unknown.size > 0) note(`cards are left out: ${[...read.unknown].join(", ")}`);
  return read.html;
}

/** Marks that hide what follows, each with what ends it. */
const HIDING: readonly (readonly [begin: RegExp, end: string])[] = [
  [/^kg-card-begin: email(?:-cta)?$/, "kg-card-end: email"],
  // Written for members of some kind, and not for everybody: `nonMember:true` is.
  [/^kg-gated-block:begin(?! nonMember:true\b)/, "kg-gated-block:end"],
];

/** HTML as everybody saw it. */
interface Shown {
  readonly html: string;
  /** How many parts were taken out. */
  readonly hidden: number;
  /** True where Ghost's paywall stands in it. */
  readonly paywall: boolean;
}

/** Takes out of `html` what only some saw. A part that never ends hides all that follows. */
function withoutHidden(html: string): Shown {
  let written = "";
  let hidden = 0;
  let paywall = false;
  let end: string | undefined;
  let done = 0;
  for (let start = html.indexOf("<!--"); start !== -1; start = html.indexOf("<!--", done)) {
    const close = html.indexOf("-->", start);
    if (close === -1) break;
    const comment = html.slice(start + "<!--".length, close).trim();
    if (end === undefined) {
      written += html.slice(done, start);
      end = HIDING.find(([begin]) => begin.test(comment))?.[1];
      if (end !== undefined) hidden++;
      if (comment === "members-only") paywall = true;
    } else if (comment.startsWith(end)) end = undefined;
    done = close + "-->".length;
  }
  return { html: end === undefined ? written + html.slice(done) : written, hidden, paywall };
}

type Card = (card: Element) => readonly ElementContent[];

const CARDS: ReadonlyMap<string, Card> = new Map<string, Card>([
  [
    "kg-bookmark-card",
    (card) => [
      ...link(within(card, "kg-bookmark-container"), within(card, "kg-bookmark-title")),
      ...caption(card),
    ],
  ],
  [
    "kg-file-card",
    (card) => [
      ...link(within(card, "kg-file-card-container"), within(card, "kg-file-card-title")),
      ...paragraph(within(card, "kg-file-card-caption")),
    ],
  ],
  ["kg-audio-card", (card) => [...link(tagged(card, "audio"), within(card, "kg-audio-title"))]],
  ["kg-video-card", (card) => link(tagged(card, "video"), tagged(card, "figcaption"))],
  ["kg-callout-card", callout],
  ["kg-toggle-card", toggle],
  [
    "kg-gallery-card",
    (card) => [...all(card, "img").map((image) => make("figure", [image])), ...caption(card)],
  ],
  ["kg-signup-card", () => []],
]);

/** Replaces the cards in `html`. @throws RangeError for what is nested too deeply to walk. */
function plainCards(html: string): string {
  checkBounds(html);
  const tree = fromHtml(html, { fragment: true });
  replaceCards(tree);
  return toHtml(tree);
}

function replaceCards(parent: Parents): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child)) return [child];
    // Ghost's `src` is the picture as it was uploaded, the others are smaller.
    if (child.tagName === "img" && attribute(child, "src") !== "") delete child.properties.srcSet;
    replaceCards(child);
    const card = classesOf(child)
      .map((name) => CARDS.get(name))
      .find((found) => found !== undefined);
    return card ? [...card(child)] : [child];
  });
}

const classesOf = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

const all = (card: Element, tagName: string): readonly Element[] =>
  [...elementsIn(card)].filter((element) => element.tagName === tagName);

const tagged = (card: Element, tagName: string): Element | undefined => all(card, tagName)[0];

const within = (card: Element, className: string): Element | undefined =>
  [...elementsIn(card)].find((element) => classesOf(element).includes(className));

const make = (
  tagName: string,
  children: readonly ElementContent[],
  properties: Element["properties"] = {},
): Element => ({
  type: "element",
  tagName,
  properties,
  children: [...children],
});

/** A paragraph that links to what `target` links to or plays, with the words of `label`, else the address. */
function link(target: Element | undefined, label: Element | undefined): readonly Element[] {
  const href = target ? attribute(target, "href") || attribute(target, "src") : "";
  if (href === "") return [];
  const words = label ? wordsIn(label) : "";
  return [make("p", [make("a", [{ type: "text", value: words || href }], { href })])];
}

const paragraph = (element: Element | undefined): readonly Element[] =>
  element && wordsIn(element) !== "" ? [make("p", element.children)] : [];

const caption = (card: Element): readonly Element[] => paragraph(tagged(card, "figcaption"));

function callout(card: Element): readonly Element[] {
  const emoji = within(card, "kg-callout-emoji");
  const sign: ElementContent[] = emoji ? [{ type: "text", value: `${wordsIn(emoji)} ` }] : [];
  return [make("aside", [make("p", [...sign, ...(within(card, "kg-callout-text")?.children ?? [])])])];
}

function toggle(card: Element): readonly ElementContent[] {
  const heading = within(card, "kg-toggle-heading-text");
  return [
    ...(heading ? [make("h4", [{ type: "text", value: wordsIn(heading) }])] : []),
    ...(within(card, "kg-toggle-content")?.children ?? []),
  ];
}

const PLACEHOLDER = "__GHOST_URL__";

/** Resolves the addresses of an export. */
export interface SiteAddresses {
  readonly resolve: Resolve;
  /** True once an address was met that is known only from the site's start. */
  readonly unplaced: boolean;
}

/** Addresses of a post on the site at `site`, if that is known. */
export function addressesOn(site: string | undefined): SiteAddresses {
  const usual = resolveFrom(site === undefined ? undefined : `${site}/`);
  const state = { unplaced: false };
  const resolve: Resolve = (address, kind) => {
    const path = pathOf(address.trim());
    if (path === undefined) return usual(address, kind);
    if (site !== undefined) return webUrl(site + path);
    state.unplaced = true;
    // Ghost's `content` folder, put beside the export, has the pictures.
    return kind === "file" ? path.replace(/^\/+/, "") : path || "/";
  };
  return {
    resolve,
    get unplaced() {
      return state.unplaced;
    },
  };
}

function pathOf(address: string): string | undefined {
  if (address.startsWith(PLACEHOLDER)) return address.slice(PLACEHOLDER.length);
  return address.startsWith("/content/") ? address : undefined;
}
