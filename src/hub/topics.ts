// Which documents can be subscribed to: every public feed but the archive, whose pages are finished. A topic is named by
// the exact address that the document gives for itself.

import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { currentDocument } from "../feeds/cache.ts";
import { documentAt, documentPath, isTopic } from "../feeds/catalogue.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import type { Instant } from "../lib/time.ts";

/** A document's address. */
export const topicUrl = (key: DocumentKey, site: Pick<Site, "url">): string => site.url + documentPath(key);

/** The document that an address is spelled like; undefined for what can be no topic here. */
export function topicAt(url: string, site: Pick<Site, "url">): DocumentKey | undefined {
  const key = url.startsWith(`${site.url}/`) ? documentAt(url.slice(site.url.length)) : undefined;
  return key && isTopic(key.feed) && topicUrl(key, site) === url ? key : undefined;
}

/** True when there is such a feed: its document is kept built from now on. @throws Error, when no source can tell. */
export async function topicExists(
  runtime: Runtime,
  { feed, format }: DocumentKey,
  now: Instant,
): Promise<boolean> {
  const behind: Promise<unknown>[] = [];
  const found = await currentDocument(runtime, { feed, format }, Date.parse(now), (work) =>
    behind.push(work),
  );
  await Promise.all(behind);
  if (typeof found === "string") return false;
  // Has the current version noted, so that it isn't sent to the new subscriber as news.
  await runtime.env.FEEDS.getByName(feed).rebuild(feed);
  return true;
}
