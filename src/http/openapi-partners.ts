// What the OpenAPI document says of partners; the types of the answers are in model/partner-api.ts.

import * as z from "zod/mini";
import { EVENTS, PROFILE_NAMES, policySchema } from "../model/partner.ts";
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
  access: { enum: ["bearer", "basic", "path", "public"] },
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
      requestBody: { required: true, content: { "application/json": { schema: reference("Policy") } } },
      responses: {
        200: json("Replaced, or already so.", reference("Partner")),
        201: json("Created.", reference("Partner")),
        400: problem("Not JSON."),
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
};
