// Everything that is not a public feed: pages, images, the API, partners' feeds, redirects. Public feeds are
// answered before this router.

import type { Hono } from "hono";
import { apiRoutes } from "./api/routes.ts";
import { deskPages } from "./desk/pages.tsx";
import { sharedPreviews } from "./desk/preview/shared-preview.tsx";
import type { Env, Runtime } from "./env.ts";
import { oldestDirty } from "./feeds/sql.ts";
import { problemResponse } from "./http/problem.ts";
import { newRouter } from "./http/router.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { hubRoutes } from "./hub/routes.ts";
import { logError } from "./lib/log.ts";
import { discoveryRoutes } from "./pages/discovery.ts";
import { redirectFor } from "./pages/redirects.ts";
import { pageRoutes } from "./pages/routes.tsx";
import { partnerResponse } from "./partners/routes.ts";
import { mediaResponse } from "./pictures/routes.ts";
import { stripStored } from "./publish/strip-stored.ts";

/** If a document is dirty for longer, rebuilding is broken, not late. */
const DIRTY_LIMIT_SECONDS = 600;

/** Statuses without a body, for which HEAD gets no Content-Length (RFC 9110 §8.6). */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** The router. */
export function createApp(runtime: Runtime): Hono<{ Bindings: Env }> {
  const app = newRouter();
  const always = Object.entries(securityHeaders(runtime.site));

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of always) c.res.headers.set(name, value);
    // Hono answers HEAD by running GET and dropping the body, and with it the Content-Length.
    if (c.req.method === "HEAD" && !BODILESS.has(c.res.status) && !c.res.headers.has("Content-Length")) {
      const { byteLength } = await c.res.clone().arrayBuffer();
      c.res.headers.set("Content-Length", String(byteLength));
    }
  });
  app.use(async (c, next) => {
    const target = redirectFor(new URL(c.req.url), runtime.site);
    if (target !== undefined && (c.req.method === "GET" || c.req.method === "HEAD")) {
      c.header("Cache-Control", `public, max-age=${runtime.site.cache.maxAge}`);
      return c.redirect(target, 301);
    }
    await next();
    // Without Cache-Control, a cache would guess a lifetime.
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });

  app.route("/api", apiRoutes(runtime));
  app.route("/desk", deskPages(runtime));
  app.route("/previews", sharedPreviews(runtime));
  app.route("/hub", hubRoutes(runtime));
  const pictures = { ...runtime, strip: (sha256: string) => stripStored(runtime, sha256) };
  app.get("/media/*", (c) => mediaResponse(pictures, c));
  app.get("/healthz", async (c) => {
    const oldest = await oldestDirty(c.env.DB);
    const age = oldest === undefined ? 0 : Math.floor((Date.now() - Date.parse(oldest)) / 1000);
    return c.json({ oldestStaleSeconds: age }, age > DIRTY_LIMIT_SECONDS ? 503 : 200);
  });
  app.all("/partners/*", (c) =>
    partnerResponse(c.req.raw, runtime, (work) => c.executionCtx.waitUntil(work)),
  );
  app.route("/", discoveryRoutes(runtime));
  app.route("/", pageRoutes(runtime));

  app.onError((error, c) => {
    logError("the request failed", error, { path: new URL(c.req.url).pathname });
    const headers = { "Retry-After": "30" };
    if (c.req.path.startsWith("/api/"))
      return problemResponse(503, "Nothing was changed; try again.", { headers });
    return c.text("This can't be read just now. Try again in half a minute.\n", 503, {
      ...headers,
      "Cache-Control": "no-store",
    });
  });
  return app;
}
