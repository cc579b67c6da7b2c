// Notifies (touches) the Durable Objects of feeds that a change marked stale. If a touch gets lost, the mark stays in D1,
// and cron finds it there.

import type { BuildingObjectApi, Env, RebuildMessage, Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { log, reasonOf } from "../lib/log.ts";
import { invalidateLocal } from "./cache.ts";
import { isInR2 } from "./copies.ts";
import { isPartner, isPublic, type StoredKey } from "./feed.ts";

type Feed = StoredKey["feed"];

/**
 * Most feeds touched directly: an invocation has 50 subrequests on the Free plan, 1,000 on the Paid plan, which partners
 * need. The rest goes through the queue REBUILDS.
 */
const TOUCH_LIMITS = { feeds: 20, partners: 500 };

/** The Durable Object that builds a feed or a partner's feed. Only for feeds that D1 has: a call would create the object. */
export const objectOf = ({ FEEDS, PARTNERS }: Env, feed: Feed): BuildingObjectApi<StoredKey> =>
  isPartner(feed) ? PARTNERS.getByName(feed) : FEEDS.getByName(feed);

/** Has marked documents rebuilt, and has this isolate ask their objects the next time. */
export async function requestRebuilds({ env, isolate }: Runtime, keys: readonly StoredKey[]): Promise<void> {
  invalidateLocal(isolate, keys);
  const [partners, feeds] = [
    feedsOf(keys.filter(({ feed }) => isPartner(feed))),
    feedsOf(keys.filter(isPublic)),
  ];
  const touched = [...feeds.slice(0, TOUCH_LIMITS.feeds), ...partners.slice(0, TOUCH_LIMITS.partners)];
  await Promise.all(touched.map(touch));
  await sendAll(env.REBUILDS, [
    ...feedMessages(feeds.slice(TOUCH_LIMITS.feeds)),
    ...feedMessages(partners.slice(TOUCH_LIMITS.partners)),
  ]);

  async function touch(feed: Feed): Promise<void> {
    try {
      await objectOf(env, feed).touch(feed);
    } catch (error) {
      log("error", {
        feed,
        what: "the feed's object could not be told of a change",
        reason: reasonOf(error),
      });
    }
  }
}

/** One message a feed, to have it built; last the pages of the archive, of which there may be thousands. */
export const rebuildMessages = (keys: readonly StoredKey[]): readonly RebuildMessage[] =>
  feedMessages(feedsOf([...keys.filter((key) => !isInR2(key)), ...keys.filter(isInR2)]));

const feedsOf = (keys: readonly StoredKey[]): readonly Feed[] => [...new Set(keys.map(({ feed }) => feed))];

const feedMessages = (feeds: readonly Feed[]): readonly RebuildMessage[] =>
  feeds.map((feed) => ({ kind: "feed", feed }));
