// The page that deletes a draft. It asks first. A plain form, without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { t } from "../../lib/translate.ts";
import { type Desk, type DeskContext, FORM_BYTES } from "../desk.ts";
import { BackToStory, DeskPage, SavedRevision } from "../layout.tsx";
import { type Deletion, deleteStory, whyKept } from "./delete.ts";
import { type Person, readStory, type Story, type StoryRow } from "./sql.ts";

const NOT_DELETED: Readonly<Record<"published" | "forbidden" | "outdated", string>> = {
  published: t(
    "This story was published or scheduled, so it can't be deleted. An article that is out can be withdrawn.",
  ),
  forbidden: t("Only who made this draft, an editor or an admin may delete it."),
  outdated: t("Somebody has saved a newer revision, so nothing was deleted. Look at that one first."),
};
const STATUSES: Readonly<Record<Exclude<Deletion, "deleted" | "unknown">, number>> = {
  ...{ published: 409, outdated: 409, forbidden: 403 },
};

/** Adds the page /desk/stories/:id/delete. */
export function addDeletion(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forPerson, noStory, Message, seeOther } = desk;
  const { env, site } = runtime;

  pages.get("/stories/:id/delete", (c) => forPerson(c, (person) => show(c, person)));
  pages.post("/stories/:id/delete", limit(FORM_BYTES), (c) =>
    forPerson(c, async (person) => {
      const { head } = await c.req.parseBody();
      const outcome = await deleteStory(runtime, c.req.param("id"), Number(head), person, now());
      if (outcome === "deleted") return seeOther("/desk?done=deleted");
      if (outcome === "unknown") return noStory(c);
      if (outcome === "outdated") return show(c, person, NOT_DELETED.outdated);
      return page(
        c,
        STATUSES[outcome],
        <Message title={t("Nothing was deleted")} text={NOT_DELETED[outcome]} />,
      );
    }),
  );

  async function show(c: DeskContext, person: Person, problem?: string): Promise<Response> {
    const story = await readStory(env.DB, c.req.param("id") ?? "");
    if (!story) return noStory(c);
    const kept = await whyKept(runtime, story, person);
    if (kept)
      return page(c, STATUSES[kept], <Message title={t("Nothing was deleted")} text={NOT_DELETED[kept]} />);
    return page(c, problem ? 409 : 200, <DeletePage {...{ story, person, site, problem }} />);
  }
}

const DeletePage: FC<{ story: Story; person: Person; site: Site; problem: string | undefined }> = ({
  story: { story, revision },
  person,
  site,
  problem,
}) => {
  const { headline } = story;
  const title =
    headline === "" ? t("Delete a draft without a headline") : t("Delete: {headline}", { headline });
  return (
    <DeskPage {...{ site, title, person }} back={<BackToStory id={story.id} />} notice={problem}>
      <SavedRevision revision={revision} site={site} />
      <p>
        <strong>{t("This can't be undone.")}</strong>{" "}
        {t("The draft is deleted for everybody, with all its revisions and the links to its preview.")}{" "}
        {t("Its pictures stay in the library.")}
      </p>
      <form method="post" class="plain">
        <input type="hidden" name="head" value={String(story.head)} />
        <button type="submit" class="first">
          {t("Delete this draft for good")}
        </button>
      </form>
    </DeskPage>
  );
};

/** The link to the page, on a draft's own; or why one can't be deleted that was on the schedule. */
export const DeleteLink: FC<{ story: StoryRow }> = ({ story: { id, live, published, due } }) =>
  live !== null && published === null && due === null ? (
    <p class="hint">
      {t("This story was on the schedule before, so it can't be deleted, and it keeps its address.")}
    </p>
  ) : live === null ? (
    <p id="delete-draft">
      <a href={`/desk/stories/${id}/delete`}>{t("Delete this draft")}</a>
    </p>
  ) : null;
