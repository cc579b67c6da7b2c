// Every target, in the order in which they start: the longest first.

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

/** What is computed in one's own thread. */
export const PURE_TARGETS: readonly AnyTarget[] = [
  ...[article, clean, imports, markdown, headers, hub, policies, frontMatter, photographs],
];

/** All of them. */
export const TARGETS: readonly AnyTarget[] = [worker, ...PURE_TARGETS];
