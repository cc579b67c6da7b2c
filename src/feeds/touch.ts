// A change's way from D1 to those who build it in: public feeds' objects are touched, partners' documents go by REBUILDS.
// What gets lost on the way is still marked in D1, and cron finds it.

import { log, reasonOf } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import { type FeedKey, isPublic, type StoredKey } from "../model/feed.ts";
import type { RebuildMessage } from "../model/messages.ts";
import { distrust } from "./cache.ts";
import { sendAll } from "./send.ts";

/** Of the 50 subrequests of an invocation on the Free plan. Whatever feeds are left over go by REBUILDS. */
const TOUCH_LIMIT = 20;

/** Has documents that were marked built anew, and this isolate ask for them anew. */
export async function requestRebuilds({ env }: Runtime, keys: readonly StoredKey[]): Promise<void> {
  distrust(keys);
  const feeds = feedsOf(keys);
  await Promise.all(feeds.slice(0, TOUCH_LIMIT).map(touch));
  await sendAll(env.REBUILDS, [...feedMessages(feeds.slice(TOUCH_LIMIT)), ...partnerMessages(keys)]);

  async function touch(feed: FeedKey): Promise<void> {
    try {
      await env.FEEDS.getByName(feed).touch(feed);
    } catch (error) {
      log("error", {
        feed,
        what: "the feed's object could not be told of a change",
        reason: reasonOf(error),
      });
    }
  }
}

/** One message a document or feed, whatever it takes to have it built. */
export const rebuildMessages = (keys: readonly StoredKey[]): readonly RebuildMessage[] => [
  ...feedMessages(feedsOf(keys)),
  ...partnerMessages(keys),
];

const feedsOf = (keys: readonly StoredKey[]): readonly FeedKey[] => [
  ...new Set(keys.filter(isPublic).map(({ feed }) => feed)),
];

const feedMessages = (feeds: readonly FeedKey[]): readonly RebuildMessage[] =>
  feeds.map((feed) => ({ kind: "feed", feed }));

const partnerMessages = (keys: readonly StoredKey[]): readonly RebuildMessage[] =>
  keys.flatMap((key) => (isPublic(key) ? [] : [{ kind: "document", feed: key.feed, format: key.format }]));
