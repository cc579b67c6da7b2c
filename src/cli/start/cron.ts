// wrangler dev fires no cron by itself, so the Worker's minutes and hours are rung from here.

import { errorText } from "../../content/finding.ts";
import type { Output } from "../progress.ts";

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
    if (!response.ok) out.warn(`What the Worker does every ${cron} failed (${response.status}).`);
  } catch (error) {
    out.warn(`What the Worker does every ${cron} could not be started (${errorText(error)}).`);
  }
}

/** Rings every minute, and every hour, until what it returns is called; not while `url` has nothing to give. */
export function keepRinging(url: () => string | undefined, out: Output): () => void {
  let minutes = 0;
  const timer = setInterval(async () => {
    minutes++;
    const crons = minutes % 60 === 0 ? (["minute", "hour"] as const) : (["minute"] as const);
    for (const cron of crons) {
      const target = url();
      if (target !== undefined) await ring(target, cron, out);
    }
  }, MINUTE_MS);
  return () => clearInterval(timer);
}
