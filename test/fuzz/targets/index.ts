// Every target, in the order of the table.

import type { AnyTarget } from "../target.ts";
import { article } from "./article.ts";
import { clean } from "./clean.ts";
import { headers } from "./headers.ts";
import { hub } from "./hub.ts";
import { imports } from "./import.ts";
import { markdown } from "./markdown.ts";
import { frontMatter, policies } from "./yaml.ts";

/** What runs without a Worker, by name. */
export const TARGETS: readonly AnyTarget[] = [
  article,
  imports,
  clean,
  markdown,
  headers,
  hub,
  policies,
  frontMatter,
];
