import { describe, expect, it } from "vitest";
import { publishedOf, updatedOf } from "../../../src/import/wordpress/wordpress-article.ts";

const fields = (local?: string, utc?: string, others: Readonly<Record<string, string>> = {}) =>
  new Map(
    Object.entries({
      ...(local && { "wp:post_date": local }),
      ...(utc && { "wp:post_date_gmt": utc }),
      ...others,
    }),
  );

describe("a post was published", () => {
  it.each([
    ["2025-07-01 12:00:00", "2025-07-01 11:00:00", "2025-07-01T12:00:00+01:00"],
    ["2025-01-01 00:15:00", "2024-12-31 18:30:00", "2025-01-01T00:15:00+05:45"],
    ["2024-12-31 20:00:00", "2025-01-01 01:00:00", "2024-12-31T20:00:00-05:00"],
    ["2025-01-01 12:00:00", "2025-01-01 12:00:00", "2025-01-01T12:00:00Z"],
    // Dates that were changed by hand, so that their difference is no zone's.
    ["2025-01-01 12:07:00", "2025-01-01 12:00:00", "2025-01-01T12:00:00Z"],
    ["2025-01-09 12:00:00", "2025-01-01 12:00:00", "2025-01-01T12:00:00Z"],
  ])("%s there, %s UTC", (local, utc, value) => {
    expect(publishedOf(fields(local, utc))).toEqual({ kind: "instant", value });
  });

  it("at a time without zone, where UTC is missing", () => {
    expect(publishedOf(fields("2025-07-01 12:00:00", "0000-00-00 00:00:00"))).toEqual({
      kind: "local",
      value: "2025-07-01T12:00:00",
    });
  });

  it("when its item says so, where WordPress says nothing", () => {
    const date = publishedOf(fields(undefined, undefined, { pubDate: "Tue, 01 Jul 2025 11:00:00 +0000" }));
    expect(date).toMatchObject({ kind: "instant" });
  });

  it("never, as a draft: its date is that of the last save", () => {
    const draft = { "wp:status": "draft", pubDate: "Mon, 30 Nov -0001 00:00:00 +0000" };
    expect(publishedOf(fields("2025-07-01 12:00:00", "0000-00-00 00:00:00", draft))).toBeUndefined();
  });
});

describe("a post was updated", () => {
  it.each([
    ["2025-07-01 11:00:59", undefined],
    ["2025-06-30 11:00:00", undefined],
    ["0000-00-00 00:00:00", undefined],
    ["2025-07-01 11:01:00", { kind: "instant", value: "2025-07-01T11:01:00Z" }],
  ])("at %s, when it was published at 11:00", (modified, date) => {
    const published = { kind: "instant", value: "2025-07-01T12:00:00+01:00" } as const;
    expect(updatedOf(new Map([["wp:post_modified_gmt", modified]]), published)).toEqual(date);
  });
});
