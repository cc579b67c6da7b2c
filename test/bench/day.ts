// What a reader takes over a day: 96 polls, and 10 new articles between them. Bytes as they come over the wire, gzipped.

import { request } from "node:http";
import { benchArticle } from "./prose.ts";
import type { Row } from "./table.ts";
import { put, startWorkers } from "./workers.ts";

const POLLS = 96;
const NEW_ARTICLES = 10;
const STORED = 60;
const ARTICLE_WORDS = 700;

/** Two rows: a reader that takes deltas, against one that fetches all each time and one that only asks for 304. */
export async function benchDay(folder: string): Promise<readonly Row[]> {
  const workers = await startWorkers(folder);
  try {
    const base = await workers.url("wireroom");
    for (let n = 0; n < STORED; n++) await put(base, `articles/stored-${n}`, benchArticle(n, ARTICLE_WORDS));
    const readers = {
      full: reader(base, {}),
      conditional: reader(base, { tags: true }),
      delta: reader(base, { tags: true, delta: true }),
    };
    for (const read of Object.values(readers)) await read();
    const bytes = { full: 0, conditional: 0, delta: 0 };
    const every = Math.floor(POLLS / NEW_ARTICLES);
    for (let poll = 0; poll < POLLS; poll++) {
      if (poll % every === 0 && poll / every < NEW_ARTICLES) {
        await put(base, `articles/new-${poll}`, benchArticle(STORED + poll, ARTICLE_WORDS));
      }
      for (const name of Object.keys(readers) as (keyof typeof readers)[])
        bytes[name] += await readers[name]();
    }
    const kilobytes = (count: number) => `${Math.round(count / 1000)} kB`;
    const row = (against: "full" | "conditional", name: string, limit: number): Row => ({
      what: `a day of ${POLLS} polls and ${NEW_ARTICLES} new articles: bytes with deltas (${kilobytes(bytes.delta)}) against ${name} (${kilobytes(bytes[against])})`,
      figure: (bytes.delta / bytes[against]).toFixed(3),
      goal: `≤ ${limit}`,
      met: bytes.delta / bytes[against] <= limit,
    });
    return [row("full", "full fetches", 0.02), row("conditional", "304 alone", 0.2)];
  } finally {
    await workers.stop();
  }
}

/** A reader that remembers the tag it was given; each call polls once and gives the bytes that came: head and body. */
function reader(base: string, { tags = false, delta = false }): () => Promise<number> {
  let etag: string | undefined;
  return () =>
    new Promise((resolve, reject) => {
      const headers = {
        "Accept-Encoding": "gzip",
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
