// The API of where articles are edited: taken over by the desk, pulled into a content folder, given back to git.

import type { Hono, MiddlewareHandler } from "hono";
import type { Runtime } from "../../env.ts";
import { noArticle, problemResponse } from "../../http/problem.ts";
import { limit, newRouter } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { pulledSchema } from "../inputs.ts";
import { readBody, requireRole, type SignedIn, SMALL_BODY_BYTES } from "../requests.ts";
import { pulled, takeOver } from "./homes.ts";

/** The routes under /api/articles/{slug} that the desk has; `signIn` lets people in. */
export function homeRoutes(runtime: Runtime, signIn: MiddlewareHandler<SignedIn>): Hono<SignedIn> {
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());
  const editor = requireRole("editor");

  api.post("/articles/:slug/take-over", signIn, editor, async (c) => {
    const outcome = await takeOver(runtime, c.req.param("slug") ?? "", c.get("person"), now());
    switch (outcome.kind) {
      case "unknown":
        return noArticle(outcome.record);
      case "busy":
        return problemResponse(409, t("Others kept changing this article meanwhile. Try again."));
      default: {
        const { id, kind } = outcome;
        const headers = { Location: `${runtime.site.url}/api/stories/${id}` };
        return c.json({ id }, kind === "taken" ? 201 : 200, headers);
      }
    }
  });

  api.post("/articles/:slug/pulled", signIn, editor, limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(pulledSchema, value));
    if (asked instanceof Response) return asked;
    const slug = c.req.param("slug") ?? "";
    const outcome = await pulled(runtime, slug, asked, c.get("person"), now());
    switch (outcome.kind) {
      case "unknown":
        return noArticle(outcome.record);
      case "refused":
        return problemResponse(409, outcome.message);
      case "noted":
        return c.json({ slug, home: asked.giveBack ? "git" : "desk" });
    }
  });

  return api;
}
