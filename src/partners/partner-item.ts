// An article -> an item for one partner -> an entry of the partner's feed, or what keeps it out. Pictures are
// restricted to those that the partner may have and takes, the text is cut and cleaned, and the profile's
// linter checks the item. The written entry is parsed back before it is stored.

import type { Article, StoredArticle, Withdrawal } from "../article/article.ts";
import { isEmptyArticle } from "../article/body.ts";
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
import { t } from "../lib/translate.ts";
import { firstParagraphs, WORDS_A_PARAGRAPH, WordBudget } from "./first-paragraphs.ts";
import type { Policy } from "./policy.ts";
import { type Finding, type Item, type Profile, refusalIn } from "./profile.ts";
import { restrictHtml } from "./restrict-html.ts";
import { restrictPictures, strictestRules, withPermittedPictures } from "./restrict-pictures.ts";
import type { ItemState, SelectedItem } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import type { PartnerCandidate, PartnerItemRow } from "./sql-items.ts";

/** What an item is rendered with. */
export interface ItemContext {
  readonly env: Env;
  readonly site: Site;
  readonly fingerprint: string;
  readonly record: PartnerRecord;
  readonly profile: Profile;
}

/** An article as it is stored, and its withdrawal. */
interface StoredSource {
  readonly article: StoredArticle;
  readonly withdrawn?: Withdrawal;
}

/** What an item has beside its article. */
export interface ItemFacts {
  readonly version: number;
  /** When that version was stored. */
  readonly changedAt: Instant;
  readonly expires?: Instant;
  readonly embargoed: boolean;
}

/** An article as an entry of a partner's feed. */
export interface Rendered {
  /** Missing where the article couldn't be made into one. */
  readonly item?: Item;
  readonly body: string;
  readonly dated: Instant;
  readonly problems: readonly Finding[];
  /** Something failed that may work soon, so the item is to be rendered again. */
  readonly hasTransientProblem?: boolean;
}

const DIGEST_DIGITS = 12;
/** Below the 2 MB that D1 takes as one parameter, with room for the other columns. */
const ENTRY_BYTES_LIMIT = 1_900_000;

/** A key made of everything that an item depends on. While it stays the same, the stored item is reused. */
export function itemCacheKey(
  { candidate, state }: SelectedItem,
  { env, record, fingerprint }: ItemContext,
): string {
  const images = env.IMAGES ? "images" : "none";
  return [candidate.version, state, record.digest.slice(0, DIGEST_DIGITS), fingerprint, images].join("/");
}

/** Renders an item. What keeps it out is among its problems, as a `refusal`; its body is empty then. */
export async function renderItem(
  item: SelectedItem,
  stored: StoredSource,
  context: ItemContext,
): Promise<PartnerItemRow> {
  const { candidate } = item;
  const rendered =
    item.state === "removed"
      ? renderRemoval(candidate, stored, context)
      : await renderArticle(item, stored.article, context);
  const body = refusalIn(rendered.problems) ? "" : rendered.body;
  return {
    articleId: candidate.id,
    // An empty key has the next build render it again.
    cacheKey: rendered.hasTransientProblem ? "" : itemCacheKey(item, context),
    body,
    hash: await sha256(body),
    dated: rendered.dated,
    problems: rendered.problems,
  };
}

/** Renders an article that is not removed. What keeps it out is among its problems, as a `refusal`. */
export async function renderArticle(
  { candidate, state }: SelectedItem,
  stored: StoredArticle,
  context: ItemContext,
): Promise<Rendered> {
  const { site, record, profile } = context;
  const resolved = resolveArticle(stored, site);
  const refused = (problems: readonly Problem[]): Rendered => ({
    body: "",
    dated: candidate.published,
    problems: problems.map((problem) => ({ ...problem, level: "refusal" })),
  });
  if (!resolved.ok) return refused(resolved.problems);
  if (isEmptyArticle(stored))
    return refused([{ path: "body", message: t("has no text, and there is no picture") }]);
  const { images } = record.policy;
  const permitted = withPermittedPictures(resolved.value, images, site.url);
  const restricted = await restrictPictures(context, permitted, strictestRules(profile.pictures, images));
  try {
    const item = itemOf(restricted.article, factsOf(candidate, state), record.policy, profile, site);
    const problems = [...restricted.findings, ...profile.lint(item, site)];
    const body = refusalIn(problems) ? "" : writeEntry(item, context);
    return {
      item,
      body,
      dated: item.modified,
      problems,
      hasTransientProblem: restricted.transient.length > 0,
    };
  } catch (error) {
    // A text that can't be cut, written or parsed back refuses this article alone, with the reason.
    return refused([unwritable(profile, error)]);
  }
}

/** Why an article can't be made into an entry. */
export const unwritable = ({ name }: Profile, error: unknown): Problem => ({
  path: "",
  message: t("can't be written as {profile}: {reason}", { profile: name, reason: plainReason(error) }),
});

