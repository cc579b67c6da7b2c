// `check`: everything that is wrong with a content folder, each with file and line, and nothing sent.

import { symlinkSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkContent, runCheck } from "../../src/cli/check.ts";
import { CliError, formatFinding } from "../../src/content/finding.ts";
import { contentFolder, PIXEL, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";

async function findings(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  const dir = contentFolder(files);
  return said(dir);
}

async function said(dir: string): Promise<readonly string[]> {
  const { findings } = await checkContent(dir);
  const prefix = `${relative(process.cwd(), dir)}/`;
  return findings.map((finding) => formatFinding(finding).replace(prefix, ""));
}

describe("an article", () => {
  it("is told everything at once: fields, names, pictures, links", async () => {
    const said = await findings({
      "articles/a/index.md": `---
headline: ""
published: 2024-10-24T00:00:00Z
section: nowhere
bylines: [ada, nobody]
images:
  - src: gone.png
    width: 3
---
![x](lost.png) [y](../missing/)

[z](notes.txt) ![d](<data:image/png;base64,AA>)
`,
    });
    expect(said).toEqual([
      "articles/a/index.md:2  headline  must not be empty",
      'articles/a/index.md:4  section  "nowhere" is not a section in site.yaml (world)',
      'articles/a/index.md:5  bylines[1]  "nobody" is not one of the people in site.yaml (ada)',
      'articles/a/index.md:7  images[0].src  "gone.png" is not in the article\'s folder',
      "articles/a/index.md:8  images[0].width  is measured from the file: leave it out",
      'articles/a/index.md:10  body  "lost.png" is not in the article\'s folder',
      'articles/a/index.md:10  body  links to "../missing/", but there is no such article',
      'articles/a/index.md:12  body  links to "notes.txt", which is neither an article nor a picture; a web address starts with https://',
      'articles/a/index.md:12  body  holds "data:image/png;base64,AA", which nobody else can open: use a file beside the article',
    ]);
  });

  it("never reaches for a file outside its folder", async () => {
    const dir = contentFolder({
      "secret.png": PIXEL,
      "articles/b/pixel.png": PIXEL,
      "articles/b/index.md": PLAIN,
      "articles/a/index.md": `---\nheadline: A\npublished: 2024-10-24T00:00:00Z\nimages:\n  - src: ../../secret.png\n  - src: ../../absent.png\n  - src: link.png\n  - src: pics/../../b/pixel.png\n  - src: .\n---\n![x](../b/pixel.png)![y](..%2F..%2Fsecret.png)\n`,
    });
    symlinkSync(join(dir, "secret.png"), join(dir, "articles/a/link.png"));
    expect(await said(dir)).toEqual([
      'articles/a/index.md:5  images[0].src  "../../secret.png" leads out of the article\'s folder',
      'articles/a/index.md:6  images[1].src  "../../absent.png" leads out of the article\'s folder',
      'articles/a/index.md:7  images[2].src  "link.png" leads out of the article\'s folder',
      'articles/a/index.md:8  images[3].src  "pics/../../b/pixel.png" leads out of the article\'s folder',
      'articles/a/index.md:9  images[4].src  "." leads out of the article\'s folder',
      'articles/a/index.md:11  body  "../b/pixel.png" leads out of the article\'s folder',
      'articles/a/index.md:11  body  "../../secret.png" leads out of the article\'s folder',
    ]);
  });

  it("is told of a picture with too many pixels, and how many may be", async () => {
    const large = Buffer.from(PIXEL);
    large.writeUInt32BE(60_000, 16);
    large.writeUInt32BE(60_000, 20);
    const index = `${PLAIN}![x](large.png)\n`;
    expect(await findings({ "articles/a/large.png": large, "articles/a/index.md": index })).toEqual([
      'articles/a/index.md:5  body  "large.png" has 60000 × 60000 pixels, more than 100 megapixels: save it smaller',
    ]);
  });

  it("is told of a file that is no picture, or a broken one, whatever its name", async () => {
    const said = await findings({
      "articles/a/text.png": "text",
      "articles/a/half.png": PIXEL.subarray(0, 12),
      "articles/a/index.md": `${PLAIN}![x](text.png)![y](half.png)![z](%E0%A4%A.png)\n`,
    });
    expect(said).toEqual([
      'articles/a/index.md:5  body  "text.png" is not a JPEG, PNG, GIF, WebP or AVIF picture, or is damaged',
      'articles/a/index.md:5  body  "half.png" is not a JPEG, PNG, GIF, WebP or AVIF picture, or is damaged',
      'articles/a/index.md:5  body  holds "%E0%A4%25A.png", which is not a valid address',
    ]);
  });

  it("is warned of a picture without alternative text, on the line that shows it", async () => {
    const said = await findings({
      "articles/a/p.png": PIXEL,
      "articles/a/index.md": `${PLAIN}\n![](p.png)\n`,
    });
    expect(said).toEqual([
      "articles/a/index.md:6  warning:  images[0].alt  is empty: say what the picture shows",
    ]);
  });

  it("is refused when it is larger than the Worker takes", async () => {
    const said = await findings({ "articles/a/index.md": `${PLAIN}${"word ".repeat(110_000)}` });
    expect(said).toEqual(["articles/a/index.md:5  body  makes the article larger than 512 kB"]);
  });

  it("shares its id with no other", async () => {
    const file = "---\nid: tag:x.org,2024:1\nheadline: A\npublished: 2024-10-24T00:00:00Z\n---\n";
    const said = await findings({ "articles/a/index.md": file, "articles/b/index.html": file });
    expect(said).toEqual([
      "articles/a/index.md:2  id  is also the id of b",
      "articles/b/index.html:2  id  is also the id of a",
    ]);
  });

  it("may be a draft with gaps, which are warnings", async () => {
    const said = await findings({ "articles/a/index.md": "---\ndraft: true\nheadline: A\n---\n" });
    expect(said).toEqual(["articles/a/index.md:2  warning:  published  is missing"]);
  });
});

describe("the folder", () => {
  it("is told of what is no article", async () => {
    const dir = contentFolder({
      "articles/Not_A_Slug/index.md": PLAIN,
      "articles/empty/notes.txt": "x",
      "articles/two/index.md": PLAIN,
      "articles/two/index.html": PLAIN,
      "articles/loose.md": PLAIN,
      "articles/.hidden": "x",
    });
    symlinkSync(join(dir, "articles/two"), join(dir, "articles/link"));
    expect(await said(dir)).toEqual([
      `articles/Not_A_Slug  has a name that can't be an address: must be kebab-case: a-z, 0-9 and single hyphens, like "not-a-slug"`,
      "articles/empty  has neither index.md nor index.html",
      "articles/link  is a symbolic link: articles must lie in the content folder",
      "articles/loose.md  warning:  is not an article's folder, and isn't published",
      "articles/two  has both index.md and index.html: keep one",
    ]);
  });

  it("is told of a broken site.yaml, and its articles are checked all the same", async () => {
    const said = await findings({
      "site.yaml":
        "title: T\ncolour: red\nlangage: en\nsections: { a: { titl: A } }\npeople: { b: { nam: B } }\n",
      "articles/a/index.md": "---\nheadline: A\n---\n",
    });
    expect(said).toContain("site.yaml:2  colour  is not a known field");
    for (const [line, path, meant] of [
      [3, "langage", "language"],
      [4, "sections.a.titl", "title"],
      [5, "people.b.nam", "name"],
    ])
      expect(said).toContain(`site.yaml:${line}  ${path}  is not a known field; did you mean "${meant}"?`);
    expect(said).toContain("site.yaml:1  url  is missing");
    expect(said.at(-1)).toBe("articles/a/index.md:2  published  is missing");
  });

  it("must be there", async () => {
    await expect(checkContent("/nowhere/at/all")).rejects.toThrow(CliError);
  });
});

describe("the command", () => {
  it("ends with 1 for an error and 0 for warnings, and counts both", async () => {
    const wrong = listen();
    expect(await runCheck({ dir: contentFolder({ "articles/a/index.md": "" }) }, wrong)).toBe(1);
    expect(wrong.text()).toMatch(/1 article, 1 error, 0 warnings\.$/);
    const right = listen();
    const draft = {
      "articles/a/index.md": "---\ndraft: true\n---\n",
      "articles/b/index.md": `${PLAIN}Text.\n`,
    };
    expect(await runCheck({ dir: contentFolder(draft) }, right)).toBe(0);
    expect(right.text()).toMatch(/2 articles, 1 draft, 0 errors, 3 warnings\.$/);
  });
});

it("has nothing to say against the demonstration in content/, all whose pictures are large and light", async () => {
  const { findings, articles } = await checkContent(join(import.meta.dirname, "../../content"));
  expect(findings.map(formatFinding)).toEqual([]);
  const pictures = articles.flatMap((article) => (article.kind === "article" ? article.images : []));
  expect(pictures.length).toBeGreaterThan(15);
  const tooSmallOrHeavy = pictures.filter(({ facts }) => facts.width < 1200 || facts.length >= 200_000);
  expect(tooSmallOrHeavy.map(({ file }) => basename(file))).toEqual([]);
});
