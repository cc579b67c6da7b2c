// JSON from outside.

/** Reads JSON; undefined for what is none. */
export function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
