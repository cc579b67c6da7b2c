// ninjs against IPTC's own schema, and what tells its readers of changes: versions, states, notes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { articleInputSchema } from "../../src/article/article.ts";
import { check } from "../../src/lib/problem.ts";
import { addSeconds } from "../../src/lib/time.ts";
import type { Item } from "../../src/partners/profile.ts";
import { ninjs } from "../../src/partners/profiles/ninjs.ts";
import { CASES } from "../fixtures/cases.ts";
import { SITE } from "../pipeline.ts";
import { CORRECTED, DOCUMENTS, WITHDRAWN_AT } from "./documents.ts";
import { documentOf, itemOf, noticeOf, siteOf } from "./items.ts";

const SCHEMA = join(import.meta.dirname, "../schemas/ninjs-3.1.json");
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv as never);
// Of places, which we don't write.
ajv.addSchema({ $id: "https://geojson.org/schema/GeoJSON.json" });
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")));

const errorsOf = (item: unknown) => {
  validate(item);
  return validate.errors;
};
const itemsOf = (document: string): readonly Record<string, unknown>[] => JSON.parse(document);
const ninjsOf = (item: Item, site = SITE) => JSON.parse(ninjs.entry(item, site)) as Record<string, unknown>;

describe("IPTC's schema", () => {
  it.each(Object.entries(DOCUMENTS))("takes each item of the document %s", (_, write) => {
    for (const item of itemsOf(write(ninjs))) expect(errorsOf(item)).toBeNull();
  });

  it.each(CASES)("takes %s, scheduled and with an end, and its kill", (name) => {
    const { article } = itemOf(name);
    const item = itemOf(name, {
      article: { id: "tag:example.com,2024:a" },
      embargoedUntil: article.published,
      expires: addSeconds(article.published, 60),
    });
    expect(errorsOf(ninjsOf(item, siteOf(name)))).toBeNull();
    const notice = { ...noticeOf(name, WITHDRAWN_AT) };
    const kill = ninjs.sign?.(
      { ...notice, article: { ...notice.article, uri: item.article.uri } },
      notice.modified,
      SITE,
    );
    expect(errorsOf(JSON.parse(kill ?? ""))).toBeNull();
  });

  it("refuses what isn't in it", () => {
    const item = ninjsOf(itemOf("full"));
    expect(errorsOf({ ...item, excerpt: "" })).not.toBeNull();
    expect(errorsOf({ ...item, pubStatus: "gone" })).not.toBeNull();
    expect(errorsOf({ ...item, uri: "a b" })).not.toBeNull();
  });
});

