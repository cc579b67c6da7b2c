// The parts of the OpenAPI document: named schemas, bodies, parameters, responses.

import * as z from "zod/mini";
import { articleInputSchema } from "../article/article.ts";
import { storiesSchema, storySchema } from "../desk/answers.ts";
import { problemDetailsSchema, text } from "../lib/answer-fields.ts";
import { instantField } from "../lib/time.ts";
import {
  deliverySchema,
  explanationSchema,
  issuedTokenSchema,
  partnerItemSchema,
  partnerReportSchema,
  partnerSchema,
  webhookSecretSchema,
} from "../partners/answers.ts";
import { policySchema } from "../partners/policy.ts";
import {
  articleListSchema,
  audienceSchema,
  feedsSchema,
  librarySchema,
  mediaSchema,
  receiptSchema,
  warningSchema,
} from "./answers.ts";

/** A piece of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** The schemas of request bodies. */
export const INPUTS = { Article: articleInputSchema, Policy: policySchema };

/** Every schema that has a name in the document. */
export const NAMED: Readonly<Record<string, z.ZodMiniType>> = {
  ...INPUTS,
  Receipt: receiptSchema,
  Warning: warningSchema,
  ArticleList: articleListSchema,
  Media: mediaSchema,
  Library: librarySchema,
  Feeds: feedsSchema,
  Audience: audienceSchema,
  Partner: partnerSchema,
  PartnerItem: partnerItemSchema,
  PartnerReport: partnerReportSchema,
  PartnerExplanation: explanationSchema,
  Delivery: deliverySchema,
  WebhookSecret: webhookSecretSchema,
  IssuedToken: issuedTokenSchema,
  Stories: storiesSchema,
  Story: storySchema,
  Problem: problemDetailsSchema,
};

const NAMES = new Map(Object.entries(NAMED).map(([name, schema]) => [schema as z.core.$ZodType, name]));

/**
 * A schema as JSON Schema, with references to named schemas. An answer may get more keys in a later version.
 * Keys with a default are required: the defaults are only for the CLI, which may meet an older Worker.
 */
export function jsonSchema(schema: z.ZodMiniType, isInput = false): Json {
  const { $schema, ...written } = z.toJSONSchema(schema, {
    io: isInput ? "input" : "output",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema: json, path }) {
      const name = NAMES.get(zodSchema);
      if (name !== undefined && path.length > 0) {
        for (const key of Object.keys(json)) Reflect.deleteProperty(json, key);
        json.$ref = `#/components/schemas/${name}`;
      }
      if (zodSchema === instantField) json.format = "date-time";
      if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
      if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
      if (isInput) return;
      delete json.additionalProperties;
      delete json.default;
    },
  });
  return written;
}

/** A reference to a schema that has a name; any other schema in full. */
const schemaOf = (schema: z.ZodMiniType): Json => {
  const name = NAMES.get(schema);
  return name === undefined ? jsonSchema(schema) : { $ref: `#/components/schemas/${name}` };
};

/** An answer in JSON. */
export const json = (description: string, schema: z.ZodMiniType): Json => ({
  description,
  content: { "application/json": { schema: schemaOf(schema) } },
});

/** An answer in problem details (RFC 9457). */
export const problem = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: schemaOf(problemDetailsSchema) } },
});

/** Errors that every call may answer with. */
export const RESPONSES = {
  Unauthorized: problem("The token is missing or wrong."),
  Unavailable: problem(
    "No secret is set, so the API is closed. With Retry-After: storage can't be reached, and nothing was changed.",
  ),
};

export const PROBLEMS = {
  401: { $ref: "#/components/responses/Unauthorized" },
  503: { $ref: "#/components/responses/Unavailable" },
};

/** Security and errors of the calls of the desk: a session opens them, as well as the token. */
export const DESK = {
  security: [{ bearer: [] }, { session: [] }],
  problems: {
    ...PROBLEMS,
    403: problem("The role doesn't allow this, or another site's page sent the request."),
  },
};

export const jsonBody = (schema: z.ZodMiniType): Json => ({
  required: true,
  content: { "application/json": { schema: schemaOf(schema) } },
});

export const IMAGE_BODY = {
  required: true,
  content: { "image/*": { schema: { type: "string", format: "binary" } } },
};

export const inPath = (name: string, schema: z.ZodMiniType): Json => ({
  name,
  in: "path",
  required: true,
  schema: jsonSchema(schema, true),
});

export const query = (name: string, schema: z.ZodMiniType, description: string): Json => ({
  name,
  in: "query",
  schema: jsonSchema(schema, true),
  description,
});

export const header = (name: string, description: string): Json => ({
  name,
  in: "header",
  schema: jsonSchema(text),
  description,
});
