// An article that MSN, SmartNews, Flipboard, NewsBreak and Yahoo all accept, and what a linter finds in it.
// Tests move one thing at a time over a limit.

import type { Image } from "../../src/article/image.ts";
import { html } from "../../src/lib/text.ts";
import type { Item, Profile } from "../../src/partners/profile.ts";
import { flipboard } from "../../src/partners/profiles/flipboard.ts";
import { msn } from "../../src/partners/profiles/msn.ts";
import { newsbreak } from "../../src/partners/profiles/newsbreak.ts";
import { smartnews } from "../../src/partners/profiles/smartnews.ts";
import { yahoo } from "../../src/partners/profiles/yahoo.ts";
import { judgePicture } from "../../src/partners/restrict-pictures.ts";
import { SITE } from "../pipeline.ts";
import { type ItemChanges, itemOf } from "./items.ts";

/** The profiles that write RSS by `rss-item.ts`. */
export const RSS_PROFILES = { msn, smartnews, flipboard, newsbreak, yahoo } as const;

/** Paragraphs of 50 words each, the last one shorter where `count` says so. */
export function words(count: number): string {
  const all = Array.from({ length: count }, (_, index) => `word${index + 1}`);
  return Array.from(
    { length: Math.ceil(count / 50) },
    (_, index) => `<p>${all.slice(50 * index, 50 * (index + 1)).join(" ")}</p>`,
  ).join("\n");
}

/** The article, but for `changes`. */
export const accepted = ({ article, ...changes }: ItemChanges = {}): Item => {
  const item = itemOf("full", { article: { body: html(words(150)), ...article } });
  return { ...item, link: `${item.article.url}&utm_source=partner`, ...changes };
};

/** The article with a lead picture of which some facts are changed, or missing where they are undefined. */
export function withLead(changes: { readonly [name in keyof Image]?: Image[name] | undefined }): Item {
  const [lead, ...others] = accepted().article.images;
  return accepted({ article: { images: [{ ...lead, ...changes } as Image, ...others] } });
}

/** Why the lead picture doesn't fit a profile, if some of its facts are changed; "" if it fits. */
export function pictureProblem(profile: Profile, changes: Parameters<typeof withLead>[0]): string {
  const [lead] = withLead(changes).article.images;
  if (!lead) throw new Error("no picture");
  const verdict = judgePicture(lead, profile.pictures, SITE.url);
  return verdict.kind === "fits" ? "" : verdict.why;
}

/** The findings of a level, as `path message`. */
export const findingsOf = (
  profile: Profile,
  item: Item,
  level: "refusal" | "advice" = "refusal",
): readonly string[] =>
  profile
    .lint(item, SITE)
    .filter((finding) => finding.level === level)
    .map(({ path, message }) => `${path} ${message}`);
