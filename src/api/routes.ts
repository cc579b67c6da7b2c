// The routes of the publishing API: articles and feeds. JSON in, JSON out, behind the bearer token.

import type { Context, Hono } from "hono";
import { articleInputSchema } from "../article/article.ts";
import { asInput } from "../article/as-input.ts";
import { personSchema } from "../article/byline.ts";
import { imageSchema } from "../article/image.ts";
import { unknownNames } from "../article/resolve.ts";
import { articleBySlug, listArticles } from "../article/sql.ts";
import { deskRoutes } from "../desk/routes.ts";
import type { Env, Runtime } from "../env.ts";
import { audienceReport } from "../feeds/audience.ts";
import { documentPath } from "../feeds/catalogue.ts";
import { isPublic } from "../feeds/feed.ts";
import { rebuildAll } from "../feeds/rebuild.ts";
import { warmRows } from "../feeds/sql.ts";
import { bearer } from "../http/auth.ts";
import { noArticle, problemResponse } from "../http/problem.ts";
import { limit, newRouter, readJson } from "../http/router.ts";
import { expectedVersion, senderOf, storedVersion } from "../http/sender.ts";
import { staticFile } from "../http/static-files.ts";
import { sha256 } from "../lib/digest.ts";
import { withDateHint, withFieldName } from "../lib/hints.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check, valueAt } from "../lib/problem.ts";
import { slugField, text } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { type PutOutcome, putArticle } from "../publish/put.ts";
import { withdrawArticle } from "../publish/withdraw.ts";
import type { ArticleList, ArticleReceipt, Audience, FeedStatus } from "./answers.ts";
import { mediaRoutes } from "./media.ts";
import { guardedPartnerRoutes } from "./partners.ts";
import { receiptOf, summaryOf } from "./present.ts";

const ARTICLE_BYTES_LIMIT = 512_000;
const PAGE_LIMIT = 100;
/** The field names of an article, its pictures and its people: suggested for misspelled ones. */
const ARTICLE_FIELDS = [articleInputSchema, imageSchema, personSchema].flatMap(({ shape }) =>
  Object.keys(shape),
);
const BAD_IF_MATCH = 'If-Match must be a version in quotes, like "3", or *.';
const BUSY = t("Other writers kept changing this article, so nothing was stored: send it again.");
const USE_PUT = t(
  "Store an article with PUT /api/articles/{slug}: you choose its slug, and a second PUT replaces it. See /api/openapi.json.",
);

type ApiContext = Context<{ Bindings: Env }>;

