// A newsroom with one story, whose headline counts its editions, and readers of all formats: what both see while bindings
// fail, and the state after they work again.

import { expect } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import type { FaultyWorker } from "../faults.ts";
import type { Faults } from "../faulty.ts";
import { type RawResponse, until } from "../harness.ts";
import { startMovedWorker } from "../moved-clock.ts";
import { objectsOf } from "../objects.ts";

const LONG_AGO = "2024-10-24T00:00:00Z";

/** A row of `feeds`, as far as tests look at it. */
export interface FeedState {
  readonly format: string;
  readonly version: number;
  readonly cached_version: number;
  readonly stale_since: string | null;
}

/** A newsroom and its readers. */
export type Newsroom = ReturnType<typeof newsroomOf<FaultyWorker>>;

/** Starts a newsroom. Close it at the end. */
export const startNewsroom = async () => newsroomOf(await startMovedWorker());

/** The newsroom of a Worker that runs. */
export function newsroomOf<Worker extends FaultyWorker>(worker: Worker) {
  let edition = 0;
  let logsBefore = 0;

  const objects = objectsOf(worker.env);
  const put = (number: number) => worker.put("story", article({ headline: `Edition ${number}` }));
  const rows = async <T = FeedState>(sql: string): Promise<T[]> =>
    (await (await worker.env()).DB.prepare(sql).all<T>()).results;
  const feeds = () =>
    rows(
      "SELECT format, version, cached_version, stale_since FROM feeds WHERE feed = 'site' ORDER BY format",
    );
  const read = (headers: Readonly<Record<string, string>> = {}) =>
    Promise.all(FORMATS.map((format) => worker.raw(`/${FORMAT_FILES[format]}`, "GET", headers)));
  /** Checks that a reader of each format gets a complete feed of one of these editions, with its ETag. */
  const expectFeeds = async (...editions: readonly number[]): Promise<void> => {
    for (const { status, headers, body } of await read()) {
      expect(status, body.toString()).toBe(200);
      expect(editions).toContain(editionOf(body));
      expect(headers.etag).toMatch(/^W\/"\d+-[0-9a-f]{20}"$/);
      expect(headers["cache-control"]).toMatch(/^public, max-age=\d+/);
    }
  };

  return {
    worker,
    rows,
    feeds,
    read,
    expectFeeds,
    /** The newest edition that was sent. */
    edition: () => edition,
    /** The version of the story in D1. */
    storyVersion: async (): Promise<number> =>
      (await rows<{ version: number }>("SELECT version FROM articles WHERE slug = 'story'"))[0]?.version ?? 0,
    /** Sends the next edition. */
    publish: (): Promise<Response> => put(++edition),
    /** Sends the newest edition once more. */
    again: (): Promise<Response> => put(edition),
    /** Publishes an edition, waits until all documents have it, and starts new isolates. */
    async begin(): Promise<void> {
      await worker.fail({});
      expect((await put(++edition)).status).toBeLessThan(300);
      await worker.settled();
      await worker.reload();
      logsBefore = worker.logs().length;
    },
    /** Runs the next minute's cron: every mark is old enough for it, and every delivery is due. */
    async minute(): Promise<void> {
      await objects.makeDue();
      await rows(`UPDATE feeds SET stale_since = '${LONG_AGO}' WHERE stale_since IS NOT NULL`);
      await worker.scheduled();
    },
    /** Ends all faults, lets a minute pass, and checks that D1, KV and readers have every accepted edition once. */
    async mended(newest = edition): Promise<void> {
      await worker.fail({});
      await this.minute();
      for (const format of FORMATS) expect(editionOf(await worker.document(format))).toBe(newest);
      for (const feed of await feeds()) expect(feed.cached_version, feed.format).toBe(feed.version);
      // After that minute the isolates' copies have expired.
      await worker.reload();
      await expectFeeds(newest);
    },
    /** Resolves once an event with all of these fields was logged since the start. */
    logged: (what: string): Promise<unknown> =>
      until(`"${what}" is logged`, () =>
        worker
          .logs()
          .slice(logsBefore)
          .find((entry) => JSON.stringify(entry).includes(what)),
      ),
    fail: (faults: Faults) => worker.fail(faults),
    close: () => worker.close(),
  };
}

/** Checks that each document has a later version than before. */
export function expectLaterVersions(feeds: readonly FeedState[], before: readonly FeedState[]): void {
  expect(feeds).toHaveLength(before.length);
  for (const [index, { format, version }] of feeds.entries())
    expect(version, format).toBeGreaterThan(before[index]?.version ?? 0);
}

/** The edition that a feed holds. */
export const editionOf = (body: Buffer | string): number =>
  Number(/Edition (\d+)/.exec(body.toString())?.[1] ?? 0);

/** Checks for a 503 with Retry-After and no-store. */
export function expectLater(response: RawResponse | Response): void {
  const fields = "url" in response ? Object.fromEntries(response.headers) : response.headers;
  expect(response.status).toBe(503);
  expect(fields["retry-after"]).toMatch(/^[1-9]\d*$/);
  expect(fields["cache-control"]).toBe("no-store");
  expect(fields.etag).toBeUndefined();
}
