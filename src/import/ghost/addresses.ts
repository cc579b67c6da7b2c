// Addresses on a Ghost site: an export has `__GHOST_URL__` in the place of the site's own, which it often doesn't say.

import type { Resolve } from "../../html/warnings.ts";
import { webUrl } from "../../lib/address.ts";
import { resolveFrom } from "../tidy/addresses.ts";

const PLACEHOLDER = "__GHOST_URL__";

/** Resolves the addresses of an export. */
export interface SiteAddresses {
  readonly resolve: Resolve;
  /** True once an address was met that is known only from the site's start. */
  readonly unplaced: boolean;
}

/** Addresses of a post on the site at `site`, if that is known. */
export function addressesOn(site: string | undefined): SiteAddresses {
  const usual = resolveFrom(site === undefined ? undefined : `${site}/`);
  const state = { unplaced: false };
  const resolve: Resolve = (address, kind) => {
    const path = pathOf(address.trim());
    if (path === undefined) return usual(address, kind);
    if (site !== undefined) return webUrl(site + path);
    state.unplaced = true;
    // Ghost's `content` folder, put beside the export, has the pictures.
    return kind === "file" ? path.replace(/^\/+/, "") : path || "/";
  };
  return {
    resolve,
    get unplaced() {
      return state.unplaced;
    },
  };
}

function pathOf(address: string): string | undefined {
  if (address.startsWith(PLACEHOLDER)) return address.slice(PLACEHOLDER.length);
  return address.startsWith("/content/") ? address : undefined;
}
