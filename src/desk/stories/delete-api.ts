// The API's call that deletes a draft.

import type { Hono } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { newRouter } from "../../http/router.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import type { SignedIn } from "../access.ts";
import { headIn, IF_MATCH } from "../if-match.ts";
import { deleteStory } from "./delete.ts";

/** The route DELETE /api/stories/{id}. */
export function deleteRoutes(runtime: Runtime): Hono<SignedIn> {
  const api = newRouter() as unknown as Hono<SignedIn>;
  api.delete("/stories/:id", async (c) => {
    const head = headIn(c);
    if (head === undefined) return problemResponse(428, IF_MATCH);
    const id = c.req.param("id");
    switch (await deleteStory(runtime, id, head, c.get("person"), toInstant(new Date()))) {
      case "deleted":
        return c.json({ id });
      case "unknown":
        return problemResponse(404, t("There is no such story."));
      case "forbidden":
        return problemResponse(403, t("Only who made this draft, an editor or an admin may delete it."));
      case "published":
        return problemResponse(
          409,
          t(
            "This story was published or scheduled, so it can't be deleted. An article that is out can be withdrawn.",
          ),
        );
      case "outdated":
        return problemResponse(
          412,
          t("There is a newer revision, so nothing was deleted. Read that one first."),
        );
    }
  });
  return api;
}
