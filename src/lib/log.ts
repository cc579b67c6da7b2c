// Workers Logs: one JSON object an event. Never a secret, never a body.

/** What happened. */
export type LogEvent =
  | "published"
  | "withdrawn"
  | "rendered"
  | "image-stored"
  | "image-removed"
  | "image-stripped"
  | "rebuilt"
  | "skipped"
  | "left-out"
  | "queue-failed"
  | "subscribed"
  | "unsubscribed"
  | "unverified"
  | "denied"
  | "announced"
  | "delivered"
  | "undelivered"
  | "switched-off"
  | "partner-stored"
  | "partner-removed"
  | "token-issued"
  | "token-revoked"
  | "story-published"
  | "cron"
  | "audited"
  | "error";

/** Writes one event; errors go to the error stream. */
export function log(event: LogEvent, facts: Readonly<Record<string, unknown>>): void {
  const line = JSON.stringify({ event, ...facts });
  if (event === "error" || event === "queue-failed") console.error(line);
  else console.log(line);
}

/** Writes an `error`: what could not be done, and why. */
export const logError = (what: string, error: unknown, facts: object = {}): void =>
  log("error", { ...facts, what, reason: reasonOf(error) });

/** What `work` gives; undefined where it fails, which is logged as `logError` does. Never throws. */
export async function unlessItFails<T>(
  what: string,
  facts: object,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    logError(what, error, facts);
    return undefined;
  }
}

/** An error as a log fact: its message and those of its causes. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}
