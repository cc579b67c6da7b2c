// `wireroom new`: the draft that it writes, and when it writes none.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lintArticle } from "../../src/cli/check/article-reports.ts";
import { type NewArticle, newArticle } from "../../src/cli/new-article.ts";
import { readContent } from "../../src/content/folder.ts";
import { toInstant } from "../../src/lib/time.ts";
import { contentFolder, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";

const SITE = `title: Test
description: A test.
url: https://news.example.com
tag: { authority: news.example.com, date: "2024-01-01" }
language: en
timezone: Asia/Seoul
sections: { world: { title: World } }
people: { ada: { name: Ada } }
`;
const NOW = new Date("2026-03-01T15:30:00Z");

async function begun(wanted: Omit<NewArticle, "dir">) {
  const dir = contentFolder({ "site.yaml": SITE, "articles/plain/index.md": `${PLAIN}Text.\n` });
  const out = listen();
  await newArticle({ dir, ...wanted }, out, NOW);
  return { dir, out };
}

it("is a draft with the headline, and the day by the site's clocks", async () => {
  const { dir, out } = await begun({ headline: "  Fähre: “zurück”  " });
  expect(readFileSync(join(dir, "articles/fahre-zuruck/index.md"), "utf8")).toBe(`---
headline: "Fähre: “zurück”"
# dek: What it is about, in a sentence.
published: 2026-03-02T00:30:00+09:00
# section: world
# bylines: [ada]
draft: true
---

`);
  expect(out.text()).toMatch(/^Written: .*articles\/fahre-zuruck\/index\.md\. It is not published/);
});

it("is one that check asks nothing of but its text, as it is and with its comments taken off", async () => {
  const { dir } = await begun({ headline: "Ferry" });
  const content = await readContent(dir);
  const found = content.folders.flatMap((folder) => lintArticle(folder, content, toInstant(NOW)).findings);
  expect(found).toMatchObject([{ level: "warning", message: expect.stringMatching(/^has no text/) }]);
  const file = join(dir, "articles/ferry/index.md");
  const filled = readFileSync(file, "utf8").replaceAll("\n# ", "\n").replace("draft: true\n", "");
  const whole = contentFolder({ "site.yaml": SITE, "articles/ferry/index.md": `${filled}Text.\n` });
  const there = await readContent(whole);
  for (const folder of there.folders) {
    const { kind, findings } = lintArticle(folder, there, toInstant(new Date("2026-03-02T00:00:00Z")));
    expect([kind, findings.filter(({ level }) => level === "error")]).toEqual(["article", []]);
  }
});

it.each([
  [{ headline: "Plain" }, /articles\/plain exists already; --slug takes another name\.$/],
  [{ headline: "Ferry", slug: "../ferry" }, /^--slug \.\.\/ferry must be kebab-case/],
  [{ headline: "!!!" }, /^No address can be made from this headline: give one with --slug\.$/],
  [{ headline: " ", slug: "a" }, /^The headline is empty\.$/],
])("is not written for %j", async (wanted, message) => {
  await expect(begun(wanted)).rejects.toThrow(message);
});

it("takes another slug", async () => {
  const { dir } = await begun({ headline: "!!!", slug: "ferry" });
  expect(readFileSync(join(dir, "articles/ferry/index.md"), "utf8")).toContain('headline: "!!!"');
});

it("needs a content folder with a site.yaml that is sound", async () => {
  const dir = contentFolder({ "site.yaml": "title: 1\n" });
  await expect(newArticle({ dir, headline: "Ferry" }, listen(), NOW)).rejects.toThrow(
    /site\.yaml:1 {2}title/,
  );
});
