// The trial of a policy in the API. It is the desk's, since a story may be tried that isn't published.

import type { Hono } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { limit, newRouter, readJson } from "../../http/router.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { otherId } from "../../partners/acts.ts";
import type { PolicyTrial } from "../../partners/answers.ts";
import { checkPolicy, POLICY_BYTES_LIMIT } from "../../partners/policy.ts";
import { tryPolicy } from "../../partners/trial.ts";
import type { SignedIn } from "../requests.ts";
import { explainChoice } from "./chosen.ts";

/** The route under /api/partners that tries a policy. The router that mounts it checks who may. */
export function trialRoutes(runtime: Runtime): Hono<SignedIn> {
  const api = newRouter() as unknown as Hono<SignedIn>;

  api.post("/partners/:id/trial", limit(POLICY_BYTES_LIMIT), async (c) => {
    const body = await readJson(c.req.raw);
    if (body instanceof Response) return body;
    const policy = checkPolicy(body.value, runtime.site);
    const errors = [...(policy.ok ? [] : policy.problems), ...otherId(body.value, c.req.param("id"))];
    if (!policy.ok || errors.length > 0) return problemResponse(422, undefined, { errors });
    const { story, article } = c.req.query();
    const now = toInstant(new Date());
    const tried = await tryPolicy(runtime, policy.value, now);
    const chosen = await explainChoice(runtime, tried, { story, article }, now);
    if (chosen === undefined) return problemResponse(404, t("There is no such story or article."));
    const answer: PolicyTrial = { ...tried.trial, chosen };
    return c.json(answer);
  });

  return api;
}
