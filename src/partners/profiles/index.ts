// Every profile, by name. Dispatch is this table.

import type { ProfileName } from "../policy.ts";
import type { Profile } from "../profile.ts";
import { flipboard } from "./flipboard.ts";
import { googleNewsSitemap } from "./google-news-sitemap.ts";
import { msn } from "./msn.ts";
import { newsbreak } from "./newsbreak.ts";
import { ninjs } from "./ninjs.ts";
import { atom, json, rss } from "./public.ts";
import { smartnews } from "./smartnews.ts";
import { yahoo } from "./yahoo.ts";

/** The profiles. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  rss,
  atom,
  json,
  "google-news-sitemap": googleNewsSitemap,
  msn,
  smartnews,
  flipboard,
  newsbreak,
  yahoo,
  ninjs,
};
