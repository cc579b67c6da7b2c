// What runs without a request: cron, and the queue's messages.

import {
  auditDocuments,
  auditMessages,
  rebuildDocument,
  requestRebuilds,
  staleMessages,
} from "./feeds/rebuild.ts";
import { log, reasonOf } from "./log.ts";
import type { Runtime } from "./model/env.ts";
import type { RebuildMessage } from "./model/messages.ts";
import { addSeconds, type Instant } from "./model/time.ts";
import { outdatedMessages, renderAgain } from "./publish/again.ts";
import { forgetOldAudience } from "./store/audience.ts";
import { markDue } from "./store/feeds.ts";

/** A younger mark has its own message under way. */
const GRACE_SECONDS = 60;
/** Articles rendered again a minute after a change of settings; each costs up to 20 D1 queries in its own message. */
const RENDER_AGAIN_LIMIT = 100;

/** Every minute: release and expire what is due, ask for what is late, render what is of older settings. */
export async function minutely(runtime: Runtime, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  const due = await markDue(env.DB, fingerprint, now);
  const late = await staleMessages(runtime, addSeconds(now, -GRACE_SECONDS));
  const outdated = await outdatedMessages(runtime, RENDER_AGAIN_LIMIT);
  const messages = unique([
    ...due.map((key) => ({ kind: "document" as const, ...key })),
    ...late,
    ...outdated,
  ]);
  await requestRebuilds(runtime, messages);
  if (messages.length > 0) log("cron", { due: due.length, late: late.length, outdated: outdated.length });
}

/** Every hour: compare KV with D1, forget an audience that is gone. */
export async function hourly(runtime: Runtime, now: Instant): Promise<void> {
  const audits = await auditMessages(runtime, now);
  await requestRebuilds(runtime, [...audits, ...(await staleMessages(runtime, now))]);
  await forgetOldAudience(runtime.env.DB, now);
  log("cron", { audits: audits.length });
}

/** One message of REBUILDS. Doing it twice is the same as doing it once. @throws Error, to have it tried again. */
export async function handleRebuild(runtime: Runtime, message: RebuildMessage, now: Instant): Promise<void> {
  switch (message.kind) {
    case "document":
      return rebuildDocument(runtime, { feed: message.feed, format: message.format }, now);
    case "audit":
      return auditDocuments(runtime, message.documents, now);
    case "article":
      try {
        return await renderAgain(runtime, message.id, now);
      } catch (error) {
        log("error", {
          id: message.id,
          what: "the article could not be rendered again",
          reason: reasonOf(error),
        });
        throw error;
      }
  }
}

function unique(messages: readonly RebuildMessage[]): readonly RebuildMessage[] {
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}
