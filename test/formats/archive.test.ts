// Where a document stands in its feed's archive (RFC 5005), as each format says it.

import { describe, expect, it } from "vitest";
import { documentIn, ENVELOPES } from "./envelopes.ts";
import { attributesAt, elementsOf } from "./strict.ts";

type Name = keyof typeof ENVELOPES;

describe("the chain of the archive", () => {
  const linksOf = (format: "rss" | "atom", name: Name) => {
    const elements = elementsOf(documentIn(format, ENVELOPES[name](format)));
    const path = format === "rss" ? "rss/channel/" : "feed/";
    const all = attributesAt(elements, path + (format === "rss" ? "atom:link" : "link"));
    return {
      marks: attributesAt(elements, `${path}fh:archive`),
      links: Object.fromEntries(
        all.map(({ rel, href, type }) => [rel, `${type} ${href?.replace("https://news.example.com", "")}`]),
      ),
    };
  };
  const type = { rss: "application/rss+xml", atom: "application/atom+xml" };

  it.each(["rss", "atom"] as const)(
    "links the chain in %s, and marks the archive's pages alone",
    (format) => {
      expect(linksOf(format, "site").links["prev-archive"]).toBe(`${type[format]} /archive/3/${format}.xml`);
      expect(linksOf(format, "site").marks).toEqual([]);
      const { marks, links } = linksOf(format, "archive");
      expect(marks).toEqual([{ "xmlns:fh": "http://purl.org/syndication/history/1.0" }]);
      expect(links).toMatchObject({
        self: `${type[format]} /archive/2/${format}.xml`,
        current: `${type[format]} /${format}.xml`,
        "prev-archive": `${type[format]} /archive/1/${format}.xml`,
        "next-archive": `${type[format]} /archive/3/${format}.xml`,
      });
      for (const rel of ["current", "prev-archive", "next-archive"])
        expect(linksOf(format, "empty").links).not.toHaveProperty(rel);
    },
  );

  it("is next_url in JSON Feed, towards older items", () => {
    const next = (name: Name) => JSON.parse(documentIn("json", ENVELOPES[name]("json"))).next_url;
    expect(next("site")).toBe("https://news.example.com/archive/3/feed.json");
    expect(next("archive")).toBe("https://news.example.com/archive/1/feed.json");
    expect(next("empty")).toBeUndefined();
  });
});
