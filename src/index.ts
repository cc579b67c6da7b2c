// The Worker: fetch, scheduled, queue. Wiring only.

import { env as bindings } from "cloudflare:workers";
import { createApp } from "./app.ts";
import { handleMessage, hourly, minutely } from "./background.ts";
import type { DeliveryMessage, Env, RebuildMessage, RenderMessage, Runtime } from "./env.ts";
import { countAudience } from "./feeds/audience.ts";
import { documentAt } from "./feeds/catalogue.ts";
import { feedResponse } from "./feeds/routes.ts";
import { FeedWithSubscribers } from "./hub/subscribers.ts";
import { type Instant, toInstant } from "./lib/time.ts";
import { pageResponse } from "./pages/page-cache.ts";
import { PartnerObjectBase } from "./partners/partner-object.ts";
import { queueWebhooks } from "./partners/webhooks.ts";
import { runtimeOf } from "./runtime.ts";

const HOURLY = "0 * * * *";
const RETRY_SECONDS = 2;

interface Started {
  readonly runtime: Runtime;
  readonly app: ReturnType<typeof createApp>;
}

const env = bindings as unknown as Env;
let started: Started | undefined;

async function start(): Promise<Started> {
  if (started) return started;
  const runtime = await runtimeOf(env);
  started = { runtime, app: createApp(runtime) };
  return started;
}

/** The object of a feed. */
export class FeedObject extends FeedWithSubscribers {
  #runtime: Promise<Runtime> | undefined;

  protected runtime(): Promise<Runtime> {
    this.#runtime ??= runtimeOf(this.env);
    return this.#runtime;
  }
}

/** The object of a partner. */
export class PartnerObject extends PartnerObjectBase {
  #runtime: Promise<Runtime> | undefined;

  protected runtime(): Promise<Runtime> {
    this.#runtime ??= runtimeOf(this.env);
    return this.#runtime;
  }

  protected async queueWebhooks(partner: string, at: Instant): Promise<void> {
    await queueWebhooks(await this.runtime(), at, partner);
  }
}

/**
 * Feeds, with any query, and cached pages are answered before the router, which would add a tenth to a 304's
 * cost.
 */
function answer(request: Request, { runtime, app }: Started, context: ExecutionContext) {
  const key = documentAt(pathOf(request.url));
  if (key) {
    const background = (work: Promise<unknown>) => context.waitUntil(work);
    countAudience(request, runtime, key, background);
    return feedResponse(request, runtime, key, background);
  }
  return pageResponse(runtime, request, Date.now(), () => app.fetch(request, env, context));
}

/** The path of a request's URL. Parsing the whole URL would be most of the work for a 304. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

export default {
  fetch(request, _env, context) {
    // No await unless it is needed: a feed in the isolate's cache is answered at once.
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
        // It was logged where it failed, and the documents stay dirty in D1.
        message.retry({ delaySeconds: RETRY_SECONDS });
      }
    }
  },
} satisfies ExportedHandler<Env, RebuildMessage | RenderMessage | DeliveryMessage>;
