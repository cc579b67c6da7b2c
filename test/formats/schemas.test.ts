// Whole documents against the formats' own grammars: Atom in RELAX NG (RFC 4287), JSON Feed in its JSON
// Schema, and both XML formats through a parser that isn't ours. The fixtures are in one document, and each
// in its own.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { afterAll, expect, it } from "vitest";
import { parseInstant } from "../../src/lib/time.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import { documentOf, runPipeline, SITE, siteWith } from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { documentIn, ENVELOPES } from "./envelopes.ts";

const SCHEMAS = join(import.meta.dirname, "../schemas");
const folder = mkdtempSync(join(tmpdir(), "wireroom-documents-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const result = await Promise.all(CASES.map((name) => runPipeline(startOf(name))));
const at = parseInstant("2024-12-01T00:00:00Z");
const stones = at ? ["tag:news.example.com,2024-01-01:gone", "12345 gone"].map((id) => ({ id, at })) : [];

/**
 * Documents of a format by name: every fixture alone, all together, none but a tombstone, and every envelope.
 */
const documents = (format: "rss" | "atom" | "json"): ReadonlyMap<string, string> =>
  new Map([
    ...result.map((one) => [one.stored.slug, documentOf(format, [one])] as const),
    ["all", documentOf(format, result, SITE, stones)],
    ["empty", documentOf(format, [], siteWith({ hub: "https://hub.example.com/" }), stones)],
    ...Object.entries(ENVELOPES).map(
      ([name, envelope]) =>
        [`envelope-${name}`, documentIn(format, envelope(format), result.slice(0, 2))] as const,
    ),
  ]);

const filesOf = (format: "rss" | "atom"): readonly string[] =>
  Array.from(documents(format), ([name, document]) => {
    const file = join(folder, `${name}.${format}`);
    writeFileSync(file, document);
    return file;
  });

describeWith(TOOLS.jing, "Atom's grammar", () => {
  it("takes every document, and refuses one with an element of its own too few", async () => {
    const check = (files: readonly string[]) => run("jing", ["-c", join(SCHEMAS, "atom.rnc"), ...files]);
    const files = filesOf("atom");
    expect(await check(files)).toBe("");
    const broken = join(folder, "broken.xml");
    writeFileSync(broken, documentOf("atom", result).replace(/<updated>[^<]*<\/updated>/, ""));
    await expect(check([broken])).rejects.toThrow(/missing required element/);
  });
});

describeWith(TOOLS.xmllint, "xmllint", () => {
  it.each(["rss", "atom"] as const)(
    "finds every %s document well-formed, with all prefixes declared",
    async (format) => {
      expect(await run("xmllint", ["--noout", "--nonet", "--huge", ...filesOf(format)])).toBe("");
    },
  );
});

it("JSON Feed's schema takes every document, and refuses one without a title", () => {
  const validate = validatorOf(readFileSync(join(SCHEMAS, "feed-1.json"), "utf8"));
  for (const [name, document] of documents("json")) {
    validate(JSON.parse(document));
    expect(validate.errors, name).toBeNull();
  }
  expect(validate({ version: "https://jsonfeed.org/version/1.1", items: [] })).toBe(false);
});

// The schema is that of version 1; 1.1 added two fields, to the feed and to items.
function validatorOf(schema: string) {
  const version1 = JSON.parse(schema);
  const { author, item } = version1.definitions;
  if (!author || !item) throw new Error("the schema defines no author or no item");
  const added = {
    authors: { type: "array", items: { $ref: "#/definitions/author" } },
    language: { type: "string" },
  };
  Object.assign(version1.properties, added);
  Object.assign(item.properties, added);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv as never);
  return ajv.compile(version1);
}
