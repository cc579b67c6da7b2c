// YAML checked against a schema, each problem with its line.

import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import type * as z from "zod/mini";
import { check, fail, ok, type Problem, type Result } from "./problem.ts";

/** A YAML document, read. */
export interface YamlText<T> {
  readonly value: T;
  /** The line of a path in the file; if the path doesn't exist, of its nearest ancestor. */
  readonly lineOf: (path: string) => number;
}

/**
 * Reads `source` as one YAML document that fits `schema`.
 * Problems carry lines of the file, `firstLine` being the line that `source` starts on.
 */
export function checkYaml<T extends z.core.$ZodType>(
  schema: T,
  source: string,
  firstLine = 1,
): Result<YamlText<z.core.output<T>>> {
  const read = readYaml(source, firstLine);
  return read.ok ? fitYaml(schema, read.value) : read;
}

/** Checks a document against `schema`. Problems carry lines. */
export function fitYaml<T extends z.core.$ZodType>(
  schema: T,
  { value, lineOf }: YamlText<unknown>,
): Result<YamlText<z.core.output<T>>> {
  // Values beyond JSON (dates) are refused by the schema.
  const checked = check(schema, value);
  if (checked.ok) return ok({ value: checked.value, lineOf });
  return fail(...checked.problems.map((problem): Problem => ({ ...problem, line: lineOf(problem.path) })));
}

/** Reads `source` as one YAML document, whatever it holds; an empty one holds no fields. */
export function readYaml(source: string, firstLine = 1): Result<YamlText<unknown>> {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const read = readDocument(source, lines);
  if ("broken" in read) {
    const listed = read.broken.slice(0, LISTED_LIMIT).map(({ message, offset }) => ({
      path: "",
      message: `is not valid YAML: ${message}${/Nested mappings/.test(message) ? QUOTE : ""}`,
      line: lineAt(offset),
    }));
    const more = read.broken.length - listed.length;
    const rest = {
      path: "",
      message: `is not valid YAML in ${more} more places`,
      line: listed.at(-1)?.line ?? 1,
    };
    return fail(...listed, ...(more > 0 ? [rest] : []));
  }
  const { document, value } = read;
  return ok({ value: value ?? {}, lineOf: (path) => lineAt(offsetOf(document, path)) });
}

// One mistake causes many errors: those after the first ones say nothing new.
const LISTED_LIMIT = 10;

// What a headline with a colon in it is taken for.
const QUOTE = " (a text with a colon in it must stand in quotes)";

const KEY = "a key must be a word, not a list, a map or an alias";

type Read =
  | { readonly document: Document; readonly value: unknown }
  | { readonly broken: readonly { readonly message: string; readonly offset: number }[] };

function readDocument(source: string, lines: LineCounter): Read {
  try {
    // A key that is a map would become text, twice as long for each map within it.
    const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    if (document.errors.length > 0) {
      return {
        broken: document.errors.map(({ code, message, pos }) => ({
          message: code === "NON_STRING_KEY" ? KEY : message,
          offset: pos[0],
        })),
      };
    }
    // `maxAliasCount` stops "billion laughs" documents.
    return { document, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    // An alias of nothing or of too much is a ReferenceError, nesting deeper than the stack a RangeError.
    if (error instanceof ReferenceError || error instanceof RangeError) {
      return { broken: [{ message: error.message, offset: 0 }] };
    }
    throw error;
  }
}

/** The offset of a path's key, or of its nearest ancestor that exists. */
function offsetOf(document: Document, path: string): number {
  const parts = path.split(/\.|\[(\d+)\]/).filter((part) => part !== undefined && part !== "");
  for (let length = parts.length; length > 0; length--) {
    const key = parts[length - 1] ?? "";
    const parentPath = parts.slice(0, length - 1).map(asIndex);
    const parent = parentPath.length === 0 ? document.contents : document.getIn(parentPath, true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => String(item.key) === key);
      const range = (pair?.key as { range?: [number] } | undefined)?.range;
      if (range) return range[0];
    }
    const node = document.getIn(parts.slice(0, length).map(asIndex), true) as
      | { range?: [number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

const asIndex = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);
