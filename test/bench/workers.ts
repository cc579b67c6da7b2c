// The built Worker and bare Workers side by side in one Miniflare, on direct sockets. Miniflare's entry proxy takes so much
// time that a Worker that is five times slower would look 1.3 times slower.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { migrate } from "../worker/direct.ts";
import { serving } from "../worker/static-files.ts";

/**
 * Limit of the gzipped Worker: a little above its present size. docs/decisions/0024-one-worker.md has the original goal and
 * the sizes of the parts.
 */
export const BUNDLE_LIMIT_BYTES = 291_500;

/** Linux reports CPU time in hundredths of a second. */
const TICK_MILLISECONDS = 10;
export const COMPATIBILITY_DATE = "2026-11-17";
/** Bearer token of the measured Worker. */
export const TOKEN = "bench";
/** The public address of the measured Worker. */
export const SITE_URL = "https://bench.example.com";

/** A bare Worker's answers: one body, one set of headers. */
export interface BareAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** The running Workers. */
export interface Workers {
  /** Base URL of a Worker's direct socket. */
  readonly url: (name: string) => Promise<string>;
  readonly db: D1Database;
  /** Process id of workerd, in which all of them run. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Builds the Worker. Returns the folder, and the upload's sizes in bytes. */
export function buildWorker(): {
  readonly folder: string;
  readonly bytes: number;
  readonly gzipBytes: number;
} {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-bench-"));
  execFileSync("wrangler", ["deploy", "--dry-run", "--outdir", folder], { stdio: "pipe" });
  const files = readdirSync(folder).filter((name) => !name.endsWith(".map") && name !== "README.md");
  const contents = files.map((name) => readFileSync(join(folder, name)));
  return {
    folder,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzipBytes: contents.reduce((sum, content) => sum + gzipSync(content).length, 0),
  };
}

/**
 * Starts the built Worker, and one bare Worker for each of `bare`. Without `rebuilds` the queue has no consumer: a stale
 * document is built when it is requested. With `store`, a folder, all data is kept there.
 */
export async function startWorkers(
  folder: string,
  bare: Readonly<Record<string, BareAnswer>> = {},
  { rebuilds = true, store }: { readonly rebuilds?: boolean; readonly store?: string } = {},
): Promise<Workers> {
  const before = new Set(workerdProcesses());
  const socket = {
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    compatibilityDate: COMPATIBILITY_DATE,
  };
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      // Print only errors, not thousands of lines.
      handleStructuredLogs: ({ message }) => {
        if (!/^\{"event":"(?!error")/.test(message)) console.error(message);
      },
      workers: [
        {
          ...socket,
          name: "wireroom",
          modules: modulesOf(folder),
          bindings: { PUBLISH_TOKEN: TOKEN, SITE_URL },
          d1Databases: { DB: "bench" },
          kvNamespaces: { CACHE: "bench" },
          r2Buckets: { MEDIA: "bench" },
          durableObjects: {
            FEEDS: { className: "FeedObject", useSQLite: true },
            PARTNERS: { className: "PartnerObject", useSQLite: true },
          },
          serviceBindings: { ASSETS: serving() },
          queueProducers: { REBUILDS: "rebuilds", RENDERS: "renders", DELIVERIES: "deliveries" },
          ...(rebuilds ? { queueConsumers: { rebuilds: { maxBatchSize: 2, maxBatchTimeout: 0 } } } : {}),
        },
        ...Object.entries(bare).map(([name, answer]) => ({
          ...socket,
          name,
          modules: true,
          script: bareScript(answer),
        })),
      ],
    }),
    ...(store === undefined ? {} : { resourcePersistencePath: store }),
  });
  await miniflare.ready;
  const pid = workerdProcesses().find((one) => !before.has(one));
  if (pid === undefined) throw new Error("workerd is not among the processes");
  const db = await miniflare.getD1Database("DB", "wireroom");
  await migrate(db);
  return {
    url: async (name) => String(await miniflare.unsafeGetDirectURL(name)).replace(/\/$/, ""),
    db,
    pid,
    stop: () => miniflare.dispose(),
  };
}

/** Stores an article or a policy: `articles/slug`, `partners/id`. @throws Error, if it is refused */
export async function put(base: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${base}/api/${path}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
}

/** Ids of the workerd processes that this process has started. Works on Linux only (`/proc`). */
function workerdProcesses(): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    const [, command, parent] = /^\d+ \((.*)\) \S (\d+)/.exec(statOf(name)) ?? [];
    return command === "workerd" && Number(parent) === process.pid ? [Number(name)] : [];
  });
}

/** Milliseconds of CPU time that a process has used, in steps of ten. */
export function cpuMilliseconds(pid: number): number {
  const fields = statOf(String(pid))
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS;
}

// A process may end before its file is read.
function statOf(name: string): string {
  try {
    return /^\d+$/.test(name) ? readFileSync(`/proc/${name}/stat`, "utf8") : "";
  } catch {
    return "";
  }
}

/** The modules of the built Worker. */
export const modulesOf = (folder: string) => [
  { type: "ESModule" as const, path: "index.js", contents: readFileSync(join(folder, "index.js"), "utf8") },
];

function bareScript({ status, headers, body }: BareAnswer): string {
  const encoded = headers.some(([name]) => name.toLowerCase() === "content-encoding");
  return `const body = Uint8Array.from(atob("${body.toString("base64")}"), (c) => c.charCodeAt(0));
    const headers = new Headers(${JSON.stringify(headers)});
    const init = { status: ${status}, headers${encoded ? ', encodeBody: "manual"' : ""} };
    export default { fetch() { return new Response(${status === 304 ? "null" : "body"}, init); } };`;
}
