// A story on its article's page, the same page as that of published articles. Nothing is stored.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Runtime } from "../../env.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import { interfaceDirection, interfaceLanguage, t } from "../../lib/translate.ts";
import { articlePage } from "../../pages/article.tsx";
import { isAltProblem } from "../pictures/picture.ts";
import { problemText } from "../publish/field-names.ts";
import { type DraftArticle, draftArticle } from "../stories/draft-article.ts";
import type { Story } from "../stories/stories.ts";
import { PREVIEW_HEADERS, PREVIEW_POLICY, PreviewNav, type PreviewTime } from "./preview-frame.tsx";

/** How a preview is to be shown. */
interface PreviewOptions {
  readonly now: Instant;
  readonly time: PreviewTime;
  /** Within a page of the desk, which says what it is. */
  readonly isFramed: boolean;
}

/**
 * The preview of a story, below a list of the problems that keep it from being published. @throws Error, when
 * D1 fails.
 */
export async function previewPage(
  runtime: Runtime,
  story: Story,
  { now, time, isFramed }: PreviewOptions,
): Promise<Response> {
  const draft = await draftArticle(runtime, story, now);
  const notice = isFramed ? null : <Notice {...{ story, draft, time, site: runtime.site }} />;
  const head = <link rel="stylesheet" href="/desk/preview.css" />;
  const { content } = await articlePage(runtime, draft.article, time.at, { notice, head });
  return new Response(`<!doctype html>\n${String(await content)}\n`, {
    headers: isFramed ? FRAMED_HEADERS : PREVIEW_HEADERS,
  });
}

const FRAMED_HEADERS = {
  ...PREVIEW_HEADERS,
  "Content-Security-Policy": PREVIEW_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
};

const Notice: FC<{ story: Story; draft: DraftArticle; time: PreviewTime; site: Site }> = ({
  story: { story, revision },
  draft: { article, problems, warnings },
  time,
  site,
}) => {
  // At the desk a picture without alternative text is a problem, which is said already.
  const remarks = warnings.filter((one) => !isAltProblem(one));
  return (
    <section class="preview" lang={interfaceLanguage} dir={interfaceDirection} aria-label={t("Preview")}>
      <p>
        <strong>{t("Preview of revision {number}.", { number: revision.number })}</strong>{" "}
        {t("Only the desk sees this page.")}
      </p>
      <p class="links">
        <a href={`/desk/stories/${story.id}`}>{t("Back to the story")}</a>{" "}
        <a href={`/desk/stories/${story.id}/share`}>{t("Show it to somebody outside")}</a>
      </p>
      <PreviewNav id={story.id} kind="" time={time} />
      {time.local === undefined ? null : (
        <p>
          {t("This is how it will be on {time}.", {
            time: humanTime(time.at, interfaceLanguage, site.timezone),
          })}{" "}
          {article.published > time.at ? t("By then it isn’t out yet.") : null}
          {article.expires !== undefined && article.expires <= time.at
            ? t("By then it has expired: readers don’t find it any more.")
            : null}
        </p>
      )}
      {problems.length === 0 ? null : (
        <>
          <p>
            <strong>{t("It can’t be published yet:")}</strong>
          </p>
          <ul>
            {problems.map((one) => (
              <li>{problemText(one)}</li>
            ))}
          </ul>
        </>
      )}
      {remarks.length === 0 ? null : (
        <>
          <p>
            <strong>{t("Worth a look:")}</strong>
          </p>
          <ul>
            {remarks.map((one) => (
              <li>{problemText(one)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
