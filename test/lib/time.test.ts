// Instants: what RFC 3339 lets in, what comes of it, and how it reads.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/lib/problem.ts";
import {
  addSeconds,
  dayIn,
  humanAge,
  humanDate,
  humanTime,
  imfFixdate,
  instantField,
  latest,
  parseInstant,
} from "../../src/lib/time.ts";

const instant = (value: string) => {
  const parsed = parseInstant(value);
  if (parsed === undefined) throw new Error(`${value} is no instant`);
  return parsed;
};

describe("parseInstant", () => {
  it.each([
    ["UTC", "2024-10-24T11:30:00Z", "2024-10-24T11:30:00Z"],
    ["a zone east", "2024-10-24T20:30:00+09:00", "2024-10-24T11:30:00Z"],
    ["a zone west, across midnight", "2024-10-24T20:30:00-09:30", "2024-10-25T06:00:00Z"],
    ["the unknown zone", "2024-10-24T11:30:00-00:00", "2024-10-24T11:30:00Z"],
    ["small letters", "2024-10-24t11:30:00z", "2024-10-24T11:30:00Z"],
    ["a space for the T", "2024-10-24 11:30:00Z", "2024-10-24T11:30:00Z"],
    ["a fraction, dropped", "2024-10-24T11:30:00.999999999Z", "2024-10-24T11:30:00Z"],
    ["white space round it", " 2024-10-24T11:30:00Z\n", "2024-10-24T11:30:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"],
    ["a leap second elsewhere", "2017-01-01T08:59:60+09:00", "2016-12-31T23:59:59Z"],
    ["29 February of a leap year", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["the first year", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["the last year", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
  ])("takes %s", (_name, value, expected) => {
    expect(parseInstant(value)).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["a word", "yesterday"],
    ["a day alone", "2024-10-24"],
    ["no zone", "2024-10-24T11:30:00"],
    ["no seconds", "2024-10-24T11:30Z"],
    ["a zone without colon", "2024-10-24T11:30:00+0900"],
    ["a zone by name", "2024-10-24T11:30:00 KST"],
    ["a zone of a day", "2024-10-24T11:30:00+24:00"],
    ["a zone of 60 minutes", "2024-10-24T11:30:00+09:60"],
    ["30 February", "2024-02-30T00:00:00Z"],
    ["29 February of another year", "2023-02-29T00:00:00Z"],
    ["month 13", "2024-13-01T00:00:00Z"],
    ["day 0", "2024-10-00T00:00:00Z"],
    ["25 o'clock", "2024-10-24T25:00:00Z"],
    ["24 o'clock", "2024-10-24T24:00:00Z"],
    ["minute 60", "2024-10-24T11:60:00Z"],
    ["second 61", "2024-10-24T11:30:61Z"],
    ["year 0", "0000-01-01T00:00:00Z"],
    ["year 0 by its zone", "0001-01-01T00:00:00+01:00"],
    ["year 10000 by its zone", "9999-12-31T23:59:59-01:00"],
    ["a year of five digits", "12024-10-24T11:30:00Z"],
    ["other digits", "２０２４-10-24T11:30:00Z"],
    ["two lines", "2024-10-24T11:30:00Z\n2024-10-24T11:30:00Z"],
  ])("refuses %s", (_name, value) => {
    expect(parseInstant(value)).toBeUndefined();
  });

  it("never throws, and what it gives it takes again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date({ noInvalidDate: false }).map(String)), (value) => {
        const parsed = parseInstant(value);
        if (parsed !== undefined) expect(parseInstant(parsed)).toBe(parsed);
      }),
    );
  });

  it("keeps the order of any two dates, as text", () => {
    const range = {
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    };
    const seconds = fc.date(range).map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const [first, second] = [instant(a.toISOString()), instant(b.toISOString())];
        expect(Math.sign(a.getTime() - b.getTime())).toBe(first < second ? -1 : first > second ? 1 : 0);
      }),
    );
  });
});

it("the schema gives the instant, or says what a date looks like", () => {
  expect(check(instantField, "2024-10-24T20:30:00+09:00")).toEqual({
    ok: true,
    value: "2024-10-24T11:30:00Z",
  });
  expect(check(instantField, "2024-10-24")).toMatchObject({
    problems: [{ message: "must be a date and time with zone, like 2024-10-24T20:30:00+09:00" }],
  });
});

