// Every entry byte for byte. `test/fixtures/<case>/article.json` holds the input of a run of the pipeline
// (test/pipeline.ts): `article` is the body of a PUT, the rest its slug, id, images, changed settings.
// `test/fixtures/envelope` holds documents without entries. `renderer.json` ties all these bytes to RENDERER,
// so that no change of them goes out unnoticed.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/format.ts";
import { RENDERER } from "../../src/formats/index.ts";
import { sha256 } from "../../src/lib/digest.ts";
import { CASES, FIXTURES, readFixture, startOf } from "../fixtures/cases.ts";
import { runPipeline } from "../pipeline.ts";
import { documentIn, ENVELOPES } from "./envelopes.ts";

describe.each(CASES)("%s", (name) => {
  it.each(FORMATS)("as %s", async (format) => {
    const { entries } = await runPipeline(startOf(name));
    await expect(entries[format].body).toMatchFileSnapshot(join(FIXTURES, name, `entry.${format}`));
  });
});

describe.each(Object.entries(ENVELOPES))("the envelope of %s", (name, envelope) => {
  it.each(FORMATS)("as %s", async (format) => {
    const document = documentIn(format, envelope(format));
    await expect(document).toMatchFileSnapshot(join(FIXTURES, "envelope", `${name}.${format}`));
  });
});

describe("RENDERER", () => {
  it("is raised with every change of what an entry or envelope holds", async () => {
    const bytes = FORMATS.flatMap((format) =>
      Object.values(ENVELOPES).map((envelope) => documentIn(format, envelope(format))),
    );
    for (const name of CASES) {
      const { entries } = await runPipeline(startOf(name));
      bytes.push(...FORMATS.map((format) => entries[format].body));
    }
    const digest = await sha256(bytes.join("\0"));
    const advice =
      "Entries or envelopes changed. Raise RENDERER in src/formats/index.ts, so that stored entries are made again, " +
      "and write what was received into test/fixtures/renderer.json.";
    expect({ renderer: RENDERER, digest }, advice).toEqual(readFixture("renderer.json"));
  });
});
