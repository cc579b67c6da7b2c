// Bytes that a reader downloads in a day of 96 polls and 10 new articles, as they come over the wire.

import { request } from "node:http";
import { benchArticle } from "./prose.ts";
import type { Row } from "./table.ts";
import { put, startWorkers } from "./workers.ts";

const POLLS = 96;
const NEW_ARTICLES = 10;
const STORED = 60;
const ARTICLE_WORDS = 700;

/** Rows: four readers (in full, gzipped, gzipped with 304s, gzipped with deltas), and deltas compared with the others. */
export async function benchDay(folder: string): Promise<readonly Row[]> {
  const workers = await startWorkers(folder);
  try {
    const base = await workers.url("wireroom");
    for (let n = 0; n < STORED; n++) await put(base, `articles/stored-${n}`, benchArticle(n, ARTICLE_WORDS));
    const readers = {
      full: reader(base, {}),
      gzip: reader(base, { gzip: true }),
      conditional: reader(base, { gzip: true, tags: true }),
      delta: reader(base, { gzip: true, tags: true, delta: true }),
    };
    for (const read of Object.values(readers)) await read();
    const bytes = { full: 0, gzip: 0, conditional: 0, delta: 0 };
    const every = Math.floor(POLLS / NEW_ARTICLES);
    for (let poll = 0; poll < POLLS; poll++) {
      if (poll % every === 0 && poll / every < NEW_ARTICLES) {
        await put(base, `articles/new-${poll}`, benchArticle(STORED + poll, ARTICLE_WORDS));
      }
      for (const name of Object.keys(readers) as (keyof typeof readers)[])
        bytes[name] += await readers[name]();
    }
    const kilobytes = (name: keyof typeof bytes) => `${Math.round(bytes[name] / 1000)} kB`;
    const day = `a day of ${POLLS} polls and ${NEW_ARTICLES} new articles`;
    const against = (name: "gzip" | "conditional", label: string, limit: number): Row => ({
      what: `${day}: bytes with deltas against ${label}`,
      figure: (bytes.delta / bytes[name]).toFixed(3),
      goal: `≤ ${limit}`,
      met: bytes.delta / bytes[name] <= limit,
    });
    return [
      {
        what: `${day}: in full, gzipped, with 304, with deltas too`,
        figure: [kilobytes("full"), kilobytes("gzip"), kilobytes("conditional"), kilobytes("delta")].join(
          ", ",
        ),
        goal: "—",
      },
      against("gzip", "full fetches, gzipped", 0.02),
      against("conditional", "304 alone", 0.2),
    ];
  } finally {
    await workers.stop();
  }
}

/** A reader that keeps its ETag. Each call polls once, and returns the bytes received, headers included. */
function reader(base: string, { gzip = false, tags = false, delta = false }): () => Promise<number> {
  let etag: string | undefined;
  return () =>
    new Promise((resolve, reject) => {
      const headers = {
        ...(gzip ? { "Accept-Encoding": "gzip" } : {}),
        ...(tags && etag !== undefined ? { "If-None-Match": etag } : {}),
        ...(delta ? { "A-IM": "feed" } : {}),
      };
      const sent = request(`${base}/rss.xml`, { headers }, (response) => {
        let bytes = response.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
        etag = response.headers.etag;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on("error", reject);
        response.on("end", () => resolve(bytes));
      });
      sent.on("error", reject);
      sent.end();
    });
}
