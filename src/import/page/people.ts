// Names of people as metadata and markup give them.

import type { Role } from "../../article/byline.ts";
import { webUrl } from "../../lib/address.ts";
import type { ImportedByline } from "../importer.ts";
import { splitNames } from "../text/byline.ts";
import { type Follow, isNode, listOf, type Node, textOf, urlOf } from "./schema.ts";

// What a link to an author's other texts says, or a line above the text.
const BEFORE_NAMES =
  /^(?:view all posts by|all posts by|posts by|posted by|written by|alle beiträge von|alle artikel von|voir tous les articles de|ver todas las entradas de|vedi tutti gli articoli di|by|von|par|por|di|door)\s*:?\s+(?=\S)/i;
// What systems write where there is nobody.
const NOBODY =
  /^(?:\W*|no author|none|null|undefined|unknown|anonymous|admin|administrator|author|webmaster|root|user|superuser|alle beiträge|view all posts)$/i;

/** Bylines in text of metadata: a name, or several as a line would have them. An address is no name. */
export function bylinesIn(written: string, role?: Role): readonly ImportedByline[] {
  if (webUrl(written) !== undefined || written.startsWith("@")) return [];
  return splitNames(written.replace(BEFORE_NAMES, "").trim())
    .filter(({ name }) => !NOBODY.test(name.trim()))
    .map((byline) => ({
      ...byline,
      ...(role === undefined ? {} : { role: byline.role ?? role }),
    }));
}

/** Bylines of a schema.org property: text, people, organisations. */
export const bylinesOf = (value: unknown, follow: Follow, role?: Role): readonly ImportedByline[] =>
  listOf(value).flatMap((each) => {
    if (isNode(each)) return personOf(follow(each), follow, role);
    const name = textOf(each, follow);
    return name === undefined ? [] : bylinesIn(name, role);
  });

function personOf(node: Node, follow: Follow, role: Role | undefined): readonly ImportedByline[] {
  const names = listOf(node.name).flatMap((name) => textOf(name, follow) ?? []);
  const url = urlOf(node.url, follow);
  const details = Object.entries({
    affiliation: textOf(node.affiliation ?? node.worksFor, follow),
    url,
    avatar: urlOf(node.image, follow),
    email: textOf(node.email, follow)?.replace(/^mailto:/i, ""),
    bio: textOf(node.description, follow),
  }).filter(([, detail]) => detail !== undefined);
  // What one entry says of a person can't be true of two.
  const bylines = names.flatMap((name) => bylinesIn(name, role));
  return bylines.length === 1
    ? bylines.map((byline) => ({ ...byline, ...Object.fromEntries(details) }))
    : bylines;
}

/** Each name once with each role, without the publication's own. */
export function withoutPublication(
  bylines: readonly ImportedByline[],
  publication: readonly string[],
): readonly ImportedByline[] {
  const seen = new Set(publication.map((name) => `${name.toLowerCase()} `));
  return bylines.filter(({ name, role = "author" }) => {
    const key = `${name.toLowerCase()} ${role === "author" ? "" : role}`;
    return !seen.has(key) && seen.add(key);
  });
}
