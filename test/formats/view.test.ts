// What a person sees of a feed, and that it is all well-formed, in the right language, and small.

import { describe, expect, it } from "vitest";
import type { Envelope } from "../../src/formats/format.ts";
import { documentIn, ENVELOPES, emptyFeed, headline } from "./envelopes.ts";
import { attributesAt, elementsOf, textsAt } from "./strict.ts";

/** The view of a document of RSS, its elements by their path in it. */
const seen = (changes: Partial<Envelope>) =>
  elementsOf(documentIn("rss", emptyFeed("rss", changes)))
    .filter(({ path }) => path.startsWith("rss/channel/div"))
    .map((one) => ({ ...one, path: one.path.replace(/^rss\/channel\//, "") }));

describe.each([
  ["rss", "rss/channel/"],
  ["atom", "feed/"],
] as const)("a document as %s", (format, path) => {
  const document = documentIn(format, ENVELOPES.site(format));
  const elements = elementsOf(document);

  it("names its stylesheet before the root, at an absolute address", () => {
    expect(document.split("\n").slice(0, 2)).toEqual([
      '<?xml version="1.0" encoding="utf-8"?>',
      '<?xml-stylesheet type="text/css" href="https://news.example.com/feed.css"?>',
    ]);
  });

  it("has one XHTML element, first of all, that declares its namespace as the default one", () => {
    const [first] = elements.filter(({ path: at }) => /^[a-z]+:?[a-z]*$/.test(at.slice(path.length)));
    expect(first).toMatchObject({
      path: `${path}div`,
      attributes: { xmlns: "http://www.w3.org/1999/xhtml" },
    });
    expect(document.split("http://www.w3.org/1999/xhtml")).toHaveLength(2);
  });

  it("says the same of itself as without it", () => {
    const rest = (all: typeof elements) => all.filter(({ path: at }) => !at.startsWith(`${path}div`));
    const without = document.replace(/<div [\s\S]*?<\/div>/, "");
    expect(without).not.toContain("<div");
    expect(rest(elements)).toEqual(rest(elementsOf(without)));
  });
});

it("titles the tab, and fits a phone", () => {
  const view = seen({ title: "A & B <c>" });
  expect(textsAt(view, "div/title")).toEqual(["A & B <c>"]);
  expect(attributesAt(view, "div/meta")).toEqual([
    { name: "viewport", content: "width=device-width, initial-scale=1" },
  ]);
});

it("links the feed's page, the site and how to subscribe, and shows the feed's address", () => {
  const view = seen({
    link: "https://news.example.com/tags/a",
    self: "https://news.example.com/tags/a/rss.xml",
  });
  expect(attributesAt(view, "div/header/h1/a")).toEqual([{ href: "https://news.example.com/tags/a" }]);
  expect(attributesAt(view, "div/section/p/a").map(({ href }) => href)).toEqual([
    "https://news.example.com/tags/a",
    "https://news.example.com/tags/a#subscribe",
  ]);
  expect(textsAt(view, "div/section/code")).toEqual(["https://news.example.com/tags/a/rss.xml"]);
});

it("lists headlines as they are, with their days in the site's zone", () => {
  const view = seen({ latest: [headline("A & <b>"), headline("C", { link: "https://e.example/?a&b" })] });
  expect(textsAt(view, "div/ul/li/a")).toEqual(["A & <b>", "C"]);
  expect(attributesAt(view, "div/ul/li/a")[1]).toEqual({ href: "https://e.example/?a&b" });
  expect(textsAt(view, "div/ul/li/time")).toEqual(["25 October 2024", "25 October 2024"]);
  expect(attributesAt(view, "div/ul/li/time")[0]).toEqual({ datetime: "2024-10-24T20:30:00Z" });
  expect(textsAt(seen({ latest: [headline("A", { timezone: "UTC" })] }), "div/ul/li/time")).toEqual([
    "24 October 2024",
  ]);
});

it("says of what somebody paid for that it is sponsored, in its own language", () => {
  const view = seen({
    latest: [
      headline("A"),
      headline("B", { sponsored: true }),
      headline("C", { sponsored: true, language: "de" }),
      headline("D", { sponsored: true, language: "zxx" }),
    ],
  });
  expect(textsAt(view, "div/ul/li/strong")).toEqual(["Sponsored", "Anzeige", "Sponsored"]);
  expect(attributesAt(view, "div/ul/li/strong")).toEqual([{}, {}, { lang: "en", dir: "ltr" }]);
});

it("says so when it has none", () => {
  const view = seen({});
  expect(textsAt(view, "div/p")).toEqual(["This feed has no articles at present."]);
  expect(textsAt(view, "div/ul")).toEqual([]);
});

it("marks headlines in another language than the feed's, and their dates are in it", () => {
  const latest = ["en", "de", "he", "zxx"].map((language) => headline("A", { language }));
  const view = seen({ latest });
  expect(attributesAt(view, "div/ul/li")).toEqual([
    {},
    { lang: "de", dir: "ltr" },
    { lang: "he", dir: "rtl" },
    { lang: "zxx", dir: "ltr" },
  ]);
  expect(textsAt(view, "div/ul/li/time")).toEqual([
    "25 October 2024",
    "25. Oktober 2024",
    "25 באוקטובר 2024",
    "25 October 2024",
  ]);
  // No runtime has dates in a language that isn't one.
  expect(attributesAt(view, "div/ul/li/time")[3]).toMatchObject({ lang: "en", dir: "ltr" });
});

describe("words of ours", () => {
  it.each([
    ["en", "Latest articles"],
    ["de-AT", "Neueste Artikel"],
    ["fr", "Derniers articles"],
    ["es", "Últimos artículos"],
  ])("are in %s: %s", (language, expected) => {
    const view = seen({ language });
    expect(attributesAt(view, "div")).toMatchObject([{ lang: language, dir: "ltr" }]);
    expect(textsAt(view, "div/h2")).toEqual([expected]);
    expect(attributesAt(view, "div/h2")).toEqual([{}]);
  });

  it("are English in other languages, and said to be", () => {
    const view = seen({ language: "he", archive: { previous: "https://e.example/" } });
    const english = { lang: "en", dir: "ltr" };
    expect(attributesAt(view, "div")).toMatchObject([{ lang: "he", dir: "rtl" }]);
    for (const part of ["section", "h2", "p", "nav"])
      expect(attributesAt(view, `div/${part}`)).toEqual([english]);
    expect(attributesAt(view, "div/header/p")).toEqual([{}]);
  });
});

describe("the archive", () => {
  const current = "https://news.example.com/rss.xml";
  const page = (number: number) => `https://news.example.com/archive/${number}/rss.xml`;

  it("says which page it is, links its neighbours, and has people subscribe to the feed that goes on", () => {
    const archive = { page: 2, current, previous: page(1), next: page(3) };
    const view = seen({ self: page(2), archive });
    expect(textsAt(view, "div/h2")).toEqual(["Archive, page 2"]);
    expect(textsAt(view, "div/section/code")).toEqual([current]);
    expect(textsAt(view, "div/nav/p/a")).toEqual(["Newer articles", "Older articles", "Latest articles"]);
    expect(attributesAt(view, "div/nav/p/a").map(({ href }) => href)).toEqual([page(3), page(1), current]);
  });

  it("ends where it ends", () => {
    const first = seen({ self: page(1), archive: { page: 1, current } });
    expect(textsAt(first, "div/nav/p/a")).toEqual(["Latest articles"]);
    expect(textsAt(seen({}), "div/nav")).toEqual([]);
  });

  it("is result from the feed that goes on", () => {
    const view = seen({ archive: { previous: page(3) } });
    expect(textsAt(view, "div/h2")).toEqual(["Latest articles"]);
    expect(textsAt(view, "div/nav/p/a")).toEqual(["Older articles"]);
  });
});

it("takes less than 5 kB with twenty long headlines", () => {
  const title = "Council votes to keep the night ferry after all, for now";
  const link = "https://news.example.com/articles/council-votes-to-keep-the-night-ferry";
  const latest = Array.from({ length: 20 }, () => headline(title, { link }));
  const view = documentIn("rss", emptyFeed("rss", { latest })).match(/<div [\s\S]*<\/div>/)?.[0] ?? "";
  expect(view.match(/<li>/g)).toHaveLength(20);
  expect(view.length).toBeLessThan(5000);
});
