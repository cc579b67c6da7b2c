// The public formats as a partner gets them: the partner's body and link, dates that change with every
// version, and how a removed article shows. They are read by feedsmith, which isn't ours.

import { parseFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { FORMATS, type Format } from "../../src/formats/format.ts";
import { html } from "../../src/lib/text.ts";
import type { Item } from "../../src/partners/profile.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { SITE } from "../pipeline.ts";
import { CORRECTED, DOCUMENTS, WITHDRAWN_AT } from "./documents.ts";
import { documentOf, itemOf, siteOf } from "./items.ts";

interface Read {
  readonly id: string | undefined;
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly body: string | undefined;
  /** Milliseconds since 1970. */
  readonly updated: number | undefined;
}

const timeOf = (date: unknown) => (date === undefined ? undefined : Date.parse(String(date)));

/** What feedsmith finds in a document. */
function read(document: string): readonly Read[] {
  const parsed = parseFeed(document);
  switch (parsed.format) {
    case "rss":
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.guid?.value,
        link: item.link,
        title: item.title,
        body: item.content?.encoded,
        updated: timeOf(item.dcterms?.modified?.[0]),
      }));
    case "atom":
      return (parsed.feed.entries ?? []).map((entry) => ({
        id: entry.id,
        link: entry.links?.find(({ rel }) => rel === "alternate")?.href,
        title: entry.title?.value,
        body: entry.content?.value,
        updated: timeOf(entry.updated),
      }));
    case "json":
      return (parsed.feed.items ?? []).map((item) => ({
        id: item.id,
        link: item.url,
        title: item.title,
        body: item.content_html,
        updated: timeOf(item.date_modified),
      }));
    default:
      throw new Error(`read as ${parsed.format}`);
  }
}

const readOne = (format: Format, item: Item, site = SITE) =>
  read(documentOf(PROFILES[format], [item], { site }))[0];

describe.each(FORMATS)("%s", (format) => {
  const profile = PROFILES[format];

  it("has the partner's body, and the policy's parameters on the link alone", () => {
    const body = html("<p>As the policy cut it.</p>");
    const link = "https://news.example.com/articles/plain?utm_source=a&utm_medium=b";
    expect(readOne(format, itemOf("plain", { body, link }))).toMatchObject({
      ...{ id: "tag:news.example.com,2024-01-01:plain", link, body, title: "Council approves the budget" },
    });
  });

  it("dates a change that nobody announced, and none that there wasn't", () => {
    const { modified } = CORRECTED.after;
    expect(readOne(format, itemOf("plain", { modified }))?.updated).toBe(timeOf(modified));
    const first = readOne(format, itemOf("plain"))?.updated;
    expect(first).toBe(format === "atom" ? timeOf("2024-10-24T11:30:00Z") : undefined);
  });

  it("shows a correction under the same id", () => {
    const [before, after] = [readOne(format, CORRECTED.before), readOne(format, CORRECTED.after)];
    expect(after?.id).toBe(before?.id);
    expect(after?.updated).toBe(timeOf("2024-10-25T09:00:00Z"));
    expect(after?.body).toContain("It takes effect in March.");
  });

  it("keeps a hostile id and body to the letter, but for the end of CDATA", () => {
    const item = itemOf("hostile");
    const read = readOne(format, item, siteOf("hostile"));
    expect(read?.id).toBe(item.article.id);
    expect(read?.body?.replaceAll("]]&gt;", "]]>")).toBe(item.body.replaceAll("]]&gt;", "]]>"));
  });

  it("tells of a withdrawal, and of nothing that the article said", () => {
    const document = DOCUMENTS.withdrawn?.(profile) ?? "";
    const { article } = itemOf("full");
    // Its notice names the headline, a tombstone nothing.
    expect(document.includes(article.headline)).toBe(format === "rss");
    for (const word of [article.summary, "Paul Picture", "/media/"]) expect(document).not.toContain(word);
    expect(document).toContain(article.id);
    const ids = read(document).map(({ id }) => id);
    expect(ids.includes(article.id)).toBe(format === "rss");
    if (format === "rss")
      expect(read(document)[1]).toMatchObject({
        title: `This article was withdrawn — ${article.headline}`,
        updated: timeOf(WITHDRAWN_AT),
      });
    else expect(document).toContain(WITHDRAWN_AT);
  });

  it("finds nothing wrong with any article", () => expect(profile.lint(itemOf("hostile"), SITE)).toEqual([]));
});
