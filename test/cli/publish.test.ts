// `publish` against a real server: what is sent, in which order, and what is told of the rest.

import { readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { type PublishOptions, runPublish } from "../../src/cli/publish.ts";
import { hexSha256 } from "../../src/content/images.ts";
import { withLocalTimes } from "../../src/lib/time.ts";
import { PHOTOGRAPHS, TOLD } from "../photograph.ts";
import { contentFolder, PIXEL, PLAIN, write } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, type Server, TOKEN } from "./server.ts";

async function publish(server: Server, dir: string, options: Omit<PublishOptions, "dir"> = {}) {
  const out = listen();
  const client = new Client({ url: server.url, token: TOKEN }, 1);
  const code = await runPublish({ ...options, dir }, client, out);
  return { code, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
}

/** What was sent, without its query. */
const writes = (server: Server): readonly string[] =>
  server.seen.filter((call) => !call.startsWith("GET")).map((call) => call.replace(/\?.*$/, ""));

const WITH_PICTURE = `${PLAIN}![Pixel](p.png)\n`;

describe("publish", () => {
  it("sends pictures before the articles that show them, each once", async () => {
    const server = await apiServer();
    const dir = contentFolder({
      "articles/a/p.png": PIXEL,
      "articles/a/index.md": WITH_PICTURE,
      "articles/b/p.png": PIXEL,
      "articles/b/index.md": WITH_PICTURE,
    });
    const { code, text } = await publish(server, dir);
    expect(code).toBe(0);
    expect(writes(server)[0]).toBe(`PUT /api/media/${hexSha256(PIXEL)}`);
    expect([...writes(server)].sort()).toEqual([
      "PUT /api/articles/a",
      "PUT /api/articles/b",
      `PUT /api/media/${hexSha256(PIXEL)}`,
    ]);
    expect(server.media.get(hexSha256(PIXEL))?.equals(PIXEL)).toBe(true);
    expect(text).toContain(`created   a  ${server.url}/articles/a`);
    expect(text).toMatch(/\n2 created, 1 picture\.$/);
  });

  it.each([
    ["Asia/Seoul", "30 November 2026, 17:36 Korean Standard Time"],
    [undefined, "2026-11-30T08:36:00Z"],
  ])("tells times by the clocks of the site: %s", (timezone, time) => {
    const told = withLocalTimes("sent on 2026-11-30T08:36:00Z by Ada", timezone);
    expect(told).toBe(`sent on ${time} by Ada`);
  });

  it("says when an article comes out, instead of an address that isn't there yet", async () => {
    const server = await apiServer();
    const later = PLAIN.replace(/published: .*/, "published: 2999-01-02T09:00:00+09:00");
    const { text } = await publish(server, contentFolder({ "articles/later/index.md": later }));
    expect(text).toContain("created   later  scheduled for 2 January 2999, 00:00 UTC\n");
    expect(text).not.toContain("/articles/later");
  });

  it("sends a photograph without what its file tells, under the name of what it sends", async () => {
    const server = await apiServer();
    const files = {
      "articles/a/p.jpg": PHOTOGRAPHS.jpeg,
      "articles/a/index.md": WITH_PICTURE.replace("p.png", "p.jpg"),
    };
    expect((await publish(server, contentFolder(files))).code).toBe(0);
    const [[name, bytes] = ["", Buffer.alloc(0)]] = server.media;
    expect(name).toBe(hexSha256(bytes));
    expect(TOLD.filter((told) => bytes.includes(told))).toEqual([]);
    const article = JSON.parse(String(server.articles.get("a")?.body)) as { images: { src: string }[] };
    expect(article.images[0]?.src).toBe(`/media/${name}.jpg`);

    const keeping = await apiServer();
    const site = `${readFileSync(join(contentFolder({}), "site.yaml"), "utf8")}pictures: { keepMetadata: true }\n`;
    expect((await publish(keeping, contentFolder({ ...files, "site.yaml": site }))).code).toBe(0);
    expect(keeping.media.get(hexSha256(PHOTOGRAPHS.jpeg))?.equals(PHOTOGRAPHS.jpeg)).toBe(true);
  });

  it("prints what the Worker accepted but not as it came, with the line that it stands on", async () => {
    const server = await apiServer();
    server.warnings = [
      { code: "later", path: "headline", message: "is told by a Worker of a later version" },
      {
        code: "frame-became-link",
        path: "body.html",
        message:
          "holds an iframe from films.example, which becomes a link; to keep it, add films.example to iframeHosts in site.yaml",
      },
    ];
    const frame = '<iframe src="https://films.example/1"></iframe>\n';
    const dir = contentFolder({
      "articles/a/index.md": `${PLAIN}Text.\n\n${frame}`,
      "articles/b/index.html": `${PLAIN}Text.\n\n${frame}`,
    });
    const { code, text } = await publish(server, dir);
    expect(code).toBe(0);
    for (const file of ["a/index.md", "b/index.html"]) {
      expect(text).toContain(
        `content/articles/${file}:2  warning:  headline  is told by a Worker of a later`,
      );
      expect(text).toContain(
        `content/articles/${file}:7  warning:  body  holds an iframe from films.example`,
      );
    }
    expect((await publish(await apiServer(), dir, { dryRun: true })).text).toContain(
      "content/articles/a/index.md:7  warning:  body  holds an iframe from films.example",
    );
  });

  it("sends nothing again, and then only what changed", async () => {
    const server = await apiServer();
    const dir = contentFolder({
      "articles/a/p.png": PIXEL,
      "articles/a/index.md": WITH_PICTURE,
      "articles/b/index.md": PLAIN,
    });
    await publish(server, dir);
    server.seen.length = 0;
    expect((await publish(server, dir)).text).toBe("2 as before.");
    expect(writes(server)).toEqual([]);
    write(dir, { "articles/a/index.md": `${WITH_PICTURE}More.\n` });
    expect((await publish(server, dir)).text).toMatch(/updated {3}a .*\n1 updated, 1 as before\.$/);
    expect(writes(server)).toEqual(["PUT /api/articles/a"]);
  });

  it("publishes the rest when something is wrong here or refused there, and ends with 1", async () => {
    const server = await apiServer();
    server.trouble = (call) =>
      call.startsWith("PUT /api/articles/refused")
        ? {
            status: 422,
            body: JSON.stringify({
              title: "The content has problems",
              status: 422,
              errors: [
                { path: "published", message: "is frozen" },
                { path: "body.html", message: "is odd" },
              ],
            }),
          }
        : undefined;
    const dir = contentFolder({
      "articles/broken/index.md": "---\nheadline: A\n---\n",
      "articles/fine/index.md": PLAIN,
      "articles/refused/index.md": PLAIN,
    });
    const { code, text } = await publish(server, dir);
    expect(code).toBe(1);
    expect([...server.articles.keys()]).toEqual(["fine"]);
    expect(text).toContain("content/articles/broken/index.md:2  published  is missing");
    expect(text).toContain("content/articles/refused/index.md:3  published  is frozen");
    expect(text).toContain("content/articles/refused/index.md:5  body.html  is odd");
    expect(text).toMatch(/1 created/);
    expect(text).toMatch(/1 refused/);
    expect(text).toMatch(/1 broken/);
  });

  it("doesn't send an article whose picture was refused", async () => {
    const server = await apiServer();
    server.trouble = (call) =>
      call.startsWith("PUT /api/media")
        ? { status: 409, body: '{"title":"Clash","status":409,"detail":"This image was removed"}' }
        : undefined;
    const dir = contentFolder({ "articles/a/p.png": PIXEL, "articles/a/index.md": WITH_PICTURE });
    const { code, text } = await publish(server, dir);
    expect(code).toBe(1);
    expect(server.articles.size).toBe(0);
    expect(text).toContain("p.png: This image was removed (409)");
  });

  it("never sends a draft, and says when readers see an earlier state", async () => {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    await publish(server, dir);
    write(dir, { "articles/a/index.md": PLAIN.replace("---\n", "---\ndraft: true\n") });
    server.seen.length = 0;
    expect((await publish(server, dir)).text).toContain("a  is a draft here, but readers still see");
    expect(writes(server)).toEqual([]);
  });

  it("does nothing in a dry run, and says what it would do", async () => {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/p.png": PIXEL, "articles/a/index.md": WITH_PICTURE });
    const { code, text } = await publish(server, dir, { dryRun: true });
    expect([code, writes(server)]).toEqual([0, []]);
    expect(text).toBe("to send   a\n1 to send, 1 picture.");
  });
});

describe("an article that is gone from the folder", () => {
  async function vanished() {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN, "articles/b/index.md": PLAIN });
    await publish(server, dir);
    rmSync(join(dir, "articles/b"), { recursive: true });
    server.seen.length = 0;
    return { server, dir };
  }

  it("is told, and stays", async () => {
    const { server, dir } = await vanished();
    const { code, text } = await publish(server, dir);
    expect([code, writes(server)]).toEqual([0, []]);
    expect(text).toContain("b  is published, but not in content; --prune would withdraw it");
  });

  it("is withdrawn with --prune, and not told again", async () => {
    const { server, dir } = await vanished();
    expect((await publish(server, dir, { prune: true, dryRun: true })).text).toContain("to withdraw b");
    expect(writes(server)).toEqual([]);
    expect((await publish(server, dir, { prune: true, yes: true })).code).toBe(0);
    expect(writes(server)).toEqual(["DELETE /api/articles/b"]);
    expect((await publish(server, dir)).text).toBe("1 as before.");
  });

  it("stays while something else is wrong: a renamed folder with a mistake looks the same", async () => {
    const { server, dir } = await vanished();
    write(dir, { "articles/c/index.md": "---\nid: tag:test:b\nheadline: A\n---\n" });
    const { code, text } = await publish(server, dir, { prune: true, yes: true });
    expect([code, writes(server)]).toEqual([1, []]);
    expect(text).toContain("Nothing was withdrawn: 1 problem must be solved first.");
  });

  it("has only moved if another folder says that it was there", async () => {
    const { server, dir } = await vanished();
    write(dir, { "articles/c/index.md": PLAIN.replace("---\n", "---\nmovedFrom: [z, b]\n") });
    const { text } = await publish(server, dir, { prune: true });
    expect(server.seen.at(-2)).toBe("PUT /api/articles/c?home=git&from=b");
    expect(text).toMatch(/^moved {5}c /);
    expect((await publish(server, dir)).text).toBe("2 as before.");
  });

  it("is listed and asked for; without anybody to ask, nothing is withdrawn", async () => {
    const { server, dir } = await vanished();
    const questions: string[] = [];
    const answering = (answer: string) => (question: string) => {
      questions.push(question);
      return Promise.resolve(answer);
    };
    const alone = await publish(server, dir, { prune: true });
    expect([alone.code, writes(server)]).toEqual([1, []]);
    expect(alone.text).toContain(
      "to withdraw b  “b”\nNothing was withdrawn: without a terminal, nobody can be asked. --yes does it without asking.",
    );
    const no = await publish(server, dir, { prune: true, ask: answering("") });
    expect([no.code, writes(server)]).toEqual([0, []]);
    expect((await publish(server, dir, { prune: true, ask: answering("y") })).code).toBe(0);
    expect(writes(server)).toEqual(["DELETE /api/articles/b"]);
    expect(questions[0]).toBe("Shall I withdraw 1 article? Readers get a notice for each article. [y/N] ");
  });

  it("stays, and isn't spoken of, where git never sent it", async () => {
    const { server, dir } = await vanished();
    const body = Buffer.from("{}");
    server.articles.delete("b");
    server.articles.set("cms", { body, status: "published", home: "api" });
    const { code, text } = await publish(server, dir, { prune: true, yes: true });
    expect([code, writes(server), text]).toEqual([0, [], "1 as before."]);
  });

  it("is one line however many there are, where nobody noted whose they are; none of them is pruned", async () => {
    const { server, dir } = await vanished();
    server.articles.delete("b");
    for (const slug of ["x", "y", "z"])
      server.articles.set(slug, { body: Buffer.from(slug), status: "published" });
    const { text } = await publish(server, dir, { prune: true, yes: true });
    expect(text.split("\n").filter((line) => line.includes("isn't known"))).toEqual([
      expect.stringMatching(/^x and 2 more are published, but not in content/),
    ]);
    expect(writes(server)).toEqual([]);
  });

  it("stays with --prune where somebody has changed it since, and says who", async () => {
    const { server, dir } = await vanished();
    const held = server.articles.get("b");
    if (held) Object.assign(held, { version: 2, sentBy: "Mara", sentAt: "2026-03-02T18:00:00Z" });
    const { text } = await publish(server, dir, { prune: true, yes: true });
    expect(text).toContain(
      "b  is published, but not in content; it was changed there by Mara on 2 March 2026, 18:00 UTC",
    );
    expect(writes(server)).toEqual([]);
  });

  it("doesn't take everything along when the folder is empty", async () => {
    const { server, dir } = await vanished();
    rmSync(join(dir, "articles"), { recursive: true });
    await expect(publish(server, dir, { prune: true })).rejects.toThrow(/every article would be withdrawn/);
    expect(writes(server)).toEqual([]);
  });
});

