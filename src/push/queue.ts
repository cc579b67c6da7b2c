// Messages of DELIVERIES, and for how long what they are about is theirs.

import type { DocumentKey } from "../model/feed.ts";
import type { DeliveryMessage, Turn } from "../model/messages.ts";

/** For so long what is queued or being sent is nobody else's; cron takes it up again after that. */
export const CLAIM_SECONDS = 120;
// With the D1 queries round them well below the 50 subrequests of an invocation.
const TURNS_A_MESSAGE = 15;

/** Deliveries of one document as messages. */
export function deliveryMessages(
  { feed, format }: DocumentKey,
  turns: readonly Turn[],
): readonly DeliveryMessage[] {
  return parts(turns).map((some) => ({ kind: "delivery", feed, format, turns: some }));
}

/** Webhooks as messages, each for one partner: no other one's waits for a slow server. */
export function webhookMessages(
  turns: readonly (Turn & { readonly partner: string })[],
): readonly DeliveryMessage[] {
  const byPartner = [...Map.groupBy(turns, ({ partner }) => partner).values()];
  return byPartner.flatMap(parts).map((some) => ({ kind: "webhook", turns: some }));
}

const parts = (turns: readonly Turn[]): readonly (readonly Turn[])[] =>
  Array.from({ length: Math.ceil(turns.length / TURNS_A_MESSAGE) }, (_, index) =>
    turns
      .slice(index * TURNS_A_MESSAGE, (index + 1) * TURNS_A_MESSAGE)
      .map(({ id, attempts }) => ({ id, attempts })),
  );
