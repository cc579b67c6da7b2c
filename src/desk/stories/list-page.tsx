// The list of stories, with its search and filters, and the form that says a story is ready for review. Both
// work without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { oldestDirty } from "../../feeds/sql.ts";
import { limit } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import { type Desk, FORM_BYTES } from "../desk.ts";
import { articlesElsewhere } from "../homes/sql-homes.ts";
import { NOTE_CHARACTERS, reviewSchema, type Shown } from "../inputs.ts";
import { DeskLayout } from "../layout.tsx";
import { shortDay } from "../short-time.ts";
import { DoneNotice } from "./done.tsx";
import { type ListQuery, listPage, readListQuery, SEARCH_CHARACTERS, type StoryPage } from "./list.ts";
import type { Person, StoryRow } from "./sql.ts";
import { askForReview, endReview } from "./sql-list.ts";
import { State } from "./state.tsx";

const PAGE_LIMIT = 50;
/** A feed is built within seconds; one that waits longer is worth a word. */
const LATE_SECONDS = 60;

const FILTERS: Readonly<Record<Shown | "all", string>> = {
  all: t("All"),
  mine: t("Mine"),
  drafts: t("Drafts"),
  review: t("Ready for review"),
  scheduled: t("Scheduled"),
  live: t("Live"),
  withdrawn: t("Withdrawn"),
  problem: t("With a problem"),
  untyped: t("Empty"),
};

/** Adds the list under /desk, and what a story's review is set with. */
export function addStoryList(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forPerson, noStory, Message, toStory } = desk;
  const { env, site } = runtime;

  pages.get("/", (c) =>
    forPerson(c, async (person) => {
      const asked = readListQuery(c.req.query());
      if (!asked.ok) {
        const text = t(
          "The address asks for a list that the desk doesn't have, or for more than {count} characters. All stories are linked at the top.",
          { count: SEARCH_CHARACTERS },
        );
        return page(c, 400, <Message title={t("This list can't be shown")} text={text} />);
      }
      const [found, feeds, elsewhere] = await Promise.all([
        listPage(runtime, asked.value, person.name, now(), PAGE_LIMIT),
        stateOfFeeds(runtime, now()),
        articlesElsewhere(env.DB, undefined, 1),
      ]);
      const isDeleted = c.req.query("done") === "deleted";
      return page(
        c,
        200,
        <StoryList
          {...{ found, feeds, person, site, isDeleted }}
          asked={asked.value}
          hasOthers={elsewhere.length > 0}
          now={now()}
        />,
      );
    }),
  );

  pages.post("/stories/:id/review", limit(FORM_BYTES), (c) =>
    forPerson(c, async (person) => {
      const id = c.req.param("id") ?? "";
      const { note, end } = await c.req.parseBody();
      if (end === "yes") return (await endReview(env.DB, id)) ? toStory(id) : noStory(c);
      const asked = check(reviewSchema, typeof note === "string" && note.trim() !== "" ? { note } : {});
      if (!asked.ok) {
        const text = t("The note may have at most {count} characters. Go back, and shorten it.", {
          count: NOTE_CHARACTERS,
        });
        return page(c, 422, <Message title={t("Not noted")} text={text} />);
      }
      const done = await askForReview(env.DB, id, asked.value.note ?? "", person.name, now());
      return done ? toStory(id) : noStory(c);
    }),
  );
}

/** How the feeds are, in a sentence. */
async function stateOfFeeds({ env }: Runtime, now: Instant): Promise<string> {
  const oldest = await oldestDirty(env.DB);
  const seconds = oldest === undefined ? 0 : (Date.parse(now) - Date.parse(oldest)) / 1000;
  if (seconds <= LATE_SECONDS) return t("All feeds are up to date.");
  return plural(Math.floor(seconds / 60), {
    one: "A feed has been waiting for {count} minute to be built: what you publish is late for its readers.",
    other:
      "A feed has been waiting for {count} minutes to be built: what you publish is late for its readers.",
  });
}

