// The API of the list of stories, of what is ready for review, and of who has a story open.

import type { Hono } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { limit, newRouter } from "../../http/router.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check } from "../../lib/problem.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { reviewSchema } from "../inputs.ts";
import type { SignedIn } from "../requests.ts";
import { readBody, SMALL_BODY_BYTES } from "../requests.ts";
import { listPage, readListQuery } from "./list.ts";
import { listRevisions, type StoryRow } from "./sql.ts";
import { askForReview, endReview } from "./sql-list.ts";
import { noteClosed, noteOpen } from "./sql-presence.ts";

const PAGE_LIMIT = 100;
const NO_STORY = t("There is no such story.");
const REVISION_CURSOR = /^[1-9]\d{0,8}$/;

/** The routes under /api/stories that list, and that say who is at a story. */
export function listRoutes(runtime: Runtime): Hono<SignedIn> {
  const { env } = runtime;
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  api.get("/stories", async (c) => {
    const asked = readListQuery(c.req.query());
    if (!asked.ok) return problemResponse(400, undefined, { errors: asked.problems });
    const page = await listPage(runtime, asked.value, c.get("person").name, now(), PAGE_LIMIT);
    return c.json({ ...page, stories: page.stories.map(summaryOf) });
  });

  api.get("/stories/:id/revisions", async (c) => {
    const cursor = c.req.query("cursor");
    if (cursor !== undefined && !REVISION_CURSOR.test(cursor))
      return problemResponse(400, "cursor must be `next` of the page before: the number of a revision.");
    const before = cursor === undefined ? undefined : Number(cursor);
    const rows = await listRevisions(env.DB, c.req.param("id"), PAGE_LIMIT + 1, before);
    if (rows.length === 0 && before === undefined) return problemResponse(404, NO_STORY);
    const last = rows.length > PAGE_LIMIT ? rows[PAGE_LIMIT - 1] : undefined;
    const next = last && String(last.number);
    return c.json({ revisions: rows.slice(0, PAGE_LIMIT), ...omitUndefined({ next }) });
  });

  api.put("/stories/:id/review", limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(reviewSchema, value));
    if (asked instanceof Response) return asked;
    const id = c.req.param("id");
    const done = await askForReview(env.DB, id, asked.note ?? "", c.get("person").name, now());
    return done ? c.json({ id }) : problemResponse(404, NO_STORY);
  });

  api.delete("/stories/:id/review", async (c) => {
    const id = c.req.param("id");
    return (await endReview(env.DB, id)) ? c.json({ id }) : problemResponse(404, NO_STORY);
  });

  api.put("/stories/:id/presence", async (c) => {
    const at = now();
    return c.json({ now: at, others: await noteOpen(env.DB, c.req.param("id"), c.get("person").name, at) });
  });

  api.delete("/stories/:id/presence", async (c) => {
    const id = c.req.param("id");
    await noteClosed(env.DB, id, c.get("person").name);
    return c.json({ id });
  });

  return api;
}

/** A story without its text, as the API answers it. */
export const summaryOf = (story: StoryRow) => ({
  id: story.id,
  slug: story.slug,
  headline: story.headline,
  revision: story.head,
  changedAt: story.changedAt,
  changedBy: story.changedBy,
  live: story.live,
  published: story.published,
  due: story.due,
  dueAt: story.dueAt,
  dueFor: story.duePublished,
  withdrawn: story.withdrawn,
  home: story.home,
  review:
    story.review === null
      ? null
      : { revision: story.review, at: story.reviewAt, by: story.reviewBy, note: story.reviewNote },
  problems: story.problems,
});