describe("an article that somebody else has changed", () => {
  async function changedThere() {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    await publish(server, dir);
    const held = server.articles.get("a");
    const theirs = Buffer.from("{}");
    if (held) Object.assign(held, { body: theirs, version: 2, sentBy: "Mara Quill" });
    return { server, dir, theirs };
  }

  it("is left as it is: who, and which fields differ, with their lines", async () => {
    const { server, dir, theirs } = await changedThere();
    write(dir, { "articles/a/index.md": `${PLAIN}More.\n`, "articles/b/index.md": PLAIN });
    const { code, text } = await publish(server, dir);
    expect(code).toBe(1);
    expect(server.articles.get("a")?.body).toBe(theirs);
    expect(text).toContain("content/articles/a/index.md");
    expect(text).toMatch(/was changed on the Worker since you sent it.*sent by Mara Quill.*--force/);
    expect(text).toContain("content/articles/a/index.md:2  headline  is stored as “Theirs”");
    expect(text).toMatch(/created {3}b/);
  });

  it("is written over with --force", async () => {
    const { server, dir } = await changedThere();
    expect((await publish(server, dir, { force: true })).code).toBe(0);
    expect(server.articles.get("a")).toMatchObject({ version: 3, gitVersion: 3, home: "git" });
  });

  it("or that git never sent is left as it is, too", async () => {
    const server = await apiServer();
    server.articles.set("a", { body: Buffer.from("{}"), status: "published", home: "api" });
    const { code, text } = await publish(server, contentFolder({ "articles/a/index.md": PLAIN }));
    expect([code, server.articles.get("a")?.home]).toEqual([1, "api"]);
    expect(text).toContain("was changed on the Worker");
  });

  it("or whose home is the desk, and --force takes it over", async () => {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    await publish(server, dir);
    const held = server.articles.get("a");
    // Even where git sent that very version once.
    if (held) Object.assign(held, { body: Buffer.from("{}"), home: "desk" });
    const { code, text } = await publish(server, dir);
    expect([code, server.articles.get("a")?.home]).toEqual([1, "desk"]);
    expect(text).toMatch(/is edited at the desk, so a isn't sent\..*npx wireroom pull a .*--force/);
    expect((await publish(server, dir, { dryRun: true })).code).toBe(1);
    expect((await publish(server, dir, { force: true })).code).toBe(0);
    expect(server.articles.get("a")?.home).toBe("git");
  });

  it("is no stranger where the answer to the first try was lost", async () => {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    let lost = false;
    server.trouble = (call) => {
      if (!call.startsWith("PUT") || lost) return undefined;
      lost = true;
      return "hang up after";
    };
    expect((await publish(server, dir)).code).toBe(0);
    expect(server.articles.get("a")?.home).toBe("git");
  });
});

describe("an article of before homes were noted", () => {
  it("is git's once git has sent it again, and then as before", async () => {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    await publish(server, dir);
    const held = server.articles.get("a");
    if (held) Object.assign(held, { home: null, gitVersion: null });
    await publish(server, dir);
    expect(server.articles.get("a")).toMatchObject({ home: "git" });
    expect((await publish(server, dir)).text).toBe("1 as before.");
  });
});

describe("trouble with one article", () => {
  const three = { "articles/a/index.md": PLAIN, "articles/b/index.md": PLAIN, "articles/c/index.md": PLAIN };

  it.each([
    [
      "503",
      { status: 503, body: '{"title":"Busy","status":503,"detail":"Nothing was changed"}' },
      /the Worker: Nothing was changed \(503\)/,
    ],
    ["no answer", "hang up", /PUT \/api\/articles\/b.* got no answer/],
  ] as const)(
    "%s: it is named, the others are sent, and the end counts them all",
    async (_, trouble, said) => {
      const server = await apiServer();
      server.trouble = (call) => (call.startsWith("PUT /api/articles/b") ? trouble : undefined);
      const { code, text } = await publish(server, contentFolder(three));
      expect(code).toBe(1);
      expect([...server.articles.keys()].sort()).toEqual(["a", "c"]);
      expect(text).toMatch(said);
      expect(text).toContain("content/articles/b/index.md");
      expect(text).toMatch(/2 created, 1 refused\.$/);
    },
  );

  it("a token that is refused meanwhile ends it: nothing is sent after that is said", async () => {
    const server = await apiServer();
    server.trouble = (call) => (call.startsWith("PUT") ? { status: 401 } : undefined);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`articles/n${n}/index.md`, PLAIN]));
    await expect(publish(server, contentFolder(many))).rejects.toThrow(/refused the token/);
    const sent = server.seen.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect([writes(server).length, server.seen.length]).toEqual([4, sent]);
  });
});

