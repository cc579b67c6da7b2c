// Conditional requests for feeds (RFC 9110 §13): 304 if the client's copy is current, else the whole document.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

let worker: RunningWorker;
let etag = "";
let lastModified = "";
beforeAll(async () => {
  worker = await startWorker();
  await worker.put("story", article());
  await worker.settled();
  const { headers } = await worker.raw("/rss.xml");
  [etag, lastModified] = [headers.etag ?? "", headers["last-modified"] ?? ""];
});
afterAll(() => worker?.close());

const statusOf = async (headers: Record<string, string>) =>
  (await worker.raw("/rss.xml", "GET", headers)).status;
const opaque = () => etag.slice(3, -1);
const shifted = (seconds: number) => new Date(Date.parse(lastModified) + seconds * 1000);

describe("If-None-Match", () => {
  it.each<[string, () => string]>([
    ["the tag itself", () => etag],
    ["the tag without W/: comparison is weak", () => `"${opaque()}"`],
    ["a list with it", () => `"a", W/"b", ${etag}`],
    ["a list without spaces", () => `"a",${etag},"b"`],
    ["*", () => "*"],
    ["the suffix of Apache", () => `"${opaque()}-gzip"`],
    ["the suffix of Apache, weak", () => `W/"${opaque()}-gzip"`],
    ["two hyphens before it", () => `"${opaque()}--gzip"`],
    ["the suffix of others", () => `W/"${opaque()};gzip"`],
    ["the suffix for Brotli", () => `W/"${opaque()}-br"`],
  ])("304 for %s", async (_, value) => expect(await statusOf({ "If-None-Match": value() })).toBe(304));

  it.each<[string, () => string]>([
    ["another tag", () => '"0-0"'],
    ["an empty one", () => '""'],
    ["the tag without quotes", () => opaque()],
    ["the tag with more in it", () => `"${opaque()}0"`],
    ["half of it", () => `"${opaque().slice(0, 8)}"`],
    ["an open quote", () => `"${opaque()}`],
    ["a list with a broken end", () => `${etag}, "`],
    ["lower-case w/", () => `w/"${opaque()}"`],
    ["a star in quotes", () => '"*"'],
    ["a star among others", () => `*, "a"`],
  ])("200 for %s", async (_, value) => expect(await statusOf({ "If-None-Match": value() })).toBe(200));

  it("beats If-Modified-Since, both ways", async () => {
    const [now, long] = [new Date().toUTCString(), new Date("2001-01-01").toUTCString()];
    expect(await statusOf({ "If-None-Match": '"other"', "If-Modified-Since": now })).toBe(200);
    expect(await statusOf({ "If-None-Match": etag, "If-Modified-Since": long })).toBe(304);
  });

  it("survives a thousand tags", async () => {
    const many = Array.from({ length: 300 }, (_, index) => `"${index}"`).join(", ");
    expect(await statusOf({ "If-None-Match": many })).toBe(200);
    expect(await statusOf({ "If-None-Match": `${many}, ${etag}` })).toBe(304);
  });
});

describe("If-Modified-Since", () => {
  it("304 for the second of the change, and for any later one", async () => {
    for (const seconds of [0, 1, 86_400]) {
      expect(await statusOf({ "If-Modified-Since": shifted(seconds).toUTCString() })).toBe(304);
    }
    expect(await statusOf({ "If-Modified-Since": shifted(-1).toUTCString() })).toBe(200);
  });

  it("reads the two obsolete date formats too", async () => {
    const at = shifted(60);
    const [weekday, day, month, year, time] = at.toUTCString().replace(",", "").split(" ");
    const long = {
      Sun: "Sunday",
      Mon: "Monday",
      Tue: "Tuesday",
      Wed: "Wednesday",
      Thu: "Thursday",
      Fri: "Friday",
      Sat: "Saturday",
    };
    const rfc850 = `${long[weekday as keyof typeof long]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
    const asctime = `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
    expect([rfc850, await statusOf({ "If-Modified-Since": rfc850 })]).toEqual([rfc850, 304]);
    expect([asctime, await statusOf({ "If-Modified-Since": asctime })]).toEqual([asctime, 304]);
  });

  it.each([
    "never",
    "0",
    "9999999999",
    "2030-01-01T00:00:00Z",
    "Mon, 01 Jan 1800 00:00:00 GMT",
    "Thu, 32 Oct 2030 00:00:00 GMT",
    "Thu, 24 Oct 2030 25:00:00 GMT",
    "Thu, 24 Oct 2030 11:30:00",
    "Thu, 24 Oct 2030 11:30:00 +0000",
    "Fri, 30 Feb 2035 00:00:00 GMT",
    "",
  ])("ignores %j", async (value) => expect(await statusOf({ "If-Modified-Since": value })).toBe(200));
});

describe("Last-Modified", () => {
  it("is an IMF-fixdate: never in the future, never an epoch", () => {
    expect(lastModified).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
    expect(Date.parse(lastModified)).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(lastModified)).toBeGreaterThan(Date.now() - 600_000);
  });

  it("moves with every change, also with several in one second, and never lies ahead", async () => {
    let last = "";
    for (const headline of ["A", "B", "C", "D"]) {
      await worker.put("story", article({ headline }));
      const { headers, body } = await worker.raw("/rss.xml");
      expect(body.toString()).toContain(`>${headline}<`);
      const shown = headers["last-modified"] ?? "";
      expect(Date.parse(shown)).toBeLessThanOrEqual(Date.now());
      expect(Date.parse(shown)).toBeGreaterThanOrEqual(Date.parse(last || lastModified));
      expect(headers.etag).not.toBe(etag);
      // A client with the date of the version before gets the new one.
      if (last !== "") expect(await statusOf({ "If-Modified-Since": last })).toBe(200);
      last = shown;
    }
  });

  it("moves when an article is withdrawn for good: a feed that shrank has changed too", async () => {
    await worker.settled();
    await worker.reload();
    const before = (await worker.raw("/atom.xml")).headers;
    await worker.del("story", "silent=true");
    await worker.settled();
    await worker.reload();
    const since = { "If-Modified-Since": before["last-modified"] ?? "" };
    expect((await worker.raw("/atom.xml", "GET", since)).status).toBe(200);
    expect((await worker.raw("/atom.xml")).headers.etag).not.toBe(before.etag);
  });
});
