// An article as one partner may have it: its text cut and cleaned as the policy says, with the link and the attribution.
// Pictures were chosen before (fit-pictures.ts).

import { continueReading, feedBody } from "../formats/body.ts";
import { type Article, IMAGE_MARK } from "../model/article.ts";
import type { Policy } from "../model/partner.ts";
import type { Site } from "../model/site.ts";
import { escapeHtml, type Html, html } from "../model/text.ts";
import { type Instant, latest } from "../model/time.ts";
import { firstParagraphs } from "./first-paragraphs.ts";
import { fitHtml } from "./fit-html.ts";
import type { Profile, Story } from "./profile.ts";

/** What the store knows of an article beside itself. */
export interface StoryFacts {
  readonly version: number;
  /** When that version was stored. */
  readonly changedAt: Instant;
  readonly expires?: Instant;
  readonly embargoed: boolean;
}

/** The story of an article, or of the notice that stands for a withdrawn one, which is never cut. */
export function storyOf(
  article: Article,
  { version, changedAt, expires, embargoed }: StoryFacts,
  policy: Policy,
  profile: Profile,
  site: Site,
): Story {
  const shown = cut(article, policy);
  const content = policy.content === "excerpt" ? "excerpt" : "full";
  const tags = allowedTags(policy, profile);
  const whole = html([feedBody(shown, { ...site, content }), ...attribution(article, policy)].join("\n"));
  const body = fitHtml(whole, {
    ...(tags === undefined ? {} : { tags }),
    embeds: policy.html.embeds,
  });
  const dates = [article.published, article.updated, ...article.corrections.map(({ at }) => at)];
  return {
    article: shown,
    body,
    link: withParameters(article.url, policy.link.parameters),
    version,
    modified:
      latest([...dates, ...(version > 1 ? [changedAt] : [])].filter((at) => at !== undefined)) ??
      article.published,
    ...(embargoed ? { embargoedUntil: article.published } : {}),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** Elements that both the profile and the policy take; undefined for all. */
function allowedTags({ html: { tags } }: Policy, profile: Profile): readonly string[] | undefined {
  if (tags === undefined || profile.tags === undefined) return tags ?? profile.tags;
  return tags.filter((tag) => profile.tags?.includes(tag));
}

/** The article with its first paragraphs alone and the link, without the pictures that stood further down. */
function cut(article: Article, { content }: Policy): Article {
  if (typeof content === "string") return article;
  const body = firstParagraphs(article.body, content.paragraphs);
  const marks = (text: string, src: string) => text.includes(IMAGE_MARK + src + IMAGE_MARK);
  const images = article.images.filter(({ src }) => marks(body, src) || !marks(article.body, src));
  return { ...article, images, body: html(`${body}\n${continueReading(article)}`) };
}

function attribution({ url }: Article, { attribution }: Policy): readonly Html[] {
  if (attribution === undefined) return [];
  return [html(`<p class="wr-attribution"><a href="${escapeHtml(url)}">${escapeHtml(attribution)}</a></p>`)];
}

/** Behind what the address has already. */
function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return Object.keys(parameters).length === 0 ? address : url.href;
}
