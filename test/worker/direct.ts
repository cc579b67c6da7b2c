// The built Worker in Miniflare itself: on a socket of its own, so that no front door decodes or adds anything, and with
// its state in a folder, so that another process can go on from there. Run as a program it prints its address and stays;
// killable.ts starts it so, and has it do what a `Command` says:
//
//   node direct.ts BUILD STATE

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare, Response } from "miniflare";
import type { Env } from "../../src/env.ts";
import { SETTINGS_MODULES } from "./bundle-files.ts";
import { serving } from "./static-files.ts";

const ROOT = join(import.meta.dirname, "../..");
const MIGRATIONS = join(ROOT, "src/migrations");
/** The token of its API. */
export const TOKEN = "test-token";

/** Builds the Worker as a deploy does; the folder that it is in. */
export function buildWorker(): string {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-build-"));
  const environment = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  const command = join(ROOT, "node_modules/.bin/wrangler");
  execFileSync(command, ["deploy", "--dry-run", "--outdir", folder], {
    cwd: ROOT,
    env: environment,
    stdio: "pipe",
  });
  return folder;
}

/** A Worker on its own socket. */
export interface DirectWorker {
  readonly url: string;
  readonly database: () => Promise<D1Database>;
  /** The bindings themselves. */
  readonly env: () => Promise<Env>;
  /** Runs a cron trigger: each minute's unless told otherwise. */
  readonly scheduled: (cron?: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What the program does for its parent: run a cron trigger, or SQL whose rows it sends back. */
export type Command = { readonly cron: string } | { readonly sql: string };

/**
 * Starts a Worker, built or bundled, on the state in a folder, made if missing. Offline, whoever it calls is gone.
 * `bundle` is another entry than that of src/index.ts, where the folder has one.
 */
export async function startDirect(
  build: string,
  state: string,
  siteUrl = "https://wire.test",
  secrets: Readonly<Record<string, string>> = {},
  isOffline = false,
  bundle = "index",
): Promise<DirectWorker> {
  const files = readdirSync(build);
  const modules = (isOne: (name: string) => boolean) =>
    files.filter(isOne).map((name) => ({
      type: "ESModule" as const,
      path: name,
      contents: readFileSync(join(build, name), "utf8"),
    }));
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      workers: [
        {
          name: "wireroom",
          compatibilityDate: "2026-11-17",
          unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
          modules: [
            ...modules((name) => name === `${bundle}.js`),
            ...modules((name) => SETTINGS_MODULES.has(name)),
          ],
          bindings: { PUBLISH_TOKEN: TOKEN, SITE_URL: siteUrl, GATHER_MILLISECONDS: "0", ...secrets },
          d1Databases: { DB: "wireroom" },
          kvNamespaces: { CACHE: "wireroom" },
          r2Buckets: { MEDIA: "wireroom" },
          durableObjects: {
            FEEDS: { className: "FeedObject", useSQLite: true },
            PARTNERS: { className: "PartnerObject", useSQLite: true },
          },
          images: { binding: "IMAGES" },
          serviceBindings: { ASSETS: serving() },
          ...(isOffline ? { outboundService: () => new Response(null, { status: 410 }) } : {}),
          queueProducers: { REBUILDS: "rebuilds", RENDERS: "renders", DELIVERIES: "deliveries" },
          queueConsumers: {
            rebuilds: { maxBatchSize: 2, maxBatchTimeout: 0 },
            renders: { maxBatchSize: 1, maxBatchTimeout: 0 },
            deliveries: { maxBatchSize: 1, maxBatchTimeout: 0 },
          },
        },
      ],
    }),
    resourcePersistencePath: state,
  });
  await miniflare.ready;
  const database = () => miniflare.getD1Database("DB", "wireroom");
  await migrate(await database());
  const url = await miniflare.unsafeGetDirectURL("wireroom");
  const scheduled = async (cron = "* * * * *") =>
    (await miniflare.getWorker("wireroom")).scheduled({ cron, scheduledTime: new Date() });
  const env = () => miniflare.getBindings<Env>("wireroom");
  return { url: url.href.replace(/\/$/, ""), database, env, scheduled, close: () => miniflare.dispose() };
}

/** Makes the tables of an empty database. */
export async function migrate(db: D1Database): Promise<void> {
  if (await db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'articles'").first()) return;
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const sql = readFileSync(join(MIGRATIONS, name), "utf8").replace(/--.*$/gm, "");
    await db.batch(sql.split(";").flatMap((part) => (part.trim() === "" ? [] : [db.prepare(part)])));
  }
}

if (import.meta.main) {
  const [build = "", state = ""] = process.argv.slice(2);
  const { url, database, scheduled } = await startDirect(build, state);
  const obey = async (command: Command): Promise<unknown> =>
    "cron" in command
      ? scheduled(command.cron)
      : (await (await database()).prepare(command.sql).all()).results;
  process.on("message", ({ id, command }: { id: number; command: Command }) => {
    obey(command).then(
      (result) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
  // Whoever started it is gone.
  process.on("disconnect", () => process.exit());
  console.log(url);
}
