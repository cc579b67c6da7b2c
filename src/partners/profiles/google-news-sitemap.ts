// A Google News sitemap under a partner's policy; formats/news-sitemap.ts writes it.

import {
  NEWS_SITEMAP_LIMITS,
  newsSitemapEntry,
  newsSitemapEnvelope,
  newsSitemapProblems,
} from "../../formats/news-sitemap.ts";
import { parseStrictly } from "../../formats/xml.ts";
import type { Profile } from "../profile.ts";
import { refusal } from "./findings.ts";

/** A Google News sitemap. */
export const googleNewsSitemap = {
  name: "google-news-sitemap",
  file: "news-sitemap.xml",
  mediaType: "application/xml",
  source: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
  confidence: "official",
  limits: NEWS_SITEMAP_LIMITS,
  pictures: {},
  lint: (item, site) => newsSitemapProblems(item, site).map(({ path, message }) => refusal(path, message)),
  separator: "\n",
  entry: newsSitemapEntry,
  verify: (written, { link, article }) => {
    const found = parseStrictly(written, "sitemap").get("url/loc")?.[0];
    if (found !== link)
      throw new Error(`the entry of ${article.slug} reads back with another link: ${found}`);
  },
  removal: "absence",
  envelope: newsSitemapEnvelope,
} as const satisfies Profile;
