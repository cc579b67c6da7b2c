// Problems of input from outside, as values: all of them at once, each with its path, a code, and in files
// its line.

import * as z from "zod/mini";
import { didYouMean } from "./did-you-mean.ts";
import { either } from "./listed.ts";
import { plural, t } from "./translate.ts";

/** What kind of problem it is, for programs. Most problems that no schema finds have none. */
export type ProblemCode =
  | "missing"
  | "unknown-field"
  /** An unknown field that is spelled much like a known one. */
  | "misspelled-field"
  | "invalid-type"
  | "invalid-size"
  | "invalid-value"
  | "invalid-date";

/** One thing that is wrong. */
export interface Problem<Code extends string = ProblemCode> {
  /** Where, as a path into the document: `bylines[1].url`; empty for the document as a whole. */
  readonly path: string;
  readonly code?: Code;
  /** What is wrong and how to solve it, in one sentence without a full stop. */
  readonly message: string;
  /** 1-based line in the file, where the input was a file. */
  readonly line?: number;
}

/** A problem in a line: where, and what. */
export const problemLine = ({ path, message }: Pick<Problem, "path" | "message">): string =>
  `${path} ${message}`.trim();

/** A value, or all the problems of its input. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Wraps a value. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** Wraps problems; at least one. */
export const fail = (...problems: readonly Problem[]): Result<never> => ({ ok: false, problems });

/** `["bylines", 1, "url"]` as `bylines[1].url`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((done, part) => {
    if (typeof part === "number") return `${done}[${part}]`;
    // An empty key would be invisible.
    const name = part === "" ? '""' : String(part);
    return done === "" ? name : `${done}.${name}`;
  }, "");
}

/** The value in `input` at such a path; undefined if there is none. */
export const valueAt = (input: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .reduce<unknown>(
      (value, part) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, part)
          ? Reflect.get(value, part)
          : undefined,
      input,
    );

/**
 * Checks `input` against `schema` and turns every issue into a problem that a person can act on. A refinement
 * chooses its code by `params: { code }`.
 */
export function check<T extends z.core.$ZodType>(schema: T, input: unknown): Result<z.core.output<T>> {
  // Without `reportInput`, an issue doesn't show whether a value is wrong or missing.
  const parsed = z.safeParse(schema, input, { reportInput: true, error: () => UNSAID });
  return parsed.success
    ? ok(parsed.data)
    : fail(...parsed.error.issues.flatMap((issue) => problemsOf(issue, [], schema)));
}

/** The names of the fields that `schema` has at a path; empty where it has no object. */
function keysAt(schema: z.core.$ZodType, [first, ...rest]: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const path = first === undefined ? [] : [first, ...rest];
  switch (def.type) {
    case "default":
    case "optional":
      return keysAt(def.innerType, path);
    case "pipe":
      return keysAt(def.in, path);
    case "union":
      return def.options.flatMap((option) => keysAt(option, path));
    case "object": {
      if (first === undefined) return Object.keys(def.shape);
      const field = def.shape[String(first)];
      return field ? keysAt(field, rest) : [];
    }
    case "record":
      return first === undefined ? [] : keysAt(def.valueType, rest);
    case "array":
      return first === undefined ? [] : keysAt(def.element, rest);
    default:
      return [];
  }
}

function problemsOf(issue: Issue, base: readonly PropertyKey[], schema: z.core.$ZodType): Problem[] {
  const at = [...base, ...issue.path];
  const path = formatPath(at);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const suggestion = didYouMean(key, keysAt(schema, at));
        return {
          path: formatPath([...at, key]),
          code: suggestion === "" ? "unknown-field" : "misspelled-field",
          message: t("is not a known field") + suggestion,
        };
      });
    case "invalid_union":
      return unionProblems(issue, at, schema);
    case "invalid_key":
      return issue.issues.flatMap((inner) => problemsOf(inner, at, schema));
    case "invalid_type":
      return [{ path, code: typeCode(issue.input), message: typeMessage(issue) }];
    case "too_small": {
      return [{ path, code: "invalid-size", message: tooSmall(issue.origin, Number(issue.minimum)) }];
    }
    case "too_big": {
      return [{ path, code: "invalid-size", message: tooBig(issue.origin, Number(issue.maximum)) }];
    }
    case "invalid_value":
      return [{ path, code: "invalid-value", message: wordMessage(issue.values.map(String), issue.input) }];
    case "custom":
      return [{ path, code: issue.params?.code ?? "invalid-value", message: issue.message }];
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_element":
      return [{ path, code: "invalid-value", message: issue.message }];
    default:
      return issue satisfies never;
  }
}

