// An article as one partner may have it: its text cut and cleaned as the policy says, with the link and the attribution.
// Pictures were chosen before (restrict-pictures.ts).

import type { Article } from "../article/article.ts";
import type { Image } from "../article/image.ts";
import type { Site } from "../article/site.ts";
import { continueReading, feedBody, storyHtml, withPlayerLinks } from "../formats/body.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import { type Instant, latest } from "../lib/time.ts";
import { firstParagraphs, WORDS_A_PARAGRAPH } from "./first-paragraphs.ts";
import type { Policy } from "./policy.ts";
import type { Profile, Story } from "./profile.ts";
import { fitHtml } from "./restrict-html.ts";
import { WordBudget } from "./word-budget.ts";

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
  const tags = allowedTags(policy, profile);
  const fitted = (body: Html) => fitHtml(body, { ...omitUndefined({ tags }), embeds: policy.html.embeds });
  const shown = policy.content === "full" ? article : { ...article, images: leadOf(article) };
  const whole =
    policy.content === "full" ? wholeBody(article, policy, site) : cutBody(shown, policy, site, fitted);
  const body = fitted(whole);
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
    ...omitUndefined({ expires }),
  };
}

/** Elements that both the profile and the policy take; undefined for all. */
function allowedTags({ html: { tags } }: Policy, profile: Profile): readonly string[] | undefined {
  if (tags === undefined || profile.tags === undefined) return tags ?? profile.tags;
  return tags.filter((tag) => profile.tags?.includes(tag));
}

const wholeBody = (article: Article, policy: Policy, site: Site): Html =>
  html([feedBody(article, { ...site, content: "full" }), ...attribution(article, policy)].join("\n"));

/**
 * The body with the summary or the first paragraphs alone, and the link as the last of it. Its words are counted as the partner
 * gets them: a player that isn't taken, say, is a link by then, which says its title.
 */
function cutBody(article: Article, policy: Policy, site: Site, fitted: (body: Html) => Html): Html {
  const { content } = policy;
  const { dek: _, dateline, ...rest } = article;
  const bylines = article.bylines.map(({ bio: _, ...byline }) => byline);
  const last = [...attribution(article, policy), continueReading(article)];
  if (typeof content === "string") {
    const summary = { ...rest, ...(article.summary === "" ? {} : { dek: article.summary }) };
    const text = storyHtml({ ...summary, body: html("") });
    return feedBody({ ...summary, bylines }, { ...site, content: "full" }, { text, last });
  }
  const body = firstParagraphs(fitted(withPlayerLinks(article.body, article)), content.paragraphs);
  const text = storyHtml({ ...article, body });
  return feedBody({ ...article, bylines }, { ...site, content: "full" }, { text, last });
}

/** The lead picture, if there is one, with no more of its words than a paragraph has; its credit is whole. */
function leadOf({ images: [lead] }: Article): readonly Image[] {
  if (!lead) return [];
  const budget = new WordBudget(WORDS_A_PARAGRAPH);
  const { caption, alt, ...image } = lead;
  const shown = caption === undefined ? undefined : budget.start(caption);
  const said = alt === "" ? alt : budget.start(alt);
  return [{ ...image, alt: said, ...(shown ? { caption: shown } : {}) }];
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
