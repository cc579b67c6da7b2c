// A change's way from D1 to the objects that build it in: each is touched. What gets lost on the way is still marked in D1,
// and cron finds it.

import { log, reasonOf } from "../log.ts";
import type { BuildingObjectApi, Env, Runtime } from "../model/env.ts";
import { isPartner, isPublic, type StoredKey } from "../model/feed.ts";
import type { RebuildMessage } from "../model/messages.ts";
import { invalidateLocal } from "./cache.ts";
import { isInR2 } from "./copies.ts";
import { sendAll } from "./send.ts";

type Feed = StoredKey["feed"];

/**
 * Of the 50 subrequests of an invocation on the Free plan; and of partners, who need the Paid plan, of its 1,000. Whatever feeds
 * are left over go by REBUILDS.
 */
const TOUCH_LIMITS = { feeds: 20, partners: 500 };

/** The object that builds a feed, a partner's too. Only for what D1 knows: asking for an object makes it. */
export const objectOf = ({ FEEDS, PARTNERS }: Env, feed: Feed): BuildingObjectApi<StoredKey> =>
  isPartner(feed) ? PARTNERS.getByName(feed) : FEEDS.getByName(feed);

/** Has documents that were marked built anew, and this isolate ask for them anew. */
export async function requestRebuilds({ env }: Runtime, keys: readonly StoredKey[]): Promise<void> {
  invalidateLocal(keys);
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
