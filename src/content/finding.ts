// How problems are told to a person: `content/articles/x/index.md:12  published  must be …`, one a line.

import { relative } from "node:path";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem, ProblemDetails } from "../lib/problem.ts";

/** Something wrong with a file of the content folder. Only errors keep an article from being published. */
export interface Finding extends Problem {
  readonly level: "error" | "warning";
  /** Path of the file on this machine. */
  readonly file: string;
}

/** Says where a problem of an article's file stands. */
export const findingIn =
  (file: string, lineOf?: (path: string) => number) =>
  (level: Finding["level"]) =>
  (problem: Problem): Finding => {
    const line = problem.line ?? lineOf?.(problem.path);
    return { ...problem, level, file, ...omitUndefined({ line }) };
  };

/** A path of the API as people know it who write files: the body is all that follows the front matter. */
export const pathInFile = (path: string): string => (path === "body.html" ? "body" : path);

/** A finding as a line of text; the file's path is relative to the current folder. */
export function formatFinding({ level, file, line, path, message }: Finding): string {
  const place = relative(process.cwd(), file) + (line === undefined ? "" : `:${line}`);
  return [place, level === "warning" ? "warning:" : "", path, message]
    .filter((part) => part !== "")
    .join("  ");
}

/** What the Worker said against a file, a line each; or against `what`, where it is something that comes with the file. */
export function refusalLines(
  file: string,
  lineOf: (path: string) => number,
  { title, detail, status, errors = [] }: ProblemDetails,
  what?: string,
): readonly string[] {
  const problems =
    errors.length > 0 && what === undefined
      ? errors
      : [
          {
            path: "",
            message: `${what ?? "the Worker"}: ${detail ?? title}${status > 0 ? ` (${status})` : ""}`,
          },
        ];
  return problems.map((problem) => formatFinding(findingIn(file, lineOf)("error")(problem)));
}

/** The text of an error, with what caused it: `fetch failed: connect ECONNREFUSED`. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${errorText(error.cause)}`;
}
