// Starts the Worker in Miniflare, with real bindings and an empty state. Every test of the running Worker uses it. `document`
// reads what a new isolate would serve after an edit, without waiting until an isolate's copy expires.

import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { inject } from "vitest";
import type { Env, Runtime } from "../../src/env.ts";
import type { StoredKey } from "../../src/feeds/feed.ts";
import { IsolateCache } from "../../src/isolate.ts";
import type { Translations } from "../../src/lib/translations.ts";
import { type BundleName, modulesOf, OPTIONS_FILE, readSite } from "./bundle-files.ts";
import { migrate } from "./direct.ts";
import { type StaticFiles, serving } from "./static-files.ts";

const NAME = "wireroom";
const POLL_MILLISECONDS = 20;
/** No test depends on speed; on a busy machine any step may take this long. */
const PATIENCE_MILLISECONDS = 100_000;

/** The token that every harness accepts unless told otherwise. */
export const TOKEN = "test-token";
/** The public address that documents of a harness carry unless told otherwise. */
export const SITE_URL = "https://wire.test";

/** Differences from the deployed Worker. */
export interface WorkerOptions {
  /** `SITE_URL`. */
  readonly siteUrl?: string;
  /** Secrets; by default `PUBLISH_TOKEN` alone. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Another bundle than that of src/index.ts. */
  readonly bundle?: BundleName;
  /** Another text than that of content/site.yaml. */
  readonly siteYaml?: string;
  /** The desk's texts in another language than English. */
  readonly translations?: Translations;
  /** Folder of the bundles; by default that of the test run. */
  readonly folder?: string;
  /** Static files for the Worker, besides those that the build always writes. */
  readonly assets?: StaticFiles;
  /** Answers the Worker's outgoing requests. */
  readonly outbound?: (request: { readonly url: string }) => Response | Promise<Response>;
  /** How long feeds' objects gather changes; by default not at all. */
  readonly gatherMilliseconds?: number;
}

/** A response as it was on the wire, not decoded. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Polls until `check` returns a value; fails with `what` after `boundMilliseconds`. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  boundMilliseconds = PATIENCE_MILLISECONDS,
): Promise<T> {
  const end = Date.now() + boundMilliseconds;
  for (;;) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`not within ${boundMilliseconds} ms: ${what}`);
    await pause(POLL_MILLISECONDS);
  }
}

/** A running Worker, migrated and empty. */
export type RunningWorker = Awaited<ReturnType<typeof startWorker>>;

