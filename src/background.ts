// The work that no request starts: cron, and messages of the queues.

import { idleSince } from "./desk/people/people.ts";
import { forgetSessions } from "./desk/people/sql-people.ts";
import { catchUp } from "./desk/stories/list.ts";
import { thinRevisions } from "./desk/stories/sql.ts";
import { forgetPresence } from "./desk/stories/sql-presence.ts";
import { lateStoryMessages, publishDue } from "./desk/stories/stories.ts";
import type { DeliveryMessage, RebuildMessage, RenderMessage, Runtime } from "./env.ts";
import { auditMessages, dirtyMessages, rebuildFeed, rebuildMessages } from "./feeds/rebuild.ts";
import { forgetFingerprints, forgetOldAudience, invalidateDue } from "./feeds/sql.ts";
import { deliver } from "./hub/content-distribution.ts";
import { requeueLost } from "./hub/delivery-queue.ts";
import { countSubscriptions, forgetHosts } from "./hub/sql.ts";
import { verifyIntent } from "./hub/subscription-request.ts";
import { sendAll } from "./lib/batches.ts";
import { log, logError, reasonOf } from "./lib/log.ts";
import { addSeconds, type Instant } from "./lib/time.ts";
import { forgetOldFetches } from "./partners/sql-ledger.ts";
import { forgetDelivered } from "./partners/sql-webhooks.ts";
import { deliverWebhooks, queueWebhooks } from "./partners/webhooks.ts";
import { rerender, rerenderOutdated } from "./publish/rerender.ts";
import { forgetVersions } from "./publish/sql.ts";
import { stripSome } from "./publish/strip-stored.ts";

/**
 * Cron leaves a document alone until it has been dirty for this long: its touch or message may still be on
 * the way.
 */
const GRACE_SECONDS = 60;
/** Articles rerendered per minute after a change of settings: a million in eight hours. */
const RERENDER_LIMIT = 2000;
/**
 * Pictures stored before stripping existed that are stripped per minute; each takes two calls of R2 and a few
 * of D1.
 */
const STRIP_LIMIT = 5;
/** How far back the hourly clean-up of intermediate versions looks for changed articles. */
const VERSIONS_SECONDS = 7200;
/** A callback host that wasn't tried for this long counts as alive again. */
const HOST_SECONDS = 86_400;

/**
 * Every minute: invalidate feeds that are due, rebuild late ones, rerender outdated articles, publish late
 * stories, retry deliveries and webhooks, strip old pictures.
 */
export async function minutely(runtime: Runtime, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  const due = await step("due feeds", [], () => invalidateDue(env.DB, fingerprint, now));
  const late = await step("late rebuilds", [], () => dirtyMessages(runtime, addSeconds(now, -GRACE_SECONDS)));
  const outdated = await step("articles rendered with older settings", 0, () =>
    rerenderOutdated(runtime, RERENDER_LIMIT, false),
  );
  const stories = await step("stories that are due", [], () => lateStoryMessages(runtime, now));
  await sendAll(env.REBUILDS, unique([...rebuildMessages(due), ...late, ...stories]));
  if (due.length + late.length + outdated > 0) log("cron", { due: due.length, late: late.length, outdated });
  const requeued = await step("the hub's retries", 0, () => requeueLost(runtime, now));
  const webhooks = await step("webhooks that are due", 0, () => queueWebhooks(runtime, now));
  if (requeued + webhooks > 0) log("cron", { requeued, webhooks });
  await step("pictures to strip", undefined, () => stripSome(runtime, STRIP_LIMIT));
}

/**
 * Every hour: compare KV with D1, rebuild what is dirty, rerender outdated articles, count subscriptions, and
 * delete old data: fingerprints, intermediate versions, audience counts, callback hosts, sessions, old
 * revisions of stories, who had them open, delivered webhooks, and partners' fetches.
 */
export async function hourly(runtime: Runtime, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  const lost = await step("copies that KV has lost", [], () => auditMessages(runtime, now));
  const late = await step("late rebuilds", [], () => dirtyMessages(runtime, now));
  await sendAll(env.REBUILDS, [...lost, ...late]);
  await step("old fingerprints", undefined, () => forgetFingerprints(env.DB, fingerprint, now));
  const outdated = await step("articles rendered with older settings", 0, () =>
    rerenderOutdated(runtime, RERENDER_LIMIT, true),
  );
  await step("intermediate versions", undefined, () =>
    forgetVersions(env.DB, addSeconds(now, -VERSIONS_SECONDS)),
  );
  await step("old audience counts", undefined, () => forgetOldAudience(env.DB, now));
  await step("callback hosts that weren't tried lately", undefined, () =>
    forgetHosts(env.DB, addSeconds(now, -HOST_SECONDS)),
  );
  await step("ended sessions", undefined, () => forgetSessions(env.DB, idleSince(now), now));
  await step("old revisions", 0, () => thinRevisions(env.DB, now));
  await step("who had stories open", undefined, () => forgetPresence(env.DB, now));
  await step("the words of stories", 0, () => catchUp(runtime));
  await step("the count of subscriptions", undefined, () => countSubscriptions(env.DB));
  await step("delivered webhooks", undefined, () => forgetDelivered(env.DB, now));
  await step("old fetches of partners", undefined, () => forgetOldFetches(env.DB, now));
  log("cron", { lost: lost.length, outdated });
}

/**
 * Does one step of cron. A failure is logged, the result is then `nothing`, and the other steps still run.
 */
async function step<T>(name: string, nothing: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    logError(`cron failed at a step: ${name}`, error);
    return nothing;
  }
}

/** Handles one message of any queue. Idempotent. @throws Error, to have it retried. */
export async function handleMessage(
  runtime: Runtime,
  message: RebuildMessage | RenderMessage | DeliveryMessage,
  now: Instant,
): Promise<void> {
  switch (message.kind) {
    case "feed":
    case "document":
      return told({ feed: message.feed, what: "the feed's object could not be asked to rebuild" }, () =>
        rebuildFeed(runtime, message.feed, message.kind === "feed" ? message.lost : undefined),
      );
    case "story":
      return told({ story: message.story, what: "a story could not be published" }, () =>
        publishDue(runtime, message.story, now),
      );
    case "delivery":
      return told(
        { feed: message.feed, format: message.format, what: "a document could not be delivered" },
        () => deliver(runtime, { feed: message.feed, format: message.format }, message.deliveries, now),
      );
    case "verification":
      return told({ id: message.id, what: "a subscription could not be verified" }, () =>
        verifyIntent(runtime, message.id, now),
      );
    case "webhook":
      return told({ webhooks: message.deliveries.length, what: "webhooks could not be sent" }, () =>
        deliverWebhooks(runtime, message.deliveries, now),
      );
    case "articles":
      return told({ ids: message.ids, what: "articles could not be rerendered" }, () =>
        rerender(runtime, message.ids, now),
      );
  }
}

/** Does the work; logs an error with `facts`, and rethrows it. */
async function told(facts: Readonly<Record<string, unknown>>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log("error", { ...facts, reason: reasonOf(error) });
    throw error;
  }
}

function unique(messages: readonly RebuildMessage[]): readonly RebuildMessage[] {
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}
