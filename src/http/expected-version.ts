// The version that a change may replace: what If-Match and If-None-Match come to.

/** The only version that may be replaced; `none` for "there is none yet", `any` for "there is one". */
export type ExpectedVersion = number | "any" | "none";

/** Is the stored version, 0 where there is none, one that may be replaced? */
export function isExpected(version: number, expected: ExpectedVersion | undefined): boolean {
  if (expected === undefined) return true;
  if (expected === "none") return version === 0;
  return version > 0 && (expected === "any" || version === expected);
}
