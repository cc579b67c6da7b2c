// A local Worker whose partners have webhooks on a loopback server. Rows are added as a build adds them. The
// clock is never set: what waits is made due in D1.

import { check } from "../../../src/lib/problem.ts";
import { addSeconds, type Instant, toInstant } from "../../../src/lib/time.ts";
import type { Policy } from "../../../src/partners/policy.ts";
import { policySchema } from "../../../src/partners/policy.ts";
import { addWebhooks, type WebhookEvent } from "../../../src/partners/sql-webhooks.ts";
import { startFaultyWorker } from "../faults.ts";
import { TOKEN, until, type WorkerOptions } from "../harness.ts";
import { SITE } from "../hub/hub.ts";
import { startSubscriber } from "../hub/subscriber.ts";

/** Secrets of a Worker that pushes. */
export const SECRETS = { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "root secret" };
/** The digest of partners' policies: for that of another, no news is added. */
const DIGEST = "of the policy";

/** A row of `webhooks`. */
export interface Row {
  readonly id: number;
  readonly partner: string;
  readonly attempts: number;
  readonly next_at: Instant | null;
  readonly since: Instant;
  readonly answer: string | null;
  readonly delivered_at: Instant | null;
  readonly state: string;
}

/** A Worker, its partners and their server. */
export type Push = Awaited<ReturnType<typeof startPush>>;

/** Starts both. Close them in the end. */
export async function startPush(options: WorkerOptions = {}) {
  const subscriber = await startSubscriber();
  const worker = await startFaultyWorker({ siteUrl: SITE, secrets: SECRETS, ...options });
  const rows = async <T = Row>(sql: string, ...values: unknown[]): Promise<T[]> => {
    const { DB } = await worker.env();
    return (
      await DB.prepare(sql)
        .bind(...values)
        .all<T>()
    ).results;
  };
  const due = (partner: string) =>
    rows(
      "UPDATE webhooks SET next_at = '2024-10-24T00:00:00Z' WHERE partner = ? AND state = 'waiting'",
      partner,
    );
  let articles = 0;

  return {
    worker,
    subscriber,
    rows,
    /** A partner's webhooks, in the order in which they were added. */
    webhooks: (partner: string) => rows("SELECT * FROM webhooks WHERE partner = ? ORDER BY id", partner),
    /** A partner whose webhook is `/{id}` of the subscriber, unless told otherwise; `null`: none. */
    async enrol(
      id: string,
      changes: Partial<Pick<Policy, "enabled">> & { push?: object | null } = {},
    ): Promise<void> {
      const { push = {}, ...rest } = changes;
      const webhook = push === null ? {} : { push: { url: subscriber.url(`/${id}`), ...push } };
      const policy = check(policySchema, { id, name: id, profile: "rss", ...rest, ...webhook });
      if (!policy.ok) throw new Error(JSON.stringify(policy.problems));
      await rows(
        "INSERT INTO partners (id, policy, digest) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET policy = ?2",
        id,
        JSON.stringify(policy.value),
        DIGEST,
      );
    },
    /** Adds news of one article as the build of a partner's document does, due at once. */
    async add(partner: string, changes: Partial<WebhookEvent> = {}, digest = DIGEST): Promise<WebhookEvent> {
      const { DB } = await worker.env();
      const now = toInstant(new Date());
      const news: WebhookEvent = {
        articleId: `tag:wire.test,2024:${++articles}`,
        version: 1,
        event: "article.published",
        url: `${SITE}/articles/${articles}/`,
        at: addSeconds(now, -60),
        ...changes,
      };
      const statements = addWebhooks(DB, partner, [news], { digest, nextAt: now });
      await DB.batch([...statements]);
      return news;
    },
    due,
    /** Makes all that waits for a partner due, and cron send it. */
    async send(partner: string): Promise<void> {
      await due(partner);
      await worker.scheduled();
    },
    /** A partner's only webhook that waits, once `attempts` of them have failed and nothing is under way. */
    failed: (partner: string, attempts: number): Promise<Row> =>
      until(`attempt ${attempts} for ${partner} has failed`, async () => {
        const [row] = await rows("SELECT * FROM webhooks WHERE partner = ? AND state = 'waiting'", partner);
        const seconds = (Date.parse(row?.next_at ?? "") - Date.now()) / 1000;
        // While it is under way it is claimed for two minutes, which is none of the gaps.
        const underWay = seconds > 65 && seconds <= 120;
        return row?.attempts === attempts && !underWay ? row : undefined;
      }),
    /** Resolves once all of a partner's webhooks are in a state. */
    all: (partner: string, state: string) =>
      until(`all of ${partner} is ${state}`, async () =>
        (await rows("SELECT state FROM webhooks WHERE partner = ?", partner)).every(
          (row) => row.state === state,
        ),
      ),
    /** Events that the Worker logged. */
    logged: (event: string) => worker.logs().filter((entry) => entry.event === event),
    async close(): Promise<void> {
      await subscriber.close();
      await worker.close();
    },
  };
}
