// The calls that say where an article is edited, as OpenAPI has them.

import * as z from "zod/mini";
import { pulledAnswerSchema, takenOverSchema } from "../desk/answers.ts";
import { pulledSchema } from "../desk/inputs.ts";
import { text } from "../lib/answer-fields.ts";
import { slugField } from "../lib/text.ts";
import { DESK, inPath, type Json, json, jsonBody, problem, query } from "./openapi-parts.ts";

/** The paths under /api/articles/{slug} that a session opens, too. */
export function homePaths(): Json {
  const { security, problems } = DESK;
  const parameters = [inPath("slug", slugField)];
  const by = query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used");
  const missing = { 404: problem("There is no such article; `detail` says where the slug redirects to.") };
  return {
    "/api/articles/{slug}/take-over": {
      parameters,
      post: {
        summary:
          "Edit an article at the desk from now on: a story gets its text, and `wireroom publish` no longer sends it",
        security,
        parameters: [by],
        responses: {
          200: json("The desk has it already, in this story.", takenOverSchema),
          201: json("Taken over. The article itself isn't changed.", takenOverSchema),
          409: problem("Others kept changing the article."),
          ...missing,
          ...problems,
        },
      },
    },
    "/api/articles/{slug}/pulled": {
      parameters,
      post: {
        summary:
          "Note that a content folder has an article as the desk published it; with `giveBack`, it is edited there from now on",
        security,
        parameters: [by],
        requestBody: jsonBody(pulledSchema),
        responses: {
          200: json("Noted: `wireroom publish` sends it only once its file is changed.", pulledAnswerSchema),
          400: problem("Not JSON."),
          409: problem(
            "It isn't edited at the desk, has another version, or has text that isn't published and would be left behind.",
          ),
          413: problem("Over 10 kB."),
          415: problem("Not application/json."),
          422: problem("A bad version or digest."),
          ...missing,
          ...problems,
        },
      },
    },
  };
}
