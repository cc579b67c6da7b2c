// The journal's page: who did what, and when; of all, of one story, or of one person. Plain forms, without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import type { Desk } from "../desk.ts";
import { DeskLayout, Time } from "../layout.tsx";
import type { Person } from "../stories/sql.ts";
import { ACTS, wordsOfAct } from "./acts.ts";
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
    <DeskLayout site={site} title="Journal" person={person}>
      <h1>Journal</h1>
      <form class="filter" action="/desk/journal">
        {filter.story === undefined ? null : <input type="hidden" name="story" value={filter.story} />}
        <div class="field">
          <label for="by">Person</label>
          <input id="by" name="by" value={filter.by ?? ""} autocomplete="off" />
        </div>
        <div class="field">
          <label for="act">What was done</label>
          <select id="act" name="act">
            <option value="">everything</option>
            {Object.keys(ACTS).map((act) => (
              <option value={act} selected={act === filter.act}>
                {wordsOfAct(act, null)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">Show</button>
      </form>
      {filter.story === undefined ? null : (
        <p>
          Of one story alone. <a href="/desk/journal">Of all stories</a>
        </p>
      )}
      {shown.length === 0 ? <p class="empty">Nothing was done that fits this.</p> : null}
      <ol class="stories">
        {shown.map((row) => (
          <li>
            <span>
              <bdi>{row.by}</bdi> {wordsOfAct(row.act, row.about ?? row.partner)}
              {row.story === null ? null : (
                <>
                  {": "}
                  <a href={linkTo(row)}>
                    {row.headline ? <bdi>{row.headline}</bdi> : <i>Without a headline</i>}
                    {row.revision === null ? null : `, revision ${row.revision}`}
                  </a>
                </>
              )}
            </span>
            <small>
              <Time at={row.at} site={site} />
            </small>
          </li>
        ))}
      </ol>
      {rows.length > ACTS_LIMIT && last ? (
        <p>
          <a href={`/desk/journal?${olderThan(filter, last.id)}`}>Older</a>
        </p>
      ) : null}
    </DeskLayout>
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
