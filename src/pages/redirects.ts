// Redirects from feed addresses of other systems, and from `redirects` in site.yaml, which come before
// everything else, and from lines of redirects.txt, which come last. Renamed articles: routes.tsx.

import type { Site } from "../article/site.ts";
import type { Env } from "../env.ts";
import type { AbsentAddresses } from "../http/absent-addresses.ts";
import { keysFor, oldAddress, partOf } from "../lib/old-address.ts";

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

// Where an address of another system leads, by redirects.txt. The build puts its lines into static files, so
// that thousands of them make the Worker no larger: an address that would be a 404 costs one file.

/** Where the static files are, by their part's name. */
const pathOf = (part: string): string => `/redirects/${part}.json`;

/** The target of `url`; undefined where no line has it. */
export async function oldAddressTarget(
  url: URL,
  { ASSETS }: Pick<Env, "ASSETS">,
  absent: AbsentAddresses,
): Promise<string | undefined> {
  const old = oldAddress(url);
  const part = partOf(old);
  const lines =
    ASSETS && (await absent.unlessAbsent(pathOf(part), Date.now(), () => linesOf(part, url, ASSETS)));
  const key = keysFor(old).find((one) => lines !== undefined && Object.hasOwn(lines, one));
  return key === undefined ? undefined : lines?.[key];
}

/** True for WordPress's short address of an article, which is at the front page's: `/?p=12`. */
export const isShortAddress = (url: URL): boolean => oldAddress(url).number !== "";

async function linesOf(
  part: string,
  { origin }: URL,
  assets: NonNullable<Env["ASSETS"]>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const response = await assets.fetch(origin + pathOf(part));
  if (response.ok) return response.json();
  await response.body?.cancel();
  return undefined;
}
