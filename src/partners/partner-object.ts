// A Durable Object for each partner: the only writer of its policy, its tokens, its document, and the document's
// copy in KV. Polls ask it whether KV's copy is current and whether the token is still valid; it knows both
// without D1. It counts the polls, and writes the counts to D1 now and then.
//
// Builds and policy changes run one at a time. A policy change doesn't wait for a long build: it aborts the
// build at its next step. D1 rejects a build whose policy has been replaced since.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import type { PartnerAnswer, PartnerObjectApi, PartnerPoll, PolicySender } from "../env.ts";
import { versionOf } from "../feeds/build.ts";
import { BuildingObject, mustPut } from "../feeds/building-object.ts";
import { dropCopy } from "../feeds/copies.ts";
import { gzip, idOf, type PartnerDocument, type PartnerKey, partnerKey } from "../feeds/feed.ts";
import { ALWAYS, cleanCold, noteBuilt } from "../feeds/sql.ts";
import { log, logError } from "../lib/log.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { admits } from "./access.ts";
import { minuteOf } from "./fetches.ts";
import { draftPartner } from "./partner-document.ts";
import type { Policy } from "./policy.ts";
import {
  addToken,
  type Doer,
  dropPartner,
  dropToken,
  type PartnerWithTokens,
  partnerById,
  partnerWithTokens,
  storePartner,
} from "./sql.ts";
import { type CountedMinute, writeFetches } from "./sql-ledger.ts";
import { PartnerStateStore } from "./sql-object.ts";

/** A partner has one document, whatever its profile. */
const FORMAT: PartnerKey["format"] = "partner";
/** When D1 is asked again to take the counts of fetches. */
const FETCHES_RETRY_MILLISECONDS = 60_000;

/** A build that is stored in D1. */
interface Built {
  readonly document: PartnerDocument;
  /** The number of touches before D1 was read. */
  readonly touches: number;
  /** Whether KV still has to get it. */
  readonly isPut: boolean;
  /** Stores in D1 that KV has it. True if the document was marked stale again meanwhile. */
  readonly note: () => Promise<boolean>;
  /** Whether it was marked stale again during the build. */
  readonly isDirty: boolean;
}

/** The Durable Object of a partner. Its subclass in index.ts provides the runtime and queues webhooks. */
export abstract class PartnerObjectBase extends BuildingObject<PartnerKey> implements PartnerObjectApi {
  protected readonly partner = new PartnerStateStore(this.ctx.storage);
  #running: Promise<unknown> = Promise.resolve();
  #policyChange = new AbortController();
  #record: PartnerWithTokens | undefined;
  /** The last build of this instance. */
  #last: Built | undefined;
  /** Whether a build added webhooks that aren't queued yet. If this instance ends first, cron queues them. */
  #hasWebhooks = false;

  /** Queues the partner's webhooks that are due. @throws Error, when D1 fails. */
  protected abstract queueWebhooks(partner: string, at: Instant): Promise<void>;

  async poll(feed: PartnerKey["feed"], asked: PartnerPoll): Promise<PartnerAnswer> {
    this.store.open(feed);
    // A build that read D1 after this call began includes every change that the caller may know of.
    const { touches } = this.store.state();
    const answer = await this.#serialize(() => this.#answer(feed, asked, touches));
    if (answer === "current" && asked.fetch)
      await this.noteFetch(feed, minuteOf(asked.fetch, toInstant(new Date())));
    return answer;
  }

