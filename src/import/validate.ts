// Values of a source held against the model: what it refuses is left out, and noted.

import type * as z from "zod/mini";
import { check } from "../lib/problem.ts";

/** The value as the model takes it; undefined, with a note that names it `what`, where the model refuses it. */
export function validate<T extends z.core.$ZodType>(
  schema: T,
  what: string,
  value: string | undefined,
  notes: string[],
): z.core.output<T> | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const checked = check(schema, value);
  if (checked.ok) return checked.value;
  notes.push(`${what} was left out: ${JSON.stringify(value)} ${checked.problems[0]?.message}`);
  return undefined;
}
