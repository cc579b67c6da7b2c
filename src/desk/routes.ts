// The API of stories and people: the desk's own pages use it with a session, programs with the token.

import type { Hono } from "hono";
import type { Runtime } from "../env.ts";
import { problemResponse } from "../http/problem.ts";
import { limit, newRouter } from "../http/router.ts";
import { check } from "../lib/problem.ts";
import { toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { homeRoutes } from "./homes/homes-api.ts";
import { publishSchema, withdrawSchema } from "./inputs.ts";
import { peopleRoutes } from "./people/people-routes.ts";
import { publishingRoutes } from "./publish/publishing-api.ts";
import {
  headIn,
  IF_MATCH,
  readBody,
  requireRole,
  requireSignIn,
  type SignedIn,
  SMALL_BODY_BYTES,
} from "./requests.ts";
import { deleteStory } from "./stories/delete.ts";
import { listRoutes, summaryOf } from "./stories/list-api.ts";
import { readStory } from "./stories/sql.ts";
import {
  createStory,
  publishStory,
  readDraft,
  STORY_BYTES_LIMIT,
  type Story,
  saveStory,
  undoPublishing,
  withdrawStory,
} from "./stories/stories.ts";

/** The routes under /api/stories and /api/people. */
export function deskRoutes(runtime: Runtime): Hono<SignedIn> {
  const { env, site } = runtime;
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  const signIn = requireSignIn(runtime);
  // These paths alone: for the rest of the API a session is of no use, and the token is checked there.
  api.use("/stories/*", signIn);
  api.route("/", homeRoutes(runtime, signIn));
  api.route("/", publishingRoutes(runtime, signIn));

  api.route("/", listRoutes(runtime));

  api.post("/stories", limit(STORY_BYTES_LIMIT), async (c) => {
    const draft = await readBody(c, readDraft);
    if (draft instanceof Response) return draft;
    const id = crypto.randomUUID();
    await createStory(runtime, id, draft, c.get("person").name, now());
    const story = await readStory(env.DB, id);
    if (!story) return problemResponse(404);
    return storyResponse(story, 201, { Location: `${site.url}/api/stories/${id}` });
  });

  api.get("/stories/:id", async (c) => {
    const story = await readStory(env.DB, c.req.param("id"));
    return story ? storyResponse(story) : problemResponse(404, NO_STORY);
  });

  api.put("/stories/:id", limit(STORY_BYTES_LIMIT), async (c) => {
    const head = headIn(c);
    if (head === undefined) return problemResponse(428, IF_MATCH);
    const draft = await readBody(c, readDraft);
    if (draft instanceof Response) return draft;
    const id = c.req.param("id");
    const outcome = await saveStory(runtime, id, head, draft, c.get("person").name, now());
    if (outcome.kind === "unknown") return problemResponse(404, NO_STORY);
    if (outcome.kind === "outdated") return outdated(outcome.story);
    if (outcome.kind === "invalid") return problemResponse(422, undefined, { errors: outcome.problems });
    const { head: revision, at } = outcome;
    return c.json({ id, revision, at }, 200, { ETag: `"${revision}"` });
  });

  api.delete("/stories/:id", async (c) => {
    const head = headIn(c);
    if (head === undefined) return problemResponse(428, IF_MATCH);
    const id = c.req.param("id");
    switch (await deleteStory(runtime, id, head, c.get("person"), now())) {
      case "deleted":
        return c.json({ id });
      case "unknown":
        return problemResponse(404, NO_STORY);
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

  api.get("/stories/:id/revisions/:number{[0-9]{1,9}}", async (c) => {
    const story = await readStory(env.DB, c.req.param("id"), Number(c.req.param("number")));
    return story
      ? storyResponse(story)
      : problemResponse(404, t("There is no such revision, or it was deleted."));
  });

  api.post("/stories/:id/publish", requireRole("editor"), limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(publishSchema, value));
    if (asked instanceof Response) return asked;
    const outcome = await publishStory(runtime, c.req.param("id"), asked, c.get("person"), now());
    switch (outcome.kind) {
      case "unknown":
        return problemResponse(404, NO_STORY);
      case "outdated":
        return problemResponse(409, newerThan(outcome.story), { headers: etagOf(outcome.story) });
      case "busy":
        return problemResponse(
          409,
          t("This story is being published right now. Try again in a few seconds."),
        );
      case "invalid":
        return problemResponse(422, undefined, { errors: outcome.problems });
      case "due":
        return c.json({ revision: asked.revision, dueAt: outcome.at, dueFor: outcome.published }, 202, {
          ETag: `"${asked.revision}"`,
        });
    }
  });

  api.delete("/stories/:id/publish", requireRole("editor"), async (c) => {
    const id = c.req.param("id");
    if (await undoPublishing(runtime, id, c.get("person"), now())) return c.json({ id });
    return (await readStory(env.DB, id))
      ? problemResponse(
          409,
          t(
            "It is too late to undo this, or there was nothing to undo. Correct the article, or withdraw it.",
          ),
        )
      : problemResponse(404, NO_STORY);
  });

  api.post("/stories/:id/withdraw", requireRole("editor"), limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(withdrawSchema, value));
    if (asked instanceof Response) return asked;
    const id = c.req.param("id");
    switch (await withdrawStory(runtime, id, asked, c.get("person"), now())) {
      case "unknown":
        return problemResponse(404, NO_STORY);
      case "not-out":
        return problemResponse(409, t("This story has no article that is out."));
      case "busy":
        return problemResponse(409, t("Others kept changing this article meanwhile. Try again."));
      case "withdrawn":
        return c.json({ id });
    }
  });

  api.route("/", peopleRoutes(runtime));
  return api;
}

const NO_STORY = t("There is no such story.");

const etagOf = ({ story }: Story) => ({ ETag: `"${story.head}"` });

const newerThan = ({ story, revision }: Story): string =>
  t('The newest revision is "{number}", saved on {time} by {name}.', {
    number: String(story.head),
    time: revision.at,
    name: revision.by,
  });

/** 412 with the current story, so that neither text is lost. */
const outdated = (story: Story): Response =>
  problemResponse(412, newerThan(story), { headers: etagOf(story) });

function storyResponse(read: Story, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const { story, revision } = read;
  const corrections = read.corrections.map(({ at, kind, text }) => ({ at, kind, text }));
  const { number, at, by, model } = revision;
  const slug = story.live === null ? revision.slug : story.slug;
  const body = {
    ...summaryOf(story),
    slug,
    revision: number,
    at,
    by,
    article: JSON.parse(model) as unknown,
    corrections,
  };
  return Response.json(body, { status, headers: { ...etagOf(read), ...headers } });
}
