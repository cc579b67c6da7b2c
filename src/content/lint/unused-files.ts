// Files beside an article that nothing names.

import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Problem } from "../../lib/problem.ts";
import { fileOf } from "../body-references.ts";
import { isLocalFile } from "../front-matter.ts";
import type { Rule } from "./material.ts";

/** Files that are neither the article nor anything it shows or links to. */
export const unusedFiles: Rule = ({ folder, file, body }): readonly Problem[] => {
  const names = [
    ...file.fields.images.flatMap((image) => (image && isLocalFile(image.src) ? [image.src] : [])),
    ...body.references.flatMap((reference) => fileOf(reference) ?? []),
  ];
  // The same name may be written in two ways: composed as people type it, or as macOS stores it.
  const used = new Set([folder.file, ...names.map((name) => resolve(folder.dir, name))].map(composed));
  return filesIn(folder.dir)
    .filter((path) => !used.has(composed(path)))
    .sort()
    .map((path) => {
      const name = JSON.stringify(relative(folder.dir, path));
      return {
        path: "",
        line: 1,
        message: `has ${name} beside it, which nothing names: use it, or take it out`,
      };
    });
};

const composed = (path: string): string => path.normalize("NFC");

function filesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? filesIn(join(dir, entry.name)) : [join(dir, entry.name)];
  });
}
