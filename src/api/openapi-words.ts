// The words that the OpenAPI document is written in.

/** A piece of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** Any string. */
export const text = { type: "string" };
/** A whole number from 0. */
export const count = { type: "integer", minimum: 0 };
/** RFC 3339. */
export const instant = { type: "string", format: "date-time" };
/** What may be null. */
export const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: "null" }] });
/** A schema of `components`. */
export const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
/** An object; everything in it is required but for what is `optional`. */
export const object = (properties: Json, optional: readonly string[] = []): Json => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
/** An answer in JSON. */
export const json = (description: string, schema: Json): Json => ({
  description,
  content: { "application/json": { schema } },
});
/** An answer in problem details (RFC 9457). */
export const problem = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: reference("Problem") } },
});

/** A part of the path. */
export const inPath = (name: string, schema: Json): Json => ({ name, in: "path", required: true, schema });

/** A part of the query. */
export const query = (name: string, schema: Json, description: string): Json => ({
  name,
  in: "query",
  schema,
  description,
});

/** The slug of an article. */
export const SLUG = inPath("slug", { type: "string", maxLength: 120 });

/** What every call may answer. */
export const PROBLEMS = {
  401: problem("The token is missing or wrong."),
  503: problem(
    "No secret is set, so the API is closed; or, with Retry-After, storage is out of reach: nothing was changed.",
  ),
};
