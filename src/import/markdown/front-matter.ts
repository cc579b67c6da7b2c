// The fields before the text of a Markdown file, as other generators write them: YAML between `---`, TOML
// between `+++`, JSON in braces, between `;;;` or behind `---json`; Hexo's YAML has no first line.

import { parse as parseToml, TomlDate, TomlError } from "smol-toml";
import { fail, ok, type Result } from "../../lib/problem.ts";
import { readYaml } from "../../lib/yaml.ts";
import { isObject, type JsonObject, parseJson } from "../parse-json.ts";

/** A Markdown file, split. */
export interface MarkdownFile {
  /** Dates are texts, as they were written. */
  readonly fields: JsonObject;
  /** The text below the fields. */
  readonly text: string;
  /** The 1-based line on which it starts. */
  readonly textLine: number;
}

type Kind = "YAML" | "TOML" | "JSON";

interface Split {
  readonly kind: Kind;
  readonly written: string;
  /** Where the text starts. */
  readonly end: number;
  /** The 1-based line on which the fields start. */
  readonly line: number;
}

/** Splits and reads a file. A problem has the line that is wrong. */
export function readMarkdownFile(content: string): Result<MarkdownFile> {
  const source = content.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const split = splitFile(source);
  if (!split) return ok({ fields: {}, text: source, textLine: 1 });
  const fields = parseFields(split.kind, split.written, split.line);
  if (!fields.ok) return fields;
  const text = source.slice(split.end);
  return ok({ fields: fields.value, text, textLine: source.slice(0, split.end).split("\n").length });
}

/** True for a file that starts with fields. */
export const hasFrontMatter = (content: string): boolean =>
  splitFile(
    content
      .slice(0, LONGEST)
      .replace(/^\ufeff/, "")
      .replace(/\r\n?/g, "\n"),
  ) !== undefined;
const LONGEST = 100_000;

function splitFile(source: string): Split | undefined {
  const [opening = "", mark = "", json] = /^\s*(---|\+\+\+|;;;)[ \t]*(json)?[ \t]*\n/.exec(source) ?? [];
  if (opening !== "") {
    const ends = new RegExp(
      `^(?:${mark === "---" ? "---|\\.\\.\\." : mark === "+++" ? "\\+\\+\\+" : ";;;"})[ \\t]*$\\n?`,
      "m",
    );
    const found = ends.exec(source.slice(opening.length));
    if (!found) return undefined;
    const written = source.slice(opening.length, opening.length + found.index);
    const kind = mark === "+++" ? "TOML" : mark === ";;;" || json ? "JSON" : "YAML";
    const inBraces = mark === ";;;" && !/^\s*\{/.test(written);
    return {
      kind,
      written: inBraces ? `{${written}}` : written,
      end: opening.length + found.index + found[0].length,
      line: opening.split("\n").length,
    };
  }
  if (/^\s*\{\s*"/.test(source)) {
    const found = /^\}[ \t]*$\n?/m.exec(source);
    if (found)
      return {
        kind: "JSON",
        written: source.slice(0, found.index + 1),
        end: found.index + found[0].length,
        line: 1,
      };
  }
  // Hexo.
  const found = /^---[ \t]*$\n?/m.exec(source.slice(0, LONGEST));
  const written = source.slice(0, found?.index ?? 0);
  if (!found || !/^(?:\w[\w-]*:(?:[ \t].*)?\n(?:(?:[ \t]+|-[ \t]).*\n)*)+$/.test(written)) return undefined;
  return { kind: "YAML", written, end: found.index + found[0].length, line: 1 };
}

/** Reads fields or settings in one of the three languages. A problem has its line, from `firstLine` on. */
export function parseFields(kind: Kind, written: string, firstLine = 1): Result<JsonObject> {
  const read =
    kind === "YAML"
      ? readYaml(written, firstLine)
      : kind === "TOML"
        ? readToml(written, firstLine)
        : readJsonText(written);
  if (!read.ok) return fail(...read.problems);
  const value =
    "value" in Object(read.value) && kind === "YAML" ? (read.value as { value: unknown }).value : read.value;
  if (value === undefined || value === null || value === "") return ok({});
  return isObject(value)
    ? ok(value)
    : fail({ path: "", message: `has no fields in its ${kind}`, line: firstLine });
}

function readToml(written: string, firstLine: number): Result<unknown> {
  try {
    return ok(withDates(parseToml(written)));
  } catch (error) {
    if (error instanceof TomlError)
      return fail({
        path: "",
        message: `is not valid TOML: ${(error.message.split("\n")[0] ?? "").replace("Invalid TOML document: ", "")}`,
        line: firstLine + error.line - 1,
      });
    throw error;
  }
}

function readJsonText(written: string): Result<unknown> {
  const read = parseJson(written);
  return "value" in read ? ok(read.value) : fail({ path: "", message: `is not valid JSON: ${read.error}` });
}

/** TOML's dates as they were written. */
function withDates(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=$|Z|[+-])/, "");
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value === "bigint") return Number(value);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDates(inner)]))
    : value;
}
