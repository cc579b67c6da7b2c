// Dates of feeds, exports and metadata: the standards, the ways in which feeds miss them, and what is no date.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDate } from "../../src/import/dates.ts";
import { parseInstant } from "../../src/lib/time.ts";

describe("readDate", () => {
  it.each([
    ["RFC 3339", "2024-10-24T20:30:00+09:00", "2024-10-24T20:30:00+09:00"],
    ["small letters", "2024-10-24t11:30:00z", "2024-10-24T11:30:00Z"],
    ["the zone that nobody knows", "2024-10-24T11:30:00-00:00", "2024-10-24T11:30:00Z"],
    ["no seconds", "2024-10-24T20:30+09:00", "2024-10-24T20:30:00+09:00"],
    ["a fraction", "2024-10-24T20:30:00.123456+09:00", "2024-10-24T20:30:00+09:00"],
    ["a fraction after a comma", "2024-10-24T20:30:00,5Z", "2024-10-24T20:30:00Z"],
    ["an offset without colon", "2024-10-24T20:30:00+0900", "2024-10-24T20:30:00+09:00"],
    ["an offset of hours", "2024-10-24T20:30:00+09", "2024-10-24T20:30:00+09:00"],
    ["spaces for the T", "2024-10-24 20:30:00 +0900", "2024-10-24T20:30:00+09:00"],
    ["ISO 8601's basic form", "20241024T203000Z", "2024-10-24T20:30:00Z"],
    ["its basic form without seconds", "20241024T2030+0900", "2024-10-24T20:30:00+09:00"],
    ["a leap second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"],
    ["a leap second as RFC 822 has it", "Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"],
    ["a leap second in another year's zone", "2017-01-01T08:59:60+09:00", "2017-01-01T08:59:59+09:00"],
    ["the farthest zone east", "2025-01-01T00:30:00+14:00", "2025-01-01T00:30:00+14:00"],
    ["the farthest zone west", "Tue, 31 Dec 2024 23:30:00 -1200", "2024-12-31T23:30:00-12:00"],
    ["Java's zone after the offset", "2024-10-24T20:30:00+02:00[Europe/Paris]", "2024-10-24T20:30:00+02:00"],
    ["Go's two zones", "2024-10-24 20:30:00.364419679 +0200 CEST", "2024-10-24T20:30:00+02:00"],
    ["Ruby's UTC", "2024-10-24 20:30:00 UTC", "2024-10-24T20:30:00Z"],
    ["RFC 822", "Thu, 24 Oct 24 20:30 EST", "2024-10-24T20:30:00-05:00"],
    ["RFC 1123", "Thu, 24 Oct 2024 20:30:00 GMT", "2024-10-24T20:30:00Z"],
    ["RFC 850", "Thursday, 24-Oct-24 20:30:00 GMT", "2024-10-24T20:30:00Z"],
    ["RFC 850's last century", "Sunday, 24-Oct-99 20:30:00 GMT", "1999-10-24T20:30:00Z"],
    ["RFC 5322", "Thu, 24 Oct 2024 20:30:00 +0900", "2024-10-24T20:30:00+09:00"],
    ["RFC 5322 with a comment", "Thu, 24 Oct 2024 20:30:00 -0700 (PDT)", "2024-10-24T20:30:00-07:00"],
    ["-0000, which is universal time", "Thu, 24 Oct 2024 20:30:00 -0000", "2024-10-24T20:30:00Z"],
    ["UT", "Thu, 24 Oct 2024 20:30:00 UT", "2024-10-24T20:30:00Z"],
    ["Z", "Thu, 24 Oct 2024 20:30:00 Z", "2024-10-24T20:30:00Z"],
    ["EDT", "Thu, 24 Oct 2024 20:30:00 EDT", "2024-10-24T20:30:00-04:00"],
    ["RFC 822's CST", "Thu, 24 Oct 2024 20:30:00 CST", "2024-10-24T20:30:00-06:00"],
    ["PDT", "Thu, 24 Oct 2024 20:30:00 PDT", "2024-10-24T20:30:00-07:00"],
    ["CEST, which RFC 822 doesn't know", "Thu, 24 Oct 2024 20:30:00 CEST", "2024-10-24T20:30:00+02:00"],
    ["GMT+1", "Thu, 24 Oct 2024 20:30:00 GMT+1", "2024-10-24T20:30:00+01:00"],
    ["GMT+0100", "Thu, 24 Oct 2024 20:30:00 GMT+0100", "2024-10-24T20:30:00+01:00"],
    ["an offset with colon", "Thu, 24 Oct 2024 20:30:00 +02:00", "2024-10-24T20:30:00+02:00"],
    ["no weekday", "24 Oct 2024 20:30:00 +0000", "2024-10-24T20:30:00Z"],
    ["a wrong weekday", "Mon, 24 Oct 2024 20:30:00 +0000", "2024-10-24T20:30:00Z"],
    ["no space after the weekday", "THU,24 OCT 2024 20:30:00 GMT", "2024-10-24T20:30:00Z"],
    ["line breaks", "Thu,  24 Oct 2024\n  20:30:00 +0000", "2024-10-24T20:30:00Z"],
    ["single figures", "Thu, 4 Oct 2024 8:3:0 Z", "2024-10-04T08:03:00Z"],
    ["Sept", "Tue, 24 Sept 2024 20:30:00 +0300", "2024-09-24T20:30:00+03:00"],
    ["the month in full", "24 October 2024 20:30:00 GMT", "2024-10-24T20:30:00Z"],
    ["the month first", "Thu, Oct 24 2024 20:30:00 +0000", "2024-10-24T20:30:00Z"],
    ["French names", "jeu., 24 oct. 2024 20:30:00 +0200", "2024-10-24T20:30:00+02:00"],
    ["German names", "Do, 24 Okt 2024 20:30:00 +0200", "2024-10-24T20:30:00+02:00"],
    ["date(1)", "Thu Oct 24 20:30:00 UTC 2024", "2024-10-24T20:30:00Z"],
    [
      "Date of JavaScript",
      "Thu Oct 24 2024 20:30:00 GMT+0900 (Korean Standard Time)",
      "2024-10-24T20:30:00+09:00",
    ],
    ["Unix seconds", "1729769400", "2024-10-24T11:30:00Z"],
    ["Unix milliseconds", "1729769400123", "2024-10-24T11:30:00Z"],
  ])("reads %s as an instant", (_name, written, value) => {
    expect(readDate(written)).toEqual({ kind: "instant", value });
  });

  it.each([
    ["SQL", "2024-10-24 18:04:00", "2024-10-24T18:04:00"],
    ["SQL without seconds", "2024-10-24 18:04", "2024-10-24T18:04:00"],
    ["RFC 3339 without zone", "2024-10-24T18:04:00.000", "2024-10-24T18:04:00"],
    ["figures alone", "20241024180400", "2024-10-24T18:04:00"],
    ["slashes, the year first", "2024/10/4 18:04:00", "2024-10-04T18:04:00"],
    ["slashes, the day over twelve", "24/10/2024 18:04", "2024-10-24T18:04:00"],
    ["slashes, the month first", "10/24/2024 6:04 PM", "2024-10-24T18:04:00"],
    ["dots", "3.4.2024 18:04", "2024-04-03T18:04:00"],
    ["asctime", "Thu Oct  4 18:04:00 2024", "2024-10-04T18:04:00"],
    ["RFC 822 without zone", "Thu, 24 Oct 2024 18:04:00", "2024-10-24T18:04:00"],
    ["twelve hours", "Sat, Oct 28 2023 12:08:28 AM", "2023-10-28T00:08:28"],
    ["words", "October 24, 2024 at 6:04 p.m.", "2024-10-24T18:04:00"],
    ["a military letter, which says nothing", "Thu, 24 Oct 2024 18:04:00 A", "2024-10-24T18:04:00"],
    ["an abbreviation of several zones", "Thu, 24 Oct 2024 18:04:00 BST", "2024-10-24T18:04:00"],
    ["a zone that nobody knows", "Thu, 24 Oct 2024 18:04:00 XYZ", "2024-10-24T18:04:00"],
  ])("reads %s as a clock without zone", (_name, written, value) => {
    expect(readDate(written)).toEqual({ kind: "local", value });
  });

  it.each([
    ["W3C-DTF", "2024-10-24"],
    ["the basic form", "20241024"],
    ["a day with zone, as XML Schema has it", "2024-10-24+02:00"],
    ["RFC 822 without time", "Thu, 24 Oct 2024"],
    ["words", "October 24, 2024"],
  ])("reads %s as a day", (_name, written) => {
    expect(readDate(written)).toEqual({ kind: "day", value: "2024-10-24" });
  });

  it.each([
    "",
    "Invalid Date",
    "yesterday",
    "2024",
    "2024-10",
    "October 2024",
    "2024-298",
    "2024-W43-4",
    "2024-02-30",
    "30 Feb 2024 10:00 GMT",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "Thu, 24 Oct 104 20:30:00 GMT",
    "03/04/2024",
    "2024-10-24T25:00:00Z",
    "2024-10-24T24:00:00Z",
    "2024-10-24T20:61:00Z",
    "Thu, 24 Oct 2024 20:30:00 +9900",
    "2024-10-24T20:30:00 00:00",
    "2024-10-24T20:30:00Z/2024-10-25T20:30:00Z",
    "2024-10-24T20:30:00 Europe/Paris",
    "172976940",
    "-1729769400",
    `2024-10-24${" ".repeat(200)}18:04`,
  ])("keeps %j as written", (value) => {
    expect(readDate(value)).toEqual({ kind: "unclear", value });
  });

  it("never throws, and calls an instant only what is one", () => {
    const parts = fc.constantFrom(
      "24",
      "Oct",
      "2024",
      "-",
      ":",
      " ",
      "T",
      "20:30",
      "+0900",
      "PM",
      "GMT",
      "Thu,",
      ".",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((parts) => parts.join("")),
        ),
        (written) => {
          const date = readDate(written);
          if (date.kind === "instant") expect(parseInstant(date.value)).toBeDefined();
          if (date.kind === "local") expect(parseInstant(`${date.value}Z`)).toBeDefined();
          if (date.kind === "day") expect(parseInstant(`${date.value}T00:00:00Z`)).toBeDefined();
          if (date.kind === "unclear") expect(date.value).toBe(written.trim());
        },
      ),
    );
  });

  it("gives every instant back in the zone that it was written in", () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date("1970-01-01T00:00:00Z"),
          max: new Date("2099-12-31T23:59:59Z"),
          noInvalidDate: true,
        }),
        (date) => {
          const value = `${date.toISOString().slice(0, 19)}Z`;
          expect(readDate(date.toISOString())).toEqual({ kind: "instant", value });
          expect(readDate(date.toUTCString())).toEqual({ kind: "instant", value });
        },
      ),
    );
  });
});
