// `wireroom pull`: what the desk published comes back as files, which `publish` sends to the same bytes; and nobody's work
// in the folder is overwritten.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ArticleSummary } from "../../../src/api/answers.ts";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { FORMATS } from "../../../src/formats/format.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { type Colleague, colleague } from "./desk.ts";

const ROOT = join(import.meta.dirname, "../../..");
const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), "wireroom-pull-"));
const content = join(directory, "content");
const PICTURE = png(120, 80);

let worker: RunningWorker;
let editor: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "0" } });
  editor = await colleague(worker, "Mara", "editor");
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  write("site.yaml", readFileSync(join(ROOT, "content/site.yaml"), "utf8"));
});
afterAll(async () => {
  await worker?.close();
  rmSync(directory, { recursive: true, force: true });
});

function write(name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(content, name)), { recursive: true });
  writeFileSync(join(content, name), text);
}
const text = (name: string): string => readFileSync(join(content, name), "utf8");

/** Runs the command in the folder above `content`; gives its exit code, and what it printed. */
async function wireroom(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const all = [join(ROOT, "src/cli/main.ts"), ...words, "--to", worker.url, "--token", TOKEN];
  const options = { env: { PATH: process.env.PATH ?? "" }, cwd: directory };
  try {
    const { stdout, stderr } = await run(join(ROOT, "node_modules/.bin/node"), all, options);
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

/** Writes a story, and publishes it. */
async function published(slug: string, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { published: _, ...draft } = article({ headline: `The ${slug}`, ...changes });
  const made = await editor.ask("POST", "/stories", { slug, article: draft });
  const { id } = (await made.json()) as StoryAnswer;
  await publish(id, 1);
  return id;
}
async function publish(id: string, revision: number): Promise<void> {
  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision })).status).toBe(202);
  await until("the story is out", async () => {
    const story = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return story.due === null && story.live === revision;
  });
}
const summary = async (slug: string): Promise<ArticleSummary | undefined> => {
  const { articles } = (await (await worker.api("/articles")).json()) as { articles: ArticleSummary[] };
  return articles.find((one) => one.slug === slug);
};
const versions = async () => {
  const { DB } = await worker.env();
  return DB.prepare(
    "SELECT group_concat(slug || ' ' || version) AS all_of_them FROM articles ORDER BY slug",
  ).first();
};
const documents = () => Promise.all(FORMATS.map((format) => worker.document(format)));

