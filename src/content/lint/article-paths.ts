// Links to this site's own articles by their addresses, misspelled.

import { articlePath } from "../../article/resolve.ts";
import { didYouMean } from "../../lib/did-you-mean.ts";
import type { Rule } from "./material.ts";

// In HTML and in Markdown an address follows one of these.
const LINK = /(?:["'(<\s]|^)(https?:\/\/[^/\s"'()<>]+)?\/articles\/([a-z0-9-]+)\/?(?=$|["')>\s#?])/gm;

/**
 * An address of an article that isn't in the folder, where one that is has nearly its name. Others may be a CMS's, which the
 * folder knows nothing of.
 */
export const articlePaths: Rule = ({ file, slugs, site }) =>
  [...file.body.matchAll(LINK)].flatMap((match) => {
    const [, origin, slug = ""] = match;
    const path = articlePath(slug);
    const elsewhere = origin !== undefined && origin !== site?.url;
    if (elsewhere || slugs.has(slug) || (site && Object.hasOwn(site.redirects, path))) return [];
    const near = didYouMean(slug, slugs);
    if (near === "") return [];
    const line = file.bodyLine + file.body.slice(0, match.index).split("\n").length - 1;
    return [{ path: "body", line, message: `links to ${path}, and there is no such article here${near}` }];
  });
