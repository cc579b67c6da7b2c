// Sources that are refused by name, and names of files that no folder or terminal should get.

import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkContent } from "../../../src/cli/check.ts";
import { PIXEL } from "../folder.ts";
import { FEED, PAGE, workshop } from "./workshop.ts";

describe("names of files", () => {
  it("may hold anything, and are found again", async () => {
    const names = ["a\u2028b.html", "a\nb.html", '}{"x".html', "---.html"];
    const pages = names.map((name, index) => [name, PAGE.replace("nine", `${index} and nine`)]);
    const { run } = workshop({ "page_files/ferry.png": PIXEL, ...Object.fromEntries(pages) });
    expect((await run(["."], { beside: true })).said).toMatch(/4 articles: 4 new\.$/);
    expect((await run(["."], { beside: true })).said).toMatch(/4 articles: 4 as before\.$/);
    expect((await run(["a\u2028b.html"], { beside: true })).said).toMatch(/1 article: 1 as before\.$/);
  });

  it.skipIf(process.platform === "darwin")(
    "that are no Unicode are told, and the rest is imported",
    async () => {
      const { run, dir, articles } = workshop({ "page.html": PAGE, "page_files/ferry.png": PIXEL });
      writeFileSync(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0xff]), Buffer.from(".html")]), PAGE);
      const { code, said } = await run(["."]);
      expect(code).toBe(1);
      expect(said).toMatch(/can't be read: it is gone \(ENOENT\)$/m);
      expect(articles()).toEqual(["ferry-back-in-spring"]);
    },
  );
});

describe("sources that are none", () => {
  it("are not read where they are too large", async () => {
    const { run, dir } = workshop({ "large.xml": FEED });
    truncateSync(join(dir, "large.xml"), 100_000_000);
    expect((await run(["large.xml"])).said).toMatch(/large\.xml {2}is larger than 64 MB: export it in parts/);
  });

  it("are refused by name, and the others imported", async () => {
    const { run, articles } = workshop({
      "feed.xml": FEED,
      "empty.txt": "",
      "laughs.xml": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><rss>&a;</rss>',
      "archive.xml": "PK\x03\x04…",
      "binary.txt": Buffer.from([0x89, 0, 1, 2, 3, 0]),
      "photo.jpg": PIXEL,
    });
    const { code, said } = await run(["."]);
    expect(code).toBe(1);
    expect(articles()).toEqual(["ferry-back", "no-date"]);
    expect(said).toMatch(/empty\.txt {2}is empty$/m);
    expect(said).toMatch(/laughs\.xml {2}has a DTD/m);
    expect(said).toMatch(/archive\.xml {2}is a ZIP archive: unpack it first$/m);
    expect(said).toMatch(/binary\.txt {2}is binary, no text$/m);
    expect(said).toContain("1 file of other kinds skipped.");
    expect(said).toMatch(/4 problems\.$/);
  });

  it("of text alone make a draft that is sound", async () => {
    const { content, run, file } = workshop({
      "words.txt": "+ADw-words",
      "long.xml": FEED.replace("Nobody", "Nobody ".repeat(80_000)),
    });
    await run(["."]);
    expect(file("words/index.md")).toMatch(/^---\n(# .*\n)+draft: true\n---\n/);
    expect(file("no-date/index.html")).toMatch(/# needs: body: is more than 512 kB/);
    const { findings } = await checkContent(content);
    expect(findings.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("of a length that no page has are refused before they are read", async () => {
    const { run, articles } = workshop({ "lines.txt": "A line of 2026.\n".repeat(70_000) });
    expect((await run(["lines.txt"])).said).toContain("lines.txt  is too long for one article's page");
    expect(articles()).toEqual([]);
  });

  it("that aren't there stop everything", async () => {
    const { run } = workshop({});
    await expect(run(["nowhere.xml"])).rejects.toThrow("nowhere.xml is no file and no folder.");
  });
});

describe("an import without an article says why", () => {
  const wp = 'xmlns:wp="http://wordpress.org/export/1.2/"';
  const wxr = (items: string) => `<rss version="2.0" ${wp}><channel><title>x</title>${items}</channel></rss>`;
  const item = (type: string) => `<item><title>x</title><wp:post_type>${type}</wp:post_type></item>`;
  it.each([
    ["x.xml", wxr(""), "is a WordPress export without posts: choose “All content” or “Posts”"],
    ["x.xml", wxr(item("attachment")), "is a WordPress export without posts"],
    ["x.xml", wxr(item("nav_menu_item")), "is a WordPress export without posts"],
    ["x.xml", wxr(item("page")), "left out: 1 item of type page (only posts are articles)"],
    ["x.json", '{"db":[{"data":{"posts":[]}}]}', "is a Ghost export without posts"],
    ["x.xml", `<feed xmlns="http://www.w3.org/2005/Atom" ${wp}><title>x</title></feed>`, "holds no items"],
    ["x.json", '{"version":"https://jsonfeed.org/version/1.1","items":[]}', "holds no items"],
    ["x.html", "<!doctype html><p>Hello", "holds no article that could be found"],
    ["x.txt", "\n \n", "is empty"],
  ])("%s: %s", async (name, content, why) => {
    const { run } = workshop({ [name]: content });
    const { said } = await run([name]);
    expect(said).toContain(`${name}  ${why}`);
    expect(said).toMatch(/^0 articles(?:: 1 problem)?\.$/m);
  });

  it("where it is a folder of other files", async () => {
    const { run } = workshop({ "photo.jpg": PIXEL });
    await expect(run(["."])).rejects.toThrow(
      /nothing to import in .*: 1 file of kinds that an import doesn't read\.$/,
    );
  });

  it("but reads Atom and RSS whose namespaces look like WordPress's", async () => {
    const entry =
      "<entry><id>urn:x:1</id><title>Ferry</title><updated>2026-03-02T18:00:00Z</updated><content>It sails.</content></entry>";
    const { run } = workshop({
      "a.xml": `<feed xmlns="http://www.w3.org/2005/Atom" ${wp}><title>x</title>${entry}</feed>`,
      "b.xml": `<rss version="2.0" xmlns:wp="https://wallpapers.example/"><channel><title>x</title><item><title>Bay</title><guid>1</guid><description>It is &lt;wp:wxr_version&gt; wide.</description></item></channel></rss>`,
    });
    expect((await run(["."])).said).toMatch(/^2 articles: 2 new/m);
  });
});
