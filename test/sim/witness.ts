// The promises that must hold whatever happens. The witness knows what the newsroom sent, sees every answer, and records
// the violations.
//
// An article carries the number of its revision as a word, in the headline (`zq7h`) and in the text (`zq7b`), so any answer
// shows which revisions are in it.

import type { Answered } from "./cloud.ts";
import { folderOf } from "./site.ts";
import { clock } from "./world.ts";

/** The promises, by the name that a violation has. */
export const PROMISES = {
  early: "no byte of an article is seen before its publication date",
  backwards: "one isolate never answers with an older document after a newer one",
  "told backwards": "a subscriber of the hub never gets an older document after a newer one",
  returned: "an article that had disappeared doesn't reappear without a change",
  expired: "an expired article is gone from feeds within 90 s, whatever alarms and cron do",
  outdated: "three minutes after a change no answer has the state before it, if nothing failed meanwhile",
  own: "the isolate that took a change shows it at once",
  unavailable: "a feed is never refused, if nothing failed meanwhile",
  stranger: "a partner's feed and webhooks have only articles of its selection",
  lost: "every change that the API acknowledged is stored",
  "at rest": "when all is quiet every document holds what it should, byte for byte as a new build makes it",
  "without a database": "when all is quiet the documents that are always kept in KV are served without D1",
  undelivered: "when all is quiet each subscriber has the newest document, and an outside hub was told of it",
  untold:
    "when all is quiet a partner's webhook was called for each of its articles, and for each withdrawn one",
  "asks D1":
    "when all is quiet a poll of a document that is always kept, or of a partner's feed, makes no call of D1",
  "too many writes": "no key of KV is written twice within a second",
  uncaught: "no cron trigger and no batch of messages ends in an uncaught error",
} as const;

/** One of `PROMISES`. */
export type Promised = keyof typeof PROMISES;

/** A broken promise, and how it was broken. */
export interface Violation {
  readonly promise: Promised;
  readonly what: string;
}

const EXPIRY_MILLISECONDS = 90_000;
const OUTDATED_MILLISECONDS = 180_000;

/** What the newsroom sent: a revision of an article, or its withdrawal. */
export interface Sent {
  readonly number: number;
  readonly slug: string;
  /** Undefined for a withdrawal. */
  readonly revision?: Revision;
  readonly begunAt: number;
  /** `unknown` until an answer says whether it was stored. */
  outcome: "unknown" | "stored" | "refused";
  /** When it ended: after that it has no more effects. */
  endedAt: number;
  /** The isolate that answered. */
  isolate?: string;
  /** D1 was restored while this was under way, so it may or may not be stored. */
  isDoubtful?: boolean;
}

/** An article as it was sent. Times are milliseconds since 1970. */
export interface Revision {
  readonly published: number;
  readonly expires?: number | undefined;
  readonly section?: string | undefined;
  readonly tags: readonly string[];
  readonly by?: string | undefined;
}

/** An answer that a viewer got. */
export interface Sighting {
  /** The isolate that answered, or the subscriber that got a delivery. */
  readonly viewer: string;
  /** The document or page. */
  readonly path: string;
  readonly kind: "document" | "page" | "partner" | "delivery";
  readonly text: string;
  /** When it was answered, and when it was requested. */
  readonly at: number;
  readonly askedAt: number;
  /** Milliseconds since 1970. */
  readonly lastModified?: number | undefined;
}

interface Floor {
  readonly number: number;
  readonly isGone: boolean;
}

/** The numbers of revisions whose text, or headline, is in an answer. */
const numbersIn = (text: string, part: "b" | "h"): readonly number[] => [
  ...new Set(
    Array.from(text.matchAll(part === "b" ? /zq(\d+)b/g : /zq(\d+)h/g), ([, digits]) => Number(digits)),
  ),
];

/** Whether a feed holds a revision, by its folder. */
export const isFiledUnder = (folder: string, { section, tags, by }: Revision): boolean =>
  folder === "" ||
  folder === `/sections/${section}` ||
  folder === `/authors/${by}` ||
  tags.some((tag) => folder === `/tags/${tag}`);

/** Records what was sent, and checks every answer. */
export class Witness {
  readonly violations: Violation[] = [];
  readonly sent: Sent[] = [];
  readonly #floors = new Map<string, Map<string, Floor>>();
  readonly #lastModified = new Map<string, number>();
  #restoredAt = Number.NEGATIVE_INFINITY;
  readonly #lastTrouble: () => number;
  readonly #lastFault: () => number;

