// Readers poll all feeds at once while a newsroom publishes and edits, and cron runs. There is no error, every document is
// complete, and one isolate never serves an older edition of an article after a newer one.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildWorker } from "../worker/direct.ts";
import { type KillableWorker, startKillable } from "../worker/killable.ts";
import { documentsOf, feedsOf, put, readEntries, send } from "../worker/newsroom.ts";

const LOAD_MILLISECONDS = 60_000;
const CONNECTIONS = 16;
const ARTICLES_A_SECOND = 5;
const CRON_MILLISECONDS = 5000;
const BOUND_MILLISECONDS = 240_000;
/** Number of articles before the load: enough for an archive page, and for articles in every feed. */
const PUBLISHED_BEFORE = 110;
/** Numbers of the articles that are edited. Their dates are later than all others, so they never leave a feed. */
const EDITED = [900_000, 900_001, 900_004, 900_011];

const FEEDS = Array.from({ length: 12 }, (_, index) => feedsOf(index)).flat();
const PATHS = [...new Set(["", "/archive/1", ...FEEDS])].flatMap(documentsOf).slice(0, 50);
const GZIPPED = { "Accept-Encoding": "gzip" };

let folders: readonly string[] = [];
let worker: KillableWorker;
let end = 0;
const isOver = () => Date.now() >= end;

beforeAll(async () => {
  folders = [buildWorker(), mkdtempSync(join(tmpdir(), "wireroom-load-"))];
  worker = await startKillable(folders[0] ?? "", folders[1] ?? "");
  for (let index = 0; index < PUBLISHED_BEFORE; index++) await publish(index, 1);
  for (const index of EDITED) await publish(index, 1);
}, BOUND_MILLISECONDS);
afterAll(async () => {
  await worker?.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function publish(index: number, edition: number): Promise<void> {
  expect(await send(worker.url, put(index, edition)), `edition ${edition} of ${index}`).toBeDefined();
}

/** Publishes new articles and, every other time, an edition of an `EDITED` one. Returns how many. */
async function newsroom(): Promise<number> {
  let sent = 0;
  for (const start = Date.now(); !isOver(); sent++) {
    const at = Math.floor(sent / 2);
    if (sent % 2 === 0) await publish(PUBLISHED_BEFORE + at, 1);
    else await publish(EDITED[at % EDITED.length] ?? 0, 2 + Math.floor(at / EDITED.length));
    await pause(Math.max(0, start + (sent * 1000) / ARTICLES_A_SECOND - Date.now()));
  }
  return sent;
}

async function cron(): Promise<number> {
  let runs = 0;
  for (; !isOver(); runs++) {
    await worker.nextMinute();
    await pause(CRON_MILLISECONDS);
  }
  return runs;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(agent: Agent, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(worker.url + path, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    }).on("error", reject);
  });
}

/** The editions of `EDITED` articles in each document that was parsed. */
const readBefore = new Map<string, ReadonlyMap<number, number>>();

/** Parses a document, equal bytes only once. @throws Error, if the document is incomplete */
function editionsIn(path: string, bytes: Buffer): ReadonlyMap<number, number> {
  const name = path + createHash("sha256").update(bytes).digest("hex");
  const known = readBefore.get(name);
  if (known) return known;
  const titles = readEntries(path, bytes.toString()).map(({ title }) =>
    /^Story (\d+), edition (\d+)$/.exec(title),
  );
  const editions = new Map(
    titles
      .map((title): [number, number] => [Number(title?.[1]), Number(title?.[2])])
      .filter(([index]) => EDITED.includes(index)),
  );
  readBefore.set(name, editions);
  return editions;
}

/** The highest edition in a completed answer, by address and article. */
const seen = new Map<string, ReadonlyMap<number, number>>();
const tags = new Map<string, string>();
const counts = { ok: 0, notModified: 0, newEditions: 0 };

/** Reads one address after the other on its own connection: plain, gzipped, or with If-None-Match. */
async function connection(number: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let turn = number; !isOver(); turn++) {
      const path = PATHS[(turn * 7) % PATHS.length] ?? "";
      const tag = tags.get(path);
      const condition = turn % 3 === 0 && tag ? { "If-None-Match": tag } : {};
      // Answers overtake each other, so compare only with answers that had arrived before this request.
      const before = seen.get(path);
      const { status, headers, body } = await ask(agent, path, {
        ...condition,
        ...(turn % 2 === 0 ? GZIPPED : {}),
      });
      expect([path, status, headers.etag]).toEqual([
        path,
        "If-None-Match" in condition ? expect.toBeOneOf([200, 304]) : 200,
        expect.stringMatching(/^W\/"\d+-[0-9a-f]+"$/),
      ]);
      tags.set(path, headers.etag ?? "");
      if (status === 304) {
        expect([path, headers.etag, body.length]).toEqual([path, tag, 0]);
        counts.notModified++;
        continue;
      }
      counts.ok++;
      const editions = editionsIn(path, headers["content-encoding"] === "gzip" ? gunzipSync(body) : body);
      for (const [index, edition] of before ?? [])
        expect(editions.get(index), `story ${index} in ${path}`).toBeGreaterThanOrEqual(edition);
      const highest = new Map(seen.get(path));
      for (const [index, edition] of editions) {
        if (edition <= (highest.get(index) ?? 0)) continue;
        highest.set(index, edition);
        if (edition > 1) counts.newEditions++;
      }
      seen.set(path, highest);
    }
  } finally {
    agent.destroy();
  }
}

it(
  `answers ${CONNECTIONS} connections on ${PATHS.length} feeds without an error or an older edition`,
  async () => {
    expect(PATHS).toHaveLength(50);
    end = Date.now() + LOAD_MILLISECONDS;
    const readers = Array.from({ length: CONNECTIONS }, (_, number) => connection(number));
    const [published, runs] = await Promise.all([newsroom(), cron(), ...readers]);
    console.log({ published, runs, documents: readBefore.size, ...counts });
    // Every kind of request occurred.
    for (const count of [published, runs, ...Object.values(counts)]) expect(count).toBeGreaterThan(0);
  },
  BOUND_MILLISECONDS,
);
