// `wireroom import` as its user meets it: files in, a content folder out, the truth about what is missing; and nothing of
// theirs is ever written over.

import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkContent } from "../../src/cli/check.ts";
import { localImage } from "../../src/content/images.ts";
import { fail } from "../../src/lib/problem.ts";
import { unwrap } from "../pipeline.ts";
import { GIF, PIXEL } from "./folder.ts";
import { FEED, PAGE, workshop } from "./import/workshop.ts";

describe("a feed", () => {
  it("becomes articles under their own ids; one that lacks a date is a draft that says so", async () => {
    const { content, run, file, articles } = workshop({ "feed.xml": FEED });
    const { code, said } = await run(["feed.xml"]);
    expect(code).toBe(0);
    expect(articles()).toEqual(["ferry-back", "no-date"]);
    expect(file("ferry-back/index.html")).toMatch(
      /^---\n# imported \{.*\}\nid: https:\/\/old\.example\/\?p=12\nheadline: Ferry back in spring\nsection: world\ntags:\n {2}- Ferries\n/,
    );
    expect(file("ferry-back/index.html")).toContain("published: 2026-03-02T18:00:00+09:00\n");
    expect(file("ferry-back/index.html")).toMatch(
      /---\n<p>The ferry sails again from the old harbour\.<\/p>\n$/,
    );
    expect(file("no-date/index.html")).toMatch(/# needs: published \(--published .*\)\ndraft: true\n/);
    expect(said).toMatch(/^no-date {2}needs published {2}\(--published /m);
    expect(said).toMatch(/2 articles: 2 new, 1 a draft, since something is missing\.$/);
    const checked = await checkContent(content);
    expect(checked.findings.filter(({ level }) => level === "error")).toEqual([]);
    expect(checked.articles.map(({ kind }) => kind)).toEqual(["article", "draft"]);
  });

  it("imported twice changes nothing; what was edited since is left alone and named", async () => {
    const { articlesDir, run, file } = workshop({ "feed.xml": FEED });
    await run(["feed.xml"]);
    const before = file("ferry-back/index.html");
    expect((await run(["feed.xml"])).said).toMatch(/2 articles: 2 as before/);
    expect(file("ferry-back/index.html")).toBe(before);
    writeFileSync(join(articlesDir, "ferry-back/index.html"), before.replace("again", "at last"));
    const { said, code } = await run(["feed.xml"]);
    expect(code).toBe(0);
    expect(said).toContain(
      "ferry-back  was edited since it was imported, and is left as it is; --force overwrites it",
    );
    expect(file("ferry-back/index.html")).toContain("at last");
    await run(["feed.xml"], { force: true });
    expect(file("ferry-back/index.html")).toBe(before);
  });

  it("is not written at all under --strict while something is missing", async () => {
    const { run, articles } = workshop({ "feed.xml": FEED });
    const { code, said } = await run(["feed.xml"], { strict: true });
    expect(code).toBe(1);
    expect(articles()).toEqual([]);
    expect(said).toMatch(/needs published/);
    expect(said).toMatch(/Nothing was written: something is missing in 1 of 2 articles\.$/);
  });

  it("has no one title, date or picture for all its articles", async () => {
    const { run } = workshop({ "feed.xml": FEED });
    await expect(
      run(["feed.xml"], { choices: { title: "x", published: "2026-01-01T00:00:00Z" } }),
    ).rejects.toThrow("--title and --published can be given for one article alone, and here are 2");
    await expect(run(["feed.xml"], { choices: { section: "sport" } })).rejects.toThrow(
      "There is no section sport in site.yaml; it has world.",
    );
  });
});

describe("a saved page", () => {
  it("has its local pictures copied, and is one JSON object", async () => {
    const { run, file, dir, articlesDir } = workshop({ "page.html": PAGE, "page_files/ferry.png": PIXEL });
    const { code } = await run(["."]);
    expect(code).toBe(0);
    expect(readFileSync(join(articlesDir, "ferry-back-in-spring/ferry.png"))).toEqual(PIXEL);
    expect(file("ferry-back-in-spring/index.html")).toMatch(
      /images:\n {2}- src: ferry\.png\n {4}alt: A white ferry\n/,
    );
    expect(file("ferry-back-in-spring/index.html")).not.toContain("page_files");
    const printed = await run(["page.html"], { json: true });
    expect(JSON.parse(printed.said)).toMatchObject({
      slug: "ferry-back-in-spring",
      headline: "Ferry back in spring",
      bylines: [{ name: "Mara Quill", role: "author" }],
      images: [{ alt: "A white ferry", caption: "The ferry at dusk." }],
      body: { html: expect.stringContaining("<p>The ferry sails again") },
    });
    expect(existsSync(join(dir, "articles"))).toBe(false);
  });

  it("never reaches out of its own folder for a picture", async () => {
    const { run, articles, dir, articlesDir } = workshop({
      "saved/page.html": PAGE.replaceAll("page_files/ferry.png", "../secret.png"),
      "secret.png": PIXEL,
    });
    const { said } = await run(["saved/page.html"]);
    expect(said).toContain("leads out of");
    expect(articles()).toEqual(["ferry-back-in-spring"]);
    expect(readdirSync(join(articlesDir, "ferry-back-in-spring"))).toEqual(["index.html"]);
    expect(existsSync(join(dir, "secret.png"))).toBe(true);
  });

  describe("that names a picture beside it, or in another page's folder", () => {
    const NAMES = [
      "passport.png",
      "./passport.png",
      "page_files/../passport.png",
      "other_files/passport.png",
    ];
    const beside = (name: string) =>
      workshop({
        "page.html": PAGE.replaceAll("page_files/ferry.png", name),
        "page_files/ferry.png": PIXEL,
        "passport.png": PIXEL,
        "other_files/passport.png": PIXEL,
      });

    it.each(NAMES)("does not bring it without a word: %s", async (name) => {
      const { run, file, articlesDir } = beside(name);
      const { said } = await run(["page.html"]);
      expect(readdirSync(join(articlesDir, "ferry-back-in-spring"))).toEqual(["index.html"]);
      expect(said).toMatch(
        /needs images\[0\]\.src: \S*passport\.png stands beside page\.html, not in its own folder {2}\(--pictures beside\)/,
      );
      expect(file("ferry-back-in-spring/index.html")).toMatch(/^draft: true$/m);
    });

    it.each(NAMES)("brings it when the publisher agrees, and names it: %s", async (name) => {
      const { run, articlesDir } = beside(name);
      const { said } = await run(["page.html"], { beside: true });
      expect(readdirSync(join(articlesDir, "ferry-back-in-spring"))).toEqual(["index.html", "passport.png"]);
      expect(said).toMatch(/brought \S*passport\.png, which stands beside page\.html/);
    });

    it("does not bring it through a link in its folder", async () => {
      const { run, dir, articlesDir } = beside("page_files/link.png");
      symlinkSync(join(dir, "passport.png"), join(dir, "page_files/link.png"));
      await run(["page.html"]);
      expect(readdirSync(join(articlesDir, "ferry-back-in-spring"))).toEqual(["index.html"]);
    });

    it("asks for it where no word describes it, too", async () => {
      const { run, file } = workshop({
        "page.html": PAGE.replaceAll("page_files/ferry.png", "passport.png")
          .replace(/ alt="[^"]*"/, "")
          .replace(/<figcaption>.*?<\/figcaption>/, ""),
        "passport.png": PIXEL,
      });
      await run(["page.html"]);
      expect(file("ferry-back-in-spring/index.html")).toMatch(
        /^# needs: images\[0\]\.src: passport\.png stands/m,
      );
    });
  });

  it.each(["page_files", "page-Dateien", "page_fichiers", "page_archivos", "page.fld"])(
    "has the pictures of the folder that a browser made for it: %s",
    async (folder) => {
      const { run, articlesDir } = workshop({
        "page.html": PAGE.replaceAll("page_files", folder),
        [`${folder}/ferry.png`]: PIXEL,
      });
      expect((await run(["page.html"])).said).not.toContain("beside");
      expect(readdirSync(join(articlesDir, "ferry-back-in-spring"))).toEqual(["ferry.png", "index.html"]);
    },
  );

  it("has no picture of which neither file nor word is left, and says so", async () => {
    const { run, file } = workshop({
      "page.html": PAGE.replaceAll("page_files/ferry.png", "page_files/gone.png")
        .replace(/ alt="[^"]*"/, "")
        .replace(/<figcaption>.*?<\/figcaption>/, ""),
    });
    await run(["page.html"]);
    expect(file("ferry-back-in-spring/index.html")).not.toMatch(/images:|draft:|needs:/);
    expect(file("ferry-back-in-spring/index.html")).toContain(
      '# note: a picture is missing: "page_files/gone.png" is not in',
    );
  });

  it("gets its picture, headline and date from the publisher", async () => {
    const { run, file, dir, articlesDir } = workshop({ "page.html": PAGE, "own.gif": GIF });
    const own = unwrap(localImage(dir, "own.gif", "all"));
    await run(["page.html"], {
      images: [own],
      choices: { title: "Ferry, at last", published: "2026-04-01T00:00:00Z", language: "de" },
    });
    expect(file("ferry-at-last/index.html")).toMatch(/headline: Ferry, at last\n/);
    expect(file("ferry-at-last/index.html")).toMatch(/language: de\n/);
    expect(file("ferry-at-last/index.html")).toMatch(/published: 2026-04-01T00:00:00Z\n/);
    expect(file("ferry-at-last/index.html")).toContain("src: own.gif");
    expect(readFileSync(join(articlesDir, "ferry-at-last/own.gif"))).toEqual(GIF);
  });

  it("with the slug of another gets a number, and both are named", async () => {
    const { run, articles } = workshop({ "a.html": PAGE, "b.html": PAGE });
    const { said } = await run(["a.html", "b.html"]);
    expect(articles()).toEqual(["ferry-back-in-spring", "ferry-back-in-spring-2"]);
    expect(said).toMatch(
      /^ferry-back-in-spring-2 {2}is \S*b\.html: ferry-back-in-spring is the name of \S*a\.html$/m,
    );
    expect((await run(["b.html"])).said).toMatch(/1 article: 1 as before/);
  });

  it("is never written through a link that leads elsewhere", async () => {
    const { run, dir, articlesDir } = workshop({ "page.html": PAGE, "elsewhere/note": "x" });
    mkdirSync(articlesDir);
    symlinkSync(join(dir, "elsewhere"), join(articlesDir, "ferry-back-in-spring"));
    const { said } = await run(["page.html"], { force: true });
    expect(readdirSync(join(dir, "elsewhere"))).toEqual(["note"]);
    expect(said).toContain("ferry-back-in-spring-2");
  });
});

describe("a saved page as text", () => {
  const LINES = [
    "Subscribe",
    "Ferry back in spring",
    "By Mara Quill",
    "Publié le 12 janvier 2026 à 18h04",
    "A white ferry stands at the quay",
    "The ferry at dusk. (AP Photo/Jane Doe)",
    "The ferry sails again from the old harbour, nine years after its last trip across the bay.",
  ];
  const SAVED = { "page.txt": LINES.join("\n"), "own.gif": GIF };

  it("is a draft that names what it needs and the flag that gives it, and is whole with these flags", async () => {
    const { content, dir, run, file } = workshop(SAVED);
    const { code, said } = await run(["page.txt"]);
    expect(code).toBe(0);
    expect(file("ferry-back-in-spring/index.md")).toMatch(
      /^---\n# imported .*\n# needs: published: "2026-01-12T18:04:00" has no time zone \(--timezone Europe\/Berlin\)\n# needs: images\[0\]\.src \(--image FILE\)\ndraft: true\n/,
    );
    expect(said).toContain(
      'ferry-back-in-spring  needs published: "2026-01-12T18:04:00" has no time zone  (--timezone Europe/Berlin)',
    );
    expect(said).toContain("ferry-back-in-spring  needs images[0].src  (--image FILE)");
    const own = unwrap(localImage(dir, "own.gif", "all"));
    await run(["page.txt"], { choices: { timezone: "Europe/Paris" }, images: [own] });
    expect(file("ferry-back-in-spring/index.md")).toContain("published: 2026-01-12T18:04:00+01:00\n");
    expect(file("ferry-back-in-spring/index.md")).toMatch(
      /images:\n {2}- src: own\.gif\n {4}alt: A white ferry stands at the quay\n {4}caption: The ferry at dusk\.\n {4}credit: AP Photo\/Jane Doe\n/,
    );
    expect((await checkContent(content)).articles.map(({ kind }) => kind)).toEqual(["article"]);
  });

  it("is explained line by line, and with --dry-run nothing is written", async () => {
    const { run, articles } = workshop(SAVED);
    const { said } = await run(["page.txt"], { explain: true, dryRun: true });
    const rows = said.split("\n").slice(1, LINES.length + 1);
    const kinds = ["boilerplate", "headline", "byline", "date", "alt", "caption", "body"];
    for (const [index, row] of rows.entries()) {
      const [number, as, piece, why] = row.trim().split(/ {2,}/);
      expect([number, as]).toEqual([String(index + 1), kinds[index]]);
      expect(LINES[index]).toContain(piece?.replace(/…$/, ""));
      expect(why).toMatch(/\p{L}{3}/u);
    }
    expect(said).toMatch(/Nothing was written\.$/);
    expect(articles()).toEqual([]);
  });

  it("has no name in any script but a hash", async () => {
    const { run, articles } = workshop({
      "!!!.txt": LINES.join("\n").replace("Ferry back in spring", "¡¿!?…"),
    });
    await run(["!!!.txt"], { choices: { title: "***" } });
    expect(articles()).toEqual([expect.stringMatching(/^article-[0-9a-f]{8}$/)]);
  });
});

describe("pictures on the web", () => {
  const FAR = PAGE.replaceAll("page_files/ferry.png", "https://pictures.example/ferry.png");

  it("stay there, unless they are fetched", async () => {
    const { run, file, articlesDir, dir } = workshop({ "page.html": FAR, "fetched.gif": GIF });
    await run(["page.html"]);
    expect(file("ferry-back-in-spring/index.html")).toContain("src: https://pictures.example/ferry.png\n");
    const fetched = localImage(dir, "fetched.gif", "all");
    await run(["page.html"], {
      fetchImages: async (addresses) => new Map(addresses.map((address) => [address, fetched])),
    });
    expect(file("ferry-back-in-spring/index.html")).toContain("src: ferry.gif\n");
    expect(file("ferry-back-in-spring/index.html")).toContain('<img src="ferry.gif"');
    expect(readFileSync(join(articlesDir, "ferry-back-in-spring/ferry.gif"))).toEqual(GIF);
  });

  it("that can't be fetched stay there too, and it is told", async () => {
    const { run, file } = workshop({ "page.html": FAR });
    const { said } = await run(["page.html"], {
      fetchImages: async (addresses) =>
        new Map(
          addresses.map((address) => [address, fail({ path: "", message: `${address} answered 404` })]),
        ),
    });
    expect(file("ferry-back-in-spring/index.html")).toContain("src: https://pictures.example/ferry.png\n");
    expect(said).toContain("a picture stays where it is: https://pictures.example/ferry.png answered 404");
  });
});

describe("what is written", () => {
  it("is a draft where it would be refused: a change that is told before it is made", async () => {
    const entry = (id: number, updated: string) =>
      `<entry><id>urn:x:${id}</id><title>Entry ${id}</title><published>2026-01-01T00:00:00Z</published>
<updated>${updated}</updated><content type="html">&lt;p&gt;The ferry sails.&lt;/p&gt;</content></entry>`;
    const { run, content, file } = workshop({
      "feed.xml": `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
${entry(1, "2999-01-01T00:00:00Z")}${entry(2, "2026-01-02T00:00:00Z")}</feed>`,
    });
    expect((await run(["feed.xml"])).said).toMatch(/^entry-1 {2}needs updated: must not be in the future/m);
    expect(file("entry-1/index.html")).toContain("draft: true");
    expect(file("entry-2/index.html")).not.toContain("draft: true");
    expect((await checkContent(content)).findings.filter(({ level }) => level === "error")).toEqual([]);
  });

  it.each([
    ["'", 480_000, false],
    ['"', 240_000, false],
    ['"', 260_000, true],
    ["<", 90_000, true],
    ["&", 70_000, false],
    ["x", 520_000, true],
  ])("is a draft where it would be too long to be sent: %j, %d times", async (character, count, isDraft) => {
    const item = { id: "urn:x:1", title: "Long", date_published: "2026-01-01T00:00:00Z" };
    const text = character.repeat(count);
    const feed = { version: "https://jsonfeed.org/version/1.1", title: "x" };
    const { run, content, file } = workshop({
      "feed.json": JSON.stringify({ ...feed, items: [{ ...item, content_text: text }] }),
    });
    await run(["feed.json"]);
    expect(/^draft: true$/m.test(file("long/index.md"))).toBe(isDraft);
    expect((await checkContent(content)).findings.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is a draft without its text where that is nested without end, whoever says that the feed is ours", async () => {
    const entry = (id: number, html: string) => ({
      ...{ id: `urn:x:${id}`, title: `Entry ${id}`, date_published: "2026-01-01T00:00:00Z" },
      ...{ content_html: html, _wireroom: {} },
    });
    const { run, content, file } = workshop({
      "feed.json": JSON.stringify({
        ...{ version: "https://jsonfeed.org/version/1.1", title: "x", _wireroom: {} },
        items: [entry(1, "<blockquote>".repeat(5000)), entry(2, "<p>The ferry sails.</p>")],
      }),
    });
    expect((await run(["feed.json"])).said).toMatch(/^entry-1 {2}the text is nested too deeply/m);
    expect(file("entry-1/index.md")).toContain("draft: true");
    expect(file("entry-2/index.html")).toContain("ferry");
    expect((await checkContent(content)).findings.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is nothing where the file would be too long to be read again", async () => {
    const text = "x".repeat(2_100_000);
    const { run, articles } = workshop({
      "feed.json": JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        items: [{ id: "urn:x:1", title: "Long", content_text: text }],
      }),
    });
    const { code, said } = await run(["feed.json"]);
    expect(code).toBe(1);
    expect(said).toMatch(
      /^long {2}makes a file of more than 2 MB, which is too long for one article, and is left out/m,
    );
    expect(articles()).toEqual([]);
  });

  it("links to nothing that is only beside the source", async () => {
    const { run, content, file } = workshop({
      "page.html": PAGE.replace("Its crew", '<a href="?page=2">Its</a> <a href="other.html">crew</a>'),
    });
    await run(["page.html"]);
    expect(file("ferry-back-in-spring/index.html")).toContain("<p>Its crew of twelve");
    expect((await checkContent(content)).findings.filter(({ level }) => level === "error")).toEqual([]);
  });
});
