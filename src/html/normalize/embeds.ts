// Embeds that need a script. A post of a social network keeps its quotation, with a link to the post. A
// script that shows code, a chart or the like becomes a link to its page. For the elements that such scripts
// fill see `containers.ts`.

import type { Element, Parents, RootContent } from "hast";
import { t } from "../../lib/translate.ts";
import {
  attribute,
  classesOf,
  element,
  elementsIn,
  inPlaceOf,
  isElement,
  link,
  paragraph,
  replaceChildren,
  wordsIn,
} from "../tree.ts";
import type { NormalizeContext } from "../warnings.ts";

/** What replaces a script: a link to what it shows, the TeX of a formula, or nothing. */
export function normalizeScript(
  script: Element,
  parent: Parents,
  context: NormalizeContext,
): readonly RootContent[] {
  const type = attribute(script, "type");
  const src = attribute(script, "src");
  if (MATH.test(type)) {
    const tex = script.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    return tex.trim() === "" ? [] : [{ type: "text", value: tex.trim() }];
  }
  const page = pageOfScript(context.resolve(src, "file") ?? "", script);
  if (page !== undefined) return linked(page, script, parent, context);
  // No warning about data for machines, nor about a script that only dresses an embed. Mastodon's may be on
  // any host.
  const isLoader = LOADER_SCRIPTS.test(src) || attribute(script, "dataAllowedPrefixes") !== "";
  if (!isLoader && !/\bjson\b/i.test(type)) {
    context.warnings.add(
      "script-dropped",
      t("holds {element}, which is taken out with all that is in it", { element: "<script>" }),
      script,
    );
  }
  return [];
}

/** Takes the network's logo, an SVG, out of the quotation of a post. Changes `post`. */
export function withoutLogo(post: Element): void {
  if (postIn(post) === undefined) return;
  const dropIn = (parent: Element): void =>
    replaceChildren(parent, (child) => {
      if (isElement(child)) dropIn(child);
      return isElement(child, "svg") ? [] : [child];
    });
  dropIn(post);
}

/** Reads the address of the post out of its element; undefined for an element that is no post. */
function postIn(element: Element): Address | undefined {
  if (!POST_ELEMENTS.has(element.tagName)) return undefined;
  const names = classesOf(element);
  return POSTS.find(([name]) => names.includes(name))?.[1];
}

/** The quotation of a social network's post, with a link to the post; undefined for any other element. */
export function normalizePost(post: Element, context: NormalizeContext): readonly RootContent[] | undefined {
  const addressOf = postIn(post);
  if (!addressOf) return undefined;
  const written = addressOf(post);
  const address = written === undefined ? undefined : context.resolve(written, "link");
  const hasLink = (to: string) =>
    [...elementsIn(post)].some((inner) => inner.tagName === "a" && isSamePage(attribute(inner, "href"), to));
  if (wordsIn(post) === "") {
    if (address === undefined) return undefined;
    reportLink(address, post, context);
    return [paragraph(link(address))];
  }
  const quote = post.tagName === "blockquote" ? post : quoteIn(post);
  if (address !== undefined && !hasLink(address)) quote.children.push(paragraph(link(address)));
  quote.properties = Object.fromEntries(Object.entries(quote.properties).filter(([name]) => name !== "cite"));
  return [quote];
}

const POST_ELEMENTS: ReadonlySet<string> = new Set(["blockquote", "div", "section"]);

/** The quotation in a post's element: Facebook puts it into a box. */
function quoteIn(box: Element): Element {
  const only = box.children.filter((child) => child.type !== "text" || child.value.trim() !== "");
  const [first] = only;
  if (only.length === 1 && first && isElement(first, "blockquote")) return first;
  return element("blockquote", {}, ...box.children);
}

type Address = (post: Element) => string | undefined;

const from =
  (name: string): Address =>
  (post) =>
    withoutTracking(attribute(post, name));

const lastLink: Address = (post) =>
  withoutTracking(attribute([...elementsIn(post)].findLast((e) => e.tagName === "a") ?? post, "href"));

// A class of the post's element, and how to read the post's address.
const POSTS: readonly (readonly [string, Address])[] = [
  ["twitter-tweet", lastLink],
  ["twitter-video", lastLink],
  ["instagram-media", from("dataInstgrmPermalink")],
  ["tiktok-embed", from("cite")],
  ["fb-post", from("dataHref")],
  ["fb-video", from("dataHref")],
  ["text-post-media", from("dataTextPostPermalink")],
  ["mastodon-embed", (post) => withoutTracking(attribute(post, "dataEmbedUrl"))?.replace(/\/embed$/, "")],
  ["bluesky-embed", bluesky],
  ["reddit-embed-bq", lastLink],
  ["reddit-card", lastLink],
  ["imgur-embed-pub", imgur],
];

function bluesky(post: Element): string | undefined {
  const uri = /^at:\/\/(did:[\w:.-]+)\/app\.bsky\.feed\.post\/(\w+)$/.exec(attribute(post, "dataBlueskyUri"));
  return uri ? `https://bsky.app/profile/${uri[1]}/post/${uri[2]}` : undefined;
}

