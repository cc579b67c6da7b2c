// Partners in the publishing API: their policies and tokens, what they get and why, and their webhooks. Every
// route needs the publisher's bearer token, which the router that mounts them checks.

import type { Hono } from "hono";
import { articleBySlug } from "../article/sql.ts";
import type { Env, Runtime } from "../env.ts";
import { partnerKey } from "../feeds/feed.ts";
import { randomSecret } from "../http/auth.ts";
import { noArticle, problemResponse } from "../http/problem.ts";
import { limit, newRouter, readJson } from "../http/router.ts";
import { senderOf } from "../http/sender.ts";
import { sha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import type { Problem } from "../lib/problem.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { addressesOf, credentialsHeader, TOKEN_PREFIX } from "./access.ts";
import type { IssuedToken, PartnerReport, PartnerSummary, WebhookSecret } from "./answers.ts";
import { checkPolicy, DELIVERY_STATES } from "./policy.ts";
import { explainArticle, partnerItems } from "./report.ts";
import {
  addToken,
  dropToken,
  noteHome,
  type PartnerOverview,
  partnerById,
  partnerOverviews,
  TOKEN_LIMIT,
} from "./sql.ts";
import { fetchDays } from "./sql-ledger.ts";
import { enableWebhook, listWebhooks, retryWebhook, rotateSecret } from "./sql-webhooks.ts";
import { queueWebhooks, webhookSecrets } from "./webhooks.ts";

const POLICY_BYTES_LIMIT = 64_000;
const REPORTED_DAYS = 31;
/** The first digits of a token's hash are its name. */
const NAME_DIGITS = 8;

/** The routes under /api/partners. */
export function partnerRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { env, site } = runtime;
  const api = newRouter();
  const now = () => toInstant(new Date());

  api.get("/partners", async (c) => c.json((await partnerOverviews(env.DB)).map(summaryOf)));

  api.put("/partners/:id", limit(POLICY_BYTES_LIMIT), async (c) => {
    const sender = senderOf(c.req.raw);
    if (!sender.ok) return problemResponse(400, undefined, { errors: sender.problems });
    const { home } = sender.value;
    const body = await readJson(c.req.raw);
    if (body instanceof Response) return body;
    const id = c.req.param("id");
    const checked = checkPolicy(body.value, site);
    const errors = [...(checked.ok ? [] : checked.problems), ...otherId(body.value, id)];
    if (!checked.ok || errors.length > 0) return problemResponse(422, undefined, { errors });

    const policy = checked.value;
    const digest = await sha256(JSON.stringify(policy));
    const before = await partnerById(env.DB, id);
    const change = before === undefined ? "created" : before.digest === digest ? "unchanged" : "updated";
    if (change !== "unchanged") {
      await env.PARTNERS.getByName(partnerKey(id).feed).change(policy, digest, home ?? "api");
      log("partner-stored", { partner: id, change });
    } else if (home !== undefined && home !== before?.home) await noteHome(env.DB, id, home);
    const overview = await overviewOf(id);
    if (!overview) return problemResponse(409, "This partner was removed by another request just now.");
    return c.json({ ...summaryOf(overview), change }, change === "created" ? 201 : 200);
  });

  api.get("/partners/:id", async (c) => {
    const overview = await overviewOf(c.req.param("id"));
    if (!overview) return problemResponse(404);
    const { record } = overview;
    const report: PartnerReport = {
      ...summaryOf(overview),
      policy: record.policy,
      ...(await partnerItems(runtime, record, now())),
      days: await fetchDays(env.DB, record.policy.id, REPORTED_DAYS, now()),
    };
    return c.json(report);
  });

  api.delete("/partners/:id", async (c) => {
    const id = c.req.param("id");
    const { feed } = partnerKey(id);
    const isKnown = (await partnerById(env.DB, id)) !== undefined;
    if (!isKnown || !(await env.PARTNERS.getByName(feed).remove(feed))) return problemResponse(404);
    log("partner-removed", { partner: id });
    return c.json({ id, status: "removed" });
  });

  api.get("/partners/:id/articles/:slug", async (c) => {
    const record = await partnerById(env.DB, c.req.param("id"));
    if (!record) return problemResponse(404, "There is no such partner.");
    const slug = c.req.param("slug");
    const explanation = await explainArticle(runtime, record, slug, now());
    if (explanation) return c.json(explanation);
    return noArticle(await articleBySlug(env.DB, slug), "There is no such article.");
  });

  api.post("/partners/:id/tokens", async (c) => {
    const record = await partnerById(env.DB, c.req.param("id"));
    if (!record) return problemResponse(404);
    const { policy } = record;
    const token = TOKEN_PREFIX + randomSecret();
    const hash = await sha256(token);
    if (!(await addToken(env.DB, policy.id, hash, now()))) {
      return problemResponse(
        409,
        `There are ${TOKEN_LIMIT} tokens already, which is the limit: revoke one first.`,
      );
    }
    const name = hash.slice(0, NAME_DIGITS);
    log("token-issued", { partner: policy.id, name });
    const issued: IssuedToken = {
      name,
      token,
      url: addressesOf(policy, site, token).url,
      header: credentialsHeader(policy, token),
    };
    return c.json(issued, 201);
  });

  api.delete("/partners/:id/tokens/:name", async (c) => {
    const { id, name } = c.req.param();
    if (!(await dropToken(env.DB, id, name))) return problemResponse(404);
    log("token-revoked", { partner: id, name });
    return c.json({ name, status: "revoked" });
  });

  return api;

  async function overviewOf(id: string): Promise<PartnerOverview | undefined> {
    return (await partnerOverviews(env.DB, id))[0];
  }

  function summaryOf({ record: { policy, webhookDisabled, home }, facts }: PartnerOverview): PartnerSummary {
    const { id, name, enabled, profile, access } = policy;
    return {
      ...{ id, name, enabled, profile, access, home: home ?? null },
      ...addressesOf(policy, site),
      ...facts,
      push: policy.push === undefined ? null : (webhookDisabled ?? "on"),
    };
  }
}

