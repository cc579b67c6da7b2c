// A story as the article that it is to be, with the clean-up of published articles, and all that is wrong with it. Nothing
// is stored.

import { articleInputSchema, type StoredArticle } from "../../article/article.ts";
import { remarksOn } from "../../article/remarks.ts";
import { resolveKnown } from "../../article/resolve.ts";
import { articleBySlug } from "../../article/sql.ts";
import type { Runtime } from "../../env.ts";
import { storyHtml, withPlayerLinks } from "../../formats/body.ts";
import { check, type Problem } from "../../lib/problem.ts";
import type { Html } from "../../lib/text.ts";
import { escapeHtml } from "../../lib/text.ts";
import { type Instant, latest } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { prepareArticle } from "../../publish/prepare.ts";
import { isAltProblem } from "../pictures/picture.ts";
import { linesOf } from "./lines.ts";
import { checkStory, type Story } from "./stories.ts";

/** A story as an article, though it may not be one yet. */
export interface DraftArticle {
  readonly article: StoredArticle;
  readonly problems: readonly Problem[];
  /** What the clean-up takes out, and what a sub-editor would say; with paths of the API. */
  readonly warnings: readonly Problem<string>[];
}

/**
 * The story's article as it would be stored now. Fields with problems are reported, and left out. @throws Error, when
 * D1 fails.
 */
export async function draftArticle(runtime: Runtime, story: Story, now: Instant): Promise<DraftArticle> {
  const { env, site } = runtime;
  const { published, duePublished } = story.story;
  const at = duePublished ?? latest([now, ...(published === null ? [] : [published])]) ?? now;
  const { slug, article, problems } = checkStory(story, { at, now }, site);
  const stored = story.story.live === null ? undefined : await articleBySlug(env.DB, slug);
  const address = slug === "" || problems.some(({ path }) => path === "slug") ? UNNAMED : slug;
  const told = [...problems];
  const bare = { published: article.published, body: { html: wordsOf(article.body) } };
  const wrong = problems.filter((one) => !isAltProblem(one));
  for (let attempt = 0, fields = without(article, wrong); ; attempt++) {
    const input = check(articleInputSchema, { ...EMPTY, ...fields });
    const prepared = input.ok
      ? await prepareArticle(runtime, address, stored?.article.id ?? UNNAMED, input.value)
      : input;
    if (prepared.ok) {
      const { article, warnings } = prepared.value;
      return { article, problems: told, warnings: [...warnings, ...remarksOn(article, site)] };
    }
    if (fields === bare)
      throw new Error(`story ${story.story.id} can't be shown: ${prepared.problems[0]?.message}`);
    told.push(...prepared.problems);
    fields = attempt < ATTEMPTS ? without(fields, prepared.problems) : bare;
  }
}

/**
 * Leaving out a field may reveal another problem, for example with a picture that is then only in the text.
 */
const ATTEMPTS = 2;
/** Slug and id for a story that has none yet. */
const UNNAMED = "preview";
const EMPTY = { headline: t("Without a headline"), body: { html: "" } };

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields without those that have problems. From lists, only the bad items are removed; the text is
 * reduced to its words.
 */
function without(fields: Fields, problems: readonly Problem[]): Fields {
  const kept: Record<string, unknown> = { ...fields };
  for (const { path } of problems) {
    const [, field = "", index] = /^(\w+)(?:\[(\d+)\])?/.exec(path) ?? [];
    const value = kept[field];
    if (field === "body") kept.body = { html: wordsOf(value) };
    else if (index !== undefined && Array.isArray(value)) kept[field] = value.with(Number(index), undefined);
    else delete kept[field];
  }
  return Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.filter((item) => item !== undefined) : value,
    ]),
  );
}

const wordsOf = (body: unknown): string =>
  linesOf(body)
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join("");

/** The cleaned text with its pictures. Text that can't be read as HTML is shown as it is typed. @throws Error, when D1 fails. */
export async function formattedBody(runtime: Runtime, story: Story, now: Instant): Promise<Html> {
  const { article } = resolveKnown((await draftArticle(runtime, story, now)).article, runtime.site);
  return storyHtml({ ...article, body: withPlayerLinks(article.body, article) });
}
