// The publishing API as OpenAPI 3.1, written to openapi.json by `npm run openapi`: generating it in the
// Worker would cost more than serving it. Bodies and answers come from the schemas that check them.

import * as z from "zod/mini";
import { articleInputSchema, HOMES } from "../article/article.ts";
import {
  dueSchema,
  revisionsSchema,
  savedSchema,
  storiesSchema,
  storySchema,
  undoneSchema,
  withdrawnSchema,
} from "../desk/answers.ts";
import { draftSchema, publishSchema, withdrawSchema } from "../desk/inputs.ts";
import { count, flag, text } from "../lib/answer-fields.ts";
import { slugField } from "../lib/text.ts";
import { articleListSchema, audienceSchema, feedsSchema, markedSchema, receiptSchema } from "./answers.ts";
import { homePaths } from "./openapi-homes.ts";
import { deleteCall, LIST_QUERY, listPaths } from "./openapi-lists.ts";
import { mediaPaths } from "./openapi-media.ts";
import { partnerPaths } from "./openapi-partners.ts";
import {
  DESK,
  header,
  INPUTS,
  inPath,
  type Json,
  json,
  jsonBody,
  jsonSchema,
  NAMED,
  PROBLEMS,
  problem,
  query,
  RESPONSES,
} from "./openapi-parts.ts";
import { peoplePaths } from "./openapi-people.ts";
import { publishingPaths } from "./openapi-publishing.ts";

