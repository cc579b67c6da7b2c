// `wireroom preview`: serves content/ as it would be at another time. It runs the real Worker with another
// clock (`src/preview`), on databases that are deleted when it ends.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import type { ArticleStatus } from "../article/article.ts";
import { CliError } from "../content/finding.ts";
import { addSeconds, humanTime, type Instant, parseInstant, toInstant } from "../lib/time.ts";
import { inZone } from "../lib/wall-clock.ts";
import type { Client } from "./client.ts";
import { readPort } from "./start/port.ts";
import { readValidSite, serve } from "./start/serve.ts";
import { onShutdown, runUntilShutdown } from "./start/shutdown.ts";
import type { Output } from "./terminal.ts";

/** `npm start` has 8787. */
const PORT = 8788;
const WORKER = { entry: "src/preview/worker.ts", name: "wireroom-preview" };

interface Flags {
  readonly at?: string;
  readonly port: number;
  readonly watch: boolean;
  readonly verbose?: boolean;
}

/** Gives the command `preview` its flags and what it does. */
export function addPreview(command: Command, out: Output): void {
  command
    .option(
      "--at <time>",
      "the time: 2026-03-02T18:00:00+09:00, 2026-03-02 18:00 (in the site's time zone), or +2h (default: now)",
    )
    .option("--port <number>", "the port to listen on", readPort, PORT)
    .option("--no-watch", "publish once, and don't watch content/")
    .option("--verbose", "show wrangler's output")
    .action((flags: Flags) => runUntilShutdown(out, () => preview(flags, out)));
}

async function preview({ at, ...flags }: Flags, out: Output): Promise<void> {
  const { timezone } = await readValidSite();
  const now = toInstant(new Date());
  const time = at === undefined ? { instant: now, zoneless: false } : readAtTime(at, now, timezone);
  if (!time) throw new CliError(refusal(at, timezone));
  await serve(
    {
      command: "npx wireroom preview",
      state: temporaryFolder(),
      other: WORKER,
      vars: { PREVIEW_OFFSET_SECONDS: String((Date.parse(time.instant) - Date.parse(now)) / 1000) },
      asOf: time.instant,
      about: async (client) => ({ Time: timeLine(time, timezone), Articles: await articleLine(client) }),
      ...flags,
    },
    out,
  );
}

const refusal = (at = "", timezone: string): string =>
  `${JSON.stringify(at)} is not a time; --at takes one like 2026-03-02T18:00:00+09:00, "2026-03-02 18:00" (in ${timezone}, the time zone of site.yaml), or +2h and -3d from now.`;

function timeLine({ instant, zoneless }: AtTime, timezone: string): string {
  const why = zoneless ? `, in ${timezone}, the time zone of site.yaml` : "";
  return `${humanTime(instant, "en", timezone)} (${instant}${why}), and runs on from there`;
}

async function articleLine(client: Client): Promise<string> {
  const articles = await client.articles();
  const count = (status: ArticleStatus) => articles.filter((article) => article.status === status).length;
  return `${count("published")} published by then, ${count("scheduled")} scheduled for later, ${count("expired")} expired`;
}

/** A folder that is deleted when this process ends, after everything that writes into it. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-preview-"));
  onShutdown({ kill: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) });
  return folder;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

const RELATIVE = /^([+-]\d{1,4})([mhdw])$/;
const CLOCK = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** A time that the user typed. */
export interface AtTime {
  readonly instant: Instant;
  /** True if it was typed without a zone, so that it is in the site's time zone. */
  readonly zoneless: boolean;
}

/**
 * Reads `2026-03-02T18:00:00+09:00`; `2026-03-02 18:00` or `2026-03-02` (midnight) in `timeZone`; or `+2h`
 * and `-3d` relative to `now` (m, h, d, w). Undefined for anything else.
 */
export function readAtTime(value: string, now: Instant, timeZone: string): AtTime | undefined {
  const [, count, unit = ""] = RELATIVE.exec(value) ?? [];
  const seconds = UNIT_SECONDS[unit];
  if (seconds !== undefined) return { instant: addSeconds(now, Number(count) * seconds), zoneless: false };
  const [, date, time = "00:00", second = "00", zone] = CLOCK.exec(value) ?? [];
  const wall = `${date}T${time}:${second}`;
  // Undefined if there is no such day or hour.
  const inUtc = parseInstant(`${wall}${zone ?? "Z"}`);
  const instant = zone === undefined && inUtc ? parseInstant(inZone(wall, timeZone)) : inUtc;
  return instant && { instant, zoneless: zone === undefined };
}
