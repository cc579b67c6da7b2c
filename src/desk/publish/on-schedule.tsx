// What a scheduled story's pages say at their top, with the button that takes it off the schedule.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, t } from "../../lib/translate.ts";
import { Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Person, StoryRow } from "../stories/sql.ts";
import { isScheduled } from "./schedule.ts";

/**
 * Which revision comes out, and when. It is there, but hidden, while a revision is about to be scheduled: the editor
 * shows it once that is done, and hides it once the article is out.
 */
export const OnSchedule: FC<{
  story: StoryRow;
  person: Person;
  site: Pick<Site, "timezone">;
  now: Instant;
}> = ({ story, person, site, now }) => {
  const { id, due, duePublished, live, published } = story;
  const [number, at] = due !== null && duePublished !== null ? [due, duePublished] : [live, published];
  if (number === null || at === null || at <= now) return null;
  const time = <Time at={at} site={site} />;
  return (
    <section
      id="on-schedule"
      class="notice"
      aria-label={t("Scheduled")}
      hidden={!isScheduled(story, now) || due !== null}
    >
      <p>{parts("Revision {number} comes out on {time}.", { number, time })}</p>
      {isAtLeast(person, "editor") ? (
        <form method="post" action={`/desk/stories/${id}/unschedule`} class="plain">
          <button type="submit">{t("Take it off the schedule")}</button>
          <p class="hint">
            {parts("Revision {number} then doesn’t come out on {time}. The story stays here.", {
              number,
              time,
            })}
          </p>
        </form>
      ) : null}
    </section>
  );
};
