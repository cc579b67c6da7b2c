// Many articles, judged in threads: the same judgements, in the same order, as one after the other.

import { expect, it } from "vitest";
import { lintArticle, lintArticles } from "../../../src/cli/check/article-reports.ts";
import { runCheck } from "../../../src/cli/check.ts";
import { readContent } from "../../../src/content/folder.ts";
import { toInstant } from "../../../src/lib/time.ts";
import { contentFolder, PIXEL } from "../folder.ts";
import { listen } from "../output.ts";

const ARTICLES = 450;
const NOW = toInstant(new Date("2026-03-02T12:00:00Z"));

const article = (index: number) => `---
id: tag:example.org,2024:${index % 440}
headline: Number ${index}
published: 2024-10-24T00:00:00Z
section: ${index % 3 === 0 ? "wrld" : "world"}
---
[next](../article-${index + 1}/) ![](p.png)
`;

const files = Object.fromEntries(
  Array.from({ length: ARTICLES }, (_, index) => [`articles/article-${index}/index.md`, article(index)]),
);

it("says the same as one after the other, and how far it is", async () => {
  const content = await readContent(contentFolder({ ...files, "articles/article-7/p.png": PIXEL }));
  const steps: number[] = [];
  const judged = await lintArticles(content, NOW, (done) => steps.push(done));
  expect(judged).toEqual(content.folders.map((folder) => lintArticle(folder, content, NOW)));
  expect(judged.every(({ findings }) => findings.length > 0)).toBe(true);
  expect(steps.at(-1)).toBe(ARTICLES);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

it("finds an id that two articles have, whichever threads read them", async () => {
  const bodies = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [
      name,
      file.replace(/\n\[next[\s\S]*/, "\nText.\n").replace("wrld", "world"),
    ]),
  );
  const out = listen();
  expect(await runCheck({ dir: contentFolder(bodies) }, out, "json")).toBe(1);
  const said: { readonly file: string; readonly line: number; readonly message: string }[] = JSON.parse(
    out.text(),
  );
  expect(said).toHaveLength(20);
  const twin = said.find(({ file }) => file.endsWith("/article-0/index.md"));
  expect(twin).toMatchObject({
    line: 2,
    field: "id",
    level: "error",
    message: "is also the id of article-440",
  });
});