const typeCode = (input: unknown): ProblemCode => (input === undefined ? "missing" : "invalid-type");

// Reports the problems of the form that the value comes nearest to; of equally near ones the last, which has
// the most fields.
function unionProblems(
  issue: Extract<Issue, { code: "invalid_union" }>,
  at: readonly PropertyKey[],
  schema: z.core.$ZodType,
): Problem[] {
  const forms = issue.errors.filter((errors) => !errors.some(isOtherForm));
  const nearest = forms
    .map((errors) => errors.flatMap((inner) => problemsOf(inner, at, schema)))
    .reduce<Problem[] | undefined>(
      (best, problems) => (best === undefined || problems.length <= best.length ? problems : best),
      undefined,
    );
  if (nearest) return nearest;
  const errors = issue.errors.flat();
  const types = errors.flatMap((error) => (error.code === "invalid_type" ? [error.expected] : []));
  const expected = [...new Set(types)].map((type) => TYPE_NAMES[type] ?? type);
  const words = errors.flatMap((error) => (error.code === "invalid_value" ? error.values.map(String) : []));
  // For a wrong word, list the right ones: "not text" would be no help.
  const message =
    issue.message !== UNSAID
      ? issue.message
      : typeof issue.input === "string" && words.length > 0
        ? t("must be {values}", { values: either([...words, ...expected]) }) + didYouMean(issue.input, words)
        : mismatch(either(expected), issue.input);
  return [{ path: formatPath(at), code: typeCode(issue.input), message }];
}

const wordMessage = (words: readonly string[], input: unknown): string =>
  t("must be one of {values}", { values: words.join(", ") }) +
  (typeof input === "string" ? didYouMean(input, words) : "");

const isOtherForm = ({ code, path }: Issue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

const typeMessage = ({ expected, input, message }: Extract<Issue, { code: "invalid_type" }>): string =>
  input !== undefined && message !== UNSAID ? message : mismatch(TYPE_NAMES[expected] ?? expected, input);

// The message of an issue for which the schema has none of its own.
const UNSAID = "Invalid input";

const mismatch = (expected: string, input: unknown): string =>
  input === undefined
    ? t("is missing")
    : t("must be {expected}, not {actual}", { expected, actual: nameOf(input) });

function tooSmall(origin: string, limit: number): string {
  if (origin === "string")
    return limit === 1
      ? t("must not be empty")
      : plural(limit, {
          one: "must be at least {count} character long",
          other: "must be at least {count} characters long",
        });
  if (origin === "array")
    return plural(limit, {
      one: "must have at least {count} entry",
      other: "must have at least {count} entries",
    });
  return t("must be at least {limit}", { limit });
}

function tooBig(origin: string, limit: number): string {
  if (origin === "string")
    return plural(limit, {
      one: "must be at most {count} character long",
      other: "must be at most {count} characters long",
    });
  if (origin === "array")
    return plural(limit, {
      one: "must have at most {count} entry",
      other: "must have at most {count} entries",
    });
  return t("must be at most {limit}", { limit });
}

function nameOf(input: unknown): string {
  if (input === null) return t("empty");
  if (Array.isArray(input)) return t("a list");
  if (typeof input === "number") return String(input);
  // YAML can hold these two, JSON can't.
  if (input instanceof Date) return t("a date");
  if (input instanceof Uint8Array) return t("bytes");
  return TYPE_NAMES[typeof input] ?? typeof input;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: t("text"),
  number: t("a number"),
  int: t("a whole number"),
  boolean: t("true or false"),
  array: t("a list"),
  object: t("a set of fields"),
  record: t("a set of fields"),
};

type Issue = z.core.$ZodIssue;

const REASON_CHARACTERS = 200;

/** An error's first line as outsiders may read it: cut short, and without the file paths of this machine. */
export function plainReason(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  const plain = line.replace(
    /(?:file:\/\/|(?<![\w.:/<]))(?:[A-Za-z]:)?(?:[\\/][\w.@+-]+){2,}(?::\d+)*/g,
    "…",
  );
  return plain.length > REASON_CHARACTERS ? `${plain.slice(0, REASON_CHARACTERS)}…` : plain;
}
