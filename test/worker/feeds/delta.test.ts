// Deltas on the wire (RFC 3229): a client that names its version gets the new entries, and no cache stores the answer.

import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS, type Format } from "../../../src/formats/format.ts";
import { slugify } from "../../../src/lib/text.ts";
import { elementsOf, textsAt } from "../../formats/strict.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  for (const name of ["One", "Two", "Three"]) await publish(name);
});
afterAll(() => worker?.close());

async function publish(headline: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const response = await worker.put(slugify(headline), article({ headline, ...changes }));
  expect(response.status).toBeLessThan(300);
  await worker.settled();
}
const pathOf = (format: Format) => `/${FORMAT_FILES[format]}`;
const tagOf = async (format: Format) => (await worker.raw(pathOf(format))).headers.etag ?? "";
const poll = (format: Format, etag: string, more: Readonly<Record<string, string>> = {}, method = "GET") =>
  worker.raw(pathOf(format), method, { "A-IM": "feed", "If-None-Match": etag, ...more });
/** The headlines of a document. */
function headlines(format: Format, document: string): readonly string[] {
  if (format === "json") return JSON.parse(document).items.map(({ title }: { title: string }) => title);
  return textsAt(elementsOf(document), format === "rss" ? "rss/channel/item/title" : "feed/entry/title");
}

describe.each(FORMATS)("as %s", (format) => {
  it("is 304 while nothing is new", async () => {
    expect((await poll(format, await tagOf(format))).status).toBe(304);
  });

  it("is 226 with the new and the edited entry alone, and the tag of the whole document", async () => {
    const before = await tagOf(format);
    await publish(`Four ${format}`);
    await publish("Two", { headline: `Two, edited for ${format}` });
    const { status, headers, body } = await poll(format, before);
    expect(status).toBe(226);
    expect(headers).toMatchObject({
      im: "feed",
      "delta-base": before,
      etag: await tagOf(format),
      "cache-control": "no-store, im",
      "content-length": String(body.byteLength),
    });
    expect(headlines(format, body.toString()).toSorted()).toEqual([
      `Four ${format}`,
      `Two, edited for ${format}`,
    ]);
    const whole = (await worker.raw(pathOf(format))).body.toString();
    const envelope = (document: string) => document.slice(0, document.search(/<item>|<entry>|"items":/));
    expect(envelope(body.toString())).toBe(envelope(whole));
    expect((await poll(format, headers.etag ?? "")).status).toBe(304);
  });

  it("is gzipped for clients that accept it, and HEAD has the same headers without a body", async () => {
    const before = await tagOf(format);
    await publish(`Five ${format}`);
    const plain = await poll(format, before);
    const packed = await poll(format, before, { "Accept-Encoding": "gzip" });
    expect([packed.status, packed.headers["content-encoding"]]).toEqual([226, "gzip"]);
    expect(gunzipSync(packed.body).toString()).toBe(plain.body.toString());
    const head = await poll(format, before, {}, "HEAD");
    const { date: _, ...expected } = plain.headers;
    expect([head.status, head.headers, head.body.length]).toEqual([
      226,
      expect.objectContaining(expected),
      0,
    ]);
  });

  it("is a 200 with the whole feed for a client with none of our ETags", async () => {
    for (const etag of ['"foreign"', 'W/"999999-0123456789abcdef0123"', ""]) {
      const { status, headers } = await poll(format, etag);
      expect([status, headers.im, headers["cache-control"]]).toEqual([
        200,
        undefined,
        expect.stringContaining("max-age"),
      ]);
    }
  });
});

it("includes an article that was released since, though it was stored before", async () => {
  const published = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  await publish("Scheduled", { published });
  const before = await tagOf("rss");
  await publish("Another");
  const { DB } = await worker.env();
  const out = "2025-01-01T00:00:00Z";
  await DB.prepare(
    `UPDATE article_terms SET visible_from = '${out}' WHERE visible_from = '${published}'`,
  ).run();
  await DB.prepare(`UPDATE feeds SET next_change = '${out}' WHERE next_change IS NOT NULL`).run();
  await worker.scheduled();
  await worker.settled();
  await worker.reload();
  const { status, body } = await poll("rss", before);
  expect([status, headlines("rss", body.toString()).toSorted()]).toEqual([226, ["Another", "Scheduled"]]);
});

it("has only a tombstone if an article was only removed", async () => {
  const before = await tagOf("atom");
  await worker.del("one", "silent=true");
  await worker.settled();
  const { status, body } = await poll("atom", before);
  expect(status).toBe(226);
  expect(headlines("atom", body.toString())).toEqual([]);
  expect(body.toString()).toContain("deleted-entry");
});