/** Starts a Worker on a direct socket on 127.0.0.1, without Miniflare's entry proxy. Close it at the end. */
export async function startWorker(options: WorkerOptions = {}) {
  const port = await freePort();
  const logged: string[] = [];
  const miniflare = new Miniflare(configuration(options, port, logged));
  await miniflare.ready;
  const url = `http://127.0.0.1:${port}`;
  await migrate((await miniflare.getD1Database("DB", NAME)) as unknown as D1Database);

  /** The bindings themselves; ask again after `reload`. */
  const env = () => miniflare.getBindings<Env>(NAME);
  const fetchHere = (path: string, init: RequestInit = {}): Promise<Response> => fetch(url + path, init);

  const api = (path: string, init: RequestInit = {}, token = TOKEN): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token}`);
    return fetchHere(`/api${path}`, { ...init, headers });
  };

  /** Resolves once no document is stale any more. */
  const settled = (boundMilliseconds?: number): Promise<true> =>
    until(
      "every stale mark is cleared",
      async () => {
        const sql = "SELECT count(*) AS rows, count(stale_since) AS stale FROM feeds";
        const found = await (await env()).DB.prepare(sql).first<{ rows: number; stale: number }>();
        return found !== null && found.rows > 0 && found.stale === 0;
      },
      boundMilliseconds,
    );

  return {
    url,
    env,
    api,
    settled,
    fetch: fetchHere,
    /** PUT of an article. */
    put: (
      slug: string,
      article: unknown,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Response> =>
      api(`/articles/${slug}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(article),
      }),
    /** DELETE of an article; `query` without its question mark. */
    del: (slug: string, query = ""): Promise<Response> =>
      api(`/articles/${slug}?${query}`, { method: "DELETE" }),
    /** The document in KV once everything is rebuilt: what a new isolate serves. */
    async document(format: StoredKey["format"], feed: StoredKey["feed"] = "site"): Promise<string> {
      await settled();
      const name = `feed:${feed}:${format}`;
      const { CACHE } = await env();
      const { value, metadata } = await CACHE.getWithMetadata<{ gzipLength: number }>(name, "arrayBuffer");
      if (!value || !metadata) throw new Error(`KV holds no ${feed} as ${format}`);
      return gunzipSync(Buffer.from(value, 0, metadata.gzipLength)).toString();
    },
    /** Runs a cron trigger: each minute's unless told otherwise. */
    scheduled: async (cron = "* * * * *") =>
      (await miniflare.getWorker(NAME)).scheduled({ cron, scheduledTime: new Date() }),
    /** A deploy: new isolates over the same state, with other options if given. */
    reload: (changes: WorkerOptions = {}): Promise<void> =>
      miniflare.setOptions(configuration({ ...options, ...changes }, port, logged)),
    /** Sends a request without changing its bytes and headers. */
    raw: (
      path: string,
      method = "GET",
      headers: Readonly<Record<string, string>> = {},
    ): Promise<RawResponse> => rawRequest(url + path, method, headers),
    /** Every event that the Worker logged. */
    logs: (): readonly Readonly<Record<string, unknown>>[] =>
      logged.flatMap((message) => (message.startsWith("{") ? [JSON.parse(message)] : [])),
    close: () => miniflare.dispose(),
  };
}

function configuration(options: WorkerOptions, port: number, logged: string[]) {
  const {
    siteUrl = SITE_URL,
    secrets = { PUBLISH_TOKEN: TOKEN },
    bundle = "index",
    siteYaml,
    translations,
  } = options;
  const { folder = inject("bundles"), gatherMilliseconds = 0, assets, outbound } = options;
  const { queueConsumers, ...bindings } = JSON.parse(readFileSync(join(folder, OPTIONS_FILE), "utf8"));
  // The same batch size as when deployed, but batches don't wait a second for more messages.
  const eager = Object.entries(queueConsumers).map(([name, consumer]) => [
    name,
    { ...(consumer as object), maxBatchTimeout: 0 },
  ]);
  return convertV4MiniflareOptions({
    handleStructuredLogs: ({ message }) => void logged.push(message),
    workers: [
      {
        ...bindings,
        name: NAME,
        ...(outbound ? { outboundService: outbound } : {}),
        unsafeDirectSockets: [{ host: "127.0.0.1", port }],
        modules: [
          {
            type: "ESModule",
            path: "index.js",
            contents: readFileSync(join(folder, `${bundle}.js`), "utf8"),
          },
          ...Array.from(modulesOf(readSite(siteYaml), translations), ([path, contents]) => ({
            type: "ESModule" as const,
            path,
            contents,
          })),
        ],
        bindings: { SITE_URL: siteUrl, GATHER_MILLISECONDS: String(gatherMilliseconds), ...secrets },
        queueConsumers: Object.fromEntries(eager),
        serviceBindings: { ...bindings.serviceBindings, ASSETS: serving(assets) },
      },
    ],
  });
}

/** A free port. It stays the same when a Worker is reloaded, since documents may contain its address. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** What parts of the Worker are handed, for a test that calls them itself: bindings, and the settings of content/site.yaml. */
export function runtimeOf(env: Env, fingerprint = ""): Runtime {
  return { env, site: { ...readSite(), url: SITE_URL }, fingerprint, isolate: new IsolateCache() };
}

/** Sends a request without changing its bytes and headers on this side. */
export function rawRequest(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}
