// All targets, in the order in which they start: the slowest first.

import type { AnyTarget } from "../target.ts";
import { article } from "./article.ts";
import { clean } from "./clean.ts";
import { headers } from "./headers.ts";
import { hub } from "./hub.ts";
import { imports } from "./import.ts";
import { markdown } from "./markdown.ts";
import { photographs } from "./strip.ts";
import { worker } from "./worker.ts";
import { frontMatter, policies } from "./yaml.ts";

/** Targets that do their work in the thread that runs them. */
export const PURE_TARGETS: readonly AnyTarget[] = [
  ...[article, clean, imports, markdown, headers, hub, policies, frontMatter, photographs],
];

/** All targets. */
export const TARGETS: readonly AnyTarget[] = [worker, ...PURE_TARGETS];
