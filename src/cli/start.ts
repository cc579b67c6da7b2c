// `npm start`: the Worker, its databases and its clock on this machine, with everything in content/ published,
// and published again when it changes. Whatever ends it ends every process that it started.

import { resolve } from "node:path";
import { Command } from "commander";
import { output } from "./progress.ts";
import { readPort } from "./start/port.ts";
import { runUntilShutdown } from "./start/shutdown.ts";

interface Flags {
  readonly port: number;
  readonly state: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
}

const { state, ...flags } = new Command("npm start --")
  .description("Run Wireroom on this machine, with everything in content/ published.")
  .option("--port <number>", "the port to listen on", readPort, 8787)
  .option("--state <dir>", "where the local databases live", ".wireroom")
  .option("--no-watch", "publish once, and don't watch content/")
  .option("--verbose", "show what wrangler says")
  .parse()
  .opts<Flags>();

const out = output(process.stdout, process.stderr);
out.say(`Starting Wireroom on http://localhost:${flags.port} …`);
await runUntilShutdown(out, async () => {
  // Loaded after the first word, since it takes a while.
  const { serve, soundSite } = await import("./start/serve.ts");
  // Nobody would see that it is mended.
  if (!flags.watch) await soundSite();
  await serve({ command: "npm start --", state: resolve(state), ...flags }, out);
});
