// The Worker: fetch, scheduled, queue. Wiring only.

import { env as bindings } from "cloudflare:workers";
import settings from "../content/site.yaml";
import { documentAt } from "./feeds/catalogue.ts";
import { RENDERER } from "./formats/index.ts";
import { createApp } from "./http/app.ts";
import { countAudience } from "./http/audience.ts";
import { feedResponse } from "./http/feeds.ts";
import { pageResponse } from "./http/held-pages.ts";
import { sha256 } from "./model/digest.ts";
import type { Env, Runtime } from "./model/env.ts";
import type { DeliveryMessage, RebuildMessage } from "./model/messages.ts";
import { toInstant } from "./model/time.ts";
import { handleMessage, hourly, minutely } from "./schedule.ts";

const HOURLY = "0 * * * *";
const RETRY_SECONDS = 2;
const FINGERPRINT_DIGITS = 16;

const env = bindings as unknown as Env;
const site = env.SITE_URL ? { ...settings, url: new URL(env.SITE_URL).origin } : settings;

interface Started {
  readonly runtime: Runtime;
  readonly app: ReturnType<typeof createApp>;
}

let started: Started | undefined;

/** Once per isolate; hashing is not allowed before the first event. */
async function start(): Promise<Started> {
  if (started) return started;
  const fingerprint = (await sha256(JSON.stringify([RENDERER, site]))).slice(0, FINGERPRINT_DIGITS);
  const runtime: Runtime = { env, site, fingerprint };
  started = { runtime, app: createApp(runtime) };
  return started;
}

/** Feeds before the router, whatever their query: it costs a tenth of a 304. Pages that are held are, too. */
function answer(request: Request, { runtime, app }: Started, context: ExecutionContext) {
  const key = documentAt(pathOf(request.url));
  if (key) {
    const background = (work: Promise<unknown>) => context.waitUntil(work);
    countAudience(request, runtime, key, background);
    return feedResponse(request, runtime, key, background);
  }
  return pageResponse(request, Date.now(), () => app.fetch(request, env, context));
}

/** The path of a request's URL, which always has one; parsing all of it would be most of the work for a 304. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

export default {
  fetch(request, _env, context) {
    // No waiting where none is needed: a feed that the isolate holds is answered at once.
    return started
      ? answer(request, started, context)
      : start().then((ready) => answer(request, ready, context));
  },

  async scheduled(controller) {
    const { runtime } = await start();
    const now = toInstant(new Date());
    await (controller.cron === HOURLY ? hourly(runtime, now) : minutely(runtime, now));
  },

  async queue(batch) {
    const { runtime } = await start();
    for (const message of batch.messages) {
      try {
        await handleMessage(runtime, message.body, toInstant(new Date()));
        message.ack();
      } catch {
        // Logged where it failed, with what it was about; the stale mark stays in D1.
        message.retry({ delaySeconds: RETRY_SECONDS });
      }
    }
  },
} satisfies ExportedHandler<Env, RebuildMessage | DeliveryMessage>;
