// The desk's calls about publishing, as OpenAPI has them.

import { unscheduledSchema } from "../desk/answers.ts";
import { text } from "../lib/answer-fields.ts";
import { DESK, inPath, type Json, json, problem } from "./openapi-parts.ts";

/** The paths that a session opens, too. */
export function publishingPaths(): Json {
  const { security, problems } = DESK;
  const parameters = [inPath("id", text)];
  const missing = { 404: problem("There is no such story.") };
  return {
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
