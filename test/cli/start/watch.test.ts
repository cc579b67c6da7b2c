// Changes of the content folder, as editors and people make them.

import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type Changes, watchContent } from "../../../src/cli/start/session.ts";
import { contentFolder, write } from "../folder.ts";
import { until } from "../output.ts";

function watching(files: Readonly<Record<string, string>> = {}) {
  const dir = contentFolder({ "articles/a/index.md": "1", ...files });
  const seen: Changes[] = [];
  const errors: unknown[] = [];
  const close = watchContent(
    dir,
    async (changes) => void seen.push(changes),
    (error) => void errors.push(error),
  );
  onTestFinished(close);
  /** Does something, and waits for what is then told. */
  const after = async (change: () => void): Promise<readonly string[]> => {
    seen.length = 0;
    change();
    await until(() => seen.length > 0);
    expect(errors).toEqual([]);
    return [...(seen[0]?.site ? ["site.yaml"] : []), ...(seen[0]?.names ?? [])];
  };
  return { dir, after, seen };
}

const edit = (dir: string, file: string) => write(dir, { [file]: String(Math.random()) });

it("tells an article that was edited, replaced, and edited again", async () => {
  const { dir, after } = watching();
  const replace = () => {
    edit(dir, "articles/a/.new");
    renameSync(join(dir, "articles/a/.new"), join(dir, "articles/a/index.md"));
  };
  expect(await after(() => edit(dir, "articles/a/index.md"))).toEqual(["a"]);
  expect(await after(replace)).toEqual(["a"]);
  expect(await after(() => edit(dir, "articles/a/index.md"))).toEqual(["a"]);
  expect(await after(replace)).toEqual(["a"]);
});

it("tells a new article, and later changes of it and of its pictures", async () => {
  const { dir, after } = watching();
  expect(await after(() => mkdirSync(join(dir, "articles/b")))).toEqual(["b"]);
  expect(await after(() => edit(dir, "articles/b/index.md"))).toEqual(["b"]);
  expect(await after(() => mkdirSync(join(dir, "articles/b/pics")))).toEqual(["b"]);
  expect(await after(() => edit(dir, "articles/b/pics/p.png"))).toEqual(["b"]);
});

it("tells a partner's policy that was saved, the first one too", async () => {
  const { dir, after } = watching();
  expect(await after(() => edit(dir, "partners/a.yaml"))).toEqual(["a.yaml"]);
  expect(await after(() => edit(dir, "partners/a.yaml"))).toEqual(["a.yaml"]);
});

it("tells a folder that is gone, and sees another one of the same name", async () => {
  const { dir, after } = watching();
  expect(await after(() => rmSync(join(dir, "articles/a"), { recursive: true }))).toEqual(["a"]);
  expect(await after(() => edit(dir, "articles/a/index.md"))).toEqual(["a"]);
  expect(
    await after(() => {
      rmSync(join(dir, "articles/a"), { recursive: true });
      edit(dir, "articles/a/index.md");
    }),
  ).toEqual(["a"]);
  expect(await after(() => edit(dir, "articles/a/index.md"))).toEqual(["a"]);
});

it("tells site.yaml apart, and gathers what is saved together", async () => {
  const { dir, after, seen } = watching({ "articles/b/index.md": "1" });
  const changed = await after(() => {
    edit(dir, "site.yaml");
    edit(dir, "articles/a/index.md");
    edit(dir, "articles/b/index.md");
    edit(dir, "notes.txt");
  });
  expect([...changed].sort()).toEqual(["a", "b", "site.yaml"]);
  expect(seen).toHaveLength(1);
});
