// The publishing API as OpenAPI 3.1, from the schema that checks articles. Written to a file by a script: generating it
// in the Worker would cost more than serving it.

import * as z from "zod/mini";
import { articleInputSchema, HOMES } from "../article/article.ts";
import { WARNING_CODES } from "../article/warning.ts";
import { FORMATS } from "../formats/format.ts";
import { TRACES } from "../lib/strip/strip.ts";
import { PARTNER_PATHS, PARTNER_SCHEMAS } from "./openapi-partners.ts";
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

const SHA256 = inPath("sha256", { type: "string", pattern: "^[0-9a-f]{64}$" });
const IMAGE_BODY = {
  required: true,
  content: { "image/*": { schema: { type: "string", format: "binary" } } },
};
const header = (name: string, description: string): Json => ({
  name,
  in: "header",
  schema: text,
  description,
});

/** The whole document. */
export function openApiDocument(): Json {
  const status = { enum: ["published", "scheduled", "expired", "withdrawn"] };
  const home = {
    ...orNull({ enum: HOMES }),
    description:
      "where it is kept: in a folder that `wireroom publish` sends, or elsewhere; null: not noted yet",
  };
  const place = { slug: text, id: text, version: count, status, home, url: text };
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
      schemas: {
        Article: z.toJSONSchema(articleInputSchema, { io: "input", unrepresentable: "any" }) as Json,
        Receipt: object(
          {
            ...place,
            feeds: { type: "array", items: text },
            change: { enum: ["created", "updated", "moved", "restored", "unchanged"] },
            warnings: {
              type: "array",
              items: reference("Warning"),
              description: "what was accepted, but not as it came; in every answer to a PUT",
            },
          },
          ["change", "warnings"],
        ),
        Warning: object({
          code: {
            ...text,
            description: `What was lost; there may be more kinds in a later version. ${Object.entries(
              WARNING_CODES,
            )
              .map(([code, meaning]) => `${code}: ${meaning}`)
              .join(" ")}`,
          },
          path: { ...text, description: "where in the article: body.html, images[1].src" },
          message: text,
        }),
        ArticleList: object(
          {
            articles: {
              type: "array",
              items: object({
                ...place,
                headline: text,
                published: instant,
                digest: { ...text, description: "SHA-256 of the body that stored it" },
                problem: orNull(text),
                gitVersion: {
                  ...orNull(count),
                  description:
                    "the version that git last sent; lower than `version` where somebody changed it since",
                },
                sentAt: orNull(instant),
                sentBy: orNull(text),
              }),
            },
            next: text,
          },
          ["next"],
        ),
        Media: object(
          {
            url: text,
            type: text,
            width: count,
            height: count,
            length: { ...count, description: "bytes, as they are served" },
            removed: {
              type: "array",
              items: { enum: TRACES },
              description: "what this PUT's bytes told beside the picture, and what was taken out",
            },
          },
          ["removed"],
        ),
        Feeds: {
          type: "array",
          items: object({
            feed: text,
            format: { enum: FORMATS },
            url: text,
            items: count,
            bytes: count,
            version: {
              ...count,
              description: "the second in which it last changed, since 1970, or a later one: it only rises",
            },
            etag: orNull(text),
            builtAt: orNull(instant),
            changedAt: orNull(instant),
            staleSince: orNull(instant),
            lastError: orNull(text),
            subscribers: count,
            givenUp: count,
          }),
        },
        Audience: object({
          feeds: {
            type: "array",
            items: object({
              feed: text,
              format: { enum: FORMATS },
              url: text,
              subscribers: count,
              fetchers: {
                type: "array",
                items: object({ fetcher: text, subscribers: count, day: { type: "string", format: "date" } }),
              },
            }),
          },
          total: { ...count, description: "subscriptions, not people" },
        }),
        ...PARTNER_SCHEMAS,
        Problem: object(
          {
            type: text,
            title: text,
            status: { type: "integer" },
            detail: text,
            errors: { type: "array", items: object({ path: text, code: text, message: text }, ["code"]) },
          },
          ["detail", "errors"],
        ),
      },
    },
    paths: {
      "/api/articles": {
        get: {
          summary: "List articles by slug",
          parameters: [
            query("cursor", text, "`next` of the page before"),
            query(
              "problem",
              { type: "boolean" },
              "only articles that could not be rendered with the present settings",
            ),
            query("limit", { type: "integer", minimum: 1, maximum: 100 }, "articles a page"),
          ],
          responses: {
            200: json("A page.", reference("ArticleList")),
            400: problem("A bad limit."),
            ...PROBLEMS,
          },
        },
      },
      "/api/articles/{slug}": {
        parameters: [SLUG],
        put: {
          summary: "Create, replace, move (see `from`) or restore an article",
          parameters: [
            query(
              "home",
              { enum: HOMES },
              "where the article is kept; without it as before, and `api` for a new one",
            ),
            query("by", { ...text, maxLength: 100 }, "who sends it, to be named to others who edit it"),
            query(
              "from",
              SLUG.schema as Json,
              "the slug that the article has had so far: it moves, keeps its id, and that slug redirects. Of two articles the one that was stored first stays",
            ),
            header("If-Match", "the only version to replace, in quotes; `*`: replace only"),
            header("If-None-Match", "`*`: create only"),
          ],
          requestBody: { required: true, content: { "application/json": { schema: reference("Article") } } },
          responses: {
            200: json("Replaced, or already so.", reference("Receipt")),
            201: json("Created.", reference("Receipt")),
            400: problem("Not JSON, or a bad If-Match."),
            409: problem(
              "Slug or id belongs to another article, the article is withdrawn, or others kept changing it.",
            ),
            412: problem(
              "Another version is stored: `detail` says who sent it, `errors` which fields differ.",
            ),
            413: problem("Over 512 kB."),
            415: problem("Not application/json."),
            422: problem("Everything that is wrong with the article."),
            ...PROBLEMS,
          },
        },
        get: {
          summary: "Read an article as a PUT would send it; ETag is its version, Wireroom-Home its home",
          responses: {
            200: json("The article.", reference("Article")),
            404: problem("There is none."),
            ...PROBLEMS,
          },
        },
        delete: {
          summary: "Withdraw an article",
          parameters: [
            query("reason", text, "told to readers"),
            query("headline", { type: "boolean" }, "false: the notice must not name it"),
            query("silent", { type: "boolean" }, "remove it at once, without a notice"),
            header("If-Match", "the only version to withdraw, in quotes"),
          ],
          responses: {
            200: json("Withdrawn.", reference("Receipt")),
            400: problem("A bad If-Match or headline."),
            404: problem("There is none."),
            409: problem("Others kept changing it meanwhile."),
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
            200: json("It was here.", reference("Media")),
            201: json("Stored.", reference("Media")),
            409: problem("It was removed for good."),
            413: problem("Over 20 MB."),
            415: problem("No JPEG, PNG, GIF, WebP or AVIF, or a broken one."),
            422: problem("The hash is not that of the bytes, or the picture has more than 100 megapixels."),
            ...PROBLEMS,
          },
        },
        get: {
          summary: "What is known of an image",
          responses: {
            200: json("Its facts.", reference("Media")),
            404: problem("There is none."),
            ...PROBLEMS,
          },
        },
        delete: {
          summary: "Kill an image: 410 at once, and gone from every article and feed",
          responses: {
            200: json("Killed.", object({ sha256: text, status: text })),
            404: problem("There is none."),
            ...PROBLEMS,
          },
        },
      },
      "/api/rebuild": {
        post: {
          summary: "Mark every feed stale",
          responses: { 202: json("Marked.", object({ marked: count })), ...PROBLEMS },
        },
      },
      "/api/feeds": {
        get: {
          summary: "Every feed document and how it is",
          responses: { 200: json("All of them.", reference("Feeds")), ...PROBLEMS },
        },
      },
      ...PARTNER_PATHS,
      "/api/audience": {
        get: {
          summary: "How many subscribers feed services said that each document has, in the last 30 days",
          responses: { 200: json("The largest first.", reference("Audience")), ...PROBLEMS },
        },
      },
    },
  };
}
