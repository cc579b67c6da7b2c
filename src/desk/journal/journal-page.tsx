// The journal's page: who did what, and when; of all, of one story, or of one person. Plain forms, without script.

import type { Hono } from "hono";
import type { Child, FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import { parts, t } from "../../lib/translate.ts";
import type { Desk } from "../desk.ts";
import { DeskPage, Time } from "../layout.tsx";
import type { Person } from "../stories/sql.ts";
import { ACTS, type Act, labelOf, sentenceOf } from "./acts.ts";
import { type JournalFilter, type JournalRow, readJournal } from "./sql-journal.ts";

const ACTS_LIMIT = 100;

/** Adds the page /desk/journal. */
export function addJournalPage(pages: Hono<{ Bindings: Env }>, { runtime, page, forPerson }: Desk): void {
  const { env, site } = runtime;
  pages.get("/journal", (c) =>
    forPerson(c, async (person) => {
      const filter = filterIn(c.req.query());
      const rows = await readJournal(env.DB, filter, ACTS_LIMIT + 1);
      return page(c, 200, <JournalPage {...{ site, person, filter, rows }} />);
    }),
  );
}

/** What a query asks for. What it has of anything else counts as nothing. */
function filterIn({ story, by, act, before }: Readonly<Record<string, string>>): JournalFilter {
  return {
    ...(story ? { story } : {}),
    ...(by ? { by } : {}),
    ...(act ? { act } : {}),
    ...(/^\d{1,15}$/.test(before ?? "") ? { before: Number(before) } : {}),
  };
}

const JournalPage: FC<{
  site: Site;
  person: Person;
  filter: JournalFilter;
  rows: readonly JournalRow[];
}> = ({ site, person, filter, rows }) => {
  const shown = rows.slice(0, ACTS_LIMIT);
  const last = shown.at(-1);
  return (
    <DeskPage site={site} title={t("Journal")} person={person}>
      <form class="filter" action="/desk/journal">
        {filter.story === undefined ? null : <input type="hidden" name="story" value={filter.story} />}
        <div class="field">
          <label for="by">{t("Person")}</label>
          <input id="by" name="by" value={filter.by ?? ""} autocomplete="off" />
        </div>
        <div class="field">
          <label for="act">{t("What was done")}</label>
          <select id="act" name="act">
            <option value="">{t("everything")}</option>
            {(Object.keys(ACTS) as Act[]).map((act) => (
              <option value={act} selected={act === filter.act}>
                {labelOf(act)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">{t("Show")}</button>
      </form>
      {filter.story === undefined ? null : (
        <p>
          {t("These are the acts of one story alone.")} <a href="/desk/journal">{t("Show all acts")}</a>
        </p>
      )}
      {shown.length === 0 ? <p class="empty">{t("Nothing was done that fits this.")}</p> : null}
      <ol class="stories">
        {shown.map((row) => (
          <li>
            <span>
              {sentenceOf<Child>(row.act, {
                name: <bdi>{row.by}</bdi>,
                story: <StoryOf row={row} />,
                about: <bdi>{row.about ?? row.partner ?? <i>{t("Without a headline")}</i>}</bdi>,
              })}
            </span>
            <small>
              <Time at={row.at} site={site} />
            </small>
          </li>
        ))}
      </ol>
      {rows.length > ACTS_LIMIT && last ? (
        <p>
          <a href={`/desk/journal?${olderThan(filter, last.id)}`}>{t("Older acts")}</a>
        </p>
      ) : null}
    </DeskPage>
  );
};

const StoryOf: FC<{ row: JournalRow }> = ({ row }) => {
  if (row.headline === null) return <i>{t("a story that was deleted")}</i>;
  const headline = row.headline === "" ? <i>{t("Without a headline")}</i> : <bdi>{row.headline}</bdi>;
  return (
    <a href={linkTo(row)}>
      {row.revision === null
        ? headline
        : parts("{headline}, revision {number}", { headline, number: row.revision })}
    </a>
  );
};

const linkTo = ({ story, revision }: JournalRow): string =>
  `/desk/stories/${story}${revision === null ? "" : `/revisions/${revision}`}`;

const olderThan = (filter: JournalFilter, id: number): string =>
  new URLSearchParams(
    Object.entries({ ...filter, before: id }).map(
      ([name, value]) => [name, String(value)] as [string, string],
    ),
  ).toString();
