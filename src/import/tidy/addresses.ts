// Addresses in HTML from elsewhere: absolute where it is known where they start.

import type { Element } from "hast";
import { webUrl } from "../../model/address.ts";
import { legal } from "../../model/text.ts";

/** What an address stands for in a body; undefined for one that can't be carried. */
export type Resolve = (address: string, kind: "link" | "file") => string | undefined;

/** Resolves addresses from `base`; without it, relative ones stay as they are. */
export function resolveFrom(base: string | undefined): Resolve {
  const start = base !== undefined && URL.canParse(base) ? base : undefined;
  return (written, kind) => {
    const address = legal(written).trim();
    if (address === "") return undefined;
    // A fragment names a place in the article itself.
    if (kind === "link" && /^(?:mailto:|tel:|#)/i.test(address)) return address;
    if (start !== undefined)
      return URL.canParse(address, start) ? webUrl(new URL(address, start).href) : undefined;
    // Nothing says whether the page came by http or https; today's do by https.
    if (/^[/\\]{2}/.test(address)) return webUrl(`https:${address}`);
    return /^[a-z][a-z0-9+.-]*:/i.test(address) ? webUrl(address) : address;
  };
}

const ADDRESSES = [
  ["href", "link"],
  ["cite", "link"],
  ["src", "file"],
  ["poster", "file"],
] as const;

/** Resolves an element's addresses; one that can't be carried goes. Changes `element`. */
export function resolveIn(element: Element, resolve: Resolve): void {
  for (const [name, kind] of ADDRESSES) {
    const value = element.properties[name];
    if (typeof value !== "string") continue;
    const address = resolve(value, kind);
    if (address === undefined) delete element.properties[name];
    else element.properties[name] = address;
  }
}
