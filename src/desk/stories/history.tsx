// A story's history: the list of its revisions, and a page for one of them. Both work without JavaScript.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { DeskLayout, Time } from "../layout.tsx";
import type { PastRevision, Person } from "./sql.ts";
import type { Story } from "./stories.ts";
import { Words } from "./words.tsx";

/** The list of a story's revisions. The editor fetches it again when it is opened (`editor/history.ts`). */
export const History: FC<{ id: string; revisions: readonly PastRevision[]; site: Site }> = ({
  id,
  revisions,
  site,
}) => (
  <details id="history">
    <summary>History</summary>
    <ol>
      {revisions.map(({ number, at, by, wasPublished }) => (
        <li>
          <a href={`/desk/stories/${id}/revisions/${number}`}>Revision {number}</a>, saved{" "}
          <Time at={at} site={site} /> by <bdi>{by}</bdi>
          {wasPublished ? <strong class="state live"> published</strong> : null}
        </li>
      ))}
    </ol>
    <p>
      <a href={`/desk/journal?story=${id}`}>Journal of this story</a>
    </p>
    <p class="hint">
      The list has revisions that were published or replaced, and otherwise each person's last one in each ten
      minutes. Every revision is kept for a day, one an hour for a month, and one a day after that.
    </p>
  </details>
);

/** One revision, as plain text, with a form that restores it. */
export const RevisionPage: FC<{ story: Story; person: Person; site: Site; problem?: string }> = ({
  story: { story, revision },
  person,
  site,
  problem,
}) => {
  const article = JSON.parse(revision.model) as Readonly<Record<string, unknown>>;
  return (
    <DeskLayout
      site={site}
      title={`Revision ${revision.number} of ${story.headline || "a story"}`}
      person={person}
      script={revision.number === story.head ? undefined : "/desk/revision.js"}
    >
      <p>
        <a href={`/desk/stories/${story.id}`}>Back to the story</a>
      </p>
      {problem === undefined ? null : (
        <div class="notice" role="alert">
          <p>{problem}</p>
        </div>
      )}
      <p>
        Revision {revision.number}, saved <Time at={revision.at} site={site} /> by <bdi>{revision.by}</bdi>.
      </p>
      {revision.number === story.head ? (
        <p>This is the newest revision.</p>
      ) : (
        <form method="post">
          <input type="hidden" name="head" value={String(story.head)} />
          <button type="submit" class="first">
            Restore this
          </button>
          <p class="hint">
            What it says becomes the newest revision, and nothing is published. Revision {story.head}, the
            newest now, stays in the history.
          </p>
        </form>
      )}
      <div id="compare" data-story={story.id} data-revision={String(revision.number)} />
      <Words article={article} site={site} />
    </DeskLayout>
  );
};
