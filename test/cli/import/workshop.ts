// A content folder with sources beside it, and `wireroom import` run on them.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ImportOptions, runImport } from "../../../src/cli/import.ts";
import { contentFolder, write } from "../folder.ts";
import { listen } from "../output.ts";

/** Sources beside a content folder. */
export function workshop(sources: Readonly<Record<string, string | Uint8Array>>) {
  const content = contentFolder({});
  const dir = mkdtempSync(join(tmpdir(), "sources-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  write(dir, sources);
  const articlesDir = join(content, "articles");
  const run = async (names: readonly string[], changes: Partial<ImportOptions> = {}) => {
    const out = listen();
    const paths = names.map((name) => join(dir, name));
    const code = await runImport({ paths, articlesDir, choices: {}, images: [], ...changes }, out);
    return { code, said: out.text() };
  };
  const file = (path: string) => readFileSync(join(articlesDir, path), "utf8");
  const articles = () => (existsSync(articlesDir) ? readdirSync(articlesDir).sort() : []);
  return { content, dir, articlesDir, run, file, articles };
}