function imgur(post: Element): string | undefined {
  const id = attribute(post, "dataId");
  return /^(?:a\/)?\w+$/.test(id) ? `https://imgur.com/${id}` : undefined;
}

/** The address without parameters that only track where people come from. */
function withoutTracking(address: string): string | undefined {
  if (!URL.canParse(address)) return address === "" ? undefined : address;
  const url = new URL(address);
  const counted = [...url.searchParams.keys()].filter((name) =>
    /^(?:utm_.*|igsh?|ref_src|ref_url)$/i.test(name),
  );
  if (counted.length === 0) return address;
  for (const name of counted) url.searchParams.delete(name);
  return url.href;
}

function isSamePage(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return a === b;
  const [one, other] = [new URL(a), new URL(b)];
  return one.host === other.host && one.pathname.replace(/\/$/, "") === other.pathname.replace(/\/$/, "");
}

/** A link to what would have been shown, with a warning. */
export function linked(
  page: string,
  instead: Element,
  parent: Parents,
  context: NormalizeContext,
): readonly RootContent[] {
  reportLink(page, instead, context);
  return [inPlaceOf(instead, parent, link(page))];
}

function reportLink(page: string, instead: Element, { warnings }: NormalizeContext): void {
  const host = URL.canParse(page) ? new URL(page).host : page;
  warnings.add(
    "embed-became-link",
    t("holds what a script of {host} shows, which becomes a link", { host }),
    instead,
  );
}

// Formulas that MathJax draws.
const MATH = /^math\/(?:tex|asciimath)/i;

/** True for a script that is a formula, or shows something that has a page of its own. */
export function isScriptOfText(script: Element): boolean {
  if (script.tagName !== "script") return false;
  const src = attribute(script, "src");
  return (
    MATH.test(attribute(script, "type")) ||
    pageOfScript(src.startsWith("//") ? `https:${src}` : src, script) !== undefined
  );
}

function pageOfScript(address: string, script: Element): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  for (const [wanted, path, page] of SCRIPTS) {
    const match = host === wanted && path.exec(pathname);
    const found = match ? page(match, script) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

type ScriptPage = (path: RegExpExecArray, script: Element) => string | undefined;

// Host and path of a script, and the page that shows the same.
const SCRIPTS: readonly (readonly [string, RegExp, ScriptPage])[] = [
  ["gist.github.com", /^\/((?:[\w-]+\/)?\w+)\.js$/, ([, gist]) => `https://gist.github.com/${gist}`],
  ["gitlab.com", /^\/(.*snippets\/\d+)\.js$/, ([, snippet]) => `https://gitlab.com/${snippet}`],
  [
    "datawrapper.dwcdn.net",
    /^\/(\w+)\/(?:\d+\/)?embed\.js$/,
    ([, chart]) => `https://datawrapper.dwcdn.net/${chart}/`,
  ],
  ["asciinema.org", /^\/a\/(\w+)\.js$/, ([, id]) => `https://asciinema.org/a/${id}`],
  ["speakerdeck.com", /embed\.js$/, (_, script) => withId(script, "https://speakerdeck.com/player/")],
  [
    "e.infogram.com",
    /embed/,
    (_, script) => infogram(/^infogram_\d+_([\w-]+)$/.exec(attribute(script, "id"))?.[1]),
  ],
  ["jsfiddle.net", /^\/((?:\w+\/)?\w+)\/embed\//, ([, fiddle]) => `https://jsfiddle.net/${fiddle}/`],
  ["secure.polldaddy.com", /^\/p\/(\d+)\.js$/, ([, poll]) => `https://poll.fm/${poll}`],
  [
    "telegram.org",
    /^\/js\/telegram-widget\.js$/,
    (_, script) => postOfTelegram(attribute(script, "dataTelegramPost")),
  ],
  ["cdn.jwplayer.com", /^(\/players\/\w+-\w+)\.js$/, ([, film]) => `https://cdn.jwplayer.com${film}.html`],
  ["static.polldaddy.com", /^\/p\/(\d+)\.js$/, ([, poll]) => `https://poll.fm/${poll}`],
];

const withId = (script: Element, page: string): string | undefined =>
  /^\w+$/.test(attribute(script, "dataId")) ? page + attribute(script, "dataId") : undefined;
/** The page of a chart of Infogram. */
export const infogram = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : `https://infogram.com/${id}`;

const postOfTelegram = (post: string): string | undefined =>
  /^\w+\/\d+$/.test(post) ? `https://t.me/${post}` : undefined;

// Scripts that only dress the embed beside them.
const LOADER_SCRIPTS =
  /^(?:https?:)?\/\/(?:platform\.(?:twitter|x|instagram)\.com|www\.(?:instagram|tiktok|threads)\.(?:com|net)|connect\.facebook\.net|embed\.(?:bsky\.app|reddit(?:media)?\.com)|s\.imgur\.com|public\.flourish\.studio|e\.infogram\.com|cdn\.(?:embedly\.com|iframe\.ly)|codepen\.io|cpwebassets\.codepen\.io|static\.codepen\.io|polyfill\.io|assets\.pinterest\.com|players\.brightcove\.net|player\.vimeo\.com\/api|www\.youtube\.com\/(?:iframe_api|player_api))/i;