  /**
   * `lastTrouble`: when anything last went wrong, including late alarms and lost isolates. `lastFault`: when a binding last
   * failed; this excuses more. Both are milliseconds since 1970.
   */
  constructor(lastTrouble: () => number, lastFault: () => number) {
    this.#lastTrouble = lastTrouble;
    this.#lastFault = lastFault;
  }

  broken(promise: Promised, what: string): void {
    this.violations.push({ promise, what: `${new Date(clock.now).toISOString().slice(11, 23)} ${what}` });
  }

  /** Records that the newsroom sends a revision, or a withdrawal. */
  sends(slug: string, revision?: Revision): Sent {
    const sent: Sent = {
      number: this.sent.length + 1,
      slug,
      ...(revision ? { revision } : {}),
      begunAt: clock.now,
      outcome: "unknown",
      endedAt: Number.POSITIVE_INFINITY,
    };
    this.sent.push(sent);
    return sent;
  }

  /** D1 was restored to its state at `to`: later changes are undone; those under way may or may not be stored. */
  restored(to: number): void {
    for (const one of this.sent.filter(({ endedAt }) => endedAt > to)) {
      if (one.begunAt >= to && one.endedAt <= clock.now) one.outcome = "refused";
      else {
        one.outcome = "unknown";
        one.isDoubtful = true;
        one.endedAt = Math.min(one.endedAt, clock.now + 5_000);
      }
    }
    this.#restoredAt = clock.now;
    this.#floors.clear();
  }

  /** The states that an article may be stored in: the last that was acknowledged, or any later one without an answer. */
  candidates(slug: string): readonly Sent[] {
    const ofArticle = this.sent.filter((one) => one.slug === slug && one.outcome !== "refused");
    return ofArticle.filter(
      (one) =>
        !ofArticle.some(
          (later) => later.outcome === "stored" && later.begunAt >= one.endedAt && later !== one,
        ),
    );
  }

  /** Checks an answer. */
  saw(sighting: Sighting): void {
    const { viewer, path, kind, text, at } = sighting;
    const where = `${path} of ${viewer}`;
    const bodies = numbersIn(text, "b").flatMap((number) => this.sent[number - 1] ?? []);
    for (const number of [...numbersIn(text, "b"), ...numbersIn(text, "h")]) {
      const early = this.sent[number - 1]?.revision?.published ?? 0;
      if (early > at)
        this.broken("early", `${where}: revision ${number}, ${(early - at) / 1000} s before its time`);
    }
    if (kind === "partner") {
      for (const { number, revision } of bodies)
        if (revision?.section !== "news") this.broken("stranger", `${where}: revision ${number}`);
    }
    if (kind === "page") return;
    for (const one of bodies) this.#inTime(one, where, at);
    this.#forwards(sighting, bodies);
    if (kind === "document") this.#own(sighting, bodies);
  }

  #own({ viewer, path, at, askedAt }: Sighting, bodies: readonly Sent[]): void {
    for (const one of this.sent) {
      if (one.isolate !== viewer || one.outcome !== "stored" || one.endedAt > askedAt) continue;
      const { number, slug, revision, begunAt } = one;
      if (this.sent.some((other) => other !== one && other.slug === slug && other.endedAt > begunAt))
        continue;
      if (this.#lastTrouble() + OUTDATED_MILLISECONDS > begunAt) continue;
      // A release after the request began isn't a change that the writer made.
      if (revision && revision.published > begunAt) continue;
      const isFiled = revision !== undefined && isFiledUnder(path.slice(0, path.lastIndexOf("/")), revision);
      const isOut = isFiled && revision.published <= askedAt && (revision.expires ?? at + 1) > at;
      const isSeen = bodies.some((body) => body.slug === slug && (!isOut || body === one));
      if (isOut ? !isSeen : !isFiled && isSeen)
        this.broken("own", `${path} of ${viewer} after revision ${number}`);
    }
  }

