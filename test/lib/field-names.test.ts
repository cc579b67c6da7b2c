// What is said of a field that nobody knows.

import { expect, it } from "vitest";
import { withFieldName } from "../../src/lib/field-names.ts";

const UNKNOWN = "is not a known field";
const NAMES = ["headline", "dek", "published", "role", "credit"];

it.each([
  ["headlin", `${UNKNOWN}; did you mean "headline"?`],
  ["bylines[0].rol", `${UNKNOWN}; did you mean "role"?`],
  ["title", `${UNKNOWN}: here it is called headline`],
  ["constructor", UNKNOWN],
  ["zzz", UNKNOWN],
])("%s", (path, message) => {
  expect(withFieldName({ path, message: UNKNOWN }, NAMES)).toEqual({ path, message });
});

it("says nothing of other problems", () => {
  const problem = { path: "headlin", message: "is missing" };
  expect(withFieldName(problem, NAMES)).toBe(problem);
});
