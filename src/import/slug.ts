// The name of an article's folder and address, out of what the source offers.

import anyAscii from "any-ascii";
import { percentDecoded } from "../lib/address.ts";
import { slugify } from "../lib/text.ts";

// The model allows 120, but people read addresses.
const SLUG_CHARACTERS = 80;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * A text as a slug (`slugField`): other scripts in Latin letters, cut at a word; "" where nothing is left.
 */
export function slugOf(text: string): string {
  // The text may be a megabyte long; only what can end up in a slug is read.
  const latin = anyAscii(text.slice(0, 4 * SLUG_CHARACTERS)).replaceAll("'", "");
  const slug = slugify(latin).replace(/[^a-z0-9-]/g, "");
  // Windows can't make a folder of that name.
  if (DEVICE.test(slug)) return `${slug}-1`;
  if (slug.length <= SLUG_CHARACTERS) return slug;
  const end = slug.lastIndexOf("-", SLUG_CHARACTERS);
  return slug.slice(0, end > 0 ? end : SLUG_CHARACTERS);
}

const INDEX = /^(?:index|default|home)(?:\.\w+)?$/i;
const EXTENSION = /\.(?:[sx]?html?|php\d?|aspx?|jsp|amp)$/i;
const NAME = /^[\p{L}\p{M}\p{N}]+(?:[-_][\p{L}\p{M}\p{N}]+)*$/u;

/** What an address calls an article: its last part, if that is a name; undefined for `/4711` and `/?p=12`. */
export function slugIn(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const parts = new URL(address).pathname.split("/");
  const last = parts.findLast((part) => part !== "" && !INDEX.test(part)) ?? "";
  const written = last.replace(EXTENSION, "");
  const name = percentDecoded(written) ?? written;
  return NAME.test(name) && /\p{L}/u.test(name) ? name : undefined;
}
