// Remarks on an article that could be published as it is, such as a headline that lists will cut off. `wireroom check` makes them,
// and `npm start` on an article that was just saved; `publish` makes none.

import type { Problem } from "../../lib/problem.ts";
import { articlePaths } from "./article-paths.ts";
import { charts } from "./charts.ts";
import { scheduled } from "./dates.ts";
import { losses } from "./losses.ts";
import type { Material, Rule } from "./material.ts";
import { media } from "./media.ts";
import { openNeeds } from "./needs.ts";
import { pictures } from "./pictures.ts";
import { prominence } from "./prominence.ts";
import { redirected } from "./redirected.ts";
import { unusedFiles } from "./unused-files.ts";
import { wording } from "./wording.ts";

const RULES: readonly Rule[] = [
  openNeeds,
  wording,
  prominence,
  scheduled,
  pictures,
  charts,
  media,
  losses,
  redirected,
  articlePaths,
  unusedFiles,
];

/** Everything that all rules find. */
export const lint = (material: Material): readonly Problem[] => RULES.flatMap((rule) => rule(material));
