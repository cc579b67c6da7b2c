// Pictures: which files are accepted, and how their bytes are served: in full, in part, or not at all.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { probeImage } from "../../../src/lib/image-file.ts";
import { stripPicture } from "../../../src/lib/strip/strip.ts";
import { PHOTOGRAPHS, SMALL, TOLD } from "../../photograph.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, until } from "../harness.ts";

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

  it("stores a picture again that the bucket has lost", async () => {
    const lost = png(33, 44);
    await put(lost.sha256, lost.bytes);
    await (await worker.env()).MEDIA.delete(lost.sha256);
    // D1 knows it, but R2 has lost it: neither 404 nor 410, after which readers and caches would drop it.
    const { status, headers } = await worker.raw(lost.src);
    expect([status, headers["retry-after"], headers["cache-control"]]).toEqual([503, "30", "no-store"]);
    expect((await worker.raw(lost.src.replace(".png", ".gif"))).status).toBe(404);
    // `publish` asks before it sends.
    expect((await worker.api(`/media/${lost.sha256}`)).status).toBe(404);
    expect((await put(lost.sha256, lost.bytes)).status).toBe(200);
    expect((await worker.raw(lost.src)).body.equals(lost.bytes)).toBe(true);
  });

  it("refuses bytes with another hash, in any spelling of it", async () => {
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

  it.each([
    [10_000, 10_000, 201],
    [10_000, 10_001, 422],
    [60_000, 60_000, 422],
  ])("of %i × %i pixels: %i", async (width, height, status) => {
    const { bytes } = png(3, 2);
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    const response = await put(hashOf(bytes), bytes);
    expect(response.status).toBe(status);
    if (status === 422)
      expect(await response.text()).toContain(`${width} × ${height} pixels, more than 100 megapixels`);
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

  it("If-Range gives a part if it matches, else the whole file", async () => {
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

describe("a picture's metadata", () => {
  /** A photograph whose bytes nobody sent before. */
  const photograph = (type: keyof typeof PHOTOGRAPHS, mark: string) => {
    const bytes = Buffer.concat([PHOTOGRAPHS[type], Buffer.from(mark)]);
    const clean = Buffer.from(stripPicture(bytes)?.bytes ?? []);
    const extension = type === "jpeg" ? "jpg" : type;
    return { bytes, clean, sha256: hashOf(bytes), src: `/media/${hashOf(bytes)}.${extension}` };
  };
  const told = (bytes: Buffer) => TOLD.filter((word) => bytes.includes(word));
  /** As a Worker from before there was stripping stored it. */
  const keptFromBefore = async ({ bytes, sha256 }: ReturnType<typeof photograph>) => {
    const { MEDIA, DB } = await worker.env();
    const { type = "", width, height, length } = probeImage(bytes) ?? {};
    await MEDIA.put(sha256, new Uint8Array(bytes), { httpMetadata: { contentType: type } });
    await DB.prepare("INSERT INTO media (sha256, type, width, height, length) VALUES (?, ?, ?, ?, ?)")
      .bind(sha256, type, width, height, length)
      .run();
  };

  it.each(["jpeg", "png", "gif", "webp", "avif"] as const)(
    "is taken out of a %s, and the receipt says what",
    async (type) => {
      const sent = photograph(type, "sent");
      const removed = ["position", "device", "serial", "preview", "other"];
      const first = await put(sent.sha256, sent.bytes);
      expect([first.status, await first.json()]).toEqual([
        201,
        expect.objectContaining({ url: `https://wire.test${sent.src}`, length: sent.clean.length, removed }),
      ]);
      const again = await put(sent.sha256, sent.bytes);
      expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ removed })]);
      const { headers, body } = await worker.raw(sent.src);
      expect([body.equals(sent.clean), told(body)]).toEqual([true, []]);
      // The name is of what was sent, the tag of what is served.
      expect(headers).toMatchObject({
        etag: `"${hashOf(sent.clean)}"`,
        "content-length": String(sent.clean.length),
      });
      expect((await worker.raw(sent.src, "GET", { "If-None-Match": `"${hashOf(sent.clean)}"` })).status).toBe(
        304,
      );
      const part = await worker.raw(sent.src, "GET", { Range: "bytes=-9" });
      expect(part.body.equals(sent.clean.subarray(-9))).toBe(true);
    },
  );

  it("is removed again when a picture that the bucket lost is sent again", async () => {
    const sent = photograph("jpeg", "lost");
    await put(sent.sha256, sent.bytes);
    await (await worker.env()).MEDIA.delete(sent.sha256);
    expect((await put(sent.sha256, sent.bytes)).status).toBe(200);
    expect((await worker.raw(sent.src)).body.equals(sent.clean)).toBe(true);
  });

  it("is in none of an article's addresses, and its length is that of what is served", async () => {
    const sent = photograph("jpeg", "article");
    await put(sent.sha256, sent.bytes);
    expect(
      (await worker.put("stripped", article({ images: [{ src: sent.src, alt: "A ferry" }] }))).status,
    ).toBe(201);
    const stored = (await (await worker.api("/articles/stripped")).json()) as { images: unknown[] };
    expect(stored.images).toEqual([
      expect.objectContaining({ src: sent.src, length: sent.clean.length, width: 2, height: 3 }),
    ]);
  });

  it("can't be known of a picture that is broken: 415", async () => {
    const broken = Buffer.from(SMALL.avif.subarray(0, -1));
    const { status, body } = await worker.raw(`/api/media/${hashOf(broken)}`, "GET");
    expect([status, body.length > 0]).toEqual([401, true]);
    const refused = await put(hashOf(broken), broken);
    expect([refused.status, await refused.text()]).toEqual([
      415,
      expect.stringContaining("Save it again in a picture program"),
    ]);
  });

  it("is served of no picture from before: the first who asks gets it stripped, in part too", async () => {
    const old = photograph("jpeg", "before");
    await keptFromBefore(old);
    const part = await worker.raw(old.src, "GET", { Range: "bytes=0-99", "If-Range": `"${old.sha256}"` });
    // Who has a part of what it was gets all of what it is.
    expect([part.status, part.body.equals(old.clean)]).toEqual([200, true]);
    const { headers, body } = await worker.raw(old.src, "GET", { "If-None-Match": `"${old.sha256}"` });
    expect([headers.etag, body.equals(old.clean)]).toEqual([`"${hashOf(old.clean)}"`, true]);
    expect((await worker.raw(old.src, "HEAD")).headers["content-length"]).toBe(String(old.clean.length));
  });

  it("goes from pictures of before by cron, and articles tell their new length", async () => {
    const old = photograph("jpeg", "cron");
    await keptFromBefore(old);
    await worker.put("from-before", article({ images: [{ src: old.src, alt: "A ferry" }] }));
    const lengthInFeed = async () => {
      const { items } = JSON.parse(await worker.document("json")) as {
        items: { url: string; attachments?: { url: string; size_in_bytes: number }[] }[];
      };
      return items.find(({ url }) => url.endsWith("/from-before"))?.attachments?.[0]?.size_in_bytes;
    };
    await until("the feed has the article", async () => (await lengthInFeed()) === old.bytes.length);
    const { DB } = await worker.env();
    const id =
      (await DB.prepare("SELECT article_id FROM slugs WHERE slug = 'from-before'").first<string>(
        "article_id",
      )) ?? "";
    await DB.batch([
      DB.prepare("INSERT INTO partners (id, policy, digest) VALUES ('portal', '{}', '')"),
      DB.prepare("INSERT INTO partner_items VALUES ('portal', ?, 'made', 'body', '', '', '[]')").bind(id),
    ]);
    await worker.scheduled();
    const items = await DB.prepare("SELECT made_of FROM partner_items").all();
    // Partners' feeds tell its length too: they make it again.
    expect(items.results).toEqual([{ made_of: "" }]);
    await DB.prepare("DELETE FROM partners").run();
    const stored = await (await worker.env()).MEDIA.get(old.sha256);
    expect(told(Buffer.from((await stored?.arrayBuffer()) ?? []))).toEqual([]);
    await until("the article was rendered again", async () => (await lengthInFeed()) === old.clean.length);
    const { results } = await (await worker.env()).DB.prepare("SELECT 1 FROM media WHERE stripped = 0").all();
    expect(results).toEqual([]);
  });

  it("can't be known of a broken picture from before: it is kept, and served to nobody", async () => {
    const avif = photograph("avif", "cut off").bytes;
    const broken = Buffer.from(avif.subarray(0, -200));
    const old = { ...photograph("avif", ""), bytes: broken, sha256: hashOf(broken) };
    await keptFromBefore(old);
    const path = `/media/${old.sha256}.avif`;
    expect([(await worker.raw(path)).status, (await worker.raw(path)).status]).toEqual([404, 404]);
    expect((await (await worker.env()).MEDIA.head(old.sha256))?.size).toBe(broken.length);
  });

  it("stays where site.yaml says so, and goes once it doesn't any more", async () => {
    const siteYaml = `${readFileSync("content/site.yaml", "utf8")}\npictures: { keepMetadata: true }\n`;
    const keeping = await startWorker({ siteYaml });
    try {
      const { bytes, sha256, src } = photograph("jpeg", "kept");
      const sent = await keeping.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
      expect([sent.status, await sent.json()]).toEqual([
        201,
        expect.not.objectContaining({ removed: expect.anything() }),
      ]);
      await keeping.scheduled();
      const { headers, body } = await keeping.raw(src);
      expect([headers.etag, body.equals(bytes)]).toEqual([`"${sha256}"`, true]);
      const { results } = await (await keeping.env()).DB.prepare("SELECT stripped FROM media").all();
      expect(results).toEqual([{ stripped: 0 }]);
    } finally {
      await keeping.close();
    }
  });
});
