// What the parts of the normaliser need to know of the body that they change.

import type { Losses } from "../losses.ts";

/** What an address stands for in a body; undefined for one that can't be carried. Resolving twice is resolving once. */
export type Resolve = (address: string, kind: "link" | "file") => string | undefined;

/** How one body is normalised. */
export interface Normalizing {
  readonly resolve: Resolve;
  /** Told of everything that readers won't get. */
  readonly losses: Losses;
  /** Hosts whose players stay; undefined where that is decided later, as for an import: then all stay. */
  readonly iframeHosts?: readonly string[];
  /** True for the address, resolved, of a picture that the article lists or that is stored here. */
  readonly isListed?: (address: string) => boolean;
}
