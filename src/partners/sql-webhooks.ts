// Webhooks in D1: what partners' servers are still to be told, were told, or could not be. A partner whose webhook is
// switched off keeps what waits; nothing of it is claimed.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { DeliveryAttempt } from "../env.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { WebhookDelivery } from "./answers.ts";
import type { PartnerEvent } from "./policy.ts";

/** What is to be told of an article. */
export interface PartnerNews {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  /** Its canonical page. */
  readonly url: string;
  /** When it happened. */
  readonly at: Instant;
}

/** A webhook that is to be sent now. */
export interface Webhook extends PartnerNews, DeliveryAttempt {
  readonly partner: string;
  /** When it was first tried. */
  readonly since: Instant;
}

/** How sending one ended. Without `nextAt` it is not tried again: it is delivered, or dead. */
export interface WebhookOutcome extends DeliveryAttempt {
  /** How many attempts count from now on. */
  readonly counted: number;
  /** Missing where nothing was sent. */
  readonly answer?: string;
  readonly nextAt?: Instant;
  readonly deliveredAt?: Instant;
}

/** A webhook to be switched off, and why. */
export interface GoneWebhook {
  readonly partner: string;
  /** The address that was called: another one, given meanwhile, stays on. */
  readonly url: string;
  readonly why: string;
}

const DELIVERED_DAYS = 7;
const LIST_LIMIT = 500;

/**
 * For the batch that gives a partner's document its version: a row an event, due at `nextAt`, while the partner's policy is
 * that of `digest`. What is known already is not told again.
 */
export function addWebhooks(
  db: D1Database,
  partner: string,
  news: readonly PartnerNews[],
  { digest, nextAt }: { readonly digest: string; readonly nextAt: Instant },
): readonly D1PreparedStatement[] {
  return news.length === 0 ? [] : [db.prepare(ADD).bind(partner, JSON.stringify(news), nextAt, digest)];
}

const ADD = `INSERT INTO webhooks (partner, article_id, version, event, url, at, since, next_at)
  SELECT ?1, value ->> 'articleId', value ->> 'version', value ->> 'event', value ->> 'url', value ->> 'at', ?3, ?3
  FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1 AND digest = ?4)
  ON CONFLICT DO NOTHING`;

// Starts from `partners`, so that webhooks waiting for a switched-off partner are never read.
const DUE = `FROM partners CROSS JOIN webhooks w ON w.state = 'waiting' AND w.partner = partners.id
  AND w.next_at <= ?1 WHERE push_off IS NULL AND (?2 IS NULL OR partners.id = ?2)`;

/** True when something is due: to a partner, or to any. */
export async function webhooksAreDue(db: D1Database, now: Instant, partner?: string): Promise<boolean> {
  return (
    (await db
      .prepare(`SELECT 1 ${DUE} LIMIT 1`)
      .bind(now, partner ?? null)
      .first()) !== null
  );
}

/** Webhooks whose time has come, of one partner or of all, the longest due first; no other call within `nextAt` returns them again. */
export async function claimWebhooks(
  db: D1Database,
  now: Instant,
  { nextAt, limit, partner }: { readonly nextAt: Instant; readonly limit: number; readonly partner?: string },
): Promise<readonly (DeliveryAttempt & Pick<Webhook, "partner">)[]> {
  const sql = `UPDATE webhooks SET next_at = ?3 WHERE id IN (SELECT w.id ${DUE} ORDER BY w.next_at LIMIT ?4)
    RETURNING id, attempts, partner`;
  const values = [now, partner ?? null, nextAt, limit];
  return (
    await db
      .prepare(sql)
      .bind(...values)
      .all<DeliveryAttempt & Pick<Webhook, "partner">>()
  ).results;
}

/**
 * Begins to send what a message asks for: counts the attempt, and returns each webhook as it is then. What another
 * message of the same turn has begun, or what is no longer to be sent, is not among them.
 */
export async function beginWebhooks(
  db: D1Database,
  deliveries: readonly DeliveryAttempt[],
  now: Instant,
  nextAt: Instant,
): Promise<readonly Webhook[]> {
  return (await db.prepare(BEGIN).bind(JSON.stringify(deliveries), now, nextAt).all<Webhook>()).results;
}

