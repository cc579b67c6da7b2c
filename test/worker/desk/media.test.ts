// Pictures with a session: who may send them, read of them and remove them, and from where.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imageOf, png, type TestImage } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

let worker: RunningWorker;
let reporter: Colleague;
let editor: Colleague;
beforeAll(async () => {
  worker = await startWorker();
  reporter = await colleague(worker, "Tomas", "reporter");
  editor = await colleague(worker, "Mara", "editor");
});
afterAll(() => worker?.close());

const send = (
  who: Colleague,
  { sha256, bytes }: TestImage,
  headers: Readonly<Record<string, string>> = FROM_HERE,
) =>
  worker.fetch(`/api/media/${sha256}`, {
    method: "PUT",
    headers: { Cookie: who.cookie, ...headers },
    body: new Uint8Array(bytes),
  });

describe("a session", () => {
  it("of a reporter sends a picture and reads of it; who isn't signed in does neither", async () => {
    const picture = png(40, 30);
    expect((await reporter.ask("GET", `/media/${picture.sha256}`)).status).toBe(404);
    expect((await send(reporter, picture)).status).toBe(201);
    const found = await reporter.ask("GET", `/media/${picture.sha256}`);
    expect(await found.json()).toMatchObject({ type: "image/png", width: 40, height: 30 });
    const nobody = { ...reporter, cookie: "__Host-wireroom-desk=guessed" };
    expect((await send(nobody, png(41, 30))).status).toBe(401);
    expect((await worker.fetch(`/api/media/${picture.sha256}`)).status).toBe(401);
  });

  it("removes a picture for good only for an editor", async () => {
    const picture = png(42, 30);
    await send(reporter, picture);
    const refused = await reporter.ask("DELETE", `/media/${picture.sha256}`);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("Only an editor")]);
    expect((await worker.fetch(picture.src)).status).toBe(200);
    expect((await editor.ask("DELETE", `/media/${picture.sha256}`)).status).toBe(200);
    expect((await worker.fetch(picture.src)).status).toBe(410);
    expect((await send(editor, picture)).status).toBe(409);
  });

  it.each([
    ["another site", { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" }],
    ["a subdomain", { "Sec-Fetch-Site": "same-site" }],
    ["an old browser on another site", { Origin: "https://evil.example" }],
    ["something that doesn't say where it is", {}],
  ])("is of no use to a page of %s", async (_, headers) => {
    const picture = png(43, 30);
    expect((await send(editor, picture, headers as Readonly<Record<string, string>>)).status).toBe(403);
    const kept = png(44, 30);
    await send(editor, kept);
    const removal = { method: "DELETE", headers: { Cookie: editor.cookie, ...headers } };
    expect((await worker.fetch(`/api/media/${kept.sha256}`, removal)).status).toBe(403);
    expect((await worker.fetch(kept.src)).status).toBe(200);
  });

  it("is known by the Origin of an old browser", async () => {
    expect((await send(reporter, png(45, 30), { Origin: SITE_URL })).status).toBe(201);
  });
});

describe("a file that isn't what it says", () => {
  const page = Buffer.from("<!doctype html><script>alert(1)</script>");
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  it.each([
    ["a page", page, "image/png", 415],
    ["a drawing with script", drawing, "image/svg+xml", 415],
    ["a drawing with script, as a PNG", drawing, "image/png", 415],
    [
      "the start of a PNG, and then a page",
      Buffer.concat([png(46, 30).bytes.subarray(0, 8), page]),
      "image/png",
      415,
    ],
    ["nothing", Buffer.alloc(0), "image/jpeg", 415],
  ])("is refused, and never served: %s", async (_, bytes, type, status) => {
    const lie = imageOf(bytes, "png");
    expect((await send(editor, lie, { ...FROM_HERE, "Content-Type": type })).status).toBe(status);
    for (const extension of ["png", "jpg", "gif", "webp", "avif"])
      expect((await worker.fetch(`/media/${lie.sha256}.${extension}`)).status).toBe(404);
  });

  it("is served as what its bytes are, whatever the browser called it", async () => {
    const picture = png(47, 30);
    expect((await send(editor, picture, { ...FROM_HERE, "Content-Type": "text/html" })).status).toBe(201);
    const served = await worker.fetch(picture.src);
    expect(served.headers.get("Content-Type")).toBe("image/png");
    expect((await worker.fetch(picture.src.replace(".png", ".jpg"))).status).toBe(404);
  });

  it("is refused under the hash of other bytes", async () => {
    const [one, other] = [png(48, 30), png(49, 30)];
    expect((await send(reporter, { ...one, sha256: other.sha256 })).status).toBe(422);
  });
});