  async #answer(
    feed: PartnerKey["feed"],
    { credentials, isAdmitted, version, isMissing }: PartnerPoll,
    touches: number,
  ): Promise<PartnerAnswer> {
    let access = this.partner.access();
    if (access && !(await admits(access, credentials))) {
      if (!isAdmitted) return "refused";
      // D1 was restored to an earlier time, and it is right.
      this.#forget();
      access = undefined;
    }
    const { next_change, built, touches: newest } = this.store.state();
    const isDue = next_change !== null && next_change <= toInstant(new Date());
    const own = this.store.documents().get(FORMAT);
    const isOwn = access !== undefined && version > 0 && own?.put_version === version;
    try {
      let last = isDue || (this.#last?.touches ?? -1) < touches ? undefined : this.#last;
      if (!last && isOwn && !isDue && built === newest) return "current";
      last ??= await this.#build(feed);
      if (!last) return "refused";
      const { document, isPut } = last;
      if (!(await admits(document.access, credentials))) return "refused";
      const isLost = isMissing && !this.wasPutLately(document.format);
      if (isLost) this.store.want(document.format);
      if (isLost || isPut) await this.#havePut(feed);
      return document.version === version ? "current" : document;
    } catch (error) {
      logError("the partner's document could not be built", error, { feed });
      return isOwn && !isDue && this.partner.access() ? "current" : "failed";
    }
  }

  /** Has the last build put into KV. It is no older than before, so no poll has to build again. */
  async #havePut(feed: PartnerKey["feed"]): Promise<void> {
    const last = this.#last;
    if (last && last.touches === this.store.state().touches)
      this.#last = { ...last, touches: last.touches + 1 };
    await this.touch(feed);
  }

  async noteFetch(feed: PartnerKey["feed"], fetch: CountedMinute): Promise<void> {
    this.store.open(feed);
    this.partner.count(fetch, Date.now());
    await this.setAlarm();
  }

  async writeFetches(feed: PartnerKey["feed"]): Promise<void> {
    const minutes = this.partner.waiting();
    if (minutes.length === 0) return;
    await writeFetches(this.env.DB, idOf(feed), minutes);
    this.partner.written(minutes);
  }

  protected override otherwiseDueAt(): number {
    return this.partner.writeDueAt();
  }

  protected override async doOtherwise(feed: PartnerKey["feed"]): Promise<void> {
    if (this.partner.writeDueAt() > Date.now()) return;
    try {
      await this.writeFetches(feed);
    } catch (error) {
      logError("fetches could not be written to D1", error, { feed });
      this.partner.failed(Date.now() + FETCHES_RETRY_MILLISECONDS);
    }
  }

  override rebuild(feed: PartnerKey["feed"], lost?: readonly PartnerKey["format"][]): Promise<void> {
    // After a restore of D1 there may be another policy, and other tokens.
    this.#record = undefined;
    return super.rebuild(feed, lost);
  }

  change(policy: Policy, digest: string, { home, by, expected }: PolicySender): Promise<boolean> {
    const at = toInstant(new Date());
    return this.#change(partnerKey(policy.id).feed, async () => {
      // No other writer: nothing changes the policy between this look and the write.
      const stored = expected === undefined ? undefined : await partnerById(this.env.DB, policy.id);
      if (expected !== undefined && (stored?.digest ?? null) !== expected) return false;
      await storePartner(this.env.DB, policy, digest, home, { by, at });
      return true;
    });
  }

  remove(feed: PartnerKey["feed"], by: string): Promise<boolean> {
    return this.#change(feed, () => {
      this.partner.clear();
      return dropPartner(this.env.DB, idOf(feed), { by, at: toInstant(new Date()) });
    });
  }

  addToken(feed: PartnerKey["feed"], hash: string, doer: Doer): Promise<boolean> {
    return this.#change(feed, () => addToken(this.env.DB, idOf(feed), hash, doer));
  }

  dropToken(feed: PartnerKey["feed"], name: string, doer: Doer): Promise<boolean> {
    return this.#change(feed, () => dropToken(this.env.DB, idOf(feed), name, doer));
  }

  #change<T>(feed: PartnerKey["feed"], work: () => Promise<T>): Promise<T> {
    this.store.open(feed);
    this.#policyChange.abort(new Error(`the policy of ${feed} is being changed`));
    return this.#serialize(async () => {
      this.#policyChange = new AbortController();
      this.#forget();
      // KV's copy says who may read it.
      this.store.want(FORMAT);
      try {
        return await work();
      } finally {
        await this.touch(feed);
      }
    });
  }

  /** Has policy and tokens read from D1 again. */
  #forget(): void {
    this.#record = undefined;
    this.#last = undefined;
    this.partner.setAccess(undefined);
  }

  #serialize<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#running.then(work, work);
    this.#running = done;
    return done;
  }

  protected override publish(feed: PartnerKey["feed"]): Promise<void> {
    return this.#serialize(async () => {
      const { signal } = this.#policyChange;
      try {
        await this.#publish(feed);
      } catch (error) {
        // Aborted by a policy change, which schedules another build.
        if (!signal.aborted) throw error;
      }
    });
  }

  async #publish(feed: PartnerKey["feed"]): Promise<void> {
    const { touches } = this.store.state();
    const built = await this.#build(feed);
    if (!built) return this.#clear(feed, touches);
    const { document, isPut, note, isDirty } = built;
    // If a webhook arrives before KV has the document, the partner's fetch is answered by this object.
    const done = await Promise.allSettled([
      isPut ? this.put(document, ALWAYS, touches) : undefined,
      this.#queueNewWebhooks(feed),
    ]);
    for (const one of done) if (one.status === "rejected") throw one.reason;
    const isMarked = isPut ? await note() : isDirty;
    if (this.#last?.document === document) this.#last = { ...this.#last, isPut: false };
    const { format, version, length } = document;
    log("rebuilt", { feed, format, version, bytes: length, changed: isPut });
    await this.published(feed, touches, isMarked);
  }

  /** Cleans up after a removed partner: its copy in KV, its stale mark and its scheduled change. */
  async #clear(feed: PartnerKey["feed"], touches: number): Promise<void> {
    this.store.want(FORMAT);
    this.store.dropped(FORMAT, Date.now());
    await dropCopy(this.env.CACHE, { feed, format: FORMAT });
    await cleanCold(this.env.DB, feed, toInstant(new Date())).run();
    this.store.built([], undefined);
    await this.published(feed, touches, false);
    log("skipped", { feed, format: FORMAT, why: "there is no such partner any more" });
  }

  async #queueNewWebhooks(feed: PartnerKey["feed"]): Promise<void> {
    if (!this.#hasWebhooks) return;
    await this.queueWebhooks(idOf(feed), toInstant(new Date()));
    this.#hasWebhooks = false;
  }

  /** Undefined if there is no such partner any more. @throws Error, when D1 fails. */
  async #build(feed: PartnerKey["feed"]): Promise<Built | undefined> {
    const { signal } = this.#policyChange;
    signal.throwIfAborted();
    const { touches } = this.store.state();
    const runtime = await this.runtime();
    try {
      this.#record ??= await partnerWithTokens(this.env.DB, idOf(feed));
      if (!this.#record) return undefined;
      const { record, access } = this.#record;
      const at = toInstant(new Date());
      const draft = await draftPartner(runtime, record, at, signal);
      signal.throwIfAborted();
      const { hash, row, nextChange, bytes, items } = draft;
      const own = this.store.documents().get(FORMAT);
      const next = versionOf(draft, own, row, at);
      this.store.built([{ format: FORMAT, hash, ...next }], nextChange);
      const { digest } = record;
      const { mark = 0, cached_version: cachedVersion = 0 } = row ?? {};
      const known = own?.put_version ?? cachedVersion;
      const isPut = mustPut(feed, next.version, nextChange, row, own);
      const built = { format: FORMAT, hash, ...next, items, bytes: bytes.byteLength };
      const note = (
        document: { readonly mark: number | null; readonly cachedVersion: number },
        also?: readonly D1PreparedStatement[],
      ) =>
        noteBuilt(
          this.env.DB,
          feed,
          {
            at,
            fingerprint: runtime.fingerprint,
            nextChange,
            documents: [{ ...built, ...document }],
            digest,
          },
          also,
        );
      // The mark stays until KV has the document, so that cron finds it.
      const isDirty = await note(
        { mark: isPut ? null : mark, cachedVersion: known },
        draft.statements(next.version),
      );
      if (draft.hasWebhooks) this.#hasWebhooks = true;
      const document: PartnerDocument = {
        ...{ feed, format: FORMAT, ...next },
        access,
        seq: 0,
        ...(nextChange ? { nextChange } : {}),
        expiring: true,
        length: bytes.byteLength,
        gzip: await gzip(bytes),
        entryOffsets: [],
      };
      this.partner.setAccess(access);
      this.#last = {
        ...{ document, touches, isPut, isDirty },
        note: () => note({ mark, cachedVersion: next.version }),
      };
      return this.#last;
    } catch (error) {
      this.#record = undefined;
      throw error;
    }
  }
}
