// Folders that were renamed: one has vanished, and a new one has its text. Published as they are, they would be two articles.

import type { ArticleSummary } from "../api/answers.ts";
import type { ArticleInput } from "../article/article.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import type { Client } from "./client.ts";

/** So many vanished articles are read at most, those with the same headline or date first. */
const READ_LIMIT = 50;
/** Of two texts the shares that stand in both; below it they are two articles. */
const SAME_SHARE = 0.5;
const SHINGLE_CHARACTERS = 8;
const COMPARED_CHARACTERS = 20_000;
/** Shorter texts say too little: they must have the same headline too. */
const SHORT_CHARACTERS = 40;

/** A new folder, and the vanished article that it holds. */
export interface Renamed {
  readonly article: ReadyArticle;
  readonly was: ArticleSummary;
}

/** Which of some new articles are vanished ones under another name; each vanished one is found once. */
export async function findRenamed(
  fresh: readonly ReadyArticle[],
  vanished: readonly ArticleSummary[],
  client: Pick<Client, "article">,
): Promise<readonly Renamed[]> {
  const found: Renamed[] = [];
  const left = () => vanished.filter((was) => !found.some((each) => each.was === was));
  const open = () => fresh.filter((article) => !found.some((each) => each.article === article));
  for (const article of fresh) {
    const was = left().find((each) => isNamed(article, each) || each.digest === article.digest);
    if (was) found.push({ article, was });
  }
  if (open().length === 0) return found;
  const likely = (was: ArticleSummary) => open().some((article) => looksLike(article, was));
  const candidates = left().sort((a, b) => Number(likely(b)) - Number(likely(a)));
  for (const was of candidates.slice(0, READ_LIMIT)) {
    const stored = await client.article(was.slug);
    const article = stored.ok && open().find((each) => isSameText(each.input, stored.value));
    if (article) found.push({ article, was });
  }
  return found;
}

/** The article in the folder that a vanished one was stored a second time as: it has text, and looks the same. */
export const doubleOf = (
  { digest, headline, published }: ArticleSummary,
  articles: readonly ReadyArticle[],
): ReadyArticle | undefined =>
  articles.find(
    ({ digest: own, input }) =>
      (own === digest || (input.headline === headline && input.published === published)) &&
      lettersOf(input.body.html).length >= SHORT_CHARACTERS,
  );

/** Its `id` says that it is that article: as the id, or, as people read it, as the slug. */
const isNamed = ({ input: { id } }: ReadyArticle, was: ArticleSummary): boolean =>
  id !== undefined && (id === was.id || id === was.slug);

const looksLike = ({ input }: ReadyArticle, { headline, published }: ArticleSummary): boolean =>
  input.headline === headline || input.published === published;

/** True for two states of one article: half of the text of both stands in both. */
export function isSameText(a: Text, b: Text): boolean {
  const [one, other] = [lettersOf(a.body.html), lettersOf(b.body.html)];
  if (one.length < SHORT_CHARACTERS || other.length < SHORT_CHARACTERS)
    return one === other && a.headline === b.headline;
  const [left, right] = [one, other].map((letters) => shinglesOf(letters.slice(0, COMPARED_CHARACTERS)));
  if (!left || !right) return false;
  let shared = 0;
  for (const shingle of left) if (right.has(shingle)) shared++;
  return shared / (left.size + right.size - shared) >= SAME_SHARE;
}

type Text = Pick<ArticleInput, "headline" | "body">;

/** What is the same of two texts that differ in markup, spaces and signs alone; undefined for one that says too little. */
export function letteringOf({ body }: Pick<Text, "body">): string | undefined {
  const letters = lettersOf(body.html);
  return letters.length < SHORT_CHARACTERS ? undefined : letters;
}

/** Letters and digits of the text alone: markup, spaces and signs are cleaned up on the way. */
const lettersOf = (html: string): string =>
  html
    .replace(/<[^>]*>|&[#\w]+;/g, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

function shinglesOf(text: string): ReadonlySet<string> {
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_CHARACTERS <= text.length; at++)
    shingles.add(text.slice(at, at + SHINGLE_CHARACTERS));
  return shingles;
}