/** The routes under /api/deliveries, and /api/partners/{id}/webhook. */
export function partnerWebhookRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { env } = runtime;
  const api = newRouter();
  const now = () => toInstant(new Date());

  api.get("/deliveries", async (c) => {
    const { partner, state } = c.req.query();
    const states = DELIVERY_STATES.filter((one) => !state || state === one);
    if (states.length === 0)
      return problemResponse(400, `state must be one of ${DELIVERY_STATES.join(", ")}.`);
    return c.json(await listWebhooks(env.DB, states, partner || undefined));
  });

  api.post("/deliveries/:id{\\d{1,15}}/retry", async (c) => {
    const delivery = await retryWebhook(env.DB, Number(c.req.param("id")), now());
    if (delivery === undefined) return problemResponse(404);
    if (delivery === "delivered") return problemResponse(409, "This webhook is delivered already.");
    await queueWebhooks(runtime, now());
    return c.json(delivery);
  });

  api.get("/partners/:id/webhook", (c) => webhook(c.req.param("id")));
  api.post("/partners/:id/webhook", (c) => webhook(c.req.param("id"), rotateSecret));
  api.post("/partners/:id/webhook/on", (c) =>
    webhook(c.req.param("id"), async (db, partner, at) => {
      await enableWebhook(db, partner, at);
      await queueWebhooks(runtime, at);
    }),
  );
  return api;

  /** Answers with a partner's webhook, after an optional change. */
  async function webhook(
    id: string,
    change?: (db: Env["DB"], partner: string, now: Instant) => Promise<void>,
  ): Promise<Response> {
    const record = await partnerById(env.DB, id);
    if (!record) return problemResponse(404);
    const { push } = record.policy;
    if (!push) return problemResponse(409, "This partner's policy has no push.");
    if (!env.WEBHOOK_SECRET)
      return problemResponse(503, "The secret WEBHOOK_SECRET is not set, so no webhooks are sent.");
    if (change) {
      await change(env.DB, id, now());
      return webhook(id);
    }
    const [secret = "", previous] = await webhookSecrets(env.WEBHOOK_SECRET, record, now());
    const answer: WebhookSecret = {
      url: push.url,
      secret,
      previous: previous ?? null,
      off: record.webhookDisabled ?? null,
    };
    return Response.json(answer);
  }
}

/** A policy's id must be that of the address. A missing id is the schema's problem. */
function otherId(input: unknown, id: string): readonly Problem[] {
  const given: unknown = typeof input === "object" && input !== null && "id" in input ? input.id : id;
  return given === id ? [] : [{ path: "id", message: `must be "${id}", as in the address` }];
}
