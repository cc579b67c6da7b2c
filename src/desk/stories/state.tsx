// Where a story stands, in a word or two.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, t } from "../../lib/translate.ts";
import { Time } from "../layout.tsx";
import { isScheduled } from "../publish/schedule.ts";
import type { StoryRow } from "./sql.ts";

/** A story's state at `now`; that of an article that is out is a link to it. */
export const State: FC<{ story: StoryRow; site: Pick<Site, "timezone">; now: Instant }> = ({
  story,
  site,
  now,
}) => {
  const { live, head, slug, due, duePublished, problems, withdrawn, published } = story;
  const at = (instant: Instant) => <Time at={instant} site={site} />;
  if (problems.length > 0) return <strong class="state bad">{t("not published: see why")}</strong>;
  if (due !== null && duePublished !== null)
    return (
      <strong class="state">{parts("about to be scheduled for {time}", { time: at(duePublished) })}</strong>
    );
  if (due !== null) return <strong class="state">{t("about to be published")}</strong>;
  if (live === null || published === null) return <strong class="state">{t("draft")}</strong>;
  if (withdrawn !== null) return <strong class="state">{t("withdrawn")}</strong>;
  const isLater = isScheduled(story, now);
  return (
    <>
      {isLater ? (
        <strong class="state live">{parts("scheduled for {time}", { time: at(published) })}</strong>
      ) : (
        <a class="state live" href={`/articles/${slug}`}>
          {t("published")}
        </a>
      )}
      {live < head ? (
        <>
          {" "}
          <strong class="state">
            {isLater ? t("with changes that aren't scheduled") : t("with changes that aren't out")}
          </strong>
        </>
      ) : null}
    </>
  );
};

/** What the button says that publishes a story at once. */
export const publishLabel = (story: StoryRow, now: Instant): string => {
  if (story.live === null || story.published === null) return t("Publish");
  if (story.withdrawn !== null) return t("Publish again");
  return isScheduled(story, now) ? t("Publish now") : t("Publish the changes");
};
