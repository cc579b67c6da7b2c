// Promises that today's code is known to break. Who mends one takes it from here.

import type { Promised } from "../witness.ts";

/** Not looked for in random histories: it would be found again and again. `npm run sim -- --all` looks for it all the same. */
export const KNOWN_FAULTS: readonly Promised[] = [];
