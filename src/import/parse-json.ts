// JSON from outside.

/** An object, as opposed to a list, a text or nothing. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parses JSON; of what is none the parser's words on why. A byte order mark is passed over. */
export function parseJson(written: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(written.replace(/^\ufeff/, "")) };
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

/** Reads JSON; undefined for what is none. */
export function readJson(written: string): unknown {
  const parsed = parseJson(written);
  return "value" in parsed ? parsed.value : undefined;
}
