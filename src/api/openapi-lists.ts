// The list of stories, the review of one and who has it open, as OpenAPI has them.

import * as z from "zod/mini";
import { changedSchema, presenceSchema } from "../desk/answers.ts";
import { reviewSchema, SHOWN } from "../desk/inputs.ts";
import { text } from "../lib/answer-fields.ts";
import { DESK, header, inPath, type Json, json, jsonBody, problem, query } from "./openapi-parts.ts";

const NO_STORY = { 404: problem("There is no such story.") };

/** The query of the list of stories. */
export const LIST_QUERY: readonly Json[] = [
  query(
    "show",
    z.enum(SHOWN),
    "a part of the list. `review`: ready for review. `problem`: could not be published. `mine`: begun by you, or changed last by you. `untyped`: made, and never typed into; these are in no other list of drafts",
  ),
  query(
    "q",
    text.check(z.maxLength(200)),
    "words that the newest revision has in its headline, dek, bylines or text; the last one may be the beginning of a word",
  ),
  query("cursor", text, "`next` of the page before"),
];

/** The call that deletes a draft. */
export function deleteCall(): Json {
  const { security, problems } = DESK;
  return {
    summary:
      "Delete a draft with its revisions, for good. A person who is a reporter may delete the drafts that they made",
    security,
    parameters: [
      header("If-Match", "the newest revision, in quotes"),
      query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used"),
    ],
    responses: {
      200: json("Deleted.", changedSchema),
      409: problem("It was published or scheduled, or is about to be: withdraw its article instead."),
      412: problem("There is a newer revision, so nothing was deleted."),
      428: problem("If-Match is missing."),
      ...NO_STORY,
      ...problems,
    },
  };
}

/** The paths below a story that say what others do with it. */
export function listPaths(): Json {
  const { security, problems } = DESK;
  const parameters = [inPath("id", text)];
  const by = query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used");
  return {
    "/api/stories/{id}/review": {
      parameters,
      put: {
        summary: "Say that the newest revision is ready for review, with a note to the editors",
        security,
        parameters: [by],
        requestBody: jsonBody(reviewSchema),
        responses: {
          200: json("Noted.", changedSchema),
          400: problem("Not JSON."),
          413: problem("Over 10 kB."),
          415: problem("Not application/json."),
          422: problem("A note that is too long."),
          ...NO_STORY,
          ...problems,
        },
      },
      delete: {
        summary: "Say that a story isn't ready for review",
        security,
        responses: { 200: json("Noted.", changedSchema), ...NO_STORY, ...problems },
      },
    },
    "/api/stories/{id}/presence": {
      parameters,
      put: {
        summary:
          "Say that you have a story open, and see who else has. Good for two minutes and a half: repeat it each minute",
        security,
        parameters: [by],
        responses: { 200: json("The others. They lock nothing.", presenceSchema), ...problems },
      },
      delete: {
        summary: "Say that you have closed a story",
        security,
        responses: { 200: json("Noted.", changedSchema), ...problems },
      },
    },
  };
}
