// `wireroom partner list`: a line a partner. Pure.

import type { PartnerSummary } from "../../partners/answers.ts";
import { PROFILES } from "../../partners/profiles/index.ts";
import { age, aligned } from "../status.ts";

/** The table, with a line of titles; ages are counted from `now`. */
export function partnerTable(partners: readonly PartnerSummary[], now: Date): string {
  return aligned([
    ["ID", "PROFILE", "ACCESS", "ITEMS", "LAST FETCH", "PROBLEMS"],
    ...partners.map((partner) => [
      partner.id,
      partner.profile,
      partner.access,
      String(partner.items),
      lastFetch(partner, now),
      partnerProblems(partner, now).join("; ").replace(/\s+/g, " "),
    ]),
  ]);
}

/** `5 min ago (304)`; `never`. */
export const lastFetch = ({ lastFetch: last }: PartnerSummary, now: Date): string =>
  last === null ? "never" : `${age(last.minute, now)} (${last.status})`;

/** Whatever keeps a partner from its feed, or from being told of changes. */
export function partnerProblems(partner: PartnerSummary, now: Date): readonly string[] {
  const { enabled, access, tokens, lastError, staleSince, push, profile, items } = partner;
  const { leastItems = 0 } = PROFILES[profile].limits;
  return [
    ...(enabled ? [] : ["disabled"]),
    ...(enabled && access !== "public" && tokens.length === 0 ? ["no token"] : []),
    ...(enabled && items < leastItems ? [`${items} articles, and ${profile} wants ${leastItems}`] : []),
    ...(lastError === null ? [] : [lastError]),
    ...(staleSince !== null && Date.parse(staleSince) < now.getTime() - LATE_MS
      ? [`stale since ${age(staleSince, now)}`]
      : []),
    ...(push === null || push === "on" ? [] : [`webhook off: ${push}`]),
  ];
}

// As /healthz counts it.
const LATE_MS = 10 * 60_000;
