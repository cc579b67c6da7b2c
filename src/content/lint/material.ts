// The input of a lint rule of `check`, and the type of a rule.

import type { Site } from "../../article/site.ts";
import type { Problem } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import type { ArticleFolder } from "../folder.ts";
import type { ArticleText, SoundPart } from "../front-matter.ts";
import type { ArticleImages } from "../images.ts";
import type { Body } from "../references.ts";

/** An article, read; its body's elements still hold the addresses of the file. */
export interface Material {
  readonly folder: ArticleFolder;
  readonly file: ArticleText & { readonly fields: SoundPart; readonly problems?: readonly Problem[] };
  readonly body: Body;
  readonly images: ArticleImages;
  /** Names of all folders of articles. */
  readonly slugs: ReadonlySet<string>;
  readonly site?: Site | undefined;
  readonly now: Instant;
}

/** One concern of a sub-editor. What it finds keeps nothing from being published. */
export type Rule = (material: Material) => readonly Problem[];
