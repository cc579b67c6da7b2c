// What a lint rule of `wireroom check` gets and returns.

import type { Site } from "../article/site.ts";
import type { Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import type { ArticleFolder } from "./folder.ts";
import type { ArticleText, ValidFields } from "./front-matter.ts";
import type { ArticleImages } from "./images.ts";
import type { Redirects } from "./redirects.ts";
import type { Body } from "./references.ts";

/** An article as it was read. The elements of its body still hold the addresses of the file. */
export interface LintInput {
  readonly folder: ArticleFolder;
  readonly file: ArticleText & { readonly fields: ValidFields; readonly problems?: readonly Problem[] };
  readonly body: Body;
  readonly images: ArticleImages;
  /** Names of all folders of articles. */
  readonly slugs: ReadonlySet<string>;
  readonly site?: Site | undefined;
  /** The lines of redirects.txt. */
  readonly redirects?: Redirects | undefined;
  readonly now: Instant;
}

/** One concern of a sub-editor. Its problems are warnings: the article can be published all the same. */
export type Rule = (input: LintInput) => readonly Problem<string>[];
