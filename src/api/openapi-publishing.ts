// The desk's calls about publishing, as OpenAPI has them.

import {
  checkSchema,
  madeLinkSchema,
  previewLinksSchema,
  revokedLinkSchema,
  unscheduledSchema,
} from "../desk/answers.ts";
import { draftSchema, shareSchema } from "../desk/inputs.ts";
import { count, text } from "../lib/answer-fields.ts";
import { DESK, inPath, type Json, json, jsonBody, problem, query } from "./openapi-parts.ts";

/** The paths that a session opens, too. */
export function publishingPaths(): Json {
  const { security, problems } = DESK;
  const parameters = [inPath("id", text)];
  const missing = { 404: problem("There is no such story.") };
  const link = {
    404: problem("There is no such link, or it has ended."),
  };
  return {
    "/api/stories/{id}/preview-links": {
      parameters,
      get: {
        summary: "List a story's links to previews that work",
        security,
        responses: { 200: json("The newest 50.", previewLinksSchema), ...missing, ...problems },
      },
      post: {
        summary: "Make a link that shows somebody outside the preview of a revision, for seven days",
        security,
        requestBody: jsonBody(shareSchema),
        responses: {
          201: json("The link.", madeLinkSchema),
          400: problem("Not JSON."),
          413: problem("Over 10 kB."),
          415: problem("Not application/json."),
          422: problem("No revision."),
          ...missing,
          ...problems,
        },
      },
    },
    "/api/stories/{id}/preview-links/{link}": {
      parameters: [...parameters, inPath("link", count)],
      delete: {
        summary: "End a link to a preview",
        security,
        responses: { 200: json("It shows nothing any more.", revokedLinkSchema), ...link, ...problems },
      },
    },
    "/api/check": {
      post: {
        summary: "Check a draft as `wireroom check` checks a file. Nothing is stored",
        security,
        parameters: [query("story", text, "the story that it is the next revision of, if there is one")],
        requestBody: jsonBody(draftSchema),
        responses: {
          200: json("Everything that was found; empty lists for a draft without fault.", checkSchema),
          400: problem("Not JSON."),
          413: problem("Over 1 MB."),
          415: problem("Not application/json."),
          422: problem("Unknown fields, or a bad slug."),
          ...missing,
          ...problems,
        },
      },
    },
    "/api/stories/{id}/schedule": {
      parameters,
      delete: {
        summary: "Take an article that isn't out yet off the schedule; the story is a draft again",
        security,
        responses: {
          200: json("Taken off: it doesn't come out.", unscheduledSchema),
          409: problem("It isn't scheduled, is out already, or was changed meanwhile."),
          ...missing,
          ...problems,
        },
      },
    },
  };
}
