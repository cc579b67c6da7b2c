// Dates that are still to come.

import type { Problem } from "../../lib/problem.ts";
import type { Material, Rule } from "./material.ts";

/** An article that waits for its hour, in case a slip of the pen made it wait. */
export const scheduled: Rule = ({ file: { fields }, now }) =>
  fields.published !== undefined && fields.published > now
    ? [
        {
          path: "published",
          message: "is in the future: the article is scheduled, and nobody sees it before",
        },
      ]
    : [];

/** Changes of a published article that are told before they were made: the Worker refuses them. */
export function changesToCome(fields: Material["file"]["fields"], now: Material["now"]): readonly Problem[] {
  const { published, updated, corrections = [] } = fields;
  const latest = published !== undefined && published > now ? published : now;
  const dates = [
    { path: "updated", at: updated },
    ...corrections.map((correction, index) => ({ path: `corrections[${index}].at`, at: correction?.at })),
  ];
  const message = "must not be in the future, nor after a scheduled publication";
  return dates.filter(({ at }) => at !== undefined && at > latest).map(({ path }) => ({ path, message }));
}
