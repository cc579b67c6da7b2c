// `npm start`: runs the Worker with its databases and crons on this machine, publishes content/, and
// publishes again what changes. However it ends, it ends every process that it started.

import { userInfo } from "node:os";
import { resolve } from "node:path";
import { Command } from "commander";
import type { Client } from "./client.ts";
import { readPort } from "./start/port.ts";
import { runUntilShutdown } from "./start/shutdown.ts";
import { output } from "./terminal.ts";

interface Flags {
  readonly port: number;
  readonly state: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
}

const { state, ...flags } = new Command("npm start --")
  .description("Run Wireroom on this machine, with everything in content/ published.")
  .option("--port <number>", "the port to listen on", readPort, 8787)
  .option("--state <dir>", "the folder of the local databases", ".wireroom")
  .option("--no-watch", "publish once, and don't watch content/")
  .option("--verbose", "show wrangler's output")
  .parse()
  .opts<Flags>();

const out = output(process.stdout, process.stderr);
out.say(`Starting Wireroom on http://localhost:${flags.port} …`);
await runUntilShutdown(out, async () => {
  // Loading takes a while, so it comes after the first line of output.
  const { serve, readValidSite } = await import("./start/serve.ts");
  // Without watching, a corrected site.yaml would not be noticed.
  if (!flags.watch) await readValidSite();
  // At home nobody needs an account: the link signs this machine's user in.
  const about = async (client: Client) => ({ Desk: (await client.invite(userInfo().username, "admin")).url });
  await serve({ command: "npm start --", state: resolve(state), about, ...flags }, out);
});
