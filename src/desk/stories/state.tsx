// Where a story stands, in a word or two.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import { isScheduled } from "../publish/schedule.ts";
import type { StoryRow } from "./sql.ts";

/** A story's state at `now`; that of an article that is out is a link to it. */
export const State: FC<{ story: StoryRow; site: Pick<Site, "timezone">; now: Instant }> = ({
  story,
  site,
  now,
}) => {
  const { live, head, slug, due, duePublished, problems, withdrawn, published } = story;
  const at = (instant: Instant) => <time datetime={instant}>{humanTime(instant, "en", site.timezone)}</time>;
  if (problems.length > 0) return <strong class="state bad">not published: see why</strong>;
  if (due !== null && duePublished !== null)
    return <strong class="state">about to be scheduled for {at(duePublished)}</strong>;
  if (due !== null) return <strong class="state">about to be published</strong>;
  if (live === null || published === null) return <strong class="state">draft</strong>;
  if (withdrawn !== null) return <strong class="state">withdrawn</strong>;
  const isLater = isScheduled(story, now);
  return (
    <>
      {isLater ? (
        <strong class="state live">scheduled for {at(published)}</strong>
      ) : (
        <a class="state live" href={`/articles/${slug}`}>
          published
        </a>
      )}
      {live < head ? (
        <strong class="state"> with changes that {isLater ? "aren't scheduled" : "aren't out"}</strong>
      ) : null}
    </>
  );
};

/** What the button says that publishes a story at once. */
export const publishLabel = (story: StoryRow, now: Instant): string => {
  if (story.live === null || story.published === null) return "Publish";
  if (story.withdrawn !== null) return "Publish again";
  return isScheduled(story, now) ? "Publish now" : "Publish the changes";
};
