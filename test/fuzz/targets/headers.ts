// Request headers: conditions, codings, deltas, ranges. Every value gets a valid answer for the document that is served.

import fc from "fast-check";
import { deltaBase, newerThan } from "../../../src/feeds/delta.ts";
import type { FeedDocument } from "../../../src/feeds/feed.ts";
import { acceptsGzip, isNotModified, parseHttpDate } from "../../../src/http/conditional.ts";
import { parseRange } from "../../../src/pictures/routes.ts";
import { edited, hostile, runOf } from "../bits.ts";
import { must, type Outcome, target } from "../target.ts";

const HASH = "0123456789abcdef0123";
const TAGS = [
  `W/"3-${HASH}"`,
  `W/"1-${HASH}"`,
  `"2-${HASH}-gzip"`,
  `W/"3-${HASH};br"`,
  '"other"',
  `W/"9-${HASH}"`,
];
const DATES = [
  ...["Thu, 24 Oct 2024 11:30:00 GMT", "Thursday, 24-Oct-24 11:30:00 GMT", "Thu Oct 24 11:30:00 2024"],
  ...["Fri, 30 Feb 2024 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Sat, 99 Xyz 9999 99:99:99 GMT"],
];
const lists = (words: readonly string[], separator: string) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(separator));
const header = (words: readonly string[], pieces: readonly string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: lists(words, ", ") },
    {
      weight: 5,
      arbitrary: edited([...words, words.join(", ")], fc.oneof(fc.constantFrom(...pieces), hostile)),
    },
    { weight: 2, arbitrary: lists(pieces, "") },
    { weight: 1, arbitrary: runOf(fc.constantFrom(...pieces), 4000) },
    { weight: 1, arbitrary: hostile },
  );

const asked = fc.record(
  {
    "If-None-Match": header(
      [...TAGS, "*"],
      ['"', 'W/"', ",", " ", "-", "-gzip", ";br", "*", "\t", `W/"3-`, HASH],
    ),
    "If-Modified-Since": header(DATES, [" ", ",", "Thu", "day", "-", "24", ":", "GMT", "Oct"]),
    "Accept-Encoding": header(
      ["gzip", "br", "gzip;q=0", "*;q=0.5", "x-gzip ; q=1.000", "identity"],
      [...["gzip", ";", "q", "=", "0", ".", ",", " ", "*", "x-", "\t", ";q=", "9"]],
    ),
    "A-IM": header(
      ["feed", "feed;q=0", "vcdiff", "feed ; q=1"],
      ["feed", ";", "q=", ",", " ", "0", ".", "\t"],
    ),
    Range: header(
      ["bytes=0-9", "bytes=5-", "bytes=-5", "bytes=0-0,2-3", "bytes=999-", "bytes=-0", "items=0-1"],
      ["bytes=", "-", ",", "0", "9", "999999999999999", " ", "bytes", "="],
    ),
  },
  { requiredKeys: [] },
);
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

const SIZE = 100;
const TEXT = '{"items":[{"n":3},\n{"n":2},\n{"n":1}]}';
const IDENTITY = Uint8Array.from(new TextEncoder().encode(TEXT)).buffer;
const OFFSETS = [3, 2, 1].map((seq): readonly [number, number, number] => {
  const start = TEXT.indexOf(`{"n":${seq}}`);
  return [seq, start, start + 7];
});
const DOCUMENT = { format: "json", seq: 3, entryOffsets: OFFSETS } as unknown as FeedDocument;
const LAST_MODIFIED = Date.parse("2024-10-24T11:30:00Z");

/** Headers of requests. */
export const headers = target({ name: "Headers", inputs: 60_000, arbitrary: asked, check });

function check(input: Asked): Outcome {
  const sent = headersOf(input);
  if (!sent) return "refused";
  isNotModified(sent, { etag: `W/"3-${HASH}"`, lastModified: LAST_MODIFIED });
  acceptsGzip(sent.get("Accept-Encoding"));
  const date = parseHttpDate(sent.get("If-Modified-Since") ?? "");
  must(date === undefined || (Number.isInteger(date) && date >= 0), () => `a date of ${date}`);
  const range = parseRange(sent.get("Range") ?? "", SIZE);
  if (typeof range === "object") {
    const { offset, length } = range;
    must(offset >= 0 && length > 0 && offset + length <= SIZE, () => `a range of ${offset} + ${length}`);
  }
  const base = deltaBase(sent, DOCUMENT);
  if (base) {
    const cut = new TextDecoder().decode(newerThan(base, DOCUMENT, IDENTITY));
    const { items } = JSON.parse(cut) as { readonly items: readonly { readonly n: number }[] };
    must(
      items.every(({ n }) => n > base.seq) && items.length === DOCUMENT.seq - base.seq,
      () => `since ${base.seq}: ${cut}`,
    );
  }
  return date !== undefined || range !== undefined || base ? "taken" : "refused";
}

/** The headers; undefined if no client can send them. */
function headersOf(input: Asked): Headers | undefined {
  try {
    return new Headers(Object.entries(input).map(([name, value]): [string, string] => [name, value]));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
