// The calls for people, their sessions and the journal in the OpenAPI document.

import * as z from "zod/mini";
import {
  endedSchema,
  invitationSchema,
  journalSchema,
  passkeyChallengeSchema,
  passkeyRemovedSchema,
  passkeySchema,
  passkeysSchema,
  peopleSchema,
  personRemovedSchema,
  personSchema,
  sessionsSchema,
} from "../desk/answers.ts";
import { inviteSchema, newPasskeySchema, passkeyNameSchema, personChangeSchema } from "../desk/inputs.ts";
import { text } from "../lib/answer-fields.ts";
import { DESK, inPath, type Json, json, jsonBody, problem, query } from "./openapi-parts.ts";

const ID = inPath("id", text);
const PERSON = query("person", text, "somebody else's id, for an admin; by default one's own");
const NO_PERSON = { 404: problem("There is no such person.") };
const BODY = {
  400: problem("Not JSON."),
  413: problem("Over 10 kB."),
  415: problem("Not application/json."),
};
const LARGER_BODY = { ...BODY, 413: problem("Over 20 kB.") };
const SESSION = [{ session: [] }];
const NO_PASSKEY = { 404: problem("There is no such passkey, or it is somebody else's.") };
const CONFLICT = { 409: problem("No admin would remain, or somebody else has the e-mail address.") };

/** The paths under /api/people, /api/sessions, /api/passkeys and /api/journal. */
export function peoplePaths(): Json {
  const { security, problems } = DESK;
  return {
    "/api/people": {
      get: {
        summary: "List who may work at the desk; only an admin may",
        security,
        responses: { 200: json("Everybody.", peopleSchema), ...problems },
      },
      post: {
        summary:
          "Invite somebody to the desk; only an admin may. Somebody of that name gets the role, and a new link",
        security,
        requestBody: jsonBody(inviteSchema),
        responses: {
          201: json("A sign-in link, which works once and for a day.", invitationSchema),
          422: problem("A bad name, role or e-mail address."),
          ...CONFLICT,
          ...BODY,
          ...problems,
        },
      },
    },
    "/api/people/{id}": {
      parameters: [ID],
      patch: {
        summary: "Change somebody's role or e-mail address; only an admin may",
        security,
        requestBody: jsonBody(personChangeSchema),
        responses: {
          200: json("The person as they are now.", personSchema),
          422: problem("A bad role or e-mail address."),
          ...NO_PERSON,
          ...CONFLICT,
          ...BODY,
          ...problems,
        },
      },
      delete: {
        summary:
          "Remove somebody, whose sessions end at once; only an admin may. What they did keeps their name",
        security,
        responses: {
          200: json("Removed.", personRemovedSchema),
          409: problem("No admin would remain."),
          ...NO_PERSON,
          ...problems,
        },
      },
    },
    "/api/people/{id}/link": {
      parameters: [ID],
      post: {
        summary: "Make a new sign-in link for somebody, which ends an older one; only an admin may",
        security,
        responses: {
          201: json("A sign-in link, which works once and for a day.", invitationSchema),
          ...NO_PERSON,
          ...problems,
        },
      },
    },
    "/api/sessions": {
      get: {
        summary: "List one's open sessions; the token has none",
        security,
        parameters: [PERSON],
        responses: { 200: json("The sessions.", sessionsSchema), ...NO_PERSON, ...problems },
      },
      delete: {
        summary: "End all one's sessions but the one that asks, and a sign-in link that wasn't used yet",
        security,
        parameters: [PERSON],
        responses: { 200: json("Ended.", endedSchema), ...NO_PERSON, ...problems },
      },
    },
    "/api/sessions/{id}": {
      parameters: [ID],
      delete: {
        summary: "End one of one's sessions; an admin may end anybody's",
        security,
        responses: {
          200: json("Ended.", endedSchema),
          404: problem("There is no such session, or it is somebody else's."),
          ...problems,
        },
      },
    },
    "/api/passkeys": {
      get: {
        summary: "List one's passkeys; the token has none",
        security,
        parameters: [PERSON],
        responses: { 200: json("The passkeys.", passkeysSchema), ...problems },
      },
      post: {
        summary: "Add a passkey that a browser has made; a session's person may, the token may not",
        security: SESSION,
        requestBody: jsonBody(newPasskeySchema),
        responses: {
          201: json("Added.", passkeySchema),
          409: problem("Made too late, for something else, or there already; or the token was sent."),
          422: problem("Fields that are missing or malformed."),
          ...LARGER_BODY,
          ...problems,
        },
      },
    },
    "/api/passkeys/challenge": {
      post: {
        summary: "Ask for what a browser needs to make a passkey; a session's person may, the token may not",
        security: SESSION,
        responses: {
          200: json("A challenge, for five minutes and one passkey.", passkeyChallengeSchema),
          409: problem("The token was sent."),
          ...problems,
        },
      },
    },
    "/api/passkeys/{id}": {
      parameters: [ID],
      patch: {
        summary: "Rename one of one's passkeys; an admin may rename anybody's",
        security,
        requestBody: jsonBody(passkeyNameSchema),
        responses: {
          200: json("Renamed.", passkeySchema),
          422: problem("A name that is missing or too long."),
          ...NO_PASSKEY,
          ...LARGER_BODY,
          ...problems,
        },
      },
      delete: {
        summary: "Remove one of one's passkeys; an admin may remove anybody's",
        security,
        responses: { 200: json("Removed.", passkeyRemovedSchema), ...NO_PASSKEY, ...problems },
      },
    },
    "/api/journal": {
      get: {
        summary: "List what was done at the desk, the newest first, 100 a page",
        security,
        parameters: [
          query("story", text, "only acts on the story with this id"),
          query("by", text, "only acts of the person with this name"),
          query("act", text, "only this act"),
          query("cursor", z.string(), "`next` of the page before"),
        ],
        responses: {
          200: json("A page.", journalSchema),
          400: problem("`cursor` isn't one."),
          ...problems,
        },
      },
    },
  };
}
