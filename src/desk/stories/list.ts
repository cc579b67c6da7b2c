// The list of stories: what is asked for in its query, and what the search finds a story by.

import type { Site } from "../../article/site.ts";
import type { Runtime } from "../../env.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { fail, ok, type Problem, type Result } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { SHOWN, type Shown } from "../inputs.ts";
import type { StoryRow } from "./sql.ts";
import { type Asked, listStories, makeSearchable, type StoryWords, unsearchableStories } from "./sql-list.ts";

/** How many characters a search may have. */
export const SEARCH_CHARACTERS = 200;
/** Stories that a search makes searchable before it answers; cron does the same with the rest. */
const CATCH_UP_LIMIT = 50;
const BODY_CHARACTERS = 200_000;
/** Below the 2 MB that one value may have in D1. */
const BATCH_CHARACTERS = 600_000;

/** What a list is asked for. */
export interface ListQuery {
  readonly show?: Shown;
  /** Words, as they were typed. */
  readonly q?: string;
  readonly cursor?: string;
}

/** Reads the query of a list; empty values are missing ones. */
export function readListQuery(query: Readonly<Record<string, string>>): Result<ListQuery> {
  const problems: Problem[] = [];
  const { show = "", q = "", cursor = "" } = query;
  const shown = SHOWN.find((name) => name === show);
  if (show !== "" && shown === undefined)
    problems.push({ path: "show", message: t("must be one of {values}", { values: SHOWN.join(", ") }) });
  if (q.length > SEARCH_CHARACTERS)
    problems.push({
      path: "q",
      message: t("may have at most {count} characters", { count: SEARCH_CHARACTERS }),
    });
  if (problems.length > 0) return fail(...problems);
  return ok({
    ...omitUndefined({ show: shown }),
    ...(q.trim() === "" ? {} : { q: q.trim() }),
    ...(cursor === "" ? {} : { cursor }),
  });
}

/** A page of the list. */
export interface StoryPage {
  readonly stories: readonly StoryRow[];
  /** The cursor of the next page. */
  readonly next?: string;
}

/** Lists stories. A search first indexes some that wait for it; others may be missing. @throws Error, when D1 fails. */
export async function listPage(
  runtime: Runtime,
  { show, q, cursor }: ListQuery,
  name: string,
  now: Instant,
  limit: number,
): Promise<StoryPage> {
  const words = q === undefined ? undefined : matchOf(q);
  if (words === "") return { stories: [] };
  if (words !== undefined) await catchUp(runtime);
  const asked: Asked = { show, words, name, now, cursor };
  const rows = await listStories(runtime.env.DB, asked, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    stories: rows.slice(0, limit),
    ...omitUndefined({ next: last && `${last.changedAt} ${last.id}` }),
  };
}

/** Indexes stories that were saved since the last indexing. Returns how many. @throws Error, when D1 fails. */
export async function catchUp({ env, site }: Runtime): Promise<number> {
  const stories: StoryWords[] = [];
  let characters = 0;
  for (const { id, number, model } of await unsearchableStories(env.DB, CATCH_UP_LIMIT)) {
    const words = { id, number, ...wordsOf(JSON.parse(model) as Fields, site) };
    characters += words.body.length;
    if (stories.length > 0 && characters > BATCH_CHARACTERS) break;
    stories.push(words);
  }
  if (stories.length > 0) await makeSearchable(env.DB, stories);
  return stories.length;
}

/**
 * An FTS5 query for stories that have all words, the last one perhaps as the beginning of a word; empty
 * where there is no word. Each is quoted, so nothing in them is an operator.
 */
function matchOf(q: string): string {
  const words = q.normalize("NFC").match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu) ?? [];
  return words.map((word, index) => `"${word}"${index === words.length - 1 ? "*" : ""}`).join(" ");
}

type Fields = Readonly<Record<string, unknown>>;

/** A draft's words; it may hold any JSON. */
function wordsOf({ headline, dek, bylines, body }: Fields, site: Pick<Site, "people">) {
  const html = typeof body === "object" && body !== null && "html" in body ? body.html : "";
  return {
    headline: lineOf(headline),
    dek: lineOf(dek),
    byline: (Array.isArray(bylines) ? bylines : []).map((one) => nameOf(one, site)).join(", "),
    body: textOf(lineOf(html).slice(0, BODY_CHARACTERS)),
  };
}

const lineOf = (value: unknown): string => (typeof value === "string" ? value : "");

function nameOf(byline: unknown, { people }: Pick<Site, "people">): string {
  if (typeof byline === "string") return people[byline]?.name ?? byline;
  if (typeof byline !== "object" || byline === null) return "";
  const { name, person } = byline as { readonly name?: unknown; readonly person?: unknown };
  return lineOf(name) || people[lineOf(person)]?.name || lineOf(person);
}

const REFERENCES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
};

/** The text of HTML as editors write it: for a search, so without a parser. */
const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|nbsp);/g, (reference) => REFERENCES[reference] ?? " ");
