// The base class of the Durable Objects of feeds and partners. It gathers changes for a second before a
// build, publishes one build after the other, retries failed builds, and sets the alarm for the next work
// that is due.

import { DurableObject } from "cloudflare:workers";
import type { BuildingObjectApi, Env, Runtime } from "../env.ts";
import { logError, reasonOf, unlessItFails } from "../lib/log.ts";
import { type Instant, NEVER } from "../lib/time.ts";
import { writeCopy } from "./copies.ts";
import { isAlwaysWarm, type StoredDocument, type StoredKey } from "./feed.ts";
import { type FeedRow, noteError } from "./sql.ts";
import { type DocumentState, FeedStateStore } from "./sql-object.ts";

/** Debounce before a build, and the shortest gap between two writes to KV. */
const GATHER_MILLISECONDS = 1000;
/**
 * After a slow build, changes are gathered for twice as long as that build took, but never longer than this.
 */
const LONGEST_GATHER_MILLISECONDS = 10_000;
/** How long a write to KV is assumed to take when this instance doesn't live to see its end. */
const PUT_MILLISECONDS = 5000;
/**
 * Edge locations cache a KV miss for this long: a miss reported this soon after a put doesn't cause another
 * put.
 */
const MISS_MILLISECONDS = 60_000;
/**
 * The delay after a failed build. It doubles with each failure, and a random part of up to half of it is
 * added.
 */
