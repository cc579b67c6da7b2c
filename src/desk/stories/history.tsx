// A story's history: the list of its revisions, and a page for one of them. Both work without JavaScript.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Html } from "../../lib/text.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, t } from "../../lib/translate.ts";
import { BackToStory, DeskLayout, Notice, SavedRevision, Time } from "../layout.tsx";
import { Words } from "./plain-story.tsx";
import type { PastRevision, Person, StoryRow } from "./sql.ts";
import type { Story } from "./stories.ts";

/** The list of a story's revisions. The editor fetches it again when it is opened (`editor/history.ts`). */
export const History: FC<{
  story: StoryRow;
  revisions: readonly PastRevision[];
  site: Site;
  now: Instant;
}> = ({ story, revisions, site, now }) => (
  <details id="history">
    <summary>{t("History")}</summary>
    <ol>
      {revisions.map(({ number, at, by, wasPublished }) => (
        <li>
          {parts("{revision}, saved {time} by {name}", {
            revision: (
              <a href={`/desk/stories/${story.id}/revisions/${number}`}>
                {t("Revision {number}", { number })}
              </a>
            ),
            time: <Time at={at} site={site} />,
            name: <bdi>{by}</bdi>,
          })}
          {wasPublished ? (
            <>
              {" "}
              <strong class="state live">{t("published")}</strong>
            </>
          ) : null}
          {number === story.live ? <OfLive story={story} now={now} /> : null}
        </li>
      ))}
    </ol>
    <p>
      <a href={`/desk/journal?story=${story.id}`}>{t("Journal of this story")}</a>
    </p>
    <p class="hint">
      {t(
        "The list has each person's last revision of every ten minutes, and all that were published or replaced. Every revision is kept for a day, one an hour for a month, and one a day after that.",
      )}
    </p>
  </details>
);

/** What readers have of the revision that is stored as the article: it is out now, or comes out later. */
const OfLive: FC<{ story: StoryRow; now: Instant }> = ({ story: { published, withdrawn }, now }) =>
  published === null || withdrawn !== null ? null : (
    <>
      {" "}
      <strong class="state live">{published <= now ? t("out now") : t("Scheduled")}</strong>
    </>
  );

/** One revision, with its text as it would be published, and a form that restores it. */
export const RevisionPage: FC<{
  story: Story;
  body: Html;
  person: Person;
  site: Site;
  problem?: string;
}> = ({ story: { story, revision }, body, person, site, problem }) => {
  const article = JSON.parse(revision.model) as Readonly<Record<string, unknown>>;
  const { number } = revision;
  return (
    <DeskLayout
      site={site}
      title={
        story.headline === ""
          ? t("Revision {number}", { number })
          : t("Revision {number} of {headline}", { number, headline: story.headline })
      }
      person={person}
      script={number === story.head ? undefined : "/desk/revision.js"}
    >
      <p>
        <BackToStory id={story.id} />
      </p>
      <Notice text={problem} />
      <SavedRevision revision={revision} site={site} />
      {number === story.head ? (
        <p>{t("This is the newest revision.")}</p>
      ) : (
        <form method="post">
          <input type="hidden" name="head" value={String(story.head)} />
          <button type="submit" class="first">
            {t("Restore this")}
          </button>
          <p class="hint">
            {t(
              "Its text becomes the newest revision. Nothing is published. Revision {head}, the newest now, stays in the history.",
              { head: story.head },
            )}
          </p>
        </form>
      )}
      <div id="compare" data-story={story.id} data-revision={String(number)} />
      <Words article={article} site={site} body={body} />
    </DeskLayout>
  );
};
