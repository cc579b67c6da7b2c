// The desk's journal, as far as it is about partners.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Instant } from "../lib/time.ts";

/** Who does something, and when: a person at the desk, or a program by its name. */
export interface Doer {
  readonly by: string;
  readonly at: Instant;
}

/** What is done with a partner. */
type PartnerAct =
  | "policy"
  | "removed"
  | "token-made"
  | "token-revoked"
  | "secret-made"
  | "webhook-on"
  | "sent-again";

/** Notes an act. It follows another statement in a batch, and adds a row only if that one changed something. */
export const noteAct = (
  db: D1Database,
  partner: string,
  act: PartnerAct,
  { by, at }: Doer,
): D1PreparedStatement =>
  db
    .prepare("INSERT INTO journal (at, by, act, partner) SELECT ?, ?, ?, ? WHERE changes() > 0")
    .bind(at, by, act, partner);
