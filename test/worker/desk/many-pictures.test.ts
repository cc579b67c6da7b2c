// A photo essay with as many pictures as an article may have: written at the desk, published, and whole in every feed, on
// its page and at a partner. One picture more is a problem that the editor reads while writing.

import { afterAll, beforeAll, expect, it } from "vitest";
import { IMAGES_LIMIT } from "../../../src/article/image.ts";
import type { CheckAnswer, StoryAnswer } from "../../../src/desk/answers.ts";
import { png, type TestImage } from "../articles.ts";
import { type RunningWorker, SITE_URL, until } from "../harness.ts";
import { issue, partner } from "../partners/partners.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

/** What an entry may have: a feed shows fifty of them, and a value of KV has at most 25 MB. */
const ENTRY_BYTES = 400_000;
const AT_ONCE = 10;

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

const pictures: readonly TestImage[] = Array.from({ length: IMAGES_LIMIT + 1 }, (_, index) =>
  png(20 + (index % 30), 20 + Math.floor(index / 30)),
);

const essay = (images: readonly TestImage[]) => ({
  headline: "A year in the harbour",
  section: "about",
  images: images.map(({ src }, index) => ({
    ...{ src, alt: `The harbour on day ${index}, seen from the north quay with the ferry leaving` },
    ...{ caption: `Day ${index}: the ferry leaves at dawn, as it has since the bridge was closed.` },
    credit: "Mara Quill/Quayside",
  })),
  body: {
    html: images
      .map(({ src }, index) => `<p>On day ${index} it sails.</p><figure><img src="${src}"></figure>`)
      .join(""),
  },
});

async function send({ sha256, bytes }: TestImage): Promise<void> {
  const sent = await worker.fetch(`/api/media/${sha256}`, {
    method: "PUT",
    headers: { Cookie: reporter.cookie, ...FROM_HERE },
    body: new Uint8Array(bytes),
  });
  expect(sent.status).toBe(201);
}

it(`an article with ${IMAGES_LIMIT} pictures is published with all of them, and with one more it is refused early`, async () => {
  expect(new Set(pictures.map(({ sha256 }) => sha256)).size).toBe(IMAGES_LIMIT + 1);
  for (let at = 0; at < pictures.length; at += AT_ONCE)
    await Promise.all(pictures.slice(at, at + AT_ONCE).map(send));

  const tooMany = await reporter.ask("POST", "/check", { article: essay(pictures) });
  const { problems } = (await tooMany.json()) as CheckAnswer;
  expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    `images must have at most ${IMAGES_LIMIT} entries`,
    `body.html shows too many pictures: with \`images\` it must have at most ${IMAGES_LIMIT} entries`,
  ]);

  await partner(worker, "all");
  const article = essay(pictures.slice(0, IMAGES_LIMIT));
  const made = await reporter.ask("POST", "/stories", { article });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as StoryAnswer;
  const checked = await reporter.ask("POST", `/check?story=${id}`, { article });
  expect(((await checked.json()) as CheckAnswer).problems).toEqual([]);
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(202);
  const story = await until("it is out", async () => {
    const read = (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return (read.live === 1 || read.problems.length > 0) && read;
  });
  expect(story).toMatchObject({ live: 1, problems: [] });
  await worker.settled();

  const wanted = article.images.map(({ src }) => src);
  const page = await (await worker.fetch("/articles/a-year-in-the-harbour")).text();
  expect(missing(page, wanted)).toEqual([]);
  for (const format of ["rss", "atom", "json"] as const) {
    const document = await worker.document(format);
    expect([
      format,
      missing(
        document,
        wanted.map((src) => SITE_URL + src),
      ),
    ]).toEqual([format, []]);
    expect(document, format).toContain(`On day ${IMAGES_LIMIT - 1} it sails.`);
    expect(document.length, format).toBeLessThan(ENTRY_BYTES);
  }
  const { token } = await issue(worker, "all");
  const partners = await worker.fetch("/partners/all/rss.xml", {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(missing(await partners.text(), wanted)).toEqual([]);
});

const missing = (text: string, wanted: readonly string[]): readonly string[] =>
  wanted.filter((one) => !text.includes(one));
