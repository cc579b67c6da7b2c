// MSN: each limit just inside and just outside, and its signs for a change, an expiry and a withdrawal.

import { describe, expect, it } from "vitest";
import { html, text } from "../../src/lib/text.ts";
import { msn } from "../../src/partners/profiles/msn.ts";
import { attributesAt, elementsOf, textsAt } from "../formats/strict.ts";
import { SITE } from "../pipeline.ts";
import { accepted, findingsOf, pictureProblem, withLead } from "./accepted.ts";
import { documentOf, type ItemChanges, instant, noticeOf } from "./items.ts";

const ITEM = "rss/channel/item";
const titled = (length: number, short?: number) => {
  const article = { headline: text("x".repeat(length)) };
  if (short !== undefined)
    return accepted({ article: { ...article, shortHeadline: text("y".repeat(short)) } });
  const { shortHeadline: _, ...rest } = accepted({ article }).article;
  return { ...accepted(), article: rest };
};
const elements = (changes: ItemChanges = {}) => elementsOf(documentOf(msn, [accepted(changes)]));

describe("a title", () => {
  it.each([
    [20, undefined, ["headline has 20 characters, and MSN wants more than 20"]],
    [21, undefined, []],
    [150, undefined, []],
    [
      151,
      undefined,
      [
        "headline has 151 characters, and MSN takes more than 150 only with a shortHeadline of at most 54 characters",
      ],
    ],
    [151, 54, []],
    [151, 55, ["shortHeadline has 55 characters, and MSN's short titles have at most 54"]],
    [150, 55, []],
  ])("of %i characters, with a short one of %s", (length, short, refusals) => {
    expect(findingsOf(msn, titled(length, short))).toEqual(refusals);
  });

  it("is accompanied by a short one that fits, and by no other", () => {
    const shortTitles = (short: number) =>
      textsAt(elementsOf(documentOf(msn, [titled(100, short)])), `${ITEM}/mi:shortTitle`);
    expect(shortTitles(54)).toEqual(["y".repeat(54)]);
    expect(shortTitles(55)).toEqual([]);
    expect(findingsOf(msn, titled(100, 55), "advice")).toEqual([
      "shortHeadline has 55 characters, and MSN's short titles have at most 54: it is left out",
    ]);
  });
});

describe("a text", () => {
  const long = (characters: number) =>
    accepted({ body: html(`<h2>${"x".repeat(9)}</h2>\n<p>${"y".repeat(characters - 10)}</p>`) });

  it.each([
    [449, ["body has 449 characters, and MSN takes 450 to 500,000"]],
    [450, []],
    [500_000, []],
    [500_001, ["body has 500,001 characters, and MSN takes 450 to 500,000"]],
  ])("of %i characters, without its tags", (characters, refusals) => {
    expect(findingsOf(msn, long(characters))).toEqual(refusals);
  });

  it("has the characters that can be seen", () => {
    const padded = accepted({ body: html(`<p>${"word ".repeat(80)}${"\u200b\u3164".repeat(100)}</p>`) });
    expect(findingsOf(msn, padded)).toEqual(["body has 399 characters, and MSN takes 450 to 500,000"]);
    const blank = accepted({ body: html(`<p>${"\u3164 ".repeat(500)}</p>`) });
    expect(findingsOf(msn, blank)).toEqual(["body has no text, and MSN takes no article without text"]);
  });

  it("is a text in whatever it is written", () => {
    const braille = accepted({ body: html(`<p>${"⠓⠑⠇⠇⠕ ".repeat(100)}</p>`) });
    expect(findingsOf(msn, braille)).toEqual([]);
  });
});

describe("a lead picture", () => {
  it.each([
    [{ width: 1890, height: 1000 }, ""],
    [{ width: 1891, height: 1000 }, "is 1.891 times as wide as high; it must be at most 1.89"],
    [{ width: 1000, height: 2000 }, ""],
    [{ width: 1000, height: 2001 }, "is 0.4998 times as wide as high; it must be at least 0.5"],
    [{ length: 14_000_000 }, ""],
    [{ length: 14_000_001 }, "has 14,000,001 bytes; it must have at most 14,000,000"],
    [{ length: undefined }, "must be uploaded, or come with its length: the partner has rules for that"],
  ])("of %j", (changes, problem) => {
    expect(pictureProblem(msn, changes).replace(/; only a picture.*/, "")).toBe(problem);
    expect(msn.pictures).toMatchObject({ minRatio: 0.5, maxRatio: 1.89, maxBytes: 14_000_000 });
  });

  it("is advised to be 720 pixels wide, and to be there", () => {
    const advice = (item: Parameters<typeof msn.lint>[0]) => findingsOf(msn, item, "advice");
    expect(advice(withLead({ width: 720, height: 720 }))).toEqual([]);
    expect(advice(withLead({ width: 719, height: 720 }))).toEqual([
      "images[0] is 719 px wide, and MSN advises at least 720",
    ]);
    expect(advice(accepted({ article: { images: [] } }))).toEqual([
      expect.stringMatching(/^images is empty/),
    ]);
    expect(findingsOf(msn, accepted({ article: { images: [] } }))).toEqual([]);
  });
});

