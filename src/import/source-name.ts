// Names a source (by host, authority, address or title), to notice when a file holds another source than before.

import { text } from "../lib/text.ts";

const LONGEST_CHARACTERS = 200;

/** The name of a feed or an export, by its id and addresses, or else its title; undefined where it has none of them. */
export const sourceName = (names: readonly string[]): string | undefined =>
  [...new Set(names.map(hostOf).filter((name) => name !== ""))].join(", ") || undefined;

/** The name of a page: its address, or else its headline. */
export function pageName({ url, headline }: { readonly url?: string; readonly headline?: string }) {
  const { host, pathname, search } = addressOf(url ?? "") ?? {};
  return host === undefined ? headline && short(headline) : host + pathname?.replace(/\/$/, "") + search;
}

/** Of an address its host, of a tag URI its authority; other ids and titles as they are. */
const hostOf = (name: string): string =>
  addressOf(name)?.host ?? /^\s*tag:([^,:]+),/i.exec(name)?.[1]?.toLowerCase() ?? short(name);

function addressOf(written: string) {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  return url && /^https?:$/.test(url.protocol)
    ? { host: url.host.replace(/^www\./, ""), pathname: url.pathname, search: url.search }
    : undefined;
}

const short = (words: string): string => text(words).slice(0, LONGEST_CHARACTERS);
