// How each profile writes an id that isn't a URI: for an article, and after its removal.

import { expect, it } from "vitest";
import { PROFILE_NAMES, type ProfileName } from "../../src/partners/policy.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { SITE } from "../pipeline.ts";
import { documentOf, itemOf, noticeOf } from "./items.ts";

const CASE = "imported-guid";
const TEXT = "123 at https://old.example/";
const URI = "tag:news.example.com,2024-01-01:guid:123%20at%20https%3A%2F%2Fold.example%2F";
const PAGE = `https://news.example.com/articles/${CASE}`;

const WRITTEN: Readonly<Record<ProfileName, string>> = {
  rss: `<guid isPermaLink="false">${TEXT}</guid>`,
  atom: `<id>${URI}</id>`,
  json: `"id":"${TEXT}"`,
  "google-news-sitemap": `<loc>${PAGE}</loc>`,
  msn: `<guid isPermaLink="false">${TEXT}</guid>`,
  smartnews: `<guid isPermaLink="false">${TEXT}</guid>`,
  flipboard: `<guid isPermaLink="false">${TEXT}</guid>`,
  newsbreak: `<guid isPermaLink="true">${PAGE}</guid>`,
  yahoo: `<guid isPermaLink="false">${TEXT}</guid>`,
  ninjs: `"uri":"${URI}"`,
};

it.each(PROFILE_NAMES)("of two articles with one page elsewhere each has its own, as %s", (name) => {
  const url = "https://other.example/story";
  const { entry, verify } = PROFILES[name];
  const entries = ["full", "imported-guid"].map((one) => {
    const item = itemOf(one, { article: { url } });
    const written = entry(item, SITE);
    expect(() => verify(written, item)).not.toThrow();
    return /<guid[^>]*>.*?<\/guid>|<id>.*?<\/id>|"(?:id|uri)":".*?"/.exec(written)?.[0];
  });
  // A sitemap has no ids, and refuses pages of other sites.
  if (name === "google-news-sitemap") expect(entries).toEqual([undefined, undefined]);
  else expect(new Set(entries).size).toBe(2);
  expect(entries.join()).not.toContain(url);
});

it.each(PROFILE_NAMES)("as %s", (name) => {
  const profile = PROFILES[name];
  const item = itemOf(CASE);
  expect(profile.lint(item, SITE).filter(({ path }) => path === "id")).toEqual([]);
  const entry = profile.entry(item, SITE);
  expect(entry).toContain(WRITTEN[name]);
  expect(() => profile.verify(entry, item)).not.toThrow();
  const gone = documentOf(profile, [], { notices: [noticeOf(CASE, "2024-11-02T03:04:05Z")] });
  const sign = name === "atom" ? `ref="${URI}"` : WRITTEN[name];
  if (profile.removal === "absence") expect(gone).not.toContain(PAGE);
  else expect(gone).toContain(sign);
});
