// Plays one history again and again. In each run another call of a binding fails: only that call, or all for 30 s from then on.

import { BINDINGS, type Binding } from "./faults.ts";
import type { History, Step } from "./history.ts";
import type { Found } from "./search.ts";
import { type Prepared, simulate } from "./simulate.ts";

/** An article is published, moved and withdrawn; another is released and expires; all documents are read and pushed. */
const STEPS: readonly Step[] = [
  { do: "read-partner", at: "paris/0" },
  { do: "subscribe", who: "reader-1.example.net", path: "/sections/news/rss.xml" },
  { after: 2, do: "put", slug: "ants", section: "news", tags: ["red"], by: "ann" },
  { do: "read", at: "paris/0", path: "/rss.xml", times: 2, every: 10 },
  { after: 2, do: "put", slug: "bees", section: "news", from: 40, until: 210 },
  { do: "read", at: "tokyo/0", path: "/tags/red/feed.json", times: 2, every: 31 },
  { after: 5, do: "put", slug: "ants", section: "sport", tags: ["blue"] },
  { after: 40, do: "withdraw", slug: "ants" },
  { after: 5, do: "read", at: "paris/0", path: "/rss.xml", times: 2, every: 31 },
];
const SECONDS = [0, 30];

/**
 * Plays the history once for each call that can fail, or for every `every`-th one. Returns the number of runs, and the
 * histories that broke a promise.
 */
export async function failEveryCall(
  prepared: Prepared,
  every = 1,
): Promise<{ readonly runs: number; readonly found: readonly Found[] }> {
  const found: Found[] = [];
  let runs = 0;
  for (const binding of BINDINGS) {
    for (const seconds of SECONDS) {
      for (let skip = 0, isReached = true; isReached; skip += every) {
        const history = historyWith(binding, skip, seconds);
        const report = await simulate(prepared, history);
        const [violation] = report.violations;
        if (violation) found.push({ history, violation, report });
        const end = report.notes.findIndex((note) => note.includes("at rest from here on"));
        isReached = report.notes.slice(0, end).some((note) => note.includes(`${binding} refused`));
        runs++;
      }
    }
  }
  return { runs, found };
}

function historyWith(binding: Binding, skip: number, seconds: number): History {
  const fault: Step = { do: "fail", binding, way: "refused", skip, seconds };
  return { seed: 1, steps: [...STEPS.slice(0, 2), fault, ...STEPS.slice(2)] };
}
