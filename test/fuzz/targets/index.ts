// Every target, in the order of the table.

import type { AnyTarget } from "../target.ts";
import { clean } from "./clean.ts";
import { headers } from "./headers.ts";

/** What runs without a Worker, by name. */
export const TARGETS: readonly AnyTarget[] = [clean, headers];
