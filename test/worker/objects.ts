// What stands in the SQLite of feeds' objects, which no binding tells: the counted Worker (faulty.ts) answers.

import type { Env } from "../../src/env.ts";
import type { FeedKey } from "../../src/feeds/feed.ts";

/** Looks into the objects of a Worker, whose bindings `env` gives. */
export function objectsOf(env: () => Promise<Pick<Env, "DB" | "FEEDS">>) {
  /** What the SQLite of a feed's object answers. */
  const inside = async <T = Record<string, unknown>>(
    feed: FeedKey,
    sql: string,
    ...values: unknown[]
  ): Promise<readonly T[]> => {
    const object = (await env()).FEEDS.getByName(feed);
    return (object as unknown as { readonly sql: (...given: unknown[]) => Promise<T[]> }).sql(sql, ...values);
  };
  /** The same of all objects of public feeds. */
  const everywhere = async <T = Record<string, unknown>>(
    sql: string,
    ...values: unknown[]
  ): Promise<(T & { readonly feed: FeedKey })[]> => {
    const { DB } = await env();
    const { results } = await DB.prepare("SELECT DISTINCT feed FROM feeds WHERE format <> 'partner'").all<{
      feed: FeedKey;
    }>();
    const found = await Promise.all(
      results.map(async ({ feed }) =>
        (await inside<T>(feed, sql, ...values)).map((row) => ({ ...row, feed })),
      ),
    );
    return found.flat();
  };
  return {
    inside,
    everywhere,
    /** True when nothing is left to be sent to subscribers. */
    nobodyWaits: async () => (await everywhere(WAITING)).length === 0,
    /** What waits to be sent is due from now on, and cron is to ask for it. */
    async makeDue(): Promise<void> {
      await everywhere("UPDATE subscriptions SET next_at = ? WHERE next_at IS NOT NULL", PAST);
      await (await env()).DB.prepare("UPDATE feeds SET push_at = ? WHERE push_at IS NOT NULL")
        .bind(PAST)
        .run();
    },
  };
}

/** Long ago. */
export const PAST = "2024-10-24T00:00:00Z";
const WAITING = `SELECT 1 FROM subscriptions WHERE next_at IS NOT NULL
  UNION ALL SELECT 1 FROM topics WHERE queued_to IS NOT NULL`;
