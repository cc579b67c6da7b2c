// Lists for programs: the feeds as OPML.
//
// /.well-known/feeds (https://github.com/Dan-Q/well-known-feeds) has the bytes of /feeds.opml: what looks there may not
// follow a redirect. The JSON of draft-nottingham-feed-menu is left out while that is one person's draft; it also asks
// publishing software not to make such menus by itself.

import { Hono } from "hono";
import { opml } from "../feeds/opml.ts";
import type { Env, Runtime } from "../model/env.ts";
import { toInstant } from "../model/time.ts";
import { listedFeeds } from "../store/listed.ts";
import { taggedResponse } from "./tagged.ts";

/** Feeds beside the site's. Nobody reads a longer list; every tag has its feed all the same. */
const FEED_LIMIT = 1000;

/** The routes of all lists. What they don't know is left to the next route. */
export function listRoutes({ env, site }: Runtime): Hono<{ Bindings: Env }> {
  const lists = new Hono<{ Bindings: Env }>();
  const now = () => toInstant(new Date());

  for (const path of ["/feeds.opml", "/.well-known/feeds"]) {
    lists.get(path, async (c) => {
      const feeds = await listedFeeds(env.DB, now(), FEED_LIMIT);
      return taggedResponse(c.req.raw, site, opml(feeds, site), "text/x-opml");
    });
  }

  return lists;
}
