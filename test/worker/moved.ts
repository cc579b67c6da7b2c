// The counted Worker (faulty.ts) by another clock, which a test sets: /__clock takes the milliseconds that it is ahead.

import type { Env } from "../../src/env.ts";
import { moveAlarms, movedDate } from "../../src/preview/clock.ts";
import worker, { FeedObject as FaultyFeedObject, PartnerObject as FaultyPartnerObject } from "./faulty.ts";

const RealDate = Date;
let offset = 0;

/** The object of a feed, whose alarms come by the same clock; those that were set before it was moved come as they were. */
export class FeedObject extends FaultyFeedObject {
  constructor(ctx: DurableObjectState, env: Env) {
    moveAlarms(ctx.storage, () => offset);
    super(ctx, env);
  }
}

/** The object of a partner, likewise. */
export class PartnerObject extends FaultyPartnerObject {
  constructor(ctx: DurableObjectState, env: Env) {
    moveAlarms(ctx.storage, () => offset);
    super(ctx, env);
  }
}

export default {
  ...worker,
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== "/__clock") return worker.fetch(request, env, context);
    offset = Number(await request.text());
    globalThis.Date = movedDate(RealDate, offset);
    return new Response(null, { status: 204 });
  },
} satisfies typeof worker;
