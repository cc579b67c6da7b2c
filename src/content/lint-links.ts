// Links in an article to addresses that only redirect.

import { keysFor, oldAddressOf } from "../lib/old-address.ts";
import type { Problem } from "../lib/problem.ts";
import type { LintInput, Rule } from "./lint-rule.ts";

/** Links to old addresses of this site: readers and search engines take a way round. */
export const oldLinks: Rule = ({ body, site, redirects }): readonly Problem<string>[] =>
  body.elements.flatMap(({ element, line }) => {
    const { href } = element.properties;
    if (element.tagName !== "a" || typeof href !== "string") return [];
    const path = site && href.startsWith(`${site.url}/`) ? href.slice(site.url.length) : href;
    if (!path.startsWith("/")) return [];
    const to = targetOf(path.replace(/#.*$/s, ""), site, redirects);
    if (to === undefined) return [];
    return [{ path: "body", line, message: `links to ${href}, which redirects: link to ${to}` }];
  });

function targetOf(
  path: string,
  site: LintInput["site"],
  redirects: LintInput["redirects"],
): string | undefined {
  if (site && Object.hasOwn(site.redirects, path)) return site.redirects[path];
  const key = keysFor(oldAddressOf(path)).find((one) => redirects?.has(one));
  return key === undefined ? undefined : redirects?.get(key)?.to;
}
