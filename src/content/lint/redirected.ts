// An article behind a redirect.

import { articlePath } from "../../article/resolve.ts";
import type { Rule } from "./material.ts";

/** An article whose page nobody sees, since site.yaml's `redirects` come first. */
export const redirected: Rule = ({ folder, site }) => {
  const path = articlePath(folder.slug);
  const target = site && Object.hasOwn(site.redirects, path) ? site.redirects[path] : undefined;
  return target === undefined
    ? []
    : [
        {
          path: "",
          line: 1,
          message: `has a page that nobody sees: redirects in site.yaml sends ${path} to ${target}; take that line out, or rename the folder`,
        },
      ];
};
