// What an item of a feed says of who may read it. Blogger's exports are Atom, with its drafts, comments and settings as
// entries; other systems have elements of their own. feedsmith knows few of them, so the item is read as it stands.

import { isObject, type JsonObject } from "../json.ts";
import type { Signs } from "../publicity.ts";
import { followTags, localName } from "./tags.ts";

// An item's own elements, and those one below: `app:control/app:draft`.
const DEEPEST_SIGN = 3;
const SIGN =
  /kind#|in-reply-to|draft|status|state|type|trashed|deleted|visibility|access|privacy|private|hidden|unlisted|publi|password|#comment/i;
// Blogger says what an entry is by a category (GData), and since 2024 by an element.
const GDATA_KIND = /^https?:\/\/schemas\.google\.com\/blogger\/\d+\/kind#(\w+)$/;
// WordPress's feeds of comments: `https://harbour.example/ferry/#comment-12`.
const COMMENT_LINK = /#comment-?\d+$/;

/** The signs of an item of RSS or Atom. */
export function signsIn(xml: string): Signs {
  const signs = new Map<string, string[]>();
  if (!SIGN.test(xml)) return signs;
  const add = (name: string, value: string) => signs.set(name, [...(signs.get(name) ?? []), value]);
  let depth = 0;
  let value = "";
  followTags(xml, (parser) => {
    const append = (piece: string) => {
      if (value.length < LONGEST_SIGN_CHARACTERS) value += piece;
    };
    parser.on("text", append);
    parser.on("cdata", append);
    parser.on("opentag", ({ name, attributes }) => {
      depth++;
      value = "";
      if (depth !== 2) return;
      if (localName(name) === "in-reply-to") add("in-reply-to", "");
      const [, kind] = (localName(name) === "category" && GDATA_KIND.exec(attributes.term ?? "")) || [];
      if (kind !== undefined) add("kind", kind);
    });
    parser.on("closetag", ({ name }) => {
      const local = localName(name);
      if (depth >= 2 && depth <= DEEPEST_SIGN) {
        add(name === "blogger:type" ? "kind" : local, value);
        if (["link", "guid"].includes(local) && COMMENT_LINK.test(value.trim())) add("kind", "comment");
      }
      depth--;
      value = "";
    });
  });
  return signs;
}

const LONGEST_SIGN_CHARACTERS = 1000;

/** The signs of an item of JSON Feed: its fields, and those of extensions, which start with `_`. */
export function signsInJson(item: JsonObject): Signs {
  const signs = new Map<string, string[]>();
  const collect = (object: JsonObject) => {
    for (const [key, value] of Object.entries(object)) {
      const written = key.replace(/^_/, "").toLowerCase();
      const name = written === "type" ? "kind" : written;
      if (["string", "boolean", "number"].includes(typeof value))
        signs.set(name, [...(signs.get(name) ?? []), String(value)]);
      else if (key.startsWith("_") && isObject(value)) collect(value);
    }
  };
  collect(item);
  return signs;
}