  #inTime({ number, slug, revision, endedAt }: Sent, where: string, at: number): void {
    const expires = revision?.expires ?? Number.POSITIVE_INFINITY;
    if (at > Math.max(expires, this.#lastFault()) + EXPIRY_MILLISECONDS)
      this.broken("expired", `${where}: revision ${number}, ${(at - expires) / 1000} s after its end`);
    const later = this.sent.find(
      (one) => one.slug === slug && one.outcome === "stored" && one.begunAt > endedAt && one.number > number,
    );
    if (later && at > Math.max(later.endedAt, this.#lastTrouble()) + OUTDATED_MILLISECONDS)
      this.broken(
        "outdated",
        `${where}: revision ${number}, ${(at - later.endedAt) / 1000} s after ${later.number} was stored`,
      );
  }

  #forwards({ viewer, path, kind, askedAt, lastModified }: Sighting, bodies: readonly Sent[]): void {
    const backwards = kind === "delivery" ? "told backwards" : "backwards";
    const name = `${viewer} ${path}`;
    const where = `${path} of ${viewer}`;
    const before = this.#lastModified.get(name) ?? 0;
    if (lastModified !== undefined) {
      // No header names a second that hadn't come when it was asked for.
      if (lastModified < Math.min(before, Math.floor(askedAt / 1000) * 1000))
        this.broken(backwards, `${where}: Last-Modified went back by ${(before - lastModified) / 1000} s`);
      this.#lastModified.set(name, Math.max(before, lastModified));
    }
    // After a restore caches may still show undone changes for a while.
    if (clock.now < this.#restoredAt + OUTDATED_MILLISECONDS) return;
    const floors = this.#floors.get(name) ?? new Map<string, Floor>();
    this.#floors.set(name, floors);
    for (const [slug, floor] of floors) {
      if (!bodies.some((one) => one.slug === slug)) floors.set(slug, { ...floor, isGone: true });
    }
    for (const { slug, number, endedAt } of bodies) {
      const floor = floors.get(slug);
      const isLower = floor !== undefined && number < floor.number;
      // Two concurrent changes may be stored in either order.
      if (isLower && endedAt <= (this.sent[floor.number - 1]?.begunAt ?? 0))
        this.broken(backwards, `${where}: revision ${number} after ${floor.number}`);
      if (floor?.isGone && number === floor.number)
        this.broken(kind === "delivery" ? "told backwards" : "returned", `${where}: revision ${number}`);
      floors.set(slug, { number, isGone: false });
    }
  }

  /** Checks that a document has exactly the articles that belong in it. */
  holds(
    path: string,
    { text, status }: Answered,
    stored: readonly (Sent & { readonly revision: Revision })[],
  ): void {
    const wanted = stored.filter(({ revision }) => isFiledUnder(folderOf(path), revision));
    if (status === 404 && wanted.length === 0) return;
    const found = new Set(Array.from(text.matchAll(/zq(\d+)b/g), ([, digits]) => Number(digits)));
    const isRight = wanted.length === found.size && wanted.every(({ number }) => found.has(number));
    if (!isRight)
      this.broken(
        "at rest",
        `${path} (${status}) holds ${[...found]}, not ${wanted.map((one) => one.number)}`,
      );
  }

  /**
   * Checks that two answers are the same byte for byte. With `mayBeEmpty` an empty feed may stand for a 404: after D1 was
   * restored to a time before the feed's first article, its object may serve it empty until the next day.
   */
  isSame(path: string, answer: Answered | undefined, wanted: Answered, mayBeEmpty = false): void {
    if (mayBeEmpty && wanted.status === 404 && answer && numbersIn(answer.text, "b").length === 0) return;
    const said = ({ status, headers, text }: Answered) => `${status} ${headers.get("ETag")} ${text}`;
    if (answer && said(answer) !== said(wanted))
      this.broken(
        "at rest",
        `${path} of ${answer.isolate} is ${said(answer).slice(0, 40)}, a new build is ${said(wanted).slice(0, 40)}`,
      );
  }

  /** Checks that the partner's feed has exactly the articles of its section. */
  partnerHolds(
    answer: Answered | undefined,
    stored: readonly (Sent & { readonly revision: Revision })[],
  ): void {
    const wanted = stored
      .filter(({ revision }) => revision.section === "news")
      .map(({ number }) => `zq${number}b`);
    const found = new Set(answer?.text.match(/zq\d+b/g) ?? []);
    if (answer?.status !== 200 || found.size !== wanted.length || wanted.some((one) => !found.has(one)))
      this.broken("at rest", `the partner (${answer?.status}) has ${[...found]}, not ${wanted}`);
  }

  /** Whether an article ever belonged in a document. Other documents are only built on request. */
  isTouched(path: string): boolean {
    return this.sent.some(
      ({ revision, outcome }) => revision && outcome === "stored" && isFiledUnder(folderOf(path), revision),
    );
  }
}