const StoryList: FC<{
  found: StoryPage;
  asked: ListQuery;
  feeds: string;
  /** A draft was deleted. */
  isDeleted: boolean;
  /** There are articles that are edited elsewhere. */
  hasOthers: boolean;
  person: Person;
  site: Site;
  now: Instant;
}> = ({ found: { stories, next }, asked, feeds, isDeleted, hasOthers, person, site, now }) => (
  <DeskLayout site={site} title={t("Stories")} person={person}>
    {isDeleted ? <DoneNotice>{t("The draft was deleted.")}</DoneNotice> : null}
    <div class="head">
      <h1>{t("Stories")}</h1>
      <form method="post" action="/desk/stories">
        <button type="submit" class="first">
          {t("New story")}
        </button>
      </form>
    </div>
    <search>
      <form method="get" action="/desk" class="search">
        {asked.show === undefined ? null : <input type="hidden" name="show" value={asked.show} />}
        <input
          type="search"
          name="q"
          value={asked.q ?? ""}
          aria-label={t("Words in stories")}
          placeholder={t("Headline, text or byline")}
          maxlength={SEARCH_CHARACTERS}
          dir="auto"
        />
        <button type="submit">{t("Search")}</button>
      </form>
    </search>
    <nav class="filters" aria-label={t("Filters")}>
      {Object.entries(FILTERS).map(([name, label]) => (
        <a
          href={addressOf({ ...asked, show: name === "all" ? undefined : name })}
          aria-current={name === (asked.show ?? "all") ? "page" : undefined}
        >
          {label}
        </a>
      ))}
      <a href="/desk/articles">{t("Published from files or another system")}</a>
    </nav>
    {stories.length === 0 ? (
      <>
        <p class="empty">{emptyText(asked)}</p>
        {hasOthers && isWhole(asked) ? (
          <p>
            {t("The articles that are published come from files or another system.")}{" "}
            <a href="/desk/articles">{t("Look at them, and take over what you want to edit here")}</a>
          </p>
        ) : null}
      </>
    ) : (
      <ul class="stories">
        {stories.map((story) => (
          <li>
            <a href={`/desk/stories/${story.id}`}>
              {story.headline === "" ? <i>{t("Without a headline")}</i> : <bdi>{story.headline}</bdi>}
            </a>
            <State {...{ story, site, now }} />
            {isInReview(story) ? <strong class="state ready">{t("ready for review")}</strong> : null}
            <small>
              {parts("{time}, by {name}", {
                time: shortDay(story.changedAt, now, site.timezone),
                name: <bdi>{story.changedBy}</bdi>,
              })}
            </small>
            {isInReview(story) && story.reviewNote ? (
              <small>
                {parts("{name}: “{note}”", {
                  name: <bdi>{story.reviewBy}</bdi>,
                  note: <bdi>{story.reviewNote}</bdi>,
                })}
              </small>
            ) : null}
          </li>
        ))}
      </ul>
    )}
    {next === undefined ? null : (
      <p>
        <a rel="next" href={addressOf({ ...asked, cursor: next })}>
          {t("Older stories")}
        </a>
      </p>
    )}
    <p class="hint">{feeds}</p>
  </DeskLayout>
);

function addressOf({ show, q, cursor }: { show?: string | undefined; q?: string; cursor?: string }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ show, q, cursor })) if (value) query.set(name, value);
  return query.size === 0 ? "/desk" : `/desk?${query}`;
}

/** True for the list of all stories, from its beginning. */
const isWhole = ({ show, q, cursor }: ListQuery): boolean =>
  show === undefined && q === undefined && cursor === undefined;

function emptyText({ show, q, cursor }: ListQuery): string {
  if (q !== undefined)
    return show === undefined ? t("No story has these words.") : t("No story in this list has these words.");
  if (cursor !== undefined) return t("There are no older stories.");
  if (show !== undefined) return t("No story is in this list.");
  return t("No story was written at the desk yet. A story is visible only here until it is published.");
}

/** True for a story of which somebody said that it is ready for review, and that wasn't published since. */
const isInReview = ({ review, live }: StoryRow): boolean => review !== null && review > (live ?? 0);

/** Says that a story is ready for review, or lets somebody say so. */
export const Review: FC<{ story: StoryRow; site: Site; now: Instant }> = ({ story, site, now }) => {
  const { id, reviewAt, reviewBy, reviewNote, review, head } = story;
  const action = `/desk/stories/${id}/review`;
  if (!isInReview(story) || reviewAt === null)
    return (
      <details class="review">
        <summary>{t("Ready for review")}</summary>
        <form method="post" action={action} class="plain">
          <p>
            <label for="note">{t("A note to the editors, if there is something to say")}</label>
            <textarea id="note" name="note" rows={2} maxlength={NOTE_CHARACTERS} dir="auto" />
          </p>
          <button type="submit">{t("Ready for review")}</button>
        </form>
      </details>
    );
  return (
    <section class="review" aria-label={t("Review")}>
      <p>
        <strong class="state ready">{t("Ready for review")}</strong>{" "}
        {parts("{name} said so, {time}.", {
          name: <bdi>{reviewBy}</bdi>,
          time: shortDay(reviewAt, now, site.timezone),
        })}{" "}
        {review === head || review === null
          ? null
          : t("That was revision {review}. Revision {head} is the newest.", { review, head })}
      </p>
      {reviewNote ? <blockquote dir="auto">{reviewNote}</blockquote> : null}
      <form method="post" action={action}>
        <button type="submit" name="end" value="yes">
          {t("Not ready any more")}
        </button>
      </form>
    </section>
  );
};
