// The API's calls about publishing: checking a draft, taking what is scheduled off the schedule.

import type { Hono, MiddlewareHandler } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { limit, newRouter } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { shareSchema } from "../inputs.ts";
import { LINKS_LIMIT, sharePreview } from "../preview/preview-links.ts";
import { previewLinks, revokePreviewLink } from "../preview/sql-links.ts";
import { readBody, requireRole, type SignedIn, SMALL_BODY_BYTES } from "../requests.ts";
import { checkDraft } from "../stories/check.ts";
import { readStory } from "../stories/sql.ts";
import { readDraft, STORY_BYTES_LIMIT } from "../stories/stories.ts";
import { NOT_UNSCHEDULED, unscheduleStory } from "./schedule.ts";

const NO_STORY = t("There is no such story.");

/** The routes. `signIn` guards `/check`; `desk/routes.ts` guards the others. */
export function publishingRoutes(runtime: Runtime, signIn: MiddlewareHandler<SignedIn>): Hono<SignedIn> {
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  api.post("/check", signIn, limit(STORY_BYTES_LIMIT), async (c) => {
    const draft = await readBody(c, readDraft);
    if (draft instanceof Response) return draft;
    const id = c.req.query("story");
    const story = id === undefined ? undefined : await readStory(runtime.env.DB, id);
    if (id !== undefined && !story) return problemResponse(404, NO_STORY);
    return c.json(await checkDraft(runtime, draft, story, now()));
  });

  api.delete("/stories/:id/schedule", requireRole("editor"), async (c) => {
    const id = c.req.param("id");
    const outcome = await unscheduleStory(runtime, id, c.get("person"), now());
    if (outcome === "unscheduled") return c.json({ id });
    return outcome === "unknown"
      ? problemResponse(404, NO_STORY)
      : problemResponse(409, NOT_UNSCHEDULED[outcome]);
  });

  api.get("/stories/:id/preview-links", requireRole("editor"), async (c) => {
    const id = c.req.param("id");
    if (!(await readStory(runtime.env.DB, id))) return problemResponse(404, NO_STORY);
    return c.json({ links: await previewLinks(runtime.env.DB, id, now(), LINKS_LIMIT) });
  });

  api.post("/stories/:id/preview-links", requireRole("editor"), limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(shareSchema, value));
    if (asked instanceof Response) return asked;
    const made = await sharePreview(runtime, c.req.param("id"), asked.revision, c.get("person"), now());
    return made
      ? c.json(made, 201)
      : problemResponse(404, t("There is no such story, or no such revision of it."));
  });

  api.delete("/stories/:id/preview-links/:link{[0-9]{1,15}}", requireRole("editor"), async (c) => {
    const { id, link } = c.req.param();
    const isRevoked = await revokePreviewLink(runtime.env.DB, id, Number(link), c.get("person").name, now());
    return isRevoked
      ? c.json({ id: Number(link) })
      : problemResponse(404, t("There is no such link, or it has ended."));
  });

  return api;
}
