// Webhooks in D1: those that wait, were delivered, or are dead letters. While a partner's webhook is disabled
// its webhooks keep waiting, and none is claimed.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { DeliveryAttempt } from "../env.ts";
import { columnOf, rowsOf, run, statement } from "../lib/d1.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { WebhookDelivery } from "./answers.ts";
import type { PartnerEvent } from "./policy.ts";
import { type Doer, noteAct } from "./sql.ts";

/** What a webhook says of an article. */
export interface WebhookEvent {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  /** Its canonical page. */
  readonly url: string;
  /** When it happened. */
  readonly at: Instant;
}

/** A webhook to send now. */
export interface Webhook extends WebhookEvent, DeliveryAttempt {
  readonly partner: string;
  /** When it was first tried. */
  readonly since: Instant;
}

/** How an attempt ended. Without `nextAt` there is no other: the webhook is delivered, or a dead letter. */
export interface WebhookOutcome extends DeliveryAttempt {
  /** The new count of attempts. */
  readonly counted: number;
  /** Missing where nothing was sent. */
  readonly answer?: string;
  readonly nextAt?: Instant;
  readonly deliveredAt?: Instant;
}

/** A partner's webhook that is to be disabled, and why. */
export interface DisabledWebhook {
  readonly partner: string;
  /** The address that was called. If the policy has another one by now, that stays enabled. */
  readonly url: string;
  readonly why: string;
}

const DELIVERED_DAYS = 7;
const LIST_LIMIT = 500;

/**
 * Statements that add a row for each event, due at `nextAt`, if the partner's policy still has this `digest`.
 * They belong in the batch that gives the partner's document its version. An event that has a row already
 * gets no second one.
 */
export function addWebhooks(
  db: D1Database,
  partner: string,
  events: readonly WebhookEvent[],
  { digest, nextAt }: { readonly digest: string; readonly nextAt: Instant },
): readonly D1PreparedStatement[] {
  return events.length === 0 ? [] : [statement(db, ADD, partner, events, nextAt, digest)];
}

const ADD = `INSERT INTO webhooks (partner, article_id, version, event, url, at, since, next_at)
  SELECT ?1, value->>'articleId', value->>'version', value->>'event', value->>'url', value->>'at', ?3, ?3
  FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1 AND digest = ?4)
  ON CONFLICT DO NOTHING`;

// Starts from `partners`, so that webhooks of a disabled partner are never read.
const DUE = `FROM partners CROSS JOIN webhooks w ON w.state = 'waiting' AND w.partner = partners.id
  AND w.next_at <= ?1 WHERE push_off IS NULL AND (?2 IS NULL OR partners.id = ?2)`;

/** Whether a webhook is due, of one partner or of any. */
export async function webhooksAreDue(db: D1Database, now: Instant, partner?: string): Promise<boolean> {
  return (await columnOf(db, `SELECT 1 ${DUE} LIMIT 1`, now, partner)).length > 0;
}

/**
 * Claims webhooks that are due, of one partner or of all, longest due first. Until `nextAt` no other call
 * claims them.
 */
export async function claimWebhooks(
  db: D1Database,
  now: Instant,
  { nextAt, limit, partner }: { readonly nextAt: Instant; readonly limit: number; readonly partner?: string },
): Promise<readonly (DeliveryAttempt & Pick<Webhook, "partner">)[]> {
  const sql = `UPDATE webhooks SET next_at = ?3 WHERE id IN (SELECT w.id ${DUE} ORDER BY w.next_at LIMIT ?4)
    RETURNING id, attempts, partner`;
  return rowsOf<DeliveryAttempt & Pick<Webhook, "partner">>(db, sql, now, partner, nextAt, limit);
}

/**
 * Begins the attempts of a message: counts each, and returns the webhooks as they are then. Those that
 * another copy of the message has begun, and those that no longer wait, are left out.
 */
export async function beginWebhooks(
  db: D1Database,
  deliveries: readonly DeliveryAttempt[],
  now: Instant,
  nextAt: Instant,
): Promise<readonly Webhook[]> {
  return rowsOf<Webhook>(db, BEGIN, deliveries, now, nextAt);
}

// The three days of retries begin with the first attempt, however long the webhook waited for it.
const BEGIN = `UPDATE webhooks SET attempts = attempts + 1, next_at = ?3, since = iif(attempts = 0, ?2, since)
  FROM json_each(?1) t
  WHERE webhooks.id = t.value->>'id' AND attempts = t.value->>'attempts' AND state = 'waiting'
  RETURNING id, attempts, partner, article_id AS articleId, version, event, url, at, since`;

