// wrangler dev fires no cron by itself, so the Worker's minutes and hours are rung from here.

import type { Output } from "../progress.ts";
import { errorText } from "../report.ts";

const MINUTE_MS = 60_000;
const ANSWER_LIMIT_MS = 50_000;

/** The crons in wrangler.toml. */
const CRONS = { minute: "* * * * *", hour: "0 * * * *" } as const;

/** Rings a cron once. Trouble is told, for the next minute mends what this one left. */
export async function ring(url: string, cron: keyof typeof CRONS, out: Output): Promise<void> {
  const query = new URLSearchParams({ cron: CRONS[cron] });
  try {
    const response = await fetch(`${url}/cdn-cgi/handler/scheduled?${query}`, {
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) out.warn(`The Worker's ${cron}ly work failed (${response.status}).`);
  } catch (error) {
    out.warn(`The Worker's ${cron}ly work could not be started (${errorText(error)}).`);
  }
}

/** Rings every minute, and every hour, until what it returns is called. */
export function keepRinging(url: string, out: Output): () => void {
  let minutes = 0;
  const timer = setInterval(async () => {
    minutes++;
    await ring(url, "minute", out);
    if (minutes % 60 === 0) await ring(url, "hour", out);
  }, MINUTE_MS);
  return () => clearInterval(timer);
}
