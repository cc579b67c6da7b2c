// The Durable Object of a feed, named by the feed's key: its only builder, and the only writer of its
// documents in KV.
//
//   touch ─► alarm, a second after the first ─► D1, one read ─► versions into the object's own SQLite
//         ─► KV ─► hub ─► D1
//
// D1 records what is dirty (`feeds.stale_since`). Cron reads it there, so that a lost touch or alarm loses no
// change.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import type { Site } from "../article/site.ts";
import type { AskedWhy } from "../env.ts";
import type { Format } from "../formats/format.ts";
import { log } from "../lib/log.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { type DocumentVersion, type Draft, draft, versionOf } from "./build.ts";
import { BuildingObject, mustPut } from "./building-object.ts";
import { isTopic } from "./catalogue.ts";
import { isInR2 } from "./copies.ts";
import { type DocumentKey, type FeedDocument, type FeedKey, isAlwaysWarm } from "./feed.ts";
import { isWarm, keepWarm, noteBuilt, warmUntil } from "./sql.ts";
import { ARCHIVE_PAGE_SIZE, type FeedQuery, numberReleases, queryFeed } from "./sql-entries.ts";

/** How many builds one request waits for at most, while changes keep coming. */
const ATTEMPT_LIMIT = 3;

/** The result of one read of D1. */
interface Build extends Pick<FeedQuery, "rows" | "hasLeft" | "nextChange"> {
  /** The number of touches before D1 was read. */
  readonly touches: number;
  readonly at: Instant;
  readonly documents: ReadonlyMap<Format, Built>;
}

interface Built extends DocumentVersion, Pick<Draft, "hash" | "items"> {
  /** Encodes it, once, when it is first needed. */
  readonly document: () => Promise<FeedDocument>;
  /** Length in bytes before compression, once it is encoded. */
  bytes?: number;
}

/** The Durable Object of a feed, without its subscribers, who are in a subclass (hub/subscribers.ts). */
export abstract class FeedObjectBase extends BuildingObject<DocumentKey> {
  #building: Promise<Build> | undefined;
  /** The last build of this instance. */
  #last: Build | undefined;

  /** Moves subscriptions here that older versions of this code kept in D1. @throws Error, when D1 fails. */
  protected abstract adopt(feed: FeedKey): Promise<void>;
  /**
   * Notes a version to be sent to all subscribers; `announced` is the last one that was, as far as D1 knows.
   */
  protected abstract announce(format: Format, version: number, announced: number, site: Site): void;
  /** Queues deliveries that are due, and ends leases. Resolves to true if it did anything. Never throws. */
  protected abstract push(feed: FeedKey): Promise<boolean>;
  /** Statements that tell D1 of subscribers. Call `noted` once they have succeeded. */
  protected abstract report(feed: FeedKey): {
    readonly statements: readonly D1PreparedStatement[];
    readonly noted: () => void;
  };

  async current(feed: FeedKey, format: Format, why: AskedWhy): Promise<FeedDocument> {
    this.store.open(feed);
    // The asking isolate made a change, and its touch may have been lost.
    if (why === "changed") await this.touch(feed);
    for (let attempt = 0; attempt < ATTEMPT_LIMIT && !this.#isCurrent(format); attempt++)
      await this.#build(format);
    const built = this.#last?.documents.get(format);
    if (!built) throw new Error(`${feed} as ${format} was not built`);
    if (why === "missing") await this.#noteMiss(feed, format);
    return built.document();
  }

  async keep(feed: FeedKey, format: Format): Promise<void> {
    this.store.open(feed);
    const now = toInstant(new Date());
    await keepWarm(this.env.DB, { feed, format }, warmUntil(feed, now), now);
    this.store.want(format);
    await this.touch(feed);
  }

  /** True if the last build is newer than every touch, and no scheduled change has come due since. */
  #isCurrent(format: Format): boolean {
    const { feed, touches, next_change } = this.store.state();
    const last = this.#last;
    const now = toInstant(new Date());
    if (!last?.documents.has(format) || last.touches < touches) return false;
    // Cold feeds get no touches, so their last build may be outdated.
    if (!isAlwaysWarm(feed) && !isWarm(last.rows.get(format) ?? { warm_until: null }, now)) return false;
    return next_change === null || next_change > now;
  }