describe("an article that was withdrawn", () => {
  async function withdrawn() {
    const server = await apiServer();
    const dir = contentFolder({ "articles/a/index.md": PLAIN });
    await publish(server, dir);
    const held = server.articles.get("a");
    if (held) held.status = "withdrawn";
    server.seen.length = 0;
    return { server, dir };
  }

  it("isn't brought back by the file that still lies there, edited or not", async () => {
    const { server, dir } = await withdrawn();
    expect((await publish(server, dir)).text).toContain(
      "content/articles/a/index.md  was withdrawn, and is not sent",
    );
    write(dir, { "articles/a/index.md": `${PLAIN}More.\n` });
    await publish(server, dir);
    expect(writes(server)).toEqual([]);
  });

  it("is brought back once by restore: true", async () => {
    const { server, dir } = await withdrawn();
    write(dir, { "articles/a/index.md": PLAIN.replace("---\n", "---\nrestore: true\n") });
    await publish(server, dir);
    expect(writes(server)).toEqual(["PUT /api/articles/a"]);
    const held = server.articles.get("a");
    if (held) held.status = "withdrawn";
    expect((await publish(server, dir)).text).toContain("was withdrawn, and is not sent");
    expect(writes(server)).toHaveLength(1);
  });
});

describe("what is asked, when somebody has saved", () => {
  const asked = (server: Server) =>
    server.seen
      .filter((call) => /^GET \/api\/articles(?:\?|$)/.test(call))
      .map((call) => new URL(call.slice(4), server.url).searchParams.get("cursor") ?? "");
  /** A Worker that has twenty articles, in pages of two; and a folder that has the same, and `files`. */
  async function published(files: Readonly<Record<string, string>> = {}) {
    const server = await apiServer();
    const names = Array.from({ length: 20 }, (_, index) => `articles/story-${index}/index.md`);
    const dir = contentFolder({ ...Object.fromEntries(names.map((name) => [name, PLAIN])), ...files });
    await publish(server, dir);
    server.seen.length = 0;
    return { server, dir };
  }

  it("is one article, however many there are", async () => {
    const { server, dir } = await published();
    write(dir, { "articles/story-1/index.md": `${PLAIN}\nMore.\n` });
    const { text } = await publish(server, dir, { only: new Set(["story-1"]) });
    expect(asked(server)).toHaveLength(1);
    expect(text).toContain("updated   story-1");
    expect(writes(server)).toEqual(["PUT /api/articles/story-1"]);
  });

  it("finds each article, and none that isn't there", async () => {
    const { server } = await published({ "articles/a/index.md": PLAIN, "articles/story/index.md": PLAIN });
    const client = new Client({ url: server.url, token: TOKEN }, 1);
    for (const slug of ["a", "story", "story-0", "story-1", "story-10", "story-19", "story-9"])
      expect((await client.summary(slug))?.slug).toBe(slug);
    for (const slug of ["0", "b", "stor", "story-", "story-1a", "story-99", "z"])
      expect(await client.summary(slug)).toBeUndefined();
  });

  it("is one that somebody else has changed, or that the folder has no more", async () => {
    const { server, dir } = await published();
    const [changed, gone] = ["story-2", "story-3"].map((slug) => server.articles.get(slug));
    Object.assign(changed ?? {}, { body: Buffer.from("{}"), version: 2, sentBy: "Ada" });
    expect(gone).toBeDefined();
    rmSync(join(dir, "articles/story-3"), { recursive: true });
    const { text } = await publish(server, dir, { only: new Set(["story-2", "story-3"]) });
    expect(text).toContain("was changed on the Worker since you sent it");
    expect(text).toContain("story-3  is published, but not in content");
    expect(asked(server)).toHaveLength(2);
  });

  it("is all of them for a new article, which may be one under another name", async () => {
    const { server, dir } = await published();
    rmSync(join(dir, "articles/story-4"), { recursive: true });
    write(dir, { "articles/renamed/index.md": PLAIN });
    const { code, text } = await publish(server, dir, { only: new Set(["renamed"]) });
    expect([code, text]).toEqual([1, expect.stringContaining("has the text of story-4")]);
  });
});
