// Names in an author field, of a page's metadata or a feed: without the words that systems put round them, and
// without what is no name, such as `admin` or an address.

import type { Role } from "../../article/byline.ts";
import { webUrl } from "../../lib/address.ts";
import { text } from "../../lib/text.ts";
import type { ImportedByline } from "../importer.ts";
import { splitNames } from "./read-byline.ts";

// Words round the name in a link to the author's other articles, and before the name in a byline.
const BEFORE_NAMES = new RegExp(
  `^(?:${[
    "(?:view|see|read|show)?\\s*(?:all\\s+|more\\s+|other\\s+)?(?:posts|articles|stories|entries)\\s+(?:by|from|of)|more\\s+(?:by|from)",
    "(?:posted|written|published|words|text|story|report(?:ed|ing)?)\\s+by|about|follow|author(?:\\(?s\\)?)?|autor(?:in|a|e|es)?|auteure?|yazar|forfatter|автор",
    "(?:zeige\\s+|zum\\s+)?(?:alle\\s+)?(?:beiträge|artikel)\\s+(?:von|av|af)|alle\\s+(?:berichten|artikelen)\\s+(?:van|door)|über",
    "(?:voir\\s+)?(?:tous\\s+)?les\\s+(?:articles|billets)\\s+(?:de|par)|publié\\s+par|à\\s+propos\\s+de",
    "(?:ver\\s+)?(?:todas?\\s+las?\\s+)?entradas\\s+(?:de|por)|(?:ver\\s+)?todos\\s+os\\s+(?:posts|artigos)\\s+(?:de|por)|(?:publicado|escrito|postado)\\s+por|sobre",
    "(?:vedi\\s+)?tutti\\s+gli\\s+articoli\\s+(?:di|da)|scritto\\s+da|visa\\s+alla\\s+inlägg\\s+av|(?:посмотреть\\s+)?все\\s+записи(?:\\s+автора)?",
    "by|von|par|por|di|door|af|av",
  ].join("|")})\\s*:?\\s+(?=\\S)`,
  "iu",
);
const AFTER_NAMES = /\s+(?:anzeigen|ansehen|bekijken|['’]s (?:posts|articles|page|profile))$/iu;

// What systems write where there is no author.
const NOBODY = new RegExp(
  `^(?:${[
    "[^\\p{L}]*|no\\s?author|none|null|nil|undefined|unknown|anonymous|anonym|n/?a|guest|not\\s+set|default|test",
    "\\w*admin(?:istrator)?\\d*|administrador|webmaster|root|(?:super)?user\\d*|author|autor(?:in)?|auteur|by|editor\\d*",
    "(?:view|see|show)\\s+(?:all|more).*|all\\s+posts|alle\\s+beiträge|alle\\s+artikel|tous\\s+les\\s+articles|more|share|follow|read\\s+more",
  ].join("|")})$`,
  "iu",
);

// An address where a name should be; a paper may be called by its host.
const ADDRESS = /^(?:https?:\S*|www\.\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:\/\S*)?)$/i;

/** Bylines in an author field: a name, or several as a line would have them. An address is no name. */
export function bylinesIn(written: string, role?: Role): readonly ImportedByline[] {
  if (isAddress(written) || written.startsWith("@")) return [];
  return splitNames(bareName(written))
    .filter(({ name }) => !isNobody(name))
    .map((byline) => ({
      ...byline,
      ...(role === undefined ? {} : { role: byline.role ?? role }),
    }));
}

// "Von Trier" is a name; "Von Marta Quill" holds one.
const PARTICLE = /^(?:von|di|af|av|par|por|door)\s+\S+$/i;

/** A name without the words round it: `View all posts by Marta Quill`. */
export function bareName(written: string): string {
  const name = text(written);
  if (PARTICLE.test(name)) return name;
  return name.replace(BEFORE_NAMES, "").replace(AFTER_NAMES, "").trim();
}

/** True for a web or e-mail address, or a host. */
export const isAddress = (written: string): boolean =>
  webUrl(written) !== undefined || ADDRESS.test(written.trim());

/** True for what stands where there is no author. */
export const isNobody = (name: string): boolean => NOBODY.test(name.trim()) || isAddress(name);
