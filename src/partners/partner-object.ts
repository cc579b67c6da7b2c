// A Durable Object for each partner: the only writer of its policy, its document, and the document's copy in
// KV.
//
// Builds and policy changes run one at a time. A policy change doesn't wait for a long build: it aborts the
// build at its next step. D1 rejects a build whose policy has been replaced since.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import type { AskedByPartner, PartnerObjectApi, PolicySender } from "../env.ts";
import { versionOf } from "../feeds/build.ts";
import { BuildingObject } from "../feeds/building-object.ts";
import { dropCopy } from "../feeds/copies.ts";
import { gzip, idOf, type PartnerDocument, type PartnerKey, partnerKey } from "../feeds/feed.ts";
import { ALWAYS, cleanCold, noteBuilt } from "../feeds/sql.ts";
import { log } from "../lib/log.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { draftPartner } from "./partner-document.ts";
import type { Policy } from "./policy.ts";
import { dropPartner, type PartnerRecord, partnerById, storePartner } from "./sql.ts";

/** A build that is stored in D1. */
interface Built {
  readonly document: PartnerDocument;
  readonly digest: string;
  /** How often `current` had been called when the build read D1. */
  readonly calls: number;
  readonly mark: number;
  /** Whether KV still has to get it. */
  readonly isPut: boolean;
  /** Stores in D1 that KV has it. True if the document was marked stale again meanwhile. */
  readonly note: () => Promise<boolean>;
  /** Whether it was marked stale again during the build. */
  readonly isDirty: boolean;
}

/** The Durable Object of a partner. Its subclass in index.ts provides the runtime and queues webhooks. */
export abstract class PartnerObjectBase extends BuildingObject<PartnerKey> implements PartnerObjectApi {
  #running: Promise<unknown> = Promise.resolve();
  #policyChange = new AbortController();
  #record: PartnerRecord | undefined;
  /** The last build of this instance. */
  #last: Built | undefined;
  #calls = 0;
  /** Whether a build added webhooks that aren't queued yet. If this instance ends first, cron queues them. */
  #hasWebhooks = false;

  /** Queues the partner's webhooks that are due. @throws Error, when D1 fails. */
  protected abstract queueWebhooks(partner: string, at: Instant): Promise<void>;

  async current(
    feed: PartnerKey["feed"],
    { digest, mark, isMissing }: AskedByPartner,
  ): Promise<PartnerDocument> {
    this.store.open(feed);
    const call = ++this.#calls;
    const { document, ...built } = await this.#serialize(async () => {
      const last = this.#last;
      const { nextChange } = last?.document ?? {};
      const isCurrent = last?.digest === digest && (last.mark === mark || last.calls >= call);
      const isDue = nextChange !== undefined && nextChange <= toInstant(new Date());
      return isCurrent && !isDue ? last : await this.#build(feed);
    });
    if (built.digest !== digest) throw new Error(`the policy of ${feed} was changed meanwhile`);
    const isLost = isMissing && !this.wasPutLately(document.format);
    if (isLost) this.store.want(document.format);
    if (isLost || built.isPut) await this.touch(feed);
    return document;
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
    return this.#change(feed, () => dropPartner(this.env.DB, idOf(feed), { by, at: toInstant(new Date()) }));
  }

  #change<T>(feed: PartnerKey["feed"], work: () => Promise<T>): Promise<T> {
    this.store.open(feed);
    this.#policyChange.abort(new Error(`the policy of ${feed} is being changed`));
    return this.#serialize(async () => {
      this.#policyChange = new AbortController();
      this.#record = undefined;
      this.#last = undefined;
      try {
        return await work();
      } finally {
        await this.touch(feed);
      }
    });
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
    this.#record ??= await partnerById(this.env.DB, idOf(feed));
    if (!this.#record) return this.#clear(feed, touches);
    const { document, isPut, note, isDirty } = await this.#build(feed);
    // If a webhook arrives before KV has the document, the partner's fetch is answered by this object.
    const done = await Promise.allSettled([
      isPut ? this.put(document, ALWAYS) : undefined,
      this.#queueNewWebhooks(feed),
    ]);
    for (const one of done) if (one.status === "rejected") throw one.reason;
    const isMarked = isPut ? await note() : isDirty;
    if (this.#last?.document === document) this.#last = { ...this.#last, isPut: false };
    const { format, version, length } = document;
    log("rebuilt", { feed, format, version, bytes: length, changed: isPut });
    this.store.published(touches, Date.now());
    // It was marked stale again during the build, and the notification of that may have been lost.
    if (isMarked) await this.touch(feed);
  }

  /** Cleans up after a removed partner: its copy in KV, its stale mark and its scheduled change. */
  async #clear(feed: PartnerKey["feed"], touches: number): Promise<void> {
    const { format } = partnerKey(idOf(feed));
    this.store.want(format);
    this.store.dropped(format, Date.now());
    await dropCopy(this.env.CACHE, { feed, format });
    await cleanCold(this.env.DB, feed, toInstant(new Date())).run();
    this.store.built([], undefined);
    this.store.published(touches, Date.now());
    log("skipped", { feed, format, why: "there is no such partner any more" });
  }

  async #queueNewWebhooks(feed: PartnerKey["feed"]): Promise<void> {
    if (!this.#hasWebhooks) return;
    await this.queueWebhooks(idOf(feed), toInstant(new Date()));
    this.#hasWebhooks = false;
  }

  async #build(feed: PartnerKey["feed"]): Promise<Built> {
    const { signal } = this.#policyChange;
    signal.throwIfAborted();
    const calls = this.#calls;
    const runtime = await this.runtime();
    try {
      this.#record ??= await partnerById(this.env.DB, idOf(feed));
      const record = this.#record;
      if (!record) throw new Error(`there is no ${feed} any more`);
      const at = toInstant(new Date());
      const draft = await draftPartner(runtime, record, at, signal);
      signal.throwIfAborted();
      const { hash, row, nextChange, bytes, items } = draft;
      const { format } = partnerKey(idOf(feed));
      const own = this.store.documents().get(format);
      const next = versionOf(draft, own, row, at);
      this.store.built([{ format, hash, ...next }], nextChange);
      const { digest } = record;
      const { mark = 0, cached_version: cachedVersion = 0 } = row ?? {};
      const known = own?.put_version ?? cachedVersion;
      const isPut = own?.wanted === 1 || known < next.version;
      const built = { format, hash, ...next, items, bytes: bytes.byteLength };
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
        ...partnerKey(idOf(feed)),
        ...next,
        seq: 0,
        ...(nextChange ? { nextChange } : {}),
        expiring: true,
        length: bytes.byteLength,
        gzip: await gzip(bytes),
        entryOffsets: [],
      };
      this.#last = {
        ...{ document, digest, calls, mark, isPut, isDirty },
        note: () => note({ mark, cachedVersion: next.version }),
      };
      return this.#last;
    } catch (error) {
      this.#record = undefined;
      throw error;
    }
  }
}
