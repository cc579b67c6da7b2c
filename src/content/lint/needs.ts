// What an import left open: comments `# needs: published (--published)` in front matter.

import type { Problem } from "../../lib/problem.ts";
import { YAML_LINE } from "../front-matter.ts";
import type { Rule } from "./material.ts";

/** Fields that somebody still has to fill in. */
export const openNeeds: Rule = ({ file }): readonly Problem[] => {
  const lines = file.yaml.split(/\r?\n/);
  const filled = new Set(lines.flatMap((line) => /^([^\s:#]+):[ \t]*\S/.exec(line)?.[1] ?? []));
  return lines.flatMap((text, index) => {
    const [, path, more = ""] = /^[ \t]*#[ \t]*needs:[ \t]*([^\s,:;]+)[,:;]?(.*)/.exec(text) ?? [];
    if (path === undefined) return [];
    const what = more
      .trim()
      .replace(/^(?=[^(])/, ": ")
      .replace(/^(?=\()/, " ");
    // What is there and wrong is told as such.
    const isWrong = file.problems?.some((problem) => problem.path.split(/[.[]/)[0] === path);
    if (filled.has(path) && isWrong) return [];
    const message = filled.has(path)
      ? "is there: take this comment out"
      : `is still needed${what}; fill it in, and take this comment out`;
    return [{ path, line: YAML_LINE + index, message }];
  });
};
