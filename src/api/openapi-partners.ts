// What the OpenAPI document says of partners and their webhooks; the types of the answers are in partners/answers.ts.

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import { DELIVERY_STATES } from "../partners/answers.ts";
import { ACCESS_KINDS, EVENTS, PROFILE_NAMES, policySchema } from "../partners/policy.ts";
import {
  count,
  inPath,
  instant,
  type Json,
  json,
  object,
  orNull,
  PROBLEMS,
  problem,
  query,
  reference,
  SLUG,
  text,
} from "./openapi-words.ts";

const ID = inPath("id", { type: "string", maxLength: 120 });
const flag = { type: "boolean" };
const list = (items: Json): Json => ({ type: "array", items });
const NONE = { 404: problem("There is none.") };

const SUMMARY = {
  id: text,
  name: text,
  enabled: flag,
  profile: { enum: PROFILE_NAMES },
  access: { enum: ACCESS_KINDS },
  home: {
    ...orNull({ enum: HOMES }),
    description:
      "who sent its policy: `wireroom publish` from a folder, or another program; null: not noted yet",
  },
  url: { ...text, description: "of the feed; `{token}` stands where the token is part of it" },
  page: { ...text, description: "for the partner's engineers" },
  items: count,
  bytes: count,
  version: count,
  builtAt: orNull(instant),
  staleSince: orNull(instant),
  lastError: orNull(text),
  lastFetch: orNull(object({ minute: instant, status: { type: "integer" } })),
  tokens: list(object({ name: text, madeAt: instant })),
  push: { ...orNull(text), description: "`on`, or when and why the webhook was switched off" },
};

const WEBHOOK = {
  200: json("The webhook's secret, and how it stands.", reference("WebhookSecret")),
  404: problem("There is no such partner."),
  409: problem("Its policy names no push."),
  ...PROBLEMS,
};

/** Their schemas. */
export const PARTNER_SCHEMAS: Json = {
  Policy: z.toJSONSchema(policySchema, { io: "input", unrepresentable: "any" }) as Json,
  Partner: object({ ...SUMMARY, change: { enum: ["created", "updated", "unchanged"] } }, ["change"]),
  PartnerItem: object({
    slug: text,
    headline: text,
    published: instant,
    problems: list(object({ path: text, message: text })),
  }),
  PartnerReport: object({
    ...SUMMARY,
    policy: reference("Policy"),
    included: list(reference("PartnerItem")),
    leftOut: list(reference("PartnerItem")),
    days: list(object({ day: { type: "string", format: "date" }, fetches: count, bytes: count })),
  }),
  PartnerExplanation: object({
    slug: text,
    headline: text,
    included: flag,
    rules: list(object({ rule: text, passed: flag, says: text })),
    ledger: orNull(
      object({
        firstServed: orNull(instant),
        lastFetched: orNull(count),
        current: count,
        event: { enum: EVENTS },
        fetchedSince: flag,
      }),
    ),
  }),
  Delivery: object({
    id: count,
    partner: text,
    event: { enum: EVENTS },
    article: text,
    version: count,
    at: instant,
    state: { enum: DELIVERY_STATES },
    attempts: count,
    nextAt: orNull(instant),
    answer: orNull({ ...text, description: "what the partner's server last said" }),
  }),
  WebhookSecret: object({
    url: text,
    secret: { ...text, description: "`whsec_…`, as Standard Webhooks writes it" },
    previous: orNull({ ...text, description: "the one before, while it signs too" }),
    off: orNull({ ...text, description: "when it was switched off, and why" }),
  }),
  IssuedToken: object({ name: text, token: text, url: text, header: orNull(text) }),
};

/** Their routes. */
export const PARTNER_PATHS: Json = {
  "/api/partners": {
    get: {
      summary: "Every partner and how its feed is",
      responses: { 200: json("All of them, by id.", list(reference("Partner"))), ...PROBLEMS },
    },
  },
  "/api/partners/{id}": {
    parameters: [ID],
    put: {
      summary: "Store a partner's policy; the same one twice changes nothing",
      parameters: [query("home", { enum: HOMES }, "who sends it; `api` unless it says so")],
      requestBody: { required: true, content: { "application/json": { schema: reference("Policy") } } },
      responses: {
        200: json("Replaced, or already so.", reference("Partner")),
        201: json("Created.", reference("Partner")),
        400: problem("Not JSON, or a bad home."),
        413: problem("Over 64 kB."),
        415: problem("Not application/json."),
        422: problem("Everything that is wrong with the policy."),
        ...PROBLEMS,
      },
    },
    get: {
      summary: "A partner: its policy, what it gets, what is left out and why, and what it fetched",
      responses: { 200: json("The partner.", reference("PartnerReport")), ...NONE, ...PROBLEMS },
    },
    delete: {
      summary: "Remove a partner, its tokens and its ledger",
      responses: { 200: json("Removed.", object({ id: text, status: text })), ...NONE, ...PROBLEMS },
    },
  },
  "/api/partners/{id}/articles/{slug}": {
    parameters: [ID, SLUG],
    get: {
      summary: "Rule by rule, why an article is in the partner's feed or not",
      responses: { 200: json("The rules.", reference("PartnerExplanation")), ...NONE, ...PROBLEMS },
    },
  },
  "/api/partners/{id}/tokens": {
    parameters: [ID],
    post: {
      summary: "Make a token: this answer alone shows it",
      responses: {
        201: json("The token.", reference("IssuedToken")),
        409: problem("There are two already: revoke one first."),
        ...NONE,
        ...PROBLEMS,
      },
    },
  },
  "/api/partners/{id}/tokens/{name}": {
    parameters: [ID, inPath("name", { type: "string", pattern: "^[0-9a-f]{8}$" })],
    delete: {
      summary: "Revoke a token, at once",
      responses: { 200: json("Revoked.", object({ name: text, status: text })), ...NONE, ...PROBLEMS },
    },
  },
  "/api/deliveries": {
    get: {
      summary: "What partners' webhooks were told, are to be told, or could not be told",
      parameters: [
        query("partner", text, "only this one's"),
        query("state", { enum: DELIVERY_STATES }, "only those in this state"),
      ],
      responses: {
        200: json("At most 500, the newest first.", list(reference("Delivery"))),
        400: problem("No such state."),
        ...PROBLEMS,
      },
    },
  },
  "/api/deliveries/{id}/retry": {
    parameters: [inPath("id", count)],
    post: {
      summary: "Send one now, and for three days again if that fails",
      responses: {
        200: json("It is due.", reference("Delivery")),
        404: problem("There is none."),
        409: problem("It is delivered."),
        ...PROBLEMS,
      },
    },
  },
  "/api/partners/{id}/webhook": {
    parameters: [ID],
    get: { summary: "What a partner checks signatures with", responses: WEBHOOK },
    post: { summary: "Make a new secret; the one before signs too for seven days", responses: WEBHOOK },
  },
  "/api/partners/{id}/webhook/on": {
    parameters: [ID],
    post: { summary: "Switch on what was switched off, and send what waits", responses: WEBHOOK },
  },
};
