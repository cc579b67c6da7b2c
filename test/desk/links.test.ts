// Links in a row on the desk's pages have a gap between them.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const DESK = join(import.meta.dirname, "../../src/desk");

it("where one link follows another, their row has a gap", () => {
  const rows = globSync("**/*.tsx", { cwd: DESK }).flatMap((file) => {
    const source = readFileSync(join(DESK, file), "utf8");
    return Array.from(source.matchAll(/<\/a>(?:\{" "\})?\s*<a\s/g), ({ index }) => ({
      file,
      row:
        source
          .slice(0, index)
          .match(/<(?:p|nav)\b[^>]*>/g)
          ?.at(-1) ?? "",
    }));
  });
  expect(rows.map(({ file }) => file)).toContain("preview/preview.tsx");
  expect(rows.filter(({ row }) => !/^<nav|class="[^"]*\blinks\b/.test(row))).toEqual([]);
  for (const file of ["desk.css", "preview/preview.css"])
    expect(readFileSync(join(DESK, file), "utf8")).toMatch(/\.links[^{]*\{\s*display: flex;[^}]*gap:/);
});
