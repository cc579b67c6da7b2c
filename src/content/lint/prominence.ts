// Priorities that sponsored articles can't have.

import type { Rule } from "./material.ts";

/** A sponsored article with priority `lead` or `top`, which has no effect. */
export const prominence: Rule = ({ file: { fields } }) =>
  fields.sponsored && (fields.priority === "lead" || fields.priority === "top")
    ? [
        {
          path: "priority",
          message: "has no effect: a sponsored article never leads, and stands where its date puts it",
        },
      ]
    : [];
