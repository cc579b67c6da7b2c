// Images: what is taken, and how their bytes are served: whole, in part, or not at all.

import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "./articles.ts";
import { type RunningWorker, startWorker } from "./harness.ts";

const PICTURE = png(320, 200);
const SIZE = PICTURE.bytes.length;

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

const put = (hash: string, bytes: Uint8Array) =>
  worker.api(`/media/${hash}`, { method: "PUT", body: new Uint8Array(bytes) });
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const get = (headers: Readonly<Record<string, string>> = {}) => worker.raw(PICTURE.src, "GET", headers);

describe("PUT", () => {
  it("stores bytes under their hash and measures them: 201, then 200", async () => {
    const first = await put(PICTURE.sha256, PICTURE.bytes);
    expect(first.status).toBe(201);
    const receipt = {
      url: `https://wire.test${PICTURE.src}`,
      type: "image/png",
      width: 320,
      height: 200,
      length: SIZE,
    };
    expect(await first.json()).toEqual(receipt);
    const second = await put(PICTURE.sha256, PICTURE.bytes);
    expect([second.status, await second.json()]).toEqual([200, receipt]);
    expect(await (await worker.api(`/media/${PICTURE.sha256}`)).json()).toEqual(receipt);
  });

  it("stores once more what the bucket has lost", async () => {
    const lost = png(33, 44);
    await put(lost.sha256, lost.bytes);
    await (await worker.env()).MEDIA.delete(lost.sha256);
    // Known, and not to be found: neither 404 nor 410, on which readers and their caches forget it.
    const { status, headers } = await worker.raw(lost.src);
    expect([status, headers["retry-after"], headers["cache-control"]]).toEqual([503, "30", "no-store"]);
    expect((await worker.raw(lost.src.replace(".png", ".gif"))).status).toBe(404);
    // `publish` asks before it sends.
    expect((await worker.api(`/media/${lost.sha256}`)).status).toBe(404);
    expect((await put(lost.sha256, lost.bytes)).status).toBe(200);
    expect((await worker.raw(lost.src)).body.equals(lost.bytes)).toBe(true);
  });

  it("refuses bytes that are not of that hash, whatever its spelling", async () => {
    expect((await put("0".repeat(64), PICTURE.bytes)).status).toBe(422);
    expect((await put(PICTURE.sha256.toUpperCase(), PICTURE.bytes)).status).toBe(422);
    expect((await put(PICTURE.sha256, PICTURE.bytes.subarray(1))).status).toBe(422);
  });

  it.each([
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'],
    ["HTML", "<!doctype html><p>not an image"],
    ["nothing", ""],
    ["a PNG cut off", PICTURE.bytes.subarray(0, 12).toString("latin1")],
  ])("refuses %s: 415", async (_, content) => {
    const bytes = Buffer.from(content, "latin1");
    expect((await put(hashOf(bytes), bytes)).status).toBe(415);
  });
});

describe("GET", () => {
  it("gives the bytes, for a day, under a strong tag", async () => {
    const { status, headers, body } = await get();
    expect(status).toBe(200);
    expect(body.equals(PICTURE.bytes)).toBe(true);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-length": String(SIZE),
      "cache-control": "public, max-age=86400",
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      etag: `"${PICTURE.sha256}"`,
    });
  });

  it("HEAD has the same headers and no body", async () => {
    const [full, head] = [await get(), await worker.raw(PICTURE.src, "HEAD")];
    const { date: _, ...headers } = full.headers;
    const { date: __, ...same } = head.headers;
    expect([head.status, same, head.body.length]).toEqual([200, headers, 0]);
  });

  it.each([
    ["bytes=0-9", 0, 10],
    ["bytes=10-", 10, SIZE - 10],
    ["bytes=-5", SIZE - 5, 5],
    [`bytes=5-${SIZE + 100}`, 5, SIZE - 5],
    [`bytes=-${SIZE + 100}`, 0, SIZE],
    [`bytes=${SIZE - 1}-`, SIZE - 1, 1],
  ])("%s gives that part: 206", async (range, offset, length) => {
    const { status, headers, body } = await get({ Range: range });
    expect(status).toBe(206);
    expect(headers["content-range"]).toBe(`bytes ${offset}-${offset + length - 1}/${SIZE}`);
    expect(headers["content-length"]).toBe(String(length));
    expect(body.equals(PICTURE.bytes.subarray(offset, offset + length))).toBe(true);
  });

  it.each(["bytes=5-4", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes=-", "bytes"])(
    "%s is ignored: all of it",
    async (range) => {
      const { status, body } = await get({ Range: range });
      expect([status, body.length]).toEqual([200, SIZE]);
    },
  );

  it.each([`bytes=${SIZE}-`, "bytes=-0", `bytes=${SIZE + 1}-${SIZE + 2}`])(
    "%s can't be: 416",
    async (range) => {
      const { status, headers, body } = await get({ Range: range });
      expect([status, headers["content-range"], body.length]).toEqual([416, `bytes */${SIZE}`, 0]);
    },
  );

  it("If-Range gives a part of what the client knows, and all of what it doesn't", async () => {
    const part = { Range: "bytes=0-9" };
    expect((await get({ ...part, "If-Range": `"${PICTURE.sha256}"` })).status).toBe(206);
    expect((await get({ ...part, "If-Range": '"other"' })).status).toBe(200);
    expect((await get({ ...part, "If-Range": new Date().toUTCString() })).status).toBe(200);
  });

  it("304 to who has it, before any range", async () => {
    const known = await get({ "If-None-Match": `"${PICTURE.sha256}"`, Range: "bytes=0-9" });
    expect([known.status, known.body.length]).toEqual([304, 0]);
  });

  it("404 for another extension, another hash, and odd paths", async () => {
    const { sha256 } = PICTURE;
    for (const path of [
      `/media/${sha256}.jpg`,
      `/media/${sha256}`,
      `/media/${sha256.toUpperCase()}.png`,
      `/media/${"0".repeat(64)}.png`,
      `/media/x/${sha256}.png`,
      "/media/../media/x.png",
    ]) {
      expect([path, (await worker.raw(path)).status]).toEqual([path, 404]);
    }
  });
});