/** The routes under /api. */
export function apiRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { env, site } = runtime;
  const api = newRouter();
  const now = () => toInstant(new Date());

  api.get("/openapi.json", async (c) =>
    c.body(await staticFile(runtime, "openapi.json"), 200, {
      "Content-Type": "application/json",
      "Cache-Control": "public, max-age=300",
    }),
  );
  // Before the check of the token: a session opens these routes too.
  api.route("/", deskRoutes(runtime));
  api.route("/", mediaRoutes(runtime));
  api.route("/", guardedPartnerRoutes(runtime));
  api.use(bearer);

  api.get("/articles", async (c) => {
    const wanted = Number(c.req.query("limit") ?? PAGE_LIMIT);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > PAGE_LIMIT) {
      return problemResponse(
        400,
        t("{parameter} must be a whole number from 1 to {most}.", { parameter: "limit", most: PAGE_LIMIT }),
      );
    }
    const records = await listArticles(
      env.DB,
      c.req.query("cursor") ?? "",
      wanted + 1,
      c.req.query("problem") === "true",
    );
    const page = records.slice(0, wanted);
    const last = page.at(-1);
    const list: ArticleList = {
      articles: page.map((record) => summaryOf(record, site, now())),
      ...(records.length > wanted && last ? { next: last.slug } : {}),
    };
    return c.json(list);
  });

  api.put("/articles/:slug", limit(ARTICLE_BYTES_LIMIT), async (c) => {
    const slug = check(slugField, c.req.param("slug"));
    if (!slug.ok)
      return problemResponse(422, undefined, { errors: slug.problems.map((p) => ({ ...p, path: "slug" })) });
    const expected = expectedVersion(c.req.raw.headers);
    if (expected === "malformed") return problemResponse(400, BAD_IF_MATCH);
    const sender = senderOf(c.req.raw);
    if (!sender.ok) return problemResponse(400, undefined, { errors: sender.problems });

    const body = await readJson(c.req.raw);
    if (body instanceof Response) return body;
    const input = check(articleInputSchema, body.value);
    if (!input.ok) {
      const problems = input.problems
        .map((problem) => withFieldName(problem, ARTICLE_FIELDS))
        .map((problem) => withDateHint(problem, valueAt(body.value, problem.path), site.timezone));
      const errors = [...problems, ...unknownNames(body.value, site)];
      return problemResponse(422, undefined, { errors });
    }

    const digest = await sha256(body.bytes);
    const condition = omitUndefined({ expectedVersion: expected });
    const request = { slug: slug.value, input: input.value, digest, ...sender.value, ...condition };
    return putResponse(c, await putArticle(runtime, request, now()));
  });

  api.get("/articles/:slug", async (c) => {
    const record = await articleBySlug(env.DB, c.req.param("slug"));
    if (!record || record.article.slug !== c.req.param("slug")) return noArticle(record);
    const status = record.withdrawn ? { "Wireroom-Status": "withdrawn" } : {};
    const home = record.origin.home === null ? {} : { "Wireroom-Home": record.origin.home };
    return c.json(asInput(record.article), 200, { ETag: `"${record.version}"`, ...status, ...home });
  });

  api.delete("/articles/:slug", async (c) => {
    const expected = expectedVersion(c.req.raw.headers);
    if (expected === "malformed") return problemResponse(400, BAD_IF_MATCH);
    const reason = text(c.req.query("reason") ?? "").slice(0, 500);
    const silent = c.req.query("silent") === "true";
    const headline = c.req.query("headline");
    if (headline !== undefined && headline !== "true" && headline !== "false")
      return problemResponse(400, "headline must be true or false: whether the notice names the headline.");
    const condition = omitUndefined({ expectedVersion: expected });
    const options = {
      silent,
      ...condition,
      ...(headline === undefined ? {} : { headline: headline === "true" }),
      ...(reason === "" ? {} : { reason: text(reason) }),
    };
    const slug = c.req.param("slug");
    const outcome = await withdrawArticle(runtime, slug, options, now());
    if (outcome === "busy") return problemResponse(409, BUSY);
    if (outcome === undefined) return noArticle(await articleBySlug(env.DB, slug));
    if ("outdated" in outcome) return problemResponse(412, storedVersion(outcome.outdated));
    return c.json(receiptOf(outcome, site, now()), 200);
  });

  api.on("POST", ["/articles", "/articles/:slug"], (c) => {
    const allow = c.req.param("slug") === undefined ? "GET" : "GET, PUT, DELETE";
    return problemResponse(405, USE_PUT, { headers: { Allow: allow } });
  });

  api.post("/rebuild", async (c) => {
    return c.json({ marked: await rebuildAll(runtime, now()) }, 202);
  });

  api.get("/feeds", async (c) => {
    const rows = await warmRows(env.DB, now());
    const feeds: FeedStatus[] = rows.filter(isPublic).map((row) => ({
      feed: row.feed,
      format: row.format,
      url: site.url + documentPath(row),
      items: row.items,
      bytes: row.bytes,
      version: row.version,
      etag: row.etag,
      builtAt: row.built_at,
      changedAt: row.changed_at,
      staleSince: row.dirty_since,
      lastError: row.last_error,
      subscribers: row.subscribers,
      givenUp: row.given_up,
    }));
    return c.json(feeds);
  });

  api.get("/audience", async (c) => c.json((await audienceReport(runtime, now())) satisfies Audience));

  api.all("*", () => problemResponse(404, "/api/openapi.json lists all calls."));
  return api;

  function putResponse(c: ApiContext, outcome: PutOutcome): Response {
    switch (outcome.kind) {
      case "stored": {
        const { record, change, warnings } = outcome;
        const receipt: ArticleReceipt = { ...receiptOf(record, site, now()), change, warnings };
        return c.json(receipt, change === "created" ? 201 : 200, { ETag: `"${record.version}"` });
      }
      case "invalid":
        return problemResponse(422, undefined, { errors: outcome.problems });
      case "conflict":
        return problemResponse(409, outcome.message);
      case "busy":
        return problemResponse(409, BUSY);
      case "outdated":
        return problemResponse(412, storedVersion(outcome), { errors: outcome.differences });
    }
  }
}
