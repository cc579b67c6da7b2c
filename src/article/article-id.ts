// An article's id: any text, since other systems have ids of every kind. Formats that only take URIs get a
// URI for it (RFC 4287 §4.2.6, RFC 6721 §3, ninjs).

import * as z from "zod/mini";
import { percentDecoded } from "../lib/address.ts";
import type { Problem } from "../lib/problem.ts";
import { isVisible, text } from "../lib/text.ts";
import { t } from "../lib/translate.ts";
import type { Site } from "./site.ts";

// RFC 3986 §3 allows less, but an id that readers know already must not change.
const URI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[\x21-\x7e]+$/;

/**
 * Schema: an article's id, at most 500 characters on one line. Text that would be folded is refused, since it
 * would be another id.
 */
export const idField = z.string().check(
  z.overwrite((value) => value.trim()),
  z.minLength(1),
  z.maxLength(500),
  z.refine(
    (value) => value === "" || (text(value) === value && isVisible(value)),
    t("must be text on one line, without control characters or doubled spaces"),
  ),
);

/**
 * An id as a URI: itself if it is one, else a tag URI of this site (RFC 4151), which never changes.
 */
export const uriOf = (id: string, tag: Site["tag"]): string =>
  URI.test(id) ? id : prefixOf(tag) + encodeURIComponent(id);

/** The id that `uriOf` made this URI of; any other URI is the id itself. */
export function idOf(uri: string, tag: Site["tag"]): string {
  if (!uri.startsWith(prefixOf(tag))) return uri;
  const id = percentDecoded(uri.slice(prefixOf(tag).length));
  return id && uriOf(id, tag) === uri ? id : uri;
}

/**
 * The problem with an id that is another id's URI: feed readers would take the two articles for one. No
 * problems for any other id, so that no two ids have the same URI.
 */
export function idProblems(id: string | undefined, tag: Site["tag"]): readonly Problem[] {
  if (id === undefined || idOf(id, tag) === id) return [];
  return [{ path: "id", message: t("is how Atom writes the id {id}: send that one", { id: idOf(id, tag) }) }];
}

const prefixOf = ({ authority, date }: Site["tag"]): string => `tag:${authority},${date}:guid:`;
