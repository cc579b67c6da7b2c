// `wireroom preview`: content/ as it would be served at another time. The Worker is the real one, with its clock moved
// (`src/preview`) and databases of its own that go when it ends.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import type { ArticleStatus } from "../article/article.ts";
import { CliError } from "../lib/cli-error.ts";
import { humanTime, toInstant } from "../lib/time.ts";
import { type AtTime, readAtTime } from "./at-time.ts";
import type { Client } from "./client.ts";
import type { Output } from "./progress.ts";
import { readPort } from "./start/port.ts";
import { serve, soundSite } from "./start/serve.ts";
import { onShutdown, runUntilShutdown } from "./start/shutdown.ts";

/** Beside `npm start`, which has the one before. */
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
      "that time: 2026-03-02T18:00:00+09:00, or by the site's clocks 2026-03-02 18:00, or +2h (default: now)",
    )
    .option("--port <number>", "the port to listen on", readPort, PORT)
    .option("--no-watch", "publish once, and don't watch content/")
    .option("--verbose", "show what wrangler says")
    .action((flags: Flags) => runUntilShutdown(out, () => preview(flags, out)));
}

async function preview({ at, ...flags }: Flags, out: Output): Promise<void> {
  const { timezone } = await soundSite();
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
  `${JSON.stringify(at)} is no time; --at takes one like 2026-03-02T18:00:00+09:00, "2026-03-02 18:00" (then by the clocks of ${timezone}, as site.yaml says), or +2h and -3d from now.`;

function timeLine({ instant, zoneless }: AtTime, timezone: string): string {
  const why = zoneless ? `, by the clocks of ${timezone}, as site.yaml says` : "";
  return `${humanTime(instant, "en", timezone)} (${instant}${why}), and runs on from there`;
}

async function articleLine(client: Client): Promise<string> {
  const articles = await client.articles();
  const count = (status: ArticleStatus) => articles.filter((article) => article.status === status).length;
  return `${count("published")} published by then, ${count("scheduled")} scheduled for later, ${count("expired")} expired`;
}

/** Gone when this process is, after all that writes into it. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-preview-"));
  onShutdown({ kill: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) });
  return folder;
}
