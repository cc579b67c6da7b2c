// An article -> its entry for one partner, or what keeps it out. Pictures are made to fit, the text is cut, the profile's
// linter looks at it, and what was written is parsed back before anybody keeps it.

import { type Article, isEmptyArticle, type StoredArticle, type Withdrawal } from "../article/article.ts";
import type { Image } from "../article/image.ts";
import { resolveArticle, resolveKnown } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { Env } from "../env.ts";
import { continueReading, feedBody, storyHtml, withPlayerLinks } from "../formats/body.ts";
import { withdrawnNotice } from "../formats/notice.ts";
import { sha256 } from "../lib/digest.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { type Problem, plainReason } from "../lib/problem.ts";
import { escapeHtml, type Html, html } from "../lib/text.ts";
import { type Instant, latest } from "../lib/time.ts";
import { firstParagraphs, WORDS_A_PARAGRAPH, WordBudget } from "./first-paragraphs.ts";
import { withPermittedPictures } from "./image-rights.ts";
import type { Policy } from "./policy.ts";
import type { Finding, Profile, Story } from "./profile.ts";
import { restrictHtml } from "./restrict-html.ts";
import { restrictPictures, strictestRules } from "./restrict-pictures.ts";
import type { Chosen, Standing } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import type { PartnerCandidate, PartnerItemRow } from "./sql-items.ts";

/** What an item is made with. */
export interface Workshop {
  readonly env: Env;
  readonly site: Site;
  readonly fingerprint: string;
  readonly record: PartnerRecord;
  readonly profile: Profile;
}

const DIGITS = 12;
/** Below D1's 2 MB a parameter, with room for the other columns. */
const ENTRY_BYTES_LIMIT = 1_900_000;

/** A key of everything that an item depends on: while it is the same, the stored item is reused. */
export function madeOf({ candidate, standing }: Chosen, { env, record, fingerprint }: Workshop): string {
  const images = env.IMAGES ? "images" : "none";
  return [candidate.version, standing, record.digest.slice(0, DIGITS), fingerprint, images].join("/");
}

/** Makes an item. What keeps it out is in its problems, as a `refusal`; its body is empty then. */
export async function makeItem(
  chosen: Chosen,
  stored: { readonly article: StoredArticle; readonly withdrawn?: Withdrawal },
  workshop: Workshop,
): Promise<PartnerItemRow> {
  const { candidate } = chosen;
  const made =
    chosen.standing === "removed"
      ? removal(candidate, stored, workshop)
      : await entry(chosen, stored.article, workshop);
  const refused = made.problems.some(({ level }) => level === "refusal");
  const body = refused ? "" : made.body;
  return {
    articleId: candidate.id,
    // What failed for a moment is tried again with the next build.
    madeOf: made.passing ? "" : madeOf(chosen, workshop),
    body,
    hash: await sha256(body),
    dated: made.dated,
    problems: made.problems,
  };
}

interface Made {
  readonly body: string;
  readonly dated: Instant;
  readonly problems: readonly Finding[];
  /** It could not be made just now. */
  readonly passing?: boolean;
}

async function entry(
  { candidate, standing }: Chosen,
  stored: StoredArticle,
  workshop: Workshop,
): Promise<Made> {
  const { site, record, profile } = workshop;
  const resolved = resolveArticle(stored, site);
  const refused = (problems: readonly Problem[]): Made => ({
    body: "",
    dated: candidate.published,
    problems: problems.map((problem) => ({ ...problem, level: "refusal" })),
  });
  if (!resolved.ok) return refused(resolved.problems);
  if (isEmptyArticle(stored))
    return refused([{ path: "body", message: "has no text, and there is no picture" }]);
  const { images } = record.policy;
  const syndicated = withPermittedPictures(resolved.value, images, site.url);
  const fitted = await restrictPictures(workshop, syndicated, strictestRules(profile.pictures, images));
  try {
    const story = storyOf(fitted.article, factsOf(candidate, standing), record.policy, profile, site);
    const problems = [...fitted.findings, ...profile.lint(story, site)];
    const isRefused = problems.some(({ level }) => level === "refusal");
    const body = isRefused ? "" : write(story, workshop);
    return { body, dated: story.modified, problems, passing: fitted.transient.length > 0 };
  } catch (error) {
    // A text that the cut, a serializer or the strict parse can't take refuses this article alone, with the reason.
    return refused([{ path: "", message: `can't be written as ${profile.name}: ${plainReason(error)}` }]);
  }
}

/** An entry, parsed back. @throws Error, for one that is of no use. */
function write(story: Story, { profile, site }: Workshop): string {
  const written = profile.entry(story, site);
  profile.verify(written, story);
  // As it goes to D1.
  const { byteLength } = new TextEncoder().encode(JSON.stringify(written));
  if (byteLength > ENTRY_BYTES_LIMIT)
    throw new Error(`it makes ${byteLength} bytes, and at most ${ENTRY_BYTES_LIMIT} can be stored`);
  return written;
}

/** What says that an article is gone: nothing of it is left but its id, its dates and its address. */
function removal(
  candidate: PartnerCandidate,
  { article, withdrawn }: { readonly article: StoredArticle; readonly withdrawn?: Withdrawal },
  { site, record, profile }: Workshop,
): Made {
  const at = withdrawn?.at ?? candidate.changedAt;
  if (profile.removal === "tombstone") return { body: "", dated: at, problems: [] };
  // An article that was only taken from partners was never withdrawn publicly, so the notice doesn't name it.
  const notice = withdrawnNotice(
    resolveKnown(article, site).article,
    withdrawn ?? { at, unnamed: true },
    site,
  );
  const policy = { ...record.policy, content: "full" as const };
  const story = storyOf(notice, { ...factsOf(candidate, "removed"), changedAt: at }, policy, profile, site);
  const body =
    profile.removal === "sign" ? (profile.sign?.(story, at, site) ?? "") : profile.entry(story, site);
  return { body, dated: at, problems: [] };
}

const factsOf = ({ version, changedAt, expires }: PartnerCandidate, standing: Standing) => ({
  version,
  changedAt,
  ...omitUndefined({ expires }),
  embargoed: standing === "embargoed",
});

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
  const fitted = (body: Html) =>
    restrictHtml(body, { ...omitUndefined({ tags }), embeds: policy.html.embeds });
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
