// What all partners' RSS has in common: whole documents byte for byte (`--update` rewrites them), well-formed
// for three parsers, each item read back by a parser that isn't ours, and nothing sent that a linter must
// keep out.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFeed } from "feedsmith";
import { afterAll, describe, expect, it } from "vitest";
import { bylineText } from "../../src/formats/phrases.ts";
import { html } from "../../src/lib/text.ts";
import type { Profile } from "../../src/partners/profile.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { CASES, FIXTURES } from "../fixtures/cases.ts";
import { emptyFeed } from "../formats/envelopes.ts";
import { only } from "../formats/parsers.ts";
import { attributesAt, elementsOf, textsAt } from "../formats/strict.ts";
import { SITE } from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { accepted, findingsOf, pictureProblem, RSS_PROFILES } from "./accepted.ts";
import { documentOf, itemOf, noticeOf, siteOf } from "./items.ts";

const WITHDRAWN_AT = "2024-11-02T03:04:05Z";
const ITEM = "rss/channel/item";
const hostile = itemOf("hostile");
const published = accepted().article.published;

const DOCUMENTS: Readonly<Record<string, (profile: Profile) => string>> = {
  published: (profile) => documentOf(profile, [accepted({ modified: published })]),
  corrected: (profile) => documentOf(profile, [accepted({ version: 2 })]),
  withdrawn: (profile) => documentOf(profile, [accepted()], { notices: [noticeOf("full", WITHDRAWN_AT)] }),
  hostile: (profile) => documentOf(profile, [hostile], { site: siteOf("hostile") }),
  channel: (profile) => {
    const parts = { self: `${SITE.url}/rss.xml`, image: `${SITE.url}/logo.png?a=1&b=2`, copyright: "© <us>" };
    const { open, close } = profile.envelope(emptyFeed("rss", parts), SITE);
    return open + close;
  },
};

const folder = mkdtempSync(join(tmpdir(), "wireroom-partners-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.values(RSS_PROFILES))("$name", (profile) => {
  it("stands in the table under its own name", () => {
    expect(Object.entries(PROFILES)).toContainEqual([profile.name, profile]);
  });

  it.each(Object.entries(DOCUMENTS))("the document %s, byte for byte", async (name, write) => {
    const file = join(FIXTURES, "partners", profile.name, `${name}.xml`);
    await expect(write(profile)).toMatchFileSnapshot(file);
  });

  it.each(Object.values(DOCUMENTS))("is well-formed to saxes", (write) => {
    expect(elementsOf(write(profile)).length).toBeGreaterThan(0);
  });

  it.each(CASES)("reads back what it wrote of %s, and of its notice", (name) => {
    const [item, notice, site] = [itemOf(name), noticeOf(name, WITHDRAWN_AT), siteOf(name)];
    const entry = profile.entry(item, site);
    expect(() => profile.verify(entry, item)).not.toThrow();
    expect(() => profile.verify(entry.slice(0, -1), item)).toThrow();
    const article = { ...item.article, id: "tag:other", url: "https://example.com/other" };
    expect(() => profile.verify(entry, { ...item, article })).toThrow(/reads back/);
    const gone = profile.sign?.(notice, notice.modified, site) ?? profile.entry(notice, site);
    expect(() => profile.verify(gone, notice)).not.toThrow();
    expect(profile.sign !== undefined).toBe(profile.removal === "sign");
  });

  it("refuses nothing of an article that keeps every limit", () => {
    expect(findingsOf(profile, accepted())).toEqual([]);
  });

  it("refuses an article under embargo, and one without text", () => {
    expect(findingsOf(profile, accepted({ embargoedUntil: published }))).toEqual([
      expect.stringMatching(/^published is in the future/),
    ]);
    const empty = accepted({ body: html('<p class="wr-credits">By nobody.</p>') });
    expect(findingsOf(profile, empty)).toContainEqual(expect.stringMatching(/^body has no text/));
  });

  it("takes JPEG, PNG, GIF and WebP, and no AVIF", () => {
    for (const type of ["image/jpeg", "image/png", "image/gif", "image/webp"] as const)
      expect(pictureProblem(profile, { type })).toBe("");
    expect(pictureProblem(profile, { type: "image/avif" })).toMatch(/^is image\/avif; it must be /);
  });

  it("takes no article without a picture, if that is NewsBreak or Yahoo", () => {
    expect(profile.pictures.required ?? false).toBe(["newsbreak", "yahoo"].includes(profile.name));
  });

  it("says nothing of a withdrawn article but its notice", () => {
    const document = documentOf(profile, [], { notices: [noticeOf("full", WITHDRAWN_AT)] });
    expect(document).toContain("This article was withdrawn on 2 November 2024.");
    const { headline } = itemOf("full").article;
    expect(document).toContain(`<title>This article was withdrawn — ${headline}</title>`);
    expect(document.split(headline)).toHaveLength(2);
    for (const word of ["Choi", "media:content", "Korea", "at least 3,000"])
      expect(document).not.toContain(word);
  });

  it("reads back through feedsmith", () => {
    const { article, body } = hostile;
    const parsed = parseFeed(documentOf(profile, [hostile], { site: siteOf("hostile") }));
    if (parsed.format !== "rss") throw new Error(`read as ${parsed.format}`);
    const item = only(parsed.feed.items);
    expect(item).toMatchObject({
      title: article.headline,
      description: article.summary,
      link: article.url,
      guid: { value: article.id },
      dc: { creators: [bylineText(article.bylines, "en")] },
      categories: article.tags.map(({ name }) => ({ name })),
    });
    // MSN's pictures say whose they are.
    const content = item.content?.encoded?.replaceAll(/ data-[a-z-]+="[^"]*"/g, "");
    expect(content).toBe(body.replaceAll("]]>", "]]&gt;"));
  });
});

