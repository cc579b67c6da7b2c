// Conditional requests and content coding, clause by clause.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptsGzip, isNotModified, matches, parseHttpDate } from "../../src/http/conditional.ts";
import { expectProportional } from "../growth.ts";

const ETAG = 'W/"12-abc"';
const MODIFIED = "Thu, 24 Oct 2024 11:30:00 GMT";
const MODIFIED_MILLISECONDS = Date.UTC(2024, 9, 24, 11, 30, 0);

const notModified = (headers: Record<string, string>): boolean =>
  isNotModified(new Headers(headers), { etag: ETAG, lastModified: MODIFIED_MILLISECONDS });

describe("If-None-Match", () => {
  it.each([
    ["the tag itself", 'W/"12-abc"'],
    ["the same, strong: the comparison is weak (RFC 9110 §8.8.3.2)", '"12-abc"'],
    ["a list", '"x", W/"12-abc" ,"y"'],
    ["a list without spaces", '"x","12-abc"'],
    ["any", "*"],
    ["any, with white space", " * "],
    ["with a proxy's suffix", 'W/"12-abc-gzip"'],
    ["with other proxies' suffixes", '"12-abc;gzip"'],
    ["with two hyphens", '"12-abc--gzip"'],
    ["for another coding", 'W/"12-abc-br"'],
    ["beside a tag with a comma in it", '"a,b", "12-abc"'],
  ])("matches %s", (_name, value) => {
    expect(notModified({ "If-None-Match": value })).toBe(true);
  });

  it.each([
    ["another tag", 'W/"13-abc"'],
    ["a longer tag", '"12-abcd"'],
    ["the tag without quotes", "12-abc"],
    ["the tag with one quote", '"12-abc'],
    ["the tag after something", 'x "12-abc"'],
    ["two tags without a comma", '"x" "12-abc"'],
    ["a small w", 'w/"12-abc"'],
    ["any in quotes", '"*"'],
    ["any in a list", '*, "x"'],
    ["nothing", ""],
    ["a suffix alone", '"-gzip"'],
    ["the tag within another", '"x,W/"12-abc"'],
  ])("doesn't match %s", (_name, value) => {
    expect(notModified({ "If-None-Match": value })).toBe(false);
  });

  it("beats If-Modified-Since, whichever says more (§13.2.2)", () => {
    expect(notModified({ "If-None-Match": '"x"', "If-Modified-Since": MODIFIED })).toBe(false);
    expect(notModified({ "If-None-Match": ETAG, "If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT" })).toBe(
      true,
    );
    expect(notModified({ "If-None-Match": "malformed", "If-Modified-Since": MODIFIED })).toBe(false);
  });

  it.each([`${ETAG},`, `, ${ETAG}`, `"x",, ${ETAG} ,`])("empty elements of a list are none: %s", (header) => {
    expect(matches(header, ETAG)).toBe(true);
  });

  it("is read in time that grows with its length alone", () => {
    for (const header of [
      (count: number) => `${'"a",'.repeat(count)} x`,
      (count: number) => `"${" ,".repeat(count)}`,
      (count: number) => `"${"-".repeat(count)}"`,
    ]) {
      expectProportional((count) => expect(matches(header(count), ETAG)).toBe(false), 100_000);
    }
  });

  it("matches a tag however it stands in a list, whatever the others are", () => {
    const tag = fc.string().map((value) => `"${value.replace(/[^\x21\x23-\x7e]/g, "")}"`);
    fc.assert(
      fc.property(fc.array(tag), tag, fc.array(tag), (before, own, after) => {
        expect(matches([...before, own, ...after].join(", "), own)).toBe(true);
      }),
    );
  });
});

describe("If-Modified-Since", () => {
  it.each([
    ["the date itself", MODIFIED],
    ["a later one", "Thu, 24 Oct 2024 11:30:01 GMT"],
    ["in the form of RFC 850", "Thursday, 24-Oct-24 11:30:00 GMT"],
    ["in the form of asctime", "Thu Oct 24 11:30:00 2024"],
  ])("gives 304 for %s", (_name, value) => {
    expect(notModified({ "If-Modified-Since": value })).toBe(true);
  });

  it.each([
    ["an earlier one", "Thu, 24 Oct 2024 11:29:59 GMT"],
    ["the year 1800", "Wed, 01 Jan 1800 00:00:00 GMT"],
    ["the epoch", "Thu, 01 Jan 1970 00:00:00 GMT"],
    ["a word", "yesterday"],
    ["nothing", ""],
    ["a number", "1729769400"],
    ["RFC 3339", "2030-01-01T00:00:00Z"],
    ["another zone", "Thu, 24 Oct 2030 11:30:00 +0900"],
    ["25 o'clock", "Thu, 24 Oct 2030 25:00:00 GMT"],
    ["a month that is none", "Thu, 24 Abc 2030 11:30:00 GMT"],
    ["two dates", `${MODIFIED}, ${MODIFIED}`],
    ["a small gmt", "Thu, 24 Oct 2030 11:30:00 gmt"],
  ])("gives 200 for %s", (_name, value) => {
    expect(notModified({ "If-Modified-Since": value })).toBe(false);
  });

  it("says nothing of what has no date, and neither does a request without conditions", () => {
    expect(isNotModified(new Headers({ "If-Modified-Since": MODIFIED }), { etag: ETAG })).toBe(false);
    expect(notModified({})).toBe(false);
  });

  it.each([
    ["IMF-fixdate", "Sat, 31 Dec 2016 23:59:60 GMT"],
    ["RFC 850", "Saturday, 31-Dec-16 23:59:60 GMT"],
    ["asctime", "Sat Dec 31 23:59:60 2016"],
  ])("reads a leap second as the one before, as %s", (_name, value) => {
    expect(parseHttpDate(value)).toBe(Date.UTC(2016, 11, 31, 23, 59, 59));
    expect(parseHttpDate(value.replace(":60", ":61"))).toBeUndefined();
  });

  it("reads every date that we write", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        const second = Math.floor(date.getTime() / 1000) * 1000;
        expect(parseHttpDate(date.toUTCString())).toBe(second);
      }),
    );
  });
});

describe("gzip", () => {
  it.each([
    "gzip",
    "GZIP",
    "gzip, deflate, br",
    "br;q=1.0, gzip;q=0.8",
    "deflate , gzip ; q=0.001",
    "*",
    "br, *;q=0.1",
    "x-gzip",
    "identity;q=0, gzip",
  ])("goes out for %s", (value) => {
    expect(acceptsGzip(value)).toBe(true);
  });

  it.each([
    "",
    "identity",
    "br",
    "gzip;q=0",
    "gzip; q=0.000",
    "gzip;q=0, *",
    "*;q=0",
    "deflate, br",
    "gzipped",
    "gzip;q=x",
  ])("doesn't for %j", (value) => {
    expect(acceptsGzip(value)).toBe(false);
  });

  it("doesn't where nothing is said", () => {
    expect(acceptsGzip(null)).toBe(false);
  });
});