  /**
   * Counts a missing copy, and has the document stored if that is worth a write: usually at the second miss.
   */
  async #noteMiss(feed: FeedKey, format: Format): Promise<void> {
    const { misses, put_at } = this.store.missed(format);
    // A crawler requests each tag's feed once, and the Free plan allows 1,000 KV writes a day. R2 takes a
    // million a month.
    const isAsked = isAlwaysWarm(feed) || isInR2({ feed, format }) || put_at !== null || misses > 1;
    if (!isAsked || this.wasPutLately(format)) return;
    this.store.want(format);
    await this.touch(feed);
  }

  /** Builds; callers at the same time share one build. */
  #build(asked?: Format): Promise<Build> {
    this.#building ??= this.#read(asked).finally(() => {
      this.#building = undefined;
    });
    return this.#building;
  }

  async #read(asked: Format | undefined): Promise<Build> {
    const { site } = await this.runtime();
    const { feed, touches } = this.store.state();
    const at = toInstant(new Date());
    const limit = feed.startsWith("archive/") ? ARCHIVE_PAGE_SIZE : site.pages.feed;
    const read = () => queryFeed(this.env.DB, feed, at, limit, asked);
    let query = await read();
    if (query.hasUnnumbered) {
      await numberReleases(this.env.DB, at);
      query = await read();
    }
    const drafts = await Promise.all(
      Array.from(query.documents, ([format, parts]) => draft({ feed, format }, parts, site)),
    );
    // No await from here on, so that an older build can't overwrite the result of a newer one.
    const { rows, hasLeft, nextChange } = query;
    const before = this.#last;
    const known = this.store.documents();
    const documents = new Map(
      drafts.map((one) => {
        const { format } = one.key;
        const next = versionOf(one, known.get(format), rows.get(format), at);
        const same = before?.nextChange === nextChange ? before?.documents.get(format) : undefined;
        return [format, same?.version === next.version ? same : built(one, next, nextChange)] as const;
      }),
    );
    this.store.built(
      Array.from(documents, ([format, one]) => ({ ...one, format })),
      // No document is warm, so a scheduled change needs no alarm.
      documents.size === 0 ? undefined : nextChange,
    );
    this.#last = { touches, at, rows, hasLeft, ...(nextChange ? { nextChange } : {}), documents };
    return this.#last;
  }

  protected override async publish(feed: FeedKey): Promise<void> {
    // A running build may have read D1 before the last touch.
    await this.#building?.catch(() => undefined);
    const { rows, hasLeft, nextChange, documents, at, touches } = await this.#build();
    const { env, site, fingerprint } = await this.runtime();
    const known = this.store.documents();
    if (hasLeft) await this.adopt(feed);
    const done = await Promise.all(
      Array.from(documents, async ([format, one]) => {
        const row = rows.get(format);
        const own = known.get(format);
        const isPut = mustPut(feed, one.version, nextChange, row, own);
        let cachedVersion = own?.put_version ?? row?.cached_version ?? 0;
        let failure: unknown;
        try {
          if (isPut) {
            const document = await one.document();
            await this.put(document, row?.warm_until ?? warmUntil(feed), touches);
            cachedVersion = one.version;
          }
          if (isTopic(feed)) this.announce(format, one.version, row?.announced_version ?? 0, site);
        } catch (error) {
          failure = error;
        }
        const { version, hash, etag, changedAt, items, bytes = row?.bytes ?? 0 } = one;
        const mark = failure === undefined ? (row?.mark ?? 0) : null;
        return { format, version, hash, etag, changedAt, items, bytes, mark, cachedVersion, isPut, failure };
      }),
    );
    await this.push(feed);
    const notes = done.map(({ failure: _, isPut: __, ...note }) => note);
    const built = { at, fingerprint, nextChange, documents: notes };
    const { statements, noted } = this.report(feed);
    const isDirty = await noteBuilt(env.DB, feed, built, statements);
    noted();
    log("rebuilt", { feed, put: done.filter(({ isPut }) => isPut).map(({ format }) => format) });
    // A document that failed doesn't hold up the others; all are tried again together.
    const failed = done.find(({ failure }) => failure !== undefined);
    if (failed) throw failed.failure;
    await this.published(feed, touches, isDirty);
  }
}

function built(
  { finish, hash, items }: Draft,
  next: DocumentVersion,
  nextChange: Instant | undefined,
): Built {
  let document: Promise<FeedDocument> | undefined;
  let encode: Draft["finish"] | undefined = finish;
  const one: Built = {
    ...{ hash, items, ...next },
    document: () => {
      document ??= encode?.(next, nextChange).then((encoded) => {
        one.bytes = encoded.length;
        return encoded;
      });
      // Frees what the document was made from: an isolate has 128 MB for all of its objects.
      encode = undefined;
      if (!document) throw new Error("a document can be encoded only once");
      return document;
    },
  };
  return one;
}
