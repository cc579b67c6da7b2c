// The publishing API as OpenAPI 3.1, written to openapi.json by `npm run openapi`: generating it in the Worker would
// cost more than serving it. What calls send and answer comes from the schemas that check it.

import * as z from "zod/mini";
import { articleInputSchema, HOMES } from "../article/article.ts";
import { count, flag, problemDetailsSchema, text } from "../lib/answer-fields.ts";
import { slugField } from "../lib/text.ts";
import { instantField } from "../lib/time.ts";
import {
  deliveriesSchema,
  deliverySchema,
  explanationSchema,
  issuedTokenSchema,
  partnerItemSchema,
  partnerReportSchema,
  partnerSchema,
  partnersSchema,
  removedSchema,
  revokedSchema,
  webhookSecretSchema,
} from "../partners/answers.ts";
import { DELIVERY_STATES, policySchema } from "../partners/policy.ts";
import {
  articleListSchema,
  audienceSchema,
  feedsSchema,
  imageRemovedSchema,
  markedSchema,
  mediaSchema,
  receiptSchema,
  warningSchema,
} from "./answers.ts";

/** A piece of the document. */
type Json = Readonly<Record<string, unknown>>;

/** What a call may send in its body. */
const INPUTS = { Article: articleInputSchema, Policy: policySchema };

/** Every schema that stands in the document under a name. */
const NAMED: Readonly<Record<string, z.ZodMiniType>> = {
  ...INPUTS,
  Receipt: receiptSchema,
  Warning: warningSchema,
  ArticleList: articleListSchema,
  Media: mediaSchema,
  Feeds: feedsSchema,
  Audience: audienceSchema,
  Partner: partnerSchema,
  PartnerItem: partnerItemSchema,
  PartnerReport: partnerReportSchema,
  PartnerExplanation: explanationSchema,
  Delivery: deliverySchema,
  WebhookSecret: webhookSecretSchema,
  IssuedToken: issuedTokenSchema,
  Problem: problemDetailsSchema,
};
const NAMES = new Map(Object.entries(NAMED).map(([name, schema]) => [schema as z.core.$ZodType, name]));

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
      },
      responses: RESPONSES,
      schemas: Object.fromEntries(
        Object.entries(NAMED).map(([name, schema]) => [name, jsonSchema(schema, name in INPUTS)]),
      ),
    },
    paths: { ...articlePaths(), ...feedPaths(), ...partnerPaths() },
  };
}

/**
 * A schema as JSON Schema, with references to those in it that have a name. An answer may get more keys in a later
 * version, and never lacks what has a default: that is for the CLI, which may meet an older Worker.
 */
function jsonSchema(schema: z.ZodMiniType, isInput = false): Json {
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
const json = (description: string, schema: z.ZodMiniType): Json => ({
  description,
  content: { "application/json": { schema: schemaOf(schema) } },
});

/** An answer in problem details (RFC 9457). */
const problem = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: schemaOf(problemDetailsSchema) } },
});

/** Errors that every call may answer with. */
const RESPONSES = {
  Unauthorized: problem("The token is missing or wrong."),
  Unavailable: problem(
    "No secret is set, so the API is closed. With Retry-After: storage can't be reached, and nothing was changed.",
  ),
};
const PROBLEMS = {
  401: { $ref: "#/components/responses/Unauthorized" },
  503: { $ref: "#/components/responses/Unavailable" },
};
const NONE = { 404: problem("Not found.") };
const WEBHOOK = {
  200: json("The webhook's secret and state.", webhookSecretSchema),
  404: problem("There is no such partner."),
  409: problem("Its policy has no `push`."),
  ...PROBLEMS,
};

const jsonBody = (schema: z.ZodMiniType): Json => ({
  required: true,
  content: { "application/json": { schema: schemaOf(schema) } },
});
const IMAGE_BODY = {
  required: true,
  content: { "image/*": { schema: { type: "string", format: "binary" } } },
};

const inPath = (name: string, schema: z.ZodMiniType): Json => ({
  name,
  in: "path",
  required: true,
  schema: jsonSchema(schema, true),
});
const SLUG = inPath("slug", slugField);
const SHA256 = inPath("sha256", z.string().check(z.regex(/^[0-9a-f]{64}$/)));
const PARTNER_ID = inPath("id", slugField);

const query = (name: string, schema: z.ZodMiniType, description: string): Json => ({
  name,
  in: "query",
  schema: jsonSchema(schema, true),
  description,
});
const HOME = z.enum(HOMES);
const header = (name: string, description: string): Json => ({
  name,
  in: "header",
  schema: jsonSchema(text),
  description,
});

