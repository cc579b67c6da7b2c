// SmartNews: what its channel and items must have, and the one date by which it recognises a change and a
// deletion.

import { describe, expect, it } from "vitest";
import { smartnews } from "../../src/partners/profiles/smartnews.ts";
import { emptyFeed } from "../formats/envelopes.ts";
import { attributesAt, elementsOf, textsAt } from "../formats/strict.ts";
import { SITE } from "../pipeline.ts";
import { accepted } from "./accepted.ts";
import { documentOf, instant, noticeOf } from "./items.ts";

const CHANNEL = "rss/channel";

describe("the channel", () => {
  const channel = (changes: Parameters<typeof emptyFeed>[1]) => {
    const { open, close } = smartnews.envelope(emptyFeed("rss", changes), SITE);
    return elementsOf(open + close);
  };

  it.each([
    ["a".repeat(30), "a".repeat(30)],
    ["a".repeat(31), `${"a".repeat(29)}…`],
    ["News of the harbour and of ships", "News of the harbour and of…"],
    ["News of the harbour and, ship in it", "News of the harbour and, ship…"],
    ["News of the harbour, the ships", "News of the harbour, the ships"],
    ["a ".repeat(20), `${"a ".repeat(14)}a…`],
    ["👩‍👧".repeat(10), `${"👩‍👧".repeat(5)}…`],
  ])("of %s has at most 30 characters of it", (description, shown) => {
    const [written = ""] = textsAt(channel({ description }), `${CHANNEL}/description`);
    expect(written).toBe(shown);
    expect(written.length).toBeLessThanOrEqual(30);
  });

  it("of Japanese is cut between its words, not at the one that is Latin", () => {
    const description = "Harbour新聞は港町の夜の船と市場とその人々のことを毎日お伝えしています。";
    const [written = ""] = textsAt(channel({ description, language: "ja" }), `${CHANNEL}/description`);
    expect(written.length).toBeGreaterThan(24);
    expect(written.length).toBeLessThanOrEqual(30);
    expect(description.startsWith(written.slice(0, -1))).toBe(true);
  });

  it("has a date, a language, a time to live and a logo, and no namespace that SmartFormat doesn't list", () => {
    const elements = channel({ image: "https://news.example.com/logo.png", self: `${SITE.url}/rss.xml` });
    const read = ["pubDate", "language", "ttl", "snf:logo/url"].map(
      (name) => textsAt(elements, `${CHANNEL}/${name}`)[0],
    );
    expect(read).toEqual(["Mon, 01 Jan 2024 00:00:00 GMT", "en", "5", "https://news.example.com/logo.png"]);
    expect(attributesAt(elements, "rss")).toEqual([
      {
        version: "2.0",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:media": "http://search.yahoo.com/mrss/",
        "xmlns:snf": "http://www.smartnews.be/snf",
      },
    ]);
    expect(textsAt(channel({}), `${CHANNEL}/snf:logo/url`)).toEqual([]);
  });

  it("has at most 1 MB", () => expect(smartnews.limits).toEqual({ bytes: 1_000_000 }));
});

describe("an item", () => {
  const { article } = accepted();
  const item = (document: string) => {
    const elements = elementsOf(document);
    return ["link", "guid", "pubDate", "dc:creator", "media:status"].map(
      (name) => textsAt(elements, `${CHANNEL}/item/${name}`)[0],
    );
  };

  it("links without the policy's parameters, and has the lead picture", () => {
    const document = documentOf(smartnews, [accepted({ modified: article.published })]);
    expect(item(document)).toEqual([
      article.url,
      article.id,
      "Thu, 24 Oct 2024 11:30:00 GMT",
      "David Choi, Ana Núñez and Kim Min-ji",
      "active",
    ]);
    expect(document).not.toContain("utm_source");
    expect(attributesAt(elementsOf(document), `${CHANNEL}/item/media:thumbnail`)).toEqual([
      { url: article.images[0]?.src, width: "1600", height: "900" },
    ]);
  });

  it("of a corrected article is dated anew", () => {
    expect(item(documentOf(smartnews, [accepted()]))[2]).toBe("Fri, 25 Oct 2024 08:30:00 GMT");
  });

  it("of a withdrawn article is deleted, under the same guid and a later date", () => {
    const at = instant("2024-11-02T03:04:05Z");
    const notice = noticeOf("full", at);
    const gone = documentOf(smartnews, [], { notices: [notice] });
    const sign = [article.url, article.id, "Sat, 02 Nov 2024 03:04:05 GMT", SITE.title, "deleted"];
    expect(item(gone)).toEqual(sign);
    const { modified } = accepted();
    expect(smartnews.sign?.({ ...notice, modified }, at, SITE)).toContain(`<pubDate>${sign[2]}</pubDate>`);
  });
});
