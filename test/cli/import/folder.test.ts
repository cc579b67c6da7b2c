// What an import finds in the folder of articles: nothing that somebody made is written over.

import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PIXEL } from "../folder.ts";
import { FEED, PAGE, workshop } from "./workshop.ts";

describe("what stands in an article's folder", () => {
  const imported = async (sources: Readonly<Record<string, string | Uint8Array>> = {}) => {
    const shop = workshop({ "page.html": PAGE, "page_files/ferry.png": PIXEL, ...sources });
    await shop.run(["page.html"]);
    const folder = join(shop.articlesDir, "ferry-back-in-spring");
    return { ...shop, folder, picture: join(folder, "ferry.png") };
  };
  const LEFT = /^ferry-back-in-spring {2}was edited since it was imported, and is left as it is/m;

  it("keeps a picture that was edited since; --force brings back the source's", async () => {
    const { run, picture } = await imported();
    writeFileSync(picture, "cut to size");
    expect((await run(["page.html"])).said).toMatch(LEFT);
    expect(readFileSync(picture, "utf8")).toBe("cut to size");
    await run(["page.html"], { force: true });
    expect(readFileSync(picture)).toEqual(PIXEL);
  });

  it("gets a picture that the source has changed, as often as it does", async () => {
    const { run, dir, picture, folder } = await imported();
    for (const bytes of [Buffer.concat([PIXEL, PIXEL]), PIXEL]) {
      writeFileSync(join(dir, "page_files/ferry.png"), bytes);
      expect((await run(["page.html"])).said).toMatch(/1 article: 1 changed\.$/);
      expect(readFileSync(picture)).toEqual(bytes);
      expect((await run(["page.html"])).said).toMatch(/1 article: 1 as before\.$/);
    }
    expect(readdirSync(folder).sort()).toEqual(["ferry.png", "index.html"]);
  });

  it("is never written through a link in it", async () => {
    const { run, dir, picture } = await imported({ "elsewhere.txt": "x" });
    rmSync(picture);
    symlinkSync(join(dir, "elsewhere.txt"), picture);
    expect((await run(["page.html"])).said).toMatch(LEFT);
    await run(["page.html"], { force: true });
    expect(readFileSync(join(dir, "elsewhere.txt"), "utf8")).toBe("x");
    expect(readFileSync(picture)).toEqual(PIXEL);
  });

  it("keeps a second article that somebody wrote beside the imported one", async () => {
    const { run, dir, folder } = await imported();
    writeFileSync(join(folder, "index.md"), "---\nheadline: Mine\n---\n");
    writeFileSync(join(dir, "page.html"), PAGE.replaceAll("nine years", "ten years"));
    for (const force of [false, true]) {
      expect((await run(["page.html"], { force })).said).toMatch(
        /^ferry-back-in-spring {2}has a second article in its folder, .*, and is left as it is: \S+page\.html$/m,
      );
      expect(readFileSync(join(folder, "index.md"), "utf8")).toContain("Mine");
      expect(readFileSync(join(folder, "index.html"), "utf8")).toContain("nine years");
    }
  });
});

describe("a folder that can't be written to", () => {
  it("is told of each article", async () => {
    const { run, dir } = workshop({ "feed.xml": FEED, file: "x" });
    const { code, said } = await run(["feed.xml"], { articlesDir: join(dir, "file") });
    expect(code).toBe(1);
    expect(said).toMatch(/^ferry-back {2}can't be written \(ENOTDIR\)$/m);
    expect(said).toMatch(/^no-date {2}can't be written \(ENOTDIR\)$/m);
    expect(said).not.toContain("created");
    expect(said).toMatch(/^0 articles: 2 problems\.$/m);
  });
});
