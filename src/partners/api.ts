// Partners in the publishing API: their policies and tokens, what they get and why, and their webhooks. The router
// that mounts these routes checks who may make which call, and says who asks.

import type { Context, Hono } from "hono";
import { articleBySlug } from "../article/sql.ts";
import type { Env, Runtime } from "../env.ts";
import { noArticle, problemResponse } from "../http/problem.ts";
import { limit, newRouter, readJson } from "../http/router.ts";
import { senderOf } from "../http/sender.ts";
import { toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import {
  issueToken,
  makeSecret,
  removePartner,
  revokeToken,
  sendAgain,
  storePolicy,
  summaryOf,
  switchOn,
  webhookOf,
} from "./acts.ts";
import type { Gap, PartnerReport } from "./answers.ts";
import { writeCounted } from "./fetches.ts";
import { DELIVERY_STATES, POLICY_BYTES_LIMIT } from "./policy.ts";
import { explainArticle, partnerGaps, partnerItems } from "./report.ts";
import { type Doer, partnerById, partnerOverviews, TOKEN_LIMIT } from "./sql.ts";
import { fetchDays } from "./sql-ledger.ts";
import { listWebhooks } from "./sql-webhooks.ts";

const REPORTED_DAYS = 31;

/** Who asks. A person at the desk has an id; a program with the token has none. */
interface Asked {
  readonly Bindings: Env;
  readonly Variables: { person: { readonly id: string; readonly name: string } };
}

const now = () => toInstant(new Date());
const doerOf = (c: Context<Asked>): Doer => ({ by: c.get("person").name, at: now() });

/** The routes under /api/partners. */
export function partnerRoutes(runtime: Runtime): Hono<Asked> {
  const { env } = runtime;
  const api = newRouter() as unknown as Hono<Asked>;

  api.get("/partners", async (c) =>
    c.json((await partnerOverviews(env.DB)).map((one) => summaryOf(runtime, one))),
  );

  api.get("/gaps", async (c) => {
    const gaps: readonly Gap[] = await partnerGaps(runtime, now(), c.req.query("partner") || undefined);
    return c.json(gaps);
  });

  api.put("/partners/:id", limit(POLICY_BYTES_LIMIT), async (c) => {
    const sender = senderOf(c.req.raw);
    if (!sender.ok) return problemResponse(400, undefined, { errors: sender.problems });
    const expected = expectedPolicy(c.req.raw.headers);
    if (expected === "malformed") return problemResponse(400, BAD_IF_MATCH);
    const body = await readJson(c.req.raw);
    if (body instanceof Response) return body;
    const home = c.get("person").id === "" ? sender.value.home : "desk";
    const sent = { home, expected, by: c.get("person").name };
    const outcome = await storePolicy(runtime, c.req.param("id"), body.value, sent);
    switch (outcome.kind) {
      case "invalid":
        return problemResponse(422, undefined, { errors: outcome.problems });
      case "elsewhere":
        return problemResponse(
          409,
          outcome.home === "git" ? GITS_OWN : home === "git" ? DESKS_OWN : DESKS_NOW,
        );
      case "outdated":
        return problemResponse(412, t("Another policy is stored than the one that If-Match names."));
      case "removed":
        return problemResponse(409, t("This partner was removed by another request just now."));
      case "stored": {
        const { change, overview } = outcome;
        const answer = { ...summaryOf(runtime, overview), change };
        return c.json(answer, change === "created" ? 201 : 200, etagOf(overview.record.digest));
      }
    }
  });

  api.get("/partners/:id", async (c) => {
    const id = c.req.param("id");
    if (!(await partnerById(env.DB, id))) return problemResponse(404);
    await writeCounted(runtime, id);
    const [overview] = await partnerOverviews(env.DB, id);
    if (!overview) return problemResponse(404);
    const { record } = overview;
    const report: PartnerReport = {
      ...summaryOf(runtime, overview),
      policy: record.policy,
      ...(await partnerItems(runtime, record, now())),
      days: await fetchDays(env.DB, record.policy.id, REPORTED_DAYS, now()),
    };
    return c.json(report, 200, etagOf(record.digest));
  });

  api.delete("/partners/:id", async (c) => {
    const id = c.req.param("id");
    if (!(await removePartner(runtime, id, c.get("person").name))) return problemResponse(404);
    return c.json({ id, status: "removed" });
  });

  api.get("/partners/:id/articles/:slug", async (c) => {
    const record = await partnerById(env.DB, c.req.param("id"));
    if (!record) return problemResponse(404, t("There is no such partner."));
    const slug = c.req.param("slug");
    const explanation = await explainArticle(runtime, record, slug, now());
    if (explanation) return c.json(explanation);
    return noArticle(await articleBySlug(env.DB, slug), t("There is no such article."));
  });

  api.post("/partners/:id/tokens", async (c) => {
    const record = await partnerById(env.DB, c.req.param("id"));
    if (!record) return problemResponse(404);
    const issued = await issueToken(runtime, record, doerOf(c));
    return issued === "full" ? problemResponse(409, TOKENS_FULL) : c.json(issued, 201);
  });

  api.delete("/partners/:id/tokens/:name", async (c) => {
    const { id, name } = c.req.param();
    if (!(await revokeToken(runtime, id, name, doerOf(c)))) return problemResponse(404);
    return c.json({ name, status: "revoked" });
  });

  return api;
}

const BAD_IF_MATCH = "If-Match must be the ETag that GET answered with, in its quotes.";
const GITS_OWN = t(
  "This policy's home is git. Change its file, content/partners/<id>.yaml, and run npx wireroom publish.",
);
const DESKS_OWN = t(
  "This policy was changed at the desk, so git's was not stored. npx wireroom partner pull ID writes the desk's policy into content/partners/; after that, git may change it again.",
);
const DESKS_NOW = t(
  "This policy was changed at the desk, so yours was not stored. Read it with GET, and send its ETag in If-Match to replace it; or send ?home=api to take it over from the desk.",
);
const TOKENS_FULL = t("There are {count} tokens already, which is the limit: revoke one first.", {
  count: TOKEN_LIMIT,
});

const etagOf = (digest: string) => ({ ETag: `"${digest}"` });

/** The digest in If-Match; null for `If-None-Match: *`, where there must be no policy yet. */
function expectedPolicy(headers: Headers): string | null | undefined | "malformed" {
  if (headers.get("If-None-Match")?.trim() === "*") return null;
  const given = headers.get("If-Match")?.trim();
  return given === undefined ? undefined : (/^"([0-9a-f]{64})"$/.exec(given)?.[1] ?? "malformed");
}

/** The routes under /api/deliveries, and /api/partners/{id}/webhook. */
export function partnerWebhookRoutes(runtime: Runtime): Hono<Asked> {
  const { env } = runtime;
  const api = newRouter() as unknown as Hono<Asked>;

  api.get("/deliveries", async (c) => {
    const { partner, state } = c.req.query();
    const states = DELIVERY_STATES.filter((one) => !state || state === one);
    if (states.length === 0)
      return problemResponse(400, `state must be one of ${DELIVERY_STATES.join(", ")}.`);
    return c.json(await listWebhooks(env.DB, states, partner || undefined));
  });

  api.post("/deliveries/:id{\\d{1,15}}/retry", async (c) => {
    const delivery = await sendAgain(runtime, Number(c.req.param("id")), doerOf(c));
    if (delivery === undefined) return problemResponse(404);
    if (delivery === "delivered") return problemResponse(409, t("This webhook is delivered already."));
    return c.json(delivery);
  });

  api.get("/partners/:id/webhook", (c) => webhook(c));
  api.post("/partners/:id/webhook", (c) => webhook(c, makeSecret));
  api.post("/partners/:id/webhook/on", (c) => webhook(c, switchOn));
  return api;

  /** Answers with a partner's webhook, after an optional change. */
  async function webhook(
    c: Context<Asked>,
    change?: (runtime: Runtime, partner: string, doer: Doer) => Promise<void>,
  ): Promise<Response> {
    const id = c.req.param("id") ?? "";
    const record = await partnerById(env.DB, id);
    if (!record) return problemResponse(404);
    const answer = await webhookOf(runtime, record, now());
    if (answer === "none") return problemResponse(409, t("This partner's policy has no push."));
    if (answer === "closed")
      return problemResponse(503, t("The secret WEBHOOK_SECRET is not set, so no webhooks are sent."));
    if (!change) return c.json(answer);
    await change(runtime, id, doerOf(c));
    return webhook(c);
  }
}
