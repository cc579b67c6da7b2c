// A Worker at home, which calls loopback, and a subscriber of its hub.

import { startFaultyWorker } from "../faults.ts";
import type { WorkerOptions } from "../harness.ts";
import { until } from "../harness.ts";
import { objectsOf } from "../objects.ts";
import { startSubscriber } from "./subscriber.ts";

/** Its public address: only a site at home calls loopback. */
export const SITE = "http://localhost:8787";
/** The topic of every request that names no other. */
export const TOPIC = `${SITE}/rss.xml`;

/** A hub and a subscriber. */
export type Hub = Awaited<ReturnType<typeof startHub>>;

/** Starts both. Close them in the end. */
export async function startHub(options: WorkerOptions = {}) {
  const subscriber = await startSubscriber();
  const worker = await startFaultyWorker({ siteUrl: SITE, ...options });

  /** What D1 answers. */
  const rows = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> => {
    const { DB } = await worker.env();
    return (
      await DB.prepare(sql)
        .bind(...values)
        .all<T>()
    ).results;
  };
  const objects = objectsOf(worker.env);
  const post = (form: URLSearchParams): Promise<Response> =>
    worker.fetch("/hub", { method: "POST", body: form });
  /** A request for a callback's path. */
  const ask = (path: string, changes: Readonly<Record<string, string>> = {}): Promise<Response> =>
    post(
      new URLSearchParams({
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.callback": subscriber.url(path),
        ...changes,
      }),
    );
  /** Resolves once nothing is left to be verified or sent. */
  const none = (what: "verifications" | "deliveries") =>
    until(`no ${what} are left`, async () =>
      what === "verifications"
        ? (await rows("SELECT 1 FROM verifications")).length === 0
        : objects.nobodyWaits(),
    );

  return {
    worker,
    subscriber,
    rows,
    ...objects,
    /** Forgets all subscribers, and what waits for them. */
    forget: () => objects.everywhere("DELETE FROM subscriptions"),
    post,
    ask,
    none,
    /** Asks, and waits until the request is dealt with. */
    async request(path: string, changes: Readonly<Record<string, string>> = {}): Promise<void> {
      const response = await ask(path, changes);
      if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
      await none("verifications");
    },
    /** A callback's subscriptions. */
    subscriptions: (path: string) =>
      objects.everywhere<{ format: string; expires: string; secret: string | null; given_up: number }>(
        "SELECT * FROM subscriptions WHERE callback = ?",
        subscriber.url(path),
      ),
    /** Events that the Worker logged. */
    logged: (event: string) => worker.logs().filter((entry) => entry.event === event),
    async close(): Promise<void> {
      await subscriber.close();
      await worker.close();
    },
  };
}