it("only NewsBreak's guid is the permalink, where that is the article's own page", () => {
  const article = { url: `https://news.example.com/articles/${accepted().article.slug}` };
  const guids = Object.values(RSS_PROFILES).map((profile) => {
    const elements = elementsOf(documentOf(profile, [accepted({ article })]));
    return [
      profile.name,
      textsAt(elements, `${ITEM}/guid`)[0],
      attributesAt(elements, `${ITEM}/guid`)[0]?.isPermaLink,
    ];
  });
  const { id, url } = accepted({ article }).article;
  expect(guids).toEqual(
    Object.keys(RSS_PROFILES).map((name) =>
      name === "newsbreak" ? [name, url, "true"] : [name, id, "false"],
    ),
  );
});

describeWith(TOOLS.xmllint, "xmllint", () => {
  it("finds every document well-formed, with all prefixes declared", async () => {
    const files = Object.values(RSS_PROFILES).flatMap((profile) =>
      Object.entries(DOCUMENTS).map(([name, write]) => {
        const file = join(folder, `${profile.name}-${name}.xml`);
        writeFileSync(file, write(profile));
        return file;
      }),
    );
    expect(await run("xmllint", ["--noout", "--nonet", ...files])).toBe("");
  });
});

describeWith(TOOLS.feedparser, "feedparser", () => {
  const READ = [
    "import feedparser, json, sys",
    "feed = feedparser.parse(sys.stdin.buffer.read())",
    "print(json.dumps([bool(feed.bozo), [[e.title, e.link, e.published, e.author, e.content[0].value] for e in feed.entries]]))",
  ].join("\n");

  it.each(Object.values(RSS_PROFILES))("reads $name", async (profile) => {
    const item = accepted({ modified: published });
    const { headline, url } = item.article;
    const read = await run("/usr/bin/python3", ["-c", READ], { input: documentOf(profile, [item]) });
    expect(JSON.parse(read)).toEqual([
      false,
      [
        [
          headline,
          profile.name === "smartnews" ? url : item.link,
          "Thu, 24 Oct 2024 11:30:00 GMT",
          "David Choi, Ana Núñez and Kim Min-ji",
          expect.stringContaining("<p>word51 word52"),
        ],
      ],
    ]);
  });
});
