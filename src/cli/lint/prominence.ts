// Where an article stands on pages.

import type { Rule } from "./material.ts";

/** A place that money doesn't buy. */
export const prominence: Rule = ({ file: { fields } }) =>
  fields.sponsored && (fields.priority === "lead" || fields.priority === "top")
    ? [
        {
          path: "priority",
          message: "has no effect: a sponsored article never leads, and stands where its date puts it",
        },
      ]
    : [];