/** Stores outcomes, deletes webhooks that are obsolete, and disables the webhooks of some partners. */
export async function endWebhooks(
  db: D1Database,
  outcomes: readonly WebhookOutcome[],
  obsolete: readonly number[],
  disabled: readonly DisabledWebhook[],
): Promise<void> {
  await db.batch([
    statement(db, END, outcomes),
    statement(db, "DELETE FROM webhooks WHERE id IN (SELECT value FROM json_each(?))", obsolete),
    statement(db, DISABLE, disabled),
  ]);
}

// A manual retry may have reset `attempts` meanwhile; a success still counts.
const END = `UPDATE webhooks SET attempts = o.value->>'counted', next_at = o.value->>'nextAt',
    answer = coalesce(o.value->>'answer', answer), delivered_at = o.value->>'deliveredAt'
  FROM json_each(?1) o WHERE webhooks.id = o.value->>'id' AND state = 'waiting'
    AND (attempts = o.value->>'attempts' OR o.value->>'deliveredAt' IS NOT NULL)`;

const DISABLE = `UPDATE partners SET push_off = o.value->>'why' FROM json_each(?1) o
  WHERE partners.id = o.value->>'partner' AND policy->'push'->>'url' = o.value->>'url'`;

const COLUMNS = `id, partner, event, article_id AS article, version, at, state, attempts,
  (SELECT slug FROM articles WHERE id = article_id) AS slug,
  (SELECT model->>'headline' FROM articles WHERE id = article_id) AS headline,
  iif(state = 'waiting', next_at, NULL) AS nextAt, answer`;

/** Webhooks in some states, of one partner or of all, newest first. At most 500. */
export async function listWebhooks(
  db: D1Database,
  states: readonly WebhookDelivery["state"][],
  partner?: string,
): Promise<readonly WebhookDelivery[]> {
  const sql = `SELECT ${COLUMNS} FROM webhooks
    WHERE state IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR partner = ?2) ORDER BY id DESC LIMIT ?3`;
  return rowsOf<WebhookDelivery>(db, sql, states, partner, LIST_LIMIT);
}

/** Makes a webhook due as if it had never been tried. `delivered` if it was; undefined if there is none. */
export async function retryWebhook(
  db: D1Database,
  id: number,
  doer: Doer,
): Promise<WebhookDelivery | "delivered" | undefined> {
  const [changed, , known] = await db.batch<WebhookDelivery>([
    statement(
      db,
      `UPDATE webhooks SET attempts = 0, next_at = ?2 WHERE id = ?1 AND delivered_at IS NULL
        RETURNING ${COLUMNS}`,
      id,
      doer.at,
    ),
    statement(
      db,
      `INSERT INTO journal (at, by, act, partner)
         SELECT ?2, ?3, 'sent-again', partner FROM webhooks WHERE id = ?1 AND changes() > 0`,
      id,
      doer.at,
      doer.by,
    ),
    statement(db, `SELECT ${COLUMNS} FROM webhooks WHERE id = ?`, id),
  ]);
  return changed?.results[0] ?? (known?.results[0] && "delivered");
}

/** Deletes webhooks that were delivered more than a week ago. */
export async function forgetDelivered(db: D1Database, now: Instant): Promise<void> {
  const sql = "DELETE FROM webhooks WHERE delivered_at < ?";
  await run(db, sql, addSeconds(now, -DELIVERED_DAYS * 86_400));
}

/** Enables a partner's webhook. What waits becomes due, as if it had never been tried. */
export async function enableWebhook(db: D1Database, partner: string, doer: Doer): Promise<void> {
  await db.batch([
    statement(db, "UPDATE partners SET push_off = NULL WHERE id = ?", partner),
    noteAct(db, partner, "webhook-on", doer),
    statement(
      db,
      "UPDATE webhooks SET attempts = 0, next_at = ?2 WHERE partner = ?1 AND state = 'waiting'",
      partner,
      doer.at,
    ),
  ]);
}

/** Starts a new generation of the partner's webhook secret. */
export async function rotateSecret(db: D1Database, partner: string, doer: Doer): Promise<void> {
  const sql = "UPDATE partners SET generation = generation + 1, rotated_at = ?2 WHERE id = ?1";
  await db.batch([statement(db, sql, partner, doer.at), noteAct(db, partner, "secret-made", doer)]);
}
