// The output formats of `check`: text for people, JSON for editors' programs, annotations for GitHub.

import { relative, sep } from "node:path";
import { type Finding, formatFinding } from "../../content/finding.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { plural } from "../../lib/text.ts";

/** Writes findings as lines. `counts` are how many things were checked: `3 articles`. */
type Formatter = (findings: readonly Finding[], counts: readonly string[]) => readonly string[];

/** The formats by their names on the command line. */
export const FORMATS = { text, json, github } as const satisfies Readonly<Record<string, Formatter>>;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** Warnings, then errors, then a summary: the most important comes last, where a terminal shows it. */
function text(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const { warning = [], error = [] } = Object.groupBy(findings, ({ level }) => level);
  const groups = [warning, error].filter((group) => group.length > 0);
  return [...groups.flatMap((group) => [...group.map(formatFinding), ""]), summary(findings, counts)];
}

/** One JSON array. Files are relative to the current folder. */
function json(findings: readonly Finding[]): readonly string[] {
  const list = findings.map(({ file, line, level, path, code, message }) => ({
    file: relative(process.cwd(), file),
    ...omitUndefined({ line }),
    level,
    field: path,
    ...omitUndefined({ code }),
    message,
  }));
  return [JSON.stringify(list, null, 2)];
}

/** GitHub's workflow commands, which a pull request shows beside the lines. */
function github(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const commands = findings.map(({ file, line, level, path, message }) => {
    const properties = {
      file: relative(root, file).replaceAll(sep, "/"),
      ...omitUndefined({ line: line?.toString(), title: path === "" ? undefined : path }),
    };
    const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
    return `::${level} ${list.join(",")}::${data(message)}`;
  });
  return [...commands, summary(findings, counts)];
}

// Escaped as the runner expects it (actions/toolkit, command.ts).
const data = (value: string): string =>
  value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (value: string): string => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");

function summary(findings: readonly Finding[], counts: readonly string[]): string {
  const errors = findings.filter(({ level }) => level === "error").length;
  return `${[...counts, plural(errors, "error"), plural(findings.length - errors, "warning")].join(", ")}.`;
}
