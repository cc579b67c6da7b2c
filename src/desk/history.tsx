// A story's history: the list of its revisions, and a page for one of them. Both work without JavaScript.

import type { FC } from "hono/jsx";
import type { Site } from "../article/site.ts";
import { humanTime, type Instant } from "../lib/time.ts";
import { DeskLayout } from "./layout.tsx";
import { linesOf } from "./lines.ts";
import type { PastRevision, Person } from "./sql.ts";
import type { Story } from "./stories.ts";

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
    <p class="hint">
      Every revision is kept for a day, one an hour for a month, and one a day after that. Revisions that were
      published or replaced are always kept.
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
  const [headline, dek, section] = [article.headline, article.dek, article.section].map(lineOf);
  const facts = [
    ["By", listOf(article.bylines, (key) => site.people[key]?.name ?? key)],
    ["Section", section],
    ["Tags", listOf(article.tags)],
  ].filter(([, value]) => value !== "");
  const lines = linesOf(article.body);
  return (
    <DeskLayout
      site={site}
      title={`Revision ${revision.number} of ${story.headline || "a story"}`}
      person={person}
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
      <article class="past">
        <h1 dir="auto">{headline || <i>Without a headline</i>}</h1>
        {dek === "" ? null : (
          <p class="dek" dir="auto">
            {dek}
          </p>
        )}
        <dl>
          {facts.map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {lines.length === 0 ? (
          <p class="empty">It has no text.</p>
        ) : (
          lines.map((line) => <p dir="auto">{line}</p>)
        )}
      </article>
    </DeskLayout>
  );
};

const Time: FC<{ at: Instant; site: Site }> = ({ at, site }) => (
  <time datetime={at}>{humanTime(at, "en", site.timezone)}</time>
);

// A draft may hold any JSON: values that aren't text are shown as nothing.
const lineOf = (value: unknown): string => (typeof value === "string" ? value : "");

const listOf = (value: unknown, said = (name: string): string => name): string =>
  (Array.isArray(value) ? value : [])
    .map((one) => said(nameOf(one)))
    .filter((name) => name !== "")
    .join(", ");

/** A tag or a person's key unchanged; the name of a person who is written out. */
function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return lineOf(value);
  const { name, person } = value as { readonly name?: unknown; readonly person?: unknown };
  return lineOf(name) || lineOf(person);
}