// The three days begin with the first attempt, however long it had to wait for that.
const BEGIN = `UPDATE webhooks SET attempts = attempts + 1, next_at = ?3, since = iif(attempts = 0, ?2, since)
  FROM json_each(?1) t
  WHERE webhooks.id = t.value ->> 'id' AND attempts = t.value ->> 'attempts' AND state = 'waiting'
  RETURNING id, attempts, partner, article_id AS articleId, version, event, url, at, since`;

/** Notes outcomes, deletes webhooks that are no longer wanted, and switches off those of `gone`. */
export async function endWebhooks(
  db: D1Database,
  outcomes: readonly WebhookOutcome[],
  unwanted: readonly number[],
  gone: readonly GoneWebhook[],
): Promise<void> {
  await db.batch([
    db.prepare(END).bind(JSON.stringify(outcomes)),
    db
      .prepare("DELETE FROM webhooks WHERE id IN (SELECT value FROM json_each(?))")
      .bind(JSON.stringify(unwanted)),
    db.prepare(SWITCH_OFF).bind(JSON.stringify(gone)),
  ]);
}

// If it was reset for sending again meanwhile, `attempts` differs: a delivery is noted all the same.
const END = `UPDATE webhooks SET attempts = o.value ->> 'counted', next_at = o.value ->> 'nextAt',
    answer = coalesce(o.value ->> 'answer', answer), delivered_at = o.value ->> 'deliveredAt'
  FROM json_each(?1) o WHERE webhooks.id = o.value ->> 'id' AND state = 'waiting'
    AND (attempts = o.value ->> 'attempts' OR o.value ->> 'deliveredAt' IS NOT NULL)`;

const SWITCH_OFF = `UPDATE partners SET push_off = o.value ->> 'why' FROM json_each(?1) o
  WHERE partners.id = o.value ->> 'partner' AND policy -> 'push' ->> 'url' = o.value ->> 'url'`;

const COLUMNS = `id, partner, event, article_id AS article, version, at, state, attempts,
  iif(state = 'waiting', next_at, NULL) AS nextAt, answer`;

/** Webhooks of some states, the newest first; of one partner or of all. At most 500. */
export async function listWebhooks(
  db: D1Database,
  states: readonly WebhookDelivery["state"][],
  partner?: string,
): Promise<readonly WebhookDelivery[]> {
  const sql = `SELECT ${COLUMNS} FROM webhooks
    WHERE state IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR partner = ?2) ORDER BY id DESC LIMIT ?3`;
  const values = [JSON.stringify(states), partner ?? null, LIST_LIMIT];
  return (
    await db
      .prepare(sql)
      .bind(...values)
      .all<WebhookDelivery>()
  ).results;
}

/** Makes one due as if it had never been tried; `delivered` for one that need not be. */
export async function retryWebhook(
  db: D1Database,
  id: number,
  now: Instant,
): Promise<WebhookDelivery | "delivered" | undefined> {
  const [changed, known] = await db.batch<WebhookDelivery>([
    db
      .prepare(`UPDATE webhooks SET attempts = 0, next_at = ?2 WHERE id = ?1 AND delivered_at IS NULL
        RETURNING ${COLUMNS}`)
      .bind(id, now),
    db.prepare(`SELECT ${COLUMNS} FROM webhooks WHERE id = ?`).bind(id),
  ]);
  return changed?.results[0] ?? (known?.results[0] && "delivered");
}

/** Forgets what was delivered a week ago. */
export async function forgetDelivered(db: D1Database, now: Instant): Promise<void> {
  const sql = "DELETE FROM webhooks WHERE delivered_at < ?";
  await db
    .prepare(sql)
    .bind(addSeconds(now, -DELIVERED_DAYS * 86_400))
    .run();
}

/** Switches a partner's webhook on; what waits for it is due, as if it had never been tried. */
export async function switchOn(db: D1Database, partner: string, now: Instant): Promise<void> {
  await db.batch([
    db.prepare("UPDATE partners SET push_off = NULL WHERE id = ?").bind(partner),
    db
      .prepare("UPDATE webhooks SET attempts = 0, next_at = ?2 WHERE partner = ?1 AND state = 'waiting'")
      .bind(partner, now),
  ]);
}

/** Gives a partner's webhook its next secret. */
export async function rotateSecret(db: D1Database, partner: string, now: Instant): Promise<void> {
  const sql = "UPDATE partners SET generation = generation + 1, rotated_at = ?2 WHERE id = ?1";
  await db.prepare(sql).bind(partner, now).run();
}
