// A story on its article's page, the same page as that of published articles. Nothing is stored.

import type { FC } from "hono/jsx";
import type { Runtime } from "../env.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import type { Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import { articlePage } from "../pages/article.tsx";
import { type DraftArticle, draftArticle } from "./draft-article.ts";
import type { Story } from "./stories.ts";

/** The headers of an article's page, but no scripts: they would run with an editor's session. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
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
  const { article, problems, warnings } = await draftArticle(runtime, story, now);
  const notice = <Notice story={story} problems={problems} warnings={warnings} />;
  const head = <link rel="stylesheet" href="/desk/preview.css" />;
  const { content } = await articlePage(runtime, article, now, { notice, head });
  return new Response(`<!doctype html>\n${String(await content)}\n`, { headers: PREVIEW_HEADERS });
}

const Notice: FC<{ story: Story; problems: readonly Problem[]; warnings: DraftArticle["warnings"] }> = ({
  story: { story, revision },
  problems,
  warnings,
}) => (
  <section class="preview" lang="en" dir="ltr" aria-label="Preview">
    <p>
      <strong>Preview of revision {revision.number}.</strong> Only the desk sees this page.{" "}
      <a href={`/desk/stories/${story.id}`}>Back to the story</a>{" "}
      <a href={`/desk/stories/${story.id}/share`}>Show it to somebody outside</a>
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
