// POST /hub: the door of the WebSub hub. A request that can be read is taken (202) and verified behind the answer.

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Env, Runtime } from "../env.ts";
import { newRouter } from "../http/router.ts";
import { toInstant } from "../lib/time.ts";
import { takeRequest } from "./intent-verification.ts";
import { readHubRequest } from "./subscription-request.ts";

const BODY_BYTES_LIMIT = 16_000;
const FORM = "application/x-www-form-urlencoded";
const RETRY_SECONDS = "60";

/** The routes under /hub. Errors are plain text (WebSub §5.1.2). */
export function hubRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { site } = runtime;
  const hub = newRouter();

  if (site.hub !== undefined) {
    const elsewhere = `There is no hub here. The feeds of this site are with ${site.hub}\n`;
    return hub.all("/", (c) => c.text(elsewhere, 404));
  }

  const limit = bodyLimit({
    maxSize: BODY_BYTES_LIMIT,
    onError: (c) => c.text(`At most ${BODY_BYTES_LIMIT} bytes are taken.\n`, 413),
  });
  hub.post("/", limit, async (c) => {
    const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
    if (type !== FORM) return c.text(`Send ${FORM}.\n`, 415);
    const request = readHubRequest(new URLSearchParams(await c.req.text()), site);
    if (!request.ok) {
      return c.text(request.problems.map(({ path, message }) => `${path} ${message}\n`).join(""), 400);
    }
    const taken = await takeRequest(runtime, request.value, toInstant(new Date()), (work) =>
      c.executionCtx.waitUntil(work),
    );
    if (!taken) {
      return c.text("Too many requests wait to be verified; try again in a minute.\n", 429, {
        "Retry-After": RETRY_SECONDS,
      });
    }
    return c.text("The callback is asked next.\n", 202);
  });

  hub.all("/", (c) =>
    c.text("This is a WebSub hub (https://www.w3.org/TR/websub/). Subscribe by POST.\n", 405, {
      Allow: "POST",
    }),
  );
  return hub;
}
