// The hub's part of a feed's Durable Object: its subscribers, and what each has yet to get. The object queues
// deliveries; a consumer of the queue asks it what to send (`begin`), and reports how that ended (`end`). D1
// only knows how many subscribers there are, and when cron must wake the object. While D1 is down, deliveries
// go on.

import type { D1PreparedStatement, DurableObjectStorage } from "@cloudflare/workers-types";
import type { Site } from "../article/site.ts";
import type { Delivery, DeliveryAttempt, Env, Outcome, Subscription } from "../env.ts";
import type { FeedKey } from "../feeds/feed.ts";
import type { FeedSubscribers } from "../feeds/feed-object.ts";
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

/** What the feed's Durable Object provides. */
interface ObjectContext {
  readonly env: () => Env;
  readonly site: () => Promise<Site>;
}

/** The hub's subscribers of one feed. */
export class Subscribers implements FeedSubscribers {
  readonly #store: SubscriberStore;
  readonly #object: ObjectContext;
  #pushing: Promise<boolean> | undefined;

  constructor(storage: Pick<DurableObjectStorage, "sql">, object: ObjectContext) {
    this.#store = new SubscriberStore(storage);
    this.#object = object;
  }

  async subscribe(
    feed: FeedKey,
    subscription: Subscription,
    present: number,
    isFull: boolean,
  ): Promise<"subscribed" | "renewed" | "full"> {
    await this.adopt(feed);
    return this.#store.subscribe(subscription, { present, isFull, now: toInstant(new Date()) });
  }

  async unsubscribe(feed: FeedKey, format: Format, callback: string): Promise<void> {
    await this.adopt(feed);
    this.#store.unsubscribe(format, callback, toInstant(new Date()));
  }

  announce(format: Format, version: number, announced: number, { hub }: Site): void {
    if (hub === undefined && !this.#store.hasSubscribers(format, toInstant(new Date()))) return;
    this.#store.announce(format, version, announced, hub);
  }

  begin(format: Format, deliveries: readonly DeliveryAttempt[], sender: number): readonly Delivery[] {
    const now = toInstant(new Date());
    this.#store.expire(now);
    return this.#store.begin(format, deliveries, sender, { now, nextAt: addSeconds(now, CLAIM_SECONDS) });
  }

  async end(feed: FeedKey, outcomes: readonly Outcome[]): Promise<void> {
    this.#store.end(outcomes, toInstant(new Date()));
    if (this.mustReport()) await this.report(feed);
  }

  push(feed: FeedKey): Promise<boolean> {
    // Calls share one push, so that no delivery is claimed twice.
    this.#pushing ??= this.#push(feed).finally(() => {
      this.#pushing = undefined;
    });
    return this.#pushing;
  }

  async #push(feed: FeedKey): Promise<boolean> {
    const { hub } = await this.#object.site();
    const now = toInstant(new Date());
    this.#store.expire(now);
    const times = { now, nextAt: addSeconds(now, CLAIM_SECONDS), hub };
    const env = this.#object.env();
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

  dueAt(): number {
    return Math.min(this.#store.dueAt(Date.now()), this.#store.reports().due_at ?? NEVER);
  }

  mustReport(): boolean {
    const { due_at, told } = this.#store.reports();
    if ((due_at ?? NEVER) <= Date.now()) return true;
    return !this.#store.isBusy() && told !== this.#dueAt();
  }

  #dueAt(): Instant | null {
    const due = this.#store.dueAt(Date.now());
    return due === NEVER ? null : toInstant(new Date(due));
  }

  async report(feed: FeedKey): Promise<void> {
    const { statements, noted } = this.statements(feed);
    try {
      await this.#object.env().DB.batch([...statements]);
      noted();
    } catch (error) {
      this.#store.reportAt(Date.now() + REPORT_AGAIN_MILLISECONDS);
      logError("D1 could not be told of subscribers", error, { feed });
    }
  }

  statements(feed: FeedKey): {
    readonly statements: readonly D1PreparedStatement[];
    readonly noted: () => void;
  } {
    const report = this.#store.report(toInstant(new Date()), this.#dueAt());
    return {
      statements: noteSubscribers(this.#object.env().DB, feed, report),
      noted: () => this.#store.reported(report, Date.now()),
    };
  }

  async adopt(feed: FeedKey): Promise<void> {
    const { DB } = this.#object.env();
    for (;;) {
      const rows = await legacySubscriptions(DB, feed, ADOPT_LIMIT);
      if (rows.length === 0) return;
      this.#store.adopt(rows);
      await dropLegacy(DB, feed, rows);
      log("subscribed", { feed, moved: rows.length });
    }
  }
}
