// Ids that a source brings: none takes the place of an article that has it already, unless the publisher says so.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { write } from "../folder.ts";
import { workshop } from "./workshop.ts";

const feed = (guid: string, text: string): string =>
  `<rss version="2.0"><channel><title>x</title><item><title>Ferry back</title><link>https://evil.example/ferry-back</link><guid isPermaLink="false">${guid}</guid><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><description>${text}</description></item></channel></rss>`;
const OWN = "tag:harbour.test,2024-01-01:harbour-vote";
const HARBOUR = "---\nheadline: Harbour vote\npublished: 2026-03-02T18:00:00Z\n---\nOurs.\n";

it("an item with the id of a published article gets one of its own, and is told of", async () => {
  const { run, articlesDir, articles, file } = workshop({ "evil.rss": feed(OWN, "Theirs.") });
  write(articlesDir, { "harbour-vote/index.md": HARBOUR });
  const { said } = await run(["evil.rss"]);
  expect(said).toContain(`ferry-back  id was left out: "${OWN}" is one of this site's own`);
  expect(articles()).toEqual(["ferry-back", "harbour-vote"]);
  expect(file("ferry-back/index.md")).not.toMatch(/^id:/m);
  expect(file("harbour-vote/index.md")).toBe(HARBOUR);
});

it("with --adopt-ids it is the article here, which somebody wrote: --force alone overwrites it", async () => {
  const { run, articlesDir, articles, file } = workshop({ "own.rss": feed(OWN, "A newer text.") });
  write(articlesDir, { "harbour-vote/index.md": HARBOUR });
  const adoptIds = { choices: { adoptIds: true } };
  expect((await run(["own.rss"], adoptIds)).said).toContain(
    "harbour-vote  was written here, and is left as it is; --force overwrites it",
  );
  expect(file("harbour-vote/index.md")).toBe(HARBOUR);
  await run(["own.rss"], { ...adoptIds, force: true });
  expect(articles()).toEqual(["harbour-vote"]);
  expect(file("harbour-vote/index.md")).toContain(`id: ${OWN}\n`);
});

it("another file with an id that is known writes over nothing, with --force neither", async () => {
  const { run, dir, articles, file } = workshop({
    "a.rss": feed("urn:x:1", "The first text."),
    "b.rss": feed("urn:x:1", "Another text."),
  });
  await run(["a.rss"]);
  const before = file("ferry-back/index.md");
  for (const force of [false, true]) {
    const { said } = await run(["b.rss"], { force });
    expect(said).toMatch(/^ferry-back {2}has the id of \S+b\.rss \(urn:x:1\), but comes from \S+a\.rss: /m);
    expect(said).toContain("1 article: 1 left alone, since this source didn't bring it.");
    expect(file("ferry-back/index.md")).toBe(before);
  }
  write(dir, { "a.rss": readFileSync(join(dir, "b.rss"), "utf8") });
  expect((await run(["a.rss"])).said).toContain("updated   ferry-back");
  write(dir, { "b.rss": feed("urn:x:1", "A third text.") });
  await run(["b.rss"], { choices: { adoptIds: true } });
  expect(file("ferry-back/index.md")).toContain("A third text.");
  expect(articles()).toEqual(["ferry-back"]);
});

describe("an article that somebody wrote here", () => {
  const item = feed(OWN, "Theirs.")
    .replace("Ferry back", "Harbour vote")
    .replace("ferry-back", "harbour-vote");
  const page = `<!doctype html><link rel="canonical" href="https://harbour.test/articles/harbour-vote"><article><h1>Harbour vote</h1>${"<p>Theirs, and long enough to be taken for the text of an article by whoever reads it.</p>".repeat(4)}</article>`;

  it.each([
    ["a feed's item", "evil.rss", item],
    ["a saved page", "evil.html", page],
  ])("is written over by nothing that has its name and headline: %s", async (_, name, content) => {
    const { run, articlesDir, articles, file } = workshop({ [name]: content });
    write(articlesDir, { "harbour-vote/index.md": HARBOUR });
    for (const force of [false, true]) {
      const { said } = await run([name], { force });
      expect(said).toMatch(
        /^harbour-vote {2}has the name and headline of .*, but was written here: it is left as it is$/m,
      );
      expect(articles()).toEqual(["harbour-vote"]);
      expect(readdirSync(join(articlesDir, "harbour-vote"))).toEqual(["index.md"]);
      expect(file("harbour-vote/index.md")).toBe(HARBOUR);
    }
  });
});

