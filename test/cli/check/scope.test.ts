// `wireroom check PATH`: which part of a content folder a path means, and what is then said.

import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { lintWarnings, runCheck, scopeOf } from "../../../src/cli/check.ts";
import { contentFolder, PLAIN } from "../folder.ts";
import { listen } from "../output.ts";

const folder = () =>
  contentFolder({
    "articles/ferry/index.md": "---\nheadline: Ferry\npublished: soon\n---\nText.\n",
    "articles/bridge/index.md": `${PLAIN}Text.\n`,
    "articles/bridge/unused.txt": "",
    "articles/tunnel/index.md": "---\nheadline: Tunnel\n---\n",
    "partners/portal.yaml": "id: portal\n",
  });

const ALL = { only: undefined };

it.each([
  [".", ALL],
  ["articles", { only: ["bridge", "ferry", "tunnel"] }],
  ["articles/ferry", { only: ["ferry"] }],
  ["articles/ferry/", { only: ["ferry"] }],
  ["articles/ferry/index.md", { only: ["ferry"] }],
  ["articles/bridge/unused.txt", { only: ["bridge"] }],
  ["partners", { only: ["portal.yaml"] }],
  ["partners/portal.yaml", { only: ["portal.yaml"] }],
  ["site.yaml", { only: ["site.yaml"] }],
])("%s of a content folder is meant", async (path, { only }) => {
  const dir = folder();
  const scope = await scopeOf(join(dir, path), "/nowhere");
  expect({ dir: scope.dir, only: scope.only && [...scope.only].sort() }).toEqual({ dir, only });
});

it("an article may be called by its slug alone", async () => {
  const dir = folder();
  expect(await scopeOf("ferry", dir)).toEqual({ dir, only: new Set(["ferry"]) });
});

it("is told what may have been meant, or what an article is", async () => {
  const dir = folder();
  const path = join(dir, "articles/fery");
  const shown = relative(process.cwd(), path);
  await expect(scopeOf(path, dir)).rejects.toThrow(`There is no ${shown}; did you mean "ferry"?`);
  await expect(scopeOf("no-such-ferry", dir)).rejects.toThrow(
    'There is no no-such-ferry; did you mean "ferry"?',
  );
  await expect(scopeOf("xyz", dir)).rejects.toThrow(/^There is no xyz\.$/);
  await expect(scopeOf(import.meta.filename, dir)).rejects.toThrow(
    /is not in a content folder: an article is/,
  );
});

it("says what is wrong with that part alone", async () => {
  const dir = folder();
  const out = listen();
  const only = new Set(["ferry"]);
  expect(await runCheck({ dir, only }, out)).toBe(1);
  expect(out.text()).toContain("articles/ferry/index.md:3  published  must be a date");
  expect(out.text()).not.toMatch(/tunnel|bridge|partners/);
  expect(out.text()).toMatch(/\n1 article, 1 error, 0 warnings\.$/);
  const policy = listen();
  await runCheck({ dir, only: new Set(["portal.yaml"]) }, policy);
  expect(policy.text()).toContain("partners/portal.yaml");
  expect(policy.text()).not.toContain("/articles/");
});

it("remarks on saved articles what publishing them wouldn't say", async () => {
  const dir = folder();
  const remarks = await lintWarnings(dir, new Set(["bridge", "ferry"]));
  expect(remarks.map(({ file, message }) => [relative(dir, dirname(file)), message])).toEqual([
    ["articles/bridge", expect.stringContaining('has "unused.txt" beside it')],
  ]);
});