/** The whole document. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Wireroom publishing API",
      version: "1",
      description: "Store an article once; it is served as RSS, Atom and JSON Feed.",
    },
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "The secret PUBLISH_TOKEN." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-wireroom-desk",
          description:
            "The session of a person signed in at the desk. It opens the calls for stories, pictures, people and partners that the person's role allows.",
        },
      },
      responses: RESPONSES,
      schemas: Object.fromEntries(
        Object.entries(NAMED).map(([name, schema]) => [name, jsonSchema(schema, name in INPUTS)]),
      ),
    },
    paths: {
      ...articlePaths(),
      ...mediaPaths(),
      ...homePaths(),
      ...listPaths(),
      ...publishingPaths(),
      ...storyPaths(),
      ...peoplePaths(),
      ...feedPaths(),
      ...partnerPaths(),
    },
  };
}

const SLUG = inPath("slug", slugField);

const HOME = z.enum(HOMES);
function articlePaths(): Json {
  return {
    "/api/articles": {
      get: {
        summary: "List articles by slug",
        parameters: [
          query("cursor", text, "`next` of the page before"),
          query("problem", flag, "only articles that could not be rendered with the current settings"),
          query("limit", z.int().check(z.minimum(1), z.maximum(100)), "articles a page"),
        ],
        responses: {
          200: json("A page.", articleListSchema),
          400: problem("`limit` is not from 1 to 100."),
          ...PROBLEMS,
        },
      },
    },
    "/api/articles/{slug}": {
      parameters: [SLUG],
      put: {
        summary: "Create, replace, move (see `from`) or restore an article",
        parameters: [
          query(
            "home",
            HOME,
            "where the article's source is; by default unchanged, and `api` for a new article",
          ),
          query(
            "by",
            text.check(z.maxLength(100)),
            "the sender's name; shown to others who edit the article",
          ),
          query(
            "from",
            slugField,
            "the article's previous slug. The article moves and keeps its id, and the previous slug redirects. If both slugs have an article, the one that was stored first stays",
          ),
          header("If-Match", "the only version to replace, in quotes; `*`: replace only"),
          header("If-None-Match", "`*`: create only"),
        ],
        requestBody: jsonBody(articleInputSchema),
        responses: {
          200: json("Replaced, or unchanged.", receiptSchema),
          201: json("Created.", receiptSchema),
          400: problem("Not JSON, or a bad If-Match."),
          409: problem(
            "The slug or id belongs to another article, the article is withdrawn, or other writers kept changing it.",
          ),
          412: problem("Another version is stored. `detail` says who sent it, `errors` which fields differ."),
          413: problem("Over 512 kB."),
          415: problem("Not application/json."),
          422: problem("All problems of the article."),
          ...PROBLEMS,
        },
      },
      get: {
        summary: "Read an article as a PUT would send it; ETag is its version, Wireroom-Home its home",
        responses: {
          200: json("The article.", articleInputSchema),
          404: problem("Not found."),
          ...PROBLEMS,
        },
      },
      delete: {
        summary: "Withdraw an article",
        parameters: [
          query("reason", text, "shown to readers"),
          query("headline", flag, "false: the notice doesn't name the headline"),
          query("silent", flag, "remove it at once, without a notice"),
          header("If-Match", "the only version to withdraw, in quotes"),
        ],
        responses: {
          200: json("Withdrawn.", receiptSchema),
          400: problem("A bad If-Match or headline."),
          404: problem("Not found."),
          409: problem("Other writers kept changing it."),
          412: problem("Another version is stored."),
          ...PROBLEMS,
        },
      },
    },
  };
}

const NO_STORY = { 404: problem("There is no such story.") };

function storyPaths(): Json {
  const { security, problems } = DESK;
  const id = inPath("id", text);
  return {
    "/api/stories": {
      get: {
        summary: "List stories, the most recently changed first",
        security,
        parameters: LIST_QUERY,
        responses: {
          200: json("A page.", storiesSchema),
          400: problem("A filter that doesn't exist, or a search that is too long."),
          ...problems,
        },
      },
      post: {
        summary: "Create a story: the working copy of an article, visible only at the desk",
        security,
        parameters: [query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used")],
        requestBody: jsonBody(draftSchema),
        responses: {
          201: json("Created, with its first revision.", storySchema),
          400: problem("Not JSON."),
          413: problem("Over 1 MB."),
          415: problem("Not application/json."),
          422: problem("Unknown fields, or a bad slug."),
          ...problems,
        },
      },
    },
    "/api/stories/{id}": {
      parameters: [id],
      get: {
        summary: "Read a story with its newest revision; ETag is the revision's number",
        security,
        responses: { 200: json("The story.", storySchema), ...NO_STORY, ...problems },
      },
      put: {
        summary: "Add a revision. Repeating the call adds no second one",
        security,
        parameters: [
          header("If-Match", "the revision that was changed, in quotes"),
          query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used"),
        ],
        requestBody: jsonBody(draftSchema),
        responses: {
          200: json("Saved.", savedSchema),
          400: problem("Not JSON."),
          412: problem("There is a newer revision, which was not overwritten: `detail` says whose."),
          413: problem("Over 1 MB."),
          415: problem("Not application/json."),
          422: problem("Unknown fields, a bad slug, or a slug that differs from the published article's."),
          428: problem("If-Match is missing."),
          ...NO_STORY,
          ...problems,
        },
      },
      delete: deleteCall(),
    },
    "/api/stories/{id}/revisions": {
      parameters: [id],
      get: {
        summary: "List the revisions of a story, the newest first",
        security,
        parameters: [query("cursor", text, "`next` of the page before")],
        responses: {
          200: json("A page of revisions, without their texts.", revisionsSchema),
          400: problem("A cursor that isn't one."),
          ...NO_STORY,
          ...problems,
        },
      },
    },
    "/api/stories/{id}/revisions/{number}": {
      parameters: [id, inPath("number", count)],
      get: {
        summary: "Read an earlier revision of a story",
        security,
        responses: { 200: json("The story with that revision.", storySchema), ...NO_STORY, ...problems },
      },
    },
    "/api/stories/{id}/publish": {
      parameters: [id],
      post: {
        summary:
          "Publish the newest revision, whose number must be sent. Until `dueAt` this can be undone. With `correction`, readers are told what was wrong",
        security,
        requestBody: jsonBody(publishSchema),
        responses: {
          202: json("It is published at `dueAt`.", dueSchema),
          400: problem("Not JSON."),
          409: problem("There is a newer revision, or the story is being published right now."),
          413: problem("Over 10 kB."),
          415: problem("Not application/json."),
          422: problem("All problems that keep the article from being published."),
          ...NO_STORY,
          ...problems,
        },
      },
      delete: {
        summary: "Undo a pending publication",
        security,
        responses: {
          200: json("Undone: nothing is published.", undoneSchema),
          409: problem("It is too late, or no publication was pending."),
          ...NO_STORY,
          ...problems,
        },
      },
    },
    "/api/stories/{id}/withdraw": {
      parameters: [id],
      post: {
        summary: "Withdraw an article that is out. `publish` with `restore` brings it back",
        security,
        requestBody: jsonBody(withdrawSchema),
        responses: {
          200: json("Its page is gone, and its feeds have a notice.", withdrawnSchema),
          400: problem("Not JSON."),
          409: problem("It has no article that is out, or others kept changing it."),
          413: problem("Over 10 kB."),
          415: problem("Not application/json."),
          422: problem("A reason that is too long."),
          ...NO_STORY,
          ...problems,
        },
      },
    },
  };
}

function feedPaths(): Json {
  return {
    "/api/rebuild": {
      post: {
        summary: "Rebuild every feed",
        responses: { 202: json("How many documents will be rebuilt.", markedSchema), ...PROBLEMS },
      },
    },
    "/api/feeds": {
      get: {
        summary: "List every feed document with its state",
        responses: { 200: json("All documents.", feedsSchema), ...PROBLEMS },
      },
    },
    "/api/audience": {
      get: {
        summary: "How many subscribers each document has, as feed services reported in the last 30 days",
        responses: { 200: json("The largest first.", audienceSchema), ...PROBLEMS },
      },
    },
  };
}
