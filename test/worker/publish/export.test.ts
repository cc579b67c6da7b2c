// No lock-in: the content of one Worker, exported by the CLI and published into an empty one, gives the same bytes.

import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";

const ROOT = join(import.meta.dirname, "../../..");
const run = promisify(execFile);
const [LEAD, OTHER] = [png(1200, 10), png(30, 40)];
const directory = mkdtempSync(join(tmpdir(), "wireroom-export-"));

let first: RunningWorker;
let second: RunningWorker;
beforeAll(async () => {
  [first, second] = [await startWorker(), await startWorker()];
});
afterAll(async () => {
  await first?.close();
  await second?.close();
  rmSync(directory, { recursive: true, force: true });
});

const wireroom = (worker: RunningWorker, ...words: readonly string[]) =>
  run(
    join(ROOT, "node_modules/.bin/node"),
    [join(ROOT, "src/cli/main.ts"), ...words, "--to", worker.url, "--token", TOKEN],
    { env: { PATH: process.env.PATH ?? "" } },
  );

const EVERYTHING = article({
  id: "urn:uuid:1c3c0f6e-0000-4000-8000-000000000001",
  headline: 'Say ]]> "yes" & <no> 🚢: the harbour',
  shortHeadline: "yes: no",
  dek: "- a dek, like: a list # or not",
  section: "about",
  tags: ["Ships & Boats", "true", "2024", "ключ"],
  language: "de",
  bylines: ["david-choi", { person: "wireroom-desk", role: "editor" }, { name: "Ö", bio: "---\nnone" }],
  dateline: "BUSAN, Südkorea",
  updated: "2024-10-25T08:00:00+09:00",
  images: [
    {
      src: LEAD.src,
      alt: "A line",
      caption: "It's: “a” line",
      credit: { name: "Zed", role: "photographer" },
    },
    { src: "https://elsewhere.test/picture.jpg", alt: "", width: 10, height: 20 },
  ],
  corrections: [{ at: "2024-10-26T00:00:00Z", kind: "clarification", text: "Not > that, but < this." }],
  rights: { copyright: "© Wire", license: "https://creativecommons.org/licenses/by/4.0/" },
  sponsored: true,
  syndicate: false,
  url: "https://else.test/story?a=1&b=2",
  body: {
    html: `<h2>Head &amp; tail</h2><p>Text with <a href="/articles/plain">a link</a>, <em>stress</em> and
      <code>&lt;code&gt; {{x}}</code>.</p><img src="${OTHER.src}" alt="in the body"><pre>  two
  lines # kept</pre><ul><li>one</li></ul><blockquote><p>Quote</p></blockquote><table><tr><td>1</td></tr></table>`,
  },
});

it("gives the same bytes in every format, with the same ids", async () => {
  for (const { sha256, bytes } of [LEAD, OTHER]) {
    await first.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
  }
  const later = new Date(Date.now() + 3_600_000).toISOString();
  for (const [slug, changes] of [
    ["everything", EVERYTHING],
    ["plain", article()],
    ["before-the-move", article({ headline: "Moved", published: "2024-10-20T00:00:00Z" })],
    ["scheduled", article({ headline: "Not yet", published: later })],
    ["expiring", article({ headline: "For an hour", expires: later })],
  ] as const) {
    const response = await first.put(slug, changes);
    expect(response.status, await response.text()).toBe(201);
  }
  const moved = article({ headline: "Moved", published: "2024-10-20T00:00:00Z" });
  expect((await first.put("after-the-move?from=before-the-move", moved)).status).toBe(200);

  const folder = join(directory, "content");
  await wireroom(first, "export", folder);
  const { stdout } = await wireroom(second, "publish", folder);
  expect(stdout).toMatch(/5/);
  for (const format of FORMATS) {
    const document = await first.document(format);
    expect(document).toContain("Moved");
    expect(await second.document(format), format).toBe(document);
  }
});

it("gives the same articles back over the API, scheduled ones too", async () => {
  for (const slug of ["everything", "plain", "after-the-move", "scheduled", "expiring"]) {
    const [one, other] = await Promise.all(
      [first, second].map(async (worker) => (await worker.api(`/articles/${slug}`)).json()),
    );
    expect(other, slug).toEqual(one);
    expect(await (await first.put(slug, one)).json()).toMatchObject({ change: "unchanged" });
  }
});

it("publishes nothing anew when published back where it came from", async () => {
  await first.settled();
  const { DB } = await first.env();
  const versions = () => DB.prepare("SELECT sum(version) AS n FROM articles").first<number>("n");
  const before = await versions();
  await wireroom(first, "publish", join(directory, "content"));
  expect(await versions()).toBe(before);
});

it("leaves withdrawn articles out of what is published again", async () => {
  await first.del("plain");
  const folder = join(directory, "again");
  await wireroom(first, "export", folder);
  await second.del("plain", "silent=true");
  await wireroom(second, "publish", folder);
  expect((await second.fetch("/articles/plain")).status).toBe(410);
});

it("publishes an article once, whatever its folder is called, and takes it down and back", async () => {
  const folder = join(directory, "own");
  const file = (slug: string) => join(folder, "articles", slug, "index.md");
  const write = (slug: string, text: string) => {
    mkdirSync(join(folder, "articles", slug), { recursive: true });
    writeFileSync(file(slug), text);
  };
  const TEXT = `---\nheadline: Ferry\npublished: 2026-03-02T18:00:00Z\n---\n\nThe night ferry is back, and leaves the harbour at eight.\n`;
  const statusOf = async (slug: string) => {
    const { status, headers } = await second.raw(`/articles/${slug}`);
    return [status, headers.location];
  };
  write("ferry", TEXT);
  copyFileSync(join(ROOT, "content/site.yaml"), join(folder, "site.yaml"));
  await wireroom(second, "publish", folder);
  // Somebody edits it over the API: git leaves that alone, and says who it was.
  const edit = article({ headline: "Ferry!", published: "2026-03-02T18:00:00Z" });
  await second.put("ferry?by=Mara", edit);
  write("ferry", TEXT.replace("eight", "nine"));
  await expect(wireroom(second, "publish", folder)).rejects.toMatchObject({
    stderr: expect.stringMatching(/sent on .+ by Mara.*\n.*:2 {2}headline {2}is stored as “Ferry!”/),
  });
  await wireroom(second, "publish", folder, "--force");

  renameSync(join(folder, "articles/ferry"), join(folder, "articles/night-ferry"));
  await expect(wireroom(second, "publish", folder)).rejects.toMatchObject({
    stderr: expect.stringContaining("npx wireroom mv ferry night-ferry"),
  });
  expect(await statusOf("night-ferry")).toEqual([404, undefined]);
  await wireroom(second, "mv", "ferry", "night-ferry", "--dir", folder);
  expect(await statusOf("ferry")).toEqual([301, "/articles/night-ferry"]);
  expect(await statusOf("night-ferry")).toEqual([200, undefined]);
  const { stdout } = await wireroom(second, "publish", folder);
  expect(stdout).toContain("1 as before.");

  await wireroom(second, "withdraw", "night-ferry", "--reason", "Wrong ship");
  expect(await statusOf("night-ferry")).toEqual([410, undefined]);
  await wireroom(second, "publish", folder);
  expect(await statusOf("night-ferry")).toEqual([410, undefined]);
  await wireroom(second, "restore", "night-ferry");
  expect(await statusOf("night-ferry")).toEqual([200, undefined]);
  const stored = (await (await second.api("/articles/night-ferry")).json()) as { id: string };
  expect(stored.id).toBe("tag:news.example.com,2024-01-01:ferry");
});
