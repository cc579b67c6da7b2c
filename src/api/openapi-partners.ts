// The calls about partners in the OpenAPI document. Who may make which is said in `partners.ts`.

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import { count, text } from "../lib/answer-fields.ts";
import { slugField } from "../lib/text.ts";
import {
  deliveriesSchema,
  deliverySchema,
  explanationSchema,
  gapsSchema,
  issuedTokenSchema,
  partnerReportSchema,
  partnerSchema,
  partnersSchema,
  removedSchema,
  revokedSchema,
  trialSchema,
  webhookSecretSchema,
} from "../partners/answers.ts";
import { DELIVERY_STATES, policySchema } from "../partners/policy.ts";
import { DESK, header, inPath, type Json, json, jsonBody, problem, query } from "./openapi-parts.ts";

const { security, problems } = DESK;
/** Beside the token: the roles at the desk that a call is open to. */
const EVERYBODY = { security, description: "Open to everybody at the desk." };
const EDITORS = { security, description: "Open to editors and admins at the desk." };
const ADMINS = { security, description: "Open to admins at the desk." };

const NONE = { 404: problem("Not found.") };
const PARTNER_ID = inPath("id", slugField);
const WEBHOOK = {
  200: json("The webhook's secret and state.", webhookSecretSchema),
  404: problem("There is no such partner."),
  409: problem("Its policy has no `push`."),
  ...problems,
};

/** Everything under /api/partners and /api/deliveries. */
export function partnerPaths(): Json {
  return {
    "/api/partners": {
      get: {
        summary: "List every partner with the state of its feed",
        ...EVERYBODY,
        responses: { 200: json("All partners, by id.", partnersSchema), ...problems },
      },
    },
    "/api/partners/{id}": {
      parameters: [PARTNER_ID],
      put: {
        summary: "Store a partner's policy; sending the same one again changes nothing",
        ...EDITORS,
        parameters: [
          query("home", z.enum(HOMES), "who sends it; by default `api`, and always `desk` with a session"),
          query("by", text.check(z.maxLength(100)), "the sender's name, if the token is used"),
          header("If-Match", "the ETag of the only policy to replace, in quotes"),
          header("If-None-Match", "`*`: create only"),
        ],
        requestBody: jsonBody(policySchema),
        responses: {
          200: json("Replaced, or unchanged. ETag names the policy.", partnerSchema),
          201: json("Created.", partnerSchema),
          400: problem("Not JSON, a bad home, or a bad If-Match."),
          409: problem(
            "Its home is git and a person sends it; its home is the desk, and git sends it, or a program without If-Match and `home`; or somebody removed the partner meanwhile.",
          ),
          412: problem("Another policy is stored."),
          413: problem("Over 64 kB."),
          415: problem("Not application/json."),
          422: problem("All problems of the policy."),
          ...problems,
        },
      },
      get: {
        summary:
          "Read a partner: its policy, what is in its feed, what is left out and why, and what it fetched",
        ...EDITORS,
        responses: {
          200: json("The partner. ETag names the policy.", partnerReportSchema),
          ...NONE,
          ...problems,
        },
      },
      delete: {
        summary: "Remove a partner, its tokens and its ledger",
        ...ADMINS,
        responses: { 200: json("Removed.", removedSchema), ...NONE, ...problems },
      },
    },
    "/api/partners/{id}/trial": {
      parameters: [PARTNER_ID],
      post: {
        summary:
          "Try a policy, without storing it: which of the newest 100 articles match and by which rule, and what would change",
        ...EDITORS,
        parameters: [
          query("story", text, "also rule by rule for the newest revision of this story of the desk"),
          query("article", text, "also rule by rule for this article, if no `story` is named"),
        ],
        requestBody: jsonBody(policySchema),
        responses: {
          200: json("What a PUT of the policy would do.", trialSchema),
          400: problem("Not JSON."),
          404: problem("There is no such story or article."),
          413: problem("Over 64 kB."),
          415: problem("Not application/json."),
          422: problem("All problems of the policy."),
          ...problems,
        },
      },
    },
    "/api/partners/{id}/articles/{slug}": {
      parameters: [PARTNER_ID, inPath("slug", slugField)],
      get: {
        summary: "Explain, rule by rule, why an article is in the partner's feed or not",
        ...EDITORS,
        responses: { 200: json("The rules.", explanationSchema), ...NONE, ...problems },
      },
    },
    "/api/partners/{id}/tokens": {
      parameters: [PARTNER_ID],
      post: {
        summary: "Create a token; only this answer shows it",
        ...ADMINS,
        responses: {
          201: json("The token.", issuedTokenSchema),
          409: problem("The partner has two tokens already: revoke one first."),
          ...NONE,
          ...problems,
        },
      },
    },
    "/api/partners/{id}/tokens/{name}": {
      parameters: [PARTNER_ID, inPath("name", z.string().check(z.regex(/^[0-9a-f]{8}$/)))],
      delete: {
        summary: "Revoke a token immediately",
        ...ADMINS,
        responses: { 200: json("Revoked.", revokedSchema), ...NONE, ...problems },
      },
    },
    "/api/gaps": {
      get: {
        summary:
          "List what partners should have and haven't: not fetched for an hour, or refused by a linter",
        ...EVERYBODY,
        parameters: [query("partner", text, "only this partner's")],
        responses: {
          200: json("Withdrawals first, then the newest; at most 200 of each kind.", gapsSchema),
          ...problems,
        },
      },
    },
    "/api/deliveries": {
      get: {
        summary: "List deliveries to partners' webhooks",
        ...EVERYBODY,
        parameters: [
          query("partner", text, "only this partner's"),
          query("state", z.enum(DELIVERY_STATES), "only those in this state"),
        ],
        responses: {
          200: json("At most 500, the newest first.", deliveriesSchema),
          400: problem("No such state."),
          ...problems,
        },
      },
    },
    "/api/deliveries/{id}/retry": {
      parameters: [inPath("id", count)],
      post: {
        summary: "Retry a delivery now, and for three days if that fails",
        ...EDITORS,
        responses: {
          200: json("It will be sent now.", deliverySchema),
          404: problem("Not found."),
          409: problem("It was delivered."),
          ...problems,
        },
      },
    },
    "/api/partners/{id}/webhook": {
      parameters: [PARTNER_ID],
      get: {
        summary: "Read the secret with which a partner verifies signatures",
        ...ADMINS,
        responses: WEBHOOK,
      },
      post: {
        summary: "Create a new secret; for seven days the previous one signs too",
        ...ADMINS,
        responses: WEBHOOK,
      },
    },
    "/api/partners/{id}/webhook/on": {
      parameters: [PARTNER_ID],
      post: {
        summary: "Enable a webhook that was disabled, and send what is waiting",
        ...ADMINS,
        responses: WEBHOOK,
      },
    },
  };
}
