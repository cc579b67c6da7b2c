// Promises that the code is known to break today. Remove a promise from the list when you mend it.

import type { Promised } from "../witness.ts";

/** Random histories ignore these: they would find them again and again. `npm run sim -- --all` reports them too. */
export const KNOWN_FAULTS: readonly Promised[] = [];
