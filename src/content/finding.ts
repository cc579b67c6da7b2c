// Problems of files and of commands as people read them on a terminal. A file's stand one a line:
// `content/articles/x/index.md:12  published  must be …`.

import { relative } from "node:path";
import type { ProblemDetails } from "../lib/answer-fields.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";

/**
 * A problem of a file of the content folder, with a code of `check`, of a warning, or of a newer Worker. Only
 * errors keep an article from being published.
 */
export interface Finding extends Problem<string> {
  readonly level: "error" | "warning";
  /** Path of the file on this machine. */
  readonly file: string;
}

/** Adds a file, its line and a level to a problem. */
export const findingIn =
  (file: string, lineOf?: (path: string) => number) =>
  (level: Finding["level"]) =>
  (problem: Problem<string>): Finding => {
    const line = problem.line ?? lineOf?.(problem.path);
    return { ...problem, level, file, ...omitUndefined({ line }) };
  };

/** A path of the API as it is called in a file: the body is everything after the front matter. */
export const pathInFile = (path: string): string => (path === "body.html" ? "body" : path);

/** A finding as a line of text; the file's path is relative to the current folder. */
export function formatFinding({ level, file, line, path, message }: Finding): string {
  const position = relative(process.cwd(), file) + (line === undefined ? "" : `:${line}`);
  return [position, level === "warning" ? "warning:" : "", path, message]
    .filter((part) => part !== "")
    .join("  ");
}

/**
 * Why the Worker refused a file, a line a problem. `what` names something that was sent along with it, such
 * as a picture.
 */
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

/** The message of an error with its causes: `fetch failed: connect ECONNREFUSED`. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${errorText(error.cause)}`;
}

/** The command can't go on: it ends with the message, without a stack. That says why, and what would help. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/**
 * The message for an error that isn't this program's fault, to be shown without a stack: a `CliError`, or an
 * error of the file system. Undefined for every other error.
 */
export function plainMessage(error: unknown): string | undefined {
  if (error instanceof CliError) return error.message;
  if (!(error instanceof Error && "syscall" in error && "path" in error && "code" in error)) return undefined;
  const { code, path } = error;
  if (code === "EACCES" || code === "EPERM")
    return `You may not read or write ${path} (${code}): it belongs to somebody else, or its permissions say so. Change its owner or its permissions.`;
  if (code === "EROFS")
    return `${path} can't be written: it lies on a file system that is read-only (EROFS).`;
  return error.message;
}
