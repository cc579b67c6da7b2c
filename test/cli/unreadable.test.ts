// Files that are no text, no picture, or can't be read at all: each is told plainly, and the rest is checked.

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkContent } from "../../src/cli/check.ts";
import { formatFinding } from "../../src/content/finding.ts";
import { contentFolder, PLAIN } from "./folder.ts";

async function said(dir: string): Promise<readonly string[]> {
  const { findings } = await checkContent(dir);
  const prefix = `${relative(process.cwd(), dir)}/`;
  return findings.map((finding) => formatFinding(finding).replace(prefix, ""));
}

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

describe("a text", () => {
  it.each([
    [
      "windows-1252",
      bytes(PLAIN, "Ünder\nCaf", [0xe9], "\n"),
      "6  is not UTF-8: it holds the byte 0xE9 here; save it as UTF-8",
    ],
    [
      "half a character",
      bytes(PLAIN, "€", [0xe2, 0x82]),
      "5  is not UTF-8: it holds the byte 0xE2 here; save it as UTF-8",
    ],
    ["UTF-16", Buffer.from(`\ufeff${PLAIN}`, "utf16le"), "1  is UTF-16: save it as UTF-8"],
    [
      "UTF-16 without a mark",
      Buffer.from(PLAIN, "utf16le"),
      "1  holds a zero byte, so it isn't text: save it as UTF-8",
    ],
    ["no text", bytes(PLAIN, "\n", [0]), "6  holds a zero byte, so it isn't text: save it as UTF-8"],
    ["too long", Buffer.alloc(2_000_001, "a"), "1  is larger than 2 MB, which is too large for a text file"],
    [
      "too long a front matter",
      bytes("---\n", "a".repeat(2_100_000), "\n---\n"),
      "1  is larger than 2 MB, which is too large for a text file",
    ],
    [
      "nested too deeply",
      `${PLAIN}${"<div>".repeat(20_000)}`,
      "1  body  is nested more than 200 deep: take elements out of each other",
    ],
    [
      "of quotes in quotes",
      `${PLAIN}\n${"> ".repeat(101)}x`,
      "6  body  is nested more than 100 levels deep: take quotes and lists out of each other",
    ],
  ])("in %s is told by its first line that is wrong", async (_, content, message) => {
    const dir = contentFolder({ "articles/a/index.md": content, "articles/b/index.md": PLAIN });
    expect(await said(dir)).toEqual([`articles/a/index.md:${message}`]);
  });

  it("with a byte order mark, a replacement character or line ends of Windows is sound", async () => {
    const windows = `\ufeff${PLAIN.replaceAll("\n", "\r\n")}Was \ufffd.\r\n\r\n[x](../gone/)\r\n`;
    expect(await said(contentFolder({ "articles/a/index.md": windows }))).toEqual([
      'articles/a/index.md:7  body  links to "../gone/", but there is no such article',
    ]);
  });

  it("is no other kind of file", async () => {
    const dir = contentFolder({ "articles/b/index.md": PLAIN });
    mkdirSync(join(dir, "articles/a/index.md"), { recursive: true });
    mkdirSync(join(dir, "articles/c"));
    symlinkSync(join(dir, "articles/b/index.md"), join(dir, "articles/c/index.md"));
    expect(await said(dir)).toEqual([
      "articles/a  has an index.md that is not a file",
      "articles/c  has an index.md that is not a file",
    ]);
  });

  it("of site.yaml and of policies is UTF-8 too", async () => {
    const dir = contentFolder({
      "site.yaml": bytes("title: Caf", [0xe9]),
      "partners/a.yaml": bytes([0xff, 0xfe]),
    });
    mkdirSync(join(dir, "articles"));
    expect(await said(dir)).toEqual([
      "site.yaml:1  is not UTF-8: it holds the byte 0xE9 here; save it as UTF-8",
      "partners/a.yaml:1  is UTF-16: save it as UTF-8",
    ]);
  });
});

describe("a picture", () => {
  it("is a file of at most 20 MB", async () => {
    const names = ["loop", "dangling", "pipe", "folder", "large"];
    const body = names.map((name) => `![x](${name}.png)`).join("\n");
    const dir = contentFolder({ "articles/a/index.md": PLAIN + body, "articles/a/large.png": "" });
    const at = (name: string) => join(dir, "articles/a", name);
    symlinkSync("loop.png", at("loop.png"));
    symlinkSync("nothing", at("dangling.png"));
    execFileSync("mkfifo", [at("pipe.png")]);
    mkdirSync(at("folder.png"));
    truncateSync(at("large.png"), 20_000_001);
    expect(await said(dir)).toEqual([
      'articles/a/index.md:5  body  "loop.png" can\'t be read: it is a symbolic link that leads back to itself (ELOOP)',
      'articles/a/index.md:6  body  "dangling.png" is not in the article\'s folder',
      'articles/a/index.md:7  body  "pipe.png" is not a file',
      'articles/a/index.md:8  body  "folder.png" is a folder',
      'articles/a/index.md:9  body  "large.png" is larger than 20 MB: save it smaller',
    ]);
  });
});
