// Addresses that pages had in another system, in the one form in which their spellings are equal. The build
// sorts the lines of redirects.txt into parts by it, and the Worker finds the part that may hold an address.

import { percentDecoded } from "./address.ts";

// Where systems put an article's number: `/?p=12`, `/story.php?id=12`.
const NUMBER_NAMES = ["p", "page_id", "attachment_id", "id"];

/** An old address, split. */
export interface OldAddress {
  /** Decoded, without `/` or `index.html` at its end: `/2019/ä`; `/` for the root. */
  readonly path: string;
  /** As it was written, with its `?`; "" where there is none. */
  readonly query: string;
  /** The parameter that holds an article's number: `p=12`; "" where there is none. */
  readonly number: string;
}

/** Reads the path and query of an address from the root, or of a URL. */
export function oldAddress({ pathname, search }: Pick<URL, "pathname" | "search">): OldAddress {
  const path = (percentDecoded(pathname) ?? pathname)
    .normalize("NFC")
    .replace(/\/index\.(?:html?|php)$/i, "/")
    .replace(/\/+$/, "");
  const parameters = new URLSearchParams(search);
  const name = NUMBER_NAMES.find((one) => /^\d+$/.test(parameters.get(one) ?? ""));
  return {
    path: path === "" ? "/" : path,
    query: search,
    number: name === undefined ? "" : `${name}=${parameters.get(name)}`,
  };
}

/** The same of a path with its query, as text that starts with `/`. */
export const oldAddressOf = (written: string): OldAddress =>
  oldAddress(new URL(`https://site.invalid${written}`));

/** What a line of redirects.txt is found by: its path with its query. */
export const keyOf = ({ path, query }: OldAddress): string => path + query;

/** The lines that would answer an address, the best first. */
export const keysFor = ({ path, query, number }: OldAddress): readonly string[] => [
  ...new Set([path + query, ...(number === "" ? [] : [`${path}?${number}`]), path]),
];

/**
 * Which part of the lines may answer an address: two hexadecimal digits. All lines of one path are in one
 * part, but for those with a number, which may be thousands.
 */
export function partOf({ path, number }: OldAddress): string {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (const character of path + number) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return ((hash ^ (hash >>> 16)) & 0xff).toString(16).padStart(2, "0");
}