const FIRST_RETRY_MILLISECONDS = 2000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/** A Durable Object that builds documents. Its subclasses in index.ts provide the runtime. */
export abstract class BuildingObject<Key extends StoredKey>
  extends DurableObject<Env>
  implements BuildingObjectApi<Key>
{
  protected readonly store = new FeedStateStore<Key>(this.ctx.storage);
  /** Serialises calls of `publish`: KV takes one write per second and key. */
  #turn: Promise<void> = Promise.resolve();
  /** How long the last build took: when D1 or KV is slow, each build gathers more changes. */
  #tookMilliseconds = 0;

  protected abstract runtime(): Promise<Runtime>;
  /**
   * Builds what is dirty, writes new versions to KV, and notes them in D1. @throws Error, to be called again.
   */
  protected abstract publish(feed: Key["feed"]): Promise<void>;
  /** When the subclass's other work (not building) is due: milliseconds since 1970, or `NEVER`. */
  protected abstract otherwiseDueAt(): number;
  /** Does that other work, if it is due. Never throws. */
  protected abstract doOtherwise(feed: Key["feed"]): Promise<void>;

  async touch(feed: Key["feed"]): Promise<void> {
    this.store.open(feed);
    this.store.touch(Date.now());
    await this.setAlarm();
  }

  async rebuild(feed: Key["feed"], lost: readonly Key["format"][] = []): Promise<void> {
    this.store.open(feed);
    for (const format of lost) this.store.want(format);
    this.store.touch(Date.now());
    await this.#work(true);
  }

  /** Never throws: Cloudflare retries a failed alarm six times, and then drops it. */
  override alarm(): Promise<void> {
    return this.#work(this.#buildDueAt() <= Date.now());
  }

  async #work(isToBuild: boolean): Promise<void> {
    if (isToBuild) await this.#publishInTurn();
    await this.doOtherwise(this.store.state().feed);
    await this.setAlarm();
  }

  /**
   * Puts a document into KV that includes the first `touches` changes. @throws Error, when KV fails; it may
   * have taken the document all the same.
   */
  protected async put(
    document: StoredDocument & Key,
    warmUntil: string | null,
    touches: number,
  ): Promise<void> {
    const { format, version, nextChange } = document;
    // If this instance ends before KV answers, the next one assumes that the write took this long.
    this.store.putting(format, Date.now() + PUT_MILLISECONDS);
    try {
      await writeCopy(this.env, document, warmUntil, Date.now());
    } finally {
      this.store.putting(format, Date.now());
    }
    this.store.put(format, version, nextChange, touches);
  }

  /**
   * Notes that a build was published which included the first `touches` changes. `isDirty`: D1 says that the
   * feed was invalidated again during the build; the touch for that may have been lost.
   */
  protected async published(feed: Key["feed"], touches: number, isDirty: boolean): Promise<void> {
    this.store.published(touches, Date.now());
    if (isDirty) await this.touch(feed);
  }

  /** True while KV's edge locations may still have a cached miss from before the last put. */
  protected wasPutLately(format: Key["format"]): boolean {
    const putAt = this.store.documents().get(format)?.put_at ?? 0;
    return putAt > Date.now() - MISS_MILLISECONDS;
  }

  #publishInTurn(): Promise<void> {
    this.#turn = this.#turn.catch(() => undefined).then(() => this.#tryToPublish());
    return this.#turn;
  }

  async #tryToPublish(): Promise<void> {
    const { feed, failures } = this.store.state();
    await this.#waitForKv();
    try {
      const began = Date.now();
      await this.publish(feed);
      this.#tookMilliseconds = Date.now() - began;
    } catch (error) {
      const gap = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** failures, LONGEST_RETRY_MILLISECONDS);
      this.store.failed(Date.now() + Math.round(gap * (1 + Math.random() / 2)));
      logError("the feed could not be rebuilt", error, { feed });
      await unlessItFails("the build error could not be noted in D1", { feed }, () =>
        noteError(this.env.DB, feed, reasonOf(error)),
      );
    }
  }

  /** Waits until a second has passed since the last write to KV, which takes one write per second and key. */
  async #waitForKv(): Promise<void> {
    const puts = Array.from(this.store.documents().values(), ({ put_at }) => put_at ?? 0);
    const wait = Math.max(0, ...puts) + this.#gather() - Date.now();
    // A longer wait means that the clock was set back after the write was noted.
    if (wait > 0 && wait <= PUT_MILLISECONDS + this.#gather())
      await new Promise((resolve) => setTimeout(resolve, wait));
  }

  #gather(): number {
    const least = Number(this.env.GATHER_MILLISECONDS ?? GATHER_MILLISECONDS);
    return Math.max(least, Math.min(LONGEST_GATHER_MILLISECONDS, 2 * this.#tookMilliseconds));
  }

  /** When the next build is due, or `NEVER`. */
  #buildDueAt(): number {
    const { touches, built, touched_at, retry_at, next_change } = this.store.state();
    return Math.min(
      touches > built ? (retry_at ?? (touched_at ?? Date.now()) + this.#gather()) : NEVER,
      next_change === null ? NEVER : Math.max(Date.parse(next_change), retry_at ?? 0),
    );
  }

  /** Sets the alarm for the next work that is due. */
  protected async setAlarm(): Promise<void> {
    const { storage } = this.ctx;
    const at = Math.min(this.#buildDueAt(), this.otherwiseDueAt());
    if (at === NEVER) return storage.deleteAlarm();
    if ((await storage.getAlarm()) !== at) await storage.setAlarm(at);
  }
}

/** True if this version of a document is to be written to KV. */
export function mustPut<Key extends StoredKey>(
  feed: StoredKey["feed"],
  version: number,
  nextChange: Instant | undefined,
  row: FeedRow | undefined,
  own: DocumentState<Key> | undefined,
): boolean {
  if ((own?.wanted ?? 0) > 0) return true;
  const cached = row?.cached_version ?? 0;
  // There is no copy yet, and the document wasn't requested twice: put none. `put_at` is set even if a put
  // failed, since it may have arrived.
  if (!isAlwaysWarm(feed) && cached === 0 && own?.put_at == null) return false;
  const known = own?.put_version ?? cached;
  // Scheduling a release changes no byte, but the copy must say when it becomes outdated.
  return known < version || (own?.put_version != null && own.put_next_change !== (nextChange ?? null));
}
