// An article's id: any text, since older systems gave all kinds; and the URI that stands for it where a format takes nothing
// else (RFC 4287 §4.2.6, RFC 6721 §3, ninjs).

import * as z from "zod/mini";
import { percentDecoded } from "../lib/address.ts";
import type { Problem } from "../lib/problem.ts";
import { isVisible, text } from "../lib/text.ts";
import type { Site } from "./site.ts";

// RFC 3986 §3 allows less, but an id that readers know already must stay to the letter.
const URI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[\x21-\x7e]+$/;

/** Schema: an article's id, at most 500 characters on one line. What would be folded is refused: it would be another id. */
export const idField = z.string().check(
  z.overwrite((value) => value.trim()),
  z.minLength(1),
  z.maxLength(500),
  z.refine(
    (value) => value === "" || (text(value) === value && isVisible(value)),
    "must be text on one line, without control characters or doubled spaces",
  ),
);

/**
 * An id as a URI: itself where it is one, else a tag URI of this site (RFC 4151), the same for ever. None that is minted
 * is like it: a slug has no colon.
 */
export const uriOf = (id: string, tag: Site["tag"]): string =>
  URI.test(id) ? id : prefixOf(tag) + encodeURIComponent(id);

/** The id that `uriOf` wrote so; any other URI is the id itself. */
export function idOf(uri: string, tag: Site["tag"]): string {
  if (!uri.startsWith(prefixOf(tag))) return uri;
  const id = percentDecoded(uri.slice(prefixOf(tag).length));
  return id && uriOf(id, tag) === uri ? id : uri;
}

/**
 * What is wrong with an id that is the URI of another one: two articles would be one to whoever reads Atom. Nothing for any
 * other id, so that no two ids have one URI.
 */
export function idProblems(id: string | undefined, tag: Site["tag"]): readonly Problem[] {
  if (id === undefined || idOf(id, tag) === id) return [];
  return [{ path: "id", message: `is how Atom writes the id ${idOf(id, tag)}: send that one` }];
}

const prefixOf = ({ authority, date }: Site["tag"]): string => `tag:${authority},${date}:guid:`;