function articlePaths(): Json {
  return {
    "/api/articles": {
      get: {
        summary: "List articles by slug",
        parameters: [
          query("cursor", text, "`next` of the page before"),
          query("problem", flag, "only articles that could not be rendered with the present settings"),
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
          query("home", HOME, "where the article is kept; by default unchanged, and `api` for a new one"),
          query("by", text.check(z.maxLength(100)), "who sends it; shown to others who edit the article"),
          query(
            "from",
            slugField,
            "the slug that the article has had so far. The article moves and keeps its id, and that slug redirects. If both slugs have an article, the one that was stored first stays",
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
            "The slug or id belongs to another article, the article is withdrawn, or others kept changing it.",
          ),
          412: problem("Another version is stored. `detail` says who sent it, `errors` which fields differ."),
          413: problem("Over 512 kB."),
          415: problem("Not application/json."),
          422: problem("Every problem of the article."),
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
          query("reason", text, "told to readers"),
          query("headline", flag, "false: the notice must not name it"),
          query("silent", flag, "remove it at once, without a notice"),
          header("If-Match", "the only version to withdraw, in quotes"),
        ],
        responses: {
          200: json("Withdrawn.", receiptSchema),
          400: problem("A bad If-Match or headline."),
          404: problem("Not found."),
          409: problem("Others kept changing it."),
          412: problem("Another version is stored."),
          ...PROBLEMS,
        },
      },
    },
    "/api/media/{sha256}": {
      parameters: [SHA256],
      put: {
        summary:
          "Store an image under the SHA-256 of its bytes as sent; position, device and serial numbers are taken out",
        requestBody: IMAGE_BODY,
        responses: {
          200: json("It was stored already.", mediaSchema),
          201: json("Stored.", mediaSchema),
          409: problem("It was removed for good."),
          413: problem("Over 20 MB."),
          415: problem("No JPEG, PNG, GIF, WebP or AVIF, or a broken one."),
          422: problem("The hash is not that of the bytes, or the picture has more than 100 megapixels."),
          ...PROBLEMS,
        },
      },
      get: {
        summary: "Read the type and size of an image",
        responses: {
          200: json("Its type and size.", mediaSchema),
          404: problem("Not found."),
          ...PROBLEMS,
        },
      },
      delete: {
        summary: "Remove an image for good: it answers 410, and is gone from every article and feed",
        responses: {
          200: json("Removed.", imageRemovedSchema),
          404: problem("Not found."),
          ...PROBLEMS,
        },
      },
    },
  };
}

function feedPaths(): Json {
  return {
    "/api/rebuild": {
      post: {
        summary: "Have every feed built again",
        responses: { 202: json("How many documents will be built.", markedSchema), ...PROBLEMS },
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

function partnerPaths(): Json {
  return {
    "/api/partners": {
      get: {
        summary: "List every partner with the state of its feed",
        responses: { 200: json("All partners, by id.", partnersSchema), ...PROBLEMS },
      },
    },
    "/api/partners/{id}": {
      parameters: [PARTNER_ID],
      put: {
        summary: "Store a partner's policy; sending the same one again changes nothing",
        parameters: [query("home", HOME, "who sends it; by default `api`")],
        requestBody: jsonBody(policySchema),
        responses: {
          200: json("Replaced, or unchanged.", partnerSchema),
          201: json("Created.", partnerSchema),
          400: problem("Not JSON, or a bad home."),
          409: problem("Somebody removed the partner meanwhile."),
          413: problem("Over 64 kB."),
          415: problem("Not application/json."),
          422: problem("Every problem of the policy."),
          ...PROBLEMS,
        },
      },
      get: {
        summary:
          "Read a partner: its policy, what is in its feed, what is left out and why, and what it fetched",
        responses: { 200: json("The partner.", partnerReportSchema), ...NONE, ...PROBLEMS },
      },
      delete: {
        summary: "Remove a partner, its tokens and its ledger",
        responses: { 200: json("Removed.", removedSchema), ...NONE, ...PROBLEMS },
      },
    },
    "/api/partners/{id}/articles/{slug}": {
      parameters: [PARTNER_ID, SLUG],
      get: {
        summary: "Explain, rule by rule, why an article is in the partner's feed or not",
        responses: { 200: json("The rules.", explanationSchema), ...NONE, ...PROBLEMS },
      },
    },
    "/api/partners/{id}/tokens": {
      parameters: [PARTNER_ID],
      post: {
        summary: "Make a token; only this answer shows it",
        responses: {
          201: json("The token.", issuedTokenSchema),
          409: problem("There are two already: revoke one first."),
          ...NONE,
          ...PROBLEMS,
        },
      },
    },
    "/api/partners/{id}/tokens/{name}": {
      parameters: [PARTNER_ID, inPath("name", z.string().check(z.regex(/^[0-9a-f]{8}$/)))],
      delete: {
        summary: "Revoke a token, at once",
        responses: { 200: json("Revoked.", revokedSchema), ...NONE, ...PROBLEMS },
      },
    },
    "/api/deliveries": {
      get: {
        summary: "List deliveries to partners' webhooks",
        parameters: [
          query("partner", text, "only this partner's"),
          query("state", z.enum(DELIVERY_STATES), "only those in this state"),
        ],
        responses: {
          200: json("At most 500, the newest first.", deliveriesSchema),
          400: problem("No such state."),
          ...PROBLEMS,
        },
      },
    },
    "/api/deliveries/{id}/retry": {
      parameters: [inPath("id", count)],
      post: {
        summary: "Retry a delivery now, and for three days if that fails",
        responses: {
          200: json("It will be sent now.", deliverySchema),
          404: problem("Not found."),
          409: problem("It was delivered."),
          ...PROBLEMS,
        },
      },
    },
    "/api/partners/{id}/webhook": {
      parameters: [PARTNER_ID],
      get: { summary: "Read the secret that a partner checks signatures with", responses: WEBHOOK },
      post: { summary: "Make a new secret; for seven days the previous one signs too", responses: WEBHOOK },
    },
    "/api/partners/{id}/webhook/on": {
      parameters: [PARTNER_ID],
      post: { summary: "Enable a webhook that was disabled, and send what is waiting", responses: WEBHOOK },
    },
  };
}