it("seconds are added across a leap day, and taken away", () => {
  expect(addSeconds(instant("2024-02-28T23:59:59Z"), 1)).toBe("2024-02-29T00:00:00Z");
  expect(addSeconds(instant("2024-03-01T00:00:00Z"), -86_400)).toBe("2024-02-29T00:00:00Z");
});

it("the latest of some, and of none", () => {
  const [a, b] = [instant("2024-01-01T00:00:00Z"), instant("2024-06-01T00:00:00Z")];
  expect(latest([a, b, a])).toBe(b);
  expect(latest([])).toBeUndefined();
});

it("an HTTP date has two digits a day, and four a year", () => {
  expect(imfFixdate(instant("2024-10-04T01:02:03Z"))).toBe("Fri, 04 Oct 2024 01:02:03 GMT");
  expect(imfFixdate(instant("0050-01-01T00:00:00Z"))).toBe("Sat, 01 Jan 0050 00:00:00 GMT");
});

describe("as people read it", () => {
  const at = instant("2024-10-24T15:30:00Z");

  it.each([
    ["en", "Asia/Seoul", "25 October 2024, 00:30 Korean Standard Time"],
    ["en-US", "UTC", "October 24, 2024, 15:30 UTC"],
    ["de", "Europe/Berlin", "24. Oktober 2024, 17:30 MESZ"],
    ["en", "Africa/Casablanca", "24 October 2024, 16:30 Morocco Time"],
    ["ja", "Asia/Seoul", "2024年10月25日 00:30 韓国標準時"],
    ["ar", "Asia/Seoul", "25 أكتوبر 2024، 00:30 توقيت كوريا الرسمي"],
    ["en", "Etc/GMT-9", "25 October 2024, 00:30 GMT+9"],
  ])("in %s, %s", (language, zone, expected) => {
    expect(humanTime(at, language, zone)).toBe(expected);
  });

  it.each([
    [
      "the farthest east",
      "2024-12-31T10:00:00Z",
      "Pacific/Kiritimati",
      "1 January 2025, 00:00 Line Islands Time",
      "2025-01-01",
    ],
    [
      "the farthest west",
      "2025-01-01T11:59:59Z",
      "Etc/GMT+12",
      "31 December 2024, 23:59 GMT-12",
      "2024-12-31",
    ],
    ["before summer", "2026-03-29T00:59:59Z", "Europe/Berlin", "29 March 2026, 01:59 CET", "2026-03-29"],
    ["summer's start", "2026-03-29T01:00:00Z", "Europe/Berlin", "29 March 2026, 03:00 CEST", "2026-03-29"],
    ["an hour's first", "2026-10-25T00:30:00Z", "Europe/Berlin", "25 October 2026, 02:30 CEST", "2026-10-25"],
    ["an hour's second", "2026-10-25T01:30:00Z", "Europe/Berlin", "25 October 2026, 02:30 CET", "2026-10-25"],
  ])("%s", (_name, at, zone, time, day) => {
    expect(humanTime(instant(at), "en", zone)).toBe(time);
    expect(dayIn(instant(at), zone)).toBe(day);
  });

  it("every zone has its name whether it is summer or winter", () => {
    const languages = ["en", "fr", "ar"];
    const unnamed = Intl.supportedValuesOf("timeZone").flatMap((zone) =>
      languages.flatMap((language) =>
        ["2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z"]
          .map((at) => humanTime(instant(at), language, zone))
          .filter((time) => /(GMT|UTC|غرينتش)[+−-]?\d/.test(time)),
      ),
    );
    expect(unnamed).toEqual([]);
  });

  it.each([
    ["en", "2024-10-24T14:59:59Z", "Today 23:59"],
    ["en", "2024-10-23T15:00:00Z", "Today 00:00"],
    ["en", "2024-10-23T14:59:59Z", "23 October 2024"],
    ["de", "2024-10-24T00:00:00Z", "Heute 09:00"],
    ["ja", "2024-10-24T00:00:00Z", "今日 09:00"],
  ])("in lists, in %s, %s is %s: a time of day for today by the site's clocks", (language, at, expected) => {
    expect(humanAge(instant(at), instant("2024-10-24T02:00:00Z"), language, "Asia/Seoul")).toBe(expected);
  });

  it("a day is that of the zone", () => {
    expect(humanDate(at, "en", "Asia/Seoul")).toBe("25 October 2024");
    expect(humanDate(at, "en", "America/New_York")).toBe("24 October 2024");
    expect(humanDate(at, "en-u-ca-hebrew", "UTC")).toMatch(/October/);
  });
});
