// The table of results, with the machine and the versions that were measured.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, totalmem } from "node:os";

const BYTES_PER_GIB = 2 ** 30;
/** Packages whose versions affect the figures. */
const MEASURED_WITH = ["workerd", "miniflare", "wrangler", "feed", "feedsmith"];

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** "—" for a figure without a goal. */
  readonly goal: string;
  /** Missing if there is no goal. */
  readonly met?: boolean;
}

/** The median of some numbers. */
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

/** A row of RESULTS.md's table. */
export const tableRow = ({ what, figure, goal, met }: Row): string =>
  `| ${what} | ${figure} | ${goal} | ${verdict(met)} |`;

function verdict(met: boolean | undefined): string {
  if (met === undefined) return "—";
  return met ? "yes" : "NO";
}

/** RESULTS.md: a table with its date, versions and machine. */
export function resultsText(rows: readonly Row[]): string {
  const day = new Date().toISOString().slice(0, 10);
  const versions = MEASURED_WITH.map((name) => `${name} ${versionOf(name)}`).join(", ");
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / BYTES_PER_GIB)} GiB`;
  return `# What \`npm run bench\` measured

${day}, on ${machine}. Node ${process.versions.node}, ${versions}.

| what | measured | goal | met |
| --- | --- | --- | --- |
${rows.map(tableRow).join("\n")}
`;
}

// workerd comes with miniflare, and not every package exports its package.json.
function versionOf(name: string): string {
  const fromMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  for (const folder of fromMiniflare.resolve.paths(name) ?? []) {
    try {
      const { version }: { version: string } = JSON.parse(
        readFileSync(`${folder}/${name}/package.json`, "utf8"),
      );
      return version;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  throw new Error(`${name} is not installed`);
}
