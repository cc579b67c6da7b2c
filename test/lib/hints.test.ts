// What is said of a field that nobody knows.

import { expect, it } from "vitest";
import { withFieldName } from "../../src/lib/hints.ts";

const UNKNOWN = "is not a known field";
const NAMES = ["headline", "dek", "published", "role", "credit"];

it.each([
  ["headlin", `${UNKNOWN}; did you mean "headline"?`],
  ["bylines[0].rol", `${UNKNOWN}; did you mean "role"?`],
  ["title", `${UNKNOWN}: here it is called headline`],
  ["constructor", UNKNOWN],
  ["zzz", UNKNOWN],
])("%s", (path, message) => {
  const problem = { path, code: "unknown-field", message: UNKNOWN } as const;
  expect(withFieldName(problem, NAMES)).toEqual({ ...problem, message });
});

it("leaves what names a field of the same object already", () => {
  const message = `${UNKNOWN}; did you mean "headshot"?`;
  const problem = { path: "headlin", code: "misspelled-field", message } as const;
  expect(withFieldName(problem, NAMES)).toBe(problem);
});

it("says nothing of other problems", () => {
  const problem = { path: "headlin", message: "is missing" };
  expect(withFieldName(problem, NAMES)).toBe(problem);
});