describe("another source in the same file", () => {
  const good = feed("777", "The first text.").replaceAll("evil.example", "good.example");
  const from = (site: string) => `<channel><link>https://${site}/</link>`;
  const at = (site: string, xml: string) => xml.replace("<channel>", from(site));

  it.each([
    ["that says who it is", at("good.example", good), at("evil.example", feed("777", "Theirs."))],
    ["that says it is the first", at("good.example", good), at("good.example", feed("777", "Theirs."))],
    ["that doesn't say what it is", at("good.example", good), feed("777", "Theirs.")],
    ["after one that didn't say what it is", good, at("evil.example", feed("777", "Theirs."))],
  ])("writes over nothing, with --force neither: a feed %s", async (_, first, second) => {
    const { run, dir, articles, file } = workshop({ "feed.xml": first });
    await run(["feed.xml"]);
    const before = file("ferry-back/index.md");
    expect(before).toContain("url: https://good.example/ferry-back\n");
    write(dir, { "feed.xml": second });
    for (const force of [false, true]) {
      const { said } = await run(["feed.xml"], { force });
      expect(said).toMatch(
        /^ferry-back {2}has the id of \S+feed\.xml \(777\), but comes from good\.example: \S+feed\.xml is (?:good\.example, )?evil\.example now: it is left as it is; --adopt-ids overwrites it$/m,
      );
      expect(file("ferry-back/index.md")).toBe(before);
    }
    expect(articles()).toEqual(["ferry-back"]);
  });

  const DATE = "2026-03-02T18:00:00Z";
  const FORMATS: Readonly<Record<string, (site: string) => string>> = {
    Atom: (site) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${site},2020:feed</id><title>x</title><updated>${DATE}</updated><entry><id>777</id><title>Ferry</title><published>${DATE}</published><updated>${DATE}</updated><content>Of ${site}.</content></entry></feed>`,
    "RSS 1.0": (site) =>
      `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>x</title><link>https://${site}/</link></channel><item rdf:about="777"><title>Ferry</title><dc:date>${DATE}</dc:date><description>Of ${site}.</description></item></rdf:RDF>`,
    "JSON Feed": (site) =>
      JSON.stringify({
        ...{ version: "https://jsonfeed.org/version/1.1", title: "x", home_page_url: `https://${site}/` },
        items: [{ id: "777", title: "Ferry", date_published: DATE, content_text: `Of ${site}.` }],
      }),
    "a feed that has a title alone": (site) =>
      JSON.stringify({
        ...{ version: "https://jsonfeed.org/version/1.1", title: site },
        items: [{ id: "777", title: "Ferry", date_published: DATE, content_text: `Of ${site}.` }],
      }),
    WXR: (site) =>
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title><link>https://${site}</link><item><title>Ferry</title><guid>777</guid><content:encoded>Of ${site}.</content:encoded><wp:post_date_gmt>2026-03-02 18:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>`,
    Ghost: (site) =>
      JSON.stringify({
        meta: {},
        data: {
          posts: [
            {
              id: "777",
              title: "Ferry",
              html: `<p>Of ${site}.</p>`,
              status: "published",
              published_at: DATE,
            },
          ],
          settings: [{ key: "title", value: site }],
        },
      }),
  };

  it.each(Object.entries(FORMATS))("writes over nothing: %s", async (_, of) => {
    const { run, dir, articles } = workshop({ export: of("good.example") });
    expect((await run(["export"])).said).toContain("1 article: 1 new.");
    expect((await run(["export"])).said).toContain("1 article: 1 as before.");
    write(dir, { export: of("evil.example") });
    const { said } = await run(["export"], { force: true });
    expect(said).toMatch(
      /^ferry {2}has the id of \S+export \(.*\), but comes from good\.example: \S+export is evil\.example now: /m,
    );
    expect(articles()).toEqual(["ferry"]);
  });

  it("is the same one under www, by http, and with another title", async () => {
    const { run, dir } = workshop({ "feed.xml": at("good.example", good) });
    await run(["feed.xml"]);
    const again = at("www.good.example", good)
      .replace("first text", "second text")
      .replace("<title>x", "<title>y");
    write(dir, { "feed.xml": again.replaceAll("https:", "http:") });
    expect((await run(["feed.xml"])).said).toContain("updated   ferry-back");
  });

  const page = (headline: string, head = "") =>
    `<!doctype html><html lang="en">${head}<article><h1>${headline}</h1>${"<p>Long enough to be taken for the text of an article by whoever reads it, as we hope.</p>".repeat(4)}</article>`;
  const canonical = (address: string) => `<link rel="canonical" href="https://good.example/${address}">`;

  it.each([
    [
      "by its address",
      page("Ferry", canonical("ferry")),
      page("Ferry", canonical("ferry-again")),
      "good\\.example/ferry: \\S+index\\.html is good\\.example/ferry-again now",
    ],
    ["by its headline", page("Ferry"), page("Ferry again"), "Ferry: \\S+index\\.html is Ferry again now"],
  ])("becomes an article of its own: a page, %s", async (_, first, second, told) => {
    const { run, dir, articles, file } = workshop({ "index.html": first });
    await run(["index.html"]);
    const before = file("ferry/index.html");
    write(dir, { "index.html": second });
    const { said } = await run(["index.html"], { force: true });
    expect(said).toMatch(
      new RegExp(`^ferry-again {2}is another article than ferry, which comes from ${told}$`, "m"),
    );
    expect(articles()).toEqual(["ferry", "ferry-again"]);
    expect(file("ferry/index.html")).toBe(before);
    expect((await run(["index.html"])).said).toContain("1 article: 1 as before");
  });

  it("is the same page where its address stays, whatever its headline is", async () => {
    const { run, dir, articles } = workshop({ "index.html": page("Ferry", canonical("ferry")) });
    await run(["index.html"]);
    write(dir, { "index.html": page("Ferry again", canonical("ferry/")) });
    expect((await run(["index.html"])).said).toContain("updated   ferry");
    expect(articles()).toEqual(["ferry"]);
  });
});
