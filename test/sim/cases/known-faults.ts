// Promises that today's code is known to break, each with a case in `known-faults.test.ts`. Who mends one takes it from
// here, and turns its case round.

import type { Promised } from "../witness.ts";

/** Not looked for in random histories: they would be found again and again. */
export const KNOWN_FAULTS: readonly Promised[] = ["uncaught", "told backwards"];
