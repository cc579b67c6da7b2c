// `publish` against a real server: what is sent, in which order, and what is told of the rest.

import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { hexSha256 } from "../../src/cli/local-image.ts";
import { type PublishOptions, runPublish } from "../../src/cli/publish.ts";
import { contentFolder, PIXEL, PLAIN, write } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, type Server, TOKEN } from "./server.ts";

async function publish(server: Server, dir: string, options: Omit<PublishOptions, "dir"> = {}) {
  const out = listen();
  const client = new Client({ url: server.url, token: TOKEN }, 1);
  const code = await runPublish({ ...options, dir }, client, out);
  return { code, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
}

const writes = (server: Server): readonly string[] => server.seen.filter((call) => !call.startsWith("GET"));

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
      call === "PUT /api/articles/refused"
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
    expect((await publish(server, dir, { prune: true })).code).toBe(0);
    expect(writes(server)).toEqual(["DELETE /api/articles/b"]);
    expect((await publish(server, dir)).text).toBe("1 as before.");
  });

  it("stays while something else is wrong: a renamed folder with a mistake looks the same", async () => {
    const { server, dir } = await vanished();
    write(dir, { "articles/c/index.md": "---\nid: tag:test:b\nheadline: A\n---\n" });
    const { code, text } = await publish(server, dir, { prune: true });
    expect([code, writes(server)]).toEqual([1, []]);
    expect(text).toContain("Nothing was withdrawn: 1 problem must be mended first.");
  });

  it("has only moved if another folder has its id", async () => {
    const { server, dir } = await vanished();
    write(dir, { "articles/c/index.md": PLAIN.replace("---\n", "---\nid: tag:test:b\n") });
    await publish(server, dir, { prune: true });
    expect(writes(server)).toEqual(["PUT /api/articles/c"]);
  });

  it("doesn't take everything along when the folder is empty", async () => {
    const { server, dir } = await vanished();
    rmSync(join(dir, "articles"), { recursive: true });
    await expect(publish(server, dir, { prune: true })).rejects.toThrow(/every article would be withdrawn/);
    expect(writes(server)).toEqual([]);
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
