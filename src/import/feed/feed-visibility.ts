// What an item of a feed says of who may read it. Blogger's exports are Atom, with its drafts, comments and
// settings as entries; other systems have elements of their own. feedsmith knows few of them, so the item is
// read as it stands.

import { isObject, type JsonObject } from "../parse-json.ts";
import { collectSigns, type Sign, type Signs, signOf } from "../visibility.ts";
import { WXR_NAMESPACE } from "../wordpress/wxr.ts";
import { followTags, localName, type Namespaces, namespacesIn } from "./split-feed.ts";

// An item's own elements, and those one or two below: `app:control/app:draft`.
const DEEPEST_SIGN = 4;
// A prefix that nothing declares stands for itself.
const BLOGGER = /^(?:blogger|https?:\/\/schemas\.google\.com\/blogger\/\d+)$/;
const MEDIA = /^(?:media|https?:\/\/search\.yahoo\.com\/mrss\/?)$/;
// Blogger said what an entry is by a category (GData) until 2024, and says it by an element since.
const GDATA_KIND = /^https?:\/\/schemas\.google\.com\/blogger\/\d+\/kind#(\w+)$/;
// WordPress's feeds of comments: `https://harbour.example/ferry/#comment-12`.
const COMMENT_LINK = /#comment-?\d+$/;
// Content and authors: nothing in these says who may read the item.
const PARTS = new Set([
  ...["title", "content", "encoded", "summary", "description", "body"],
  ...["author", "authors", "contributor", "source", "attachments"],
]);
const LONGEST_VALUE_CHARACTERS = 1000;

/** The signs of an item of RSS or Atom; `surrounding` are the namespaces that are declared above it. */
export function signsIn(xml: string, surrounding: Namespaces): Signs {
  const { signs, add } = collectSigns();
  const open: { readonly sign: Sign | undefined; readonly namespaces: Namespaces }[] = [];
  // How many elements are open in a part that is skipped.
  let passedOver = 0;
  let value = "";
  const uriOf = (name: string, own: Namespaces): string => {
    const prefix = name.slice(0, Math.max(0, name.indexOf(":")));
    const scopes = [own, ...open.map(({ namespaces }) => namespaces).reverse(), surrounding];
    return scopes.find((scope) => Object.hasOwn(scope, prefix))?.[prefix] ?? prefix;
  };
  const append = (piece: string) => {
    if (passedOver === 0 && value.length < LONGEST_VALUE_CHARACTERS) value += piece;
  };
  followTags(xml, (parser) => {
    parser.on("text", append);
    parser.on("cdata", append);
    parser.on("opentag", ({ name, attributes, isSelfClosing }) => {
      value = "";
      const isItem = open.length === 0;
      const local = localName(name);
      const namespaces = namespacesIn(attributes);
      const uri = passedOver > 0 ? "" : uriOf(name, namespaces);
      const isPart = !isItem && PARTS.has(local) && !MEDIA.test(uri);
      if (passedOver > 0 || isPart || open.length === DEEPEST_SIGN) {
        passedOver++;
        return;
      }
      const { term = "", scheme, domain = "", rel = "alternate", href = "" } = attributes;
      const subject = local === "category" ? (/[^/#]*$/.exec(scheme ?? domain)?.[0] ?? "") : local;
      const sign = isItem ? undefined : signFor(subject, uri);
      open.push({ sign, namespaces });
      const written = Object.entries(attributes).filter(([key]) => !/^xmlns(?::|$)/.test(key));
      if (
        sign === "reply" ||
        (sign !== undefined && FLAGS.has(sign) && isSelfClosing && written.length === 0)
      )
        add(sign, "yes");
      for (const [key, said] of written) {
        const own = signOf(localName(key));
        if (sign !== undefined) add(sign, said);
        // A `type` further down is about a file or a text.
        else if (own !== undefined && (own !== "type" || isItem)) add(own, said);
      }
      const [, kind] = (local === "category" && GDATA_KIND.exec(term)) || [];
      if (kind !== undefined) add("kind", kind);
      if (local === "link" && rel === "alternate" && COMMENT_LINK.test(href)) add("kind", "comment");
    });
    parser.on("closetag", ({ name }) => {
      if (passedOver > 0) {
        passedOver--;
        return;
      }
      const { sign = open.at(-2)?.sign } = open.at(-1) ?? {};
      if (sign !== undefined && value.trim() !== "") add(sign, value);
      if (open.length === 2 && /^(?:link|guid|id)$/.test(localName(name)) && COMMENT_LINK.test(value.trim()))
        add("kind", "comment");
      open.pop();
      value = "";
    });
  });
  return signs;
}

// For these an empty element counts: `<x:draft/>`.
const FLAGS: ReadonlySet<Sign> = new Set(["draft", "private", "gone"]);

/** What an element is a sign of. Where Blogger's and WordPress's namespaces are, their words are known. */
function signFor(
  local: string,
  uri: string,
): Parameters<ReturnType<typeof collectSigns>["add"]>[0] | undefined {
  const sign = signOf(local);
  const isKnown = BLOGGER.test(uri) || WXR_NAMESPACE.test(uri);
  if (!isKnown) return sign;
  return sign === "type" ? "kind" : sign === "status" ? "own status" : sign;
}

/** The signs of an item of JSON Feed: its fields, and those of objects in it, as extensions are. */
export function signsInJson(item: JsonObject): Signs {
  const { signs, add } = collectSigns();
  const collect = (object: JsonObject, depth: number, about?: Sign) => {
    for (const [key, value] of Object.entries(object)) {
      if (PARTS.has(key)) continue;
      const own = signOf(key);
      const sign = own === "type" ? "kind" : (own ?? about);
      for (const one of Array.isArray(value) ? value : [value]) {
        if (sign !== undefined && ["string", "boolean", "number"].includes(typeof one))
          add(sign, String(one));
        else if (isObject(one) && !Array.isArray(value) && depth < DEEPEST_SIGN)
          collect(one, depth + 1, sign);
      }
    }
  };
  collect(item, 1);
  return signs;
}
