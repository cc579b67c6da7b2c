// POST /hub, the WebSub hub. A well-formed request is accepted (202), and verified after the answer.

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Runtime } from "../env.ts";
import { newRouter } from "../http/router.ts";
import { problemLine } from "../lib/problem.ts";
import { toInstant } from "../lib/time.ts";
import { acceptRequest, readSubscriptionRequest } from "./subscription-request.ts";

const BODY_BYTES_LIMIT = 16_000;
const FORM = "application/x-www-form-urlencoded";
const RETRY_SECONDS = "60";
const HUB = "This is a WebSub hub (https://www.w3.org/TR/websub/). Subscribe with a POST request.\n";

/** The routes under /hub. Errors are plain text (WebSub §5.1.2). */
export function hubRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { site } = runtime;
  const hub = newRouter();

  if (site.hub !== undefined) {
    const elsewhere = `There is no hub here. This site's feeds use the hub at ${site.hub}\n`;
    return hub.all("/", (c) => c.text(elsewhere, 404));
  }

  const limit = bodyLimit({
    maxSize: BODY_BYTES_LIMIT,
    onError: (c) => c.text(`A request may have at most ${BODY_BYTES_LIMIT} bytes.\n`, 413),
  });
  hub.post("/", limit, async (c) => {
    const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
    if (type !== FORM) return c.text(`Send ${FORM}.\n`, 415);
    const request = readSubscriptionRequest(new URLSearchParams(await c.req.text()), site);
    if (!request.ok) {
      return c.text(request.problems.map((problem) => `${problemLine(problem)}\n`).join(""), 400);
    }
    const accepted = await acceptRequest(runtime, request.value, toInstant(new Date()), (work) =>
      c.executionCtx.waitUntil(work),
    );
    if (!accepted) {
      return c.text("Too many requests are waiting to be verified. Try again in a minute.\n", 429, {
        "Retry-After": RETRY_SECONDS,
      });
    }
    return c.text("Accepted. The callback will be asked to confirm.\n", 202);
  });

  hub.all("/", (c) => c.text(HUB, 405, { Allow: "POST" }));
  return hub;
}
