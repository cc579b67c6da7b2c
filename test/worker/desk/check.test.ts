// The checks of a draft for the desk and for a CMS: the problems that publishing refuses, the warnings of `wireroom check`, and
// each partner's verdict.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lintArticle } from "../../../src/cli/check/article-reports.ts";
import { readContent } from "../../../src/content/folder.ts";
import type { CheckAnswer, StoryAnswer } from "../../../src/desk/answers.ts";
import { toInstant } from "../../../src/lib/time.ts";
import { contentFolder } from "../../cli/folder.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { partner } from "../partners/partners.ts";
import { type Colleague, colleague } from "./desk.ts";

let worker: RunningWorker;
let reporter: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "0" } });
  reporter = await colleague(worker, "Tomas", "reporter");
  await partner(worker, "science", { name: "Science Weekly", select: { sections: ["science"] } });
  await partner(worker, "portal", { name: "Portal", profile: "msn" });
  await partner(worker, "off", { name: "Nobody", enabled: false });
});
afterAll(() => worker?.close());

async function check(article: unknown, query = "", more = {}): Promise<CheckAnswer> {
  const answer = await reporter.ask("POST", `/check${query}`, { article, ...more });
  expect(answer.status).toBe(200);
  return (await answer.json()) as CheckAnswer;
}
const lines = (list: CheckAnswer["problems"]) => list.map(({ path, message }) => `${path} ${message}`);

const LONG = `The ferry ${"sails and ".repeat(12)}stops`;

describe("the checks", () => {
  it("find what publishing would refuse, all at once, and stop there", async () => {
    const article = { section: "sport", bylines: ["nobody"], body: { html: "<p>Words.</p>" } };
    const { problems } = await check(article);
    const made = await reporter.ask("POST", "/stories", { article });
    const { id } = (await made.json()) as StoryAnswer;
    const editor = await colleague(worker, "Mara", "editor");
    const refused = await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    const { errors } = (await refused.json()) as { errors: CheckAnswer["problems"] };
    expect(lines(problems).sort()).toEqual(lines(errors).sort());
    expect(problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["headline", "section", "bylines[0]"]),
    );
  });

  it("say what `wireroom check` says of the same article in a file", async () => {
    const dir = contentFolder({
      "articles/a/index.md": `---\npublished: 2026-03-01T08:00:00Z\nheadline: ${LONG}\ndek: ${LONG}\nsponsored: true\npriority: lead\n---\nWords.\n\n<script>1</script>\n`,
    });
    const content = await readContent(dir);
    const now = toInstant(new Date("2026-03-02T12:00:00Z"));
    const [folder] = content.folders;
    const findings = folder ? lintArticle(folder, content, now).findings : [];
    expect(findings.length).toBeGreaterThan(3);
    const { warnings } = await check({
      headline: LONG,
      dek: LONG,
      sponsored: true,
      priority: "lead",
      body: { html: "<p>Words.</p>\n\n<script>1</script>" },
    });
    const inFile = findings.map(({ path, message }) => `${path.replace(/^body$/, "body.html")} ${message}`);
    expect(lines(warnings).sort()).toEqual(inFile.sort());
  });

  it("say of pictures what they lack", async () => {
    const { problems, warnings } = await check({
      headline: "Pictures",
      body: { html: "<p>Words.</p>" },
      images: [
        { src: "https://pictures.example/map-of-the-route.jpg", width: 300, height: 200, type: "image/jpeg" },
      ],
    });
    expect(problems.map(({ path }) => path)).toEqual(["images[0].alt"]);
    expect(lines(warnings)).toEqual([
      "images[0].src is 300 pixels wide: use one of at least 1,200",
      expect.stringContaining("images[0].crop is missing"),
    ]);
  });

  it("measure the headline against lists and partners, and say who gets the article and why not", async () => {
    const { headline, partners } = await check({
      headline: "Ferry",
      section: "science",
      body: { html: "<p>Words.</p>" },
    });
    expect(headline).toEqual({
      characters: 5,
      limits: [
        { name: "Lists", characters: 110 },
        { name: "Portal", characters: 150 },
      ],
    });
    expect(partners.map(({ name }) => name)).toEqual(["Portal", "Science Weekly"]);
    const [portal, science] = partners;
    expect(science).toMatchObject({ gets: true, rule: null, findings: [] });
    expect(portal).toMatchObject({ gets: false, rule: "profile msn" });
    expect(portal?.findings.map(({ path }) => path)).toEqual(expect.arrayContaining(["body", "headline"]));
    const other = await check({ headline: "Ferry", section: "culture", body: { html: "<p>Words.</p>" } });
    expect(other.partners[1]).toMatchObject({ gets: false, rule: "select.sections" });
  });

  it("of a story take its address and its corrections, and store nothing", async () => {
    const made = await reporter.ask("POST", "/stories", { article: { headline: "Stored" } });
    const { id } = (await made.json()) as StoryAnswer;
    await check({ headline: "Not stored", body: { html: "<p>Words.</p>" } }, `?story=${id}`);
    const { article, revision } = (await (await reporter.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    expect([article, revision]).toEqual([{ headline: "Stored" }, 1]);
    expect((await reporter.ask("POST", "/check?story=nothing", { article: {} })).status).toBe(404);
  });

  it("take any draft, and no body that isn't one", async () => {
    for (const article of [{}, { headline: 1, images: 2, bylines: "x", body: [] }, { tags: [null, {}] }])
      expect((await check(article)).problems.length).toBeGreaterThan(0);
    expect((await reporter.ask("POST", "/check", { article: { nothing: 1 } })).status).toBe(422);
    expect((await reporter.ask("POST", "/check", { articles: {} })).status).toBe(422);
    expect((await worker.fetch("/api/check", { method: "POST", body: "{}" })).status).toBe(401);
  });
});
