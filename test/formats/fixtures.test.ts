// Every entry byte for byte. `test/fixtures/<case>/article.json` holds what a walk starts from (see test/street.ts):
// `article` is the body of a PUT, the rest its slug, id, images, changed settings. `test/fixtures/envelope` holds whole
// documents. `renderer.json` ties all these bytes to RENDERER, so that no change of them goes out unnoticed.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RENDERER } from "../../src/formats/index.ts";
import { sha256 } from "../../src/model/digest.ts";
import { FORMATS, type Format } from "../../src/model/feed.ts";
import { parseInstant } from "../../src/model/time.ts";
import { CASES, FIXTURES, readFixture, startOf } from "../fixtures/cases.ts";
import { documentOf, siteWith, walk } from "../street.ts";

const GONE_AT = parseInstant("2024-12-01T00:00:00Z");

/** A feed without entries: all that an envelope can hold, tombstones included. */
const emptyFeed = (format: Format): string =>
  documentOf(
    format,
    [],
    siteWith({ hub: "https://hub.example.com/?a=1&b=2" }),
    GONE_AT ? [{ id: "tag:news.example.com,2024-01-01:<gone>&", at: GONE_AT }] : [],
  );

describe.each(CASES)("%s", (name) => {
  it.each(FORMATS)("as %s", async (format) => {
    const { entries } = await walk(startOf(name));
    await expect(entries[format].body).toMatchFileSnapshot(join(FIXTURES, name, `entry.${format}`));
  });
});

describe("envelope", () => {
  it.each(FORMATS)("as %s", async (format) => {
    await expect(emptyFeed(format)).toMatchFileSnapshot(join(FIXTURES, "envelope", `document.${format}`));
  });
});

describe("RENDERER", () => {
  it("is raised with every change of what an entry or envelope holds", async () => {
    const bytes: string[] = FORMATS.map(emptyFeed);
    for (const name of CASES) {
      const { entries } = await walk(startOf(name));
      bytes.push(...FORMATS.map((format) => entries[format].body));
    }
    const digest = await sha256(bytes.join("\0"));
    const advice =
      "Entries or envelopes changed. Raise RENDERER in src/formats/index.ts, so that stored entries are made again, " +
      "and write what was received into test/fixtures/renderer.json.";
    expect({ renderer: RENDERER, digest }, advice).toEqual(readFixture("renderer.json"));
  });
});
