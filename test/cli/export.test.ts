// `export` against a real server: everything is written, nothing is overwritten, nothing leaves the folder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { runExport } from "../../src/cli/export.ts";
import { runPublish } from "../../src/cli/publish.ts";
import { hexSha256 } from "../../src/content/images.ts";
import { contentFolder, GIF, PIXEL, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, type Server, TOKEN } from "./server.ts";

const NAME = `${hexSha256(PIXEL).slice(0, 12)}.png`;

async function filled(): Promise<{ server: Server; client: Client; source: string }> {
  const server = await apiServer();
  const source = contentFolder({
    "articles/a/p.png": PIXEL,
    "articles/a/index.md": `${PLAIN}![Pixel](p.png "Cap") [b](../b/)\n`,
    "articles/b/index.md": PLAIN,
  });
  const client = new Client({ url: server.url, token: TOKEN }, 1);
  await runPublish({ dir: source }, client, listen());
  return { server, client, source };
}

it("writes what publish takes, to the byte", async () => {
  const { server, client, source } = await filled();
  const dir = join(contentFolder({}), "new");
  const out = listen();
  expect(await runExport({ dir, siteFile: join(source, "site.yaml") }, client, out)).toBe(0);
  expect(readFileSync(join(dir, "articles/a", NAME)).equals(PIXEL)).toBe(true);
  expect(readFileSync(join(dir, "site.yaml"), "utf8")).toContain("title: Test");
  expect(out.text()).toMatch(/2 articles in .*\nsite\.yaml is a copy of/);
  // The Markdown's alt and caption are in the front matter now; what is sent is the same.
  server.seen.length = 0;
  const again = listen();
  await runPublish({ dir }, client, again);
  expect(again.text()).toBe("2 as before.");
});

it("writes a picture that the Worker stripped, by the hash that the Worker says", async () => {
  const { server, client } = await filled();
  const served = Buffer.from(GIF);
  server.trouble = (request) =>
    request.startsWith("GET /media/")
      ? { status: 200, body: served, headers: { etag: `"${hexSha256(served)}"` } }
      : undefined;
  const dir = join(contentFolder({}), "new");
  expect(await runExport({ dir, siteFile: "/nowhere/site.yaml" }, client, listen())).toBe(0);
  expect(readFileSync(join(dir, "articles/a", NAME)).equals(served)).toBe(true);
});

it("keeps withdrawn articles apart, which publish ignores", async () => {
  const { server, client } = await filled();
  const held = server.articles.get("b");
  if (held) held.status = "withdrawn";
  const dir = join(contentFolder({}), "new");
  const out = listen();
  await runExport({ dir, siteFile: "/nowhere/site.yaml" }, client, out);
  expect(readdirSync(join(dir, "articles"))).toEqual(["a"]);
  expect(readdirSync(join(dir, "withdrawn/b"))).toEqual(["index.html"]);
  expect(out.text()).toMatch(/1 withdrawn article in .*withdrawn/);
  expect(out.text()).toContain("There is no site.yaml");
});

it("doesn't write into a folder that holds something, unless it is told to", async () => {
  const { client } = await filled();
  const dir = contentFolder({ "mine.txt": "x" });
  const options = { dir, siteFile: "/nowhere/site.yaml" };
  await expect(runExport(options, client, listen())).rejects.toThrow(/is not empty; --force/);
  expect(existsSync(join(dir, "articles"))).toBe(false);
  expect(await runExport({ ...options, force: true }, client, listen())).toBe(0);
  expect(readFileSync(join(dir, "mine.txt"), "utf8")).toBe("x");
});

it("tells of a picture that is gone or damaged, and ends with 1", async () => {
  const { server, client } = await filled();
  server.media.set(hexSha256(PIXEL), GIF);
  const damaged = listen();
  const options = { dir: join(contentFolder({}), "new"), siteFile: "/nowhere/site.yaml" };
  expect(await runExport(options, client, damaged)).toBe(1);
  expect(damaged.text()).toMatch(/a {2}\/media\/.*\.png arrived damaged: not written/);
  server.media.clear();
  const gone = listen();
  expect(await runExport({ ...options, force: true }, client, gone)).toBe(1);
  expect(gone.text()).toMatch(/a {2}\/media\/.*\.png No/);
});

it("writes nothing outside its folder, whatever the slugs are", async () => {
  const { server, client } = await filled();
  const held = server.articles.get("b");
  if (held) server.articles.set("../../../b", held);
  const dir = join(contentFolder({}), "new");
  const out = listen();
  expect(await runExport({ dir, siteFile: "/nowhere/site.yaml" }, client, out)).toBe(1);
  expect(out.text()).toContain("../../../b  is not a slug: not written");
});
