// Documents: envelope and entries as they stand, the same bytes whenever they are joined, and no clock in them.

import { describe, expect, it, vi } from "vitest";
import { assemble, encode, highestSeq } from "../../src/feeds/build.ts";
import { FORMATS, type Format } from "../../src/formats/format.ts";
import { parseInstant } from "../../src/lib/time.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { documentOf, materialOf, NOTHING, runPipeline, SITE, siteWith } from "../pipeline.ts";

const article = (slug: string, change: object = {}) =>
  runPipeline({
    slug,
    article: {
      headline: slug,
      published: "2024-10-24T11:30:00Z",
      body: { html: "<p>é 👩‍👧</p>" },
      ...change,
    },
  });

const instant = (value: string) => {
  const parsed = parseInstant(value);
  if (!parsed) throw new Error(`${value} is no instant`);
  return parsed;
};

const stone = (at: string) => ({ id: "tag:news.example.com,2024-01-01:gone", at: instant(at) });

/** What each format shows as its latest date. */
const dateOf = (format: Format, document: string): string | undefined => {
  if (format === "rss") return textsAt(elementsOf(document), "rss/channel/lastBuildDate")[0];
  return textsAt(elementsOf(document), "feed/updated")[0];
};

describe.each(FORMATS)("a document as %s", (format) => {
  it("holds its entries as they are stored, in the order given", async () => {
    const [first, second] = [await article("first"), await article("second")];
    const document = documentOf(format, [first, second]);
    const separator = format === "json" ? ",\n" : "\n";
    expect(document).toContain(first.entries[format].body + separator + second.entries[format].body);
    expect(documentOf(format, [second, first])).not.toBe(document);
  });

  it("is the same whatever the clock says", async () => {
    const one = await article("one");
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      vi.setSystemTime(0);
      const early = documentOf(format, [one]);
      const earlyEmpty = documentOf(format, []);
      vi.setSystemTime(Date.UTC(2099, 0, 1));
      expect(documentOf(format, [one])).toBe(early);
      expect(documentOf(format, [])).toBe(earlyEmpty);
    } finally {
      vi.useRealTimers();
    }
  });

  it("starts with < or {, and has no byte order mark", () => {
    expect(assemble({ feed: "site", format }, NOTHING, SITE).open).toMatch(/^[<{]/);
  });

  it("is encoded as its text", async () => {
    const [one, two] = [await article("one"), await article("two")].map((a, seq) =>
      materialOf(a, format, { seq }),
    );
    if (!one || !two) throw new Error("there are two");
    const assembly = assemble({ feed: "site", format }, { ...NOTHING, entries: [one, two] }, SITE);
    const { open, separator, close } = assembly;
    const { bytes, entryOffsets } = encode(assembly);
    const read = (part: Uint8Array) =>
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part);
    expect(read(bytes)).toBe(open + one.body + separator + two.body + close);
    expect(entryOffsets.map(([seq, start, end]) => [seq, read(bytes.subarray(start, end))])).toEqual([
      [0, one.body],
      [1, two.body],
    ]);
  });

  it("has an identity that changes with its entries, their order and its envelope, and with nothing else", async () => {
    const result = await article("one");
    const one = materialOf(result, format, { hash: "1" });
    const two = materialOf(result, format, { hash: "2", seq: 2 });
    const identity = (entries: readonly (typeof one)[], site = SITE) =>
      assemble({ feed: "site", format }, { ...NOTHING, entries }, site).hashInput;
    const all = [identity([]), identity([one]), identity([two]), identity([one, two]), identity([two, one])];
    expect(new Set([...all, identity([one], siteWith({ title: "Other" }))]).size).toBe(6);
    expect(identity([{ ...one, seq: 9 }])).toBe(identity([one]));
  });
});

describe.each(["rss", "atom"] as const)("the date of a document as %s", (format) => {
  const shown = (date: string) =>
    format === "rss" ? new Date(date).toUTCString() : new Date(date).toISOString();

  it("is the latest of its entries' and tombstones' dates", async () => {
    const old = await article("old");
    const updated = await article("updated", { updated: "2024-11-01T00:00:00Z" });
    expect(dateOf(format, documentOf(format, [old]))).toBe(shown("2024-10-24T11:30:00Z"));
    expect(dateOf(format, documentOf(format, [old, updated]))).toBe(shown("2024-11-01T00:00:00Z"));
    expect(dateOf(format, documentOf(format, [updated], SITE, [stone("2024-12-01T00:00:00Z")]))).toBe(
      shown("2024-12-01T00:00:00Z"),
    );
    expect(dateOf(format, documentOf(format, [updated], SITE, [stone("2024-01-01T00:00:00Z")]))).toBe(
      shown("2024-11-01T00:00:00Z"),
    );
  });

  it.each([
    ["2024", "2024-01-01"],
    ["2024-05", "2024-05-01"],
    ["2024-05-17", "2024-05-17"],
  ])("without entries is the day from which ids are minted: %s", (date, day) => {
    const site = siteWith({ tag: { authority: "news.example.com", date } });
    expect(dateOf(format, documentOf(format, [], site))).toBe(shown(`${day}T00:00:00Z`));
  });
});

it("tombstones stand in Atom and JSON Feed, and nowhere in RSS", () => {
  const stones = [stone("2024-12-01T00:00:00Z")];
  expect(JSON.parse(documentOf("json", [], SITE, stones))._wireroom.deleted).toEqual(stones);
  expect(documentOf("atom", [], SITE, stones)).toContain("<at:deleted-entry ");
  expect(documentOf("rss", [], SITE, stones)).not.toContain("gone");
});

it("a tombstone has its id, which in Atom is a URI", () => {
  const stones = [{ ...stone("2024-12-01T00:00:00Z"), id: '12 & "3"' }];
  expect(JSON.parse(documentOf("json", [], SITE, stones))._wireroom.deleted).toEqual(stones);
  expect(documentOf("atom", [], SITE, stones)).toContain(
    'ref="tag:news.example.com,2024-01-01:guid:12%20%26%20%223%22"',
  );
});

it("the highest sequence number is that of entries or tombstones, and 0 of none", async () => {
  const entry = materialOf(await article("one"), "rss");
  const gone = stone("2024-12-01T00:00:00Z");
  expect(
    highestSeq({
      entries: [
        { ...entry, seq: 4 },
        { ...entry, seq: 7 },
      ],
      tombstones: [{ ...gone, seq: 5 }],
    }),
  ).toBe(7);
  expect(highestSeq({ entries: [{ ...entry, seq: 4 }], tombstones: [{ ...gone, seq: 5 }] })).toBe(5);
  expect(highestSeq({ entries: [], tombstones: [] })).toBe(0);
});
