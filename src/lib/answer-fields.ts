// Fields that the schemas of the API's answers share, and the schema of errors. The Worker imports only types
// from this file, api/answers.ts and partners/answers.ts: the CLI alone checks answers, and the OpenAPI
// document is written before the Worker is built.

import * as z from "zod/mini";

/** The type of the answers that a schema describes. */
export type AnswerOf<S extends z.core.$ZodType> = ReadonlyDeep<z.core.output<S>>;

/** A type with everything in it readonly. */
export type ReadonlyDeep<T> = T extends string
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
    : T;

/** Any string. */
export const text = z.string();
/** True or false. */
export const flag = z.boolean();
/** A whole number from 0. */
export const count = z.int().check(z.minimum(0));
/** RFC 3339. */
export const instant = z.string().check(z.meta({ format: "date-time" }));
/** A day in UTC: `2024-10-24`. */
export const day = z.string().check(z.meta({ format: "date" }));
/** An HTTP status. */
export const statusCode = z.int();

/** A field with its description in the OpenAPI document. */
export const described = <S extends z.ZodMiniType>(field: S, description: string): S =>
  field.check(z.describe(description)) as S;

/** A field that may be null. Answers of older Workers don't have it: there it reads as null. */
export const laterOrNull = <S extends z.ZodMiniType>(field: S) => z._default(z.nullable(field), null);

/** One problem of what was sent. */
const problemSchema = z.object({
  /** Where, as a path into what was sent: `bylines[1].url`; empty for all of it. */
  path: text,
  /** What kind of problem it is, for programs; many have none. A newer Worker may know more kinds. */
  code: z.exactOptional(text),
  /** What is wrong and how to solve it, in one sentence without a full stop. */
  message: text,
});

/** Several of them. */
export const problemsSchema = z.array(problemSchema);

/** Every answer that is an error (RFC 9457). */
export const problemDetailsSchema = z.object({
  type: z._default(text, "about:blank"),
  title: text,
  status: statusCode,
  detail: z.exactOptional(text),
  /** All problems of what was sent. */
  errors: z.exactOptional(problemsSchema),
});

/** An error, as `problemDetailsSchema` has it. */
export type ProblemDetails = AnswerOf<typeof problemDetailsSchema>;
