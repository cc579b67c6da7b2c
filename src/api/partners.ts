// Who may make which of the calls about partners: programs with the token, and people at the desk by their roles.

import type { Hono } from "hono";
import { trialRoutes } from "../desk/partners/api.ts";
import { requireRole, requireSignIn, type SignedIn } from "../desk/requests.ts";
import type { Runtime } from "../env.ts";
import { newRouter } from "../http/router.ts";
import { partnerRoutes, partnerWebhookRoutes } from "../partners/api.ts";

/** The routes under /api/partners, /api/gaps and /api/deliveries. Lists are open to every role. */
export function guardedPartnerRoutes(runtime: Runtime): Hono<SignedIn> {
  const guarded = newRouter() as unknown as Hono<SignedIn>;
  const signIn = requireSignIn(runtime);
  for (const path of ["/partners/*", "/deliveries/*", "/gaps"]) guarded.use(path, signIn);
  const editor = requireRole("editor");
  guarded.use("/partners/:id/*", editor);
  guarded.use("/deliveries/:id/*", editor);
  guarded.use("/partners/:id/tokens/*", requireRole("admin"));
  guarded.use("/partners/:id/webhook/*", requireRole("admin"));
  guarded.delete("/partners/:id", requireRole("admin"));
  guarded.route("/", trialRoutes(runtime));
  guarded.route("/", partnerWebhookRoutes(runtime));
  guarded.route("/", partnerRoutes(runtime));
  return guarded;
}
