// Addresses in HTML from elsewhere: absolute where it is known where they start.

import type { Resolve } from "../../html/warnings.ts";
import { webUrl } from "../../lib/address.ts";
import { legal } from "../../lib/text.ts";

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
