// Requests a second of a feed, a 304 and a page, against a bare Worker that returns the same bytes.

import { execFileSync } from "node:child_process";
import { request } from "node:http";
import { benchArticle } from "./prose.ts";
import { median, type Row } from "./table.ts";
import { type BareAnswer, startWorkers, TOKEN } from "./workers.ts";

const ROUNDS = 5;
// Other processes can only slow a measurement down, so a round takes the best of several tries, in turns.
const TRIES = 6;
const SECONDS = 1;
const CONNECTIONS = 16;
const ARTICLES = 60;
const ARTICLE_WORDS = 700;

interface Case {
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Runs every case with our Worker and a bare one in turns; the ratio is the median over the rounds. */
export async function benchHttp(folder: string): Promise<readonly Row[]> {
  const first = await startWorkers(folder);
  const cases: Case[] = [];
  const twins: Record<string, BareAnswer> = {};
  try {
    await fill(await first.url("wireroom"));
    const base = await first.url("wireroom");
    const { headers } = await ask(base, { name: "", path: "/rss.xml", headers: {} });
    const etag = headers.find(([name]) => name.toLowerCase() === "etag")?.[1] ?? "";
    cases.push(
      { name: "feed, gzip", path: "/rss.xml", headers: { "Accept-Encoding": "gzip" } },
      { name: "feed, identity", path: "/rss.xml", headers: {} },
      { name: "feed, 304", path: "/rss.xml", headers: { "If-None-Match": etag } },
      { name: "article page", path: "/articles/report-7", headers: {} },
    );
    for (const [index, one] of cases.entries()) twins[`bare-${index}`] = await ask(base, one);
  } finally {
    await first.stop();
  }

  const workers = await startWorkers(folder, twins);
  try {
    const ours = await workers.url("wireroom");
    await fill(ours);
    const ratios = cases.map((): number[] => []);
    for (let round = -1; round < ROUNDS; round++) {
      for (const [index, one] of cases.entries()) {
        const bareUrl = await workers.url(`bare-${index}`);
        let [mine, bare] = [0, 0];
        for (let attempt = 0; attempt < TRIES; attempt++) {
          bare = Math.max(bare, load(bareUrl, one));
          mine = Math.max(mine, load(ours, one));
        }
        // Rounds below 0 are the warm-up.
        if (round >= 0) ratios[index]?.push(mine / bare);
      }
    }
    return cases.map(({ name }, index): Row => {
      const ratio = median(ratios[index] ?? []);
      return {
        what: `${name}: requests/s against a bare Worker`,
        figure: ratio.toFixed(2),
        goal: "≥ 0.85",
        met: ratio >= 0.85,
      };
    });
  } finally {
    await workers.stop();
  }
}

async function fill(base: string): Promise<void> {
  for (let index = 0; index < ARTICLES; index++) {
    const response = await fetch(`${base}/api/articles/report-${index}`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify(benchArticle(index, ARTICLE_WORDS)),
    });
    if (!response.ok) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
  }
}

/** Sends one request; the body isn't decoded. */
function ask(base: string, { path, headers }: Case): Promise<BareAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(base + path, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const skipped = new Set(["connection", "keep-alive", "transfer-encoding", "date"]);
        const pairs = Object.entries(response.headers).flatMap(([name, value]) =>
          skipped.has(name) || value === undefined ? [] : [[name, String(value)] as const],
        );
        resolve({ status: response.statusCode ?? 0, headers: pairs, body: Buffer.concat(chunks) });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Requests a second, measured by wrk. */
function load(base: string, { path, headers }: Case): number {
  const flags = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const output = execFileSync("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...flags, base + path], {
    encoding: "utf8",
  });
  if (/Non-2xx or 3xx/.test(output)) throw new Error(`not every response was good:\n${output}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
}
