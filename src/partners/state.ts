// What keeps a partner from its articles, in words: for the command line and the desk. Pure.

import { addSeconds, type Instant } from "../lib/time.ts";
import type { PartnerSummary } from "./answers.ts";
import { PROFILES } from "./profiles/index.ts";

/** After that time /healthz reports a stale document, too. */
const LATE_SECONDS = 600;

/** What keeps a partner from fetching its feed, or its webhook from being called. `written` writes an instant. */
export function partnerProblems(
  partner: Omit<PartnerSummary, "change">,
  now: Instant,
  written: (at: string) => string,
): readonly string[] {
  const { enabled, access, tokens, lastError, staleSince, push, profile, items } = partner;
  const { leastItems = 0 } = PROFILES[profile].limits;
  const isLate = staleSince !== null && staleSince < addSeconds(now, -LATE_SECONDS);
  return [
    ...(enabled ? [] : ["disabled"]),
    ...(enabled && access !== "public" && tokens.length === 0 ? ["no token"] : []),
    ...(enabled && items < leastItems ? [`${items} articles, but ${profile} requires ${leastItems}`] : []),
    ...(lastError === null ? [] : [lastError]),
    ...(isLate ? [`stale since ${written(staleSince)}`] : []),
    ...(push === null || push === "on" ? [] : [`webhook off: ${push}`]),
  ];
}
