// Faults of R2 and Images: pictures may be late, but are never answered with 404; feeds don't wait for them.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { article, png, type TestImage } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import type { Faults } from "../faulty.ts";
import { until } from "../harness.ts";
import { partner } from "../partners/partners.ts";
import { expectLater } from "./newsroom.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker?.close());
beforeEach(() => worker.fail({}));

let width = 40;
/** A new picture. */
const picture = (): TestImage => png(++width, 20, true);
const send = ({ sha256, bytes }: TestImage) =>
  worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
const remove = ({ sha256 }: TestImage) => worker.api(`/media/${sha256}`, { method: "DELETE" });
const rowsOf = async ({ sha256 }: TestImage) => {
  const { DB, MEDIA } = await worker.env();
  const row = await DB.prepare("SELECT killed_at FROM media WHERE sha256 = ?").bind(sha256).first();
  return { known: row !== null, stored: (await MEDIA.head(sha256)) !== null };
};
const expectPicture = async ({ src, bytes }: TestImage) => {
  const { status, headers, body } = await worker.raw(src);
  expect([status, headers["content-type"], body.equals(bytes)]).toEqual([200, "image/png", true]);
};

describe("R2", () => {
  it("failing on put: 503, nothing is stored in part, and a retry works", async () => {
    const image = picture();
    await worker.fail({ r2Put: true });
    expectLater(await send(image));
    expect(await rowsOf(image)).toEqual({ known: false, stored: false });
    // A PUT of an article that uses it meanwhile is refused.
    const early = await worker.put("early", article({ images: [{ src: image.src }] }));
    expect(early.status).toBe(422);
    await worker.fail({});
    expect((await send(image)).status).toBe(201);
    await expectPicture(image);
  });

  it("having stored the bytes, but D1 not the facts: 503, and a retry works", async () => {
    const image = picture();
    await worker.fail({ d1Writes: true });
    expectLater(await send(image));
    expect(await rowsOf(image)).toEqual({ known: false, stored: true });
    await worker.fail({});
    expect((await send(image)).status).toBe(201);
    await expectPicture(image);
  });

  it.each<[string, Faults, readonly ("GET" | "HEAD")[]]>([
    ["get", { r2Get: true }, ["GET"]],
    ["head", { r2Head: true }, ["HEAD"]],
  ])("failing on %s: a reader is told 503, never 404 or 410", async (_, faults, methods) => {
    const [image, removed] = [picture(), picture()];
    await send(image);
    await send(removed);
    await remove(removed);
    await worker.fail(faults);
    for (const method of methods) {
      expectLater(await worker.raw(image.src, method));
      expectLater(await worker.raw(image.src, method, { Range: "bytes=0-9" }));
    }
    expect((await worker.raw(removed.src)).status).toBe(faults.r2Get ? 503 : 410);
    await worker.fail({});
    await expectPicture(image);
    expect((await worker.raw(removed.src)).status).toBe(410);
  });

  it("failing while a picture is removed: 503, and a retry removes it", async () => {
    const image = picture();
    await send(image);
    await worker.fail({ r2Put: true });
    expectLater(await remove(image));
    await worker.fail({});
    expect((await remove(image)).status).toBe(200);
    expect((await worker.raw(image.src)).status).toBe(410);
  });

  it("slow: all requests wait, and get the right answer", async () => {
    const [image, next] = [picture(), picture()];
    await send(image);
    await worker.fail({ delayMilliseconds: { r2: 500 } });
    const [sent, again] = await Promise.all([send(next), send(next), expectPicture(image)]);
    expect([sent.status, again.status].every((status) => status === 200 || status === 201)).toBe(true);
    await expectPicture(next);
  });

  it("having lost a picture that D1 knows: 503; `publish` is told that it is missing, and sends it again", async () => {
    const [image, removed] = [picture(), picture()];
    for (const one of [image, removed]) {
      await send(one);
      await (await worker.env()).MEDIA.delete(one.sha256);
    }
    expectLater(await worker.raw(image.src));
    expectLater(await worker.raw(image.src, "HEAD"));
    // While D1 is down this can't be known either.
    await worker.fail({ d1: true });
    expectLater(await worker.raw(image.src));
    await worker.fail({});
    expect((await worker.api(`/media/${image.sha256}`)).status).toBe(404);
    expect((await send(image)).status).toBe(200);
    await expectPicture(image);
    await remove(removed);
    await (await worker.env()).MEDIA.delete(removed.sha256);
    expect((await worker.raw(removed.src)).status).toBe(410);
  });
});

// A partner that takes only JPEG gets converted pictures: read from R2, converted by Images, written to R2.
describe.each<[string, Faults, string]>([
  ["R2 failing on get", { r2Get: true }, "R2 get made to fail"],
  ["R2 failing on put", { r2Put: true }, "R2 put made to fail"],
  ["Images failing", { images: true }, "IMAGES made to fail"],
])("%s while a partner's feed is built", (what, faults, reason) => {
  const id = what.toLowerCase().replaceAll(" ", "-");
  const read = async () => {
    const response = await worker.raw(`/partners/${id}/feed.json`);
    expect(response.status, response.body.toString()).toBe(200);
    const feed = JSON.parse(response.body.toString()) as { items: { title: string; image?: string }[] };
    return feed.items.map(({ title, image }) => ({ title, jpeg: image?.endsWith(".jpg") ?? false }));
  };
  const story = (headline: string, { src }: TestImage) =>
    article({ headline, section: "about", tags: [id], images: [{ src }] });

  it("holds one story back with the reason, has all others, and adds it within two minutes", async () => {
    const [first, second] = [picture(), picture()];
    await send(first);
    await send(second);
    await partner(worker, id, {
      profile: "json",
      access: "public",
      select: { tags: [id] },
      images: { types: ["image/jpeg"] },
    });
    await worker.put(`${id}-1`, story("First", first));
    await worker.settled();
    expect(await read()).toEqual([{ title: "First", jpeg: true }]);

    await worker.fail(faults);
    expect((await worker.put(`${id}-2`, story("Second", second))).status).toBe(201);
    // What was made before is made of nothing now.
    expect((await worker.put(`${id}-1`, story("First, corrected", first))).status).toBe(200);
    expect(await read()).toEqual([{ title: "First, corrected", jpeg: true }]);
    await worker.settled();
    expect(await read()).toEqual([{ title: "First, corrected", jpeg: true }]);
    const logged = worker.logs().filter(({ event, partner: of }) => event === "left-out" && of === id);
    expect(logged.length).toBeGreaterThan(0);
    // The partner's page shows our reason; the other service's message is only in the log.
    expect(JSON.stringify(logged)).not.toContain(reason);
    expect(JSON.stringify(worker.logs())).toContain(reason);

    await worker.fail({});
    const { DB } = await worker.env();
    const due = DB.prepare("SELECT next_change FROM feeds WHERE feed = ?").bind(`partner/${id}`);
    const inMilliseconds = Date.parse((await due.first<string>("next_change")) ?? "") - Date.now();
    expect(inMilliseconds).toBeLessThanOrEqual(120_000);
    await DB.prepare("UPDATE feeds SET next_change = '2024-10-24T00:00:00Z' WHERE feed = ?")
      .bind(`partner/${id}`)
      .run();
    await worker.scheduled();
    await until("both are there, with pictures that were made over", async () => {
      const items = await read();
      return items.length === 2 && items.every(({ jpeg }) => jpeg);
    });
    await worker.settled();
  });
});
