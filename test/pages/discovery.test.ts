// The OPML of all feeds: byte for byte, well-formed for every name, and nothing in it that isn't in its input.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { FeedKey } from "../../src/feeds/feed.ts";
import { opml } from "../../src/pages/discovery.ts";
import { elementsOf } from "../formats/strict.ts";
import { SITE, siteWith } from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";

const listed = (feed: FeedKey, label: string | null = null) => ({ feed, label });
const FEEDS = [
  listed("section/asia-pacific"),
  listed("author/david-choi"),
  listed("tag/zucker", "Zucker"),
  listed("tag/arger", "Ärger"),
  listed("tag/fahren-hafen", "Fähren & <Häfen>"),
  listed("tag/한국", "한국"),
];
const HOSTILE = `"]]>'<b>&amp;\u0000\u0085\ud800\ufffe\n&#0; --> ﷽`;

const outlines = (document: string) =>
  elementsOf(document)
    .filter(({ path }) => path.endsWith("/outline"))
    .map(({ path, attributes }) => ({ depth: path.split("/").length - 2, attributes }));
const names = (document: string) => outlines(document).map(({ attributes }) => attributes.text);

it("lists the site's feed, sections as folders, tags and authors by name", async () => {
  await expect(opml(FEEDS, SITE)).toMatchFileSnapshot("../fixtures/envelope/feeds.opml");
});

it("is the same in whatever order the feeds come", () => {
  const two = [listed("tag/a-b", "A B"), listed("tag/a", "A B")];
  expect(opml([...FEEDS, ...two].toReversed(), SITE)).toBe(opml([...FEEDS, ...two], SITE));
});

it("names folders in the site's language, and only those with a feed", () => {
  const folders = (language: string) =>
    names(opml([listed("tag/a"), listed("author/b")], siteWith({ language }))).filter(
      (_, index) => index === 2 || index === 4,
    );
  expect(folders("de-AT")).toEqual(["Schlagwörter", "Autoren"]);
  expect(folders("fr")).toEqual(["Mots-clés", "Auteurs"]);
  expect(folders("es")).toEqual(["Etiquetas", "Autores"]);
  expect(folders("ko")).toEqual(["태그", "필자"]);
  expect(names(opml([], SITE))).toEqual([SITE.title]);
});

it("gives each feed once, as RSS, with an absolute address, and no folder in a folder", () => {
  const all = outlines(opml(FEEDS, SITE));
  const feeds = all.map(({ attributes }) => attributes).filter((one) => "xmlUrl" in one);
  expect(feeds).toHaveLength(FEEDS.length + 1);
  for (const feed of feeds) {
    expect(feed).toMatchObject({ type: "rss", version: "RSS2", language: "en" });
    expect(feed).toMatchObject({
      xmlUrl: expect.stringMatching(/^https:\/\/news\.example\.com\/\S*rss\.xml$/),
    });
  }
  expect(Math.max(...all.map(({ depth }) => depth))).toBe(2);
});

it("keeps hostile names as text", () => {
  const site = siteWith({
    title: HOSTILE,
    sections: { s: { title: HOSTILE, description: HOSTILE } },
    people: { p: { name: HOSTILE, bio: HOSTILE } },
  });
  const feeds = [listed("section/s"), listed("author/p"), listed("tag/t", HOSTILE), listed(`tag/ü"<&`)];
  for (const name of names(opml(feeds, site))) expect(name).not.toMatch(/[\u0000\ufffe]/);
  expect(names(opml(feeds, site))).toContain(`ü"<& — ${site.title}`);
});

describeWith(TOOLS.xmllint, "xmllint", () => {
  it("finds it well-formed, with any names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wireroom-opml-"));
    try {
      const files = [SITE, siteWith({ title: HOSTILE })].map((site, index) => {
        const file = join(folder, `${index}.opml`);
        writeFileSync(file, opml([...FEEDS, listed("tag/hostile", HOSTILE)], site));
        return file;
      });
      expect(await run("xmllint", ["--noout", "--nonet", ...files])).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
