// Deltas as pure functions: which request takes one, and which bytes it is.

import { describe, expect, it } from "vitest";
import { deltaBase, newerThan } from "../../src/feeds/delta.ts";
import type { FeedDocument } from "../../src/feeds/feed.ts";
import { FORMATS, type Format } from "../../src/formats/format.ts";
import { WIRE_FORMATS } from "../../src/formats/index.ts";
import { parseInstant } from "../../src/lib/time.ts";

const HASH = "0123456789abcdef0123";
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A document `[entry 9, entry 5, entry 3]`, and its bytes. */
function documentOf(format: Format, seqs: readonly number[] = [9, 5, 3], seq = 9) {
  const { separator } = WIRE_FORMATS[format];
  let text = "<é>";
  const entryOffsets = seqs.map((one, index) => {
    if (index > 0) text += separator;
    const start = bytesOf(text).length;
    text += `é${one}`;
    return [one, start, bytesOf(text).length] as const;
  });
  const changedAt = parseInstant("2024-10-24T00:00:00Z");
  if (!changedAt) throw new Error("is an instant");
  const document: FeedDocument = {
    ...{ feed: "site", format, version: 1, seq, etag: `W/"${seq}-${HASH}"`, changedAt, expiring: false },
    ...{ length: 0, gzip: new ArrayBuffer(0), entryOffsets },
  };
  return { document, identity: bytesOf(`${text}</é>`).slice().buffer };
}
const { document } = documentOf("rss");
const base = (headers: Readonly<Record<string, string>>) => deltaBase(new Headers(headers), document);

describe("a delta is for", () => {
  it.each([
    ["feed", `W/"5-${HASH}"`, 5],
    ["FEED", `"5-${HASH}"`, 5],
    ["gzip, feed", `W/"5-${HASH}"`, 5],
    ["feed;q=0.5, vcdiff", `W/"5-${HASH}"`, 5],
    ["feed", `W/"5-${HASH}-gzip"`, 5],
    ["feed", `W/"5-${HASH};br"`, 5],
    ["feed", `"foreign", W/"3-${HASH}", W/"5-${HASH}"`, 5],
    ["feed", `W/"9-${"f".repeat(20)}"`, 9],
  ])("A-IM: %s with If-None-Match: %s", (im, tags, seq) => {
    expect(base({ "A-IM": im, "If-None-Match": tags })?.seq).toBe(seq);
  });

  it("names the tag as it was given out", () => {
    expect(base({ "A-IM": "feed", "If-None-Match": `"5-${HASH}-gzip"` })?.etag).toBe(`W/"5-${HASH}"`);
  });
});

describe("all is for", () => {
  it.each([
    ["no A-IM", {}],
    ["another manipulation", { "A-IM": "vcdiff" }],
    ["a name that only starts alike", { "A-IM": "feeds" }],
    ["q=0", { "A-IM": "feed;q=0" }],
  ])("%s", (_, headers) => {
    expect(base({ "If-None-Match": `W/"5-${HASH}"`, ...headers } as Record<string, string>)).toBeUndefined();
  });

  it.each([
    ["no tag", ""],
    ["a tag that isn't ours", '"5"'],
    ["one of another length", `"5-${HASH}0"`],
    ["*", "*"],
    ["a tag from after what we have", `"10-${HASH}"`],
    ["a tag older than every entry", `"2-${HASH}"`],
  ])("%s", (_, tags) => {
    expect(base({ "A-IM": "feed", "If-None-Match": tags })).toBeUndefined();
  });
});

describe.each(FORMATS)("a delta as %s", (format) => {
  const { separator } = WIRE_FORMATS[format];
  const cut = (seq: number, seqs?: readonly number[]) => {
    const { document, identity } = documentOf(format, seqs);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      newerThan({ etag: "", seq }, document, identity),
    );
  };

  it("is the envelope with the newer entries alone, in their order", () => {
    expect(cut(3)).toBe(`<é>é9${separator}é5</é>`);
    expect(cut(5)).toBe("<é>é9</é>");
    expect(cut(9)).toBe("<é></é>");
    expect(cut(4, [3, 9, 1, 5])).toBe(`<é>é9${separator}é5</é>`);
  });

  it("of a document without entries is the document", () => {
    expect(cut(1, [])).toBe("<é></é>");
  });
});
