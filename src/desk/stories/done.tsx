// What was done, at the top of the page that follows. The browser puts the focus there, and screen readers read it.

import type { Child, FC } from "hono/jsx";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import { Time } from "../layout.tsx";
import { isScheduled } from "../publish/schedule.ts";
import type { StoryRow } from "./sql.ts";

const DONE = ["publish", "withdraw", "unschedule", "undo", "restore", "take-over"] as const;

/** An act after which a story's page is shown. */
export type Done = (typeof DONE)[number];

/** The act that a page's query names; undefined where it names none. */
export const doneIn = (query: string | undefined): Done | undefined => DONE.find((done) => done === query);

/** Something that was done. */
export const DoneNotice: FC<{ id?: string | undefined; children?: Child }> = ({ id, children }) => (
  <div id={id} class="notice done" role="status" tabindex={-1} autofocus>
    <p>{children}</p>
  </div>
);

/** What came of an act, if the story still stands so. `seconds`: for how long a publication can be undone. */
export const StoryDone: FC<{
  done: Done | undefined;
  story: StoryRow;
  site: Pick<Site, "timezone">;
  now: Instant;
  seconds: number;
}> = ({ done, ...read }) => {
  const said = done === undefined ? null : whatOf(done, read);
  // The editor takes it away when it is true no longer.
  const id = done === "publish" && read.story.due !== null ? "undoable" : undefined;
  return said === null ? null : <DoneNotice id={id}>{said}</DoneNotice>;
};

function whatOf(
  done: Done,
  {
    story,
    site,
    now,
    seconds,
  }: {
    readonly story: StoryRow;
    readonly site: Pick<Site, "timezone">;
    readonly now: Instant;
    readonly seconds: number;
  },
): Child {
  const { due, duePublished, live, published, withdrawn, slug, head, problems } = story;
  switch (done) {
    case "publish":
      if (due !== null) {
        const begun: Child =
          duePublished === null
            ? t("Revision {number} goes out now.", { number: due })
            : [
                ...parts<Child>("Revision {number} is put on the schedule for {time}.", {
                  number: due,
                  time: <Time at={duePublished} site={site} />,
                }),
              ];
        const undo = plural(seconds, {
          one: "You can undo this for {count} second.",
          other: "You can undo this for {count} seconds.",
        });
        return seconds > 0 ? [begun, " ", undo] : begun;
      }
      if (problems.length > 0 || live === null || published === null || withdrawn !== null) return null;
      if (isScheduled(story, now))
        return (
          <>
            {parts("Revision {number} comes out on {time}.", {
              number: live,
              time: <Time at={published} site={site} />,
            })}
          </>
        );
      return (
        <>
          {t("Revision {number} is out.", { number: live })}{" "}
          <a href={articlePath(slug ?? "")}>{t("View the article")}</a>
        </>
      );
    case "withdraw":
      if (withdrawn === null) return null;
      return t(
        "The article is withdrawn: its page is gone, and feeds say so. If you publish this story again, the article comes back at the same address.",
      );
    case "unschedule":
      return published === null
        ? t("The article is off the schedule. The story stays here as a draft.")
        : null;
    case "undo":
      return due === null ? t("Undone: nothing was published.") : null;
    case "restore":
      return t("The old text is revision {number} now, the newest. Nothing was published.", { number: head });
    case "take-over":
      return t("You edit this article here from now on.");
  }
}
