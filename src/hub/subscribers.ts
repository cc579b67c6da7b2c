// The hub's part of a feed's Durable Object: its subscribers, and what each has yet to get. The object queues
// deliveries; a consumer of the queue asks it what to send (`begin`), and reports how that ended (`end`). D1
// only knows how many subscribers there are, and when cron must wake the object. While D1 is down, deliveries
// go on.

import type { Site } from "../article/site.ts";
import type { Delivery, DeliveryAttempt, FeedObjectApi, Outcome, Subscription } from "../env.ts";
import { versionAt } from "../feeds/build.ts";
import type { FeedKey } from "../feeds/feed.ts";
import { FeedObjectBase } from "../feeds/feed-object.ts";
import type { Format } from "../formats/format.ts";
import { sendAll } from "../lib/batches.ts";
import { log, logError } from "../lib/log.ts";
import { addSeconds, type Instant, NEVER, toInstant } from "../lib/time.ts";
import { CLAIM_SECONDS, deliveryMessages, portionSize } from "./delivery-queue.ts";
import { dropLegacy, legacySubscriptions, noteSubscribers } from "./sql.ts";
import { SubscriberStore } from "./sql-subscribers.ts";

/** Portions that an alarm queues, one subrequest each on the Free plan. The next alarm follows at once. */
const PORTIONS = 20;
/** Rows that are moved from D1 at once. */
const ADOPT_LIMIT = 500;
const REPORT_AGAIN_MILLISECONDS = 60_000;

/** The Durable Object of a feed, with its subscribers. Its subclass in index.ts provides the runtime. */
export abstract class FeedWithSubscribers extends FeedObjectBase implements FeedObjectApi {
  readonly #store = new SubscriberStore(this.ctx.storage);
  #pushing: Promise<boolean> | undefined;

  async subscribe(feed: FeedKey, subscription: Subscription, isFull: boolean) {
    this.store.open(feed);
    const changedAt = this.store.documents().get(subscription.format)?.changed_at;
    const present = changedAt === undefined ? 0 : versionAt(changedAt).version;
    await this.adopt(feed);
    const end = this.#store.subscribe(subscription, { present, isFull, now: toInstant(new Date()) });
    await this.setAlarm();
    return end;
  }

  async unsubscribe(feed: FeedKey, format: Format, callback: string): Promise<void> {
    this.store.open(feed);
    await this.adopt(feed);
    this.#store.unsubscribe(format, callback, toInstant(new Date()));
    await this.setAlarm();
  }

  async begin(
    feed: FeedKey,
    format: Format,
    deliveries: readonly DeliveryAttempt[],
    sender: number,
  ): Promise<readonly Delivery[]> {
    this.store.open(feed);
    const now = toInstant(new Date());
    this.#store.expire(now);
    return this.#store.begin(format, deliveries, sender, { now, nextAt: addSeconds(now, CLAIM_SECONDS) });
  }

  async end(feed: FeedKey, outcomes: readonly Outcome[]): Promise<void> {
    this.store.open(feed);
    this.#store.end(outcomes, toInstant(new Date()));
    if (this.#mustReport()) await this.#reportNow(feed);
    await this.setAlarm();
  }

  protected override announce(format: Format, version: number, announced: number, { hub }: Site): void {
    if (hub === undefined && !this.#store.hasSubscribers(format, toInstant(new Date()))) return;
    this.#store.announce(format, version, announced, hub);
  }

  protected override push(feed: FeedKey): Promise<boolean> {
    // Calls share one push, so that no delivery is claimed twice.
    this.#pushing ??= this.#push(feed).finally(() => {
      this.#pushing = undefined;
    });
    return this.#pushing;
  }

  async #push(feed: FeedKey): Promise<boolean> {
    const { hub } = (await this.runtime()).site;
    const now = toInstant(new Date());
    this.#store.expire(now);
    const times = { now, nextAt: addSeconds(now, CLAIM_SECONDS), hub };
    const { env } = this;
    let deliveries = 0;
    for (let portion = 0; portion < PORTIONS && this.#isDue(now); portion++) {
      const claimed = this.#store.claim(times, portionSize(env));
      await sendAll(env.DELIVERIES, deliveryMessages(env, feed, claimed.deliveries));
      this.#store.queued(claimed);
      deliveries += claimed.deliveries.length;
    }
    if (deliveries > 0) log("announced", { feed, deliveries });
    return deliveries > 0;
  }

  #isDue(now: Instant): boolean {
    const at = Date.parse(now);
    return this.#store.dueAt(at) <= at;
  }

  protected override otherwiseDueAt(): number {
    return Math.min(this.#store.dueAt(Date.now()), this.#store.reports().due_at ?? NEVER);
  }

  protected override async doOtherwise(feed: FeedKey): Promise<void> {
    const hasPushed = await this.push(feed);
    if (hasPushed || this.#mustReport()) await this.#reportNow(feed);
  }

  /** True if a report to D1 is due, or if no delivery is pending and D1's `push_at` is outdated. */
  #mustReport(): boolean {
    const { due_at, told } = this.#store.reports();
    if ((due_at ?? NEVER) <= Date.now()) return true;
    return !this.#store.isBusy() && told !== this.#dueAt();
  }

  #dueAt(): Instant | null {
    const due = this.#store.dueAt(Date.now());
    return due === NEVER ? null : toInstant(new Date(due));
  }

  protected override report(feed: FeedKey) {
    const report = this.#store.report(toInstant(new Date()), this.#dueAt());
    return {
      statements: noteSubscribers(this.env.DB, feed, report),
      noted: () => this.#store.reported(report, Date.now()),
    };
  }

  /** Never throws. */
  async #reportNow(feed: FeedKey): Promise<void> {
    const { statements, noted } = this.report(feed);
    try {
      await this.env.DB.batch([...statements]);
      noted();
    } catch (error) {
      this.#store.reportAt(Date.now() + REPORT_AGAIN_MILLISECONDS);
      logError("D1 could not be told of subscribers", error, { feed });
    }
  }

  protected override async adopt(feed: FeedKey): Promise<void> {
    const { DB } = this.env;
    for (;;) {
      const rows = await legacySubscriptions(DB, feed, ADOPT_LIMIT);
      if (rows.length === 0) return;
      this.#store.adopt(rows);
      await dropLegacy(DB, feed, rows);
      log("subscribed", { feed, moved: rows.length });
    }
  }
}
