// The flags of `wireroom import`: what they say of articles, and which of them are refused.

import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, it, onTestFinished } from "vitest";
import { addImport } from "../../../src/cli/import/import-command.ts";
import { GIF } from "../folder.ts";
import { listen } from "../output.ts";
import { workshop } from "./workshop.ts";

const PAGE = [
  "Ferry back in spring",
  "By Mara Quill",
  "3 March 2026 18:00",
  "The ferry sails again from the old harbour, nine years after its last trip across the bay.",
].join("\n");

/** Runs the command as it is typed; `{}` in a word is the folder of sources. */
function typed(...words: readonly string[]) {
  const shop = workshop({ "page.txt": PAGE, "own.gif": GIF });
  const out = listen();
  const program = new Command().exitOverride();
  addImport(program.command("import").argument("<file|dir...>"), shop.content, out);
  const { exitCode } = process;
  onTestFinished(() => {
    process.exitCode = exitCode;
  });
  const args = words.map((word) => word.replace("{}", shop.dir));
  return {
    ...shop,
    out,
    done: program.parseAsync(["import", "{}/page.txt".replace("{}", shop.dir), ...args], { from: "user" }),
  };
}

describe("flags", () => {
  it("fill and override", async () => {
    const { done, file } = typed(
      ...["--title", "Ferry, at last", "--section", "world", "--language", "fr", "--image", "{}/own.gif"],
      ...["--published", "2026-03-04 10:00", "--timezone", "Asia/Seoul"],
    );
    await done;
    const written = file("ferry-at-last/index.md");
    for (const line of [
      "headline: Ferry, at last",
      "section: world",
      "language: fr",
      "published: 2026-03-04T10:00:00+09:00",
      "  - src: own.gif",
    ]) {
      expect(written).toContain(`${line}\n`);
    }
  });

  it("name another folder to write into", async () => {
    const { done, dir, articles } = typed("--out", "{}/elsewhere", "--timezone", "UTC");
    await done;
    expect(articles()).toEqual([]);
    expect(readdirSync(join(dir, "elsewhere"))).toEqual(["ferry-back-in-spring"]);
  });

  it("end with 1 where something is missing under --strict", async () => {
    const { done, articles } = typed("--strict");
    await done;
    expect(process.exitCode).toBe(1);
    expect(articles()).toEqual([]);
  });

  it.each([
    [["--timezone", "Mars/Olympus"], /^--timezone Mars\/Olympus must be a time zone of the IANA list/],
    [["--language", "no language"], /^--language no language /],
    [["--title", " "], "--title is empty."],
    [
      ["--published", "2026-03-04 10:00"],
      /has no zone: write it like 2026-03-04T10:00:00\+01:00, or add --timezone/,
    ],
    [["--published", "soon"], /^--published soon is no date and time with zone/],
    [["--image", "{}/none.png"], /^--image: "none.png" is not in/],
    [["--section", "sport"], "There is no section sport in site.yaml; it has world."],
  ])("%j are refused", async (words, message) => {
    await expect(typed(...words).done).rejects.toThrow(message);
  });
});

it("reads the words that the site has in place of ours", async () => {
  const note =
    '<p>It sails.</p><aside class="wr-corrections"><p><strong>We were wrong, 25 October 2024:</strong> It was Friday.</p></aside>';
  const feed = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title><language>en</language><item><title>Ferry</title><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><content:encoded><![CDATA[${note}]]></content:encoded></item></channel></rss>`;
  const shop = workshop({ "own.xml": feed });
  appendFileSync(
    join(shop.content, "site.yaml"),
    "words: { en: { corrections: { correction: We were wrong } } }\n",
  );
  await shop.run(["own.xml"], { choices: { timezone: "UTC" } });
  expect(shop.file("ferry/index.html")).toMatch(/corrections:\n +- at: 2024-10-25/);
});
