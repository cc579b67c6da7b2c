// What was done, at the top of the page that follows. The browser puts the focus there, and screen readers read it.

import type { Child, FC } from "hono/jsx";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import { Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import { isScheduled } from "../publish/schedule.ts";
import type { Person, StoryRow } from "./sql.ts";

const DONE = ["publish", "correct", "withdraw", "unschedule", "undo", "restore", "take-over"] as const;

/** An act after which a story's page is shown. */
export type Done = (typeof DONE)[number];

/** The act that a page's query names; undefined where it names none. */
export const doneIn = (query: string | undefined): Done | undefined => DONE.find((done) => done === query);

/** Something that was done, and what may follow at once. */
export const DoneNotice: FC<{ id?: string | undefined; next?: Child; children?: Child }> = ({
  id,
  next,
  children,
}) => (
  <div id={id} class="notice done" role="status" tabindex={-1} autofocus>
    <p>{children}</p>
    {next}
  </div>
);

/** What came of an act, if the story still stands so. `seconds`: for how long a publication can be undone. */
export const StoryDone: FC<{
  done: Done | undefined;
  story: StoryRow;
  person: Person;
  site: Pick<Site, "timezone">;
  now: Instant;
  seconds: number;
}> = ({ done, person, ...read }) => {
  const { story } = read;
  const said = done === undefined ? null : whatOf(done, read);
  if (said === null) return null;
  // The editor takes it away when it is true no longer.
  if (done === "publish" && story.due !== null) return <DoneNotice id="undoable">{said}</DoneNotice>;
  if (done === "withdraw" && story.due === null && isAtLeast(person, "editor"))
    return (
      <DoneNotice id="withdrawn" next={<PublishAgain story={story} />}>
        {said}
      </DoneNotice>
    );
  return <DoneNotice>{said}</DoneNotice>;
};

/** Brings a withdrawn article back. In the editor the story is saved first. */
const PublishAgain: FC<{ story: StoryRow }> = ({ story: { id, head } }) => (
  <form method="post" action={`/desk/stories/${id}/publish`}>
    <input type="hidden" name="revision" value={String(head)} />
    <input type="hidden" name="restore" value="yes" />
    <p>
      {t(
        "Was it a mistake? The article comes back at the same address and with the same id, with the newest text of this story.",
      )}
    </p>
    <p>
      <button type="submit">{t("Publish again")}</button>
    </p>
  </form>
);

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
    case "correct":
      if (live === null || withdrawn !== null) return null;
      return (
        <>
          {t("Change the text, which is saved while you type. Then publish it together with the note.")}{" "}
          <a href={`/desk/stories/${story.id}/correct`}>{t("Go on with the correction")}</a>
        </>
      );
    case "withdraw":
      if (withdrawn === null) return null;
      return t("The article is withdrawn: its page is gone, and feeds say so.");
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
