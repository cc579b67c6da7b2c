// The ways in which `check` says what it found: to people, to editors' programs, to GitHub.

import { relative, sep } from "node:path";
import { type Finding, formatFinding } from "../../content/finding.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { plural } from "../../lib/text.ts";

/** Makes lines of findings; `counts` says what was looked at. */
type Formatter = (findings: readonly Finding[], counts: readonly string[]) => readonly string[];

/** Every format by its name on the command line. */
export const FORMATS = { text, json, github } as const satisfies Readonly<Record<string, Formatter>>;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** Warnings, then errors, then the counts: what matters most stands last, where a terminal shows it. */
function text(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const { warning = [], error = [] } = Object.groupBy(findings, ({ level }) => level);
  const groups = [warning, error].filter((group) => group.length > 0);
  return [...groups.flatMap((group) => [...group.map(formatFinding), ""]), summary(findings, counts)];
}

/** One JSON array, whose files are relative to the current folder. */
function json(findings: readonly Finding[]): readonly string[] {
  const list = findings.map(({ file, line, level, path, code, message }) => ({
    file: relative(process.cwd(), file),
    ...omitUndefined({ line }),
    ...{ level, field: path },
    ...omitUndefined({ code }),
    message,
  }));
  return [JSON.stringify(list, null, 2)];
}

/** Workflow commands, which GitHub shows beside the files' lines in a pull request. */
function github(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const commands = findings.map(({ file, line, level, path, message }) => {
    const properties = {
      file: relative(root, file).replaceAll(sep, "/"),
      ...(line === undefined ? {} : { line: String(line) }),
      ...(path === "" ? {} : { title: path }),
    };
    const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
    return `::${level} ${list.join(",")}::${data(message)}`;
  });
  return [...commands, summary(findings, counts)];
}

// As the runner reads them back (actions/toolkit, command.ts).
const data = (value: string): string =>
  value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (value: string): string => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");

function summary(findings: readonly Finding[], counts: readonly string[]): string {
  const errors = findings.filter(({ level }) => level === "error").length;
  return `${[...counts, plural(errors, "error"), plural(findings.length - errors, "warning")].join(", ")}.`;
}
