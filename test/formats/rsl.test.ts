// The site's licence and an article's, as whole documents; and that a feed with them reads as it did without.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Site } from "../../src/article/site.ts";
import { rslDocument } from "../../src/formats/rsl.ts";
import {
  documentOf,
  type PipelineInput,
  type PipelineResult,
  runPipeline,
  SITE,
  siteWith,
} from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { PARSERS } from "./parsers.ts";

const RSL = {
  terms: "/terms?a=1&b=2",
  server: "https://licences.example/api",
  copyright: { name: "The Daily Wire & <Post>", type: "organization", contactEmail: "rights@example.com" },
  licenses: [
    { permits: { usage: ["search", "ai-index"], user: ["education"] }, prohibits: { geo: ["KR", "EU"] } },
    {
      permits: { usage: ["ai-input"] },
      payment: {
        type: "crawl",
        standard: "https://licences.example/standard",
        custom: "/licensing",
        amount: { value: 0.015, currency: "USD" },
      },
    },
    { prohibits: { usage: ["ai-train"] }, payment: { type: "free" } },
  ],
};

const ARTICLE = {
  headline: "Harbour reopens",
  published: "2024-10-24T11:30:00Z",
  body: { html: "<p>The harbour reopened.</p>" },
};

const licenceOf = (changes: object = {}): string => {
  const site = siteWith({ rsl: { ...RSL, ...changes } });
  return site.rsl ? rslDocument(site.rsl, site) : "";
};

const story = (
  rights?: object,
  site: NonNullable<PipelineInput["site"]> = { rsl: RSL },
): Promise<PipelineResult> => runPipeline({ article: { ...ARTICLE, ...(rights ? { rights } : {}) }, site });

it("says everything that site.yaml does, escaped, addresses absolute", () => {
  expect(licenceOf()).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<rsl xmlns="https://rslstandard.org/rsl">
<content url="/" server="https://licences.example/api"><license><permits type="usage">search ai-index</permits>
<permits type="user">education</permits>
<prohibits type="geo">KR EU</prohibits></license>
<license><permits type="usage">ai-input</permits>
<payment type="crawl"><standard>https://licences.example/standard</standard>
<custom>https://news.example.com/licensing</custom>
<amount currency="USD">0.015</amount></payment></license>
<license><prohibits type="usage">ai-train</prohibits>
<payment type="free"/></license>
<copyright type="organization" contactEmail="rights@example.com">The Daily Wire &amp; &lt;Post&gt;</copyright>
<terms>https://news.example.com/terms?a=1&amp;b=2</terms></content>
</rsl>
`);
});

it("needs no more than terms and a licence", () => {
  const site = siteWith({
    rsl: { terms: "https://a.example/", licenses: [{ prohibits: { usage: ["all"] } }] },
  });
  expect(site.rsl && rslDocument(site.rsl, site)).toContain(
    '<content url="/"><license><prohibits type="usage">all</prohibits></license>\n<terms>https://a.example/</terms></content>',
  );
});

it.each(["rss", "atom"] as const)("stands last in an item of %s whose rights name terms", async (format) => {
  const rights = { copyright: "© Ana & Co.", terms: "https://ana.example/terms?x=1&y=2" };
  const { body } = (await story(rights)).entries[format];
  expect(body.slice(body.indexOf("<rsl:content"))).toBe(
    `<rsl:content xmlns:rsl="https://rslstandard.org/rsl" url="https://news.example.com/articles/story" server="https://licences.example/api"><rsl:license><rsl:permits type="usage">search ai-index</rsl:permits>
<rsl:permits type="user">education</rsl:permits>
<rsl:prohibits type="geo">KR EU</rsl:prohibits></rsl:license>
<rsl:license><rsl:permits type="usage">ai-input</rsl:permits>
<rsl:payment type="crawl"><rsl:standard>https://licences.example/standard</rsl:standard>
<rsl:custom>https://news.example.com/licensing</rsl:custom>
<rsl:amount currency="USD">0.015</rsl:amount></rsl:payment></rsl:license>
<rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits>
<rsl:payment type="free"/></rsl:license>
<rsl:copyright>© Ana &amp; Co.</rsl:copyright>
<rsl:terms>https://ana.example/terms?x=1&amp;y=2</rsl:terms></rsl:content></${format === "rss" ? "item" : "entry"}>`,
  );
});

