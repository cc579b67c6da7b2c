// Ratios within one run, and a table of them.

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly met: boolean;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Rows as lines of a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, figure, goal, met }) => `| ${what} | ${figure} | ${goal} | ${met ? "yes" : "NO"} |`,
  );
  return ["| what | measured | goal | met |", "| --- | --- | --- | --- |", ...lines].join("\n");
}