/** Writes an entry and parses it back. @throws Error, for an entry that is wrong or too long. */
function writeEntry(item: Item, { profile, site }: ItemContext): string {
  const entry = profile.entry(item, site);
  profile.verify(entry, item);
  // D1 gets it as JSON.
  const { byteLength } = new TextEncoder().encode(JSON.stringify(entry));
  if (byteLength > ENTRY_BYTES_LIMIT)
    throw new Error(`the entry has ${byteLength} bytes, and at most ${ENTRY_BYTES_LIMIT} can be stored`);
  return entry;
}

/** The sign that an article is removed. All that it says of the article is its id, dates and address. */
function renderRemoval(
  candidate: PartnerCandidate,
  { article, withdrawn }: StoredSource,
  { site, record, profile }: ItemContext,
): Rendered {
  const at = withdrawn?.at ?? candidate.changedAt;
  if (profile.removal === "tombstone") return { body: "", dated: at, problems: [] };
  // An article that was only marked `syndicate: false` isn't withdrawn in public, so its notice doesn't name
  // it.
  const notice = withdrawnNotice(
    resolveKnown(article, site).article,
    withdrawn ?? { at, unnamed: true },
    site,
  );
  // A notice is never cut.
  const policy = { ...record.policy, content: "full" as const };
  const item = itemOf(notice, { ...factsOf(candidate, "removed"), changedAt: at }, policy, profile, site);
  const body =
    profile.removal === "sign" ? (profile.sign?.(item, at, site) ?? "") : profile.entry(item, site);
  return { body, dated: at, problems: [] };
}

const factsOf = ({ version, changedAt, expires }: PartnerCandidate, state: ItemState): ItemFacts => ({
  version,
  changedAt,
  ...omitUndefined({ expires }),
  embargoed: state === "embargoed",
});

/** An article, or a withdrawal's notice, as a partner's item. Its pictures must be restricted already. */
export function itemOf(
  article: Article,
  { version, changedAt, expires, embargoed }: ItemFacts,
  policy: Policy,
  profile: Profile,
  site: Site,
): Item {
  const tags = allowedTags(policy, profile);
  const restricted = (body: Html) =>
    restrictHtml(body, { ...omitUndefined({ tags }), embeds: policy.html.embeds });
  const isFull = policy.content === "full";
  const shown = isFull ? article : { ...article, images: leadPicture(article) };
  const body = isFull ? fullBody(article, policy, site) : cutBody(shown, policy, site, restricted);
  const dates = [
    article.published,
    article.updated,
    ...article.corrections.map(({ at }) => at),
    ...(version > 1 ? [changedAt] : []),
  ];
  return {
    article: shown,
    body: restricted(body),
    link: withParameters(article.url, policy.link.parameters),
    version,
    modified: latest(dates.filter((at) => at !== undefined)) ?? article.published,
    ...(embargoed ? { embargoedUntil: article.published } : {}),
    ...omitUndefined({ expires }),
  };
}

/** Elements that both the profile and the policy allow; undefined for all. */
function allowedTags({ html: { tags } }: Policy, profile: Profile): readonly string[] | undefined {
  if (tags === undefined || profile.tags === undefined) return tags ?? profile.tags;
  return tags.filter((tag) => profile.tags?.includes(tag));
}

const fullBody = (article: Article, policy: Policy, site: Site): Html =>
  html([feedBody(article, { ...site, content: "full" }), ...attribution(article, policy)].join("\n"));

/**
 * The summary or the first paragraphs, with a link to the rest at the end. Words are counted after the HTML
 * is restricted: a player that becomes a link, say, then adds the words of its title.
 */
function cutBody(article: Article, policy: Policy, site: Site, restricted: (body: Html) => Html): Html {
  const { content } = policy;
  const { dek: _, dateline, ...rest } = article;
  const bylines = article.bylines.map(({ bio: _, ...byline }) => byline);
  const last = [...attribution(article, policy), continueReading(article)];
  if (typeof content === "string") {
    const summary = { ...rest, ...(article.summary === "" ? {} : { dek: article.summary }) };
    const text = storyHtml({ ...summary, body: html("") });
    return feedBody({ ...summary, bylines }, { ...site, content: "full" }, { text, last });
  }
  const body = firstParagraphs(restricted(withPlayerLinks(article.body, article)), content.paragraphs);
  const text = storyHtml({ ...article, body });
  return feedBody({ ...article, bylines }, { ...site, content: "full" }, { text, last });
}

/**
 * The lead picture, if there is one. Its caption and alt text are cut to a paragraph's words; its credit is
 * not.
 */
function leadPicture({ images: [lead] }: Article): readonly Image[] {
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

/** The address with parameters added to those that it has. */
function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return Object.keys(parameters).length === 0 ? address : url.href;
}