describe("articles of the desk", () => {
  it("come as Markdown with their pictures, and publishing them changes nothing", async () => {
    await published("ferry", {
      dek: "After: a year",
      bylines: ["david-choi", { name: "Ö", role: "editor" }],
      images: [{ src: PICTURE.src, alt: "A ferry", caption: "It's back" }],
      corrections: [{ at: "2024-10-26T00:00:00Z", kind: "update", text: "It # sails." }],
      body: {
        html: `<h2>Why</h2><p>It <em>sails</em> again.</p><img src="${PICTURE.src}" alt="A ferry"><p>Bye.</p>`,
      },
    });
    await published("harbour", {
      body: { html: '<p>Open.</p><table><tbody><tr><td colspan="2">9</td></tr></tbody></table>' },
    });
    await worker.settled();
    const before = { feeds: await documents(), versions: await versions() };
    const { code, said } = await wireroom("pull");
    expect([code, said], said).toEqual([0, expect.stringContaining("2 written.")]);
    expect(text("articles/ferry/index.md")).toContain("\n## Why\n\nIt _sails_ again.\n");
    expect(readdirSync(join(content, "articles/ferry")).toSorted()).toEqual(
      [`${PICTURE.sha256.slice(0, 12)}.png`, "index.md"].toSorted(),
    );
    expect(text("articles/harbour/index.md")).toContain('<td colspan="2">9</td>');
    // Still the desk's, so publish has nothing to send.
    const sent = await wireroom("publish");
    expect([sent.code, sent.said]).toEqual([0, expect.stringContaining("2 as before.")]);
    expect(await wireroom("pull")).toEqual({ code: 0, said: "2 as before.\n" });
    await worker.settled();
    expect({ feeds: await documents(), versions: await versions() }).toEqual(before);
  });

  it("are git's again with --give-back; what is changed there is sent, and the desk shows it", async () => {
    const id = await published("quay");
    const before = await versions();
    const { code, said } = await wireroom("pull", "quay", "--give-back");
    expect([code, said]).toEqual([0, expect.stringContaining("1 article edited in git from now on.")]);
    expect((await wireroom("publish")).said).toContain("as before");
    expect([await versions(), (await summary("quay"))?.home]).toEqual([before, "git"]);
    const refused = await editor.ask("PUT", `/stories/${id}`, { article: {} }, { "If-Match": '"1"' });
    expect(refused.status).toBe(422);
    write("articles/quay/index.md", text("articles/quay/index.md").replace("The quay", "The new quay"));
    expect((await wireroom("publish")).said).toContain("updated   quay");
    expect(await summary("quay")).toMatchObject({ home: "git", headline: "The new quay" });
    // Neither pulled, nor given back twice.
    expect(await wireroom("pull", "quay")).toMatchObject({
      code: 1,
      said: expect.stringContaining("its home is git"),
    });
  });

  it("that git had are written into their files, unless those were changed since", async () => {
    write(
      "articles/pier/index.md",
      "---\nheadline: The pier\npublished: 2024-10-24T00:00:00Z\nmovedFrom: [old-pier]\nimages:\n  - src: view.png\n    alt: A view\n---\nOld.\n\n![](view.png)\n",
    );
    write("articles/pier/view.png", png(11, 7).bytes);
    expect((await wireroom("publish")).code).toBe(0);
    const { id } = (await (await editor.ask("POST", "/articles/pier/take-over")).json()) as StoryAnswer;
    const { article: typed } = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    const changed = { ...typed, headline: "The longer pier" };
    await editor.ask("PUT", `/stories/${id}`, { article: changed }, { "If-Match": '"1"' });
    await publish(id, 2);
    const stopped = await wireroom("publish");
    expect([stopped.code, stopped.said]).toEqual([1, expect.stringContaining("wireroom pull pier")]);

    const mine = text("articles/pier/index.md").replace("Old.", "Mine, not sent yet.");
    write("articles/pier/index.md", mine);
    const refused = await wireroom("pull", "pier");
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("was changed since")]);
    expect(text("articles/pier/index.md")).toBe(mine);

    write("articles/pier/index.md", mine.replace("Mine, not sent yet.", "Old."));
    expect((await wireroom("pull", "pier")).code).toBe(0);
    const pulled = text("articles/pier/index.md");
    for (const line of ["headline: The longer pier", "- old-pier", "src: view.png"])
      expect(pulled).toContain(line);
    expect(readdirSync(join(content, "articles/pier")).toSorted()).toEqual(["index.md", "view.png"]);
    expect((await wireroom("publish")).code).toBe(0);

    write("articles/pier/index.md", mine);
    expect((await wireroom("pull", "pier", "--force")).code).toBe(0);
    expect(text("articles/pier/index.md")).toBe(pulled);
  });

  it("aren't given back while the desk has text that isn't out", async () => {
    const id = await published("dock");
    await editor.ask("PUT", `/stories/${id}`, { article: { headline: "Later" } }, { "If-Match": '"1"' });
    const refused = await wireroom("pull", "dock", "--give-back");
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("revision 2")]);
    expect((await summary("dock"))?.home).toBe("desk");
    expect((await wireroom("pull", "dock")).code).toBe(0);
  });
});

it("a draft is written as one, and only by name", async () => {
  const draft = {
    headline: "Not yet: a draft",
    tags: [5],
    body: { html: "<p>Un <strong>fini</strong>.</p>" },
  };
  await editor.ask("POST", "/stories", { article: draft });
  await wireroom("pull");
  expect(readdirSync(join(content, "articles"))).not.toContain("not-yet-a-draft");
  const { code, said } = await wireroom("pull", "not-yet-a-draft");
  expect([code, said]).toEqual([0, expect.stringContaining("left out, as it can't be read: tags")]);
  expect(text("articles/not-yet-a-draft/index.md")).toBe(
    '---\ndraft: true\nheadline: "Not yet: a draft"\n---\nUn **fini**.\n',
  );
  expect((await wireroom("pull", "not-yet-a-draft")).code).toBe(1);
  expect((await wireroom("publish")).code).toBe(0);
  expect(await wireroom("pull", "nowhere")).toMatchObject({
    code: 1,
    said: expect.stringContaining("is neither an article nor a draft"),
  });
});