describe("an id", () => {
  const refusal = { path: "id", level: "refusal", message: expect.stringMatching(/RFC 3986/) };
  const lintOf = (id: string) => ninjs.lint(itemOf("plain", { article: { id } }), SITE);

  it.each([
    "tag:news.example.com,2024-01-01:story",
    "urn:uuid:6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b",
    "http://Old.example.com:80/?p=12&amp=1&x=%7E#top",
    "https://example.com",
    "x:/a//b",
  ])("that is a URI goes out: %s", (id) => expect(lintOf(id)).toEqual([]));

  it.each(["tag:<hostile>", "tag:a%2", "tag:a[1]", "http://a/#b#c", 'x:"', "http://a:b/", "x:?"])(
    "that is none doesn't: %s",
    (id) => expect(lintOf(id)).toEqual([refusal]),
  );

  it("that the schema would refuse never goes out", () => {
    const input = (id: string) => ({
      id,
      headline: "A",
      published: "2024-01-01T00:00:00Z",
      body: { html: "" },
    });
    const scheme = fc.constantFrom("tag:", "x:/", "http://", "https://a.example/", "urn:a:");
    const rest = fc.string({
      unit: fc.constantFrom(..."ab1:/?#[]@!$&'()*+,;=%20-._~<>\"\\^`{|}"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(scheme, rest, (start, end) => {
        const id = start + end;
        fc.pre(check(articleInputSchema, input(id)).ok && lintOf(id).length === 0);
        expect(errorsOf({ uri: itemOf("plain", { article: { id } }).article.uri })).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what a reader is told by", () => {
  it("a correction is a later version with a later date, and a note that says what was wrong", () => {
    const [before, after] = [ninjsOf(CORRECTED.before), ninjsOf(CORRECTED.after)];
    expect(after.uri).toBe(before.uri);
    expect(before).toMatchObject({ version: "1", versionCreated: "2024-10-24T11:30:00Z" });
    expect(before).not.toHaveProperty("edNote");
    expect(after).toMatchObject({
      version: "2",
      versionCreated: "2024-10-25T09:00:00Z",
      firstCreated: before.firstCreated,
      edNote: "Correction, 2024-10-25T09:00:00Z: It takes effect in March.",
    });
  });

  it("a change that nobody announced is a later version too", () => {
    const { modified } = CORRECTED.after;
    const silent = ninjsOf(itemOf("plain", { version: 2, modified }));
    expect(silent).toMatchObject({ version: "2", versionCreated: modified });
  });

  it("a withdrawal is a later version of the same item with nothing in it but the notice", () => {
    const [, killed] = itemsOf(DOCUMENTS.withdrawn?.(ninjs) ?? "");
    const { article } = itemOf("full");
    expect(killed).toMatchObject({
      uri: article.id,
      pubStatus: "canceled",
      version: "2",
      versionCreated: WITHDRAWN_AT,
      headlines: [{ value: `This article was withdrawn — ${article.headline}` }],
      edNote: "This article was withdrawn on 2 November 2024.",
    });
    const said = JSON.stringify(killed);
    for (const word of [article.summary, "Paul Picture", "/media/", "Seoul"])
      expect(said).not.toContain(word);
  });

  it("a scheduled item is withheld until its minute, and its release is a later version", () => {
    const { published } = itemOf("plain").article;
    const held = ninjsOf(itemOf("plain", { embargoedUntil: published }));
    const out = ninjsOf(itemOf("plain"));
    expect(held).toMatchObject({ pubStatus: "withheld", embargoedUntil: published });
    expect(held).not.toHaveProperty("versionCreated");
    expect(out).toMatchObject({ pubStatus: "usable", version: "1", versionCreated: published });
    expect(out).not.toHaveProperty("embargoedUntil");
    const later = ninjsOf(itemOf("plain", { embargoedUntil: published, version: 2 }));
    const versions = [held, out, later].map(({ version }) => Number(version));
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
  });

  it("the link has the policy's parameters, the id and the canonical address don't", () => {
    const link = "https://news.example.com/articles/plain?utm_source=partner";
    const item = ninjsOf(itemOf("plain", { link }));
    expect(item).toMatchObject({
      uri: "tag:news.example.com,2024-01-01:plain",
      renditions: [{ name: "web", href: link }],
      altIds: [{ role: "canonical", value: "https://news.example.com/articles/plain" }],
    });
  });

  it("what is paid for says so", () => {
    expect(ninjsOf(itemOf("sponsored"))).toMatchObject({ genres: [{ literal: "sponsored" }] });
    expect(ninjsOf(itemOf("plain"))).not.toHaveProperty("genres");
  });
});

describe("the plain text", () => {
  const textOf = (body: string) => {
    const { bodies } = ninjsOf(itemOf("plain", { body: body as Item["body"] }));
    return (bodies as { contentType: string; value: string }[]).find(
      (one) => one.contentType === "text/plain",
    )?.value;
  };

  it.each([
    ["<p>One <em>word</em>s\nhere.</p><p>Two</p>", "One words here.\n\nTwo"],
    ["<p>A &#x26; B &amp; C &lt;b&gt; &#x3C;i> &unknown;</p>", "A & B & C <b> <i> &unknown;"],
    ['<p><img alt="1 > 0"><a href="/">x</a><br>y</p>', "x\n\ny"],
    ["<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a\n\nb"],
  ])("of %j", (body, expected) => expect(textOf(body)).toBe(expected));

  it("isn't there where there is none", () =>
    expect(textOf('<figure><img src="/a.png" alt=""></figure>')).toBeUndefined());
});

it("a document is an array of items that each name the standard", () => {
  const items = itemsOf(documentOf(ninjs, [itemOf("plain"), itemOf("german")]));
  expect(items.map(({ standard }) => standard)).toEqual(
    Array(2).fill(expect.objectContaining({ name: "ninjs", version: "3.1" })),
  );
  expect(itemsOf(documentOf(ninjs, []))).toEqual([]);
});
