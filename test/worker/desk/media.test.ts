// Pictures with a session: who may upload, look up and remove them, and from which pages.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Library, PictureUses } from "../../../src/api/answers.ts";
import type { CheckAnswer, StoryAnswer } from "../../../src/desk/answers.ts";
import { article, imageOf, png, type TestImage } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker, TOKEN, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

let worker: RunningWorker;
let reporter: Colleague;
let editor: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "0" } });
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
  it("of a reporter may upload and look up a picture; without a session both are refused", async () => {
    const picture = png(40, 30);
    expect((await reporter.ask("GET", `/media/${picture.sha256}`)).status).toBe(404);
    expect((await send(reporter, picture)).status).toBe(201);
    const found = await reporter.ask("GET", `/media/${picture.sha256}`);
    expect(await found.json()).toMatchObject({ type: "image/png", width: 40, height: 30 });
    const nobody = { ...reporter, cookie: "__Host-wireroom-desk=guessed" };
    expect((await send(nobody, png(41, 30))).status).toBe(401);
    expect((await worker.fetch(`/api/media/${picture.sha256}`)).status).toBe(401);
  });

  it("may remove a picture for good only with the role of an editor", async () => {
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

it("a picture without alternative text is a problem, once; a decorative one is none", async () => {
  const picture = png(50, 30);
  await send(reporter, picture);
  const said = async (image: object): Promise<readonly string[]> => {
    const asked = await reporter.ask("POST", "/check", { article: { headline: "Alt", images: [image] } });
    const { problems, warnings } = (await asked.json()) as CheckAnswer;
    return [...problems, ...warnings].map(({ path }) => path).filter((path) => path.endsWith(".alt"));
  };
  expect(await said({ src: picture.src })).toEqual(["images[0].alt"]);
  expect(await said({ src: picture.src, alt: "" })).toEqual([]);
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

describe("the library", () => {
  const page = (path: string, who = editor, init: RequestInit = {}) =>
    worker.fetch(path, { redirect: "manual", ...init, headers: { Cookie: who.cookie, ...FROM_HERE } });
  const list = async (query = ""): Promise<Library> =>
    (await (await reporter.ask("GET", `/media${query}`)).json()) as Library;
  const uses = async ({ sha256 }: TestImage) =>
    (await (await reporter.ask("GET", `/media/${sha256}/uses`)).json()) as PictureUses;
  const imageOfStory = ({ src }: TestImage, words = {}) => ({ src, alt: "A crane", ...words });

  it("has what was sent last first, page by page, and nothing that was removed", async () => {
    const sent = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const picture = png(100 + index, 20);
        await send(reporter, picture);
        return picture.sha256;
      }),
    );
    const first = await list();
    expect(first.pictures.length).toBe(48);
    const times = first.pictures.map(({ addedAt, sha256 }) => `${addedAt} ${sha256}`);
    expect(times).toEqual(times.toSorted().reverse());
    const second = await list(`?cursor=${encodeURIComponent(first.next ?? "")}`);
    const all = [...first.pictures, ...second.pictures].map(({ sha256 }) => sha256);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(sent));
    const gone = sent[0] ?? "";
    await editor.ask("DELETE", `/media/${gone}`);
    expect((await reporter.ask("GET", `/media/${gone}/uses`)).status).toBe(404);
    const html = await (await page("/desk/pictures")).text();
    expect(html).toContain("Older pictures");
    expect(html).not.toContain(gone);
  });

  it("finds a picture by words that a story or an article says of it, without accents and case", async () => {
    const [drawn, shown] = [png(160, 20), png(161, 20)];
    await Promise.all([send(reporter, drawn), send(reporter, shown)]);
    const words = { alt: "Ein Kran", caption: "Fähre am Höft", credit: { name: "Mara Quill" } };
    await reporter.ask("POST", "/stories", { article: { images: [imageOfStory(drawn, words)] } });
    await worker.put(
      "found",
      article({ images: [{ src: shown.src, alt: "Two gulls", copyright: "© Ito" }] }),
    );
    const find = async (search: string) =>
      (await list(`?search=${encodeURIComponent(search)}`)).pictures.map(({ sha256 }) => sha256);
    expect(await find("quill FAHRE")).toEqual([drawn.sha256]);
    expect(await find("gulls ito")).toEqual([shown.sha256]);
    expect(await find("quill gulls")).toEqual([]);
    expect(await find("100% _")).toEqual([]);
    const html = await (await page("/desk/pictures?search=h%C3%B6ft")).text();
    expect(html).toContain("Fähre am Höft");
    expect(html).not.toContain("Two gulls");
  });

  it("knows what uses a picture, and forgets what no longer does", async () => {
    const picture = png(162, 20);
    await send(reporter, picture);
    const made = await reporter.ask("POST", "/stories", {
      article: { headline: "With a crane", images: [imageOfStory(picture)] },
    });
    const { id } = (await made.json()) as StoryAnswer;
    await worker.put("crane", article({ headline: "A crane", images: [imageOfStory(picture)] }));
    expect(await uses(picture)).toEqual({
      articles: [{ slug: "crane", headline: "A crane" }],
      stories: [{ id, headline: "With a crane" }],
    });
    const html = await (await page(`/desk/pictures/${picture.sha256}`)).text();
    expect(html).toContain(`/desk/stories/${id}`);
    expect(html).toContain("/articles/crane");
    // Somebody who saves on an old base changes nothing.
    const late = { article: { headline: "Late" } };
    await reporter.ask(
      "PUT",
      `/stories/${id}`,
      { article: { headline: "Now", images: [imageOfStory(picture)] } },
      { "If-Match": '"1"' },
    );
    expect((await editor.ask("PUT", `/stories/${id}`, late, { "If-Match": '"1"' })).status).toBe(412);
    expect((await uses(picture)).stories.length).toBe(1);
    expect((await editor.ask("PUT", `/stories/${id}`, late, { "If-Match": '"2"' })).status).toBe(200);
    expect((await uses(picture)).stories).toEqual([]);
  });

  it("shows what somebody has put into a caption as text", async () => {
    const picture = png(165, 20);
    await send(reporter, picture);
    const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script>`;
    const words = { alt: hostile, caption: hostile, credit: hostile, copyright: hostile };
    await reporter.ask("POST", "/stories", {
      article: { headline: hostile, images: [imageOfStory(picture, words)] },
    });
    for (const path of [
      "/desk/pictures",
      `/desk/pictures/${picture.sha256}`,
      "/desk/pictures?search=%22%3E%3Cimg",
    ]) {
      const html = await (await page(path)).text();
      expect(html).toContain("&lt;img src=x");
      expect(html).not.toMatch(/<img src=x|<script>/);
    }
  });

  it("takes a picture out of everything for an editor alone; its story can be published after", async () => {
    const [picture, other] = [png(163, 20), png(164, 20)];
    await Promise.all([send(reporter, picture), send(reporter, other)]);
    const draft = { headline: "Taken out", body: { html: "<p>Text.</p>" } };
    const images = [imageOfStory(picture), imageOfStory(other)];
    const { id } = (await (
      await reporter.ask("POST", "/stories", { article: { ...draft, images } })
    ).json()) as StoryAnswer;
    const publish = async (revision: number) => {
      expect((await editor.ask("POST", `/stories/${id}/publish`, { revision })).status).toBe(202);
      return until("it is out, or says why not", async () => {
        const story = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
        return story.due === null && story;
      });
    };
    expect((await publish(1)).live).toBe(1);
    const path = `/desk/pictures/${picture.sha256}`;
    expect(await (await page(path, reporter)).text()).not.toContain("Remove this picture for good");
    expect(await (await page(path)).text()).toContain("It is taken out of 1 article");
    const post = { method: "POST" };
    expect((await page(`${path}/remove`, reporter, post)).status).toBe(403);
    const foreign = {
      method: "POST",
      body: new URLSearchParams({ sure: "yes" }),
      headers: { Cookie: editor.cookie, "Sec-Fetch-Site": "cross-site" },
    };
    expect((await worker.fetch(`${path}/remove`, foreign)).status).toBe(403);
    expect((await worker.fetch(picture.src)).status).toBe(200);
    expect((await page(`${path}/remove`, editor, post)).status).toBe(400);
    const sure = { method: "POST", body: new URLSearchParams({ sure: "yes" }) };
    expect((await page(`${path}/remove`, editor, sure)).status).toBe(200);
    expect((await worker.fetch(picture.src)).status).toBe(410);
    expect((await page(path)).status).toBe(404);
    await until("the article is without it", async () => {
      const text = await (await worker.api("/articles/taken-out")).text();
      return !text.includes(picture.sha256);
    });
    const changed = { article: { ...draft, dek: "Changed.", images: [imageOfStory(other)] } };
    expect((await reporter.ask("PUT", `/stories/${id}`, changed, { "If-Match": '"1"' })).status).toBe(200);
    const after = await publish(2);
    expect([after.live, after.problems]).toEqual([2, []]);
    const journal = await (await page("/desk/journal")).text();
    expect(journal).toContain(`removed the picture <bdi>${picture.sha256.slice(0, 12)}</bdi> for good`);
  });
});
