// Redirects from feed addresses of other systems, and from `redirects` in site.yaml, which come before
// everything else. Lines of redirects.txt: old-addresses.ts. Renamed articles: routes.tsx.

import type { Site } from "../article/site.ts";

const OTHER_SYSTEMS: Readonly<Record<string, string>> = {
  "/feed": "/rss.xml",
  "/feed/": "/rss.xml",
  "/feed.xml": "/rss.xml",
  "/index.xml": "/rss.xml",
  "/rss": "/rss.xml",
  "/rss/": "/rss.xml",
  "/feed/rss2/": "/rss.xml",
  "/feed/rss/": "/rss.xml",
  "/?feed=rss": "/rss.xml",
  "/?feed=rss2": "/rss.xml",
  "/?feed=rdf": "/rss.xml",
  "/?feed=atom": "/atom.xml",
  // Blogger.
  "/feeds/posts/default": "/atom.xml",
  "/feeds/posts/default/": "/atom.xml",
  "/feeds/posts/default?alt=rss": "/rss.xml",
  "/feeds/posts/summary": "/atom.xml",
  "/atom": "/atom.xml",
  "/feed/atom": "/atom.xml",
  "/feed/atom/": "/atom.xml",
  "/feed/json": "/feed.json",
};

/**
 * The target of a permanent redirect; undefined if the address has none. The publisher's own redirects come
 * first.
 */
export function redirectFor(
  { pathname, search }: URL,
  { redirects }: Pick<Site, "redirects">,
): string | undefined {
  const find = (address: string): string | undefined => {
    if (Object.hasOwn(redirects, address)) return redirects[address];
    return Object.hasOwn(OTHER_SYSTEMS, address) ? OTHER_SYSTEMS[address] : undefined;
  };
  return (search === "" ? undefined : find(pathname + search)) ?? find(pathname);
}
