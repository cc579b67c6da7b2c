// The Worker in Miniflare, with real bindings and nothing kept between runs. Every test of the running Worker starts
// one here; what a fresh isolate would see after an edit is read with `document`, without waiting for memory to age.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { createTestHarness, experimental_readRawConfig, type Unstable_RawConfig } from "wrangler";
import type { Env, Runtime } from "../../src/model/env.ts";
import type { StoredKey } from "../../src/model/feed.ts";
import type { Site } from "../../src/model/site.ts";
import { parseSite } from "../../src/site.ts";

process.env.WRANGLER_SEND_METRICS = "false";

const ROOT = join(import.meta.dirname, "../..");
const { resolve } = createRequire(join(ROOT, "wrangler.toml"));
const POLL_MILLISECONDS = 40;

/** The token that every harness accepts unless told otherwise. */
export const TOKEN = "test-token";
/** The public address that documents of a harness carry unless told otherwise. */
export const SITE_URL = "https://wire.test";

/** What differs from the Worker as it is deployed. */
export interface WorkerOptions {
  /** `SITE_URL`. */
  readonly siteUrl?: string;
  /** Secrets; by default `PUBLISH_TOKEN` alone. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Another entry than src/index.ts, absolute. */
  readonly main?: string;
  /** Another text than that of content/site.yaml. */
  readonly siteYaml?: string;
}

/** A response as it was on the wire: nothing decoded, nothing added. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Polls until `check` gives something; fails with `what` after `boundMilliseconds`. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  boundMilliseconds = 10_000,
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

/** Starts a Worker on 127.0.0.1. Close it in the end. */
export async function startWorker(options: WorkerOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), "wireroom-test-"));
  let configured = 0;
  const harness = createTestHarness({ root: ROOT, workers: [worker(options)] });
  let { url } = await harness.listen();
  await harness.getWorker<Env>().applyD1Migrations("DB");

  /** The bindings themselves; ask again after `reload`. */
  const env = () => harness.getWorker<Env>().getEnv();

  const api = (path: string, init: RequestInit = {}, token = TOKEN): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${token}`);
    return harness.fetch(`/api${path}`, { ...init, headers } as object) as unknown as Promise<Response>;
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
    get url(): string {
      return url.href.replace(/\/$/, "");
    },
    env,
    api,
    settled,
    fetch: (path: string, init: RequestInit = {}): Promise<Response> =>
      harness.fetch(path, init as object) as unknown as Promise<Response>,
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
    /** The document that KV holds once all is rebuilt: what every isolate that starts now serves. */
    async document(format: StoredKey["format"], feed: StoredKey["feed"] = "site"): Promise<string> {
      await settled();
      const name = `feed:${feed}:${format}`;
      const { CACHE } = await env();
      const { value, metadata } = await CACHE.getWithMetadata<{ gzipLength: number }>(name, "arrayBuffer");
      if (!value || !metadata) throw new Error(`KV holds no ${feed} as ${format}`);
      return gunzipSync(Buffer.from(value, 0, metadata.gzipLength)).toString();
    },
    /** Runs a cron trigger: each minute's unless told otherwise. */
    scheduled: (cron = "* * * * *") => harness.getWorker().scheduled({ cron, scheduledTime: new Date() }),
    /** New isolates over the same state, with other options if given: a deploy. */
    async reload(changes: WorkerOptions = {}): Promise<void> {
      await harness.update((before) => ({ ...before, workers: [worker({ ...options, ...changes })] }));
      ({ url } = await harness.listen());
    },
    /** A request whose bytes and headers nobody touches. */
    raw: (
      path: string,
      method = "GET",
      headers: Readonly<Record<string, string>> = {},
    ): Promise<RawResponse> => rawRequest(url.origin + path, method, headers),
    /** Every event that the Worker logged. */
    logs: (): readonly Readonly<Record<string, unknown>>[] =>
      harness.getLogs().flatMap(({ message }) => (message.startsWith("{") ? [JSON.parse(message)] : [])),
    debug: () => harness.debug(),
    async close(): Promise<void> {
      await harness.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };

  // A configuration outside the tree: no .dev.vars is read beside it, and aliases are not found from it.
  function worker({ siteUrl = SITE_URL, secrets = { PUBLISH_TOKEN: TOKEN }, main, siteYaml }: WorkerOptions) {
    const { rawConfig }: { rawConfig: Unstable_RawConfig } = experimental_readRawConfig({
      config: join(ROOT, "wrangler.toml"),
    });
    const configPath = join(directory, `wrangler-${++configured}.json`);
    const settings = join(directory, `site-${configured}.json`);
    writeFileSync(settings, JSON.stringify(siteOf(siteYaml)));
    const config = {
      ...rawConfig,
      $schema: undefined,
      main: main ?? join(ROOT, "src/index.ts"),
      // It makes one site.json for all; here each Worker has its own.
      build: undefined,
      d1_databases: rawConfig.d1_databases?.map((database) => ({
        ...database,
        migrations_dir: join(ROOT, "src/store/migrations"),
      })),
      // As many messages at once as when deployed, without the second that a batch waits for more.
      queues: {
        ...rawConfig.queues,
        consumers: rawConfig.queues?.consumers?.map((consumer) => ({ ...consumer, max_batch_timeout: 0 })),
      },
      alias: Object.fromEntries(
        Object.entries(rawConfig.alias ?? {}).map(([from, to]) => [
          from,
          from.endsWith("site.yaml") ? settings : resolve(to),
        ]),
      ),
      vars: { SITE_URL: siteUrl },
    };
    writeFileSync(configPath, JSON.stringify(config));
    return { configPath, secrets: { ...secrets } };
  }
}

/** What parts of the Worker are handed, for a test that calls them itself: bindings, and the settings of content/site.yaml. */
export function runtimeOf(env: Env, fingerprint = ""): Runtime {
  return { env, site: { ...siteOf(), url: SITE_URL }, fingerprint };
}

function siteOf(siteYaml = readFileSync(join(ROOT, "content/site.yaml"), "utf8")): Site {
  const site = parseSite(siteYaml);
  if (!site.ok) throw new Error(`the test's site.yaml is broken: ${JSON.stringify(site.problems)}`);
  return site.value;
}

/** A request whose bytes and headers nobody touches on this side. */
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
