// A story on its article's page, with the same clean-up and the same page as published articles. Nothing is
// stored.

import type { FC } from "hono/jsx";
import { articleInputSchema, type StoredArticle } from "../article/article.ts";
import { articleBySlug } from "../article/sql.ts";
import type { Warning } from "../article/warning.ts";
import type { Runtime } from "../env.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import { check, type Problem } from "../lib/problem.ts";
import { escapeHtml } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import { articlePage } from "../pages/article.tsx";
import { prepareArticle } from "../publish/prepare.ts";
import { linesOf } from "./lines.ts";
import { checkStory, type Story } from "./stories.ts";

/** The headers of an article's page, but no scripts: they would run with an editor's session. */
const HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_SECURITY_HEADERS,
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Content-Type": "text/html; charset=utf-8",
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
};

/**
 * The preview of a story, below a list of the problems that keep it from being published. @throws Error, when
 * D1 fails.
 */
export async function previewPage(runtime: Runtime, story: Story, now: Instant): Promise<Response> {
  const { article, problems, warnings } = await preview(runtime, story, now);
  const notice = <Notice story={story} problems={problems} warnings={warnings} />;
  const head = <link rel="stylesheet" href="/desk/preview.css" />;
  const { content } = await articlePage(runtime, article, now, { notice, head });
  return new Response(`<!doctype html>\n${String(await content)}\n`, { headers: HEADERS });
}

const Notice: FC<{ story: Story; problems: readonly Problem[]; warnings: readonly Warning[] }> = ({
  story: { story, revision },
  problems,
  warnings,
}) => (
  <section class="preview" lang="en" dir="ltr" aria-label="Preview">
    <p>
      <strong>Preview of revision {revision.number}.</strong> Only the desk sees this page.{" "}
      <a href={`/desk/stories/${story.id}`}>Back to the story</a>
    </p>
    {problems.length === 0 ? null : (
      <>
        <p>
          <strong>It can’t be published yet:</strong>
        </p>
        <ul>
          {problems.map(({ path, message }) => (
            <li>
              {path === "" ? null : <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      </>
    )}
    {warnings.length === 0 ? null : (
      <>
        <p>
          <strong>Worth a look:</strong>
        </p>
        <ul>
          {warnings.map(({ message }) => (
            <li>{message}</li>
          ))}
        </ul>
      </>
    )}
  </section>
);

interface Preview {
  readonly article: StoredArticle;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** The story's article as it would be stored now. Fields with problems are reported, and left out. */
async function preview(runtime: Runtime, story: Story, now: Instant): Promise<Preview> {
  const { env, site } = runtime;
  const { slug, article, problems } = checkStory(story, story.story.duePublished ?? now, site);
  const stored = story.story.live === null ? undefined : await articleBySlug(env.DB, slug);
  const address = problems.some(({ path }) => path === "slug") ? UNNAMED : slug;
  const told = [...problems];
  const bare = { published: article.published, body: { html: wordsOf(article.body) } };
  for (let attempt = 0, fields = without(article, problems); ; attempt++) {
    const input = check(articleInputSchema, { ...EMPTY, ...fields });
    const prepared = input.ok
      ? await prepareArticle(runtime, address, stored?.article.id ?? UNNAMED, input.value)
      : input;
    if (prepared.ok) return { ...prepared.value, problems: told };
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
const EMPTY = { headline: "Without a headline", body: { html: "" } };

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
