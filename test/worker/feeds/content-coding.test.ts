// Content coding and 304, on the Worker's direct socket: Miniflare's entry proxy would compress again and add headers.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { article } from "../articles.ts";
import { type DirectWorker, startDirect, TOKEN } from "../direct.ts";
import { rawRequest } from "../harness.ts";

let state = "";
let worker: DirectWorker;
beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "wireroom-state-"));
  worker = await startDirect(inject("bundles"), state);
  const response = await fetch(`${worker.url}/api/articles/story`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(article()),
  });
  expect(response.status).toBe(201);
});
afterAll(async () => {
  await worker?.close();
  rmSync(state, { recursive: true, force: true });
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  rawRequest(worker.url + path, "GET", headers);

describe("gzip", () => {
  const codingOf = async (acceptEncoding: string) => {
    const { headers, body } = await get("/rss.xml", { "Accept-Encoding": acceptEncoding });
    const gzipped = headers["content-encoding"] === "gzip";
    const text = (gzipped ? gunzipSync(body) : body).toString();
    expect(text).toBe((await get("/rss.xml", { "Accept-Encoding": "identity" })).body.toString());
    return headers["content-encoding"] ?? "identity";
  };

  it.each([
    "gzip",
    "GZIP",
    "gzip, deflate, br",
    "br;q=1.0, gzip;q=0.8, *;q=0.1",
    "*",
    "gzip;q=0.001",
    "x-gzip",
  ])("is what %s gets", async (header) => expect(await codingOf(header)).toBe("gzip"));

  it.each([
    "identity",
    "br",
    "deflate",
    "gzip;q=0",
    "gzip;q=0.0",
    "*;q=0",
    "gzip;q=0, *",
    "gzip; q=0",
    "zgzip",
    "",
  ])("is not what %j gets", async (header) => expect(await codingOf(header)).toBe("identity"));

  it("has the tag and the date of identity", async () => {
    const [zipped, plain] = await Promise.all(
      ["gzip", "identity"].map((coding) => get("/rss.xml", { "Accept-Encoding": coding })),
    );
    expect(zipped?.headers.etag).toMatch(/^W\/"\d+-[0-9a-f]+"$/);
    expect(zipped?.headers.etag).toBe(plain?.headers.etag);
    expect(zipped?.headers["last-modified"]).toBe(plain?.headers["last-modified"]);
  });
});

describe("a 304", () => {
  it("has no body, and repeats what a cache updates its copy with", async () => {
    const full = await get("/rss.xml");
    const { etag = "" } = full.headers;
    const { status, headers, body } = await get("/rss.xml", {
      "If-None-Match": etag,
      "Accept-Encoding": "gzip",
    });
    expect([status, body.length]).toEqual([304, 0]);
    for (const name of ["etag", "cache-control", "vary", "last-modified"]) {
      expect(headers[name], name).toBe(full.headers[name]);
    }
    for (const name of ["content-encoding", "content-type", "transfer-encoding"]) {
      expect(headers[name], name).toBeUndefined();
    }
  });
});
