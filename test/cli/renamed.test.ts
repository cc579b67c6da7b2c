// Renaming a folder: what was one article stays one, whichever way somebody goes about it.

import { execFile } from "node:child_process";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { isSameText } from "../../src/cli/check/article-reports.ts";
import { runCheck } from "../../src/cli/check.ts";
import { Client } from "../../src/cli/client.ts";
import { runMove } from "../../src/cli/move.ts";
import { type PublishOptions, runPublish } from "../../src/cli/publish.ts";
import { renamedSince } from "../../src/cli/renamed.ts";
import { NoToken } from "../../src/cli/target.ts";
import { CliError } from "../../src/content/finding.ts";
import { withMovedFrom } from "../../src/content/write-article.ts";
import { contentFolder, PLAIN, write } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, type Server, TOKEN } from "./server.ts";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const TEXT = "The council voted on Monday for a second ferry, which leaves the harbour at eight every night.";
const ARTICLE = `---\nheadline: A second ferry\npublished: 2026-03-02T18:00:00Z\n---\n\n${TEXT}\n`;

const clientOf = ({ url }: Server) => new Client({ url, token: TOKEN }, 1);

async function publish(server: Server, dir: string, options: Omit<PublishOptions, "dir"> = {}) {
  const out = listen();
  const code = await runPublish({ ...options, dir }, clientOf(server), out);
  return { code, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
}

const move = async (server: Server, dir: string, from: string, to: string, force = false) => {
  const out = listen();
  const options = { dir, from, to, force, named: true };
  const code = await runMove(options, () => Promise.resolve(clientOf(server)), out);
  return { code, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
};

const puts = ({ seen }: Server): readonly string[] => seen.filter((call) => !call.startsWith("GET"));

/** A folder `ferry` that was published. */
async function published(others: Readonly<Record<string, string>> = {}) {
  const server = await apiServer();
  const dir = contentFolder({ "articles/ferry/index.md": ARTICLE, ...others });
  await publish(server, dir);
  server.seen.length = 0;
  return { server, dir };
}

const rename = (dir: string, from: string, to: string) =>
  renameSync(join(dir, "articles", from), join(dir, "articles", to));

describe("a folder that was renamed by hand", () => {
  it.each([
    ["as it was", ARTICLE],
    ["edited", ARTICLE.replace("A second ferry", "Ferry wins").replace("on Monday ", "late on Monday ")],
    ["with another date and headline", ARTICLE.replace("A second", "Two").replace("03-02", "03-03")],
    [
      "with the id of what it was",
      ARTICLE.replace("---\n", "---\nid: tag:test:ferry\n").replace(TEXT, "New."),
    ],
    [
      "with the slug of what it was as id",
      ARTICLE.replace("---\n", "---\nid: ferry\n").replace(TEXT, "New."),
    ],
  ])("%s is stopped with the cure, and the rest is sent", async (_, text) => {
    const { server, dir } = await published();
    rename(dir, "ferry", "night-ferry");
    write(dir, { "articles/night-ferry/index.md": text, "articles/other/index.md": PLAIN });
    const { code, text: said } = await publish(server, dir, { prune: true, yes: true });
    expect(code).toBe(1);
    expect(puts(server)).toEqual(["PUT /api/articles/other?home=git"]);
    expect(said).toMatch(
      /^content\/articles\/night-ferry\/index\.md.* npx wireroom mv ferry night-ferry keeps its id/m,
    );
    expect(said).toContain("1 created, 1 stopped.");
    expect(said).not.toMatch(/^to withdraw|^withdrawn/m);
  });

  it("is stopped while somebody works on it, too", async () => {
    const { server, dir } = await published();
    rename(dir, "ferry", "night-ferry");
    const { text } = await publish(server, dir, { only: new Set(["ferry", "night-ferry"]), quiet: true });
    expect([puts(server), text]).toEqual([[], expect.stringContaining("npx wireroom mv ferry night-ferry")]);
  });

  it("is another article where its text is another, or where somebody says so", async () => {
    const { server, dir } = await published();
    rename(dir, "ferry", "night-ferry");
    const other = ARTICLE.replace(
      TEXT,
      "Nothing of this has to do with ships, it is about trams and their drivers.",
    );
    write(dir, { "articles/trams/index.md": other.replace("A second ferry", "Trams") });
    await publish(server, dir, { asNew: ["night-ferry"] });
    expect(puts(server).toSorted()).toEqual([
      "PUT /api/articles/night-ferry?home=git",
      "PUT /api/articles/trams?home=git",
    ]);
  });

  it("and was published twice: --prune doesn't withdraw the first, the cure is named", async () => {
    const { server, dir } = await published();
    write(dir, { "articles/night-ferry/index.md": ARTICLE });
    await publish(server, dir);
    rmSync(join(dir, "articles/ferry"), { recursive: true });
    server.seen.length = 0;
    const { text } = await publish(server, dir, { prune: true, yes: true });
    expect(puts(server)).toEqual([]);
    expect(text).toContain("npx wireroom mv ferry night-ferry makes one article of the two");
    expect((await move(server, dir, "ferry", "night-ferry")).code).toBe(0);
    expect(puts(server)).toEqual(["PUT /api/articles/night-ferry?home=git&from=ferry"]);
  });

  it("that names the slug of another article as its id is stopped", async () => {
    const { server, dir } = await published();
    write(dir, { "articles/new/index.md": PLAIN.replace("---\n", "---\nid: ferry\n") });
    const { code, text } = await publish(server, dir);
    expect([code, puts(server)]).toEqual([1, []]);
    expect(text).toMatch(/new\/index\.md:2 {2}id {2}is the slug of another article, not an id/);
  });
});

describe("check", () => {
  const checked = async (dir: string, server?: Server, named = true) => {
    const out = listen();
    const asked = server && { connect: () => Promise.resolve(clientOf(server)), named };
    const code = await runCheck({ dir }, out, "text", asked && ((scope) => renamedSince(scope, asked, out)));
    return { code, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
  };

  it("names, where a Worker can be asked, the folder that was renamed, and how to mend it", async () => {
    const { server, dir } = await published();
    expect((await checked(dir, server)).code).toBe(0);
    rename(dir, "ferry", "night-ferry");
    const { code, text } = await checked(dir, server);
    expect([code, puts(server)]).toEqual([1, []]);
    expect(text).toMatch(/night-ferry\/index\.md:\d+ .*npx wireroom mv ferry night-ferry/);
    expect((await checked(dir)).code).toBe(0);
  });

  it("goes on without a Worker that only the environment names", async () => {
    const { server, dir } = await published();
    server.trouble = () => "hang up";
    const { code, text } = await checked(dir, server, false);
    expect([code, text]).toEqual([
      0,
      expect.stringMatching(/^The folder was not compared with the Worker: /),
    ]);
    await expect(checked(dir, server)).rejects.toThrow(/can't be reached/);
  });

  it.each([
    ["the folder", "content", false],
    ["the new folder alone", "content/articles/night-ferry", false],
    ["the new folder alone, named by a flag", "content/articles/night-ferry", true],
  ])("asks the Worker that WIREROOM_URL names about %s, as --to does", async (_, path, to) => {
    const { server, dir } = await published();
    rename(dir, "ferry", "night-ferry");
    const words = ["check", path.replace("content", dir), "--token", TOKEN];
    const env = { ...process.env, WIREROOM_TOKEN: "", WIREROOM_URL: to ? "" : server.url };
    const ended = promisify(execFile)(
      process.execPath,
      [MAIN, ...words, ...(to ? ["--to", server.url] : [])],
      {
        env,
      },
    );
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("npx wireroom mv ferry night-ferry"),
    });
  });

  it("goes on without a token for a Worker that only the environment names", async () => {
    const out = listen();
    const connect = () => Promise.reject(new NoToken("There is no token."));
    const dir = contentFolder({ "articles/ferry/index.md": ARTICLE });
    expect(await renamedSince({ dir }, { connect, named: false }, out)).toEqual([]);
    expect(out.text()).toBe("The folder was not compared with the Worker: There is no token.");
    await expect(renamedSince({ dir }, { connect, named: true }, out)).rejects.toThrow(NoToken);
  });

  it("warns of two folders with one text, and of a folder's name as an id", async () => {
    const dir = contentFolder({
      "articles/ferry/index.md": ARTICLE,
      "articles/night-ferry/index.md": ARTICLE.replace("A second", "The night").replace("Monday", "*Monday*"),
      "articles/photo/index.md": PLAIN,
      "articles/picture/index.md": PLAIN.replace("---\n", "---\nid: photo\n"),
    });
    const { code, text } = await checked(dir);
    expect(code).toBe(0);
    expect(text).toContain(
      "content/articles/ferry/index.md:1  warning:  body  has the same text as night-ferry",
    );
    expect(text).toContain(
      "content/articles/night-ferry/index.md:1  warning:  body  has the same text as ferry",
    );
    expect(text).toMatch(/picture\/index\.md:2 {2}warning: {2}id {2}is the name of another article's folder/);
    expect(text).not.toContain("same text as photo");
  });
});

describe("mv", () => {
  it("renames the folder, notes it in the file, and moves the article there", async () => {
    const { server, dir } = await published({ "articles/other/index.md": `${PLAIN}[Ferry](../ferry/)\n` });
    const { code, text } = await move(server, dir, "ferry", "night-ferry");
    expect(code).toBe(0);
    expect(puts(server)).toEqual(["PUT /api/articles/night-ferry?home=git&from=ferry"]);
    expect(readFileSync(join(dir, "articles/night-ferry/index.md"), "utf8")).toBe(
      ARTICLE.replace("\n---\n\n", "\nmovedFrom: [ferry]\n---\n\n"),
    );
    expect(text).toContain("moved     content/articles/ferry to content/articles/night-ferry");
    expect(text).toContain(
      "content/articles/other/index.md  links to ../ferry/: change that to ../night-ferry/",
    );
    write(dir, { "articles/other/index.md": PLAIN });
    expect((await publish(server, dir)).text).toMatch(/1 as before\.$/);
  });

  it("takes paths of folders, and a folder that was renamed already", async () => {
    const { server, dir } = await published();
    rename(dir, "ferry", "night-ferry");
    const { text } = await move(
      server,
      dir,
      "content/articles/ferry/",
      "content/articles/night-ferry/index.md",
    );
    expect(puts(server)).toEqual(["PUT /api/articles/night-ferry?home=git&from=ferry"]);
    expect(text).toContain("noted     movedFrom: ferry in content/articles/night-ferry");
  });

  it("leaves it to the next publish where no Worker is known here", async () => {
    const { server, dir } = await published();
    const out = listen();
    const nobody = () => Promise.reject(new NoToken("There is no token."));
    const options = { dir, from: "ferry", to: "night-ferry", named: false };
    expect(await runMove(options, nobody, out)).toBe(0);
    expect(out.text()).toContain("The next publish does that.");
    await publish(server, dir);
    expect(puts(server)).toEqual(["PUT /api/articles/night-ferry?home=git&from=ferry"]);
  });

  it("refuses two folders, no folder and no article, and names that are none", async () => {
    const { server, dir } = await published({ "articles/night-ferry/index.md": PLAIN });
    await expect(move(server, dir, "ferry", "night-ferry")).rejects.toThrow(/Both .*ferry and .*night-ferry/);
    await expect(move(server, dir, "ferri", "quay")).rejects.toThrow(
      /no article ferri .*did you mean "ferry"/,
    );
    await expect(move(server, dir, "ferry", "Night Ferry")).rejects.toThrow(/is not a slug/);
    await expect(move(server, dir, "ferry", "ferry")).rejects.toThrow(CliError);
  });

  it("doesn't move what somebody else has changed, but with --force", async () => {
    const { server, dir } = await published();
    const held = server.articles.get("ferry");
    if (held) Object.assign(held, { version: 2, body: Buffer.from("{}"), sentBy: "Mara" });
    const { code, text } = await move(server, dir, "ferry", "night-ferry");
    expect([code, text]).toEqual([1, expect.stringContaining("was changed on the Worker since you sent it")]);
  });
});

describe("the note in a file", () => {
  it.each([
    ["the first", "headline: A\n", "headline: A\nmovedFrom: [old]\n"],
    ["the next", "movedFrom: [older]\nheadline: A\n", "movedFrom: [older, old]\nheadline: A\n"],
    ["one that is there", "movedFrom: [old, older]\n", "movedFrom: [older, old]\n"],
    ["a list over lines", "movedFrom:\n  - a\n  - b\nheadline: A\n", "movedFrom: [a, b, old]\nheadline: A\n"],
    ["in place of the slug as id", "id: old\nheadline: A # b\n", "headline: A # b\nmovedFrom: [old]\n"],
    ["beside an id", "id: 'tag:x,2024:old'\n", "id: 'tag:x,2024:old'\nmovedFrom: [old]\n"],
    ["with ends of lines of another system", "headline: A\r\n", "headline: A\r\nmovedFrom: [old]\r\n"],
  ])("%s", (_, before, after) => {
    expect(withMovedFrom(`\ufeff---\n${before}---\nBody\n`, "old")).toEqual({
      ok: true,
      value: `\ufeff---\n${after}---\nBody\n`,
    });
  });

  it("needs front matter", () => {
    expect(withMovedFrom("Body\n", "old")).toMatchObject({ ok: false });
    expect(withMovedFrom("---\na: [\n---\n", "old")).toMatchObject({ ok: false });
  });

  it("may not name a folder that is there", async () => {
    const { server, dir } = await published();
    write(dir, { "articles/new/index.md": PLAIN.replace("---\n", "---\nmovedFrom: [ferry]\n") });
    const { code, text } = await publish(server, dir);
    expect([code, puts(server)]).toEqual([1, []]);
    expect(text).toContain("new/index.md:2  movedFrom[0]  names ferry, but that folder still exists");
  });
});

describe("the text of two articles", () => {
  const of = (html: string, headline = "A") =>
    ({ headline, body: { html } }) as Parameters<typeof isSameText>[0];
  const words = (count: number, word: string) =>
    Array.from({ length: count }, (_, n) => `${word}${n}`).join(" ");

  it.each([
    ["other markup", `<p>${TEXT}</p>`, `<div><b>${TEXT.replace("a ", "a&nbsp;")}</b></div>`, true],
    ["a paragraph more", `<p>${words(50, "w")}</p>`, `<p>${words(60, "w")}</p>`, true],
    ["another text", `<p>${words(50, "w")}</p>`, `<p>${words(50, "v")}</p>`, false],
    ["a short part of a long one", `<p>${words(10, "w")}</p>`, `<p>${words(60, "w")}</p>`, false],
    [
      "Japanese",
      "<p>横浜港で新しいフェリーが就航し、多くの市民が岸壁から見送った。来月からは夜も運航する。</p>",
      "<p>横浜港で新しいフェリーが就航し、多くの市民が岸壁から見送った。来月から夜も運航します。</p>",
      true,
    ],
    ["nothing", "", "", true],
  ])("%s", (_, one, other, same) => {
    expect(isSameText(of(one), of(other))).toBe(same);
  });

  it("that is short, with another headline", () => {
    expect(isSameText(of("<p>Yes.</p>"), of("<p>Yes.</p>", "B"))).toBe(false);
  });
});