it.each([
  ["an address", { terms: " https://ana.example/terms" }, "https://ana.example/terms"],
  ["a licence", { license: "https://cc.example/by/4.0/" }, "https://cc.example/by/4.0/"],
  ["prose and a licence", { terms: "Ask us.", license: "https://cc.example/" }, "https://cc.example/"],
  ["prose alone, which the page shows", { terms: "Ask us." }, "https://news.example.com/articles/story"],
])("leads to the article's own terms: %s", async (_name, rights, terms) => {
  const { body } = (await story(rights)).entries.rss;
  expect(body).toContain(`<rsl:terms>${terms}</rsl:terms>`);
});

it("is about the page here where the canonical one is elsewhere", async () => {
  const article = { ...ARTICLE, url: "https://other.example/story", rights: { terms: "Ask us." } };
  const { entries } = await runPipeline({ article, site: { rsl: RSL } });
  expect(entries.rss.body).toContain('url="https://news.example.com/articles/story"');
});

it("is nowhere without terms: of the article, of the site, or of one that was withdrawn", async () => {
  const rights = { copyright: "© Ana", terms: "Ask us.", license: "https://cc.example/" };
  const bodies = async (result: Promise<PipelineResult>) =>
    Object.values((await result).entries).map(({ body }) => body);
  const withdrawn = { at: "2024-11-01T00:00:00Z" };
  const notice = runPipeline({ article: { ...ARTICLE, rights }, site: { rsl: RSL }, withdrawn });
  for (const result of [story(), story({ copyright: "© Ana" }), story(rights, {}), notice]) {
    expect((await bodies(result)).join()).not.toContain("rsl");
  }
  expect(await bodies(story())).toEqual(await bodies(story(undefined, {})));
  const { json } = (await story(rights)).entries;
  expect(json.body).toBe((await story(rights, {})).entries.json.body);
});

/** A feed of three articles, the middle one with terms of its own. */
async function feed(format: "rss" | "atom", site: Site): Promise<string> {
  const rights = [undefined, { terms: "Ask us.", license: "https://cc.example/" }, undefined];
  const result = rights.map((own, index) =>
    runPipeline({
      article: { ...ARTICLE, headline: `Story ${index}`, ...(own ? { rights: own } : {}) },
      slug: `story-${index}`,
      site: site.rsl ? { rsl: RSL } : {},
    }),
  );
  return documentOf(format, await Promise.all(result), site);
}

const ON = siteWith({ rsl: RSL });

it.each(["rss", "atom"] as const)("changes nothing for whoever reads %s without it", async (format) => {
  const [on, off] = [await feed(format, ON), await feed(format, SITE)];
  expect(on.replace(/\n<rsl:content[\s\S]*?<\/rsl:content>/, "")).toBe(off);
  const [withIt, without] = [await story({ terms: "Ask us." }), await story({ terms: "Ask us." }, {})];
  for (const [name, parser] of Object.entries(PARSERS)) {
    const read = await parser[format](documentOf(format, [withIt]));
    expect(read, name).toEqual(await parser[format](documentOf(format, [without])));
  }
});

/** Documents as files. */
function filesOf(...documents: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-rsl-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return documents.map((document, index) => {
    const file = join(folder, `${index}.xml`);
    writeFileSync(file, document);
    return file;
  });
}

describeWith(TOOLS.xmllint, "xmllint", () => {
  it("finds the licence and the feeds well-formed, with all prefixes declared", async () => {
    const files = filesOf(licenceOf(), await feed("rss", ON), await feed("atom", ON));
    expect(await run("xmllint", ["--noout", "--nonet", ...files])).toBe("");
  });
});

describeWith(TOOLS.jing, "Atom's grammar", () => {
  it("has a place for it", async () => {
    const grammar = join(import.meta.dirname, "../schemas/atom.rnc");
    expect(await run("jing", ["-c", grammar, ...filesOf(await feed("atom", ON))])).toBe("");
  });
});

describeWith(TOOLS.feedparser, "feedparser", () => {
  it.each(["rss", "atom"] as const)("reads every item of %s, its text and nothing amiss", async (format) => {
    const program =
      "import feedparser,sys;f=feedparser.parse(sys.stdin.buffer.read());print(f.bozo,[(e.title,e.content[0].value) for e in f.entries])";
    const titles = ["Story 0", "Story 1", "Story 2"].map(
      (title) => `('${title}', '<p>The harbour reopened.</p>')`,
    );
    const read = await run("/usr/bin/python3", ["-c", program], { input: await feed(format, ON) });
    expect(read.trim()).toMatch(/^(?:False|0) /);
    expect(read).toContain(`[${titles.join(", ")}]`);
  });
});
