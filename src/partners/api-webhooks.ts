// The API of partners' webhooks: what was told, or could not be, and what their signatures are checked with. Behind the
// bearer token of the API that mounts it.

import type { Hono } from "hono";
import type { Env, Runtime } from "../env.ts";
import { problemResponse } from "../http/problem.ts";
import { newRouter } from "../http/router.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { DELIVERY_STATES, type WebhookSecret } from "./answers.ts";
import { partnerById } from "./sql.ts";
import { listWebhooks, retryWebhook, rotateSecret, switchOn } from "./sql-webhooks.ts";
import { webhookSecrets } from "./webhook-secret.ts";
import { pushWebhooks } from "./webhooks.ts";

/** The routes under /api/deliveries, and /api/partners/{id}/webhook. */
export function partnerPushRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
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
    if (delivery === "delivered") return problemResponse(409, "It is delivered.");
    await pushWebhooks(runtime, now());
    return c.json(delivery);
  });

  api.get("/partners/:id/webhook", (c) => webhook(c.req.param("id")));
  api.post("/partners/:id/webhook", (c) => webhook(c.req.param("id"), rotateSecret));
  api.post("/partners/:id/webhook/on", (c) =>
    webhook(c.req.param("id"), async (db, partner, at) => {
      await switchOn(db, partner, at);
      await pushWebhooks(runtime, at);
    }),
  );
  return api;

  /** A partner's webhook, changed first if so asked. */
  async function webhook(
    id: string,
    change?: (db: Env["DB"], partner: string, now: Instant) => Promise<void>,
  ): Promise<Response> {
    const record = await partnerById(env.DB, id);
    if (!record) return problemResponse(404);
    const { push } = record.policy;
    if (!push) return problemResponse(409, "This partner's policy names no push.");
    if (!env.WEBHOOK_SECRET)
      return problemResponse(503, "The secret WEBHOOK_SECRET is not set, so nothing is pushed to partners.");
    if (change) {
      await change(env.DB, id, now());
      return webhook(id);
    }
    const [secret = "", previous] = await webhookSecrets(env.WEBHOOK_SECRET, record, now());
    const answer: WebhookSecret = {
      url: push.url,
      secret,
      previous: previous ?? null,
      off: record.pushOff ?? null,
    };
    return Response.json(answer);
  }
}
