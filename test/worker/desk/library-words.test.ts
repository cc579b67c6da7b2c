// What the library says of a picture is what was last said of it, and the search finds it by those words alone.

import { afterAll, beforeAll, expect, it } from "vitest";
import type { Library } from "../../../src/api/answers.ts";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { article, png, type TestImage } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
let sizes = 0;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "2" } });
  editor = await colleague(worker, "Mara", "editor");
  reporter = await colleague(worker, "Tomas", "reporter");
});
afterAll(() => worker?.close());

type Words = Readonly<Record<string, string>>;

/** A picture that is stored, and a story with it. */
async function storyWith(words: Words) {
  const picture = png(40, 30 + sizes++);
  const sent = await worker.fetch(`/api/media/${picture.sha256}`, {
    method: "PUT",
    headers: { Cookie: reporter.cookie, ...FROM_HERE },
    body: new Uint8Array(picture.bytes),
  });
  expect(sent.status).toBe(201);
  const made = await reporter.ask("POST", "/stories", { article: articleWith(picture, words) });
  const { id } = (await made.json()) as StoryAnswer;
  const save = (base: number, next: Words) =>
    reporter.ask(
      "PUT",
      `/stories/${id}`,
      { article: articleWith(picture, next) },
      { "If-Match": `"${base}"` },
    );
  return { id, picture, save };
}

const articleWith = ({ src }: TestImage, words: Words) => ({
  headline: `Picture ${src.slice(7, 15)}`,
  images: [{ src, ...words }],
  body: { html: "<p>It sails.</p>" },
});

async function found(
  search: string,
  { sha256 }: TestImage,
): Promise<Library["pictures"][number] | undefined> {
  const answer = await reporter.ask("GET", `/media?search=${encodeURIComponent(search)}`);
  return ((await answer.json()) as Library).pictures.find((one) => one.sha256 === sha256);
}

it("they change with each save, also in their case or from one field to another, and with a restored revision", async () => {
  const { id, picture, save } = await storyWith({ alt: "crane" });
  expect(await found("crane", picture)).toMatchObject({ alt: "crane", caption: "" });
  expect((await save(1, { alt: "Crane" })).status).toBe(200);
  expect(await found("crane", picture)).toMatchObject({ alt: "Crane" });
  expect((await save(2, { alt: "", caption: "Crane" })).status).toBe(200);
  expect(await found("crane", picture)).toMatchObject({ alt: "", caption: "Crane" });
  expect((await save(3, { alt: "Heron" })).status).toBe(200);
  expect([await found("crane", picture), await found("heron", picture)]).toEqual([
    undefined,
    expect.objectContaining({ alt: "Heron", caption: "" }),
  ]);
  const restored = await worker.fetch(`/desk/stories/${id}/revisions/1`, {
    method: "POST",
    headers: { Cookie: reporter.cookie, ...FROM_HERE },
    body: new URLSearchParams({ head: "4" }),
    redirect: "manual",
  });
  expect(restored.status).toBe(303);
  expect([await found("heron", picture), await found("crane", picture)]).toEqual([
    undefined,
    expect.objectContaining({ alt: "crane", caption: "" }),
  ]);
});

it("a save that is refused changes none", async () => {
  const { picture, save } = await storyWith({ alt: "first" });
  expect((await save(1, { alt: "second" })).status).toBe(200);
  expect((await save(1, { alt: "late" })).status).toBe(412);
  expect(await found("second", picture)).toMatchObject({ alt: "second" });
  expect(await found("late", picture)).toBeUndefined();
});

it("neither a publication of an older revision nor a withdrawal changes those that were saved since", async () => {
  const { id, picture, save } = await storyWith({ alt: "published" });
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(202);
  expect((await save(1, { alt: "newer" })).status).toBe(200);
  const { slug } = await until("it is out", async () => {
    const read = (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return read.live === 1 && read;
  });
  expect(await found("newer", picture)).toMatchObject({ alt: "newer" });
  expect((await worker.api(`/articles/${slug}`, { method: "DELETE" })).status).toBe(200);
  expect(await found("newer", picture)).toMatchObject({ alt: "newer" });
});

it("an article of a program gives them, also those that only its text has", async () => {
  const { picture } = await storyWith({ alt: "drawn" });
  const body = { html: `<p>It sails.</p><img src="${picture.src}" alt="shown">` };
  expect((await worker.put("by-a-program", article({ body }))).status).toBe(201);
  expect(await found("shown", picture)).toMatchObject({ alt: "shown" });
});
