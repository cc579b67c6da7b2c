// The Worker that `wireroom preview` runs: the real one, at another time. It is never deployed.

import worker, { FeedObject as RealFeedObject, PartnerObject as RealPartnerObject } from "../index.ts";
import { moveAlarms } from "./clock.ts";
import { offsetSeconds } from "./runtime-patch.ts";

/** The object of a feed, at that time. */
export class FeedObject extends RealFeedObject {
  constructor(...[context, env]: ConstructorParameters<typeof RealFeedObject>) {
    moveAlarms(context.storage, () => offsetSeconds * 1000);
    super(context, env);
  }
}

/** The object of a partner, at that time. */
export class PartnerObject extends RealPartnerObject {
  constructor(...[context, env]: ConstructorParameters<typeof RealPartnerObject>) {
    moveAlarms(context.storage, () => offsetSeconds * 1000);
    super(context, env);
  }
}

export default {
  ...worker,
  async fetch(...request) {
    const response = await worker.fetch(...request);
    // The next preview has the same address and another time.
    response.headers.set("Cache-Control", "no-store");
    return response;
  },
} satisfies typeof worker;
