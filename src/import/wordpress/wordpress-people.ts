// Who wrote a post: WordPress's users, and the guests of Co-Authors Plus.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import { slugify } from "../../lib/text.ts";
import type { ImportedByline } from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import type { Attachments } from "./attachments.ts";
import type { Wxr, WxrItem } from "./wxr.ts";

/** The people that an export knows. */
export interface People {
  /** The bylines of a post, in the order in which the export names them. */
  bylinesOf(item: WxrItem, note: (sentence: string) => void): readonly ImportedByline[];
}

/** Reads everybody that an export knows. */
export function peopleIn(
  { authors, items }: Pick<Wxr, "authors" | "items">,
  attachments: Attachments,
): People {
  // Users first: a guest that is linked with one says more of that person.
  const known = new Map<string, ImportedByline>();
  for (const fields of authors) {
    const login = fields.get("wp:author_login")?.trim() ?? "";
    const person = userOf(fields);
    if (person) for (const key of keysOf(login)) known.set(key, person);
  }
  for (const item of items) {
    const guest = isGuest(item) ? guestOf(item, attachments) : undefined;
    if (!guest) continue;
    for (const key of ["cap-user_login", "cap-linked_account"].flatMap((name) =>
      keysOf(item.meta.get(name) ?? ""),
    ))
      known.set(key, guest);
    for (const key of keysOf(withoutPrefix(item.fields.get("wp:post_name") ?? ""))) known.set(key, guest);
  }
  return {
    bylinesOf({ terms, fields }, note) {
      const authors = terms.filter(({ domain }) => domain === "author");
      const named = authors.map(({ nicename, name }) => ({
        keys: [withoutPrefix(nicename), name].flatMap(keysOf),
        name,
      }));
      const creator = fields.get("dc:creator")?.trim() ?? "";
      const people =
        named.length > 0 ? named : creator === "" ? [] : [{ keys: keysOf(creator), name: creator }];
      return people.map(({ keys, name }) => {
        const person = keys.map((key) => known.get(key)).find((candidate) => candidate !== undefined);
        if (person) return person;
        // Only the login is known.
        if (!/\s/.test(name.trim())) note(`its author is known by the login alone: ${name.trim()}`);
        return { name: name.trim() };
      });
    },
  };
}

/** True for an author of Co-Authors Plus who is no user. */
const isGuest = ({ fields }: WxrItem): boolean => fields.get("wp:post_type") === "guest-author";

// Co-Authors Plus puts it before the slugs of its authors.
const withoutPrefix = (nicename: string): string => nicename.replace(/^cap-/, "");

// Posts name a user by the login, terms by its nicename, which is the login as a slug.
const keysOf = (login: string): readonly string[] =>
  login.trim() === "" ? [] : [login.trim(), slugify(login)].filter((key) => key !== "");

type Fields = ReadonlyMap<string, string>;

/** A user; undefined without a name. The e-mail address is what they log in with, and was never published. */
function userOf(fields: Fields): ImportedByline | undefined {
  const name =
    textOfHtml(fields.get("wp:author_display_name")) ??
    fullName(fields, "wp:author_first_name", "wp:author_last_name");
  if (name === undefined) return undefined;
  return omitUndefined({
    name,
    url: webAddress(fields.get("wp:author_url") ?? fields.get("user_url") ?? fields.get("url")),
    bio: textOfHtml(fields.get("description") ?? fields.get("wp:author_description")),
  });
}

function guestOf({ fields, meta }: WxrItem, attachments: Attachments): ImportedByline | undefined {
  const name =
    textOfHtml(meta.get("cap-display_name")) ??
    fullName(meta, "cap-first_name", "cap-last_name") ??
    textOfHtml(fields.get("title"));
  if (name === undefined) return undefined;
  const avatar = meta.get("cap-avatar") || meta.get("_thumbnail_id") || "";
  return omitUndefined({
    name,
    url: webAddress(meta.get("cap-website")),
    avatar: webAddress(attachments.byId.get(avatar)?.address ?? avatar),
    bio: textOfHtml(meta.get("cap-description")),
  });
}

const fullName = (fields: Fields, first: string, last: string): string | undefined =>
  textOfHtml([fields.get(first), fields.get(last)].filter((part) => part).join(" "));

const webAddress = (value: string | undefined): string | undefined => {
  const address = value?.trim() ?? "";
  return /^https?:\/\//i.test(address) ? address : undefined;
};
