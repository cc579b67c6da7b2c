// newsboat takes the OPML as anybody would import it, tags each feed with its folder, and reads every feed in it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, run, TOOLS } from "../tools.ts";
import { article } from "../worker/articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../worker/harness.ts";
import { startProxy } from "./proxy.ts";

let worker: RunningWorker;
let proxy: Awaited<ReturnType<typeof startProxy>>;
const folder = mkdtempSync(join(tmpdir(), "wireroom-opml-"));

beforeAll(async () => {
  worker = await startWorker();
  await worker.put(
    "one",
    article({ section: "asia-pacific", tags: ["Ports & <ferries>"], bylines: ["david-choi"] }),
  );
  await worker.put("two", article({ section: "about", tags: ["한국"] }));
  await worker.settled();
  proxy = await startProxy(worker.url);
});
afterAll(async () => {
  await proxy?.close();
  await worker?.close();
  rmSync(folder, { recursive: true, force: true });
});

describeWith(TOOLS.newsboat, "newsboat", () => {
  const newsboat = (...args: string[]): Promise<string> => {
    const files = ["-u", join(folder, "urls"), "-c", join(folder, "cache.db"), "-C", join(folder, "config")];
    return run("newsboat", ["-q", ...files, ...args], { env: { ...process.env, HOME: folder } });
  };

  it("imports every feed with its folder as a tag, and reads each", async () => {
    // The public address of the test isn't one that a reader could reach.
    const list = await (await worker.fetch("/feeds.opml")).text();
    writeFileSync(join(folder, "feeds.opml"), list.replaceAll(SITE_URL, proxy.url));
    writeFileSync(join(folder, "config"), "");
    await newsboat("-i", join(folder, "feeds.opml"));
    const imported = readFileSync(join(folder, "urls"), "utf8").trimEnd().split("\n");
    expect(imported).toEqual(
      [
        "/rss.xml",
        '/sections/about/rss.xml "About this wire"',
        '/sections/asia-pacific/rss.xml "Asia-Pacific"',
        '/tags/ports-ferries/rss.xml "Tags"',
        '/tags/%ED%95%9C%EA%B5%AD/rss.xml "Tags"',
        '/authors/david-choi/rss.xml "Authors"',
      ].map((line) => proxy.url + line),
    );

    await newsboat("-x", "reload");
    const database = new DatabaseSync(join(folder, "cache.db"), { readOnly: true });
    const read = database.prepare("SELECT rssurl, title FROM rss_feed").all();
    database.close();
    const titles = Object.fromEntries(read.map(({ rssurl, title }) => [rssurl, title]));
    expect(Object.keys(titles).sort()).toEqual(imported.map((line) => line.split(" ")[0]).sort());
    for (const title of Object.values(titles)) expect(title).toContain("Wireroom Daily");
    expect(await newsboat("-x", "print-unread")).toMatch(/^2 /);
    expect(proxy.seen.map(({ status }) => status)).toEqual(imported.map(() => 200));
  });
});
