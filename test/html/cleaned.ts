// The clean-up as the tests of html/ call it: for an article of one site.

import { OWN_SITE } from "../../src/article/body.ts";
import { type CleanOptions, cleanBody } from "../../src/html/clean.ts";
import { unwrap } from "../pipeline.ts";

/** The site and the article. */
export const OPTIONS: CleanOptions = {
  base: "/articles/story/",
  siteUrl: "https://news.example.com",
  images: [],
  iframeHosts: ["player.example.com"],
};

/** The cleaned body, as it is stored. */
export const clean = (html: string, options: Partial<CleanOptions> = {}): string =>
  unwrap(cleanBody(html, { ...OPTIONS, ...options })).body;

/** The body as a page of the site would hold it. */
export const shown = (html: string, options: Partial<CleanOptions> = {}): string =>
  clean(html, options).replaceAll(OWN_SITE, OPTIONS.siteUrl);
