// Drafts of the desk as drafts in the content folder. Only those that are named are pulled.

import { join } from "node:path";
import { type ArticleInput, articleInputSchema } from "../../article/article.ts";
import type { Content } from "../../content/folder.ts";
import { pulledArticle } from "../../content/pulled-article.ts";
import type { StoryAnswer } from "../../desk/answers.ts";
import { check } from "../../lib/problem.ts";
import { slugField, slugify } from "../../lib/text.ts";
import type { Client } from "../client.ts";
import { type Outcome, type PullOptions, refused } from "./outcome.ts";
import { download, writeArticleFolder } from "./write-folder.ts";

/** Writes the draft whose address would be `slug`. The desk's draft stays as it is. */
export async function pullDraft(
  slug: string,
  { dir, force = false }: PullOptions,
  content: Content,
  client: Client,
): Promise<Outcome> {
  if (!check(slugField, slug).ok) return refused("is not a slug");
  const drafts = (await client.stories()).filter(
    (story) => story.live === null && (story.slug ?? slugify(story.headline)) === slug,
  );
  const [draft, other] = drafts;
  if (!draft) return refused("is neither an article nor a draft of the desk");
  if (other) return refused("is the address of several drafts: give all but one another address at the desk");
  if (content.slugs.has(slug) && !force)
    return refused(
      "has a folder already, so the draft isn't written: pull with --force to overwrite its file",
    );
  const reply = await client.story(draft.id);
  if (!reply.ok) return refused(reply.problem.detail ?? reply.problem.title);
  const { article, left } = draftInput(reply.value);
  const known = { draft: true, isHtml: false };
  const made = pulledArticle(slug, article, content.site, known);
  const pictures = await download(made.pictures, client);
  if (!pictures.ok) return refused(pictures.why);
  const written = await writeArticleFolder(join(dir, "articles", slug), made, pictures.files, force);
  if ("why" in written) return refused(written.why);
  const warnings = left.length === 0 ? [] : [`${slug}  left out, as it can't be read: ${left.join(", ")}`];
  return { kind: "written", file: written.path, warnings };
}

/** The draft's fields that an article may have; the others by name. */
function draftInput({ article }: StoryAnswer): {
  readonly article: ArticleInput;
  readonly left: readonly string[];
} {
  const whole = { ...FILLED, ...article };
  const checked = check(articleInputSchema, whole);
  const wrong = new Set(checked.ok ? [] : checked.problems.map(({ path }) => path.split(/[.[]/)[0] ?? ""));
  const kept = Object.fromEntries(Object.entries(article).filter(([name]) => !wrong.has(name)));
  const again = check(articleInputSchema, { ...FILLED, ...kept });
  const { headline, published, ...rest } = again.ok ? again.value : FILLED;
  // What was filled in to have it checked isn't the draft's.
  const own = {
    ...("headline" in kept ? { headline } : {}),
    ...("published" in kept ? { published } : {}),
    ...rest,
  } as ArticleInput;
  return { article: own, left: Object.keys(article).filter((name) => wrong.has(name)) };
}

const FILLED = {
  ...{
    headline: "x",
    published: "2000-01-01T00:00:00Z",
    body: { html: "" },
    tags: [],
    bylines: [],
    images: [],
  },
  ...{ corrections: [], syndicate: true, sponsored: false, restore: false },
} as unknown as ArticleInput;