describe("a feed", () => {
  it("has fewer than 30 items, 10 MB and nothing that is 365 days old", () => {
    expect(msn.limits).toMatchObject({ items: 29, bytes: 10_000_000, ageSeconds: 365 * 86_400 - 1 });
  });

  it("is in one language: another one is advised against", () => {
    expect(findingsOf(msn, accepted({ article: { language: "de" } }), "advice")).toEqual([
      expect.stringMatching(/^language is de/),
    ]);
    expect(findingsOf(msn, accepted(), "advice")).toEqual([]);
  });
});

describe("a picture in the body", () => {
  const images = (changes: ItemChanges) => {
    const content = textsAt(elements(changes), `${ITEM}/content:encoded`)[0] ?? "";
    return content.match(/<img[^>]*>/g) ?? [];
  };

  it("says whose it is and that it may be passed on, an agency's who licenses it", () => {
    const [first, second] = images({});
    expect(first).toContain(' data-portal-copyright="© 2024 Paul Picture" data-has-syndication-rights="1"');
    expect(second).toContain(' data-licensor-name="Agency One" data-has-syndication-rights="1"');
    const media = elements().filter(({ path }) => path.startsWith(`${ITEM}/media:content/mi:`));
    expect(media.map(({ path, text: own }) => [path.split(":").at(-1), own])).toEqual([
      ["hasSyndicationRights", "1"],
      ["hasSyndicationRights", "1"],
      ["licensorName", "Agency One"],
    ]);
  });

  it("is found however its address is escaped, and only where it is the article's", () => {
    const [lead] = accepted().article.images;
    if (!lead) throw new Error("no picture");
    const { copyright: _, ...bare } = { ...lead, src: "https://example.com/p?a=1&b=2" };
    const body = html(
      '<p>Text.</p><img src="https://example.com/p?a=1&#x26;b=2"><img src="https://example.com/p?a=1&amp;b=2"><img src="https://example.com/other">',
    );
    const rights = ' data-portal-copyright="Paul Picture" data-has-syndication-rights="1"';
    expect(images({ article: { images: [bare] }, body })).toEqual([
      `<img src="https://example.com/p?a=1&#x26;b=2"${rights}>`,
      `<img src="https://example.com/p?a=1&amp;b=2"${rights}>`,
      '<img src="https://example.com/other">',
    ]);
  });
});

describe("dates", () => {
  const dates = (changes: ItemChanges) =>
    ["pubDate", "dcterms:modified", "dcterms:valid", "mi:expirationDate"].map(
      (name) => textsAt(elements(changes), `${ITEM}/${name}`)[0],
    );
  const { published } = accepted().article;
  const PUBLISHED = "Thu, 24 Oct 2024 11:30:00 GMT";

  it("of an article that never changed are one", () => {
    expect(dates({ modified: published })).toEqual([PUBLISHED, undefined, undefined, undefined]);
  });

  it("of a corrected one: modified moves, said by the newsroom or not, and nothing else", () => {
    const modified = "2024-10-26T00:00:00Z";
    const { updated: _, ...article } = accepted().article;
    const item = { ...accepted({ modified: instant(modified) }), article };
    expect(dates({ modified: instant(modified) })).toEqual([PUBLISHED, modified, undefined, undefined]);
    const moved = textsAt(elementsOf(documentOf(msn, [item])), `${ITEM}/dcterms:modified`);
    expect(moved).toEqual([modified]);
  });

  it("of one that ends tell when", () => {
    const end = "2030-01-01T00:00:00Z";
    expect(dates({ expires: instant(end) }).slice(2)).toEqual([end, end]);
  });

  it("of a withdrawn one: an end that has passed, under a later date than any before", () => {
    const at = "2024-11-02T03:04:05Z";
    const later = "2024-12-01T00:00:00Z";
    const notice = noticeOf("full", at);
    const sign = (modified: string) =>
      elementsOf(
        `<x xmlns:dc="d" xmlns:dcterms="t" xmlns:content="c" xmlns:mi="m">${msn.sign?.({ ...notice, modified: instant(modified) }, instant(at), SITE)}</x>`,
      );
    const read = (modified: string) =>
      ["guid", "dcterms:modified", "dcterms:valid", "mi:expirationDate"].map(
        (name) => textsAt(sign(modified), `x/item/${name}`)[0],
      );
    const { id } = accepted().article;
    expect(read(at)).toEqual([id, at, at, at]);
    expect(read("2024-10-25T08:30:00Z")).toEqual([id, at, at, at]);
    expect(read(later)).toEqual([id, later, at, at]);
  });
});

it("namespaces are exact", () => {
  expect(attributesAt(elements(), "rss")[0]).toMatchObject({
    "xmlns:mi": "http://schemas.ingestion.microsoft.com/common/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
  });
});
