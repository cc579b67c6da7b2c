// An article has one home: git, the API or the desk. The desk takes articles over, with their text as a
// revision, and gives them back to git.

import type * as z from "zod/mini";
import { asInput } from "../../article/as-input.ts";
import { type ArticleRecord, articleBySlug } from "../../article/sql.ts";
import type { Runtime } from "../../env.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import type { pulledSchema } from "../inputs.ts";
import { type Person, readStory, type StoryRow } from "../stories/sql.ts";
import { notePulled, storyOfArticle, takeOverArticle } from "./sql-homes.ts";

const ATTEMPTS = 3;

/** Where a content folder keeps an article. */
const folderOf = (slug: string): string => `content/articles/${slug}/`;

/** True for a story whose article is edited elsewhere: it can only be read until it is taken over. */
export const isElsewhere = ({ home }: Pick<StoryRow, "home">): boolean => home === "git" || home === "api";

/** Where an article that isn't edited at the desk is edited, in a sentence. */
export const whereEdited = (home: ArticleRecord["origin"]["home"], slug: string): string =>
  home === "git"
    ? t("This article is edited in files: in git, in the folder {folder}.", { folder: folderOf(slug) })
    : home === "api"
      ? t("This article is edited in another system, which sends it by the API.")
      : t("This article is edited elsewhere: in files, or in another system.");

/** How taking over ended. `there` is for an article that the desk has already. */
export type TakeOver =
  | { readonly kind: "taken" | "there"; readonly id: string }
  | { readonly kind: "unknown"; readonly record: ArticleRecord | undefined }
  | { readonly kind: "busy" };

/**
 * Makes the desk the home of an article: a story gets its text. Done twice, it is one story, and one
 * revision. @throws Error, when D1 fails.
 */
export async function takeOver(
  { env }: Runtime,
  slug: string,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<TakeOver> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await articleBySlug(env.DB, slug);
    if (record?.article.slug !== slug) return { kind: "unknown", record };
    const story = await storyOfArticle(env.DB, slug);
    if (story && record.origin.home === "desk") return { kind: "there", id: story.id };
    const id = story?.id ?? crypto.randomUUID();
    const { published, version } = { published: record.article.published, version: record.version };
    const model = JSON.stringify(draftOf(record));
    const { headline } = record.article;
    const save = { slug, headline, model, by: name, at: now, replaces: true };
    const taken = { slug, version, published, id, head: story?.head ?? 0, save };
    if (await takeOverArticle(env.DB, taken)) return { kind: "taken", id };
  }
  return { kind: "busy" };
}

/** The article as a draft: without its id and its dates, which stay as they are. */
function draftOf({ article }: ArticleRecord): Readonly<Record<string, unknown>> {
  const { id: _id, published: _published, updated: _updated, ...draft } = asInput(article);
  return omitUndefined(draft);
}

/** How `pulled` ended; where it failed, `message` says why. */
export type PulledOutcome =
  | { readonly kind: "noted" }
  | { readonly kind: "unknown"; readonly record: ArticleRecord | undefined }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Notes that a content folder has an article as the desk published it. With `giveBack`, git is its home from
 * now on. Idempotent. @throws Error, when D1 fails.
 */
export async function pulled(
  { env }: Runtime,
  slug: string,
  { version, digest, giveBack = false }: z.infer<typeof pulledSchema>,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<PulledOutcome> {
  if (await notePulled(env.DB, { slug, version, digest, giveBack }, name, now)) return { kind: "noted" };
  const record = await articleBySlug(env.DB, slug);
  if (record?.article.slug !== slug) return { kind: "unknown", record };
  const { home, gitVersion } = record.origin;
  const isDone = home === "git" && gitVersion === version && record.version === version;
  if (giveBack && isDone && record.digest === digest) return { kind: "noted" };
  const story = await storyOfArticle(env.DB, slug);
  const read = story && (await readStory(env.DB, story.id));
  return { kind: "refused", message: whyRefused(record, version, read?.story) };
}

function whyRefused(
  { origin, article, version: stored }: ArticleRecord,
  version: number,
  story: StoryRow | undefined,
): string {
  if (origin.home !== "desk") return whereEdited(origin.home, article.slug);
  if (stored !== version)
    return t('The desk has published version "{version}" since. Pull it again.', { version: stored });
  if (story?.due) return t("It is about to be published at the desk. Pull it again in a minute.");
  return t(
    "The desk has text of it that isn't published: revision {head}. Publish that, or restore what is published and publish it; then pull it again.",
    { head: story?.head ?? 0 },
  );
}
