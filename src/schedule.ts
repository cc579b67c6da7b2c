// What runs without a request: cron, and the queue's messages.

import {
  auditDocuments,
  auditMessages,
  documentMessages,
  rebuildDocument,
  requestRebuilds,
  staleMessages,
} from "./feeds/rebuild.ts";
import { log, reasonOf } from "./log.ts";
import type { Runtime } from "./model/env.ts";
import { keyOf } from "./model/feed.ts";
import type { DeliveryMessage, RebuildMessage } from "./model/messages.ts";
import { addSeconds, type Instant } from "./model/time.ts";
import { outdatedMessages, renderAgain } from "./publish/again.ts";
import { stripSome } from "./publish/strip-stored.ts";
import { announce, pushAgain } from "./push/announce.ts";
import { deliver } from "./push/deliver.ts";
import { verify } from "./push/verify.ts";
import { pushWebhooks, tellPartners } from "./push/webhook.ts";
import { forgetOldAudience } from "./store/audience.ts";
import { forgetFingerprints, markDue } from "./store/feeds.ts";
import { forgetOldFetches } from "./store/partner-ledger.ts";
import { forgetDelivered } from "./store/webhooks.ts";

/** A younger mark has its own message under way. */
const GRACE_SECONDS = 60;
/** Articles rendered again a minute after a change of settings; each costs up to 20 D1 queries in its own message. */
const RENDER_AGAIN_LIMIT = 100;
/** Pictures of before that are stripped in a minute; each costs a read and a write of R2 and a few queries of D1. */
const STRIP_LIMIT = 5;

/** Every minute: release and expire what is due, ask for what is late, render what is of older settings, push again, strip pictures of before. */
export async function minutely(runtime: Runtime, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  const due = await markDue(env.DB, fingerprint, now);
  const late = await staleMessages(runtime, addSeconds(now, -GRACE_SECONDS));
  const outdated = await outdatedMessages(runtime, RENDER_AGAIN_LIMIT);
  const messages = unique([...documentMessages(due), ...late, ...outdated]);
  await requestRebuilds(runtime, messages);
  if (messages.length > 0) log("cron", { due: due.length, late: late.length, outdated: outdated.length });
  await pushAgain(runtime, now);
  await stripSome(runtime, STRIP_LIMIT);
}

/** Every hour: compare KV with D1, forget an audience that is gone, what partners fetched or were told long ago, and old settings. */
export async function hourly(runtime: Runtime, now: Instant): Promise<void> {
  const audits = await auditMessages(runtime, now);
  await requestRebuilds(runtime, [...audits, ...(await staleMessages(runtime, now))]);
  await forgetFingerprints(runtime.env.DB, runtime.fingerprint, now);
  await forgetOldAudience(runtime.env.DB, now);
  await forgetDelivered(runtime.env.DB, now);
  await forgetOldFetches(runtime.env.DB, now);
  log("cron", { audits: audits.length });
}

/** One message of either queue. Doing it twice is the same as doing it once. @throws Error, to have it tried again. */
export async function handleMessage(
  runtime: Runtime,
  message: RebuildMessage | DeliveryMessage,
  now: Instant,
): Promise<void> {
  switch (message.kind) {
    case "document":
      await rebuildDocument(runtime, keyOf(message), now, (document) => announce(runtime, document, now));
      // A partner's feed has no hub: its server has a webhook.
      if (message.format === "partner") await pushWebhooks(runtime, now);
      return;
    case "audit":
      return auditDocuments(runtime, message.documents, now);
    case "delivery":
      return told(
        { feed: message.feed, format: message.format, what: "a document could not be delivered" },
        () => deliver(runtime, { feed: message.feed, format: message.format }, message.turns, now),
      );
    case "verification":
      return told({ id: message.id, what: "a subscriber could not be asked" }, () =>
        verify(runtime, message.id, now),
      );
    case "webhook":
      return told({ webhooks: message.turns.length, what: "partners could not be told" }, () =>
        tellPartners(runtime, message.turns, now),
      );
    case "article":
      return told({ id: message.id, what: "the article could not be rendered again" }, () =>
        renderAgain(runtime, message.id, now),
      );
  }
}

/** Has an error logged on its way out, with what it was about. */
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
