// The HTTP headers and bytes of feeds, as they are on the wire.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { type RawResponse, type RunningWorker, startWorker } from "../harness.ts";

const PATHS = FORMATS.map((format) => `/${FORMAT_FILES[format]}`);
const XML_PATHS = ["/rss.xml", "/atom.xml"];
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  "/rss.xml": "application/rss+xml",
  "/atom.xml": "application/atom+xml",
  "/feed.json": "application/feed+json",
};

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.put("story", article({ headline: "Grüße, 世界 🌍", bylines: ["david-choi"] }));
  await worker.settled();
});
afterAll(() => worker?.close());

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  worker.raw(path, "GET", headers);
const shown = ({ status, headers: { date: _, connection: __, ...headers }, body }: RawResponse) => ({
  status,
  headers,
  body: body.toString("latin1"),
});

describe.each(PATHS)("%s", (path) => {
  it("has its media type with UTF-8, and nosniff", async () => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(`${MEDIA_TYPES[path]}; charset=utf-8`);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  it("has no byte order mark or white space at its start", async () => {
    const { body } = await get(path);
    expect(body[0]).toBe((path === "/feed.json" ? "{" : "<").charCodeAt(0));
    expect(body.toString()).toContain("Grüße, 世界 🌍");
  });

  it("says its length, whatever the coding", async () => {
    for (const coding of ["identity", "gzip"]) {
      const { headers, body } = await get(path, { "Accept-Encoding": coding });
      expect(Number(headers["content-length"])).toBe(body.length);
      expect(headers["transfer-encoding"]).toBeUndefined();
    }
  });

  it("HEAD has GET's headers and no body, for every kind of request", async () => {
    const { etag = "" } = (await get(path)).headers;
    const ways: Record<string, string>[] = [
      {},
      { "Accept-Encoding": "gzip" },
      { "Sec-Fetch-Dest": "document" },
      { "If-None-Match": etag },
      { "If-Modified-Since": new Date().toUTCString() },
    ];
    for (const headers of ways) {
      const [head, full] = [await worker.raw(path, "HEAD", headers), await get(path, headers)];
      expect(shown(head)).toEqual({ ...shown(full), body: "" });
    }
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("%s is 405, and Allow says what isn't", async (method) => {
    const { status, headers } = await worker.raw(path, method);
    expect([status, headers.allow, headers["cache-control"]]).toEqual([
      405,
      "GET, HEAD, OPTIONS",
      "no-store",
    ]);
  });

  it("may be read by any page: OPTIONS and GET answer CORS", async () => {
    const preflight = await worker.raw(path, "OPTIONS", {
      Origin: "https://reader.test",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "if-none-match",
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe("*");
    expect(preflight.headers["access-control-allow-methods"]).toContain("GET");
    expect(preflight.headers["access-control-allow-headers"]).toMatch(/if-none-match/i);
    const answer = await get(path, { Origin: "https://reader.test" });
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(answer.headers["access-control-expose-headers"]).toMatch(/ETag/);
  });

  it("is the same for every User-Agent, Accept and cookie, and sets none", async () => {
    const plain = shown(await get(path));
    expect(plain.headers["set-cookie"]).toBeUndefined();
    for (const headers of [
      { "User-Agent": "Mozilla/5.0 Chrome/150" },
      { "User-Agent": "Feedly/1.0" },
      { Accept: "text/html" },
      { Accept: "application/json;q=0.1" },
      { Cookie: "session=1" },
      { "Cache-Control": "no-cache", Pragma: "no-cache" },
      { Range: "bytes=0-9" },
      { "Accept-Language": "de" },
    ]) {
      expect(shown(await get(path, headers as Record<string, string>))).toEqual(plain);
    }
  });

  it("Vary names the coding and Fetch Metadata, on 304 too", async () => {
    const vary = "Accept-Encoding, Sec-Fetch-Dest";
    expect((await get(path)).headers.vary).toBe(vary);
    expect((await get(path, { "If-None-Match": "*" })).headers.vary).toBe(vary);
  });

  it("says for how long it may be kept, the same at every time", async () => {
    const { headers } = await get(path);
    expect(headers["cache-control"]).toBe(
      "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400",
    );
    expect(headers.expires).toBeUndefined();
    expect(headers.age).toBeUndefined();
  });

  it("links to itself and to the hub under the public address", async () => {
    const { link } = (await get(path)).headers;
    const self = `<https://wire.test${path}>; rel="self"; type="${MEDIA_TYPES[path]}"`;
    expect(link).toBe(`${self}, <https://wire.test/hub>; rel="hub"`);
  });

  it("ignores unknown query parameters, and doesn't echo them", async () => {
    const plain = shown(await get(path));
    for (const query of ["?utm_source=x", "?", "?a=1&a=2", "?%", "?fbclid=%00<script>", "?feed=atom"]) {
      expect(shown(await get(path + query)), query).toEqual(plain);
    }
  });

  it("has the public address, never the request's Host", async () => {
    const plain = shown(await get(path));
    for (const headers of [
      { Host: "evil.test" },
      { "X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "http" },
      { Forwarded: "host=evil.test;proto=http" },
      { "X-Original-URL": "/atom.xml", "X-Rewrite-URL": "/atom.xml" },
    ]) {
      expect(shown(await get(path, headers as Record<string, string>))).toEqual(plain);
    }
    expect(plain.body).not.toContain("127.0.0.1");
  });
});

describe("a person's browser", () => {
  it.each(XML_PATHS)("gets %s as XML that it shows: the same bytes and tag", async (path) => {
    const [reader, person] = [await get(path), await get(path, { "Sec-Fetch-Dest": "document" })];
    expect(person.headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(person.body).toEqual(reader.body);
    expect(person.headers.etag).toBe(reader.headers.etag);
    const other = await get(path, { "Sec-Fetch-Dest": "empty" });
    expect(other.headers["content-type"]).toBe(reader.headers["content-type"]);
  });

  it("sees the page that RSS is at JSON Feed's address too, and a program the JSON", async () => {
    const opened = { "Sec-Fetch-Dest": "document" };
    const [json, rss] = [await get("/feed.json", opened), await get("/rss.xml", opened)];
    expect(shown(json)).toEqual(shown(rss));
    expect(json.headers["content-type"]).toBe("application/xml; charset=utf-8");
    const again = await get("/feed.json", { ...opened, "If-None-Match": json.headers.etag ?? "" });
    expect(again.status).toBe(304);
    for (const headers of [{}, { "Sec-Fetch-Dest": "empty" }, { Accept: "text/html" }]) {
      const program = await get("/feed.json", headers as Record<string, string>);
      expect(program.headers["content-type"]).toBe("application/feed+json; charset=utf-8");
      expect(program.headers.etag).not.toBe(json.headers.etag);
    }
  });
});
